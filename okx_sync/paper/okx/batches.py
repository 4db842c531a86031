"""Batches of new orders: a client id may be in one of them only once, whatever becomes of the orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

REPEATED = ("51016", "Client order ID already exists.")


def repeats(orders: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Tell of each order whether it repeats the client id of an earlier one."""
    seen: set[object] = set()
    found = []
    for order in orders:
        name = order.get("clOrdId") or None
        found.append(name is not None and name in seen)
        seen.add(name)
    return found
