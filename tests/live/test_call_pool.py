"""The threads under the asynchronous client: how many, in which order, and when they end."""

from __future__ import annotations

import contextvars
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from okx_sync import ConfigError, OkxError
from okx_sync.live.call_pool import CallPool
from okx_sync.timing import Clock
from tests.clients.okx_async.event_loops import Held, async_threads, until


@pytest.fixture
def pool() -> Iterator[CallPool]:
    """At most two threads."""
    made = CallPool(2, Clock())
    yield made
    made.close(5.0)
    assert async_threads() == []


def test_at_most_so_many_threads_and_calls_in_order(pool: CallPool) -> None:
    """Further calls wait their turn; a free thread is used before a new one is started."""
    assert pool.submit(lambda: 1).result(5) == 1
    until(lambda: pool._idle == 1)
    assert pool.submit(lambda: 2).result(5) == 2
    assert len(async_threads()) == 1
    held = [Held(), Held()]
    running = [pool.submit(one) for one in held]
    assert all(one.began.wait(5) for one in held)
    ran: list[int] = []
    waiting = [pool.submit(lambda number=number: ran.append(number)) for number in range(5)]  # type: ignore[misc]
    assert len(async_threads()) == 2
    assert ran == []
    held[0].release.set()
    for future in waiting:
        future.result(5)
    assert ran == [0, 1, 2, 3, 4]
    held[1].release.set()
    assert [future.result(5) for future in running] == [None, None]


def test_two_calls_at_once_get_two_threads(pool: CallPool) -> None:
    """One idle thread is not counted twice: the second of two calls does not wait for the first."""
    pool.submit(lambda: None).result(5)
    until(lambda: pool._idle == 1)
    held = [Held("a"), Held("b")]
    futures = [pool.submit(one) for one in held]
    assert all(one.began.wait(5) for one in held)
    for one in held:
        one.release.set()
    assert [future.result(5) for future in futures] == ["a", "b"]


def test_errors_of_any_kind_belong_to_the_one_who_waits(pool: CallPool) -> None:
    """The thread survives them, SystemExit too."""
    for error in (ValueError("x"), SystemExit(3), KeyboardInterrupt()):

        def fail(error: BaseException = error) -> None:
            raise error

        assert pool.submit(fail).exception(5) is error
    assert pool.submit(lambda: "alive").result(5) == "alive"


def test_a_result_is_not_kept(pool: CallPool) -> None:
    """An idle thread holds neither the last result nor the last error."""

    class Big:
        pass

    held: list[weakref.ref[Big]] = []

    def fail() -> None:
        big = Big()
        held.append(weakref.ref(big))
        raise OkxError("x")

    gc.disable()  # nothing may hang in a circle either
    try:
        result = weakref.ref(pool.submit(Big).result(5))
        assert isinstance(pool.submit(fail).exception(5), OkxError)
        until(lambda: pool._idle == 1)
        assert result() is None
        assert held[0]() is None
    finally:
        gc.enable()


def test_threads_end_when_there_is_nothing_to_do() -> None:
    """Of a client that nobody closed nothing is left after a while; work that comes later starts a thread anew."""
    pool = CallPool(2, Clock(), idle_s=0.05)
    assert pool.submit(lambda: 1).result(5) == 1
    until(lambda: not async_threads(), what="the end of the idle thread")
    assert pool.submit(threading.current_thread).result(5).daemon
    until(lambda: not async_threads())


def test_closed(pool: CallPool) -> None:
    """Calls under way end, those that wait are refused, later ones raise; a cancelled one stays cancelled."""
    held = [Held("done"), Held("done")]
    running = [pool.submit(one) for one in held]
    assert all(one.began.wait(5) for one in held)
    waiting, cancelled = pool.submit(lambda: 1), pool.submit(lambda: 2)
    assert cancelled.cancel()
    pool.close(0.0)
    assert isinstance(waiting.exception(5), OkxError)
    assert cancelled.cancelled()
    for one in held:
        one.release.set()
    assert [future.result(5) for future in running] == ["done", "done"]
    with pytest.raises(OkxError, match="closed"):
        pool.submit(lambda: 3)
    assert pool.aside(lambda: 4).result(5) == 4
    until(lambda: not async_threads())


def test_a_pool_without_threads_is_refused() -> None:
    """It would never run anything."""
    with pytest.raises(ConfigError, match="threads must be at least 1, not 0"):
        CallPool(0, Clock())


def test_calls_see_the_context_of_the_caller(pool: CallPool) -> None:
    """As if they ran where they were asked for."""
    name = contextvars.ContextVar("name", default="none")
    name.set("mine")
    assert pool.submit(name.get).result(5) == "mine"


def test_a_pool_that_nobody_can_use_any_more_lets_its_threads_end() -> None:
    """Soon, though nobody wakes them; calls that wait are still made."""
    pool = CallPool(1, Clock(), idle_s=0.05)
    held = Held("done")
    running = pool.submit(held)
    assert held.began.wait(5)
    waiting = pool.submit(lambda: 1)
    pool.abandon()
    held.release.set()
    assert (running.result(5), waiting.result(5)) == ("done", 1)
    until(lambda: not async_threads())
    with pytest.raises(OkxError, match="closed"):
        pool.submit(lambda: 2)


def test_a_thread_whose_start_was_interrupted_takes_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while it begins: the call has failed, and the next one gets a thread that is known."""
    pool, start = CallPool(2, Clock()), threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pool.submit(lambda: pytest.fail("it ran"))
    until(lambda: not async_threads())
    assert pool.submit(lambda: 1).result(5) == 1
    pool.close(5.0)
    assert async_threads() == []
