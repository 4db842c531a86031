"""The common part of the conversions of algo orders: of those that wait by themselves, and of what an order brings.

Bitget calls the former plan orders (V2) and strategy orders (V3). What an order brings has no id until the order is
filled, and no row of it names the order then: ``algo_queries`` finds out which is which.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, cast

from okx_sync.algo_types import AlgoKind, AlgoLeg, AlgoStatus, AlgoUpdate, PriceSource, TriggerPrice
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.row_conversion import ORDER_STATUSES, epoch_ms
from okx_sync.rows import Row
from okx_sync.types import PositionSide, Side

__all__ = [
    "BROUGHT_SPOILS",
    "EXITS",
    "NOT_BROUGHT",
    "PLAN_SPOILS",
    "PRESETS",
    "PRESET_SPOILS",
    "STRATEGY_SPOILS",
    "attached_to_unified",
    "attached_update",
    "ended_sides",
    "is_told",
    "own_order",
    "plan_kind",
    "plan_triggers",
    "strategy_update",
    "told_legs",
    "trigger_price",
    "waiting_update",
    "whole_or",
]

EXITS: Final[dict[str | None, Side]] = {"buy": "sell", "sell": "buy"}
"""The side of what closes the position that an order of this side opens."""

_STATUSES: Final[dict[str | None, AlgoStatus]] = {
    "live": "armed",
    "not_trigger": "armed",
    "executing": "running",
    "executed": "fired",
    "fail_execute": "failed",
    "cancelled": "canceled",
    "canceled": "canceled",
    # V3's words
    "pending": "armed",
    "submitting": "running",
    "success": "fired",
    "failed": "failed",
}
_PLANS: Final[dict[str | None, tuple[AlgoKind, AlgoLeg | None]]] = {
    "normal_plan": ("trigger", None),
    "track_plan": ("trailing_stop", None),
    "moving_plan": ("trailing_stop", None),
    "profit_plan": ("conditional", "take_profit"),
    "pos_profit": ("conditional", "take_profit"),
    "loss_plan": ("conditional", "stop_loss"),
    "pos_loss": ("conditional", "stop_loss"),
    # The stream's words
    "pl": ("trigger", None),
    "track": ("trailing_stop", None),
    "mtpsl": ("trailing_stop", None),
    "tp": ("conditional", "take_profit"),
    "ptp": ("conditional", "take_profit"),
    "sl": ("conditional", "stop_loss"),
    "psl": ("conditional", "stop_loss"),
}
_WHOLE: Final = frozenset({"pos_profit", "pos_loss", "ptp", "psl"})
_SOURCES: Final[dict[str | None, PriceSource]] = {
    **dict.fromkeys((None, "", "fill_price", "market", "last"), "last"),
    **dict.fromkeys(("mark_price", "mark"), "mark"),
    "index_price": "index",
}
_FIRED: Final[dict[str | None, AlgoLeg]] = {"takeProfit": "take_profit", "stopLoss": "stop_loss"}
_CLOSING: Final[dict[str | None, Side]] = {"long": "sell", "short": "buy"}
_OPEN: Final = ("live", "partially_filled")
NOT_BROUGHT: Final = "its order does not bring it any more"
"""Why what an order brought is over while the order is not."""
_REPLACED: Final = "modify_limit_order"  # its order was canceled, as another one took its place


def plan_kind(plan_type: str | None) -> tuple[AlgoKind | None, AlgoLeg | None]:
    """Return the neutral kind and side of a plan order of V2; None of a word that is not known."""
    return _PLANS.get(plan_type, (None, None))


def whole_or(size: Decimal | None, plan_type: str | None = None) -> Decimal | None:
    """Return the size of an algo order; None of one for a whole position, which has no size of its own."""
    return None if plan_type in _WHOLE else size or None


def own_order(order_id: str | None) -> tuple[str, ...]:
    """Return the order that a plan order has sent, as a row names it."""
    return (order_id,) if order_id else ()


def trigger_price(
    price: Decimal | None, by: str | None, limit: Decimal | None, order_type: str | None = None
) -> TriggerPrice | None:
    """Return a trigger; None where there is none, or where the price that must reach it is of an unknown kind.

    Bitget's rows show a price beside ``order_type`` "market", too, which means nothing.
    """
    source = _SOURCES.get(by)
    if not price or source is None:
        return None
    return TriggerPrice(price, by=source, limit=None if order_type == "market" else limit or None)


def plan_triggers(row: Any, leg_limits: tuple[Decimal | None, Decimal | None]) -> dict[str, TriggerPrice | None]:
    """Return the triggers of a plan order of V2, and of what the order that it sends will bring.

    ``leg_limits``: the limit prices of its take-profit and stop-loss, which stream and REST call by different names.
    """
    kind, leg = plan_kind(row.planType)
    own = trigger_price(row.triggerPrice, row.triggerType, row.executePrice or row.price, row.orderType)
    if leg is not None:
        return {leg: own}
    if kind != "trigger":
        return {"trigger": trigger_price(row.triggerPrice, row.triggerType, None)}
    return {
        "trigger": own,
        "take_profit": trigger_price(row.stopSurplusTriggerPrice, row.stopSurplusTriggerType, leg_limits[0]),
        "stop_loss": trigger_price(row.stopLossTriggerPrice, row.stopLossTriggerType, leg_limits[1]),
    }


def _unified_legs(row: Any, take_profit: Decimal | None, stop_loss: Decimal | None) -> dict[str, Any]:
    """Return kind, side and triggers of V3's take-profit and stop-loss, which are one order where there are both."""
    legs: dict[str, TriggerPrice | None] = {
        "take_profit": trigger_price(take_profit, row.tpTriggerBy, row.tpLimitPrice, row.tpOrderType),
        "stop_loss": trigger_price(stop_loss, row.slTriggerBy, row.slLimitPrice, row.slOrderType),
    }
    if None not in legs.values():
        return {"kind": "oco", **legs}
    return {"kind": "conditional", "leg": next((leg for leg, told in legs.items() if told), None), **legs}


