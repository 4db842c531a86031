"""The objects of a request to move positions. Names are those of the wire, with underscores."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.bybit.argument_words import Category, Side
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["PositionMove"]


@documented
@frozen
class PositionMove:
    """One position of ``move_positions``."""

    category: Category
    symbol: str
    price: Number
    """Price at which it is moved, near the mark price."""
    side: Side
    """What the account does that it is moved from: ``"Sell"`` gives a long position away."""
    qty: Number
    """Size, in base currency (inverse contracts: USD; options: contracts)."""
