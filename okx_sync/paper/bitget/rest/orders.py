"""An account's orders and fills as listings read them: filters, and the words that V2 and V3 print them in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.rest.call import BitgetCall
from okx_sync.paper.bitget.stops import legs_of, v2_presets, v3_stops
from okx_sync.paper.bitget.summaries import cancel_reason, is_hedged, kind_and_force, position_words
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, blank, text
from okx_sync.paper.venue.records import VenueFill, VenueOrder
from okx_sync.paper.venue.types import Row, is_closing

#: Why the exchange itself has traded, in V3's words.
_EXEC_TYPES = {"partial_liquidation": "reduce", "full_liquidation": "liquidation"}


def order_id(order: VenueOrder) -> int:
    """Return the id by which orders are paged."""
    return order.id


def ordered_at(order: VenueOrder) -> int:
    """Return when an order came."""
    return order.cTime


def fill_id(fill: VenueFill) -> int:
    """Return the id behind which the next fills follow."""
    return int(fill.tradeId)


def filled_at(fill: VenueFill) -> int:
    """Return when a fill happened."""
    return fill.ts


def orders_of(call: BitgetCall, wanted: Sequence[VenueInstrument], *, done: bool) -> Iterator[VenueOrder]:
    """Yield orders on these instruments, newest first: finished ones, or open ones."""
    theirs, mine = call.text("orderId"), call.known_as(call.text("clientOid"))
    held = call.account.by_id if done else call.account.orders
    for order in reversed(list(held.values())):
        if order.is_done != done or order.instrument not in wanted:
            continue
        if theirs in ("", order.ordId) and mine in ("", order.clOrdId):
            yield order


def fills_of(call: BitgetCall, wanted: Sequence[VenueInstrument]) -> Iterator[VenueFill]:
    """Yield fills on these instruments, newest first, behind the one that `idLessThan` or `cursor` names.

    Ids of trades are counted for each instrument, so that they tell nothing of the order between two. Both sides of a
    trade with oneself have one id.
    """
    is_behind = False
    theirs, behind = call.text("orderId"), call.text("cursor" if call.endpoint.is_v3 else "idLessThan")
    for fill in reversed(call.account.fills):
        if fill.order.instrument not in wanted or theirs not in ("", fill.order.ordId):
            continue
        if not behind or (is_behind and fill.tradeId != behind):
            behind = ""
            yield fill
        elif fill.tradeId == behind:
            is_behind = True


def size_of(order: VenueOrder) -> str:
    """Return an order's size in coins; of a spot market buy in quote currency."""
    return text(order.sz) if order.budget is not None else text(order.instrument.coins(order.lots))


def filled_value(order: VenueOrder) -> Decimal:
    """Return what an order's fills cost."""
    return order.instrument.tickSz * order.instrument.coins(order.value)


def _average(order: VenueOrder, none: str) -> str:
    return none if order.avg_px is None else text(order.avg_px)


def _price(order: VenueOrder) -> str:
    return "" if order.px is None else text(order.instrument.px(order.px))


def _hold_mode(order: VenueOrder) -> str:
    return "hedge_mode" if is_hedged(order.account) else "one_way_mode"


def _closes(order: VenueOrder) -> bool:
    return is_closing(order.posSide, order.side)


def reason_of(order: VenueOrder) -> str:
    """Return why an order was cancelled; empty for one that was not."""
    return cancel_reason(order.state, order.cancelSource, order.cancelSourceReason, order.ordType)


# --- V2 futures


