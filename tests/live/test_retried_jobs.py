"""``RetriedJobs``: short tasks that are tried until they are done, one after another."""

from __future__ import annotations

import gc
import queue
import weakref
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from okx_sync.live.retried_jobs import RetriedJobs
from okx_sync.timing import Clock
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S
from tests.loopback.conftest import our_threads, until

NAME = "okx-test-jobs"


class Told:
    """What was told of tasks that raised. ``again``: what is answered."""

    def __init__(self, again: float | None = None) -> None:
        self.errors: list[tuple[Hashable, int, str]] = []
        self.again = again

    def failed(self, key: Hashable, attempt: int, error: Exception) -> float | None:
        self.errors.append((key, attempt, str(error)))
        return self.again


@contextmanager
def running(told: Told | None = None) -> Iterator[RetriedJobs[str]]:
    """Jobs whose thread has ended behind the block."""
    jobs = RetriedJobs[str](NAME, Clock(), (told or Told()).failed)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()
        assert jobs.join(PATIENCE_S)


def test_what_is_due_first_is_done_first() -> None:
    """Whatever was added first; what is not due yet waits."""
    clock, done = HandClock(), list[str]()
    jobs = RetriedJobs[str](NAME, clock, Told().failed)
    assert jobs.step() is None
    jobs.add("late", lambda _: done.append("late"), 2.0)
    jobs.add("soon", lambda _: done.append("soon"), 1.0)
    assert jobs.step() == 1.0
    clock.forward(2)
    assert (jobs.step(), done) == (0.0, ["soon"])
    assert (jobs.step(), done, jobs.step()) == (0.0, ["soon", "late"], None)


def test_a_task_is_tried_until_it_is_done() -> None:
    """It says itself when again, and is told how often it was tried."""
    clock, tries = HandClock(), list[int]()

    def task(attempt: int) -> float | None:
        tries.append(attempt)
        return 3.0 if attempt < 2 else None

    jobs = RetriedJobs[str](NAME, clock, Told().failed)
    jobs.add("task", task, 0.0)
    assert (jobs.step(), jobs.step()) == (0.0, 3.0)
    clock.forward(3)
    assert (jobs.step(), jobs.step(), tries) == (0.0, None, [1, 2])


def test_a_task_of_a_known_key_takes_the_place_of_the_one_before() -> None:
    """Also of one that wants to be tried again: what was added meanwhile is newer."""
    done: list[str] = []
    jobs = RetriedJobs[str](NAME, HandClock(), Told().failed)

    def old(_attempt: int) -> float:
        jobs.add("key", lambda _: done.append("new"), 0.0)
        return 5.0

    jobs.add("key", lambda _: done.append("never"), 0.0)
    jobs.add("key", old, 0.0)
    assert "key" in jobs
    assert (jobs.step(), jobs.step(), jobs.step()) == (0.0, 0.0, None)
    assert done == ["new"]
    assert "key" not in jobs


def test_no_news_puts_a_task_off() -> None:
    """One that is added again and again keeps its turn, and takes nobody else's."""
    clock, done = HandClock(), list[str]()
    jobs = RetriedJobs[str](NAME, clock, Told().failed)

    def pressing(_attempt: int) -> None:
        done.append("pressing")
        clock.forward(1)
        jobs.add("pressing", pressing, 0.0)

    jobs.add("pressing", pressing, 0.0)
    jobs.add("patient", lambda _: done.append("patient"), 0.5)
    for _ in range(3):
        jobs.add("pressing", pressing, 2.0)
        jobs.add("patient", lambda _: done.append("patient"), 0.5)
        jobs.step()
    assert done == ["pressing", "patient", "pressing"]


def test_what_a_task_raises_is_told_and_the_owner_says_what_becomes_of_it() -> None:
    """The thread goes on."""
    told, done = Told(again=0.01), queue.SimpleQueue[int]()

    def task(attempt: int) -> None:
        if attempt < 3:
            raise ValueError(f"try {attempt}")
        done.put(attempt)

    with running(told) as jobs:
        jobs.add("task", task, 0.0)
        assert done.get(timeout=PATIENCE_S) == 3
        told.again = None
        jobs.add("other", lambda attempt: [][attempt], 0.0)
        jobs.add("last", done.put, 0.0)
        assert done.get(timeout=PATIENCE_S) == 1
    assert told.errors[:2] == [("task", 1, "try 1"), ("task", 2, "try 2")]
    assert [key for key, *_ in told.errors] == ["task", "task", "other"]


def test_nothing_is_begun_after_the_end() -> None:
    """``stop`` returns at once, also on the thread itself."""
    done: list[int] = []
    with running() as jobs:
        assert not jobs.is_stopping

        def end(_attempt: int) -> None:
            jobs.stop()
            assert jobs.join(0)

        jobs.add("later", done.append, 0.05)
        jobs.add("end", end, 0.0)
        until(lambda: jobs.is_stopping)
        assert jobs.join(PATIENCE_S)
    assert done == []


def test_the_thread_ends_when_nobody_holds_the_jobs() -> None:
    """While it waits it does not hold them, nor what they know."""
    jobs = RetriedJobs[str](NAME, Clock(), Told().failed)
    jobs.start()
    ref = weakref.ref(jobs)
    assert jobs.step() is None
    del jobs

    def is_over() -> bool:
        gc.collect()
        return ref() is None and not [one for one in our_threads() if NAME in str(one)]

    until(is_over)
