"""How far from the index an order's price may be, as OKX's price limit rules have it."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueOrder

#: Ticks: the lowest price to sell at, the highest to buy at.
Band = tuple[int, int]
#: How long after the listing a contract has its first limits, and a spot pair none.
_NEWLY_LISTED_MS = 600_000


def band(instrument: VenueInstrument, prices: Prices, ms: int) -> Band | None:
    """Return the limits at a date; None while a pair has none.

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
