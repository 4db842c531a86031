"""The toy exchange's rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows import Row, envelope, model
from okx_sync.state.book.book_change import BookChange
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate, PositionUpdate, Side

_STATUSES: Final[dict[str | None, OrderStatus]] = {"open": "live", "part": "partially_filled", "done": "filled"}
_SIDES: Final[dict[str | None, Side]] = {"b": "buy", "s": "sell"}


@model
class Quotes(Row):
    """A book or a change of one (channel ``book``); its sides are ``b`` and ``a``."""

    kind: str | None = envelope("kind")
    prev: int | None = envelope("prev")
    seq: int | None = envelope("seq")
    symbol: str | None = None

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``."""
        wire = self.raw or {}
        sides = book_rows(wire.get("b")), book_rows(wire.get("a"))
        return BookChange("snapshot" if self.kind == "all" else "update", *sides, seq=self.seq, prev_seq=self.prev)


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
        """What it says in the neutral words of ``OrderManager``, with the fill that it tells of."""
        status, side = _STATUSES.get(self.status), _SIDES.get(self.side)
        if status is None or side is None or self.id is None or self.symbol is None or self.size is None:
            raise DecodeError("an order lacks the basics", text=repr(self.raw))
        fill = None
        if self.fill is not None and self.fill_px is not None and self.fill_size is not None:
            fill = FillUpdate(
                inst_id=self.symbol, trade_id=self.fill, order_id=self.id, side=side, price=self.fill_px,
                size=self.fill_size,
            )  # fmt: skip
        return OrderUpdate(
            inst_id=self.symbol, order_id=self.id, status=status, side=side, size=self.size,
            filled=self.filled or Decimal(0), fill=fill, updated_at=self.at, raw=self,
        )  # fmt: skip


@model
class Holding(Row):
    """What we hold of an instrument (channel ``holdings``)."""

    symbol: str | None = None
    size: Decimal | None = None

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``."""
        if self.symbol is None or self.size is None:
            raise DecodeError("a holding lacks the basics", text=repr(self.raw))
        return PositionUpdate(inst_id=self.symbol, size=self.size, raw=self)
