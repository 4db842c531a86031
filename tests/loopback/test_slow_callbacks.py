"""A slow callback delays no ping, no read and no other subscription, and is named."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Iterator

import attrs
import pytest

from okx_sync import WsClient
from okx_sync.exchanges.okx.models import Trade
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, our_threads, until
from tests.loopback.still_exchange import BTC, ETH, ETH_TRADES, TRADES, Log, flood, numbers_of, reconnects, trade

paper = still_exchange.still_paper
log = still_exchange.log

BEATING = attrs.evolve(FAST, ping_s=0.15, pong_s=2.0)


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[WsClient]:
    """A client that warns of callbacks that take 0.3 s and pings every 0.15 s."""
    with WsClient(paper.public_config, options=BEATING, slow_callback_s=0.3) as client:
        yield client


class Stopwatch:
    """A callback that notes how long each pushed trade took to reach it."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.pushed_at = 0.0

    def __call__(self, _: Trade) -> None:
        self.took.append(time.monotonic() - self.pushed_at)

    def push(self, paper: PaperExchange) -> float:
        """Push one ETH trade and wait until the callback has it; returns the seconds that took."""
        wanted = len(self.took) + 1
        self.pushed_at = time.monotonic()
        paper.push(ETH_TRADES, [trade(wanted, ETH)])
        until(lambda: len(self.took) >= wanted, 5.0, what="the other subscription's event")
        return self.took[-1]


def _pings(paper: PaperExchange) -> int:
    return sum(one.pings for one in paper.connections)


def test_a_callback_that_hangs_keeps_nobody_waiting(paper: PaperExchange, ws: WsClient, log: Log) -> None:
    """While one callback hangs, pings go on, the other subscription's events take less than a second, and exactly
    one WARNING names the callback. When it comes back, its own events are all there."""
    release = threading.Event()
    got: list[Trade] = []

    def hangs(event: Trade) -> None:
        release.wait(30)
        got.append(event)

    watch = Stopwatch()
    ws.subscribe_trades(BTC, hangs)
    ws.subscribe_trades(ETH, watch)
    flood(paper, TRADES, trade, 50)
    until(lambda: any("hangs" in name for name in ws.status()["running_callbacks"]))
    before = _pings(paper)
    assert all(watch.push(paper) < 1.0 for _ in range(5))
    until(lambda: _pings(paper) >= before + 3, what="three more pings")
    until(lambda: log.lines(logging.WARNING, "hangs"), what="the warning")
    assert watch.push(paper) < 1.0
    release.set()
    until(lambda: len(got) == 50)
    assert numbers_of(got) == list(range(50))
    assert len(log.lines(logging.WARNING, "hangs")) == 1
    assert reconnects(ws) == 0


def test_many_slowish_callbacks_in_a_row_keep_nobody_waiting(paper: PaperExchange, ws: WsClient) -> None:
    """Each call takes 0.1 s, too short to be warned of, but a hundred wait in the queue: another subscription still
    gets its event within a second, not after all of them."""
    calls: list[Trade] = []
    stop = threading.Event()
    watch = Stopwatch()

    def slowish(event: Trade) -> None:
        calls.append(event)
        stop.wait(0.1)

    ws.subscribe_trades(BTC, slowish)
    ws.subscribe_trades(ETH, watch)
    flood(paper, TRADES, trade, 100)
    until(lambda: len(calls) >= 1)
    assert watch.push(paper) < 1.0
    assert watch.push(paper) < 1.0
    assert len(calls) < 50
    stop.set()
    until(lambda: len(calls) == 100)
    assert numbers_of(calls) == list(range(100))


def test_relief_threads_leave_again(paper: PaperExchange, ws: WsClient) -> None:
    """Threads that stepped in for a hanging callback end when there is nothing left to do."""
    release = threading.Event()
    watch = Stopwatch()
    ws.subscribe_trades(BTC, lambda _: release.wait(30))
    ws.subscribe_trades(ETH, watch)
    flood(paper, TRADES, trade, 1)
    assert watch.push(paper) < 1.0
    assert len(our_threads("okx-callback")) in (2, 3)  # one of them may be about to read
    release.set()
    until(lambda: len(our_threads("okx-callback")) <= 2, what="the end of the relief thread")
    assert watch.push(paper) < 1.0


def test_handlers_of_states_and_errors_do_not_wait_for_a_hanging_callback(paper: PaperExchange, ws: WsClient) -> None:
    """A lost socket is told while a callback hangs."""
    release = threading.Event()
    states = Heard()
    ws.on_state(states)
    ws.subscribe_trades(BTC, lambda _: release.wait(30))
    flood(paper, TRADES, trade, 1)
    until(lambda: ws.status()["running_callbacks"])
    paper.faults.drop()
    until(lambda: "restored" in [event.kind for event in states], 3.0)
    release.set()


@pytest.mark.slow
def test_forty_seconds_in_a_callback(paper: PaperExchange, log: Log) -> None:
    """The full measure, with the heartbeat a user gets by default: pings stay on time for the exchange's 30 s rule."""
    watch = Stopwatch()
    with WsClient(paper.public_config) as client:
        client.subscribe_trades(BTC, lambda _: time.sleep(40))
        client.subscribe_trades(ETH, watch)
        flood(paper, TRADES, trade, 1)
        end = time.monotonic() + 40
        while time.monotonic() < end:
            assert watch.push(paper) < 1.0
            time.sleep(4.0)
        frames = [frame.at for frame in paper.seen if frame.text == "ping"]
        assert reconnects(client) == 0
        assert len(log.lines(logging.WARNING, "lambda")) == 1
        assert all(later - earlier < 30 for earlier, later in itertools.pairwise(frames))
