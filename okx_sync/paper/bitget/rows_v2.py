"""Rows of the V2 channels ("classic" futures account); every documented field is there, if empty."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bitget import summaries
from okx_sync.paper.bitget.feeds import RowScope
from okx_sync.paper.bitget.symbols import coins, symbol_of
from okx_sync.paper.venue.events import AdvancedAlgoChanged, AlgoChanged, Filled, OrderChanged
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_PRESET = blank("presetStopSurplusPrice presetStopLossPrice presetStopSurplusExecutePrice presetStopLossExecutePrice")
_STOPS = blank(
    """stopSurplusPrice stopSurplusTriggerPrice stopSurplusTriggerType stopLossPrice stopLossTriggerPrice
    stopLossTriggerType"""
)
_ALGO_STATES = {
    "live": "live",
    "effective": "executed",
    "canceled": "cancelled",
    "order_failed": "fail_execute",
    "partially_effective": "executing",
}
_PRICE_KINDS = {"last": "fill_price", "mark": "mark_price", "index": "fill_price"}


def ticker(venue: Venue, inst_id: str) -> Row:
    """Make a row of `ticker`."""
    instrument, row = venue.instruments[inst_id], venue.ticker_row(inst_id)
    day = venue.engine.tapes[inst_id].day()
    opened, last = instrument.px(day.open), venue.prices.last[inst_id]
    funding = venue.funding_rate_row(inst_id)
    return {
        "instId": symbol_of(instrument),
        "lastPr": row["last"],
        "bidPr": row["bidPx"],
        "askPr": row["askPx"],
        "bidSz": coins(instrument, row["bidSz"]),
        "askSz": coins(instrument, row["askSz"]),
        "open24h": row["open24h"],
        "high24h": row["high24h"],
        "low24h": row["low24h"],
        "change24h": text(rounded((last - opened) / opened)),
        "fundingRate": funding["fundingRate"],
        "nextFundingTime": funding["fundingTime"],
        "markPrice": text(venue.prices.mark(instrument)),
        "indexPrice": text(venue.prices.index(instrument)),
        "holdingAmount": venue.open_interest_row(inst_id)["oiCcy"],
        "baseVolume": row["volCcy24h"],
        "quoteVolume": text(instrument.tickSz * instrument.coins(day.value)),
        "openUtc": row["sodUtc0"],
        "symbolType": "1",
        "symbol": symbol_of(instrument),
        "deliveryPrice": "0",
        "ts": row["ts"],
    }


def trade(venue: Venue, row: Row) -> Row:
    """Make a row of `trade`, from the venue's own row."""
    return {
        "ts": row["ts"],
        "price": row["px"],
        "size": coins(venue.instruments[row["instId"]], row["sz"]),
        "side": row["side"],
        "tradeId": row["tradeId"],
    }


def candle(row: list[str]) -> list[str]:
    """Make a row of `candle…`: ts, open, high, low, close, volume in coins, and in quote currency twice."""
    return [*row[:5], row[6], row[7], row[7]]


# --- private


def account(scope: RowScope) -> list[Row]:
    """Make rows of `account`: the money in the margin coin."""
    money = summaries.money_of(scope.venue, scope.account, scope.margin)
    if money is None:
        return []
    return [
        {
            "marginCoin": money.coin,
            "frozen": money.frozen,
            "available": money.available,
            "maxOpenPosAvailable": money.available,
            "maxTransferOut": money.transferable,
            "equity": money.equity,
            "usdtEquity": money.usd,
            "crossedRiskRate": money.rate,
            "unrealizedPL": money.upl,
            "unionTotalMargin": "0",
            "unionAvailable": "0",
            "unionMm": "0",
            "assetsMode": "single",
        }
    ]


def positions(scope: RowScope) -> list[Row]:
    """Make rows of `positions`: every open one; a closed one is not in the list any more."""
    return [_position(held) for held in summaries.held_by(scope.venue, scope.account, scope.margin)]


