"""Prices of the past that stay what they were when they were first asked for."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.venue import Venue

KEPT_PRICES = 4000


class PastPrices:
    """The prices that all scripts of an exchange share, and its venue."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue
        self._prices: dict[tuple[str, int], Decimal] = {}

    def px(self, name: str, ms: int) -> Decimal:
        """Return the price of an instrument or spread (of anything else: of its index) as first asked for at `ms`."""
        key = (name, ms)
        found = self._prices.get(key)
        if found is None:
            found = self._prices[key] = self._now(name)
            if len(self._prices) > KEPT_PRICES:
                del self._prices[next(iter(self._prices))]
        return found

    def _now(self, name: str) -> Decimal:
        venue = self.venue
        if name in venue.spreads.ids:
            return venue.spreads.get(name).px
        instrument = venue.instruments.get(name)
        if instrument is not None:
            return venue.prices.mark(instrument)
        return venue.prices.underlyings[venue.listings.index_of(name)].price
