"""Rows of the V3 topics (unified account): every documented field is there, if empty. Fees are positive when paid."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bitget import plan_facts, summaries
from okx_sync.paper.bitget.feeds import RowScope
from okx_sync.paper.bitget.stops import legs_in, v3_stops, watched_v3
from okx_sync.paper.bitget.symbols import coins, symbol_of
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.events import AdvancedAlgoChanged, AlgoChanged, Filled, Liquidated, OrderChanged
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_STATES = {"canceled": "cancelled"}
#: Values of `amendSource` of a change that was asked for.
BY_REQUEST = ("1", "2")
#: How a push of an order spells the prices of its stops.
_STOP_NAMES = ("takeprofit", "stoploss")


def ticker(venue: Venue, inst_id: str) -> Row:
    """Make a row of `ticker`."""
    instrument, row = venue.instruments[inst_id], venue.ticker_row(inst_id)
    day = venue.engine.tapes[inst_id].day()
    opened, last = instrument.px(day.open), venue.prices.last[inst_id]
    made = {
        "symbol": symbol_of(instrument),
        "lastPrice": row["last"],
        "openPrice24h": row["open24h"],
        "highPrice24h": row["high24h"],
        "lowPrice24h": row["low24h"],
        "bid1Price": row["bidPx"],
        "bid1Size": coins(instrument, row["bidSz"]),
        "ask1Price": row["askPx"],
        "ask1Size": coins(instrument, row["askSz"]),
        "price24hPcnt": text(rounded((last - opened) / opened)),
        "volume24h": row["volCcy24h"] if instrument.is_swap else row["vol24h"],
        "turnover24h": text(instrument.tickSz * instrument.coins(day.value)),
        "ts": row["ts"],
    }
    if not instrument.is_swap:
        return made
    funding = venue.funding_rate_row(inst_id)
    return made | {
        "indexPrice": text(venue.prices.index(instrument)),
        "markPrice": text(venue.prices.mark(instrument)),
        "fundingRate": funding["fundingRate"],
        "nextFundingTime": funding["fundingTime"],
        "openInterest": venue.open_interest_row(inst_id)["oiCcy"],
        **blank("deliveryTime deliveryStartTime deliveryStatus"),
    }


def trade(venue: Venue, row: Row) -> Row:
    """Make a row of `publicTrade`, from the venue's own row."""
    return {
        "p": row["px"],
        "v": coins(venue.instruments[row["instId"]], row["sz"]),
        "S": row["side"],
        "T": row["ts"],
        "i": row["tradeId"],
        "L": row["tradeId"],
        "isRPI": "no",
    }


def candle(row: list[str]) -> Row:
    """Make a row of `kline`, an object here."""
    names = ("start", "open", "high", "low", "close")
    return {**dict(zip(names, row, strict=False)), "volume": row[6], "turnover": row[7]}


def liquidation(venue: Venue, event: Liquidated) -> list[Row]:
    """Make rows of `liquidation`: the side is that of the position's opening."""
    instrument = venue.instruments[event.instId]
    return [
        {
            "symbol": symbol_of(instrument),
            "side": "sell" if one["side"] == "buy" else "buy",
            "price": one["bkPx"],
            "amount": coins(instrument, one["sz"]),
            "ts": one["ts"],
        }
        for one in event.row["details"]
    ]


# --- private


def account(scope: RowScope) -> list[Row]:
    """Make the row of `account`: totals in USD, and each coin."""
    row = scope.venue.account_row(scope.account)
    total = sum((Decimal(one["eqUsd"]) for one in row["details"]), ZERO)
    used = [sum((Decimal(one[name] or 0) for one in row["details"]), ZERO) for name in ("mmr", "imr", "upl")]
    share = text(rounded(used[0] / total)) if total > 0 else "0"
    return [
        {
            "totalEquity": text(total),
            "effEquity": text(total),
            "mmr": text(used[0]),
            "imr": text(used[1]),
            "mgnRatio": share,
            "positionMgnRatio": text(rounded(used[1] / total)) if total > 0 else "0",
            "unrealisedPnL": text(used[2]),
            "bonus": "0",
            "coin": [_coin(one) for one in row["details"]],
        }
    ]


