"""The algo orders that a request of Bitget asks for, of V2 and V3, read from its parameters.

Stops that are set for both sides of a position at once have two ids of ours, and are not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.algo_types import AlgoKind, AlgoLeg, kind_of_legs
from okx_sync.exchanges.bitget.algo_conversion import plan_kind
from okx_sync.rest.algo_intent import AlgoIntent, side_in

__all__ = ["brought", "placed"]

_PRESETS: Final[dict[str, AlgoLeg]] = {"presetStopSurplusPrice": "take_profit", "presetStopLossPrice": "stop_loss"}


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
    return [AlgoIntent(kind=kind, leg=leg, side=side, is_attached=True) for leg in legs]


def _legs(row: Mapping[str, Any]) -> tuple[AlgoKind | None, AlgoLeg | None]:
    return kind_of_legs(bool(row.get("takeProfit")), bool(row.get("stopLoss")))
