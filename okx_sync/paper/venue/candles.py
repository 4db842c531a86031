"""Candles of one price: three live series (second, minute, hour) from which every bar is summed up on demand.

The time before the market opened is filled with an invented past, drawn from the seed when first asked for.
"""

from __future__ import annotations

import functools
import random
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from okx_sync.paper.venue.bars import DAY, HOUR, MINUTE, Bar

SECOND = 1000
#: How far back the invented minutes and hours reach; seconds exist from the opening on only.
WEEK, YEAR = 7 * DAY, 400 * DAY
#: How many candles of a series are kept.
KEPT = {SECOND: 400, MINUTE: 40_000, HOUR: 40_000}
#: How many prices wait at most for somebody who looks at the candles.
MOST_WAITING = 5_000


class BuiltCandle:
    """One candle in whole ticks and lots; ``value`` is the sum of ticks x lots traded."""

    __slots__ = ("close", "high", "lots", "low", "open", "start", "value")

    def __init__(self, start: int, open: int, high: int, low: int, close: int, lots: int = 0, value: int = 0) -> None:  # noqa: A002
        self.start = start
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.lots = lots
        self.value = value

    def add(self, ticks: int, lots: int) -> None:
        """Take in a trade."""
        if ticks > self.high:
            self.high = ticks
        if ticks < self.low:
            self.low = ticks
        self.close = ticks
        self.lots += lots
        self.value += ticks * lots


def joined(parts: list[BuiltCandle], start: int) -> BuiltCandle:
    """Return the candle that spans these neighbours."""
    return BuiltCandle(
        start,
        parts[0].open,
        max(part.high for part in parts),
        min(part.low for part in parts),
        parts[-1].close,
        sum(part.lots for part in parts),
        sum(part.value for part in parts),
    )


