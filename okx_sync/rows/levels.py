"""Order book levels: the position-coded rows inside every book."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.rows.field_sources import last_column
from okx_sync.rows.row import Row, model


@model(positional=True)
class BookLevel(Row):
    """One price level: ``[price, size, ..., orders]``.

    ``raw[0]`` and ``raw[1]`` are the exact texts (a book checksum is made of those). Columns between size
    and order count (OKX sends a dead "0" there) are in ``extra``; a row of two columns has no order count.
    """

    _spare: ClassVar = frozenset({"2"})

    price: Decimal | None = None
    size: Decimal | None = None
    """Contracts, or base currency on spot; 0 in an update deletes the level."""
    orders: int | None = last_column(at_least=3)
    """Number of orders resting at this price."""
