"""Words that all files of the venue share: rows of the wire, and the two sides of a market."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

#: One object of a REST answer or a push, by the exchange's field names.
Row: TypeAlias = dict[str, Any]
Side: TypeAlias = Literal["buy", "sell"]
SIDES: tuple[Side, ...] = ("buy", "sell")


def is_closing(posSide: str, side: str) -> bool:
    """Tell whether orders of a side close what is held in a direction, in long/short mode."""
    return (posSide, side) in (("long", "sell"), ("short", "buy"))


def opposite(side: Side) -> Side:
    """Return the other side."""
    return "sell" if side == "buy" else "buy"