def _strategy_triggers(row: Any) -> dict[str, Any]:
    """Return kind, side and triggers of a strategy order of V3. Some of its listings do not tell the type."""
    if row.type == "trigger" or row.triggerPrice:
        limit = row.triggerOrderPrice
        return {
            "kind": "trigger",
            "trigger": trigger_price(row.triggerPrice, row.triggerBy, limit, row.triggerOrderType),
        }
    return _unified_legs(row, row.takeProfit, row.stopLoss)


def waiting_update(
    row: Row,
    inst_id: str | None,
    order_id: str | None,
    client_id: str | None,
    status: str | None,
    times: tuple[int | None, int | None],
    **facts: Any,
) -> AlgoUpdate:
    """Return an algo order that has an id of its own.

    ``times``: of creation and of the last change. Raises ``DecodeError`` when the row does not say which order, or in
    what state.
    """
    known = _STATUSES.get(status)
    if known is None or inst_id is None or order_id is None:
        raise DecodeError(f"an algo order has no ids, or the unknown status {status!r}", text=repr(row.raw))
    created, updated = map(epoch_ms, times)
    return AlgoUpdate(
        inst_id=inst_id,
        status=known,
        algo_id=order_id,
        client_order_id=client_id or None,
        created_at=created,
        updated_at=updated or created,
        recovered=row.recovered,
        raw=row,
        **facts,
    )


PLAN_SPOILS: Final = {
    "side": ("side", "posSide", "tradeSide"),
    "trigger": ("triggerPrice", "triggerType", "executePrice", "price", "orderType"),
    "take_profit": ("triggerPrice", "triggerType", "executePrice", "price", "orderType"),
    "stop_loss": ("triggerPrice", "triggerType", "executePrice", "price", "orderType"),
}
"""Which fields of a plan order each fact is made of."""

PRESET_SPOILS: Final = {
    "side": ("side", "posSide", "tradeSide"),
    "take_profit": ("presetStopSurplusExecutePrice", "presetStopSurplusType"),
    "stop_loss": ("presetStopLossExecutePrice", "presetStopLossType"),
}
"""Which fields of an order of V2 each fact of what it brings is made of."""

BROUGHT_SPOILS: Final = {
    "take_profit": ("tpTriggerBy", "tpLimitPrice", "tpOrderType"),
    "stop_loss": ("slTriggerBy", "slLimitPrice", "slOrderType"),
}
"""Which fields of an order of V3 each fact of what it brings is made of."""

STRATEGY_SPOILS: Final = {
    "side": ("side", "posSide"),
    "trigger": ("triggerPrice", "triggerBy", "triggerOrderType", "triggerOrderPrice"),
    "take_profit": ("takeProfit", "tpTriggerBy", "tpLimitPrice", "tpOrderType"),
    "stop_loss": ("stopLoss", "slTriggerBy", "slLimitPrice", "slOrderType"),
}
"""Which fields of a strategy order each fact is made of."""


def strategy_update(row: Any) -> AlgoUpdate:
    """Return a strategy order of V3, as its stream or REST tells it.

    Where the side is not told, as in some of its listings, it is that which closes the position it is for. Raises as
    ``waiting_update``.
    """
    facts = _strategy_triggers(row)
    is_exit = facts["kind"] != "trigger"
    fired: AlgoLeg | None = _FIRED.get(row.triggerType) if row.status == "success" and is_exit else None
    return waiting_update(
        row,
        row.symbol,
        row.orderId,
        row.clientOid,
        row.status,
        (row.createdTime, row.updatedTime),
        side=row.side or (_CLOSING.get(row.posSide) if is_exit else None),
        position_side=row.posSide,
        size=row.qty or None,
        fired_leg=fired,
        reduce_only=row.reduceOnly,
        product=row.category and row.category.upper(),
        **facts,
    )