def _coin(row: Row) -> Row:
    return {
        "coin": row["ccy"],
        "equity": row["eq"],
        "balance": row["cashBal"],
        "available": row["availEq"] or row["availBal"],
        "locked": row["ordFrozen"],
        "borrow": "0",
        "debts": "0",
        "usdValue": row["eqUsd"],
        "bonus": "0",
    }


def position(scope: RowScope, row: Row) -> Row:
    """Make a row of `position` of the venue's; one that has ended has size 0."""
    held = summaries.held_position(scope.venue, scope.account, row)
    is_open = held.size != "0"
    return {
        "symbol": held.symbol,
        "marginCoin": row["ccy"],
        "holdMode": _hold_mode(held.is_hedged),
        "posSide": held.side,
        "marginMode": "isolated" if held.is_isolated else "crossed",
        "size": held.size,
        "available": held.size,
        "frozen": "0",
        "leverage": row["lever"],
        "marginSize": held.margin,
        "avgPrice": row["avgPx"],
        "markPrice": row["markPx"],
        "breakEvenPrice": row["bePx"],
        "liqPrice": row["liqPx"] or "0",
        "mmr": held.maintenance,
        "marginRate": held.rate,
        "unrealisedPnl": row["upl"],
        "curRealisedPnl": row["pnl"],
        "profitRate": row["uplRatio"],
        "totalFundingFee": row["fundingFee"],
        "openFeeTotal": _paid(row["fee"]),
        "closeFeeTotal": "0",
        "cashDividend": "0",
        "positionStatus": "opening" if is_open else "ended",
        "createdTime": row["cTime"],
        "updatedTime": row["uTime"],
    }


def _hold_mode(is_hedged: bool) -> str:
    return "hedge_mode" if is_hedged else "one_way_mode"


def _paid(fee: str) -> str:
    """Turn the sign: the venue's fees are negative when paid."""
    return text(-Decimal(fee or 0))


def _category(instrument: VenueInstrument) -> str:
    return f"{instrument.settleCcy.lower()}-futures" if instrument.is_swap else "spot"


def order(scope: RowScope, event: OrderChanged) -> list[Row]:
    """Make rows of `order`."""
    told, row = summaries.ordered(scope.venue, scope.account, event.row), event.row
    instrument = scope.venue.instruments[row["instId"]]
    swap = instrument.is_swap
    value = Decimal(told.filled) * Decimal(row["avgPx"] or 0)
    return [
        {
            "category": _category(instrument),
            "symbol": told.symbol,
            "orderId": row["ordId"],
            "clientOid": row["clOrdId"],
            "price": "" if told.kind == "market" else row["px"],
            "qty": told.size,
            "amount": "",
            "holdMode": _hold_mode(told.is_hedged) if swap else "",
            "holdSide": row["posSide"] if swap else "",
            "tradeSide": _trade_side(told) if swap else "",
            "delegateType": "normal",
            "orderType": told.kind,
            "timeInForce": told.force,
            "side": row["side"],
            "marginMode": ("isolated" if row["tdMode"] == "isolated" else "crossed") if swap else "",
            "marginCoin": told.coin,
            "reduceOnly": "yes" if row["reduceOnly"] == "true" else "no",
            "cumExecQty": told.filled,
            "cumExecValue": text(rounded(value)),
            "avgPrice": row["avgPx"] or "0",
            "totalProfit": row["pnl"],
            "orderStatus": _order_status(scope, row),
            "cancelReason": summaries.reason_in(row),
            "leverage": row["lever"],
            "stpMode": row["stpMode"],
            "feeDetail": [{"feeCoin": row["feeCcy"], "fee": _paid(row["fee"])}] if row["feeCcy"] else [],
            **v3_stops(legs_in(row["attachAlgoOrds"]), _STOP_NAMES),
            "createdTime": row["cTime"],
            "updatedTime": row["uTime"],
        }
    ]


