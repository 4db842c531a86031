"""Whoever waits for a book hears of a change as soon as threads can hear of anything."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable

import pytest

from okx_sync import OrderBook
from okx_sync.state.book.book_change import BookChange

ROUNDS = 200
MOST = 4.0


def _wake_s(wait: Callable[[int], object], change: Callable[[int], object]) -> float:
    """The median time from the beginning of ``change(number)`` to the return of ``wait(number)`` elsewhere."""
    began, took = [0.0], list[float]()
    ready, done = threading.Semaphore(0), threading.Semaphore(0)

    def run() -> None:
        for number in range(1, ROUNDS + 1):
            ready.release()
            wait(number)
            took.append(time.perf_counter() - began[0])
            done.release()

    waiter = threading.Thread(target=run)
    waiter.start()
    for number in range(1, ROUNDS + 1):
        ready.acquire()
        time.sleep(0.001)  # it waits by now; when it does not, that round is no slower
        began[0] = time.perf_counter()
        change(number)
        done.acquire()
    waiter.join()
    return statistics.median(took)


def _bare() -> float:
    """A condition and a number, as little as can be."""
    changed, current = threading.Condition(), [0]

    def wait(number: int) -> None:
        with changed:
            changed.wait_for(lambda: current[0] >= number)

    def change(number: int) -> None:
        with changed:
            current[0] = number
            changed.notify_all()

    return _wake_s(wait, change)


def _book() -> float:
    """A book of 400 levels a side, and a predicate that reads it."""
    book = OrderBook("X")
    bids, asks = ([[str(10_000 + step * n), "1"] for n in range(1, 401)] for step in (-1, 1))
    book.apply(BookChange("snapshot", bids, asks, 0, -1))
    return _wake_s(
        lambda number: book.wait_until(lambda b: b.best_bid is not None and b.seq == number, 10),
        lambda number: book.apply(BookChange("update", [["9999", str(number)]], (), number, number - 1)),
    )


@pytest.mark.slow
def test_waiting_for_a_book_wakes_like_a_bare_condition() -> None:
    """At most a few times as long as the plainest wait there is, in the same run."""
    ratios = sorted(_book() / _bare() for _ in range(5))
    assert ratios[2] < MOST, ratios
