"""Threads that wait, handlers of signals that close, and the end."""

from __future__ import annotations

import gc
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from okx_sync.errors import OkxTimeoutError, StreamClosed
from okx_sync.live.live_client import LiveClient
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import FAST, our_threads, until

TIMEOUT_S = 0.5
THREADS = 8


def _orders(ws: LiveClient) -> object:
    return ws.orders


def _positions(ws: LiveClient) -> object:
    return ws.positions


@pytest.mark.parametrize("ask", [_orders, _positions])
def test_eight_threads_wait_one_timeout_together(
    paper: PaperExchange, connect: Connect, wire: Wire, ask: Callable[[LiveClient], Any]
) -> None:
    """A server that acks nothing costs each of them one timeout, not one after another."""
    del wire
    paper.faults.no_ack()
    ws = connect(timeout_secs=TIMEOUT_S).ws
    ws.connect("private", 10)
    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        errors = [future.exception(20) for future in [pool.submit(ask, ws) for _ in range(THREADS)]]
    assert time.monotonic() - began < TIMEOUT_S * THREADS * 0.75  # one after another it is eight timeouts
    assert {type(error) for error in errors} == {OkxTimeoutError}


def _is_in(name: str) -> bool:
    """Whether the main thread is inside this function."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame is not None and frame.f_code.co_name != name:
        frame = frame.f_back
    return frame is not None


@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="handlers run on the main thread")
def test_a_handler_closes_the_client_whose_call_it_interrupts(
    paper: PaperExchange, connect: Connect, wire: Wire
) -> None:
    """It returns at once; the call that waits for an ack raises StreamClosed when everything has ended."""
    paper.faults.no_ack()
    watched = connect()
    ws = watched.ws
    took: list[float] = []

    def close(*_: object) -> None:
        began = time.monotonic()
        ws.close()
        took.append(time.monotonic() - began)

    def strike() -> None:
        until(lambda: _is_in("wait_for"))
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, close)
    striker = threading.Thread(target=strike, daemon=True)
    try:
        striker.start()
        with pytest.raises(StreamClosed):
            watched.subscribe(wire.orders, lambda _event: None)
        assert our_threads() in ([], ["okx-close"])  # which has done its work
    finally:
        striker.join(10)
        signal.signal(signal.SIGUSR1, before)
    assert len(took) == 1
    assert took[0] < 0.5
    with pytest.raises(StreamClosed):
        watched.subscribe(wire.orders)


def test_a_dropped_client_ends_and_is_told_of_once(paper: PaperExchange, wire: Wire) -> None:
    """Not closed, and nobody holds anything of it but its own callbacks: its threads and sockets end."""

    def use() -> None:
        ws = wire.client(wire.config(paper), options=FAST)
        ws.on_state(lambda _event: ws)
        ws.subscribe(wire.orders.channel, lambda _event: ws, **wire.orders.args)
        assert ws.positions is not None

    def is_over() -> bool:
        gc.collect()
        return not our_threads() and not paper.open_connections

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        use()
        until(is_over, 2.0, what="the end of a client that was dropped")
    assert [one.category for one in told] == [ResourceWarning]
    assert f"unclosed <{wire.client.__name__} " in str(told[0].message)
