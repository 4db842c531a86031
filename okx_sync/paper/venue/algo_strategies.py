"""Algo orders that do not wait for a price but work on: iceberg, TWAP and chase orders.

Each has a ``step``, called again and again, that looks at the book and says what the order has to do now.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.venue.algo_orders import AlgoAction, VenueAlgoOrder
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.types import Side, opposite

#: An iceberg places at most one order in so many ms.
PACE_MS = 1000
#: cancelSource of a chase's order when the market has run further than it was to follow.
TOO_FAR = "42"


@dataclass(frozen=True, slots=True)
class PriceDistance:
    """A distance from a price: a share of it, or a difference."""

    ratio: Decimal | None
    spread: Decimal | None

    def of(self, price: Decimal) -> Decimal:
        """Return the distance at a price."""
        return price * self.ratio if self.ratio is not None else (self.spread or Decimal(0))


def _side(algo: VenueAlgoOrder) -> Side:
    return "buy" if algo.is_buy else "sell"


def _best(book: MatchingBook, side: Side, but: int | None = None) -> Decimal | None:
    """Return the best price of a side, an order of one's own left out."""
    for level in book.walk(side):
        if any(order_id != but for order_id in level.queue):
            return book.instrument.px(level.px)
    return None


def _rest(algo: VenueAlgoOrder) -> Decimal:
    return algo.sz - algo.filled


@dataclass(slots=True)
class Iceberg:
    """Small limit orders one after another, each a share of the whole and none below ``sz_limit``.

    ``conservative`` ones wait at the best price of their own side, ``mid`` ones half-way to the other, ``radical`` ones
    take it; none is beyond ``px_limit``. An open one is replaced when the market has left it.
    """

    parts: int
    sz_limit: Decimal
    aggressiveness: str
    px_limit: Decimal | None
    next_at: int = 0

    def step(self, algo: VenueAlgoOrder, book: MatchingBook, ms: int) -> AlgoAction | None:
        """See `AlgoStrategy`."""
        left, child, instrument = _rest(algo), algo.child, algo.instrument
        if left < instrument.minSz:
            return AlgoAction("end")
        px = self._px(algo, book)
        if px is None or ms < self.next_at:
            return None
        if child is not None and child.px is not None:
            return AlgoAction("drop") if instrument.px(child.px) != px else None
        self.next_at = ms + PACE_MS
        step = instrument.sz(instrument.lot_step)
        part = max(algo.sz / self.parts // step * step, self.sz_limit)
        return AlgoAction("place", px, min(part, left))

    def _px(self, algo: VenueAlgoOrder, book: MatchingBook) -> Decimal | None:
        child, side = algo.child, _side(algo)
        own, other = _best(book, side, child.id if child else None), _best(book, opposite(side))
        if own is None or other is None:
            return None
        px = {"conservative": own, "mid": (own + other) / 2, "radical": other}[self.aggressiveness]
        if self.px_limit is not None:
            px = min(px, self.px_limit) if algo.is_buy else max(px, self.px_limit)
        return algo.instrument.on_tick(px)


@dataclass(slots=True)
class Twap:
    """Orders at intervals, each taking what is there near the best price.

    Every ``interval_ms`` an order takes what is within ``distance`` of the best price of the other side; none is placed
    while that best price is beyond ``px_limit``.
    """

    distance: PriceDistance
    sz_limit: Decimal
    px_limit: Decimal
    interval_ms: int
    next_at: int = 0

    def step(self, algo: VenueAlgoOrder, book: MatchingBook, ms: int) -> AlgoAction | None:
        """See `AlgoStrategy`."""
        left = _rest(algo)
        if left < algo.instrument.minSz:
            return AlgoAction("end")
        if ms < self.next_at:
            return None
        self.next_at = ms + self.interval_ms
        best = _best(book, opposite(_side(algo)))
        if best is None or (best > self.px_limit if algo.is_buy else best < self.px_limit):
            return None
        distance = self.distance.of(best)
        px = min(best + distance, self.px_limit) if algo.is_buy else max(best - distance, self.px_limit)
        return AlgoAction("place", px, min(self.sz_limit, left), "ioc")


@dataclass(slots=True)
class Chase:
    """One limit order kept ``distance`` behind the best price of its own side.

    Given up when that price has run ``most`` away from where it began.
    """

    distance: PriceDistance
    most: PriceDistance | None
    first: Decimal | None = None
    asked: Decimal | None = None

    def step(self, algo: VenueAlgoOrder, book: MatchingBook, ms: int) -> AlgoAction | None:
        """See `AlgoStrategy`."""
        del ms  # it follows the price, not the clock
        child = algo.child
        if algo.orders and child is None:
            return AlgoAction("end")
        best = _best(book, _side(algo), child.id if child else None)
        if best is None:
            return None
        self.first = best if self.first is None else self.first
        ran = (best - self.first) if algo.is_buy else (self.first - best)
        if self.most is not None and ran > self.most.of(self.first):
            return AlgoAction("end", cancel_source=TOO_FAR)
        distance = self.distance.of(best)
        px = best - distance if algo.is_buy else best + distance
        if px == self.asked:  # also when it was refused
            return None
        self.asked = px
        return AlgoAction("place", px, algo.sz, "post_only") if child is None else AlgoAction("move", px)