def _position(held: summaries.HeldPosition) -> Row:
    row = held.row
    return {
        "posId": row["posId"],
        "instId": held.symbol,
        "marginCoin": row["ccy"],
        "marginSize": held.margin,
        "marginMode": "isolated" if held.is_isolated else "crossed",
        "holdSide": held.side,
        "posMode": _pos_mode(held.is_hedged),
        "total": held.size,
        "available": held.size,
        "frozen": "0",
        "openPriceAvg": row["avgPx"],
        "leverage": int(row["lever"]),
        "achievedProfits": row["pnl"],
        "unrealizedPL": row["upl"],
        "unrealizedPLR": row["uplRatio"],
        "liquidationPrice": row["liqPx"],
        "keepMarginRate": held.maintenance,
        "marginRate": held.rate,
        "isolatedMarginRate": held.rate if held.is_isolated else "",
        "breakEvenPrice": row["bePx"],
        "totalFee": row["fundingFee"],
        "deductedFee": row["fee"],
        "markPrice": row["markPx"],
        "cashDividend": "0",
        "assetMode": "single",
        "autoMargin": "off",
        "cTime": row["cTime"],
        "uTime": row["uTime"],
    }


def _pos_mode(is_hedged: bool) -> str:
    return "hedge_mode" if is_hedged else "one_way_mode"


def order(scope: RowScope, event: OrderChanged) -> list[Row]:
    """Make rows of `orders`."""
    told = summaries.ordered(scope.venue, scope.account, event.row)
    row = event.row
    made: Row = {
        "instId": told.symbol,
        "orderId": row["ordId"],
        "clientOid": row["clOrdId"],
        "price": row["px"],
        "size": told.size,
        "priceAvg": row["avgPx"],
        "accBaseVolume": told.filled,
        "orderType": told.kind,
        "force": told.force,
        "side": row["side"],
        "posSide": row["posSide"],
        "tradeSide": told.trade_side,
        "posMode": _pos_mode(told.is_hedged),
        "marginMode": "isolated" if row["tdMode"] == "isolated" else "crossed",
        "marginCoin": told.coin,
        "leverage": row["lever"],
        "status": row["state"],
        "cancelReason": summaries.cancel_reason(row["state"], row["cancelSource"], row["cancelSourceReason"]),
        "reduceOnly": "yes" if row["reduceOnly"] == "true" else "no",
        "notionalUsd": row["notionalUsd"],
        "enterPointSource": "API",
        "feeDetail": [{"feeCoin": row["feeCcy"], "fee": row["fee"]}],
        "pnl": row["pnl"],
        "totalProfits": row["pnl"],
        "stpMode": "none",
        **_PRESET,
        "cTime": row["cTime"],
        "uTime": row["uTime"],
    }
    return [made | _filled(told) if told.is_fill else made]


def _filled(told: summaries.OrderSummary) -> Row:
    row = told.row
    return {
        "fillPrice": row["fillPx"],
        "baseVolume": told.filled_now,
        "fillTime": row["fillTime"],
        "fillFee": row["fillFee"],
        "fillFeeCoin": row["fillFeeCcy"],
        "fillNotionalUsd": row["fillNotionalUsd"],
        "tradeId": row["tradeId"],
        "tradeScope": row["execType"],
    }


def fill(scope: RowScope, event: Filled) -> list[Row]:  # noqa: ARG001 - the record says more than the event
    """Make rows of `fill`. The venue has just filed the execution."""
    told = summaries.execution(scope.venue, scope.account, scope.account.fills[-1])
    row = told.order.row
    return [
        {
            "orderId": row["ordId"],
            "clientOid": row["clOrdId"],
            "tradeId": told.fill.tradeId,
            "symbol": told.order.symbol,
            "side": row["side"],
            "orderType": told.order.kind,
            "posMode": _pos_mode(told.order.is_hedged),
            "price": told.price,
            "baseVolume": told.size,
            "quoteVolume": told.value,
            "profit": text(told.fill.pnl),
            "tradeSide": told.order.trade_side,
            "tradeScope": "maker" if told.is_maker else "taker",
            "feeDetail": [
                {
                    "feeCoin": told.fill.feeCcy,
                    "deduction": "no",
                    "totalDeductionFee": "0",
                    "totalFee": told.fee,
                }
            ],
            "cTime": str(told.fill.ts),
            "uTime": str(told.fill.ts),
        }
    ]


