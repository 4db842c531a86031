"""Pacing: never more than a rule allows in any window, fair, shared, and never slower than needed."""

from __future__ import annotations

import random
import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import OkxTimeoutError
from okx_sync.rest.limits import Charge, Limiter, RateLimit
from okx_sync.timing import Deadline
from tests.rest.toy_dialect import TurnedClock


def test_rules_are_read() -> None:
    """The notation of the exchange's tables, with an optional shared bucket."""
    assert RateLimit.parse("20/2s ip") == RateLimit(20, 2, "ip")
    assert RateLimit.parse("60/2s user+instId @place") == RateLimit(60, 2, "user", ("instId",), "place")
    assert RateLimit.parse("5/1m user+instType+instFamily").by == ("instType", "instFamily")
    assert RateLimit.parse("80/12h user").per_s == 43200


def test_a_rule_may_be_of_some_calls_only() -> None:
    """Of those with a value of a parameter, or of all others; a call without the parameter is one of these."""
    spot, others = (RateLimit.parse(f"20/1s user category{sign}spot @create") for sign in ("=", "!="))
    assert (spot.bucket, spot.only, others.only) == ("create", ("category", "spot", True), ("category", "spot", False))
    for params, of_spot in (({"category": "spot"}, True), ({"category": "linear"}, False), ({}, False)):
        assert (spot.counts(params), others.counts(params)) == (of_spot, not of_spot)
    assert RateLimit.parse("20/2s ip").counts({})


@pytest.mark.parametrize(
    "text", ["", "20 ip", "20/2s", "20/2s world", "x/2s ip", "20/2s ip +a", "20/2s ip a=", "20/2s ip =a"]
)
def test_other_texts_are_refused(text: str) -> None:
    """A typing error in a declaration shows at once."""
    with pytest.raises(ValueError, match="not a rate limit"):
        RateLimit.parse(text)


class Referee:
    """An exchange that counts calls in sliding windows and refuses what is too much."""

    def __init__(self, count: int, per_s: float) -> None:
        self.count, self.per_s = count, per_s
        self.seen: deque[tuple[float, int]] = deque()

    def accept(self, now: float, cost: int) -> bool:
        while self.seen and self.seen[0][0] <= now - self.per_s:
            self.seen.popleft()
        self.seen.append((now, cost))
        return sum(each for _, each in self.seen) <= self.count


def test_ten_thousand_calls_without_a_refusal() -> None:
    """A strict exchange refuses none, also when its clock sees the calls up to 50 ms late."""
    clock, rng = TurnedClock(), random.Random(5)
    limiter, referee = Limiter(clock), Referee(60, 2.0)
    refused = 0
    for _ in range(10_000):
        limiter.take([Charge("k", 60, 2.0)])
        refused += not referee.accept(clock.now + rng.random() * 0.05, 1)
    assert refused == 0
    # 10 000 calls at 60 per 2 s take 333 s; the margin may cost a few percent.
    assert sum(clock.slept) < 333 * 1.06


@given(st.lists(st.tuples(st.integers(1, 20), st.floats(0, 3)), max_size=60))
def test_batches_never_exceed_a_window(calls: list[tuple[int, float]]) -> None:
    """Whatever sizes and pauses: in no window more than the rule allows."""
    clock = TurnedClock()
    limiter, referee = Limiter(clock), Referee(30, 2.0)
    for cost, pause in calls:
        clock.now += pause
        limiter.take([Charge("k", 30, 2.0, cost)])
        assert referee.accept(clock.now, cost)


