"""What the first order needs is loaded once, by a thread of its own; whatever goes wrong there stops nobody."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from okx_sync.errors import OkxHttpError
from okx_sync.live.order_preparation import OrderPreparation
from tests.loopback.conftest import our_threads, until

THREAD = "okx-order-preparation"


def test_it_is_loaded_once_and_elsewhere() -> None:
    """However often it is begun; whoever begins it does not wait."""
    threads: list[str] = []
    may_end = threading.Event()

    def load() -> None:
        threads.append(threading.current_thread().name)
        assert may_end.wait(20)

    preparation = OrderPreparation(load)
    preparation.start()
    preparation.start()
    until(lambda: threads)
    may_end.set()
    preparation.close()
    preparation.start()
    assert threads == [THREAD]
    until(lambda: THREAD not in our_threads())


def test_nothing_is_loaded_where_nobody_sends_orders() -> None:
    """There is no thread either; it can be closed all the same."""
    preparation = OrderPreparation(None)
    preparation.start()
    assert THREAD not in our_threads()
    preparation.close()


def test_a_failure_is_logged_and_raised_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """The first order asks again: it is told then."""
    caplog.set_level(logging.INFO, "okx_sync")

    def load() -> None:
        raise OkxHttpError("no answer from the exchange")

    preparation = OrderPreparation(load)
    preparation.start()
    until(lambda: "no answer from the exchange" in caplog.text)
    preparation.close()
    assert {record.levelname for record in caplog.records} == {"INFO"}


def test_its_end_is_not_waited_for_long() -> None:
    """A request that hangs holds nobody up: ``close()`` returns, and the thread ends when its answer is there."""
    may_end = threading.Event()
    preparation = OrderPreparation(lambda: may_end.wait(20))
    preparation.start()
    preparation.close()
    assert THREAD in our_threads()
    may_end.set()
    until(lambda: THREAD not in our_threads())


def test_without_a_thread_the_first_order_loads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that gives no more threads keeps nobody from following orders."""
    loaded: list[Any] = []
    preparation = OrderPreparation(lambda: loaded.append(1))
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", _no_more)
        preparation.start()
    preparation.close()
    assert loaded == []


def _no_more(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")
