"""``CallbackPool``: user code runs in order, never overlaps with itself, and never holds up the others."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.errors import OkxError
from okx_sync.timing import Clock
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, HeldCallback, until


class Line:
    """A strand over a plain queue."""

    def __init__(self, pool: CallbackPool, run: Callable[[Any], None], label: str = "bot.on_tick") -> None:
        self.items: deque[Any] = deque()
        self.pool = pool
        self.strand = Strand(self.take, lambda: len(self.items), run, label)

    def take(self, most: int) -> list[Any]:
        return [self.items.popleft() for _ in range(min(most, len(self.items)))]

    def put(self, *items: Any) -> None:
        self.items.extend(items)
        self.pool.schedule(self.strand)


@contextmanager
def pool(clock: Clock | None = None, **settings: Any) -> Iterator[CallbackPool]:
    """A pool whose threads have ended behind the block."""
    one = CallbackPool("okx-pool", clock or Clock(), **settings)
    yield one
    assert one.close(PATIENCE_S)


def pool_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("okx-pool")]


def test_each_strand_runs_in_order_and_never_overlaps_with_itself() -> None:
    """Three strands fed from three threads, with relief threads about."""
    with pool(relief_s=0.0) as one:
        seen: dict[int, list[int]] = {0: [], 1: [], 2: []}
        inside = [threading.Lock() for _ in seen]
        overlaps: list[int] = []

        def runner(number: int) -> Callable[[int], None]:
            def run(item: int) -> None:
                if not inside[number].acquire(blocking=False):
                    overlaps.append(number)
                    return
                seen[number].append(item)
                inside[number].release()

            return run

        lines = [Line(one, runner(number)) for number in seen]

        def feed(line: Line) -> None:
            for item in range(1000):
                line.put(item)
                one.tick()

        feeders = [threading.Thread(target=feed, args=(line,)) for line in lines]
        for feeder in feeders:
            feeder.start()
        for feeder in feeders:
            feeder.join(PATIENCE_S)
        until(lambda: all(len(items) == 1000 for items in seen.values()))
    assert overlaps == []
    assert all(items == list(range(1000)) for items in seen.values())


def test_one_thread_serves_all_while_nobody_is_slow() -> None:
    """A user's callbacks need no locks among themselves in the usual case."""
    with pool() as one:
        names: list[str] = []
        lines = [Line(one, lambda _item: names.append(threading.current_thread().name)) for _ in range(5)]
        for _ in range(20):
            for line in lines:
                line.put("x")
            one.tick()
        until(lambda: len(names) == 100)
    assert set(names) == {"okx-pool-0"}


def test_no_thread_before_the_first_callback_and_none_behind_the_close() -> None:
    """Nobody pays for a pool that is not used."""
    with pool() as one:
        assert pool_threads() == []
        Line(one, lambda _item: None).put("x")
        until(pool_threads)
    assert pool_threads() == []


def test_others_go_on_when_one_is_stuck() -> None:
    """A relief thread takes them over at the first tick behind ``relief_s``, and leaves when it is not needed."""
    clock, gate, got = HandClock(), HeldCallback(), threading.Event()
    with pool(clock, relief_s=0.25) as one:
        Line(one, gate).put("x")
        assert gate.entered.wait(PATIENCE_S)
        other = Line(one, lambda _item: got.set())
        other.put("y")
        one.tick()
        assert not got.is_set()
        assert len(pool_threads()) == 1
        clock.forward(0.25)
        one.tick()
        assert got.wait(PATIENCE_S)
        gate.go_on.set()
        until(lambda: len(pool_threads()) == 1)


def test_others_go_on_behind_a_long_row_of_slowish_callbacks() -> None:
    """Each of them is quick enough, but together they would keep the others waiting for seconds."""
    clock, got, row = HandClock(), threading.Event(), threading.Semaphore(0)
    running = threading.Event()

    def slowish(_item: int) -> None:
        running.set()
        assert row.acquire(timeout=PATIENCE_S)
        clock.forward(0.1)

    with pool(clock, relief_s=0.25) as one:
        Line(one, slowish).put(*range(100))
        assert running.wait(PATIENCE_S)
        Line(one, lambda _item: got.set()).put("y")
        for _ in range(3):
            row.release()
        until(lambda: clock.monotonic() >= 1000.3)
        one.tick()
        assert got.wait(PATIENCE_S)
        for _ in range(97):
            row.release()


def test_stuck_callbacks_are_bounded() -> None:
    """No more threads than allowed, however many callbacks hang."""
    clock, gates = HandClock(), [HeldCallback() for _ in range(4)]
    with pool(clock, relief_s=0.1, max_threads=2) as one:
        for gate in gates:
            Line(one, gate).put("x")

        def relieve() -> bool:
            clock.forward(1)
            one.tick()
            return gates[1].entered.is_set()

        until(relieve)
        relieve()
        assert len(pool_threads()) == 2
        for gate in gates:
            gate.go_on.set()
        until(lambda: gates[3].entered.is_set())


