"""Requests for orders when processes, links and Redis fail: carried out once or not at all, and doubt is said."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

import okx_sync
from okx_sync import ConnectionLost, OkxError, OkxTimeoutError, OrderStatusUnknown, Publisher
from okx_sync.fanout.order_codec import encode
from okx_sync.fanout.order_scripts import ASK
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.loopback.conftest import FAST, until

_PROGRAM = """
import json, sys
import okx_sync

told = json.loads(sys.stdin.readline())
keys = okx_sync.Credentials(**told["keys"])
config = getattr(okx_sync, told["config_class"])(credentials=keys, **told["config"])
with (
    getattr(okx_sync, told["client"])(config) as ws,
    okx_sync.Publisher(ws, told["broker"], account="alice", **told["options"]) as out,
):
    served = out.serve_orders(allow="all")
    print("ready", flush=True)
    for line in sys.stdin:
        print("active" if served.stats.is_active else "standby", flush=True)
"""


@attrs.frozen
class Wire:
    """An exchange whose orders are served: its clients by name, an order that rests there, and how it is answered."""

    client: str
    follower: str
    instrument: str
    words: dict[str, Any]
    rest_path: str
    settings: tuple[str, ...] = ()
    account: int = 0

    def config(self, paper: PaperExchange) -> Any:
        """Return the settings of a client."""
        if self.client == "WsClient":
            return paper.config
        if self.client == "BybitWsClient":
            return paper.bybit_config()
        return paper.bitget_config("v3", account="carol") if self.account else paper.bitget_config("v2")

    def follow(self, paper: PaperExchange, broker: Broker) -> Any:
        """Make a follower of the account."""
        return getattr(okx_sync, self.follower)(broker.url, account="alice", config=self.config(paper))

    def answer_late(self, paper: PaperExchange, seconds: float, times: int | None = None) -> None:
        """Hold the answers to orders back, on the stream and over REST."""
        paper.faults.delay(seconds, "ack", times=times)
        paper.faults.delay(seconds, "rest", self.rest_path, times=times)

    def placed(self, paper: PaperExchange) -> int:
        """Return how many orders the exchange has taken."""
        return paper.run(lambda: len(paper.venue.accounts[self.account].orders))


_RESTS = {"order_type": "limit", "side": "buy", "price": "30000"}
_OKX_URLS = "rest_url", "ws_public_url", "ws_private_url", "ws_business_url"
_BYBIT_URLS = "rest_url", "ws_public_url", "ws_private_url", "ws_trade_url"
_BITGET_URLS = "rest_url", "ws_public_url", "ws_private_url", "protocol"
_BITGET = "BitgetWsClient", "BitgetFanoutClient", "BTCUSDT", {"size": "0.02", **_RESTS}
OKX = Wire(
    "WsClient", "OkxFanoutClient", "BTC-USDT-SWAP", {"size": "1", "td_mode": "cross", **_RESTS},
    "/api/v5/trade/order", _OKX_URLS,
)  # fmt: skip
BYBIT = Wire(
    "BybitWsClient", "BybitFanoutClient", "BTCUSDT", {"size": "0.02", **_RESTS}, "/v5/order/create", _BYBIT_URLS
)
BITGET_V2 = Wire(*_BITGET, "/api/v2/mix/order/place-order", _BITGET_URLS)
BITGET_V3 = Wire(*_BITGET, "/api/v3/trade/place-order", _BITGET_URLS, account=2)
_NAMES = {"okx": OKX, "bybit": BYBIT, "bitget_v2": BITGET_V2, "bitget_v3": BITGET_V3}
_ALL = pytest.mark.parametrize("wire", _NAMES.values(), ids=_NAMES)
_DEAR = pytest.mark.parametrize(  # what starts processes, and waits for the end of a lease
    "wire",
    [pytest.param(one, id=name, marks=[pytest.mark.slow] * (one is not OKX)) for name, one in _NAMES.items()],
)


class Process:
    """A publisher that serves orders, in a process of its own."""

    def __init__(self, paper: PaperExchange, broker: Broker, wire: Wire, name: str, lease_s: float) -> None:
        config = wire.config(paper)
        keys = config.credentials
        settings = {one: getattr(config, one) for one in wire.settings}
        secrets = {one: "".join(getattr(keys, one)) for one in ("api_key", "secret_key", "passphrase")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        options = {"name": name, "lease_s": lease_s}
        classes = {"client": wire.client, "config_class": type(config).__name__}
        told = {"keys": secrets, "config": settings, "broker": broker.url, "options": options, **classes}
        self._write(json.dumps(told))
        assert self._line() == "ready"

    def _write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def role(self) -> str:
        """Ask whether it carries orders out."""
        self._write("?")
        return self._line()

    def close(self) -> None:
        """Kill it, stopped or not."""
        self.process.kill()
        self.process.communicate(timeout=10)


@contextmanager
def running(paper: PaperExchange, broker: Broker, wire: Wire, name: str, lease_s: float = 1.5) -> Iterator[Process]:
    made = Process(paper, broker, wire, name, lease_s)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def serving(paper: PaperExchange, broker: Broker, wire: Wire, name: str, **options: Any) -> Iterator[Publisher]:
    """A publisher of this process that serves orders."""
    with (
        getattr(okx_sync, wire.client)(wire.config(paper), options=FAST) as ws,
        Publisher(ws, broker.url, account="alice", name=name, **options) as out,
    ):
        out.serve_orders(allow="all")
        yield out


def placing(feed: Any, wire: Wire, timeout: float, client_order_id: str) -> Future[Any]:
    """Place an order, on a thread of its own."""
    told: Future[Any] = Future()

    def place() -> None:
        try:
            words = {**wire.words, "client_order_id": client_order_id, "timeout": timeout}
            told.set_result(feed.orders.place(wire.instrument, **words))
        except OkxError as error:
            told.set_exception(error)

    threading.Thread(target=place, daemon=True).start()
    return told


def keys_of(broker: Broker) -> OrderKeys:
    """Return the keys of the one account whose orders are served."""
    (facts,) = (key.decode() for key in broker.client.keys("*served-orders}:facts"))
    return OrderKeys(facts[facts.index("{") + 1 : facts.index("}")])


@_DEAR
def test_a_publisher_is_killed_between_taking_and_answering(paper: PaperExchange, broker: Broker, wire: Wire) -> None:
    """The follower is told that nobody knows; the order is there once, and the next publisher's stream says so."""
    with (
        running(paper, broker, wire, "first") as first,
        serving(paper, broker, wire, "second"),
        wire.follow(paper, broker) as feed,
    ):
        assert first.role() == "active"
        assert feed.orders.wait_synced(20)
        wire.answer_late(paper, 30)
        told = placing(feed, wire, 2.0, "killed1")
        until(lambda: wire.placed(paper) == 1)
        first.process.kill()
        paper.faults.clear()
        with pytest.raises(OrderStatusUnknown, match="may have been carried out") as error:
            told.result(20)
        assert error.value.clOrdId == "killed1"
        handle = feed.orders.get(client_order_id="killed1")
        assert handle is not None
        assert handle.wait_until(lambda one: one.status == "live", 20)
        assert placing(feed, wire, 10.0, "after1").result(20).wait_until(lambda one: one.status == "live", 20)
        assert wire.placed(paper) == 2


