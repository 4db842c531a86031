"""``CallbackPool``, threads that read: what they read they run, and nobody waits for them when that takes long."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from okx_sync.delivery.callbacks import CallbackPool, Strand
from okx_sync.timing import about_to_wait
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, HeldCallback, until


class Sink:
    """Something that events come for, with a plain queue behind its strand."""

    def __init__(self, pool: CallbackPool, run: Callable[[Any], object], label: str = "bot.on_tick") -> None:
        self.waiting: list[Any] = []
        self.pool = pool
        self.ran_on: list[str] = []
        self.seen: list[Any] = []
        self.call = run
        self.strand = Strand(self.take, lambda: len(self.waiting), self.run, label, self.put_back)

    def run(self, item: Any) -> None:
        self.seen.append(item)
        self.ran_on.append(threading.current_thread().name)
        self.call(item)

    def take(self, most: int) -> list[Any]:
        taken, self.waiting[:most] = self.waiting[:most], []
        return taken

    def put_back(self, items: Sequence[Any]) -> None:
        self.waiting[:0] = items

    def claim(self, items: Sequence[Any], now: float) -> Strand | None:
        strand = self.strand
        return None if strand.scheduled or self.waiting or now < strand.at_once_from else strand


class Stream:
    """A socket's reading on loan: what is put into it is read, one batch a step."""

    def __init__(self, pool: CallbackPool, clock: HandClock) -> None:
        self.is_borrowed = False
        self.pool, self.clock = pool, clock
        self.batches: queue.SimpleQueue[dict[Sink, list[Any]] | None] = queue.SimpleQueue()
        self.handed_back = threading.Event()
        self.then: Callable[[], None] = lambda: None
        self.reader = ""

    def step(self) -> bool:
        self.reader = threading.current_thread().name
        batch = self.batches.get(timeout=PATIENCE_S)
        if batch is None or self.handed_back.is_set():
            return False
        left = self.pool.run_here(batch, self.clock.monotonic())
        self.then()
        for sink, items in left.items():
            sink.waiting += items
        self.pool.schedule(*[sink.strand for sink in left])
        return True

    def hand_back(self) -> None:
        self.handed_back.set()
        self.batches.put(None)


@contextmanager
def lent(**settings: Any) -> Iterator[tuple[CallbackPool, HandClock, Stream]]:
    """A pool that reads a stream; all its threads have ended behind the block."""
    clock = HandClock()
    pool = CallbackPool("okx-read", clock, **settings)
    pool.ensure_running()
    stream = Stream(pool, clock)
    assert pool.lend(stream)
    yield pool, clock, stream
    assert pool.close(PATIENCE_S)
    assert stream.handed_back.is_set()


def test_who_reads_runs_what_it_has_read() -> None:
    """Each subscription in its order, several of one read too, and all on the thread that read."""
    with lent() as (pool, _clock, stream):
        one, other = Sink(pool, lambda _: None), Sink(pool, lambda _: None)
        for number in range(50):
            stream.batches.put({one: [number, number + 0.5], other: [-number]})
        until(lambda: len(one.seen) == 100 and len(other.seen) == 50)
        assert one.seen == [half / 2 for half in range(100)]
        assert other.seen == [-number for number in range(50)]
        assert len({*one.ran_on, *other.ran_on}) == 1
        assert pool.lend(stream)  # it is, already


def test_a_callback_that_raises_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """The next one runs, on the same thread."""
    with lent() as (pool, _clock, stream):
        sink = Sink(pool, lambda item: 1 / item)
        stream.batches.put({sink: [0, 1]})
        until(lambda: sink.seen == [0, 1])
    assert "bot.on_tick raised" in caplog.text


