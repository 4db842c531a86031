"""Clock, deadlines, backoff and rate limits."""

from __future__ import annotations

import math
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.timing import (
    INTERRUPTIBLE_S,
    Backoff,
    Clock,
    Deadline,
    RateBucket,
    about_to_wait,
    before_waits,
    not_negative,
)
from tests.clocks import HandClock


def test_the_real_clock() -> None:
    """Wall time, monotonic time, and the server's time once its offset is known."""
    clock = Clock()
    before = clock.monotonic()
    clock.sleep(0)
    assert clock.monotonic() >= before
    assert abs(clock.time() - time.time()) < 5
    clock.offset_s = 100.0
    assert 95 < clock.server_time() - clock.time() < 105


def test_a_deadline_counts_down_and_never_below_zero() -> None:
    """``slice`` is what may be waited in one piece, so that Ctrl-C is seen soon."""
    clock = HandClock()
    deadline = Deadline(1.0, clock)
    assert (deadline.left(), deadline.slice(), deadline.passed()) == (1.0, INTERRUPTIBLE_S, False)
    clock.forward(0.9375)
    assert (deadline.left(), deadline.slice(), deadline.passed()) == (0.0625, 0.0625, False)
    clock.forward(9)
    assert (deadline.left(), deadline.slice(), deadline.passed()) == (0.0, 0.0, True)


def test_no_deadline_never_passes() -> None:
    """``None`` means for ever, still in slices."""
    clock = HandClock()
    deadline = Deadline(None, clock)
    clock.forward(1e9)
    assert (deadline.left(), deadline.slice(), deadline.passed()) == (None, INTERRUPTIBLE_S, False)


def test_a_deadline_of_infinite_seconds_leaves_infinite_seconds() -> None:
    """It never passes, and whoever reckons with the seconds that are left is not told that there is no limit."""
    deadline = Deadline(math.inf, HandClock())
    assert deadline.left() == math.inf
    assert not deadline.passed()
    assert deadline.slice() == INTERRUPTIBLE_S


def test_backoff_doubles_up_to_its_cap() -> None:
    """The upper bound of each delay; a count out of range is taken as the nearest sensible one."""
    backoff = Backoff(0.5, 30.0, rng=lambda: 1.0)
    assert [backoff.delay(attempt) for attempt in (0, 1, 2, 3, 6, 7, 8, 10**6)] == [0.5, 0.5, 1, 2, 16, 30, 30, 30]


@given(st.integers(1, 100))
def test_backoff_is_spread_over_the_whole_range(attempt: int) -> None:
    """Full jitter: anything from at once to the bound, so that many clients do not return in step."""
    lowest, highest = Backoff(rng=lambda: 0.0), Backoff(rng=lambda: 1.0)
    assert lowest.delay(attempt) == 0
    assert 0 <= Backoff().delay(attempt) <= highest.delay(attempt) <= 30


@given(
    count=st.integers(1, 5),
    steps=st.lists(st.tuples(st.integers(1, 7), st.integers(0, 3), st.integers(0, 12)), min_size=1, max_size=25),
)
def test_no_window_ever_holds_more_grants_than_allowed(count: int, steps: list[tuple[int, int, int]]) -> None:
    """However calls are spread, however many are asked for at once, and whoever gives some back: at most ``count`` in
    any window.
    """
    clock = HandClock()
    bucket = RateBucket(count, 2.0, clock)
    used: list[float] = []
    for number, unused, quarters in steps:
        for _ in range(number):
            at, wait_s = bucket.book()
            assert at == clock.monotonic() + wait_s
            used.append(at)
        for at in [at for at in used if at > clock.monotonic()][:unused]:
            used.remove(at)
            bucket.give_back(at)
        clock.forward(quarters / 4)
    used.sort()
    for index, at in enumerate(used):
        assert sum(at <= other < at + 2.0 for other in used[index:]) <= count


def test_grants_are_not_wasted() -> None:
    """The first are free, the next wait for exactly as long as they must."""
    clock = HandClock()
    bucket = RateBucket(2, 1.0, clock)
    assert [bucket.book()[1] for _ in range(5)] == [0, 0, 1, 1, 2]
    clock.forward(1.5)
    assert bucket.book()[1] == 0.5


def test_what_is_given_back_is_for_the_next() -> None:
    """Who waits already keeps its own; what was forgotten can be given back as well."""
    clock = HandClock()
    bucket = RateBucket(1, 1.0, clock)
    booked = [bucket.book()[0] for _ in range(5)]
    for at in booked[1:4]:
        bucket.give_back(at)
    assert [bucket.book()[1] for _ in range(2)] == [5, 6]
    for at in (*booked[4:], booked[4] + 1, booked[4] + 2):
        bucket.give_back(at)
    assert bucket.book()[1] == 1
    clock.forward(100)
    bucket.book()
    bucket.give_back(booked[0])
    assert bucket.book()[1] == 1


def test_taking_without_waiting() -> None:
    """``try_take`` takes a grant or says no; some may be kept for others."""
    clock = HandClock()
    bucket = RateBucket(2, 1.0, clock)
    assert bucket.try_take(keep=1)
    assert not bucket.try_take(keep=1)
    assert bucket.try_take()
    assert not bucket.try_take()
    clock.forward(1)
    assert [bucket.try_take() for _ in range(3)] == [True, True, False]


