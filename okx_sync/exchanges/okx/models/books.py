"""Order books. One class serves all book channels: they differ in depth and pace, not in shape."""

from __future__ import annotations

from okx_sync.exchanges.okx.models.words import BookAction
from okx_sync.exchanges.okx.normalize import book_change
from okx_sync.models import BookLevel, Row, envelope, model
from okx_sync.state.book import BookChange


@model
class BookUpdate(Row):
    """A state or a change of an order book (``books``, ``books5``, ``bbo-tbt``, ``books50-l2-tbt``,
    ``books-l2-tbt``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

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
