"""From Bitget's order books to the neutral ones of local state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book import BookChange

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.market.models import BookUpdate

__all__ = ["FULL_BOOKS", "book_change"]

FULL_BOOKS: Final = frozenset({"books1", "books5", "books15"})
"""Channels on which every push is the whole (short) book, whatever its ``action``."""

_KINDS: Final[dict[str | None, Literal["snapshot", "update"]]] = {"snapshot": "snapshot", "update": "update"}


@tolerant("action", "channel", "seq", "pseq", "checksum")
def book_change(update: BookUpdate) -> BookChange:
    """The neutral form of a book push; levels keep their exact texts.

    Raises ``DecodeError`` for an action that is not known, since nobody can say what to do with its rows, and for
    sides that are not lists of rows.
    Page: Bitget's API guide, "Contract / Websocket / Public / Depth channel".
    """
    kind: Literal["snapshot", "update", "full"] | None = _KINDS.get(update.action)
    if update.channel in FULL_BOOKS:
        kind = "full"
    if kind is None:
        raise DecodeError(f"a book push has the unknown action {update.action!r}", text=repr(update.raw))
    row = update.raw if update.raw is not None else update.to_wire()
    seq, previous = _numbers(update)
    is_whole = kind != "update" and update.raw is not None  # one that was made by hand says what it says
    bids, asks = book_rows(row.get("bids"), is_whole=is_whole), book_rows(row.get("asks"), is_whole=is_whole)
    return BookChange(kind, bids, asks, seq, previous, update.checksum, update.ts)


def _numbers(update: BookUpdate) -> tuple[int | None, int | None]:
    """``(seq, pseq)``. Frames of before ``pseq`` came up are vouched for by their checksum: their seq says nothing of
    what they follow.
    """
    if update.pseq is None and update.checksum:
        return None, None
    return update.seq, update.pseq
