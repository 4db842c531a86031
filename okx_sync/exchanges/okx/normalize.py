"""From OKX's own objects to the neutral ones of local state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book import BookChange

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.market.models import BookUpdate, RpiBookUpdate
    from okx_sync.exchanges.okx.spread.models import SpreadBookUpdate

__all__ = ["book_change"]

_KINDS: Final[dict[str | None, Literal["snapshot", "update", "full"]]] = {
    "snapshot": "snapshot",
    "update": "update",
    None: "full",  # the short books (books5, bbo-tbt, ...) have no action: every push is the whole book
}


@tolerant("action", "seqId", "prevSeqId", "checksum")
def book_change(update: BookUpdate | RpiBookUpdate | SpreadBookUpdate) -> BookChange:
    """The neutral form of a book push; rows keep their exact texts.

    Rows of all books begin with price and size and end with the number of orders, which is what the neutral ones do.

    Raises ``DecodeError`` for an action that is not known, since nobody can say what to do with its rows, and for
    sides that are not lists of rows.
    Page: OKX's API guide, "Order Book Trading", "WS / Order book channel".
    """
    kind = _KINDS.get(update.action)
    if kind is None:
        raise DecodeError(f"a book push has the unknown action {update.action!r}", text=repr(update.raw))
    is_whole = kind != "update" and update.raw is not None  # one that was made by hand says what it says
    row = update.raw if update.raw is not None else update.to_wire()
    get = row.get
    # What is an int on the wire is the value of the field. Anything else is for the field to read, or to refuse.
    if type(seq := get("seqId")) is not int:
        seq = update.seqId
    if type(before := get("prevSeqId")) is not int:
        before = update.prevSeqId
    if type(checksum := get("checksum")) is not int or checksum:  # 0 says nothing, on any book
        checksum = getattr(update, "checksum", None)  # the RPI book has none
    bids, asks = book_rows(get("bids"), is_whole=is_whole), book_rows(get("asks"), is_whole=is_whole)
    return BookChange(kind, bids, asks, seq, before, checksum, update.ts, may_cross=update.may_cross)
