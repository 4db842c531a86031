"""Order books. One class serves those that differ in depth and pace only; the RPI book has levels of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.models.words import BookAction
from okx_sync.exchanges.okx.normalize import book_change
from okx_sync.models import BookLevel, Row, envelope, last_column, model
from okx_sync.state.book import BookChange


@model
class BookUpdate(Row):
    """A state or a change of an order book (``books``, ``books5``, ``bbo-tbt``, ``books50-l2-tbt``,
    ``books-l2-tbt``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    # Whether a bid at or above an ask is part of the book, and no sign of a fault.
    may_cross: ClassVar[bool] = False

    # Which book channel this came from.
    channel: str | None = envelope("arg", "channel")
    instId: str | None = envelope("arg", "instId")
    # None on books5 and bbo-tbt, where every push is the full (short) book.
    action: BookAction | None = envelope("action")
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    # Epoch ms; of the matching engine on bbo-tbt.
    ts: int | None = None
    # Signed CRC-32 over the best 25 levels. Retired: 0 since June 2026; only another value can be verified.
    checksum: int | None = None
    # seqId of the push before this one; -1 on a snapshot. None on books5 and bbo-tbt.
    prevSeqId: int | None = None
    seqId: int | None = None

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.action != "update"

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``. Raises ``DecodeError`` when it cannot be read."""
        return book_change(self)


@model
class ElpBookUpdate(BookUpdate):
    """The same of ``books-elp``, which shows ELP orders alone, those that cross the book included."""

    may_cross: ClassVar[bool] = True


@model(positional=True)
class RpiLevel(Row):
    """One price level of the RPI book: ``[price, size, non-RPI size, orders]``.

    RPI (retail price improvement) orders can be taken by some accounts only: for all others the size to be had is
    ``non_rpi_size``. Further columns, should OKX put some in, are in ``extra``.
    """

    price: Decimal | None = None
    # All of it, contracts or base currency on spot; 0 in an update deletes the level.
    size: Decimal | None = None
    non_rpi_size: Decimal | None = None
    # Number of orders resting at this price.
    orders: int | None = last_column(at_least=4)


@model
class RpiBookUpdate(Row):
    """A state or a change of the order book with RPI orders in it (channel ``books-rpi``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    may_cross: ClassVar[bool] = False

    channel: str | None = envelope("arg", "channel")
    instId: str | None = envelope("arg", "instId")
    action: BookAction | None = envelope("action")
    asks: tuple[RpiLevel, ...] = ()
    bids: tuple[RpiLevel, ...] = ()
    # Epoch ms.
    ts: int | None = None
    # seqId of the push before this one; -1 on a snapshot.
    prevSeqId: int | None = None
    seqId: int | None = None

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.action != "update"

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``. Raises ``DecodeError`` when it cannot be read."""
        return book_change(self)