def test_what_takes_long_is_left_to_other_threads() -> None:
    """The rest of a read, in order and once each; and its next ones, until its time is over."""
    with lent() as (pool, clock, stream):
        slow = Sink(pool, lambda _: clock.forward(0.021))
        quick = Sink(pool, lambda _: None)
        stream.batches.put({slow: [1, 2, 3], quick: ["a"]})
        until(lambda: slow.seen == [1, 2, 3] and quick.seen == ["a"])
        assert slow.ran_on[0] != slow.ran_on[1] == slow.ran_on[2]
        assert slow.strand.at_once_from > clock.mono
        until(lambda: not slow.strand.scheduled and not pool.running())
        stream.batches.put({slow: [4], quick: ["b"]})
        until(lambda: slow.seen == [1, 2, 3, 4] and quick.seen == ["a", "b"])
        assert slow.ran_on[3] != slow.ran_on[0]


def test_what_is_ready_besides_is_run_by_who_reads() -> None:
    """Nobody is woken for what its own callbacks bring about."""
    with lent() as (pool, _clock, stream):
        follower = Sink(pool, lambda _: None)

        def lead(item: Any) -> None:
            follower.waiting.append(item)
            pool.schedule(follower.strand)

        leader = Sink(pool, lead)
        stream.batches.put({leader: [1]})
        until(lambda: follower.seen == [1])
        assert follower.ran_on == leader.ran_on


def test_a_callback_that_is_about_to_wait_gives_the_reading_back() -> None:
    """At once, and what came with it runs."""
    with lent() as (pool, _clock, stream):
        sink = Sink(pool, lambda item: about_to_wait() if item == 1 else None)
        stream.batches.put({sink: [1, 2]})
        assert stream.handed_back.wait(PATIENCE_S)
        until(lambda: sink.seen == [1, 2])


def test_one_thread_at_a_time_runs_callbacks() -> None:
    """What is read while another thread runs waits for that; once it is stuck, others are sent."""
    with lent(relief_s=0.25) as (pool, clock, stream):
        held = HeldCallback()
        stuck, next_one = Sink(pool, held), Sink(pool, lambda _: None)
        stuck.waiting.append(0)
        pool.schedule(stuck.strand)
        assert held.entered.wait(PATIENCE_S)
        stream.batches.put({next_one: [1]})
        until(lambda: next_one.waiting == [1])
        assert next_one.seen == []
        clock.forward(0.3)
        pool.tick()
        until(lambda: next_one.seen == [1])
        held.go_on.set()


def test_what_a_stuck_reader_has_in_its_hand_is_taken_from_it() -> None:
    """Its other subscriptions do not wait for its callback."""
    with lent(relief_s=0.25) as (pool, clock, stream):
        held = HeldCallback()
        stuck, waiting = Sink(pool, held), Sink(pool, lambda _: None)
        stream.batches.put({stuck: [1], waiting: [2]})
        assert held.entered.wait(PATIENCE_S)
        assert list(pool.running()) == ["bot.on_tick"]
        clock.forward(0.3)
        pool.tick()
        until(lambda: waiting.seen == [2])
        assert not pool.lend(Stream(pool, clock))  # while a callback takes long
        held.go_on.set()


def test_who_is_to_wait_for_a_reader_sets_down_what_it_would_run() -> None:
    """Somebody else runs it."""
    with lent() as (pool, _clock, stream):
        sink = Sink(pool, lambda _: None)
        pool.set_down()  # of a thread that has nothing
        stream.then = pool.set_down
        stream.batches.put({sink: [1]})
        until(lambda: sink.seen == [1])
        assert sink.ran_on != [stream.reader]


def test_more_streams_than_threads_may_read_are_read_by_their_own() -> None:
    """Eight at most, whoever else offers is told; a pool that was closed borrows nothing."""
    with lent() as (pool, clock, _stream):
        more = [Stream(pool, clock) for _ in range(8)]
        borrowed = [pool.lend(one) for one in more]
        assert borrowed == [True] * 7 + [False]
    assert all(one.handed_back.is_set() for one in more[:7])
    assert not pool.lend(Stream(pool, clock))


def test_no_thread_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the stream is read by its own, and is not taken for borrowed."""
    clock = HandClock()
    pool = CallbackPool("okx-read", clock)
    pool.ensure_running()

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        stream = Stream(pool, clock)
        assert not pool.lend(stream)
        assert not stream.is_borrowed
    assert pool.close(PATIENCE_S)
