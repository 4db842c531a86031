"""``Dispatcher``: where listeners of live objects run."""

from __future__ import annotations

import threading

import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import MailboxOverflow
from okx_sync.live import dispatcher
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, until


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
