"""Rows of the seed gateway: five private channels, each row with a `timestamp` of its own."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bitget import summaries
from okx_sync.paper.bitget.feeds import RowScope
from okx_sync.paper.venue.events import Filled, OrderChanged, RiskWarned
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row

_STATES = {"live": "new", "canceled": "cancelled"}
#: The margin ratio from which a warning is of the second level.
URGENT = Decimal("0.8")


def _now(scope: RowScope) -> int:
    return scope.venue.clock.now_ms()


def account(scope: RowScope) -> list[Row]:
    """Make rows of `account`."""
    money = summaries.money_of(scope.venue, scope.account, scope.margin)
    if money is None:
        return []
    return [
        {
            "marginCoin": money.coin,
            "available": money.available,
            "total": money.equity,
            "unrealizedPnl": money.upl,
            "marginMode": "cross",
            "marginRatio": money.rate,
            "maintainMargin": money.maintenance,
            "initialMargin": money.initial,
            "frozenBalance": money.frozen,
            "timestamp": _now(scope),
        }
    ]


def positions(scope: RowScope) -> list[Row]:
    """Make rows of `positions`: every open one. The feed adds those that were closed."""
    return [
        {
            "symbol": held.symbol,
            "positionSide": held.side,
            "holdPosition": held.size,
            "openPrice": held.row["avgPx"],
            "markPrice": held.row["markPx"],
            "unrealizedPnl": held.row["upl"],
            "leverage": held.row["lever"],
            "marginMode": _mode(held),
            "isolatedMargin": held.margin if held.is_isolated else "0",
            "positionMargin": held.margin,
            "maintainMargin": held.row["mmr"],
            "marginRate": held.rate,
            "liquidationPrice": held.row["liqPx"],
            "timestamp": _now(scope),
        }
        for held in summaries.held_by(scope.venue, scope.account, scope.margin, scope.inst_id)
    ]


def closed(scope: RowScope, row: Row) -> Row:
    """Return a position's last row once it is closed."""
    empty = dict.fromkeys(("holdPosition", "unrealizedPnl", "positionMargin", "isolatedMargin", "maintainMargin"), "0")
    return row | empty | {"marginRate": "0", "timestamp": _now(scope)}


def position_key(row: Row) -> tuple[str, ...]:
    """Return what tells positions apart."""
    return row["symbol"], row["positionSide"], row["marginMode"]


def _mode(held: summaries.HeldPosition) -> str:
    return "isolated" if held.is_isolated else "cross"


def order(scope: RowScope, event: OrderChanged) -> list[Row]:
    """Make rows of `orders`."""
    told, row = summaries.ordered(scope.venue, scope.account, event.row), event.row
    return [
        {
            "orderId": row["ordId"],
            "symbol": told.symbol,
            "side": row["side"],
            "orderType": told.kind,
            "price": row["px"] or "0",
            "size": told.size,
            "filledSize": told.filled,
            "avgPrice": row["avgPx"] or "0",
            "leverage": row["lever"],
            "marginMode": row["tdMode"],
            "status": _STATES.get(row["state"], row["state"]),
            "timestamp": int(row["uTime"]),
        }
    ]


def execution(scope: RowScope, event: Filled) -> list[Row]:  # noqa: ARG001 - the record says more than the event
    """Make rows of `execution`; what was charged is positive. The venue has just filed it."""
    told = summaries.execution(scope.venue, scope.account, scope.account.fills[-1])
    return [
        {
            "tradeId": told.fill.tradeId,
            "orderId": told.fill.order.ordId,
            "symbol": told.order.symbol,
            "side": told.fill.order.side,
            "price": told.price,
            "size": told.size,
            "fee": text(-told.fill.fee),
            "feeCurrency": told.fill.feeCcy,
            "role": "maker" if told.is_maker else "taker",
            "timestamp": told.fill.ts,
        }
    ]


def liquidation(scope: RowScope, event: RiskWarned) -> list[Row]:
    """Make rows of `liquidation`: a position came near its end."""
    held = summaries.held_by(scope.venue, scope.account, scope.margin, event.instId)
    return [
        {
            "symbol": one.symbol,
            "positionSide": one.side,
            "marginMode": _mode(one),
            "marginRatio": one.rate,
            "liquidationPrice": one.row["liqPx"],
            "currentPrice": one.row["markPx"],
            "warningLevel": "2" if Decimal(one.rate) >= URGENT else "1",
            "timestamp": _now(scope),
        }
        for one in held
        if one.row["posId"] == event.row["posId"]
    ]