class CandleSeries:
    """Candles of one fixed step without holes; a step without a trade repeats the last close."""

    def __init__(self, step: int, start: int, ticks: int) -> None:
        self.step = step
        first = start - start % step
        self.rows = [BuiltCandle(first, ticks, ticks, ticks, ticks)]

    @property
    def oldest(self) -> int:
        """Start of the first candle kept."""
        return self.rows[0].start

    def roll(self, now: int) -> BuiltCandle:
        """Open candles up to now. Returns the open candle."""
        last = self.rows[-1]
        if now < last.start + self.step:
            return last
        behind = (now - last.start) // self.step
        first = max(1, behind - KEPT[self.step])
        close = last.close
        for k in range(first, behind + 1):
            self.rows.append(BuiltCandle(last.start + k * self.step, close, close, close, close))
        if first > 1:
            # A jump longer than what is kept: the older candles would leave a hole.
            del self.rows[: len(self.rows) - (behind + 1 - first)]
        if len(self.rows) > 2 * KEPT[self.step]:
            del self.rows[: len(self.rows) - KEPT[self.step]]
        return self.rows[-1]

    def between(self, start: int, end: int) -> list[BuiltCandle]:
        """Return candles that begin in [start, end)."""
        low = max(0, -((self.oldest - start) // self.step))
        high = max(0, -((self.oldest - end) // self.step))
        return self.rows[low:high]


class CandleBook:
    """All candles of one price (an instrument's trades, its mark price, or an index).

    Prices are put into candles when somebody looks: most candles of most exchanges are never looked at.
    """

    def __init__(self, start: int, ticks: int, seed: str, lots: int = 0) -> None:
        """Make the candles of one market.

        ``lots``: typical volume of an invented minute; 0 for prices without volume (and without 1s candles).
        """
        self._seed, self._rng = seed, random.Random(seed)
        self._lots = lots
        self._start, self._ticks = start, ticks
        self._kept: dict[int, CandleSeries] = {}
        self._recalled: tuple[Sequence[tuple[int, int, int]], int] | None = None
        self._waiting: list[tuple[int, int, int]] = []
        self._now = start
        self._opened = start - start % MINUTE
        self._past = [self._invent_day, self._invent_week, self._invent_year]
        self._bars: dict[str, Bar] = {}

    @property
    def _series(self) -> dict[int, CandleSeries]:
        """The series by their steps, with all that has happened."""
        if not self._kept:
            steps = [step for step in KEPT if self._lots or step != SECOND]
            self._kept = {step: CandleSeries(step, self._start, self._ticks) for step in steps}
        waiting, self._waiting = self._waiting, []
        if self._recalled is not None:
            (trades, began), self._recalled = self._recalled, None
            waiting = [*((began + after, ticks, lots) for after, ticks, lots in trades), *waiting]
        for series in self._kept.values():
            candle = series.rows[-1]
            for ms, ticks, lots in waiting:
                if ms >= candle.start + series.step:
                    candle = series.roll(ms)
                candle.add(ticks, lots)
            series.roll(self._now)
        return self._kept

    def add(self, ms: int, ticks: int, lots: int) -> None:
        """Take in a trade (or, with 0 lots, a new price)."""
        self.roll(ms)
        self._waiting.append((self._now, ticks, lots))
        if len(self._waiting) > MOST_WAITING:
            _ = self._series

    def recall(self, trades: Sequence[tuple[int, int, int]], start: int) -> None:
        """Begin with trades (ms after ``start``, ticks, lots), oldest first; nothing was taken in before."""
        self._recalled = trades, start
        self.roll(start + trades[-1][0])

    def roll(self, ms: int) -> None:
        """Let the time pass without a trade; a clock that went back changes nothing."""
        if ms > self._now:
            self._now = ms

    def bar(self, name: str) -> Bar:
        """Return the bar of a name; ValueError for an unknown one."""
        found = self._bars.get(name)
        if found is None:
            found = self._bars[name] = Bar(name)
        return found

    def current(self, name: str) -> BuiltCandle:
        """Return the open candle of a bar."""
        bar = self.bar(name)
        series = self._series[bar.base]
        start = bar.start(series.rows[-1].start)
        self._reach(series, start)
        return joined(series.between(start, bar.next(start)), start)

    def since(self, name: str, ms: int) -> list[BuiltCandle]:
        """Return candles that begin at or after ``ms``, oldest first, the open one included."""
        found = self.newest(name, 1000, after=None, before=ms - 1)
        return found[::-1]

    def newest(self, name: str, limit: int, after: int | None, before: int | None) -> list[BuiltCandle]:
        """Return candles, newest first: at most ``limit``, older than ``after`` and newer than ``before`` (ms)."""
        bar = self.bar(name)
        series = self._series[bar.base]
        last = series.rows[-1].start
        start = bar.start(last if after is None else min(last, after - 1))
        found: list[BuiltCandle] = []
        while len(found) < limit and (before is None or start > before):
            if not self._reach(series, start):
                break
            found.append(joined(series.between(start, bar.next(start)), start))
            start = bar.start(start - 1)
        return found

    def oldest_recent(self, name: str, count: int) -> int:
        """Tell where the oldest of the newest ``count`` candles begins; they need not all exist."""
        bar = self.bar(name)
        start = bar.start(self._series[bar.base].rows[-1].start)
        for _ in range(count - 1):
            start = bar.start(start - 1)
        return start

    def is_open(self, name: str, candle: BuiltCandle) -> bool:
        """Tell whether the candle is still forming."""
        bar = self.bar(name)
        return bar.next(candle.start) > self._series[bar.base].rows[-1].start

    def closed_window(self, length: int) -> tuple[int, BuiltCandle]:
        """Start of the open minute, and one candle over the ``length`` before its end without it."""
        series = self._series[MINUTE]
        opened = series.rows[-1].start
        start = opened - length + MINUTE
        self._reach(series, start)
        return opened, joined(series.between(start, opened), start)

    def minute(self) -> BuiltCandle:
        """Return the open minute."""
        return self._series[MINUTE].rows[-1]

    def open_at(self, ms: int) -> int:
        """Return the price at a moment of the last days, in ticks."""
        series = self._series[MINUTE]
        self._reach(series, ms)
        rows = series.rows
        position = bisect_right(rows, ms, key=lambda candle: candle.start)
        return rows[max(0, position - 1)].open

    def _reach(self, series: CandleSeries, ms: int) -> bool:
        """Tell whether the series goes back to ``ms``, after inventing as much past as that takes.

        The first candle itself calls for the past, too: the hour of the opening began before the opening.
        """
        while series.oldest >= ms and self._past and series.step != SECOND:
            self._past.pop(0)()
        return series.oldest <= ms

    def _invent_day(self) -> None:
        """Invent a day and an hour of minutes before the hour of the opening: what a ticker needs."""
        minutes = self._series[MINUTE]
        until = self._series[HOUR].oldest - DAY - HOUR
        count = (minutes.oldest - until) // MINUTE
        past, luck = _day_before(self._seed, minutes.oldest, minutes.rows[0].open, count, self._lots)
        self._rng.setstate(luck)
        minutes.rows[:0] = past

    def _invent_week(self) -> None:
        """Invent minutes for the rest of a week, and its hours, which are summed up from them."""
        minutes, hours = self._series[MINUTE], self._series[HOUR]
        opening, until = hours.rows[0], hours.oldest - WEEK
        minutes.rows[:0] = self._walk_back(minutes, (minutes.oldest - until) // MINUTE, 0.0004)
        of_hours = [joined(minutes.between(start, start + HOUR), start) for start in range(until, opening.start, HOUR)]
        hours.rows[0] = joined([*minutes.between(opening.start, self._opened), opening], opening.start)
        hours.rows[:0] = of_hours

    def _invent_year(self) -> None:
        """Invent the hours before that week."""
        hours = self._series[HOUR]
        hours.rows[:0] = self._walk_back(hours, (YEAR - WEEK) // HOUR, 0.003)

    def _walk_back(self, series: CandleSeries, count: int, spread: float) -> list[BuiltCandle]:
        """Invent ``count`` candles before the series."""
        busy = self._lots * series.step / MINUTE
        return _draw_before(self._rng, series.oldest, series.step, series.rows[0].open, count, spread, busy)


# Exchanges of one seed that open in one minute, as those of a test suite do, have the same day behind them.
# They can share it: nobody changes a candle that is over.
@functools.lru_cache(maxsize=32)
def _day_before(seed: str, oldest: int, close: int, count: int, lots: int) -> tuple[list[BuiltCandle], tuple[Any, ...]]:
    """Draw the minutes before ``oldest``; also how the dice lie then."""
    rng = random.Random(seed)
    return _draw_before(rng, oldest, MINUTE, close, count, 0.0004, lots), rng.getstate()


def _draw_before(
    rng: random.Random, oldest: int, step: int, close: int, count: int, spread: float, busy: float
) -> list[BuiltCandle]:
    """Draw ``count`` candles before ``oldest``. Runs on the server's loop, ten thousand at a time: be quick."""
    chance, start = rng.random, oldest
    past: list[BuiltCandle] = []
    for _ in range(count):
        start -= step
        # The sum of three, minus their mean, is nearly a normal variate with a deviation of a half.
        opened = round(close * (1.0 + 2.0 * spread * (chance() + chance() + chance() - 1.5))) or 1
        upper, lower = (opened, close) if opened > close else (close, opened)
        wick = close * spread * 0.5
        high = upper + int(wick * chance())
        low = lower - int(wick * chance()) or 1
        lots = int(busy * (0.2 + 1.6 * chance()))
        past.append(BuiltCandle(start, opened, high, low, close, lots, lots * ((opened + close) // 2)))
        close = opened
    past.reverse()
    return past
