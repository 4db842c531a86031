"""``ws.metrics()``: a client in numbers. What is not known is None, and says why."""

from __future__ import annotations

import queue
from typing import Any

import pytest

from okx_sync import ClientMetrics, PaperExchange, WsClient
from okx_sync.clients.fed_client import FedClient
from okx_sync.errors import ConfigError
from okx_sync.live.metrics import TopicMetrics
from okx_sync.store.player import ReplayClock
from tests.live import busy_exchange
from tests.loopback.conftest import Heard, until

paper = busy_exchange.busy_paper
ws = busy_exchange.ws


def topic(metrics: ClientMetrics, channel: str) -> TopicMetrics:
    return next(one for one in metrics.topics if one.channel == channel)


def test_a_client_that_has_done_nothing(ws: WsClient) -> None:
    """Nothing came, which is known; the clock and the orders are not."""
    metrics = ws.metrics()
    assert (metrics.exchange, metrics.account, metrics.received, metrics.errors) == ("okx", "alice", 0, 0)
    assert metrics.clock_offset_us is None
    assert metrics.orders is None
    assert not any((metrics.topics, metrics.sockets, metrics.limits, metrics.events, metrics.unknown))


def test_events_by_topic_and_in_all(ws: WsClient) -> None:
    """Of what has ended, too, so that the sums never fall."""
    heard = Heard()
    sub = ws.subscribe_tickers("BTC-USDT", callback=heard)
    until(lambda: len(heard) >= 2)
    one = topic(ws.metrics(), "tickers")
    assert (one.topic, one.name, one.dropped) == ("tickers(instId=BTC-USDT)", None, 0)
    assert "Heard" in one.consumer
    assert one.received >= one.delivered >= 2
    assert one.silent_us is not None
    sub.unsubscribe()
    metrics = ws.metrics()
    assert metrics.topics == ()
    assert metrics.received >= len(heard) > 0


def test_sockets_have_what_is_left_of_their_budget(ws: WsClient) -> None:
    """By path and shard, with what state events there were."""
    ws.subscribe_tickers("BTC-USDT", callback=print)
    (socket,) = ws.metrics().sockets
    assert (socket.path, socket.shard, socket.is_connected, socket.topics, socket.reconnects) == (
        "public",
        0,
        True,
        1,
        0,
    )
    assert socket.requests_left == socket.requests_per_hour - 1
    assert socket.silent_us is not None
    ws.reconnect()
    until(lambda: ws.metrics().sockets[0].reconnects == 1)
    until(lambda: ws.metrics().events.get("restored"))
    assert ws.metrics().events["lost"] == 1


def test_the_way_from_the_exchange_needs_its_clock(ws: WsClient) -> None:
    """Before it is measured that is said, and no number is made up."""
    ws.subscribe_tickers("BTC-USDT", callback=Heard(), inline=True)
    until(lambda: topic(ws.metrics(), "tickers").socket_to_consumer)
    one = topic(ws.metrics(), "tickers")
    assert one.exchange_to_socket is one.exchange_to_consumer is None
    assert one.unknown_because == "nobody has measured the exchange's clock: sync_clock()"
    assert abs(ws.sync_clock()) < 5
    until(lambda: topic(ws.metrics(), "tickers").exchange_to_consumer)
    metrics = ws.metrics()
    assert metrics.clock_offset_us == int(ws.clock.offset_s * 1_000_000)
    one = topic(metrics, "tickers")
    assert one.unknown_because is None
    assert one.exchange_to_socket is not None
    assert one.exchange_to_socket.count <= one.received


def test_why_a_delay_is_not_known(ws: WsClient, paper: PaperExchange) -> None:
    """A queue of the user's, nothing measured yet, no time of the exchange, a time of long ago, a recording."""
    ws.sync_clock()
    ws.subscribe_trades("BTC-USDT", queue=queue.Queue())
    ws.subscribe_tickers("BTC-USDT")
    candles = ws.subscribe_candles("BTC-USDT", "1m", callback=Heard(), inline=True)
    ws.subscribe_positions(callback=print)
    until(lambda: candles.lag)
    metrics = ws.metrics()
    assert "queue of yours" in str(topic(metrics, "trades").unknown_because)
    assert topic(metrics, "tickers").unknown_because == "none was measured yet"
    assert "does not say" in str(topic(metrics, "candle1m").unknown_because)
    assert topic(metrics, "positions").exchange_to_socket is None
    assert ReplayClock().unmeasured == "a recording is played, and its times are those of then"


def test_orders(ws: WsClient) -> None:
    """From the intent on: sent, answered, accepted, live, and filled; and what is left of the limits."""
    order = ws.orders.place("BTC-USDT", "buy", "0.01", "100", td_mode="cash")
    assert order.wait_until(lambda one: one.status == "live", 10)
    order.cancel()
    ws.orders.place("BTC-USDT", "buy", "100", td_mode="cash").wait_filled(10)
    metrics = ws.metrics()
    orders = metrics.orders
    assert orders is not None
    assert (orders.sent, orders.refused, orders.unknown) == (3, 0, 0)
    counts = {name: found.count for name in ("sent", "accepted", "live", "fill") if (found := _way(orders, name))}
    assert counts == {"sent": 3, "accepted": 2, "live": 2, "fill": 1}
    assert orders.sent_to_answer is not None
    assert orders.sent_to_answer.count == 3
    (place,) = (limit for limit in metrics.limits if limit.name == "place")
    assert (place.of, place.count) == (("BTC-USDT",), 60)
    assert place.left <= 60
    text = str(metrics)
    assert "orders, intent to live: p50" in text
    assert "orders(instType=ANY) -> " in text


def _way(orders: Any, name: str) -> Any:
    return getattr(orders, f"intent_to_{name}")


def test_a_client_without_rest_cannot_measure_the_clock() -> None:
    """It says so, and what to do where the clock is right."""

    class Fed(FedClient):
        _no_rest = "a recording holds what was pushed"

    with pytest.raises(ConfigError, match=r"a recording holds .*: nobody can tell .*clock\.offset_s = 0\.0"):
        Fed._no_clock(Fed.__new__(Fed))
