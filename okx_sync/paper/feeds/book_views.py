"""How the order book channels see a book: each view turns the book's levels into the channel's levels.

The levels of the random flow carry retail price improvement (RPI) orders beside the organic ones: which prices, and
how much, follows from the price itself, so that a level that does not change is printed the same each time.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from decimal import Decimal

from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import text

Rows = list[list[str]]
#: One price in so many has orders of retail price improvement, and the share of the organic size they add.
RPI_EVERY = 4
RPI_SHARE = Decimal("0.25")


def has_rpi(px: str) -> bool:
    """Tell whether there are RPI orders at a price."""
    return zlib.crc32(px.encode()) % RPI_EVERY == 0


def _extra(book: MatchingBook, size: str) -> Decimal:
    lot = book.instrument.lotSz
    return max(lot, Decimal(size) * RPI_SHARE // lot * lot)


def plain(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, sz, "0", orders]`: the book as it is matched."""
    return book.levels(side, depth)


def rpi(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, total size, size without RPI, orders]`: organic and RPI orders together."""
    return [_with_rpi(book, level) for level in book.levels(side, depth)]


def _with_rpi(book: MatchingBook, level: list[str]) -> list[str]:
    px, size, _, count = level
    if not has_rpi(px):
        return [px, size, size, count]
    return [px, text(Decimal(size) + _extra(book, size)), size, str(int(count) + 1)]


def elp(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, sz, "0", orders]`: only the orders that the RPI view adds."""
    levels = book.levels(side, depth)
    return [[px, text(_extra(book, size)), "0", "1"] for px, size, _, _ in levels if has_rpi(px)]


def spread(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, sz, orders]`: spread books have three columns."""
    return [[px, size, count] for px, size, _, count in book.levels(side, depth)]


def coins(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, sz]` with the size in coins, also where the venue counts contracts."""
    unit = book.instrument.ctVal
    return [[px, text(Decimal(size) * unit)] for px, size, _, _ in book.levels(side, depth)]


def rpi_coins(book: MatchingBook, side: str, depth: int) -> Rows:
    """Return `[px, total size, size of RPI orders]`, in coins."""
    unit, found = book.instrument.ctVal, rpi(book, side, depth)
    return [[px, text(Decimal(all_) * unit), text((Decimal(all_) - Decimal(own)) * unit)] for px, all_, own, _ in found]


VIEWS: dict[str, Callable[[MatchingBook, str, int], Rows]] = {
    "plain": plain,
    "rpi": rpi,
    "elp": elp,
    "spread": spread,
    "coins": coins,
    "rpi_coins": rpi_coins,
}
