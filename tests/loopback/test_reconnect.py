"""However a socket dies, and whenever: a fresh login, every topic restored exactly once, callbacks go on."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

import attrs
import orjson
import pytest

from okx_sync import OkxClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, Connect, Heard, Watched, until
from tests.variants import mostly_slow

Kill = Callable[[PaperExchange, Watched], object]


def _drop(how: str, code: int | None = None) -> Kill:
    return lambda paper, _: paper.faults.drop(how, code)  # type: ignore[arg-type]


def _mid_login(paper: PaperExchange, _: Watched) -> None:
    paper.faults.drop_on("login", "fin", path="private")
    paper.faults.drop()


def _mid_resubscribe(paper: PaperExchange, _: Watched) -> None:
    for path in ("public", "private", "business"):
        paper.faults.drop_on("subscribe", "rst", path=path)
    paper.faults.drop()


def _mid_ack(paper: PaperExchange, _: Watched) -> None:
    paper.faults.drop_on("ack", "fin", after=1, path="public")
    paper.faults.drop_on("ack", "rst", path="private")
    paper.faults.drop("close", 1012)


def _just_open(paper: PaperExchange, _: Watched) -> None:
    paper.faults.drop_on("open", "rst", times=3)
    paper.faults.drop()


def _bad_gateway(paper: PaperExchange, _: Watched) -> None:
    paper.faults.refuse_handshake(502, times=4)
    paper.faults.drop("fin")


def _reset_connects(paper: PaperExchange, _: Watched) -> None:
    paper.faults.refuse_connect(times=4)
    paper.faults.drop()


def _port_closed(paper: PaperExchange, watched: Watched) -> None:
    paper.faults.refuse_connect()
    tried = len(watched.states.of(kind="reconnecting"))
    paper.faults.drop()
    until(lambda: len(watched.states.of(kind="reconnecting")) >= tried + 6, what="some refused attempts")
    paper.faults.accept_connect()


def _by_hand(_: PaperExchange, watched: Watched) -> None:
    watched.ws.reconnect()


WAYS: dict[str, Kill] = {
    "rst": _drop("rst"),
    "fin": _drop("fin"),
    "close-1001": _drop("close", 1001),
    "close-1012": _drop("close", 1012),
    "close-1006": _drop("close", 1006),
    "close-4004": _drop("close", 4004),
    "mid-login": _mid_login,
    "mid-resubscribe": _mid_resubscribe,
    "mid-ack": _mid_ack,
    "just-open": _just_open,
    "http-502": _bad_gateway,
    "connect-reset": _reset_connects,
    "connect-refused": _port_closed,
    "reconnect()": _by_hand,
}


# One way of each kind; the others are of the slow set.
EVERY_RUN = ["rst", "close-1012", "mid-login", "mid-resubscribe", "mid-ack", "just-open", "http-502", "reconnect()"]


@attrs.define
class Scene:
    """A client with callbacks on all three paths, and what the exchange should have of it."""

    paper: PaperExchange
    watched: Watched
    rest: OkxClient
    public: Heard
    business: Heard
    private: Heard
    topics: Counter[str]
    outages: int = 0
    price: int = 65_000

    def survive(self, kill: Kill) -> None:
        """One outage, and everything that is promised after it."""
        self.outages += 1
        kill(self.paper, self.watched)
        for link in ("public", "private", "business"):
            self.watched.states.until("restored", self.outages, link)
        until(lambda: self.paper.topics() == self.topics, what=f"{self.paper.topics()} to become {self.topics}")
        self.check_server()
        self.check_callbacks()

    def check_server(self) -> None:
        """Each live socket: at most one login, each topic asked once. No dead one asked for anything twice."""
        assert [one.duplicates for one in self.paper.connections if one.duplicates] == []
        live = {one.path: one for one in self.paper.open_connections}
        assert len(live) == len(self.paper.open_connections) == 3
        assert {path: one.logins for path, one in live.items()} == {"public": 0, "private": 1, "business": 0}
        asked: Counter[str] = Counter()
        for one in live.values():
            asked += one.asked
        assert asked == self.topics

    def check_callbacks(self) -> None:
        """Public, business and private callbacks hear what happens from now on."""
        public, business, before = len(self.public), len(self.business), len(self.private)
        self.price += 1
        self.paper.trade_at("BTC-USDT", str(self.price), "0.01")
        placed = self.rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
        self.rest.cancel_order("BTC-USDT", placed.ordId)
        until(lambda: len(self.public) > public, what="public data")
        until(lambda: len(self.business) > business, what="business data")
        until(lambda: len(self.private) >= before + 2, what="two order events")
        assert [order.state for order in list(self.private)[before:]] == ["live", "canceled"]


def _scene(paper: PaperExchange, watched: Watched, rest: OkxClient) -> Scene:
    paper.quiet()
    public, business, private = Heard(), Heard(), Heard()
    ws = watched.ws
    for inst_id in ("BTC-USDT", "ETH-USDT"):
        ws.subscribe_tickers(inst_id, callback=public)
        ws.subscribe("trades", public, instId=inst_id)
        ws.subscribe("trades-all", business, instId=inst_id)
    ws.subscribe("orders", private, instType="ANY")
    ws.subscribe("account")
    topics = paper.topics()
    assert set(topics.values()) == {1}
    assert len(topics) == 8
    scene = Scene(paper, watched, rest, public, business, private, topics)
    scene.check_callbacks()
    return scene


def _login_ages(paper: PaperExchange) -> list[float]:
    """How old each login's timestamp was when it arrived, seconds."""
    since_boot = time.time() - time.monotonic()
    logins = [(frame.at, orjson.loads(frame.text)) for frame in paper.seen if '"login"' in frame.text]
    return [at + since_boot - float(login["args"][0]["timestamp"]) for at, login in logins]