@_DEAR
def test_a_publisher_that_hangs_carries_nothing_out_later(paper: PaperExchange, broker: Broker, wire: Wire) -> None:
    """Alone, what it did not take is taken back; with a standby that one carries it out; and each is done once."""
    with running(paper, broker, wire, "first", 5.0) as first, wire.follow(paper, broker) as feed:
        assert feed.orders.wait_synced(20)
        first.process.send_signal(signal.SIGSTOP)
        with pytest.raises(OkxTimeoutError, match="taken back, and nothing was sent"):
            placing(feed, wire, 0.3, "back1").result(20)
        first.process.send_signal(signal.SIGCONT)
        until(lambda: broker.client.xlen(keys_of(broker).requests) == 0)
        until(lambda: first.role() == "active")
        assert wire.placed(paper) == 0
        with serving(paper, broker, wire, "second") as second:
            until(lambda: feed.orders.synced)
            first.process.send_signal(signal.SIGSTOP)
            told = placing(feed, wire, 20.0, "taken1")
            told.result(30)
            first.process.send_signal(signal.SIGCONT)
            until(lambda: first.role() == "standby")
            assert second._order_server is not None
            assert second._order_server.stats.is_active
            assert wire.placed(paper) == 1


@_ALL
def test_a_request_is_carried_out_once_and_in_time(paper: PaperExchange, broker: Broker, wire: Wire) -> None:
    """An entry that is there twice counts once; one whose time is over, or that cannot be read, changes nothing."""
    with serving(paper, broker, wire, "first") as out, wire.follow(paper, broker) as feed:
        server = out._order_server
        assert server is not None
        keys, before = keys_of(broker), feed.orders.wait_synced(20)
        assert before
        new = feed._live.spec.orders.new_order({"inst_id": wire.instrument, **wire.words})
        text, places = encode(["place", [new]]), (keys.lease, keys.facts, keys.requests)
        taken = server.stats.taken
        for request_id, request, left_ms in (("a", text, 5000), ("a", text, 5000), ("b", b"{", 5000), ("c", text, 0)):
            ASK.run(broker.client, places, request_id, request, left_ms)
        until(lambda: broker.client.xlen(keys.requests) == 0 and wire.placed(paper) == 1)
        until(lambda: broker.client.xlen(keys.answer("b")) == 1 and broker.client.xlen(keys.answer("a")) == 1)
        ASK.run(broker.client, places, "a", text, 5000)  # once more, behind its answer
        broker.client.delete(keys.taken("a"))  # and where Redis forgot that it was taken
        until(lambda: broker.client.xlen(keys.requests) == 0)
        assert placing(feed, wire, 10.0, "next1").result(20)
        assert wire.placed(paper) == 2
        assert server.stats.taken >= taken + 3


@_ALL
def test_a_cut_link_does_no_harm(paper: PaperExchange, broker: Broker, wire: Wire) -> None:
    """The answer is fetched over a new one; without Redis's memory nobody knows, and the order is there once."""
    with serving(paper, broker, wire, "first"), wire.follow(paper, broker) as feed:
        assert feed.orders.wait_synced(20)
        wire.answer_late(paper, 0.5, times=1)
        told = placing(feed, wire, 10.0, "cut1")
        until(lambda: wire.placed(paper) == 1)
        broker.client.client_kill_filter(_type="normal", skipme=True)
        assert told.result(20).client_order_id == "cut1"
        until(lambda: feed.orders.synced)
        wire.answer_late(paper, 1.0, times=1)
        told = placing(feed, wire, 2.0, "lost1")
        until(lambda: wire.placed(paper) == 2)
        broker.kill()
        with pytest.raises(OrderStatusUnknown):
            told.result(20)
        with pytest.raises(ConnectionLost, match="nothing was sent"):
            feed.orders.place(wire.instrument, **wire.words)
        broker.start()
        lost = feed.orders.get(client_order_id="lost1")
        assert lost is not None
        assert lost.wait_until(lambda one: one.status == "live", 20)
        assert wire.placed(paper) == 2
