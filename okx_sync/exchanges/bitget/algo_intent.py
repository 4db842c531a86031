"""The algo orders that a request of Bitget asks for, of V2 and V3, read from its parameters.

Stops that are set for both sides of a position at once have two ids of ours, and are not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from okx_sync.algo_types import AlgoKind, AlgoLeg, TriggerPrice, kind_of_legs
from okx_sync.exchanges.bitget.algo_conversion import plan_kind, trigger_price
from okx_sync.rest.algo_intent import AlgoIntent, side_in

__all__ = ["brought", "placed"]

_PRESETS: Final[dict[str, AlgoLeg]] = {"presetStopSurplusPrice": "take_profit", "presetStopLossPrice": "stop_loss"}
# The names of price, limit, which price must reach it, and kind of order; V2 has no more than two of them.
_LEGS: Final[dict[AlgoLeg, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "take_profit": (
        ("presetStopSurplusPrice", "presetStopSurplusExecutePrice"),
        ("takeProfit", "tpLimitPrice", "tpTriggerBy", "tpOrderType"),
    ),
    "stop_loss": (
        ("presetStopLossPrice", "presetStopLossExecutePrice"),
        ("stopLoss", "slLimitPrice", "slTriggerBy", "slOrderType"),
    ),
}


def placed(row: Mapping[str, Any]) -> AlgoIntent:
    """Return the algo order that a row asks for."""
    kind, leg = plan_kind(row.get("planType"))
    if "category" in row:  # V3
        kind, leg = ("trigger", None) if row.get("type") == "trigger" else _legs(row)
    return AlgoIntent(kind=kind, leg=leg, side=side_in(row), client_order_id=row.get("clientOid"))


def brought(row: Mapping[str, Any]) -> list[AlgoIntent]:
    """Return what an order brings with it: V3 makes one of both sides, V2 one of each."""
    side = side_in(row, closes=True)
    legs: list[AlgoLeg | None] = [leg for name, leg in _PRESETS.items() if row.get(name)]
    kind: AlgoKind | None = "conditional"
    if not legs:
        kind, leg = _legs(row)
        legs = [leg] if kind else []
    triggers = _triggers(row)
    own = [{one: trigger for one, trigger in triggers.items() if leg in (None, one)} for leg in legs]
    return [
        AlgoIntent(kind=kind, leg=leg, side=side, is_attached=True, legs=fires)
        for leg, fires in zip(legs, own, strict=True)
    ]


def _triggers(row: Mapping[str, Any]) -> dict[AlgoLeg, TriggerPrice]:
    found = {leg: [_trigger(row, *names) for names in versions] for leg, versions in _LEGS.items()}
    return {leg: trigger for leg, triggers in found.items() for trigger in triggers if trigger is not None}


def _trigger(
    row: Mapping[str, Any], price: str, limit: str, by: str | None = None, kind: str | None = None
) -> TriggerPrice | None:
    return trigger_price(_amount(row.get(price)), row.get(by or ""), _amount(row.get(limit)), row.get(kind or ""))


def _amount(value: Any) -> Decimal | None:
    """Return a price as a request has it; None of what is none, which the exchange refuses."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None


def _legs(row: Mapping[str, Any]) -> tuple[AlgoKind | None, AlgoLeg | None]:
    return kind_of_legs(bool(row.get("takeProfit")), bool(row.get("stopLoss")))
