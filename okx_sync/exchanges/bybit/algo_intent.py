"""The algo orders that an order of Bybit is or brings, read from its parameters.

What is set at a position has no id of ours, and is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.algo_types import AlgoKind
from okx_sync.exchanges.bybit.algo_words import LEGS
from okx_sync.rest.algo_intent import AlgoIntent, side_in

__all__ = ["algo_intents"]


def algo_intents(row: Mapping[str, Any]) -> list[AlgoIntent]:
    """Return the order itself, where it waits for a price, and the take profit and stop loss that it brings."""
    found = []
    if _has(row, "triggerPrice"):
        kind: AlgoKind = "conditional" if row.get("orderFilter") == "tpslOrder" else "trigger"
        found.append(AlgoIntent(kind=kind, side=side_in(row), client_order_id=row.get("orderLinkId")))
    side = side_in(row, closes=True)
    legs = [leg for leg, words in LEGS.items() if _has(row, words.field)]
    return found + [AlgoIntent(kind="conditional", leg=leg, side=side, is_attached=True) for leg in legs]


def _has(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) not in (None, "", "0", 0)
