"""The random order flow: seeds the books, then moves them with random orders drawn from the seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import OpeningOrders, RestingOrder
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.tape import PastTrades
from okx_sync.paper.venue.types import Side, opposite

BOTH: tuple[Side, Side] = ("buy", "sell")
#: Price levels that the flow keeps up on each side of a book.
DEPTH = 420
#: Average distance between neighbouring levels, as a share of the price.
SPACING = 1e-5
#: Value in quote currency of an average resting order.
TYPICAL_VALUE = 4000.0
#: Trades invented for the minutes before the opening, and how many seconds they span.
PAST_TRADES, PAST_SECONDS = 300, 330
#: After a long jump of the clock (more than this many events) the flow is thinned: one step never costs more.
MOST_EVENTS = 2000
#: How many seeds' openings are remembered.
MOST_OPENINGS = 8


class _Opening(NamedTuple):
    """What an instrument opens with.

    The past trades, the orders in its book, and how the dice lay then.
    """

    trades: PastTrades
    orders: OpeningOrders
    luck: tuple[Any, ...]


# Drawing an opening takes longer than all else of a start, and the same seed draws the same.
_OPENINGS: dict[tuple[Any, ...], list[_Opening]] = {}


class RandomFlow:
    """Random order flow for all instruments; ``events_per_s`` is shared by all of them."""

    def __init__(self, engine: OrderEngine, seed: int, events_per_s: float) -> None:
        self.seed = seed
        self.rng = random.Random(f"flow {seed}")
        self.engine = engine
        self.instruments: Sequence[VenueInstrument] = tuple(engine.instruments.values())
        self.is_quiet = False
        self._pace = events_per_s
        self._next_id = 0
        self._due = 0.0
        self._coins_per_lot = {i.instId: float(i.coins(1)) for i in self.instruments}

    # --- before the opening

    def open(self, now: float, ms: int) -> None:
        """Invent the last minutes' trades, fill the books and start the flow at paper second ``now``."""
        key = (self.seed, *((i.instId, i.tick_step, i.lot_step, i.minSz, i.start_px) for i in self.instruments))
        openings = _OPENINGS.get(key)
        if openings is None:
            openings = [self._invent(instrument) for instrument in self.instruments]
            if len(_OPENINGS) >= MOST_OPENINGS:
                _OPENINGS.clear()
            _OPENINGS[key] = openings
        for instrument, opening in zip(self.instruments, openings, strict=True):
            self._load(instrument, opening, ms)
        self.rng.setstate(openings[-1].luck)
        self.engine.prices.rest(now)
        self._due = now + self._pause()

    def _invent(self, instrument: VenueInstrument) -> _Opening:
        """Draw an instrument's past trades and the levels of its book, the market closest first."""
        rng = self.rng
        ticks = self.engine.prices.fair(instrument)
        path: list[int] = []
        for _ in range(PAST_TRADES):
            path.append(ticks)
            ticks = max(1, round(ticks * (1 + SPACING * 3 * rng.gauss(0, 1))))
        step = PAST_SECONDS * 1000 // PAST_TRADES
        trades: list[tuple[Side, int, int, int]] = []
        for k, ticks in enumerate(reversed(path)):
            side: Side = "buy" if rng.random() < 0.5 else "sell"
            trades.append((side, ticks, self.lots(instrument), k * step + rng.randrange(step)))
        self.engine.prices.last[instrument.instId] = instrument.px(path[0])
        levels: list[tuple[Side, int, int]] = []
        for side in BOTH:
            px, away = path[0], -1 if side == "buy" else 1
            for _ in range(DEPTH):
                px += away * self._gap(instrument)
                if px < instrument.tick_step:
                    break
                px = self._on_step(instrument, side, px)
                levels.append((side, px, self.lots(instrument)))
        return _Opening(PastTrades(trades), OpeningOrders(levels), rng.getstate())

    def _load(self, instrument: VenueInstrument, opening: _Opening, ms: int) -> None:
        tape = self.engine.tapes[instrument.instId]
        tape.recall(opening.trades, ms - PAST_SECONDS * 1000)
        self.engine.prices.last[instrument.instId] = instrument.px(tape.last)
        self.engine.books[instrument.instId].open(opening.orders, self._next_id + 1)
        self._next_id += opening.orders.count

    def _extend(self, instrument: VenueInstrument, side: Side) -> bool:
        """Add one more level behind the last; False when there is no room above zero."""
        book = self.engine.books[instrument.instId]
        away = -1 if side == "buy" else 1
        worst = book.worst_px(side)
        if worst is None:
            # An empty side starts next to the fair price, but never on the other side's orders.
            fair, other = self.engine.prices.fair(instrument), book.best_px(opposite(side))
            worst = fair if other is None else (min(fair, other) if side == "buy" else max(fair, other))
        px = worst + away * self._gap(instrument)
        if px < instrument.tick_step:
            return False
        self.rest(instrument, side, px, self.lots(instrument))
        return True

    # --- while open

    def run(self, now: float) -> None:
        """Let everything happen that is due until paper second ``now``."""
        if self.is_quiet:
            self._due = now + self._pause()
            self.engine.prices.rest(now)
            return
        waiting = (now - self._due) * self._pace
        thin = max(1.0, waiting / MOST_EVENTS)
        clock = self.engine.clock
        while self._due <= now:
            self.engine.ms = clock.at_ms(self._due)
            self._happen(self.rng.choice(self.instruments), self._due)
            self._due += self._pause() * thin
        if thin > 1.0:
            for instrument in self.instruments:
                self.surround(instrument)

    def _pause(self) -> float:
        return self.rng.expovariate(self._pace) if self._pace > 0 else 1e9

    def _happen(self, instrument: VenueInstrument, at: float) -> None:
        rng, name = self.rng, instrument.instId
        self.engine.prices.walk(instrument, at, rng)
        self.engine.prices.note(instrument, self.engine.ms)
        self.engine.tapes[name].candles.roll(self.engine.ms)
        self._correct(instrument)
        self._tighten(instrument)
        draw = rng.random()
        side: Side = "buy" if rng.random() < 0.5 else "sell"
        if draw < 0.35:
            self._take(instrument, side)
        elif draw < 0.75:
            self._quote(instrument, side)
        else:
            self._withdraw(instrument, side)
        self._keep_depth(instrument)

    def _correct(self, instrument: VenueInstrument) -> None:
        """Let traders who know the fair price take what is offered on its wrong side."""
        engine, fair = self.engine, self.engine.prices.fair(instrument)
        book = engine.books[instrument.instId]
        for side in BOTH:
            best = book.best_px(opposite(side))
            sign = 1 if side == "buy" else -1
            if best is not None and best * sign < fair * sign:
                engine.take(instrument, side, fair - sign, self.lots(instrument) * 60)

    def _tighten(self, instrument: VenueInstrument) -> None:
        """Let market makers quote near the fair price when the spread has become wide."""
        book, fair = self.engine.books[instrument.instId], self.engine.prices.fair(instrument)
        for side in BOTH:
            away, gap = (-1 if side == "buy" else 1), self._gap(instrument)
            best, other = book.best_px(side), book.best_px(opposite(side))
            px = max(1, fair + away * gap)
            wide = best is None or (best - fair) * away > 4 * gap
            if wide and (other is None or px * away > other * away):
                self.rest(instrument, side, px, self.lots(instrument))

    def _take(self, instrument: VenueInstrument, side: Side) -> None:
        best = self.engine.books[instrument.instId].best_px(opposite(side))
        if best is not None:
            reach = 3 if side == "buy" else -3
            self.engine.take(instrument, side, best + reach * self._gap(instrument), self.lots(instrument))

    def _quote(self, instrument: VenueInstrument, side: Side) -> None:
        """Place a new order: mostly near the fair price, closing the spread, sometimes deep in the book."""
        book, fair = self.engine.books[instrument.instId], self.engine.prices.fair(instrument)
        away = -1 if side == "buy" else 1
        steps = int(self.rng.expovariate(0.4)) if self.rng.random() < 0.7 else int(self.rng.expovariate(0.02))
        px = fair + away * (1 + steps * max(1, self._gap(instrument) // 2))
        other = book.best_px(opposite(side))
        if other is not None and px * away <= other * away:
            px = other + away
        if px >= 1:
            self.rest(instrument, side, px, self.lots(instrument))

    def _withdraw(self, instrument: VenueInstrument, side: Side) -> None:
        book = self.engine.books[instrument.instId]
        skip = int(self.rng.expovariate(0.1))
        for k, level in enumerate(book.walk(side)):
            if k >= skip:
                anonymous = next((r for r in level.queue.values() if r.order is None), None)
                if anonymous is not None:
                    book.remove(anonymous.id)
                return

    def _keep_depth(self, instrument: VenueInstrument) -> None:
        book = self.engine.books[instrument.instId]
        for side in BOTH:
            while book.depth(side) < DEPTH and self._extend(instrument, side):
                pass
            if book.depth(side) > DEPTH + 40:
                self._trim(instrument, side)

    def _trim(self, instrument: VenueInstrument, side: Side) -> None:
        """Cancel the flow's orders furthest from the market."""
        book = self.engine.books[instrument.instId]
        levels = list(book.walk(side))[DEPTH:]
        for level in levels:
            for resting in [r for r in level.queue.values() if r.order is None]:
                book.remove(resting.id)

    def clear(self, instrument: VenueInstrument, side: Side, until: int) -> None:
        """Cancel the flow's orders of one side from the best price to ``until``, that one included."""
        book = self.engine.books[instrument.instId]
        sign = -1 if side == "buy" else 1
        for level in list(book.walk(side)):
            if level.px * sign > until * sign:
                return
            for resting in [r for r in level.queue.values() if r.order is None]:
                book.remove(resting.id)

    def surround(self, instrument: VenueInstrument) -> None:
        """Rebuild the book around the fair price, after the market was moved by force or by a long jump.

        The flow cancels what is on the wrong side of the price; users' orders there are filled.
        """
        book, fair = self.engine.books[instrument.instId], self.engine.prices.fair(instrument)
        for side in BOTH:
            self.clear(instrument, side, fair)
            self.engine.take(instrument, opposite(side), fair, 10**18)
        for side in BOTH:
            away = -1 if side == "buy" else 1
            best, px = book.best_px(side), fair + away
            for _ in range(40):
                if best is not None and px * away >= best * away:
                    break
                self.rest(instrument, side, max(1, px), self.lots(instrument))
                px += away * self._gap(instrument)
        self._keep_depth(instrument)

    # --- drawing

    def restart(self, instrument: VenueInstrument) -> None:
        """Cancel the orders of the flow and quote anew, after the steps of prices or sizes have changed."""
        book = self.engine.books[instrument.instId]
        for resting in [r for r in book.resting.values() if r.order is None]:
            book.remove(resting.id)
        self._keep_depth(instrument)

    def rest(self, instrument: VenueInstrument, side: Side, px: int, lots: int) -> None:
        """Place one anonymous order of a given size, on the tick (away from the market)."""
        self._next_id += 1
        px = self._on_step(instrument, side, px)
        self.engine.books[instrument.instId].add(RestingOrder(self._next_id, side, px, lots))

    @staticmethod
    def _on_step(instrument: VenueInstrument, side: Side, px: int) -> int:
        step = instrument.tick_step
        return max(step, px // step * step if side == "buy" else -(-px // step) * step)

    def _gap(self, instrument: VenueInstrument) -> int:
        """Return a random distance between two levels, in ticks."""
        mean = float(instrument.start_px / instrument.tickSz) * SPACING
        return max(instrument.tick_step, round(mean * (0.2 + 1.6 * self.rng.random())))

    def lots(self, instrument: VenueInstrument) -> int:
        """Return a random, plausible size in lots."""
        value = TYPICAL_VALUE * self.rng.lognormvariate(-0.5, 1.0)
        price = float(self.engine.prices.last[instrument.instId])
        lots = max(instrument.lots(instrument.minSz), int(value / (self._coins_per_lot[instrument.instId] * price)))
        return max(1, lots // instrument.lot_step) * instrument.lot_step
