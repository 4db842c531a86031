"""Sockets die, fall silent, are restarted and grow old: the streams go on."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from okx_sync import LinkOptions
from okx_sync.paper import PaperClock, PaperExchange
from tests.conformance.conftest import Connect, Watched, cancel, place, topic_of
from tests.conformance.wire_protocols import SWAP, Wire
from tests.loopback.clocks import PaperTimed
from tests.loopback.conftest import BRISK, FAST, Heard, until

SLACK_S = 1.0  # what a busy machine may add to a deadline


@attrs.define
class Scene:
    """A client on all links of its wire, and what the server should have of it."""

    paper: PaperExchange
    wire: Wire
    watched: Watched
    topics: Counter[str]
    trades: Heard
    orders: Heard
    price: int = 65_000

    @property
    def links(self) -> list[str]:
        """The links that are in use."""
        return list(self.watched.ws.status()["links"])

    def survive(self, kill: Callable[[], object]) -> None:
        """One outage, and everything that is promised after it."""
        states = self.watched.states
        told = {(link, kind): len(states.of(link, kind)) for link in self.links for kind in ("restored", "gap")}
        kill()
        for (link, kind), times in told.items():  # a gap is told only after what it lacked was asked of REST
            states.until(kind, times + 1, link)
        until(lambda: self.paper.topics() == self.topics, what=f"{self.paper.topics()} to become {self.topics}")
        self.check_server()
        self.check_data()

    def check_server(self) -> None:
        """One socket per link, one login on the private one, each topic asked once; no socket ever asked twice."""
        assert [one.duplicates for one in self.paper.connections if one.duplicates] == []
        live = self.paper.open_connections
        assert len(live) == len(self.links)
        assert {one.logins for one in live} <= {0, 1}
        assert sum(one.logins for one in live) == 1
        asked: Counter[str] = Counter()
        for one in live:
            asked += one.asked
        assert asked == self.topics

    def check_data(self) -> None:
        """Public and private callbacks hear what happens from now on."""
        trades, orders = len(self.trades), len(self.orders)
        self.price += 1
        self.paper.trade_at(SWAP, str(self.price), "1")
        cancel(self.paper, place(self.paper))
        if self.wire.trades is not None:
            until(lambda: len(self.trades) > trades, what="public data")
        until(lambda: len(self.orders) >= orders + 2, what="two order events")
        new = [row.to_update().status for row in list(self.orders)[orders:]]
        assert new == ["live", "canceled"]


@pytest.fixture
def scene(paper: PaperExchange, wire: Wire, connect: Connect) -> Scene:
    """A client that has subscribed public and private streams and hears them."""
    watched, trades, orders = connect(), Heard(), Heard()
    if wire.trades is not None:
        watched.subscribe(wire.trades, trades)
        watched.subscribe(wire.market[0])
    watched.subscribe(wire.orders, orders)
    watched.subscribe(wire.more_private[0])
    count = 2 if wire.trades is None else 4
    until(lambda: len(paper.topics()) == count, what="all topics")  # an ack may come before the server is ready
    made = Scene(paper, wire, watched, paper.topics(), trades, orders)
    made.check_data()
    return made


def test_every_way_to_die(scene: Scene) -> None:
    """A socket dies in any way, at any moment: reconnected, logged in, each topic restored exactly once."""
    faults = scene.paper.faults

    def again(event: Any, how: Any, times: int = 1) -> None:
        faults.drop_on(event, how, times=times)
        faults.drop()

    def refused() -> None:
        faults.refuse_handshake(502, times=2)
        faults.drop("fin")

    ways: list[Callable[[], object]] = [
        lambda: faults.drop("rst"),
        lambda: faults.drop("fin"),
        lambda: faults.drop("close", 1012),
        lambda: again("open", "rst", 3),
        lambda: again("login", "fin"),
        lambda: again("subscribe", "rst", 2),
        lambda: again("ack", "fin", 2),
        refused,
    ]
    for way in ways:
        scene.survive(way)
    told = scene.watched.states.kinds("private")
    # A link that is lost again while the outage before it is recovered makes one gap of both.
    assert told.count("lost") >= told.count("restored") >= told.count("gap") >= len(ways)
    assert list(scene.watched.errors) == []


@pytest.mark.slow
def test_fifty_reconnects(scene: Scene) -> None:
    """Fifty forced reconnects: nothing is ever asked twice on a socket, and the streams go on."""
    for number in range(1, 51):
        scene.watched.ws.reconnect()
        for link in scene.links:
            scene.watched.states.until("restored", number, link)
    until(lambda: scene.paper.topics() == scene.topics, what=f"{scene.paper.topics()} to become {scene.topics}")
    scene.check_server()
    scene.check_data()
    assert list(scene.watched.errors) == []


def test_a_half_open_socket(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A half-open socket is noticed within the deadlines of ping and pong, and replaced."""
    watched, heard = connect(BRISK), Heard()
    watched.subscribe(wire.orders, heard)
    paper.faults.blackhole()
    began = time.monotonic()
    lost = watched.states.until("lost")
    assert time.monotonic() - began < BRISK.ping_s + BRISK.pong_s + SLACK_S
    assert "no sign of life" in str(lost.reason)
    paper.faults.blackhole(False)
    watched.states.until("restored")
    place(paper)
    heard.until_more(1 - len(heard))


