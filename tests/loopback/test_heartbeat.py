"""A socket that is silent but alive is kept, one that only looks open is noticed in time, and sleep is survived."""

from __future__ import annotations

import threading
import time
from typing import Literal

import attrs
import pytest

from okx_sync import WsClient
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock
from tests.loopback.conftest import BRISK, FAST, Connect, Heard, until

SLACK_S = 1.0  # what a busy machine may add to a deadline
AWAKE = attrs.evolve(FAST, ping_s=1000.0, pong_s=5.0, wake_pong_s=0.3)
"""No regular ping ever: whatever is sent was sent because of a jump of the clock."""


class JumpyClock(Clock):
    """The real clocks, moved by hand: what a program sees after its machine slept."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead_s = {"monotonic": 0.0, "wall": 0.0}

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s["monotonic"]

    def time(self) -> float:
        return super().time() + self.ahead_s["wall"]

    def jump(self, seconds: float, *which: str) -> None:
        """Both clocks jump, or those that are named."""
        for name in which or ("monotonic", "wall"):
            self.ahead_s[name] += seconds


def _reconnects(ws: WsClient) -> int:
    return int(ws.status()["links"]["public"]["reconnects"])


def test_a_half_open_socket_is_noticed(paper: PaperExchange, connect: Connect) -> None:
    """TCP stays open but nothing is read or written any more: lost within ping + pong deadline, then restored."""
    watched, heard = connect(options=BRISK), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    heard.until_more()
    paper.faults.blackhole()
    began = time.monotonic()
    lost = watched.states.until("lost")
    took = time.monotonic() - began
    assert took < BRISK.ping_s + BRISK.pong_s + SLACK_S
    assert "no sign of life" in str(lost.reason)
    paper.faults.blackhole(False)
    watched.states.until("restored")
    heard.until_more(2)
    assert set(paper.topics().values()) == {1}


def test_a_connect_that_is_never_answered_is_given_up(paper: PaperExchange, connect: Connect) -> None:
    """TCP connects but the handshake gets no answer: after ``connect_s`` it is tried again, and again."""
    watched = connect(options=attrs.evolve(BRISK, connect_s=0.2))
    watched.ws.subscribe_trades("BTC-USDT")
    paper.faults.blackhole()
    watched.states.until("reconnecting", 3)
    paper.faults.blackhole(False)
    watched.states.until("restored")


def test_idle_is_not_dead(paper: PaperExchange, connect: Connect) -> None:
    """A quiet socket whose pings are answered is kept, however long nothing else comes."""
    paper.quiet()
    watched = connect(options=attrs.evolve(FAST, ping_s=0.01))
    watched.ws.subscribe_trades("BTC-USDT")
    assert paper.wait_for(lambda: paper.connections[0].pings >= 20)
    # The exchange drops what is idle for 30 s, so each of these jumps needs the pings in between.
    for _ in range(21):
        pings = paper.connections[0].pings
        assert paper.wait_for(lambda pings=pings: paper.connections[0].pings >= pings + 2)  # type: ignore[misc]
        paper.clock.advance(29)
    assert _reconnects(watched.ws) == 0
    assert [one.open for one in paper.connections] == [True]
    watched.states.until("connected")
    assert watched.states.kinds() == ["connected"]


def test_only_text_counts_as_life(paper: PaperExchange, connect: Connect) -> None:
    """Protocol pings and pongs keep coming, the text ping stays unanswered: the socket is dead."""
    paper.quiet()
    watched = connect(options=BRISK)
    watched.ws.subscribe_trades("BTC-USDT")
    paper.faults.no_pong()
    began = time.monotonic()

    def keep_sending() -> bool:
        paper.write_bytes(b"\x8a\x00\x89\x00")  # an empty pong and an empty ping, below the frame layer
        return bool(watched.states.of(kind="lost"))

    until(keep_sending, what="the loss")
    assert time.monotonic() - began < BRISK.ping_s + BRISK.pong_s + SLACK_S
    paper.faults.no_pong(False)
    watched.states.until("restored")


def test_any_text_counts_as_life(paper: PaperExchange, connect: Connect) -> None:
    """While data flows no ping is needed, and a missing pong is no reason to reconnect."""
    paper.faults.no_pong()
    watched, heard = connect(options=BRISK), Heard()
    sub = watched.ws.subscribe_trades("BTC-USDT", callback=heard)
    row = paper.venue.trades("BTC-USDT", 1)[0]
    done = paper.flood({"channel": "trades", "instId": "BTC-USDT"}, row, count=80, per_second=100)
    assert done.result(10) == 80
    until(lambda: len(heard) >= 80, what="the whole flood")
    assert sub.stats.received >= 80
    assert _reconnects(watched.ws) == 0


@pytest.mark.parametrize("which", ["both", "wall"])
def test_waking_up_with_a_living_socket(paper: PaperExchange, connect: Connect, which: Literal["both", "wall"]) -> None:
    """The clock jumps by 140 s: a ping goes out at once, and the pong shows that nothing needs to be done."""
    clock = JumpyClock()
    paper.quiet()
    watched = connect(options=AWAKE, clock=clock)
    watched.ws.subscribe_trades("BTC-USDT")
    assert paper.connections[0].pings == 0
    clock.jump(140, *([] if which == "both" else ["wall"]))
    assert paper.wait_for(lambda: paper.connections[0].pings == 1, 1 + SLACK_S)
    until(lambda: watched.ws.status()["links"]["public"]["round_trip_ms"] is not None, what="the pong")
    # A second jump is answered by a second ping: the first did not end the link.
    clock.jump(140, *([] if which == "both" else ["wall"]))
    assert paper.wait_for(lambda: paper.connections[0].pings == 2, 1 + SLACK_S)
    watched.states.until("connected")
    assert watched.states.kinds() == ["connected"]
    assert _reconnects(watched.ws) == 0


def test_waking_up_while_a_pong_was_awaited(paper: PaperExchange, connect: Connect) -> None:
    """A ping that was on its way when the machine fell asleep is not held against the socket: it is probed anew."""
    clock = JumpyClock()
    paper.quiet()
    paper.faults.no_pong()
    watched = connect(options=attrs.evolve(AWAKE, ping_s=0.05, wake_pong_s=2.0), clock=clock)
    watched.ws.subscribe_trades("BTC-USDT")
    assert paper.wait_for(lambda: paper.connections[0].pings == 1)
    paper.faults.no_pong(False)
    clock.jump(140)
    assert paper.wait_for(lambda: paper.connections[0].pings >= 2)
    until(lambda: watched.ws.status()["links"]["public"]["round_trip_ms"] is not None, what="the pong")
    watched.states.until("connected")
    assert watched.states.kinds() == ["connected"]


def test_waking_up_with_a_dead_socket(paper: PaperExchange, connect: Connect) -> None:
    """After the jump no pong comes: a new socket within the short deadline that holds for waking up."""
    clock = JumpyClock()
    paper.quiet()
    watched = connect(options=AWAKE, clock=clock)
    watched.ws.subscribe_trades("BTC-USDT")
    paper.faults.no_pong()
    began = time.monotonic()
    clock.jump(140)
    watched.states.until("restored")
    assert time.monotonic() - began < AWAKE.wake_pong_s + SLACK_S
    assert paper.connections[0].pings == 1


def test_a_reader_that_is_kept_waiting_still_pings(paper: PaperExchange, connect: Connect) -> None:
    """A consumer that blocks the link (policy ``block``, inline) does not silence the heartbeat, nor is it taken for
    a dead peer: the exchange keeps hearing from us, and the socket is kept.
    """
    watched, heard = connect(options=BRISK), Heard()
    hold, go_on = threading.Event(), threading.Event()

    def slow(event: object) -> None:
        heard(event)
        if hold.is_set():
            go_on.wait(10)

    watched.ws.subscribe_tickers("BTC-USDT", callback=slow, inline=True)
    hold.set()
    pings = paper.connections[0].pings
    assert paper.wait_for(lambda: paper.connections[0].pings >= pings + 5)
    go_on.set()
    heard.until_more(3)
    assert _reconnects(watched.ws) == 0
