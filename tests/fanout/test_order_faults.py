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

import pytest

from okx_sync import (
    ConnectionLost,
    OkxError,
    OkxFanoutClient,
    OkxTimeoutError,
    OrderStatusUnknown,
    Publisher,
    WsClient,
)
from okx_sync.fanout.order_codec import encode
from okx_sync.fanout.order_scripts import ASK
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import okx_follower
from tests.loopback.conftest import FAST, until

_PROGRAM = """
import json, sys
from okx_sync import Config, Credentials, Publisher, WsClient

told = json.loads(sys.stdin.readline())
config = Config(credentials=Credentials(**told["keys"]), **told["config"])
with WsClient(config) as ws, Publisher(ws, told["broker"], account="alice", **told["options"]) as out:
    served = out.serve_orders(allow="all")
    print("ready", flush=True)
    for line in sys.stdin:
        print("active" if served.stats.is_active else "standby", flush=True)
"""
_WORDS: dict[str, Any] = {"order_type": "limit", "td_mode": "cross"}


class Process:
    """A publisher that serves orders, in a process of its own."""

    def __init__(self, paper: PaperExchange, broker: Broker, name: str, lease_s: float) -> None:
        config, keys = paper.config, paper.config.credentials
        assert keys is not None
        urls = {one: getattr(config, one) for one in ("rest_url", "ws_public_url", "ws_private_url", "ws_business_url")}
        secrets = {one: "".join(getattr(keys, one)) for one in ("api_key", "secret_key", "passphrase")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        options = {"name": name, "lease_s": lease_s}
        self._write(json.dumps({"keys": secrets, "config": urls, "broker": broker.url, "options": options}))
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
def running(paper: PaperExchange, broker: Broker, name: str, lease_s: float = 1.5) -> Iterator[Process]:
    made = Process(paper, broker, name, lease_s)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def serving(paper: PaperExchange, broker: Broker, name: str, **options: Any) -> Iterator[Publisher]:
    """A publisher of this process that serves orders."""
    with (
        WsClient(paper.config, options=FAST) as ws,
        Publisher(ws, broker.url, account="alice", name=name, **options) as out,
    ):
        out.serve_orders(allow="all")
        yield out


def placing(feed: OkxFanoutClient, timeout: float, client_order_id: str) -> Future[Any]:
    """Place an order, on a thread of its own."""
    told: Future[Any] = Future()

    def place() -> None:
        try:
            words = {**_WORDS, "client_order_id": client_order_id, "timeout": timeout}
            told.set_result(feed.orders.place("BTC-USDT-SWAP", "buy", "1", "20000", **words))
        except OkxError as error:
            told.set_exception(error)

    threading.Thread(target=place, daemon=True).start()
    return told


def placed(paper: PaperExchange) -> int:
    """Return how many orders the exchange has taken."""
    return paper.run(lambda: len(paper.venue.accounts[0].orders))


def keys_of(broker: Broker) -> OrderKeys:
    """Return the keys of the one account whose orders are served."""
    (facts,) = (key.decode() for key in broker.client.keys("*served-orders}:facts"))
    return OrderKeys(facts[facts.index("{") + 1 : facts.index("}")])


def test_a_publisher_is_killed_between_taking_and_answering(paper: PaperExchange, broker: Broker) -> None:
    """The follower is told that nobody knows; the order is there once, and the next publisher's stream says so."""
    with (
        running(paper, broker, "first") as first,
        serving(paper, broker, "second"),
        okx_follower(broker, paper) as feed,
    ):
        assert first.role() == "active"
        assert feed.orders.wait_synced(20)
        paper.faults.delay(30, "ack")
        told = placing(feed, 2.0, "killed1")
        until(lambda: placed(paper) == 1)
        first.process.kill()
        paper.faults.clear()
        with pytest.raises(OrderStatusUnknown, match="may have been carried out") as error:
            told.result(20)
        assert error.value.clOrdId == "killed1"
        handle = feed.orders.get(client_order_id="killed1")
        assert handle is not None
        assert handle.wait_until(lambda one: one.status == "live", 20)
        assert placing(feed, 10.0, "after1").result(20).wait_until(lambda one: one.status == "live", 20)
        assert placed(paper) == 2


def test_a_publisher_that_hangs_carries_nothing_out_later(paper: PaperExchange, broker: Broker) -> None:
    """Alone, what it did not take is taken back; with a standby that one carries it out; and each is done once."""
    with running(paper, broker, "first", 5.0) as first, okx_follower(broker, paper) as feed:
        assert feed.orders.wait_synced(20)
        first.process.send_signal(signal.SIGSTOP)
        with pytest.raises(OkxTimeoutError, match="taken back, and nothing was sent"):
            placing(feed, 0.3, "back1").result(20)
        first.process.send_signal(signal.SIGCONT)
        until(lambda: broker.client.xlen(keys_of(broker).requests) == 0)
        until(lambda: first.role() == "active")
        assert placed(paper) == 0
        with serving(paper, broker, "second") as second:
            until(lambda: feed.orders.synced)
            first.process.send_signal(signal.SIGSTOP)
            told = placing(feed, 20.0, "taken1")
            told.result(30)
            first.process.send_signal(signal.SIGCONT)
            until(lambda: first.role() == "standby")
            assert second._order_server is not None
            assert second._order_server.stats.is_active
            assert placed(paper) == 1


def test_a_request_is_carried_out_once_and_in_time(paper: PaperExchange, broker: Broker) -> None:
    """An entry that is there twice counts once; one whose time is over, or that cannot be read, changes nothing."""
    with serving(paper, broker, "first") as out, okx_follower(broker, paper) as feed:
        server = out._order_server
        assert server is not None
        keys, before = keys_of(broker), feed.orders.wait_synced(20)
        assert before
        new = feed._live.spec.orders.new_order({
            "inst_id": "BTC-USDT-SWAP", "side": "buy", "size": "1", "price": "20000", **_WORDS
        })  # fmt: skip
        text, places = encode(["place", [new]]), (keys.lease, keys.facts, keys.requests)
        taken = server.stats.taken
        for request_id, request, left_ms in (("a", text, 5000), ("a", text, 5000), ("b", b"{", 5000), ("c", text, 0)):
            ASK.run(broker.client, places, request_id, request, left_ms)
        until(lambda: broker.client.xlen(keys.requests) == 0 and placed(paper) == 1)
        until(lambda: broker.client.xlen(keys.answer("b")) == 1 and broker.client.xlen(keys.answer("a")) == 1)
        ASK.run(broker.client, places, "a", text, 5000)  # once more, behind its answer
        broker.client.delete(keys.taken("a"))  # and where Redis forgot that it was taken
        until(lambda: broker.client.xlen(keys.requests) == 0)
        assert placing(feed, 10.0, "next1").result(20)
        assert placed(paper) == 2
        assert server.stats.taken >= taken + 3


def test_a_cut_link_does_no_harm(paper: PaperExchange, broker: Broker) -> None:
    """The answer is fetched over a new one; without Redis's memory nobody knows, and the order is there once."""
    with serving(paper, broker, "first"), okx_follower(broker, paper) as feed:
        assert feed.orders.wait_synced(20)
        paper.faults.delay(0.5, "ack", times=1)
        told = placing(feed, 10.0, "cut1")
        until(lambda: placed(paper) == 1)
        broker.client.client_kill_filter(_type="normal", skipme=True)
        assert told.result(20).client_order_id == "cut1"
        until(lambda: feed.orders.synced)
        paper.faults.delay(1.0, "ack", times=1)
        told = placing(feed, 2.0, "lost1")
        until(lambda: placed(paper) == 2)
        broker.kill()
        with pytest.raises(OrderStatusUnknown):
            told.result(20)
        with pytest.raises(ConnectionLost, match="nothing was sent"):
            feed.orders.place("BTC-USDT-SWAP", "buy", "1", "20000", **_WORDS)
        broker.start()
        lost = feed.orders.get(client_order_id="lost1")
        assert lost is not None
        assert lost.wait_until(lambda one: one.status == "live", 20)
        assert placed(paper) == 2
