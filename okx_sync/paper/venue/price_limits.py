"""How far from the index or the mark price an order's price may be."""

from __future__ import annotations

from collections import deque
from decimal import ROUND_CEILING, Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueOrder

#: Ticks: the lowest price to sell at, the highest to buy at.
Band = tuple[int, int]
#: How long after the listing a contract has its first limits, and a spot pair none.
_NEWLY_LISTED_MS = 600_000
_PREMIUM_MS, _SAMPLE_MS = 30_000, 1000


class MeanPremium:
    """By how much a market has been above the mark price, on average over the last half minute."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, Decimal]] = deque()

    def note(self, ms: int, premium: Decimal) -> None:
        """Take note of the premium at a date, once a second at most."""
        while self._seen and self._seen[0][0] <= ms - _PREMIUM_MS:
            self._seen.popleft()
        if not self._seen or ms - self._seen[-1][0] >= _SAMPLE_MS:
            self._seen.append((ms, premium))

    @property
    def mean(self) -> Decimal:
        """The mean of what was noted."""
        return sum((premium for _, premium in self._seen), ZERO) / len(self._seen)


def mark_ratios(instrument: VenueInstrument) -> tuple[Decimal, Decimal]:
    """Return the ratios X and Y of the limits that are measured from the mark price."""
    return instrument.floatPxLmtPct / 2, instrument.floatPxLmtPct


def mark_band(instrument: VenueInstrument, prices: Prices, premium: Decimal) -> Band:
    """Return the limits of a contract that are measured from the mark price, as Bybit has them.

    A buy may be at the mark price and X, plus what the market is above it on average, or at the index, but no more than
    Y above the mark price; a sell mirrored.
    """
    mark, index, (near, far) = prices.mark(instrument), prices.index(instrument), mark_ratios(instrument)
    high = min(mark * (1 + far), max(index, mark * (1 + near) + max(premium, ZERO)))
    low = max(mark * (1 - far), min(index, mark * (1 - near) + min(premium, ZERO)))
    return _ticks(instrument, low, high)


def band(instrument: VenueInstrument, prices: Prices, ms: int) -> Band | None:
    """Return the limits at a date, as OKX's price limit rules have them; None while a pair has none.

    A buy may be at the index and `floatPxLmtPct` plus the premium, but no more than `maxPxLmtPct` above the index; a
    sell mirrored. In a contract's first ten minutes it is `initPxLmtPct`.
    """
    index = prices.index(instrument)
    if ms - int(instrument.listTime) < _NEWLY_LISTED_MS:
        if not instrument.is_swap:
            return None
        return _ticks(instrument, index * (1 - instrument.initPxLmtPct), index * (1 + instrument.initPxLmtPct))
    premium = prices.mark(instrument) - index
    near, far = instrument.floatPxLmtPct, instrument.maxPxLmtPct
    high = min(max(index, index * (1 + near) + premium), index * (1 + far))
    low = max(min(index, index * (1 - near) + premium), index * (1 - far))
    return _ticks(instrument, low, high)


def _ticks(instrument: VenueInstrument, low: Decimal, high: Decimal) -> Band:
    """Return prices in whole steps, inside of them."""
    step = instrument.px(instrument.tick_step)
    lowest = int((low / step).to_integral_value(ROUND_CEILING))
    return lowest * instrument.tick_step, int(high / step) * instrument.tick_step


def within(order: VenueOrder, px: int, limits: Band | None, *, moves: bool) -> int:
    """Return the price of an order that is inside of the limits: moved there with `moves`, else refused."""
    if limits is None:
        return px
    low, high = limits
    nearest = min(px, high) if order.side == "buy" else max(px, low)
    if nearest != px and not moves:
        raise _beyond(order, low, high)
    return nearest


def _beyond(order: VenueOrder, low: int, high: int) -> VenueRefusal:
    instrument = order.instrument
    lowest, highest = text(instrument.px(low)), text(instrument.px(high))
    if order.rules.checks_fields and not instrument.is_swap:
        if order.side == "buy":
            return VenueRefusal("51137", f"The highest price limit for buy orders is {highest}.")
        return VenueRefusal("51138", f"The lowest price limit for sell orders is {lowest}.")
    bounds = f"max buy price: {highest}, min sell price: {lowest}"
    return VenueRefusal("51006", f"Order price is not within the price limit ({bounds}).")
