"""The base of the rows of all OKX's books: how one becomes a change of local state.

Page: OKX's API guide, "Order Book Trading", "WS / Order book channel"; "Spread Trading", "WS / Order book channel".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows import Row
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book_change import BookChange

__all__ = ["BookRow"]

_KINDS: Final[dict[str | None, Literal["snapshot", "update", "full"]]] = {
    "snapshot": "snapshot",
    "update": "update",
    None: "full",  # the short books (books5, bbo-tbt, ...) have no action: every push is the whole book
}
_MS_DIGITS: Final = 13  # of epoch ms until the year 2286


class BookRow(Row):
    """Base of the rows of book channels, each of which has these fields; ``checksum`` where the channel has one."""

    __slots__ = ()

    may_cross: ClassVar[bool] = False
    """Whether a bid at or above an ask is part of the book, and no sign of a fault."""

    if TYPE_CHECKING:  # each class declares them in the order of the wire
        action: str | None
        ts: int | None
        seqId: int | None
        prevSeqId: int | None

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.action != "update"

    @tolerant("action", "seqId", "prevSeqId", "checksum")
    def to_change(self) -> BookChange:
        """Return the change in the neutral words of ``OrderBook``; rows keep their exact texts.

        Rows of all books begin with price and size and end with the number of orders, which is what the neutral ones
        do.

        Raises ``DecodeError`` for an action that is not known, since nobody can say what to do with its rows, and for
        sides that are not lists of rows.
        """
        row, message = self._row, self._env
        # What is there in its usual form is the value of the field. Anything else is for the field to read or refuse.
        action = message.get("action")
        if row is None or type(action) is not str or not action or "action" in row:
            action = self.action
        kind = _KINDS.get(action)
        if kind is None:
            raise DecodeError(f"a book push has the unknown action {action!r}", text=repr(self.raw))
        is_whole = kind != "update" and row is not None  # one that was made by hand says what it says
        if row is None:
            row = self.to_wire()
        get = row.get
        if type(seq := get("seqId")) is not int:
            seq = self.seqId
        if type(before := get("prevSeqId")) is not int:
            before = self.prevSeqId
        if type(checksum := get("checksum")) is not int or checksum:  # 0 says nothing, on any book
            checksum = getattr(self, "checksum", None)  # the RPI book has none
        ts = int(at) if type(at := get("ts")) is str and len(at) == _MS_DIGITS and at.isdecimal() else self.ts
        bids, asks = book_rows(get("bids"), is_whole=is_whole), book_rows(get("asks"), is_whole=is_whole)
        return BookChange(kind, bids, asks, seq, before, checksum, ts, may_cross=self.may_cross)
