"""A name server that is away: both kinds of traffic wait for it, without spinning and without flooding the log."""

from __future__ import annotations

import logging
import socket
from typing import Any

import attrs
import pytest

from okx_sync import OkxClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, Connect, Heard
from tests.loopback.still_exchange import Log, log

__all__ = ["log"]

HOST = "exchange.test"


class Resolver:
    """Knows one name, unless the next ``failing`` questions are to fail; counts who asks for it."""

    def __init__(self) -> None:
        self.failing = 0
        self.asked = 0
        self._real = socket.getaddrinfo

    def __call__(self, host: Any, *args: Any, **kwargs: Any) -> Any:
        if host != HOST:
            return self._real(host, *args, **kwargs)
        self.asked += 1
        if self.failing:
            self.failing -= 1
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return self._real("127.0.0.1", *args, **kwargs)


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Resolver:
    """In the place of the system's."""
    made = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", made)
    return made


def test_streams_come_back_with_the_name_server(
    paper: PaperExchange, connect: Connect, resolver: Resolver, log: Log
) -> None:
    """One attempt per back-off step, one line each at most, and everything restored when names are known again."""
    url = paper.ws_url("public").replace("127.0.0.1", HOST)
    options = attrs.evolve(FAST, backoff_s=0.05, backoff_cap_s=0.1)
    watched, heard = connect(attrs.evolve(paper.public_config, ws_public_url=url), options), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    heard.until_more()
    before = resolver.asked
    resolver.failing = 8
    paper.faults.drop()
    watched.states.until("restored")
    heard.until_more()
    waits = watched.states.of(kind="reconnecting")
    assert resolver.asked - before == len(waits) == 9
    assert all("name resolution" in str(event.reason) for event in waits[1:])
    assert 1 <= len(log.lines(logging.WARNING, "reconnecting")) <= len(waits)
    assert paper.topics() == {"tickers(instId=BTC-USDT)": 1}
    assert list(watched.errors) == []


def test_a_call_waits_for_the_name_server(paper: PaperExchange, resolver: Resolver) -> None:
    """Not resolved means not sent: an order, too, is repeated, and is there once."""
    config = attrs.evolve(paper.config, rest_url=paper.url.replace("127.0.0.1", HOST), insecure_hosts=(HOST,))
    with OkxClient(config) as client:
        resolver.failing = 2
        placed = client.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
        assert [order.ordId for order in client.get_orders_pending()] == [placed.ordId]
    assert resolver.asked == 3
