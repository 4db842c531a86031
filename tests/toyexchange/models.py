"""The toy exchange's rows."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, envelope, model
from okx_sync.state.book.book_change import BookChange
from okx_sync.types import OrderUpdate, PositionUpdate
from tests.toyexchange.normalize import book_change, order_update, position_update


@model
class Quotes(Row):
    """A book or a change of one (channel ``book``); its sides are ``b`` and ``a``."""

    kind: str | None = envelope("kind")
    prev: int | None = envelope("prev")
    seq: int | None = envelope("seq")
    symbol: str | None = None

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``."""
        return book_change(self)


@model
class Print(Row):
    """A public trade (channel ``prints``)."""

    symbol: str | None = None
    px: Decimal | None = None
    size: Decimal | None = None


@model
class Order(Row):
    """An order of ours (channel ``orders``)."""

    id: str | None = None
    symbol: str | None = None
    side: str | None = None
    status: str | None = None
    size: Decimal | None = None
    filled: Decimal | None = None
    fill: str | None = None
    fill_px: Decimal | None = None
    fill_size: Decimal | None = None
    at: int | None = None

    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``."""
        return order_update(self)


@model
class Holding(Row):
    """What we hold of an instrument (channel ``holdings``)."""

    symbol: str | None = None
    size: Decimal | None = None

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``."""
        return position_update(self)