def mix_order(call: BitgetCall, order: VenueOrder) -> Row:
    """Print an order of V2 futures."""
    kind, force = kind_and_force(order.ordType)
    side, trade_side = position_words(order.posSide, order.side, order.category)
    return {
        **v2_presets(legs_of(order.attached)),
        "symbol": symbol_of(order.instrument),
        "size": size_of(order),
        "orderId": order.ordId,
        "clientOid": call.given(order.clOrdId),
        "baseVolume": text(order.instrument.coins(order.filled)),
        "fee": text(order.fee) if order.filled else "",
        "price": _price(order),
        "priceAvg": _average(order, ""),
        "status": order.state,
        "side": side,
        "force": force,
        "totalProfits": text(order.pnl),
        "posSide": order.posSide,
        "marginCoin": order.instrument.settleCcy,
        "quoteVolume": text(filled_value(order)),
        "leverage": order.lever,
        "marginMode": "isolated" if order.tdMode == "isolated" else "crossed",
        "reduceOnly": "YES" if order.reduceOnly else "NO",
        "enterPointSource": "API" if order.category == "normal" else "SYS",
        "tradeSide": trade_side,
        "posMode": _hold_mode(order),
        "orderType": kind,
        "orderSource": "normal",
        "cancelReason": reason_of(order),
        "posAvg": "",
        "liqPrice": "",
        "cTime": str(order.cTime),
        "uTime": str(order.uTime),
    }


def mix_fill(call: BitgetCall, fill: VenueFill) -> Row:  # noqa: ARG001 - as all printers
    """Print a fill of V2 futures as REST lists it: in hedge mode its side is that of the position, as its order's."""
    order = fill.order
    side, trade_side = position_words(order.posSide, order.side, order.category)
    coins = order.instrument.coins(fill.lots)
    fee = {"deduction": "no", "feeCoin": fill.feeCcy, "totalDeductionFee": "0", "totalFee": text(fill.fee)}
    return {
        "tradeId": fill.tradeId,
        "symbol": symbol_of(order.instrument),
        "marginCoin": order.instrument.settleCcy,
        "orderId": order.ordId,
        "price": text(fill.px),
        "baseVolume": text(coins),
        "feeDetail": [fee],
        "side": side,
        "quoteVolume": text(coins * fill.px),
        "profit": text(fill.pnl),
        "enterPointSource": "api",
        "tradeSide": trade_side,
        "posMode": _hold_mode(order),
        "tradeScope": "maker" if fill.execType == "M" else "taker",
        "cTime": str(fill.ts),
    }


# --- V2 spot


def spot_order(call: BitgetCall, order: VenueOrder) -> Row:
    """Print an order of V2 spot as history and look-ups have it."""
    fees = {"c": 0, "d": 0, "deduction": False, "r": float(order.fee), "t": float(order.fee), "totalDeductionFee": 0}
    detail = {"newFees": fees, order.fee_ccy: {"feeCoinCode": order.fee_ccy, "totalFee": float(order.fee)}}
    kind, _ = kind_and_force(order.ordType)
    return {
        "userId": order.account.uid,
        "symbol": symbol_of(order.instrument),
        "orderId": order.ordId,
        "clientOid": call.given(order.clOrdId),
        "price": _price(order) or "0",
        "size": size_of(order),
        "orderType": kind,
        "side": order.side,
        "status": "cancelled" if order.state == "canceled" else order.state,
        "priceAvg": _average(order, "0"),
        "baseVolume": text(order.instrument.coins(order.filled)),
        "quoteVolume": text(filled_value(order)),
        "enterPointSource": "API",
        "orderSource": kind,
        "cTime": str(order.cTime),
        "uTime": str(order.uTime),
        "feeDetail": json.dumps(detail) if order.filled else "",
        "triggerPrice": "",
        "tpslType": "normal",
        "cancelReason": reason_of(order),
        "baseCoin": order.instrument.baseCcy,
        "quoteCoin": order.instrument.quoteCcy,
    }


def open_spot_order(call: BitgetCall, order: VenueOrder) -> Row:
    """Print an open order of V2 spot: `priceAvg` is the order's price there, `basePrice` that of its fills."""
    row = spot_order(call, order)
    stops = blank("presetTakeProfitPrice executeTakeProfitPrice presetStopLossPrice executeStopLossPrice")
    gone = ("price", "feeDetail", "cancelReason", "baseCoin", "quoteCoin")
    prices = {"priceAvg": row["price"], "basePrice": _average(order, "0"), "force": kind_and_force(order.ordType)[1]}
    return {name: value for name, value in row.items() if name not in gone} | stops | prices