class Counted(PaperTimed):
    """The exchange's clock, which knows how often the heartbeat has looked at it."""

    looks = 0

    def monotonic(self) -> float:
        self.looks += threading.current_thread().name.startswith("okx-ping-")
        return super().monotonic()


def test_the_heartbeat_keeps_a_socket(wire: Wire) -> None:
    """With its own deadlines the client keeps a socket for long, silent or busy: the exchange counts its pings."""
    with PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True)) as paper:
        clock = Counted(paper)
        options = attrs.evolve(LinkOptions(), tick_s=0.002, wake_s=10_000.0, pong_s=1000.0)  # pongs take real time
        with wire.client(wire.config(paper), options=options, clock=clock) as ws:
            arg = topic_of(paper, lambda: ws.subscribe(wire.orders.channel, None, **wire.orders.args))
            for number in range(70):  # silent for a minute, then busy for two and a half
                if number >= 20:
                    paper.push(arg, [wire.orders.row(number)])
                seen = clock.looks + 20
                until(lambda seen=seen: clock.looks >= seen, what="some ticks of the client")  # type: ignore[misc]
                paper.clock.advance(3)
            assert [one.closed_by for one in paper.connections] == [""]
            assert paper.connections[0].pings > 2


def _trade_through(paper: PaperExchange, wire: Wire, watched: Watched, done: Callable[[], bool]) -> None:
    """Place and cancel orders, one after the other, until ``done``: each is told once as live and once as canceled.

    A wire that begins a stream with the list of open orders tells of them again on a new socket.
    """
    orders, wanted = Heard(), Counter[tuple[str, str]]()
    watched.subscribe(wire.orders, orders)
    is_last = False
    while not is_last:
        is_last = done()
        venue_id = place(paper)
        cancel(paper, venue_id)
        name = wire.order_id(venue_id)
        wanted += Counter([(name, "live"), (name, "canceled")])
        until(lambda name=name: (name, "canceled") in _told(orders), what="the end of the order")  # type: ignore[misc]
    told = _told(orders)
    assert wanted - told == Counter()
    again = {status for _, status in told - wanted}
    assert again <= ({"live"} if wire.lists_open_orders else set())


def _told(orders: Heard) -> Counter[tuple[str, str]]:
    return Counter((one.order_id, one.status) for one in (row.to_update() for row in orders))


def _is_smooth(watched: Watched) -> None:
    """Nobody noticed anything."""
    assert watched.states.of(kind="lost") == watched.states.of(kind="gap") == []
    assert list(watched.errors) == []


def test_an_announced_restart(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The exchange says it will restart: the new socket first, then the old one goes; nothing is lost or repeated."""
    watched = connect()
    watched.subscribe(wire.orders)
    assert paper.faults.notice(close_after=None) == 1
    _trade_through(paper, wire, watched, lambda: bool(watched.states.of(kind="replaced")))
    until(lambda: len(paper.open_connections) == 1, what="the end of the old socket")
    old, new = paper.connections
    assert (old.closed_code, old.closed_by, new.open) == (1000, "closed by the client", True)
    _is_smooth(watched)


def test_a_planned_rotation(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """``rotate_s``: a socket that old is replaced, make before break; nothing is lost or repeated."""
    watched = connect(attrs.evolve(FAST, rotate_s=0.15, drain_s=0.02))
    _trade_through(paper, wire, watched, lambda: len(watched.states.of(kind="replaced")) >= 2)
    _is_smooth(watched)
