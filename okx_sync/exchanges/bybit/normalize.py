"""From Bybit's books to the neutral ones of local state.

Pages: "Websocket Stream / Public / Orderbook" of the V5 documentation; "Orderbook" of the USDC perpetual one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book import BookChange

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.market.models import BookUpdate, SeedBookUpdate, SeedLevel

__all__ = ["book_change", "seed_book_change"]

_TOP_ONLY: Final = 1
_ID_SCALE: Final = Decimal(10_000)


@tolerant("type", "u")
def book_change(update: BookUpdate) -> BookChange:
    """The neutral form of a book push of V5; rows keep their exact texts.

    A snapshot may come at any time and replaces everything, and so does ``u == 1``, with which the service begins
    after a restart, whatever the push calls itself. A change follows number ``u - 1``; not so on level 1, where every
    push is whole, nor where ``u`` is not to be trusted.

    Raises ``DecodeError`` for a type that is not known, for a change without a number, and for sides that are not
    lists of rows.
    """
    row = update.raw if update.raw is not None else update.to_wire()
    # One that was made by hand says what it says; of a restart both sides may be empty, but not missing.
    is_whole = update.raw is not None and update.is_snapshot
    sides = book_rows(row.get("b"), is_whole=is_whole), book_rows(row.get("a"), is_whole=is_whole)
    seq, ts = update.u, update.cts if update.cts is not None else update.ts
    if update.type not in ("snapshot", "delta", None):
        raise DecodeError(f"a book push has the unknown type {update.type!r}", text=repr(update.raw))
    if update.is_snapshot:
        return BookChange("full" if update.depth == _TOP_ONLY else "snapshot", *sides, seq, ts=ts)
    if update.depth == _TOP_ONLY or not update.is_linked:
        return BookChange("update", *sides, seq, ts=ts, is_linked=False)
    if seq is None:
        raise DecodeError("a change of a book has no u", text=repr(update.raw))
    return BookChange("update", *sides, seq, seq - 1, ts=ts)


@tolerant("type", "delete", "orderBook", "update", "insert", "price", "size", "side", "id")
def seed_book_change(update: SeedBookUpdate) -> BookChange:
    """The neutral form of a book push of the seed protocol.

    There levels are named by ``id``, which is the price in other words; a deleted one that we never had is no news.
    ``crossSeq`` has holes, so that nothing tells of a missing change.

    Raises ``DecodeError`` for a type that is not known and for a level without price, side or size.
    """
    if update.type not in ("snapshot", "delta"):
        raise DecodeError(f"a book push has the unknown type {update.type!r}", text=repr(update.raw))
    if update.is_snapshot and update.raw is not None and not isinstance(update.raw.get("orderBook"), list):
        raise DecodeError("a whole book came without its levels", text=repr(update.raw))
    bids: list[list[str]] = []
    asks: list[list[str]] = []
    for level in update.delete:
        price = _price(level)
        bids.append([price, "0"])
        asks.append([price, "0"])
    for level in (*update.orderBook, *update.update, *update.insert):
        price, size = _price(level), level.size
        if size is None or level.side not in ("Buy", "Sell"):
            raise DecodeError("a level of a book has no size or no side", text=repr(level.raw))
        own, other = (bids, asks) if level.side == "Buy" else (asks, bids)
        own.append([price, format(size, "f")])
        if not update.is_snapshot:
            other.append([price, "0"])  # an id is one level: it may have changed sides
    ts = None if update.timestampE6 is None else update.timestampE6 // 1000
    kind: Any = "snapshot" if update.is_snapshot else "update"
    return BookChange(kind, bids, asks, update.crossSeq, ts=ts, is_linked=False)


def _price(level: SeedLevel) -> str:
    """The text of the price; the id tells it too."""
    if level.price is not None:
        return format(level.price, "f")
    if level.id is not None and level.id.isdecimal():
        return format(Decimal(level.id) / _ID_SCALE, "f")
    raise DecodeError("a level of a book has neither price nor id", text=repr(level.raw))
