"""Threads that wait, handlers of signals that close, and the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from okx_sync.client.live import LiveClient
from okx_sync.errors import OkxTimeoutError
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wires import Wire

TIMEOUT_S = 0.4
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
    assert time.monotonic() - began < TIMEOUT_S * THREADS / 2
    assert {type(error) for error in errors} == {OkxTimeoutError}
