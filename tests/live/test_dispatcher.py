"""``Dispatcher``: where listeners of live objects run."""

from __future__ import annotations

import threading

import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import ConfigError, MailboxOverflow, OkxError
from okx_sync.live import dispatcher
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, Reads, until
from tests.threads import no_more_threads


def test_behind_a_stuck_listener_a_bounded_number_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """That events are dropped is told at once; how many, exactly, where they are missing; then it goes on."""
    monkeypatch.setattr(dispatcher, "MOST_WAITING", 10)
    pool, go_on = CallbackPool("okx-test-dispatch", Clock()), threading.Event()
    heard, errors = list[int](), list[Exception]()
    reporter = Reporter(pool)
    reporter.on_error(errors.append)
    entered = threading.Event()

    def listener(event: int) -> None:
        entered.set()
        go_on.wait(PATIENCE_S)
        heard.append(event)

    emit = Dispatcher(pool, reporter)(listener)
    emit(0)
    assert entered.wait(PATIENCE_S)
    for number in range(1, 18):
        emit(number)
    assert reporter.errors == 1  # though the listener is still stuck
    go_on.set()
    until(lambda: len(errors) == 2)
    assert heard == list(range(11))
    assert all(isinstance(error, MailboxOverflow) for error in errors)
    assert "10 events behind" in str(errors[0])
    assert "7 items were lost here" in str(errors[1])
    emit(18)
    until(lambda: heard[-1] == 18)
    assert pool.close(PATIENCE_S)


def test_a_slow_listener_of_a_state_is_called_once_for_many_changes() -> None:
    """The last change is never missed; what it raises goes to ``on_error`` and ends nothing."""
    pool, go_on, entered = CallbackPool("okx-test-dispatch", Clock()), threading.Event(), threading.Event()
    heard, errors = list[dict[str, int]](), list[Exception]()
    reporter = Reporter(pool)
    reporter.on_error(errors.append)
    state = {"number": 0}

    def listener(now: dict[str, int]) -> None:
        heard.append(dict(now))
        entered.set()
        go_on.wait(PATIENCE_S)
        if len(heard) == 1:
            raise SystemExit("a bug")

    changed = Dispatcher(pool, reporter).latest(listener, state)
    changed()
    assert entered.wait(PATIENCE_S)
    for number in range(1, 50):
        state["number"] = number
        changed()
    go_on.set()
    until(lambda: len(heard) == 2 and len(errors) == 1)
    assert heard == [{"number": 0}, {"number": 49}]
    assert "listener raised SystemExit" in str(errors[0])
    assert pool.close(PATIENCE_S)


def test_listeners_hear_everything_in_order() -> None:
    """On the callback thread; what one raises is told with its name, and the next event is served."""
    pool, heard, errors = CallbackPool("okx-test-dispatch", Clock()), list[int](), list[Exception]()
    threads = set[str]()
    reporter = Reporter(pool)
    reporter.on_error(errors.append)

    def listener(event: int) -> None:
        threads.add(threading.current_thread().name)
        heard.append(event)
        if event == 1:
            raise ValueError("a bug")

    emit = Dispatcher(pool, reporter)(listener)
    for number in range(100):
        emit(number)
    until(lambda: len(heard) == 100 and errors)
    assert heard == list(range(100))
    assert all(name.startswith("okx-test-dispatch") for name in threads)
    assert "listener raised ValueError: a bug" in str(errors[0])
    assert pool.close(PATIENCE_S)


def test_what_a_reading_thread_has_no_time_for_is_left_to_others() -> None:
    """Nothing of it is lost, and all is heard in order, though the listener takes longer than such a thread may."""
    clock, heard = HandClock(), list[int]()
    pool = CallbackPool("okx-test-dispatch", clock)

    def listener(event: int) -> None:
        heard.append(event)
        clock.forward(0.006)

    emit = Dispatcher(pool, Reporter(pool))(listener)
    assert pool.lend(Reads(lambda: [emit(number) for number in range(50)]))
    until(lambda: len(heard) == 50)
    assert heard == list(range(50))
    assert pool.close(PATIENCE_S)


def test_what_cannot_be_called_or_run_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the listener is given, and not when something happens."""
    pool = CallbackPool("okx-test-dispatch", Clock())
    dispatch = Dispatcher(pool, Reporter(pool))
    with pytest.raises(ConfigError):
        dispatch("listener")  # type: ignore[arg-type]
    with no_more_threads(monkeypatch, "okx-test-dispatch"), pytest.raises(OkxError, match="cannot be started"):
        dispatch(print)
    assert pool.close(PATIENCE_S)
