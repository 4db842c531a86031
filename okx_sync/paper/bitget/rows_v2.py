"""Rows of the V2 channels ("classic" futures account); every documented field is there, if empty."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bitget import plan_facts, summaries
from okx_sync.paper.bitget.feeds import RowScope
from okx_sync.paper.bitget.stops import Legs, legs_in, v2_plan_stops, v2_presets, watched_v2
from okx_sync.paper.bitget.symbols import coins, symbol_of
from okx_sync.paper.venue.events import AdvancedAlgoChanged, AlgoChanged, Filled, OrderChanged
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: Plan types as listings name them -> as pushes do.
_PLANS = {
    "normal_plan": "pl",
    "profit_plan": "tp",
    "loss_plan": "sl",
    "pos_profit": "ptp",
    "pos_loss": "psl",
    "track_plan": "track",
    "moving_plan": "mtpsl",
}


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
        # In hedge mode an order says the side of its position; its fills, in `fill`, say their own.
        "side": summaries.position_words(row["posSide"], row["side"])[0],
        "posSide": row["posSide"],
        "tradeSide": told.trade_side,
        "posMode": _pos_mode(told.is_hedged),
        "marginMode": "isolated" if row["tdMode"] == "isolated" else "crossed",
        "marginCoin": told.coin,
        "leverage": row["lever"],
        "status": row["state"],
        "cancelReason": summaries.reason_in(row),
        "reduceOnly": "yes" if row["reduceOnly"] == "true" else "no",
        "notionalUsd": row["notionalUsd"],
        "enterPointSource": "API" if row["category"] == "normal" else "SYS",
        "feeDetail": [{"feeCoin": row["feeCcy"], "fee": row["fee"]}],
        "pnl": row["pnl"],
        "totalProfits": row["pnl"],
        "stpMode": row["stpMode"],
        **v2_presets(legs_in(row["attachAlgoOrds"])),
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
    one = scope.venue.algos.get(int(event.row["algoId"]))
    plan = "" if one is None else _PLANS.get(plan_facts.plan_type(one), "")
    if one is None or not plan:
        return []
    waits, (side, trade_side) = plan_facts.condition(one), summaries.position_words(one.posSide, one.side)
    return [
        {
            "instId": symbol_of(one.instrument),
            "orderId": str(one.id),
            "clientOid": one.algoClOrdId,
            "triggerPrice": waits.px,
            "triggerType": watched_v2(waits.kind),
            "triggerTime": event.row["triggerTime"],
            "planType": plan,
            "price": waits.limit_px,
            "executePrice": waits.limit_px,
            "size": plan_facts.coins_of(one),
            "actualSize": plan_facts.ordered_coins(one),
            "orderType": "limit" if waits.limit_px else "market",
            "side": side,
            "tradeSide": trade_side,
            "posSide": one.posSide,
            "marginCoin": one.instrument.settleCcy,
            "status": plan_facts.V2_STATES.get(one.state, one.state),
            "posMode": _pos_mode(summaries.is_hedged(scope.account)),
            "enterPointSource": "API",
            **_pushed_stops(plan_facts.stops_in(one)),
            "stpMode": one.given["stpMode"] or "none",
            "cTime": str(one.cTime),
            "uTime": str(one.uTime),
        }
    ]


def _pushed_stops(legs: Legs) -> Row:
    """Print stops as a push does, which calls the price that is ordered at otherwise than a listing."""
    row = v2_plan_stops(legs)
    return {name.replace("ExecutePrice", "Price"): value for name, value in row.items()}


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