@pytest.mark.parametrize("way", mostly_slow(WAYS, EVERY_RUN))
def test_every_way_to_die(paper: PaperExchange, connect: Connect, way: str) -> None:
    """After each loss: one login with a fresh timestamp, each topic subscribed exactly once, callbacks resume."""
    watched = connect()
    with OkxClient(paper.config) as rest:
        scene = _scene(paper, watched, rest)
        scene.survive(WAYS[way])
        assert all(-1.0 < age < 2.0 for age in _login_ages(paper))
        assert list(watched.errors) == []


def test_one_loss_after_another(paper: PaperExchange, connect: Connect) -> None:
    """Several losses in a row leave nothing behind that the next one would trip over."""
    watched = connect()
    with OkxClient(paper.config) as rest:
        scene = _scene(paper, watched, rest)
        for way in ("mid-ack", "rst", "http-502", "mid-login", "close-1001"):
            scene.survive(WAYS[way])
        assert list(watched.errors) == []


@pytest.mark.slow
def test_fifty_kills(paper: PaperExchange, connect: Connect) -> None:
    """Fifty losses in a random order of all ways: nothing is ever asked twice, callbacks always resume."""
    watched = connect()
    ways = [*WAYS] * 4
    random.Random(50).shuffle(ways)
    with OkxClient(paper.config) as rest:
        scene = _scene(paper, watched, rest)
        for way in ways[:50]:
            scene.survive(WAYS[way])
        assert all(-1.0 < age < 2.0 for age in _login_ages(paper))
        assert list(watched.errors) == []


def test_a_large_replay_dies_in_the_middle(paper: PaperExchange, connect: Connect) -> None:
    """Many topics come back in a few requests; when the socket dies between two of them, each is asked once more."""
    watched = connect(options=attrs.evolve(FAST, ack_s=60.0))  # a busy machine may be late with its acks
    bars = [f"{n}{unit}" for unit, numbers in (("m", (1, 3, 5, 15, 30)), ("H", (1, 2, 4, 6, 12))) for n in numbers]
    for inst_id in ("BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP"):
        for bar in bars:
            for family in ("candle", "mark-price-candle", "index-candle"):
                index = inst_id.removesuffix("-SWAP") if family == "index-candle" else inst_id
                watched.ws.subscribe(family + bar, name=f"{family}{bar}{inst_id}", instId=index, wait=False)
    topics = watched.ws.subscription_count()
    assert topics == 100
    until(lambda: paper.topics().total() == topics, what="all topics")
    more = [watched.ws.subscribe(f"candle{bar}", instId=i) for bar in ("1D", "1W") for i in ("BTC-USDT", "ETH-USDT")]
    paper.faults.drop_on("subscribe", "rst", after=1)
    paper.faults.drop()
    watched.states.until("restored")
    assert paper.topics().total() == topics + len(more)
    assert [one.duplicates for one in paper.connections if one.duplicates] == []
    assert [one.subscribes for one in paper.connections[1:]] == [2, 2]
