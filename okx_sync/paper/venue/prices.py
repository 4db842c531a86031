"""Index, mark and last prices: the random walk that everything in the market follows."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from decimal import Decimal

from okx_sync.paper.venue.candles import CandleBook
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO

#: Relative price change per square root of a second; about a lively crypto day.
VOLATILITY = 5e-5
#: Share of the distance to the start price that is pulled back per second.
REVERSION = 2e-4
STABLE = ("USDT", "USDC", "USD")


class Underlying:
    """One index: a mean-reverting random walk around its start price."""

    def __init__(self, start: Decimal, tick: Decimal) -> None:
        self.anchor = float(start)
        self.value = float(start)
        self.tick = tick
        self.price = start
        self.walked = 0.0

    def walk(self, now: float, rng: random.Random) -> None:
        """Wander on to paper second ``now``."""
        seconds = max(0.0, now - self.walked)
        self.walked = now
        pull = 1.0 - math.exp(-REVERSION * seconds)
        self.value += (self.anchor - self.value) * pull
        self.value *= math.exp(VOLATILITY * math.sqrt(seconds) * rng.gauss(0.0, 1.0))
        self._print()

    def move(self, price: Decimal) -> None:
        """Put the index at a price and let it stay around there."""
        self.anchor = self.value = float(price)
        self._print()

    def _print(self) -> None:
        ticks = max(1, round(self.value / float(self.tick)))
        self.price = self.tick * ticks


class Prices:
    """Every reference price of the venue. ``premium`` is how far a swap trades from its index (0.0001 = 1 bp)."""

    def __init__(self, instruments: Mapping[str, VenueInstrument]) -> None:
        self.underlyings: dict[str, Underlying] = {}
        self.premium: dict[str, float] = {}
        self._walked: dict[str, float] = {}
        self.last: dict[str, Decimal] = {}
        self._traded: dict[str, list[Decimal]] = {}
        for instrument in instruments.values():
            self.underlyings.setdefault(instrument.uly, Underlying(instrument.start_px, instrument.tickSz))
            self.premium[instrument.instId] = 0.0
            self._walked[instrument.instId] = 0.0
            self.last[instrument.instId] = instrument.start_px
        self.marks: dict[str, CandleBook] = {}
        self.indexes: dict[str, CandleBook] = {}

    def trade(self, instrument: VenueInstrument, price: Decimal) -> None:
        """Take note of the price of a trade."""
        self.last[instrument.instId] = price
        self._traded.setdefault(instrument.instId, []).append(price)

    def take_traded(self) -> dict[str, list[Decimal]]:
        """Return the prices of the trades since the last call, in their order; and forget them."""
        taken = self._traded
        if taken:
            self._traded = {}
        return taken

    def open(self, instruments: Mapping[str, VenueInstrument], ms: int, seed: int) -> None:
        """Start the candles of mark and index prices."""
        for name, instrument in instruments.items():
            ticks = instrument.ticks(instrument.start_px)
            self.marks[name] = CandleBook(ms, ticks, f"mark {name} {seed}")
            self.indexes.setdefault(instrument.uly, CandleBook(ms, ticks, f"index {instrument.uly} {seed}"))

    def note(self, instrument: VenueInstrument, ms: int) -> None:
        """Put the present prices into the candles. All instruments of one index have the same tick."""
        self.marks[instrument.instId].add(ms, self.fair(instrument), 0)
        self.indexes[instrument.uly].add(ms, instrument.ticks(self.index(instrument)), 0)

    def roll(self, ms: int) -> None:
        """Let the candles run on to a date without a new price."""
        for book in (*self.marks.values(), *self.indexes.values()):
            book.roll(ms)

    def index(self, instrument: VenueInstrument) -> Decimal:
        """Return the index price."""
        return self.underlyings[instrument.uly].price

    def mark(self, instrument: VenueInstrument) -> Decimal:
        """Return the mark price: the index plus the premium, in whole ticks."""
        return instrument.px(self.fair(instrument))

    def fair(self, instrument: VenueInstrument) -> int:
        """Tell where the order flow wants to trade, in ticks."""
        value = self.underlyings[instrument.uly].value * (1.0 + self.premium[instrument.instId])
        return max(1, round(value / float(instrument.tickSz)))

    def usd(self, ccy: str) -> Decimal:
        """Return a coin's price in dollars (dollar coins count as 1; unknown coins as 0)."""
        if ccy in STABLE:
            return Decimal(1)
        underlying = self.underlyings.get(f"{ccy}-USDT")
        return underlying.price if underlying is not None else ZERO

    def rest(self, now: float) -> None:
        """Let the time until paper second ``now`` pass without a move."""
        self._walked = dict.fromkeys(self._walked, now)
        for underlying in self.underlyings.values():
            underlying.walked = now

    def walk(self, instrument: VenueInstrument, now: float, rng: random.Random) -> None:
        """Let the index (and a swap's premium) wander on to paper second ``now``."""
        self.underlyings[instrument.uly].walk(now, rng)
        if instrument.is_swap:
            seconds = max(0.0, now - self._walked[instrument.instId])
            self._walked[instrument.instId] = now
            drift = self.premium[instrument.instId] * math.exp(-REVERSION * seconds)
            step = 2e-6 * math.sqrt(seconds) * rng.gauss(0.0, 1.0)
            self.premium[instrument.instId] = min(5e-4, max(-5e-4, drift + step))

    def move(self, instrument: VenueInstrument, price: Decimal) -> None:
        """Put index and mark where this instrument now trades."""
        self.premium[instrument.instId] = 0.0
        self.underlyings[instrument.uly].move(price)