def spot_fill(call: BitgetCall, fill: VenueFill) -> Row:  # noqa: ARG001 - as all printers
    """Print a fill of V2 spot."""
    order = fill.order
    coins = order.instrument.coins(fill.lots)
    fee = {"deduction": "no", "feeCoin": fill.feeCcy, "totalDeductionFee": "0", "totalFee": text(fill.fee)}
    return {
        "userId": order.account.uid,
        "symbol": symbol_of(order.instrument),
        "orderId": order.ordId,
        "tradeId": fill.tradeId,
        "orderType": kind_and_force(order.ordType)[0],
        "side": order.side,
        "priceAvg": text(fill.px),
        "size": text(coins),
        "amount": text(coins * fill.px),
        "feeDetail": fee,
        "tradeScope": "maker" if fill.execType == "M" else "taker",
        "cTime": str(fill.ts),
        "uTime": str(fill.ts),
    }


# --- V3


def category_of(call: BitgetCall, instrument: VenueInstrument) -> str:
    """Return V3's category of an instrument."""
    if not instrument.is_swap:
        return "SPOT"
    return next(name for name, coin in call.products.items() if coin == instrument.settleCcy)


def _uta_trade_side(order: VenueOrder) -> str:
    if not order.instrument.is_swap:
        return ""
    return "close" if _closes(order) or order.reduceOnly else "open"


def uta_order(call: BitgetCall, order: VenueOrder) -> Row:
    """Print an order of V3: fees are positive when paid."""
    kind, force = kind_and_force(order.ordType)
    swap, in_quote = order.instrument.is_swap, order.budget is not None
    state = {"canceled": "cancelled", "live": "new"}.get(order.state, order.state)
    return {
        **v3_stops(legs_of(order.attached)),
        "orderId": order.ordId,
        "clientOid": call.given(order.clOrdId),
        "category": category_of(call, order.instrument),
        "symbol": symbol_of(order.instrument),
        "price": _price(order),
        "qty": "" if in_quote else size_of(order),
        "amount": size_of(order) if in_quote else "",
        "orderType": kind,
        "cumExecQty": text(order.instrument.coins(order.filled)),
        "cumExecValue": text(filled_value(order)),
        "avgPrice": _average(order, "0"),
        "orderStatus": state,
        "side": order.side,
        "timeInForce": force,
        "posSide": order.posSide if swap else "",
        "tradeSide": _uta_trade_side(order),
        "holdMode": _hold_mode(order) if swap else "",
        "marginMode": ("isolated" if order.tdMode == "isolated" else "crossed") if swap else "",
        "delegateType": "normal",
        "stpMode": order.stpMode,
        "reduceOnly": "yes" if order.reduceOnly else "no",
        "feeDetail": _uta_fee(order.fee_ccy, order.fee if order.filled else ZERO),
        "cancelReason": reason_of(order),
        "execType": _EXEC_TYPES.get(order.category, "normal"),
        "createdTime": str(order.cTime),
        "updatedTime": str(order.uTime),
    }


def uta_fill(call: BitgetCall, fill: VenueFill) -> Row:
    """Print a fill of V3."""
    order = fill.order
    coins = order.instrument.coins(fill.lots)
    return {
        "execId": fill.tradeId,
        "execLinkId": fill.tradeId,
        "orderId": order.ordId,
        "clientOid": call.given(order.clOrdId),
        "category": category_of(call, order.instrument),
        "symbol": symbol_of(order.instrument),
        "orderType": kind_and_force(order.ordType)[0],
        "side": order.side,
        "posSide": order.posSide if order.instrument.is_swap else "",
        "execPrice": text(fill.px),
        "execQty": text(coins),
        "execValue": text(coins * fill.px),
        "tradeScope": "maker" if fill.execType == "M" else "taker",
        "tradeSide": _uta_trade_side(order),
        "feeDetail": _uta_fee(fill.feeCcy, fill.fee),
        "execPnl": text(fill.pnl),
        "isRPI": "no",
        "createdTime": str(fill.ts),
        "updatedTime": str(fill.ts),
    }


def _uta_fee(coin: str, fee: Decimal) -> list[dict[str, Any]]:
    return [{"feeCoin": coin, "fee": text(-fee)}]
