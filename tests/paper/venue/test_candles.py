"""Candles: bars begin where the exchange begins them, and every bar is the sum of the shorter ones."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pytest

from okx_sync.paper.venue.bars import BARS, HOUR, MINUTE, Bar
from okx_sync.paper.venue.candles import CandleBook, joined

NOW = 1_763_720_000_000


def at(text: str) -> int:
    """Epoch ms of an ISO date."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("name", "start", "after"),
    [
        ("1m", "2025-11-21T10:13:00", "2025-11-21T10:14:00"),
        ("4H", "2025-11-21T08:00:00", "2025-11-21T12:00:00"),
        ("1D", "2025-11-20T16:00:00", "2025-11-21T16:00:00"),
        ("1Dutc", "2025-11-21T00:00:00", "2025-11-22T00:00:00"),
        ("1W", "2025-11-16T16:00:00", "2025-11-23T16:00:00"),
        ("1Wutc", "2025-11-17T00:00:00", "2025-11-24T00:00:00"),
        ("1M", "2025-10-31T16:00:00", "2025-11-30T16:00:00"),
        ("3Mutc", "2025-10-01T00:00:00", "2026-01-01T00:00:00"),
        ("1Yutc", "2025-01-01T00:00:00", "2026-01-01T00:00:00"),
    ],
)
def test_bars_begin_where_the_exchange_begins_them(name: str, start: str, after: str) -> None:
    """Short bars open on the round minute or hour; from 6H on at UTC+8 unless the name says utc; weeks on Monday."""
    bar = Bar(name)
    assert bar.start(at("2025-11-21T10:13:20")) == at(start)
    assert bar.next(at(start)) == at(after)


@pytest.mark.parametrize("name", ["1h", "7m", "", "1Y", "1Hutc"])
def test_unknown_bars_are_refused(name: str) -> None:
    """A bar that the exchange does not have is an error, not an approximation."""
    with pytest.raises(ValueError, match="bar"):
        Bar(name)


@cache
def _fifty_trades() -> CandleBook:
    """For tests that only look."""
    book = CandleBook(NOW, 650_000, "seed", lots=1000)
    for k in range(50):
        book.add(NOW + k * 900, 650_000 + k * (-1) ** k, 3)
    return book


@pytest.mark.parametrize("name", BARS["trade"])
def test_every_bar_is_without_holes(name: str) -> None:
    """Neighbouring candles touch in time and price, all closed but the newest."""
    book = _fifty_trades()
    bar, candles = Bar(name), book.newest(name, 40, None, None)
    assert len(candles) >= 4
    for newer, older in pairwise(candles):
        assert bar.next(older.start) == newer.start
        assert older.close == newer.open or name == "1s"
        assert older.low <= min(older.open, older.close) <= max(older.open, older.close) <= older.high
    assert [book.is_open(name, candle) for candle in candles] == [True] + [False] * (len(candles) - 1)


def test_longer_bars_are_the_sum_of_shorter_ones() -> None:
    """An hour is its sixty minutes, over the live time and over the invented past alike."""
    book = CandleBook(NOW, 650_000, "seed", lots=1000)
    for k in range(300):
        book.add(NOW + k * 30_000, 650_000 + k % 17, 3)
    for hour in book.newest("1H", 30, None, None)[1:]:
        minutes = book.newest("1m", 60, hour.start + HOUR, hour.start - 1)[::-1]
        whole = joined(minutes, hour.start)
        assert len(minutes) == 60
        assert (whole.open, whole.high, whole.low, whole.close) == (hour.open, hour.high, hour.low, hour.close)
        assert (whole.lots, whole.value) == (hour.lots, hour.value)


def test_past_does_not_depend_on_when_it_is_asked_for() -> None:
    """The invented past is the same whether asked for at once or after hours of trading."""
    early, late = (CandleBook(NOW, 650_000, "seed", lots=1000) for _ in range(2))
    early.newest("1m", 1, NOW - 5 * HOUR, None)
    early.newest("1D", 1, None, None)
    for k in range(200):
        for book in (early, late):
            book.add(NOW + k * 60_000, 650_000 + k, 1)
    for name in ("1m", "1H", "1D"):
        ours, theirs = (b.newest(name, 20, NOW - HOUR, None) for b in (early, late))
        assert [(c.start, c.open, c.close, c.lots) for c in ours] == [
            (c.start, c.open, c.close, c.lots) for c in theirs
        ]


def test_paging_is_exclusive_on_both_ends() -> None:
    """``after`` means older than, ``before`` newer than; walking by ``after`` meets every candle once."""
    book = CandleBook(NOW, 650_000, "seed", lots=1000)
    whole = [candle.start for candle in book.newest("1m", 250, None, None)]
    walked: list[int] = []
    after = None
    while len(walked) < 250:
        walked += [candle.start for candle in book.newest("1m", 50, after, None)]
        after = walked[-1]
    assert walked == whole
    inside = book.newest("1m", 100, whole[2], whole[6])
    assert [candle.start for candle in inside] == whole[3:6]


def test_quiet_time_repeats_the_last_close() -> None:
    """Minutes without a trade exist, flat and without volume; so does the time after a long jump."""
    book = CandleBook(NOW, 650_000, "seed", lots=1000)
    book.add(NOW, 650_100, 5)
    book.roll(NOW + 3 * MINUTE)
    flat = book.newest("1m", 3, None, None)
    assert {(c.open, c.high, c.low, c.close, c.lots) for c in flat} == {(650_100, 650_100, 650_100, 650_100, 0)}
    book.roll(NOW + 90 * 24 * HOUR)
    starts = [c.start for c in book.newest("1m", 300, None, None)]
    assert starts == [starts[0] - k * MINUTE for k in range(300)]


def test_clock_that_went_back_changes_nothing() -> None:
    """A trade dated before the open candle counts in the open candle."""
    book = CandleBook(NOW, 650_000, "seed", lots=1000)
    book.add(NOW + 5 * MINUTE, 650_010, 1)
    book.add(NOW, 650_020, 1)
    newest = book.newest("1m", 1, None, None)[0]
    assert (newest.high, newest.lots) == (650_020, 2)


def test_candles_do_not_depend_on_how_often_they_are_looked_at() -> None:
    """Looked at after each trade, or once at the end: the same bars, whatever the clock did in between."""
    watched, left_alone = (CandleBook(NOW, 650_000, "seed", lots=1000) for _ in range(2))
    steps = [0, 400, 90_000, -5_000, 0, 3 * HOUR, 700, -HOUR, 20 * MINUTE]
    for book in (watched, left_alone):
        now = NOW
        for k, step in enumerate(steps * 3):
            now += step
            book.roll(now)
            book.add(now - 300 * (k % 3), 650_000 + (-1) ** k * k, 1 + k)
            if book is watched:
                book.current("1m")
    for name in ("1s", "1m", "1H"):
        ours, theirs = (b.newest(name, 300, None, NOW - HOUR) for b in (watched, left_alone))
        assert ours
        assert [(c.start, c.open, c.high, c.low, c.close, c.lots, c.value) for c in ours] == [
            (c.start, c.open, c.high, c.low, c.close, c.lots, c.value) for c in theirs
        ]
