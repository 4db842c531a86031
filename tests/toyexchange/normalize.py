"""From the toy exchange's rows to the neutral forms of local state."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.state.book.book_change import BookChange
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate, PositionUpdate, Side

if TYPE_CHECKING:
    from tests.toyexchange.models import Holding, Order, Quotes

_STATUSES: Final[dict[str | None, OrderStatus]] = {"open": "live", "part": "partially_filled", "done": "filled"}
_SIDES: Final[dict[str | None, Side]] = {"b": "buy", "s": "sell"}


def book_change(row: Quotes) -> BookChange:
    """The neutral form of a book push."""
    wire = row.raw or {}
    sides = book_rows(wire.get("b")), book_rows(wire.get("a"))
    return BookChange("snapshot" if row.kind == "all" else "update", *sides, seq=row.seq, prev_seq=row.prev)


def order_update(row: Order) -> OrderUpdate:
    """The neutral form of an order, with the fill that it tells of."""
    status, side = _STATUSES.get(row.status), _SIDES.get(row.side)
    if status is None or side is None or row.id is None or row.symbol is None or row.size is None:
        raise DecodeError("an order lacks the basics", text=repr(row.raw))
    fill = None
    if row.fill is not None and row.fill_px is not None and row.fill_size is not None:
        fill = FillUpdate(
            inst_id=row.symbol, trade_id=row.fill, order_id=row.id, side=side, price=row.fill_px, size=row.fill_size
        )
    return OrderUpdate(
        inst_id=row.symbol, order_id=row.id, status=status, side=side, size=row.size, filled=row.filled or Decimal(0),
        fill=fill, updated_at=row.at, raw=row,
    )  # fmt: skip


def position_update(row: Holding) -> PositionUpdate:
    """The neutral form of a holding."""
    if row.symbol is None or row.size is None:
        raise DecodeError("a holding lacks the basics", text=repr(row.raw))
    return PositionUpdate(inst_id=row.symbol, size=row.size, raw=row)