def attached_update(
    row: Row,
    inst_id: str | None,
    order_id: str | None,
    client_id: str | None,
    status: str | None,
    filled: Decimal | None,
    cancel_reason: str | None,
    *,
    side: Side | None,
    position_side: PositionSide | None,
    updated: int | None,
    is_gone: bool = False,
    **facts: Any,
) -> AlgoUpdate:
    """Return what an order brings, as the order's row tells of it; ``side`` is the order's.

    ``is_gone``: the order is open, and says that it does not bring it (any more).
    Once the order is filled the row says nothing of what became of it: it stays ``attached`` until it is looked up.
    Raises ``DecodeError`` when the row does not say which order, or in what state.
    """
    known = ORDER_STATUSES.get(status)
    if known is None or inst_id is None or order_id is None:
        raise DecodeError(f"an order has no ids, or the unknown status {status!r}", text=repr(row.raw))
    became, reason = _became(known, filled or Decimal(0), cancel_reason)
    if is_gone:
        became, reason = "canceled", NOT_BROUGHT
    return AlgoUpdate(
        inst_id=inst_id,
        status=became,
        side=EXITS.get(side),
        position_side=position_side,
        parent_order_id=order_id,
        parent_client_order_id=client_id or None,
        updated_at=epoch_ms(updated),
        reason=reason,
        recovered=row.recovered,
        raw=row,
        **facts,
    )


def attached_to_unified(
    row: Any, take_profit: Decimal | None, stop_loss: Decimal | None, held: str | None
) -> AlgoUpdate:
    """Return what an order of V3 brings. ``held``: which position the order is for. Raises as ``attached_update``."""
    return attached_update(
        row,
        row.symbol,
        row.orderId,
        row.clientOid,
        row.orderStatus,
        row.cumExecQty,
        row.cancelReason,
        side=row.side,
        position_side=cast("PositionSide | None", held),
        updated=row.updatedTime,
        product=row.category and row.category.upper(),
        **_unified_legs(row, take_profit, stop_loss),
    )


PRESETS: Final[dict[AlgoLeg, str]] = {
    "take_profit": "presetStopSurplusPrice",
    "stop_loss": "presetStopLossPrice",
}
"""The fields of an order of V2 that have what it brings."""


def told_legs(row: Any, status: str | None, fields: Mapping[AlgoLeg, str]) -> list[AlgoLeg]:
    """Return the legs of which an order of V2 tells: that it brings them, or is open and says that it does not."""
    is_open = ORDER_STATUSES.get(status) in _OPEN
    return [leg for leg, name in fields.items() if getattr(row, name) or (is_open and is_told(row, name))]


def is_told(row: Row, name: str) -> bool:
    """Tell whether a row says something of a field, if only that there is none."""
    return isinstance(row.raw, dict) and name in row.raw


def ended_sides(row: Any, brings: Mapping[str, bool]) -> list[AlgoUpdate]:
    """Return the end of what an open order of V3 does not bring: both sides together, or one of them alone.

    A row that leaves the fields out tells nothing.
    """
    is_open = ORDER_STATUSES.get(row.orderStatus) in _OPEN
    if not is_open or not any(is_told(row, name) for name in ("takeProfit", "takeprofit", "stopLoss", "stoploss")):
        return []
    count = sum(brings.values())
    there: dict[tuple[AlgoKind, AlgoLeg | None], bool] = {
        ("oco", None): count > 1,
        ("conditional", "take_profit"): count == 1 and brings["take_profit"],
        ("conditional", "stop_loss"): count == 1 and brings["stop_loss"],
    }
    status: AlgoStatus = "replaced" if count else "canceled"
    return [
        AlgoUpdate(
            inst_id=row.symbol or "",
            status=status,
            kind=kind,
            leg=leg,
            parent_order_id=row.orderId,
            parent_client_order_id=row.clientOid,
            updated_at=row.updatedTime,
            reason=NOT_BROUGHT,
            recovered=row.recovered,
            raw=row,
        )
        for (kind, leg), is_there in there.items()
        if not is_there
    ]


def _became(order: str, filled: Decimal, cancel_reason: str | None) -> tuple[AlgoStatus, str | None]:
    """Return status and reason of what an order of this status brings."""
    if order != "canceled" or filled:
        return "attached", None
    if cancel_reason == _REPLACED:
        return "replaced", "another order took the place of its order"
    why = f" ({cancel_reason})" if cancel_reason else ""
    return "canceled", f"its order ended without a fill{why}"