def algo(scope: RowScope, event: AlgoChanged | AdvancedAlgoChanged) -> list[Row]:
    """Make rows of `orders-algo`; kinds of the venue that Bitget does not have are left out."""
    row, instrument = event.row, scope.venue.instruments[event.instId]
    plan = _plan(row)
    if not plan:
        return []
    trigger, trigger_kind, order_px = _condition(row, plan)
    is_market = order_px in ("", "-1")
    return [
        {
            "instId": symbol_of(instrument),
            "orderId": row["algoId"],
            "clientOid": row["algoClOrdId"],
            "triggerPrice": trigger,
            "triggerType": _PRICE_KINDS.get(trigger_kind, "fill_price"),
            "triggerTime": row["triggerTime"],
            "planType": plan,
            "price": "" if is_market else order_px,
            "executePrice": "" if is_market else order_px,
            "size": coins(instrument, row["sz"]),
            "actualSize": coins(instrument, row["actualSz"]),
            "orderType": "market" if is_market else "limit",
            "side": row["side"],
            "tradeSide": summaries.trade_side(scope.account, row),
            "posSide": row["posSide"],
            "marginCoin": instrument.settleCcy,
            "status": _ALGO_STATES.get(row["state"], row["state"]),
            "posMode": _pos_mode(summaries.is_hedged(scope.account)),
            "enterPointSource": "API",
            **_STOPS,
            **_stops(row),
            "stpMode": "none",
            "cTime": row["cTime"],
            "uTime": row.get("uTime") or str(scope.venue.clock.now_ms()),
        }
    ]


def _plan(row: Row) -> str:
    """Return Bitget's plan type: `pl` plain trigger, `tp`, `sl`, `mtpsl` both, `track` trailing, empty for others."""
    kind = row["ordType"]
    if kind == "conditional":
        return "tp" if row["tpTriggerPx"] else "sl"
    return {"trigger": "pl", "oco": "mtpsl", "move_order_stop": "track"}.get(kind, "")


def _condition(row: Row, plan: str) -> tuple[str, str, str]:
    """Return trigger price, its kind, and the price to order at."""
    if plan in ("tp", "sl"):
        return row[plan + "TriggerPx"], row[plan + "TriggerPxType"], row[plan + "OrdPx"]
    if plan == "track":
        return row["moveTriggerPx"] or row["activePx"], "last", ""
    if plan == "mtpsl":
        return "", "last", ""
    return row["triggerPx"], row["triggerPxType"], row["ordPx"]


def _stops(row: Row) -> Row:
    made: Row = {}
    for ours, name in (("tp", "stopSurplus"), ("sl", "stopLoss")):
        if row.get(ours + "TriggerPx"):
            order_px = row.get(ours + "OrdPx", "")
            made[name + "Price"] = "" if order_px == "-1" else order_px
            made[name + "TriggerPrice"] = row[ours + "TriggerPx"]
            made[name + "TriggerType"] = _PRICE_KINDS.get(row.get(ours + "TriggerPxType", ""), "fill_price")
    return made


def equity(scope: RowScope) -> list[Row]:
    """Make rows of `equity`: all coins together."""
    venue = scope.venue
    row = venue.account_row(scope.account)
    bitcoin = venue.prices.usd("BTC")
    total = sum((Decimal(detail["eqUsd"]) for detail in row["details"]), ZERO)
    upl = sum((Decimal(detail["upl"]) for detail in row["details"]), ZERO)
    return [
        {
            "btcEquity": text(rounded(total / bitcoin)),
            "usdtEquity": text(total),
            "unrealizedPL": text(upl),
            "unionTotalMargin": "0",
            "unionAvailable": "0",
            "unionMm": "0",
        }
    ]


def adl(scope: RowScope, held: summaries.HeldPosition) -> Row:
    """Make a row of `adl-noti`: a position was reduced to pay for somebody else's liquidation."""
    return {
        "symbol": held.symbol,
        "side": held.side,
        "status": "triggered",
        "price": held.row["markPx"],
        "amount": held.size,
        "ts": str(scope.venue.clock.now_ms()),
    }
