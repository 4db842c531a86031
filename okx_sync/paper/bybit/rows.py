"""Orders, executions and positions as V5 tells them, every documented field present."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.identifiers import category_of, coins, order_id, symbol_of, trade_id, value
from okx_sync.paper.bybit.stops import (
    FULL,
    OCO,
    PARTIAL,
    STOP_LOSS,
    TAKE_PROFIT,
    TP_SL,
    TRAILING,
    AnyOrder,
    bound_of,
    said_of,
    stops_of,
)
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.records import VenueAccount, VenueBill, VenueFill, VenueOrder, VenuePosition
from okx_sync.paper.venue.settlement import LIQUIDATIONS
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

STATUS = {"live": "New", "partially_filled": "PartiallyFilled", "filled": "Filled", "canceled": "Cancelled"}
TIME_IN_FORCE = {
    "limit": "GTC",
    "post_only": "PostOnly",
    "fok": "FOK",
    "ioc": "IOC",
    "market": "IOC",
    "optimal_limit_ioc": "IOC",
}
#: The venue's word for what becomes of orders that meet one of their own account -> `smpType`.
SELF_MATCH_NAMES = {
    "none": "None",
    "cancel_maker": "CancelMaker",
    "cancel_taker": "CancelTaker",
    "cancel_both": "CancelBoth",
}
MARKET_UNITS = {"quote_ccy": "quoteCoin", "base_ccy": "baseCoin"}
POSITION_INDEX = {"net": 0, "long": 1, "short": 2}
#: The venue's source of a cancellation -> (cancelType, rejectReason).
_CANCELLED = {
    "1": ("CancelByUser", "EC_PerCancelRequest"),
    "3": ("CancelAllBeforeLiq", "EC_Others"),
    "13": ("UNKNOWN", "EC_NoEnoughQtyToFill"),
    "14": ("UNKNOWN", "EC_NoImmediateQtyToFill"),
    "33": ("UNKNOWN", "EC_ReachMaxTradeNum"),
    "17": ("CancelByReduceOnly", "EC_CancelForNoFullFill"),
    "20": ("CancelByUser", "EC_PerCancelRequest"),
    "21": ("CancelByReduceOnly", "EC_CancelForNoFullFill"),
    "23": ("CancelByReduceOnly", "EC_CancelForNoFullFill"),
    "31": ("UNKNOWN", "EC_PostOnlyWillTakeLiquidity"),
    "32": ("CancelBySmp", "EC_CancelBySmp"),
    "bybit dcp": ("CancelByDCP", "EC_Others"),
}
#: stopOrderType and createType of what waits for a position.
_STOP_TYPES = {
    (TAKE_PROFIT, FULL): ("TakeProfit", "CreateByTakeProfit"),
    (STOP_LOSS, FULL): ("StopLoss", "CreateByStopLoss"),
    (TAKE_PROFIT, PARTIAL): ("PartialTakeProfit", "CreateByPartialTakeProfit"),
    (STOP_LOSS, PARTIAL): ("PartialStopLoss", "CreateByPartialStopLoss"),
    (TRAILING, FULL): ("TrailingStop", "CreateByTrailingStop"),
}
#: Who made an order that liquidates: steps first, then what is left of the position is taken over.
_LIQUIDATED = {"partial_liquidation": "CreateByLiq", "full_liquidation": "CreateByTakeOver_PassThrough"}
_ORDER: dict[str, Any] = {
    **blank(
        """category symbol orderId orderLinkId parentOrderLinkId isLeverage blockTradeId price brokerOrderPrice qty
        side positionIdx orderStatus createType cancelType rejectReason avgPrice leavesQty leavesValue cumExecQty
        cumExecValue cumExecFee cumFeeDetail closedPnl feeCurrency timeInForce orderType stopOrderType ocoTriggerBy
        orderIv marketUnit slippageToleranceType slippageTolerance triggerPrice takeProfit stopLoss tpslMode
        tpLimitPrice slLimitPrice tpTriggerBy slTriggerBy triggerDirection triggerBy lastPriceOnCreated reduceOnly
        closeOnTrigger placeType smpType smpGroup smpOrderId rpiTakerAccess rpiMatchedQty createdTime updatedTime"""
    ),
    "slippageToleranceType": "UNKNOWN",
    "slippageTolerance": "0",
    "tpslMode": "UNKNOWN",
    "triggerDirection": 0,
    "closeOnTrigger": False,
    "smpType": "None",
    "smpGroup": 0,
    "rpiTakerAccess": False,
    "rpiMatchedQty": "0",
}
_EXECUTION: dict[str, Any] = {
    **blank(
        """category symbol isLeverage orderId orderLinkId side orderPrice orderQty leavesQty createType orderType
        stopOrderType execFee execId execPrice execQty execPnl execType execValue execTime isMaker feeRate tradeIv
        markIv markPrice indexPrice underlyingPrice blockTradeId closedSize extraFees feeCurrency marketUnit seq"""
    ),
    "stopOrderType": "UNKNOWN",
}
_POSITION: dict[str, Any] = {
    **blank(
        """category symbol side size positionIdx positionValue riskId riskLimitValue entryPrice markPrice leverage
        breakEvenPrice autoAddMargin positionIM positionMM positionIMByMp positionMMByMp liqPrice takeProfit stopLoss
        trailingStop unrealisedPnl curRealisedPnl cumRealisedPnl sessionAvgPrice positionStatus adlRankIndicator
        isReduceOnly createdTime updatedTime openTime seq mmrSysUpdatedTime leverageSysUpdatedTime tpslMode bustPrice
        positionBalance tradeMode"""
    ),
    "riskId": 1,
    "riskLimitValue": "2000000",
    "autoAddMargin": 0,
    "takeProfit": "0",
    "stopLoss": "0",
    "trailingStop": "0",
    "positionStatus": "Normal",
    "isReduceOnly": False,
    "tpslMode": "Full",
}


#: What an order has traded that has traded nothing.
NOTHING_FILLED: dict[str, Any] = {
    **blank("cumExecQty cumExecValue cumExecFee closedPnl", "0"),
    "avgPrice": "",
    "cumFeeDetail": {},
}


def blank_order() -> Row:
    """Return a row of `order` with every field present, and empty."""
    return dict(_ORDER)


def blank_execution() -> Row:
    """Return a row of `execution` with every field present, and empty."""
    return dict(_EXECUTION)


def price_of(order: VenueOrder) -> str:
    """Return the price of a limit order; empty for a market order."""
    return "" if order.px is None else text(order.instrument.px(order.px))


def left_lots(order: VenueOrder) -> int:
    """Return the lots still wanted: none, once the order is done."""
    return 0 if order.is_done or not order.lots else order.left


def order_row(order: VenueOrder, venue: Venue, ids: ClientIds) -> Row:
    """Return a row of `order`."""
    instrument, spent = order.instrument, value(order.instrument, order.value)
    left = left_lots(order)
    at = instrument.px(order.px) if order.px is not None else venue.prices.last[instrument.instId]
    status, cancelled, reason = _ending(order)
    return {
        **_ORDER,
        **_who(order, ids),
        "isLeverage": "" if instrument.is_swap else "0",
        "price": price_of(order),
        "qty": _qty(order),
        "positionIdx": POSITION_INDEX[order.posSide],
        "orderStatus": status,
        "createType": _create_type(order),
        "cancelType": cancelled,
        "rejectReason": reason,
        "smpType": SELF_MATCH_NAMES[order.stpMode],
        "smpOrderId": order_id(order.met) if order.met else "",
        "avgPrice": "" if order.avg_px is None else text(order.avg_px),
        "leavesQty": coins(instrument, left),
        "leavesValue": text(instrument.coins(left) * at),
        "cumExecQty": coins(instrument, order.filled),
        "cumExecValue": text(spent),
        "cumExecFee": text(-order.fee),
        "cumFeeDetail": {order.fee_ccy: text(-order.fee)} if order.filled else {},
        "closedPnl": text(order.pnl),
        "feeCurrency": order.fee_ccy,
        "timeInForce": TIME_IN_FORCE[order.ordType],
        "orderType": _order_type(order),
        "marketUnit": _market_unit(order),
        "lastPriceOnCreated": text(venue.prices.last[instrument.instId]),
        "reduceOnly": order.reduceOnly,
        "createdTime": str(order.cTime),
        "updatedTime": str(order.uTime),
    }


def _who(order: VenueOrder, ids: ClientIds) -> Row:
    """Return what order and execution rows share."""
    return {
        "category": category_of(order.instrument),
        "symbol": symbol_of(order.instrument),
        # An order that waited for a price keeps the ids that it had then.
        "orderId": order_id(int(order.algoId) if order.algoId else order.id),
        "orderLinkId": ids.given(order.algoClOrdId or order.clOrdId),
        "side": order.side.capitalize(),
    }


def _qty(order: VenueOrder) -> str:
    """Return the size in coins; of an order for so much money as it was asked for."""
    return coins(order.instrument, order.lots) if order.lots else text(order.sz)


def _ending(order: VenueOrder) -> tuple[str, str, str]:
    """Return `orderStatus`, `cancelType` and `rejectReason`."""
    cancelled, reason = _CANCELLED.get(order.cancelSource, ("UNKNOWN", "EC_NoError"))
    if not order.filled or order.state != "canceled":
        return STATUS[order.state], cancelled, reason
    if reason == "EC_NoImmediateQtyToFill":
        reason = "EC_CancelForNoFullFill"
    return "Cancelled" if order.instrument.is_swap else "PartiallyFilledCanceled", cancelled, reason


def _create_type(order: VenueOrder) -> str:
    return _LIQUIDATED.get(order.category) or str(said_of(order).get("createType") or stop_words(order)["createType"])


def stop_words(order: AnyOrder) -> Row:
    """Return the words for what kind of stop an order is, or was before it was triggered, and who made it."""
    bound, tag = bound_of(order), order.tag if isinstance(order, VenueOrder) else order.given["tag"]
    if bound is not None and bound.mode in (FULL, PARTIAL):
        kind, created = _STOP_TYPES[bound.kind, bound.mode]
        return {"stopOrderType": kind, "createType": created}
    waits = not isinstance(order, VenueOrder) or bool(order.algoId)
    kind = tag if tag in (TP_SL, OCO) else "Stop"
    return {"stopOrderType": kind if waits else "UNKNOWN", "createType": "CreateByUser"}


def _order_type(order: VenueOrder) -> str:
    return "Market" if order.px is None else "Limit"


def _market_unit(order: VenueOrder) -> str:
    return MARKET_UNITS.get(order.tgtCcy, "")


def execution_row(fill: VenueFill, venue: Venue, ids: ClientIds) -> Row:
    """Return a row of `execution`."""
    order, instrument = fill.order, fill.order.instrument
    return {
        **_EXECUTION,
        **_who(order, ids),
        "isLeverage": "0",
        "orderPrice": price_of(order) or text(fill.px),
        "orderQty": _qty(order),
        "leavesQty": coins(instrument, left_lots(order)),
        "stopOrderType": stop_words(order)["stopOrderType"],
        "createType": _create_type(order),
        "orderType": _order_type(order),
        "execFee": text(-fill.fee),
        "execId": trade_id(instrument, fill.tradeId),
        "execPrice": text(fill.px),
        "execQty": coins(instrument, fill.lots),
        "execPnl": text(fill.pnl),
        "execType": "BustTrade" if order.category in LIQUIDATIONS else "Trade",
        "execValue": text(instrument.coins(fill.lots) * fill.px),
        "execTime": str(fill.ts),
        "isMaker": fill.execType == "M",
        "feeRate": text(-fill.fee_rate),
        "markPrice": text(fill.mark) if instrument.is_swap else "",
        "closedSize": coins(instrument, fill.closed),
        "feeCurrency": fill.feeCcy,
        "marketUnit": _market_unit(order),
        "seq": venue.book(instrument.instId).version,
    }


def is_funding(bill: VenueBill, instrument: VenueInstrument | None = None) -> bool:
    """Tell whether a bill is a funding fee, and of an instrument if one is given."""
    position = bill.position
    return bill.type == "8" and position is not None and instrument in (None, position.instrument)


def funding_row(bill: VenueBill) -> Row:
    """Return the row of `execution` for a funding fee: paid when `execFee` is above 0."""
    assert bill.position is not None
    instrument, qty = bill.position.instrument, text((bill.sz or ZERO) * bill.position.instrument.ctVal)
    mark = bill.px or ZERO
    return {
        **_EXECUTION,
        "category": category_of(instrument),
        "symbol": symbol_of(instrument),
        "isLeverage": "0",
        "side": "Buy" if bill.position.lots > 0 else "Sell",
        "orderPrice": "0",
        "orderQty": "0",
        "leavesQty": "0",
        "createType": "",
        "orderType": "UNKNOWN",
        "execFee": text(-bill.change),
        "execId": trade_id(instrument, f"funding {bill.billId}"),
        "execPrice": text(mark),
        "execQty": qty,
        "execPnl": "0",
        "execType": "Funding",
        "execValue": text(rounded(Decimal(qty) * mark)),
        "execTime": str(bill.ts),
        "isMaker": False,
        "feeRate": text(funding_rate(bill)),
        "markPrice": text(mark),
        "feeCurrency": bill.ccy,
        "closedSize": "0",
        "seq": bill.billId,
    }


def funding_rate(bill: VenueBill) -> Decimal:
    """Return the rate of a funding fee as a long position (a short one: the other way round) has it."""
    assert bill.position is not None
    worth = (bill.sz or ZERO) * bill.position.instrument.ctVal * (bill.px or ZERO)
    return rounded(-bill.change / worth) if worth else ZERO


def fast_row(fill: VenueFill, venue: Venue, ids: ClientIds) -> Row:
    """Return a row of `execution.fast`: makers are not told their own id."""
    row = execution_row(fill, venue, ids)
    names = "category symbol orderId orderLinkId isMaker execId execPrice execQty side execTime seq"
    hidden = {"orderLinkId": ""} if row["isMaker"] else {}
    return {name: row[name] for name in names.split()} | hidden


def flat_row(account: VenueAccount, instrument: VenueInstrument, venue: Venue) -> Row:
    """Return a row of `position` for an instrument without a position."""
    return {
        **_POSITION,
        "category": category_of(instrument),
        "symbol": symbol_of(instrument),
        "size": "0",
        "positionIdx": 0,
        "positionValue": "",
        "entryPrice": "0",
        "markPrice": text(venue.prices.mark(instrument)),
        "leverage": text(account.lever(instrument.instId, "cross")),
        "positionIM": "0",
        "positionMM": "0",
        "positionIMByMp": "0",
        "positionMMByMp": "0",
        "unrealisedPnl": "0",
        "curRealisedPnl": "0",
        "cumRealisedPnl": "0",
        "adlRankIndicator": 0,
        "createdTime": "0",
        "updatedTime": "0",
        "openTime": 0,
        "seq": venue.book(instrument.instId).version,
        "positionBalance": "0",
        "tradeMode": 0,
    }


def _stops(account: VenueAccount, position: VenuePosition, venue: Venue) -> Row:
    """Return the stops that are for the whole position."""
    found = {one.kind: one for one in stops_of(venue).of(position, account) if one.mode == FULL}
    names = {TAKE_PROFIT: "takeProfit", STOP_LOSS: "stopLoss", TRAILING: "trailingStop"}
    return {name: text(found[kind].px) for kind, name in names.items() if kind in found}


def position_row(account: VenueAccount, position: VenuePosition, venue: Venue) -> Row:
    """Return a row of `position`; `side` is empty and `size` 0 when it was closed."""
    instrument, prices = position.instrument, venue.prices
    row = flat_row(account, instrument, venue) | {
        "positionIdx": POSITION_INDEX[position.posSide],
        "leverage": text(position.lever),
        "curRealisedPnl": text(position.realized),
        "cumRealisedPnl": text(position.realized),
        "createdTime": str(position.cTime),
        "updatedTime": str(position.uTime),
        "tradeMode": int(position.mgnMode == "isolated"),
    }
    if not position.lots:
        return row
    row |= _stops(account, position, venue)
    mark = prices.mark(instrument)
    liquidated = margin.liquidation_px(account, position, prices)
    initial, needed = text(rounded(position.initial(mark))), text(rounded(margin.liquidation_margin(position, mark)))
    return row | {
        "side": "Buy" if position.lots > 0 else "Sell",
        "size": text(abs(position.coins)),
        "positionValue": text(rounded(abs(position.coins) * position.avg)),
        "entryPrice": text(position.avg),
        "breakEvenPrice": text(margin.break_even(position)),
        "positionIM": initial,
        "positionMM": needed,
        "positionIMByMp": initial,
        "positionMMByMp": needed,
        "liqPrice": "" if liquidated is None else text(liquidated),
        "unrealisedPnl": text(rounded(position.upl(mark))),
        "adlRankIndicator": 1,
        "openTime": position.cTime,
        "positionBalance": text(position.margin or Decimal(initial)),
    }
