"""``Durations``: percentiles of what took how long lately, in little memory."""

from __future__ import annotations

import sys
import threading

import pytest

from okx_sync.durations import Durations, Percentiles


def of(*us: int) -> Percentiles:
    one = Durations()
    for value in us:
        one.add(value, 5.0)
    found = one.percentiles(5.0)
    assert found is not None
    return found


@pytest.mark.parametrize("us", [0, 1, 7, 8, 15, 16, 17, 999, 12_345, 10**6, 10**9, -1, -9, -5_000])
def test_one_duration_is_told_within_six_per_cent(us: int) -> None:
    """The longest exactly; also one below 0, of two clocks that differ."""
    found = of(us)
    assert (found.count, found.max_us) == (1, us)
    for told in (found.p50_us, found.p90_us, found.p99_us):
        assert abs(told - us) <= abs(us) * 0.0625
        assert told <= us


def test_percentiles_of_many() -> None:
    """Half, nine of ten and 99 of 100 took no longer, up to a step."""
    found = of(*range(10, 10_010, 10))
    assert found.count == 1000
    assert found.p50_us == pytest.approx(5_000, rel=0.07)
    assert found.p90_us == pytest.approx(9_000, rel=0.07)
    assert found.p99_us == pytest.approx(9_900, rel=0.07)
    assert found.max_us == 10_000
    assert of(*[1] * 99, 50_000).p99_us == 1


def test_what_is_older_than_two_minutes_is_forgotten() -> None:
    """Else a bad morning would be told all day; nothing lately is None, not 0. The total goes on."""
    one = Durations()
    assert one.percentiles(0.0) is None
    one.add(500, 10.0)
    one.add(100, 71.0)  # a minute later: the first is in the older generation now
    assert (found := one.percentiles(75.0)) is not None
    assert (found.count, found.max_us) == (2, 500)
    assert (found := one.percentiles(131.0)) is not None
    assert (found.count, found.max_us) == (1, 100)
    assert one.percentiles(300.0) is None
    one.add(7, 1000.0)
    assert (found := one.percentiles(1000.0)) is not None
    assert (found.count, one.count) == (1, 3)


def test_memory_does_not_grow() -> None:
    """A hundred thousand durations, from a microsecond to ten seconds, take some kilobytes."""
    one = Durations()
    for number in range(20_000):
        one.add(number * number % 10_000_000, 1.0)
    assert sum(sys.getsizeof(part) for part in (one._now, one._before)) < 12_000


def test_threads_lose_nothing() -> None:
    """Several may add and read at a time."""
    one, begin = Durations(), threading.Barrier(4)

    def add() -> None:
        begin.wait(10)
        for number in range(500):
            one.add(number, 1.0)
            one.percentiles(1.0)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (found := one.percentiles(1.0)) is not None
    assert found.count == one.count == 2000


def test_it_prints_for_people() -> None:
    """In the unit that suits."""
    text = str(Percentiles(5, 120, 45_000, 12_000_000, 13_000_000))
    assert text == "p50 120 us, p90 45 ms, p99 12 s, max 13 s (5 measured)"
