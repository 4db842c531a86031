"""Orders of followers: carried out by the publisher, at most once and in time, with a live handle at the follower."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import (
    ConfigError,
    ConnectionLost,
    NotAllowedError,
    OrderLimitError,
    OrderLimits,
    Publisher,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import bitget_v2, bitget_v3, bybit, okx, okx_follower
from tests.loopback.conftest import FAST, until

_Client = Any


def words_of(client: _Client) -> dict[str, Any]:
    """Return what an order of this exchange wants besides the neutral words."""
    return {"td_mode": "cross"} if isinstance(client, WsClient) else {}


@pytest.mark.parametrize("make", [okx, bybit, bitget_v2, bitget_v3])
def test_a_follower_places_amends_and_cancels(
    paper: PaperExchange, broker: Broker, make: Callable[[PaperExchange, str], tuple[_Client, _Client, str]]
) -> None:
    """The handle lives at the follower: its id was chosen there, and the account's stream tells what becomes of it."""
    client, feed, instrument = make(paper, broker.url)
    instrument = "BTC-USDT-SWAP" if instrument == "BTC-USDT" else instrument
    words = words_of(client)
    with client, Publisher(client, broker.url, account="alice") as out, feed:
        out.serve_orders(allow="all")
        assert feed.orders.wait_synced(10)
        book = client.order_book(instrument)
        assert book.wait_valid(10)
        price = str(int(book.best_bid.price * 9 / 10))
        order = feed.orders.place(instrument, "buy", "1", price, **words)
        assert order.wait_until(lambda one: one.status == "live", 10)
        changed = order.amend(size="2")
        assert changed.wait_until(lambda one: one.size == 2, 10)
        assert changed.cancel()
        assert changed.wait_done(10)
        assert changed.status == "canceled"
        market = feed.orders.place(instrument, "buy", "1", **words)
        assert market.wait_done(10)
        assert market.status == "filled"
        closed = feed.orders.close_position(instrument)
        assert closed.ok
        assert [one.verdict for one in closed] == ["accepted"]
        waiting = [feed.orders.place(instrument, "buy", "1", price, **words) for _ in range(2)]
        assert feed._live.spec.orders.fills_of(market.snapshot())
        ended = feed.orders.cancel_all(instrument)
        assert len(ended) == 2
        assert all(one.wait_done(10) for one in waiting)
        assert len(feed.orders.cancel_all(instrument)) == 0


def test_what_is_not_allowed_is_refused_by_name(paper: PaperExchange, broker: Broker) -> None:
    """Before anything is sent, with the publisher's list; what passes the client's limits comes back as such."""
    limits = OrderLimits(max_notional=1_000_000_000, allowed=["BTC-USDT-SWAP", "ETH-USDT-SWAP"])
    with okx_follower(broker, paper) as feed, WsClient(paper.config, options=FAST, limits=limits) as ws:
        with Publisher(ws, broker.url, account="alice", name="desk") as out:
            out.publish_orders("ANY")
            orders = feed.orders
            assert "no publisher had ever served orders of this account" in str(orders.unsynced_reason)
            with pytest.raises(ConfigError, match="orders cannot be sent from here: no publisher"):
                orders.place("BTC-USDT-SWAP", "buy", "1", td_mode="cross")
            server = out.serve_orders(allow=["place", "BTC-USDT-SWAP", "BTC-USDT"])
            with pytest.raises(ConfigError, match="carries out orders already"):
                out.serve_orders(allow="all")
            assert repr(server) == "<OrderServer of desk: place, BTC-USDT-SWAP, BTC-USDT>"
            with pytest.raises(NotAllowedError, match="desk does not carry out place of ETH-USDT-SWAP") as told:
                orders.place("ETH-USDT-SWAP", "buy", "1", td_mode="cross")
            assert told.value.allowed == ("place", "BTC-USDT-SWAP", "BTC-USDT")
            assert len(orders.snapshot().finished) == 0
            order = orders.place("BTC-USDT-SWAP", "buy", "1", "20000", td_mode="cross")
            with pytest.raises(NotAllowedError, match="does not carry out cancel of BTC-USDT-SWAP"):
                order.cancel()
            with pytest.raises(OrderLimitError) as limited:
                orders.place("BTC-USDT", "buy", "1", "20000", td_mode="cash")
            assert limited.value.limit == "allowed"
            assert server.stats.refused == 1
            server.stop()
            server.stop()
            assert not server.stats.is_active
            out.serve_orders(allow=["amend"])
            assert order.amend(size="2").wait_until(lambda one: one.size == 2, 10)
        with pytest.raises(ConnectionLost, match="the last publisher that did, desk, was last seen at"):
            orders.place("BTC-USDT-SWAP", "buy", "1", td_mode="cross")