def _order_status(scope: RowScope, row: Row) -> str:
    """Return the state: an order is `live` when it comes, `new` when the matching engine has it in its book."""
    state: str = row["state"]
    book = scope.venue.engine.books[row["instId"]]
    is_known = row["amendSource"] in BY_REQUEST or book.find(int(row["ordId"])) is not None
    return "new" if state == "live" and is_known else _STATES.get(state, state)


def _trade_side(told: summaries.OrderSummary) -> str:
    return "close" if told.trade_side == "close" or told.row["reduceOnly"] == "true" else "open"


def _execution(scope: RowScope) -> tuple[summaries.FillSummary, Row]:
    """Return the latest fill of the account, which the venue has just filed, and what both topics tell of it."""
    told = summaries.execution(scope.venue, scope.account, scope.account.fills[-1])
    row, instrument = told.order.row, told.fill.order.instrument
    return told, {
        "category": _category(instrument).upper(),
        "symbol": told.order.symbol,
        "orderId": row["ordId"],
        "clientOid": row["clOrdId"],
        "execId": told.fill.tradeId,
        "side": row["side"],
        "holdSide": row["posSide"] if instrument.is_swap else "",
        "tradeScope": "maker" if told.is_maker else "taker",
        "execPrice": told.price,
        "execQty": told.size,
        "execTime": str(told.fill.ts),
        "updatedTime": str(told.fill.ts),
    }


def fill(scope: RowScope, event: Filled) -> list[Row]:  # noqa: ARG001 - the record says more than the event
    """Make rows of `fill`."""
    told, made = _execution(scope)
    more = {
        "execLinkId": told.fill.tradeId,
        "orderType": told.order.kind,
        "tradeSide": _trade_side(told.order) if told.fill.order.instrument.is_swap else "",
        "execValue": told.value,
        "execPnl": text(told.fill.pnl),
        "feeDetail": [{"feeCoin": told.fill.feeCcy, "fee": _paid(told.fee)}],
        "isRPI": "no",
    }
    return [made | more]


def fast_fill(scope: RowScope, event: Filled) -> list[Row]:  # noqa: ARG001 - as above
    """Make rows of `fast-fill`: no fee, no profit."""
    return [_execution(scope)[1]]


def strategy(scope: RowScope, event: AlgoChanged | AdvancedAlgoChanged) -> list[Row]:
    """Make rows of `strategy-order`; kinds of the venue that Bitget does not have are left out."""
    one = scope.venue.algos.get(int(event.row["algoId"]))
    return [] if one is None or not plan_facts.strategy_type(one) else [strategy_row(one)]


def strategy_row(one: VenueAlgoOrder) -> Row:
    """Make the row of a strategy order; a listing has some fields more."""
    is_trigger, waits = plan_facts.strategy_type(one) == "trigger", plan_facts.condition(one)
    watched = watched_v3(waits.kind) if is_trigger else ""
    return {
        "category": _category(one.instrument),
        "symbol": symbol_of(one.instrument),
        "orderId": str(one.id),
        "clientOid": one.algoClOrdId,
        "qty": plan_facts.coins_of(one),
        "side": one.side,
        "posSide": plan_facts.position_side(one),
        "reduceOnly": "yes" if one.reduceOnly else "no",
        "type": plan_facts.strategy_type(one),
        "status": plan_facts.V3_STATES.get(one.state, one.state),
        "triggerType": watched or plan_facts.fired_side(one),
        **v3_stops(plan_facts.stops_in(one)),
        "triggerBy": watched,
        "triggerPrice": waits.px if is_trigger else "",
        "triggerOrderType": "" if not is_trigger else "limit" if waits.limit_px else "market",
        "triggerOrderPrice": waits.limit_px if is_trigger else "",
        "createdTime": str(one.cTime),
        "updatedTime": str(one.uTime),
    }


def adl(scope: RowScope, held: summaries.HeldPosition) -> Row:
    """Make a row of `adl-notification`: a position was reduced to pay for somebody else's liquidation."""
    return {
        "symbol": held.symbol,
        "side": "buy" if held.side == "short" else "sell",
        "status": "triggered",
        "price": held.row["markPx"],
        "amount": held.size,
        "ts": str(scope.venue.clock.now_ms()),
    }
