"""Spread markets: a perpetual swap against its spot pair, traded as one thing with a price of its own.

A real matching engine with a small random flow; the price is the swap's less the spot pair's, so it is often negative.
A spread moves only while somebody looks at it: `Spreads.get` brings it up to date.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping
from decimal import Decimal

from okx_sync.paper.venue.bars import DAY
from okx_sync.paper.venue.candles import BuiltCandle, CandleBook
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import MatchingBook, RestingOrder
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.types import Row, Side, opposite

BOTH: tuple[Side, Side] = ("buy", "sell")
EVENTS_PER_S = 8.0
#: A spread nobody looked at for long does not catch up on more than this.
MOST_EVENTS = 400
DEPTH = 60
KEPT_TRADES = 200
#: Candle books hold positive prices only: ticks are stored this much higher.
LIFT = 1_000_000


class SpreadMarket:
    """One spread: ``far`` leg (the swap) bought and ``near`` leg (spot) sold. Sizes are in the coin."""

    def __init__(
        self, near: VenueInstrument, far: VenueInstrument, prices: Prices, clock: PaperClock, seed: int
    ) -> None:
        self.near, self.far = near, far
        self.sprdId = f"{near.instId}_{far.instId}"
        lot = Decimal("0.001")
        names = (near.baseCcy, near.quoteCcy)
        self.instrument = VenueInstrument(self.sprdId, "SPREAD", 0, *names, near.tickSz, lot, lot, Decimal(0))
        self.book = MatchingBook(self.instrument)
        self.trades: deque[Row] = deque(maxlen=KEPT_TRADES)
        self.next_trade = 1
        self._prices, self._clock = prices, clock
        self._rng = random.Random(f"spread {self.sprdId} {seed}")
        self._next_id = 0
        self._due = clock.monotonic()
        self._last = self._fair()
        self._last_lots = 100
        self.candles = CandleBook(clock.now_ms(), self._last + LIFT, f"candles {self.sprdId} {seed}", 500)
        self._keep_depth()

    # --- looking

    @property
    def px(self) -> Decimal:
        """Where the spread should trade: the difference of its legs."""
        return self.instrument.px(self._fair())

    def _fair(self) -> int:
        return self._prices.fair(self.far) - self.near.ticks(self._prices.index(self.near))

    def ticker_row(self) -> Row:
        """Return the row of the ``sprd-tickers`` channel."""
        ask, bid = self.book.best()
        _, day = self.candles.closed_window(DAY)
        minute = self.candles.minute()
        return {
            "sprdId": self.sprdId,
            "last": text(self.instrument.px(self._last)),
            "lastSz": text(self.instrument.sz(self._last_lots)),
            "askPx": ask[0] if ask else "",
            "askSz": ask[1] if ask else "",
            "bidPx": bid[0] if bid else "",
            "bidSz": bid[1] if bid else "",
            "open24h": self._px(day.open),
            "high24h": self._px(max(day.high, minute.high)),
            "low24h": self._px(min(day.low, minute.low)),
            "vol24h": text(self.instrument.sz(day.lots + minute.lots)),
            "ts": str(self._clock.now_ms()),
        }

    def candle_row(self, candle: BuiltCandle, *, is_open: bool) -> list[str]:
        """Return the row of a ``sprd-candle`` channel: seven columns."""
        prices = [self._px(ticks) for ticks in (candle.open, candle.high, candle.low, candle.close)]
        return [str(candle.start), *prices, text(self.instrument.sz(candle.lots)), "0" if is_open else "1"]

    def _px(self, lifted: int) -> str:
        return text(self.instrument.px(lifted - LIFT))

    # --- moving

    def run(self) -> None:
        """Let everything happen that is due."""
        now = self._clock.monotonic()
        self._due = max(self._due, now - MOST_EVENTS / EVENTS_PER_S)
        while self._due <= now:
            self._happen(self._clock.at_ms(self._due))
            self._due += self._rng.expovariate(EVENTS_PER_S)
        self.candles.roll(self._clock.now_ms())

    def _happen(self, ms: int) -> None:
        fair, draw = self._fair(), self._rng.random()
        for side in BOTH:  # whoever stands on the wrong side of the fair price is hit
            self._take(side, fair - 1 if side == "buy" else fair + 1, self._lots() * 3, ms)
        side = self._rng.choice(BOTH)
        if draw < 0.3:
            self._take(side, None, self._lots(), ms)
        elif draw < 0.8:
            self._rest(side, int(self._rng.expovariate(0.3)))
        else:
            waiting = [one for one in self.book.resting.values() if one.side == side]
            self.book.remove(self._rng.choice(waiting).id)
        self._keep_depth()

    def _take(self, side: Side, limit: int | None, lots: int, ms: int) -> None:
        for match in self.book.take(side, limit, lots).matches:
            self._last, self._last_lots = match.px, match.lots
            self.candles.add(ms, match.px + LIFT, match.lots)
            row = {"px": text(self.instrument.px(match.px)), "sz": text(self.instrument.sz(match.lots))}
            name = {"sprdId": self.sprdId, "tradeId": str(self.next_trade)}
            self.trades.append({**name, **row, "side": side, "ts": str(ms)})
            self.next_trade += 1

    def _rest(self, side: Side, steps: int) -> None:
        away = -1 if side == "buy" else 1
        px, other = self._fair() + away * (1 + steps), self.book.best_px(opposite(side))
        if other is not None and px * away <= other * away:
            px = other + away
        self._add(side, px)

    def _keep_depth(self) -> None:
        for side in BOTH:
            away = -1 if side == "buy" else 1
            if self.book.best_px(side) is None:
                self._rest(side, 0)
            while self.book.depth(side) < DEPTH:
                self._add(side, (self.book.worst_px(side) or 0) + away * self._rng.randint(1, 3))
            worst = list(self.book.walk(side))[DEPTH + 10 :] if self.book.depth(side) > DEPTH + 20 else []
            for one in [one.id for level in worst for one in level.queue.values()]:
                self.book.remove(one)

    def _add(self, side: Side, px: int) -> None:
        self._next_id += 1
        self.book.add(RestingOrder(self._next_id, side, px, self._lots()))

    def _lots(self) -> int:
        return max(1, int(200 * self._rng.lognormvariate(-0.5, 1.0)))


class Spreads:
    """The spreads there are; each is opened when first asked for."""

    def __init__(
        self, instruments: Mapping[str, VenueInstrument], prices: Prices, clock: PaperClock, seed: int
    ) -> None:
        self._legs = {
            f"{far.uly}_{far.instId}": (instruments[far.uly], far) for far in instruments.values() if far.is_swap
        }
        self._prices, self._clock, self._seed = prices, clock, seed
        self._open: dict[str, SpreadMarket] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """Every ``sprdId``."""
        return tuple(self._legs)

    def get(self, sprdId: str) -> SpreadMarket:
        """Return a spread, brought up to the present; KeyError when there is none of that name."""
        found = self._open.get(sprdId)
        if found is None:
            legs = self._legs[sprdId]
            found = self._open[sprdId] = SpreadMarket(*legs, self._prices, self._clock, self._seed)
        found.run()
        return found