@pytest.mark.parametrize(
    ("allow", "text"),
    [
        ("place", "allow cannot be 'place'"),
        ([], "allow is empty"),
        (["plcae"], "allow cannot have 'plcae'"),
        ([""], "allow cannot have ''"),
    ],
)
def test_allow_is_checked(paper: PaperExchange, broker: Broker, allow: Any, text: str) -> None:
    """What is neither a verb nor an instrument's name is refused, and so is a client without a key."""
    with WsClient(paper.public_config) as ws, Publisher(ws, broker.url) as out:
        with pytest.raises(ConfigError, match=text):
            out.serve_orders(allow=allow)
        with pytest.raises(ConfigError, match="this client sends no orders"):
            out.serve_orders(allow="all")


@pytest.mark.parametrize("make", [okx, bybit, bitget_v2, bitget_v3])
def test_brackets_and_algo_orders(
    paper: PaperExchange, broker: Broker, make: Callable[[PaperExchange, str], tuple[_Client, _Client, str]]
) -> None:
    """What an order brings with it, and what waits by itself, is placed, changed and canceled as by a live client."""
    client, feed, instrument = make(paper, broker.url)
    instrument = "BTC-USDT-SWAP" if instrument == "BTC-USDT" else instrument
    words = words_of(client)
    with client, Publisher(client, broker.url, account="alice") as out, feed:
        out.serve_orders(allow="all")
        book = client.order_book(instrument)
        assert book.wait_valid(10)
        price = int(book.best_bid.price)
        order = feed.orders.place(
            instrument, "buy", "1", str(price // 2), take_profit=str(price * 2), stop_loss=str(price // 4), **words
        )
        assert order.stop_loss is not None
        until(lambda: order.stop_loss.status == "attached")
        order.cancel()
        assert order.wait_done(10)
        algo = feed.orders.place_algo("trigger", instrument, "buy", "1", trigger=str(price // 2), **words)
        assert algo.wait_until(lambda one: one.status == "armed", 10)
        algo.amend(trigger=str(price // 3))
        assert algo.wait_until(lambda one: one.trigger.price == price // 3, 10)
        assert algo.cancel()
        assert algo.wait_until(lambda one: one.status == "canceled", 10)
        feed.orders.place(instrument, "buy", "1", **words).wait_done(10)
        assert feed.orders.close_position(instrument).wait_done(10)


def test_no_secret_reaches_redis(paper: PaperExchange, broker: Broker) -> None:
    """Neither in a request, which is refused, nor in the answer to one."""
    keys = paper.config.credentials
    assert keys is not None
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        out.serve_orders(allow="all")
        with okx_follower(broker, paper) as feed:
            secret = "".join(keys.secret_key)
            with pytest.raises(ConfigError, match="a secret would be written to Redis"):
                feed.orders.place("BTC-USDT-SWAP", "buy", "1", "20000", td_mode="cross", tag=secret)
            assert feed.orders.place("BTC-USDT-SWAP", "buy", "1", "20000", td_mode="cross")
        told = b"".join(broker.client.dump(key) for key in broker.client.keys("*"))
        for secret in (keys.api_key, keys.secret_key, keys.passphrase):
            assert "".join(secret).encode() not in told