def test_a_slow_callback_is_named_once_per_call(caplog: pytest.LogCaptureFixture) -> None:
    """One WARNING with its name and how long it has been running, however often somebody looks."""
    clock, gate = HandClock(), HeldCallback()
    with pool(clock, slow_s=1.0) as one:
        Line(one, gate, "my_bot.on_ticker").put("x")
        assert gate.entered.wait(PATIENCE_S)
        one.tick()
        assert caplog.records == []
        clock.forward(2.5)
        assert one.running() == {"my_bot.on_ticker": 2.5}
        one.tick()
        one.tick()
        gate.go_on.set()
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.getMessage() for record in warnings] == [
        "callback my_bot.on_ticker has been running for 2.5 s; others go on without it"
    ]


def test_strands_take_turns() -> None:
    """A strand with a long backlog lets others in between its batches."""
    order: list[str] = []
    gate = HeldCallback()
    with pool() as one:
        first = Line(one, gate)
        first.put("x")
        assert gate.entered.wait(PATIENCE_S)
        busy = Line(one, lambda _item: order.append("busy"))
        busy.put(*range(1000))
        Line(one, lambda _item: order.append("other")).put("y")
        gate.go_on.set()
        until(lambda: len(order) == 1001)
    assert order.index("other") == 256


@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt])
def test_a_strand_that_raises_does_not_end_the_pool(error: type[BaseException]) -> None:
    """It must not raise; if it does, the others and the rest of its own items are served all the same."""
    got: list[int] = []

    def run(item: int) -> None:
        got.append(item)
        raise error("oops")

    with pool() as one:
        line = Line(one, run)
        line.put(1, 2)
        until(lambda: len(got) == 2)
        line.put(3)
        until(lambda: len(got) == 3)


def test_close_from_inside_a_callback() -> None:
    """It does not wait for itself, and what was scheduled behind it does not run."""
    closed: list[bool] = []
    with pool() as one:
        line = Line(one, lambda _item: closed.append(one.close(PATIENCE_S)))
        line.put(1, 2, 3)
        until(lambda: closed)
        line.put(4)
    assert closed == [True]


def test_close_does_not_wait_for_ever() -> None:
    """A callback that hangs is left behind after the timeout, and False says so."""
    gate = HeldCallback()
    one = CallbackPool("okx-pool", Clock())
    Line(one, gate).put("x")
    assert gate.entered.wait(PATIENCE_S)
    assert not one.close(0.01)
    gate.go_on.set()
    assert one.close(PATIENCE_S)
    until(lambda: not pool_threads())


def test_nothing_runs_behind_the_close() -> None:
    """Scheduling on a closed pool is ignored."""
    one = CallbackPool("okx-pool", Clock())
    assert one.close(PATIENCE_S)
    Line(one, lambda _item: None).put("x")
    assert pool_threads() == []


def test_functions_are_named_as_a_reader_would_look_for_them() -> None:
    """Module and qualified name; something callable without a name by its class."""

    class Callable_:
        def __call__(self) -> None: ...

    assert name_of(Line.put) == "tests.delivery.test_callbacks.Line.put"
    assert name_of(Callable_()).endswith("<locals>.Callable_")


def test_a_pool_starts_its_thread_ahead_for_who_relies_on_it() -> None:
    """Once; a pool that is closed starts none."""
    with pool() as one:
        one.ensure_running()
        one.ensure_running()
        assert pool_threads() == ["okx-pool-0"]
    one.ensure_running()
    assert pool_threads() == []


def test_without_a_thread_callbacks_wait_and_each_tick_tries_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody can be told but the log; who starts the thread ahead is told."""

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with pool() as one:
        seen: list[int] = []
        line = Line(one, seen.append)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", none_left)
            line.put(1)
            with pytest.raises(OkxError, match="cannot be started"):
                one.ensure_running()
        assert any("callbacks have to wait" in record.getMessage() for record in caplog.records)
        assert seen == []
        one.tick()
        until(lambda: seen == [1])


def test_many_strands_are_scheduled_with_one_wake_up() -> None:
    """Each of them runs, on the one thread, though nobody was called but once."""
    with pool() as one:
        one.ensure_running()
        ran: list[int] = []
        lines = [Line(one, ran.append) for _ in range(50)]
        until(lambda: one._waiting == 1)
        for number, line in enumerate(lines):
            line.items.append(number)
        one.schedule(*[line.strand for line in lines])
        one.schedule(*[line.strand for line in lines])
        until(lambda: len(ran) == 50)
        assert pool_threads() == ["okx-pool-0"]
    assert ran == list(range(50))