def test_so_many_in_a_window_and_so_many_in_a_second() -> None:
    """Both limits hold, whoever takes grants and whoever books them ahead."""
    clock = HandClock()
    bucket = RateBucket(3, 60.0, clock, per_second=2)
    assert [bucket.try_take() for _ in range(3)] == [True, True, False]
    clock.forward(1)
    assert [bucket.try_take() for _ in range(2)] == [True, False]
    ahead = RateBucket(3, 60.0, clock, per_second=2)
    assert [ahead.book()[1] for _ in range(4)] == [0, 0, 1, 60]


def test_what_is_left_is_told_with_the_time_until_there_is_more() -> None:
    """Beyond what is kept, and behind what others are to take first."""
    clock = HandClock()
    bucket = RateBucket(4, 60.0, clock, per_second=2)
    assert (bucket.left(), bucket.left(keep=4)) == ((4, 0.0), (0, 60.0))
    assert bucket.try_take()
    assert (bucket.left(), bucket.left(ahead=1)) == ((3, 0.0), (3, 1.0))
    assert bucket.try_take()
    clock.forward(0.25)
    assert bucket.left() == (2, 0.75)
    clock.forward(0.75)
    assert (bucket.left(), bucket.left(keep=2), bucket.left(keep=9)) == ((2, 0.0), (0, 59.0), (-7, 59.0))
    clock.forward(59)
    assert bucket.left() == (4, 0.0)


@pytest.mark.parametrize(("count", "per_s"), [(0, 1.0), (-1, 1.0), (1, 0.0)])
def test_a_rate_that_cannot_be(count: int, per_s: float) -> None:
    """Nothing per second, or something per no time, is a mistake."""
    with pytest.raises(ValueError, match="rate"):
        RateBucket(count, per_s, HandClock())


def test_a_bucket_is_shared_between_threads() -> None:
    """No grant is given twice."""
    bucket, waits = RateBucket(10, 1.0, HandClock()), list[float]()
    threads = [threading.Thread(target=lambda: waits.extend(bucket.book()[1] for _ in range(25))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert sorted(waits) == [float(window) for window in range(10) for _ in range(10)]


def test_waiting_for_a_result_of_another_thread() -> None:
    """It comes through, as a value or as an error."""
    done: Future[str] = Future()
    timer = threading.Timer(0.01, done.set_result, ("here",))
    timer.start()
    assert Deadline(5, Clock()).wait_for(done) == "here"
    timer.join(5)
    failed: Future[str] = Future()
    failed.set_exception(KeyError("x"))
    with pytest.raises(KeyError):
        Deadline(5, Clock()).wait_for(failed)


def test_who_is_about_to_wait_lets_others_know() -> None:
    """Whoever depends on this thread; a result that is there is not waited for."""
    told: list[None] = []
    before_waits(lambda: told.append(None))
    try:
        about_to_wait()
        clock = HandClock()
        with pytest.raises(TimeoutError):
            Deadline(0, clock).wait_for(Future())
        assert len(told) == 2
        ready: Future[int] = Future()
        ready.set_result(1)
        assert Deadline(0, clock).wait_for(ready) == 1
    finally:
        before_waits(None)
    about_to_wait()
    assert len(told) == 2


def test_waiting_ends_at_the_deadline() -> None:
    """With a ``TimeoutError``, and a future that is left alone."""
    never: Future[str] = Future()
    with pytest.raises(TimeoutError):
        Deadline(0.01, Clock()).wait_for(never)
    assert not never.done()


def test_a_timeout_that_is_the_result_is_not_taken_for_ours() -> None:
    """A future that failed with a timeout of its own says so at once, deadline or not."""
    failed: Future[str] = Future()
    failed.set_exception(TimeoutError("its own"))
    with pytest.raises(TimeoutError, match="its own"):
        Deadline(None, Clock()).wait_for(failed)


@pytest.mark.parametrize("seconds", ["3", b"3", math.nan, True, [1]])
def test_a_deadline_takes_numbers_only(seconds: Any) -> None:
    """What is no number of seconds is a ``ConfigError`` at once; NaN would never be over."""
    with pytest.raises(ConfigError, match="timeout cannot be"):
        Deadline(seconds, Clock())


def test_what_the_next_request_waits_for_is_said() -> None:
    """The limit that takes longest, and how long; nothing while a grant is free, or soon enough."""
    clock = HandClock()
    bucket = RateBucket(3, 3600.0, clock, per_second=2)
    assert bucket.shortage() is None
    bucket.book()[1], bucket.book()[1]
    assert bucket.shortage() == "waiting for the 2 requests a second of one connection, next in 1 s"
    assert bucket.shortage(over_s=1.0) is None
    clock.forward(1.5)
    bucket.book()[1]
    assert bucket.shortage() == "waiting for the 3 requests an hour of one connection, next in 3598 s"
    other = RateBucket(1, 10.0, clock)
    other.book()[1]
    assert other.shortage() == "waiting for the 1 requests in 10 s of one connection, next in 10 s"


def test_a_time_to_wait_is_a_number_not_below_0() -> None:
    """Anything else is refused before anybody waits."""
    assert (not_negative(0), not_negative(1.5)) == (0, 1.5)
    for wrong in (-1, math.nan, True, "1", None):
        with pytest.raises(ConfigError, match="timeout cannot be"):
            not_negative(wrong)


def test_an_offset_is_known_once_it_was_measured() -> None:
    """Until then it counts as none, and says that nobody knows it; also of 0, which may be the truth."""
    clock = Clock()
    assert (clock.offset_s, clock.is_measured) == (0.0, False)
    clock.offset_s = 0.0
    assert clock.is_measured
    clock.offset_s = -2.5
    assert clock.server_time() == pytest.approx(clock.time() - 2.5, abs=1)
