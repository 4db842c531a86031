"""Names on Bybit's wire for what the venue has: symbols, order and trade ids, directions of the price, intervals.

Sizes on this wire count coins, at the venue contracts of `ctVal` coins each.
"""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID, uuid5

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.venue import Venue

LINEAR, SPOT = "linear", "spot"
#: Interval of a kline or candle topic -> bar of the venue.
INTERVALS = {
    **{minutes: f"{minutes}m" for minutes in ("1", "3", "5", "15", "30")},
    "60": "1H",
    "120": "2H",
    "240": "4H",
    "360": "6Hutc",
    "720": "12Hutc",
    "D": "1Dutc",
    "W": "1Wutc",
    "M": "1Mutc",
}
_ORDERS = 0x5F3A_9C21_77B0_4E10 << 64
_NUMBER = (1 << 64) - 1
_TRADES = UUID("6b1f0c52-3a0e-4b8e-9d55-0d2f6a1c7e90")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


def symbol_of(instrument: VenueInstrument, *, perp: bool = False) -> str:
    """Return the symbol, `BTCUSDT`; with `perp` the name of the older protocol, `BTCPERP`."""
    return f"{instrument.baseCcy}PERP" if perp else f"{instrument.baseCcy}{instrument.quoteCcy}"


def find_instrument(venue: Venue, symbol: str, *, perp: bool = False, category: str = LINEAR) -> VenueInstrument | None:
    """Return the instrument of a symbol; of the categories the venue has two."""
    if category not in (LINEAR, SPOT):
        return None
    for instrument in venue.instruments.values():
        if instrument.is_swap == (category == LINEAR) and symbol_of(instrument, perp=perp) == symbol:
            return instrument
    return None


def category_of(instrument: VenueInstrument) -> str:
    """Return the product category."""
    return LINEAR if instrument.is_swap else SPOT


def coins(instrument: VenueInstrument, lots: int) -> str:
    """Return a size in coins, as wire text."""
    return text(instrument.coins(lots))


def value(instrument: VenueInstrument, ticks_x_lots: int) -> Decimal:
    """Return what a sum of ticks x lots is worth in quote currency."""
    return instrument.tickSz * instrument.coins(ticks_x_lots)


def order_id(number: int) -> str:
    """Return the venue's order id as Bybit writes ids."""
    return str(UUID(int=_ORDERS | number))


def venue_order_id(written: str) -> str:
    """Return the venue's text for an order id of this wire; `"0"`, which no order has, when it is none of ours."""
    if not _UUID.match(written):
        return "0"
    number = UUID(written).int
    return str(number & _NUMBER) if number & ~_NUMBER == _ORDERS else "0"


def spread_symbol(market: SpreadMarket) -> str:
    """Return the symbol of a spread: ``BTCUSDT_BTC/USDT``."""
    near = market.near
    return f"{symbol_of(market.far)}_{near.baseCcy}/{near.quoteCcy}"


def find_spread(venue: Venue, symbol: str) -> SpreadMarket | None:
    """Return the spread of a symbol, brought up to the present; None when there is none."""
    every = (venue.spreads.get(one) for one in venue.spreads.ids)
    return next((market for market in every if spread_symbol(market) == symbol), None)


def trade_id(instrument: VenueInstrument, venue_id: str) -> str:
    """Return the venue's trade id as Bybit writes ids."""
    return str(uuid5(_TRADES, f"{instrument.instId} {venue_id}"))


class PriceDirection:
    """Which way the last trades went: `PlusTick`, `ZeroPlusTick`, `MinusTick`, `ZeroMinusTick`."""

    def __init__(self, px: Decimal) -> None:
        self._px = px
        self._way = "Plus"
        self.word = "ZeroPlusTick"

    def after(self, px: Decimal) -> str:
        """Return the word for a trade at `px`, which is then the last one."""
        zero = "Zero" if px == self._px else ""
        if px != self._px:
            self._way = "Plus" if px > self._px else "Minus"
        self._px = px
        self.word = f"{zero}{self._way}Tick"
        return self.word