def test_two_rules_hold_together() -> None:
    """A call under two rules waits for both, and takes from neither before."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    both = [Charge("instrument", 2, 2.0), Charge("account", 3, 2.0)]
    assert limiter.reserve(both) == 0
    assert limiter.reserve(both) == 0
    assert limiter.reserve(both) == pytest.approx(2.1)
    assert limiter.reserve([Charge("account", 3, 2.0)]) == pytest.approx(2.1)
    assert limiter.reserve([Charge("other", 2, 2.0)]) == 0


def test_a_request_larger_than_the_bucket_still_goes() -> None:
    """It waits for an empty bucket instead of for ever."""
    limiter = Limiter(TurnedClock())
    assert limiter.reserve([Charge("k", 5, 1.0, 8)]) == 0
    assert limiter.reserve([Charge("k", 5, 1.0, 8)]) == pytest.approx(1.05)


def test_pause_holds_everybody_back() -> None:
    """After a refusal nobody gets a grant from the bucket until the pause is over."""
    limiter = Limiter(TurnedClock())
    limiter.pause([Charge("k", 10, 1.0)], 4.0)
    assert limiter.reserve([Charge("k", 10, 1.0)]) == pytest.approx(4.0)
    assert limiter.reserve([Charge("other", 10, 1.0)]) == 0


def test_a_wait_that_is_too_long() -> None:
    """Nothing is booked and nobody waits: the caller hears how long it would have been."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    charge = [Charge("k", 1, 1.0)]
    assert limiter.take(charge, within=0.0) == 0
    assert limiter.take(charge, within=1.0) == pytest.approx(1.05)
    assert clock.slept == []
    assert limiter.take(charge, within=2.0) == pytest.approx(1.05)
    assert clock.slept == [pytest.approx(1.05)]


def test_threads_share_the_buckets() -> None:
    """Eight threads together get what one would get, each grant once."""
    limiter = Limiter(TurnedClock())
    delays: list[float] = []

    def take() -> None:
        for _ in range(50):
            delays.append(limiter.reserve([Charge("k", 100, 1.0)]))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(delays) == pytest.approx([0.0] * 100 + [1.05] * 100 + [2.1] * 100 + [3.15] * 100)


def test_idle_buckets_are_dropped() -> None:
    """A bot that walks over all instruments for weeks does not fill the memory."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    for i in range(20_000):
        clock.now += 10
        limiter.reserve([Charge(i, 10, 1.0)])
    assert len(limiter._buckets) < 5_000


def test_a_turn_before_a_deadline() -> None:
    """What is left of the time then; where the turn would come too late, nothing is booked and nobody waits."""
    clock = TurnedClock()
    limiter, charge = Limiter(clock), Charge(("calls",), 2, 10.0)
    charges = [charge]
    assert limiter.take_before(charges, Deadline(5.0, clock), "the order", "here") == 5.0
    assert limiter.take_before(charges, Deadline(5.0, clock), "the order", "here") == 5.0
    with pytest.raises(OkxTimeoutError, match=r"the order was not sent: its rate limit leaves no room for 10\.\d s"):
        limiter.take_before(charges, Deadline(5.0, clock), "the order", "here")
    assert clock.slept == []
    assert 4 < limiter.take_before(charges, Deadline(15.0, clock), "the order", "here") <= 5
    with pytest.raises(OkxTimeoutError, match="the time was over"):
        limiter.take_before([Charge(("others",), 2, 10.0)], Deadline(0.0, clock), "the order", "here")


def test_a_host_that_was_stopped() -> None:
    """For the longest of the times, and that host alone."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    assert limiter.stopped_for("here") == 0
    limiter.stop("here", 10)
    limiter.stop("here", 5)
    assert limiter.stopped_for("here") == 10
    assert limiter.stopped_for("there") == 0


def test_what_is_left_of_each_limit() -> None:
    """The scarcest first, until its window has passed; whose key it is counted by is not told."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    assert limiter.left() == []
    place = Charge(("place", "https://host", "key-hash", "BTC-USDT"), 4, 2.0, cost=3)
    limiter.take([place, Charge(("every call", "https://host", ""), 100, 1.0)])
    limiter.take([Charge("plain", 2, 2.0)])
    one, other, last = limiter.left()
    assert (one.name, one.of, one.left, one.count, one.per_s, one.wait_s) == ("place", ("BTC-USDT",), 1, 4, 2.0, 0.0)
    assert (other.name, other.of, other.left) == ("plain", (), 1)
    assert (last.name, last.of, last.left) == ("every call", (), 99)
    limiter.take([Charge(place.key, 4, 2.0)])
    assert limiter.left()[0].wait_s == pytest.approx(2.1)
    limiter.pause([Charge(place.key, 4, 2.0)], 60)
    assert (limiter.left()[0].left, limiter.left()[0].wait_s) == (0, 60)
    clock.sleep(61)
    assert sorted(limit.left for limit in limiter.left()) == [2, 4, 100]
