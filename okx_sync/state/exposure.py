"""How far a position may come when all orders are filled that may still be. Pure: values go in, a number comes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

import attrs

from okx_sync.types import PositionSide, PositionUpdate, Side

__all__ = ["Exposure", "OpenOrder", "reach"]

_OPENS: dict[str, Side] = {"long": "buy", "short": "sell"}
_ZERO = Decimal(0)


@attrs.frozen(kw_only=True)
class OpenOrder:
    """An order that may still change a position.

    ``counts``: how much of it that may be, what is filled of it and perhaps not in the position yet included; None
    where that is not known. ``size``: of the whole order, as far as it is known. ``closes``: it can only make a
    position smaller.
    """

    ids: frozenset[str]
    side: Side | None
    position_side: PositionSide | None = None
    size: Decimal | None = None
    counts: Decimal | None = None
    closes: bool = False


@attrs.frozen(kw_only=True)
class Exposure:
    """What an account has in one instrument: its positions and its open orders.

    The positions were read after the orders, so that what is filled between the two is counted twice and never missed.
    ``ended``: what whoever asked had in mind, and is over and in the positions.
    """

    positions: tuple[PositionUpdate, ...] = ()
    orders: tuple[OpenOrder, ...] = ()
    ended: Collection[object] = ()


def reach(
    positions: Iterable[PositionUpdate],
    orders: Iterable[OpenOrder],
    side: Side | None,
    position_side: PositionSide | None,
) -> Decimal | None:
    """Return how far the position may come in the direction of an order of ``side`` when all ``orders`` are filled.

    ``position_side``: long or short in hedge mode, whose positions stand for themselves. None where an order does not
    tell its side or its size.
    """
    if position_side in _OPENS:
        mine = [one for one in orders if one.position_side in (None, position_side)]
        held = sum((abs(one.size) for one in positions if one.side == position_side), _ZERO)
        opening = _total(mine, _OPENS[position_side], closes=False)
        return None if opening is None else held + opening
    if side is None:
        return None
    known = list(orders)
    opening, closing = _total(known, side, closes=False), _total(known, side, closes=True)
    if opening is None:
        return None
    held = sum((one.size if side == "buy" else -one.size for one in positions), _ZERO)
    # Orders that only close bring an opposite position to 0 at most, and it may be they that are filled first.
    if held < 0:
        held = _ZERO if closing is None else min(_ZERO, held + closing)
    return held + opening


def _total(orders: Iterable[OpenOrder], side: Side, *, closes: bool) -> Decimal | None:
    """Return how much the orders of a side may still fill; None where one of them does not tell."""
    total = _ZERO
    for one in orders:
        if one.closes == closes and one.side in (None, side):
            if one.counts is None or (one.side is None and one.counts):
                return None
            total += one.counts
    return total
