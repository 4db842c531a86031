"""Reads of a book, live or a snapshot of one: best prices, depth, averages.

Sides are handed to the measures as iterables of levels, best first, so that nothing is built that is not needed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Literal, NamedTuple, TypeVar

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import Number, exact
from okx_sync.lazy import drawn_by
from okx_sync.state.book.book import Level

__all__ = ["BookReads", "BookSnapshot", "Depth", "LevelRow"]

R = TypeVar("R")
_Levels = Iterable[Level]


class Depth(NamedTuple):
    """Total size on each side: contracts, or base currency on spot."""

    bids: Decimal
    asks: Decimal


@attrs.frozen
class LevelRow:
    """A level of a book in a table: its side, its place from the best (0), and the size up to it (``total``)."""

    side: Literal["bid", "ask"]
    place: int
    price: Decimal
    size: Decimal
    total: Decimal


class BookReads(ABC):
    """Reads of a book. Prices and sizes are exact ``Decimal``s; ``n`` counts levels from the best, None means all.

    Every single read is consistent in itself; take :meth:`OrderBook.snapshot` for several that belong together. On a
    live book that is not valid all of them raise ``BookInvalid``, unless ``stale_ok=True`` asks for what was last
    known.
    """

    __slots__ = ()

    @abstractmethod
    def _read(self, measure: Callable[[_Levels, _Levels], R], stale_ok: bool = False) -> R:
        """Return ``measure(bids, asks)`` while nothing changes."""

    @property
    def best_bid(self) -> Level | None:
        """The highest price somebody buys at; None when that side is empty."""
        return self._read(_best_bid)

    @property
    def best_ask(self) -> Level | None:
        """The lowest price somebody sells at; None when that side is empty."""
        return self._read(_best_ask)

    @property
    def mid(self) -> Decimal | None:
        """The middle between best bid and best ask; None when a side is empty."""
        return self._read(_mid)

    @property
    def spread(self) -> Decimal | None:
        """Best ask less best bid; None when a side is empty."""
        return self._read(_spread)

    def bids(self, n: int | None = None, *, stale_ok: bool = False) -> tuple[Level, ...]:
        """Return the ``n`` best bids, best first."""
        check_levels(n)
        return self._read(lambda bids, _: tuple(islice(bids, n)), stale_ok)

    def asks(self, n: int | None = None, *, stale_ok: bool = False) -> tuple[Level, ...]:
        """Return the ``n`` best asks, best first."""
        check_levels(n)
        return self._read(lambda _, asks: tuple(islice(asks, n)), stale_ok)

    def depth(self, n: int | None = None, *, stale_ok: bool = False) -> Depth:
        """Total size of the ``n`` best levels of each side."""
        check_levels(n)
        return self._read(lambda bids, asks: Depth(_total(bids, n), _total(asks, n)), stale_ok)

    def imbalance(self, n: int | None = None, *, stale_ok: bool = False) -> Decimal | None:
        """Return how much more is bid than asked within ``n`` levels: from 1 (only bids) to -1 (only asks).

        None when both sides are empty.
        """
        bids, asks = self.depth(n, stale_ok=stale_ok)
        return (bids - asks) / (bids + asks) if bids + asks else None

    def to_rows(self, n: int | None = None, *, stale_ok: bool = False) -> list[LevelRow]:
        """Return the levels as rows of a table, bids first, each side best first; ``to_df(book)`` makes a frame."""
        return self._read(lambda bids, asks: [*_rows("bid", bids, n), *_rows("ask", asks, n)], stale_ok)

    def vwap(
        self, side: Literal["buy", "sell"], size: Decimal | int | str, *, stale_ok: bool = False
    ) -> Decimal | None:
        """Return the average price a market order of ``size`` would get; None when the book is not deep enough.

        ``side`` is the order's own: a ``"buy"`` takes asks. Raises ``ConfigError`` for another side, a size that is
        not above 0, and for a float, which is not an exact number.
        """
        wanted = _positive(size)
        if side == "buy":
            return self._read(lambda _, asks: _average(asks, wanted), stale_ok)
        if side == "sell":
            return self._read(lambda bids, _: _average(bids, wanted), stale_ok)
        raise ConfigError(f"side must be 'buy' or 'sell', not {side!r}")


@attrs.frozen(repr=False)
class BookSnapshot(BookReads):
    """A book as it was at one moment; never changes, and may be kept and passed on.

    ``valid``: whether it was the exchange's book at that moment; ``ts``: the exchange's time of the newest change in
    it, epoch ms; ``seq``: its sequence number. Both are None where the exchange does not tell.
    """

    inst_id: str
    channel: str
    bid_levels: tuple[Level, ...]
    ask_levels: tuple[Level, ...]
    valid: bool
    ts: int | None = None
    seq: int | None = None

    def _read(self, measure: Callable[[_Levels, _Levels], R], stale_ok: bool = False) -> R:  # noqa: ARG002
        return measure(self.bid_levels, self.ask_levels)

    _repr_html_ = drawn_by("book_pictures", "snapshot_picture")

    def __repr__(self) -> str:
        state = "" if self.valid else ", not valid"
        return f"<BookSnapshot {self.inst_id} {self.channel}: {describe(self.bid_levels, self.ask_levels)}{state}>"


def check_levels(n: object) -> None:
    """Raise ``ConfigError`` for what is no number of levels."""
    if n is not None and (type(n) is not int or n < 1):
        raise ConfigError(f"n cannot be {n!r}", hint="how many levels of each side, 1 or more; None for all of them")


def describe(bids: _Levels, asks: _Levels) -> str:
    """Describe the best of both sides for people: ``1.5 @ 30000.1 | 30000.2 @ 0.7``."""
    bid, ask = _best_bid(bids, asks), _best_ask(bids, asks)
    left = "no bids" if bid is None else f"{bid.size:f} @ {bid.price:f}"
    right = "no asks" if ask is None else f"{ask.price:f} @ {ask.size:f}"
    return f"{left} | {right}"


def _best_bid(bids: _Levels, _: _Levels) -> Level | None:
    return next(iter(bids), None)


def _best_ask(_: _Levels, asks: _Levels) -> Level | None:
    return next(iter(asks), None)


def _mid(bids: _Levels, asks: _Levels) -> Decimal | None:
    bid, ask = _best_bid(bids, asks), _best_ask(bids, asks)
    return None if bid is None or ask is None else (bid.price + ask.price) / 2


def _spread(bids: _Levels, asks: _Levels) -> Decimal | None:
    bid, ask = _best_bid(bids, asks), _best_ask(bids, asks)
    return None if bid is None or ask is None else ask.price - bid.price


def _rows(side: Literal["bid", "ask"], levels: _Levels, n: int | None) -> Iterator[LevelRow]:
    total = Decimal(0)
    for place, level in enumerate(islice(levels, n)):
        total += level.size
        yield LevelRow(side, place, level.price, level.size, total)


def _total(levels: _Levels, n: int | None) -> Decimal:
    return sum((level.size for level in islice(levels, n)), Decimal(0))


def _average(levels: _Levels, wanted: Decimal) -> Decimal | None:
    left, cost = wanted, Decimal(0)
    for level in levels:
        taken = min(left, level.size)
        cost += taken * level.price
        left -= taken
        if not left:
            return cost / wanted
    return None


def _positive(size: Number) -> Decimal:
    number = exact("size", size)
    if number <= 0:
        raise ConfigError(f"size must be above 0, not {size}")
    return number
