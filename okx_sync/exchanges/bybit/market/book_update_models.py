"""Books of V5 that are built otherwise than the usual ones: with retail price improvement orders, and without an end.

Page: "Websocket Stream / Public / Orderbook" of the V5 documentation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.exchanges.bybit.market.models import BookUpdate, RpiLevel
from okx_sync.exchanges.bybit.words import PushType
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book_change import BookChange

__all__ = ["FullBookUpdate", "RpiBookUpdate", "UnlinkedRpiBookUpdate"]


@model
class RpiBookUpdate(Row):
    """A state or a change of a book with retail price improvement (RPI) orders in it (channel ``orderbook.rpi``).

    Levels are best price first in a snapshot. In a delta a level is deleted when both of its sizes are 0: one whose
    ordinary size alone is 0 still has RPI orders.
    """

    is_linked: ClassVar[bool] = True
    """Whether a change must follow the one before, by ``u``."""

    type: PushType | None = envelope("type")
    """Type of the push: "snapshot" or "delta"."""
    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    cts: int | None = envelope("cts")
    """Epoch ms of the matching engine."""
    s: str | None = None
    """Symbol."""
    b: tuple[RpiLevel, ...] = ()
    """Bids."""
    a: tuple[RpiLevel, ...] = ()
    """Asks."""
    u: int | None = None
    """Number of the update, one more each time; 1 after a restart of the service, which starts the book anew."""
    seq: int | None = None
    """Cross sequence. Has holes."""

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta" or self.u == 1

    @tolerant("type", "u")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``: the size of a level is that of all its orders.

        Raises ``DecodeError`` for a type that is not known, for a change without a number, and for sides that are not
        lists of rows of three columns.
        """
        row = self.raw if self.raw is not None else self.to_wire()
        is_whole = self.raw is not None and self.is_snapshot
        bids, asks = (_sums(book_rows(row.get(side), is_whole=is_whole)) for side in ("b", "a"))
        seq, ts = self.u, self.cts if self.cts is not None else self.ts
        if self.type not in ("snapshot", "delta", None):
            raise DecodeError(f"a book push has the unknown type {self.type!r}", text=repr(self.raw))
        if self.is_snapshot:
            return BookChange("snapshot", bids, asks, seq, ts=ts)
        if not self.is_linked:
            return BookChange("update", bids, asks, seq, ts=ts, is_linked=False)
        if seq is None:
            raise DecodeError("a change of a book has no u", text=repr(self.raw))
        return BookChange("update", bids, asks, seq, seq - 1, ts=ts)


@model
class UnlinkedRpiBookUpdate(RpiBookUpdate):
    """The same where ``u`` is not to be trusted (``BybitConfig(book_gaps=False)``): changes are taken as they come."""

    is_linked: ClassVar[bool] = False


@model
class FullBookUpdate(BookUpdate):
    """A change of a whole book (channel ``orderbook.full``), which the stream itself never sends.

    ``u`` is one more each time, and 1 where everything begins anew: after a restart, a delisting, an auction or a
    change of the price step. Such a push may have no levels; the book has to be fetched again over REST.
    """

    @property
    def is_snapshot(self) -> bool:
        """False: the stream sends changes only."""
        return False

    @tolerant("u")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``; levels keep their exact texts.

        A change follows number ``u - 1``. The one with number 1 follows no book that was before it.

        Raises ``DecodeError`` for a change without a number, and for sides that are not lists of rows.
        """
        row = self.raw if self.raw is not None else self.to_wire()
        sides = book_rows(row.get("b")), book_rows(row.get("a"))
        if self.u is None:
            raise DecodeError("a change of a book has no u", text=repr(self.raw))
        ts = self.cts if self.cts is not None else self.ts
        return BookChange("update", *sides, self.u, self.u - 1, ts=ts)


def _sums(rows: list[list[Any]]) -> list[list[Any]]:
    """Return levels of price and size, made of price, ordinary size and size of RPI orders."""
    try:
        return [[price, _sum(ordinary, rpi)] for price, ordinary, rpi, *_ in rows]
    except (ValueError, TypeError, ArithmeticError) as problem:
        raise DecodeError(f"a level of a book cannot be read: {problem}", text=repr(rows)) from problem


def _sum(ordinary: str, rpi: str) -> str:
    if rpi == "0":
        return ordinary
    return rpi if ordinary == "0" else format(Decimal(ordinary) + Decimal(rpi), "f")
