"""``CallbackDispatch``: where listeners of live objects run."""

from __future__ import annotations

import threading

import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import MailboxOverflow
from okx_sync.live import dispatcher
from okx_sync.live.dispatcher import CallbackDispatch
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

    emit = CallbackDispatch(pool, reporter)(listener)
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
