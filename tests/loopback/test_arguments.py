"""What cannot be right is said by the call itself, before anything is sent."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from okx_sync import ConfigError, OkxAuthError, OkxError, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST
from tests.loopback.still_exchange import BTC


@pytest.fixture(scope="module")
def silent_exchange() -> Iterator[PaperExchange]:
    """An exchange to which none of these tests may connect."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange


async def _coroutine(_: object) -> None:
    """Called like a function it would do nothing, in silence."""


Bad = Callable[[Any], Any]  # a client without its types: what is wrong here mypy would find too
BAD: dict[str, tuple[Bad, type[OkxError], str]] = {
    "unknown channel": (lambda ws: ws.subscribe("ticker", instId=BTC), ConfigError, "did you mean.*tickers"),
    "missing argument": (lambda ws: ws.subscribe("tickers"), ConfigError, "needs instId.*for example instId="),
    "empty argument": (lambda ws: ws.subscribe_tickers(""), ConfigError, "needs instId"),
    "no text": (lambda ws: ws.subscribe("tickers", instId=7), ConfigError, "must be text, not 7"),
    "uly": (lambda ws: ws.subscribe("orders", instType="SWAP", uly="BTC-USD"), ConfigError, "instFamily"),
    "python name": (lambda ws: ws.subscribe("tickers", inst_id=BTC), ConfigError, "wire's own name is instId"),
    "wrong value": (lambda ws: ws.subscribe("orders", instType="spot"), ConfigError, "upper and lower case.*SPOT"),
    "no such bar": (lambda ws: ws.subscribe("candle7m", instId=BTC), ConfigError, "must be one of"),
    "no credentials": (lambda ws: ws.subscribe_orders("ANY"), OkxAuthError, "credentials="),
    "no credentials, VIP": (lambda ws: ws.subscribe("books-l2-tbt", instId=BTC), OkxAuthError, "needs a login"),
    "unknown path": (lambda ws: ws.subscribe_tickers(BTC, path="privat"), ConfigError, "path must be"),
    "unknown policy": (lambda ws: ws.subscribe_tickers(BTC, policy="newest"), ConfigError, "policy must be one of"),
    "no room": (lambda ws: ws.subscribe_tickers(BTC, maxsize=0), ConfigError, "maxsize must be at least 1"),
    "no bytes": (lambda ws: ws.subscribe_tickers(BTC, max_bytes=0), ConfigError, "max_bytes must be a whole number"),
    "two ways": (lambda ws: ws.subscribe_tickers(BTC, print, queue=[]), ConfigError, "a callback or a queue"),
    "no queue": (lambda ws: ws.subscribe_tickers(BTC, queue=[]), ConfigError, "queue= needs put"),
    "inline nothing": (lambda ws: ws.subscribe_tickers(BTC, inline=True), ConfigError, "needs a callback"),
    "no callable": (lambda ws: ws.subscribe_tickers(BTC, "show"), ConfigError, "callback must be a plain function"),
    "coroutine": (lambda ws: ws.subscribe_tickers(BTC, _coroutine), ConfigError, "callback must be a plain function"),
    "latest of changes": (lambda ws: ws.subscribe_books(BTC, policy="latest"), ConfigError, "build on each other"),
    "latest in a queue": (
        lambda ws: ws.subscribe_tickers(BTC, queue=queue.Queue(), policy="latest"),
        ConfigError,
        "own mailbox",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_right_is_said_before_anything_is_sent(silent_exchange: PaperExchange, name: str) -> None:
    """No connection is made, and no trace of the subscription is kept."""
    call, kind, text = BAD[name]
    with WsClient(silent_exchange.public_config, options=FAST) as ws:
        with pytest.raises(kind, match=text):
            call(ws)
        assert ws.subscription_count() == 0
        assert ws.status()["subscriptions"] == []
    assert silent_exchange.journal.tcp_connections == 0
