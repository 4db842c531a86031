"""Kept connections that the server closed: reading calls never notice, an order goes out again only if it never did."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from okx_sync import Config, Credentials, OkxClient, OrderStatusUnknown
from tests.loopback.conftest import PATIENCE_S, until
from tests.rest.peers import Peer, http, peer, read_request

TICKER = http(b'{"code":"0","msg":"","data":[{"instId":"BTC-USDT","last":"1"}]}')
PLACED = http(b'{"code":"0","msg":"","data":[{"ordId":"7","clOrdId":"c","sCode":"0","sMsg":""}]}')
NOW = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST
Answers = Callable[[int], bool]


class Script:
    """A server that answers some requests and closes the connection after each; ``closed`` tells of the last close."""

    def __init__(self, how: str, answers: Answers) -> None:
        self.how = how
        self.answers = answers
        self.closed = threading.Semaphore(0)
        self.seen = 0

    def __call__(self, connection: socket.socket, server: Peer) -> None:
        """Serve one connection: one request, answered or not, then the end."""
        request = read_request(connection)
        if not request:
            return
        server.requests.append(request)
        self.seen += 1
        if self.answers(self.seen):
            connection.sendall(PLACED if request.startswith(b"POST") else TICKER)
        if self.how == "rst":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
        connection.close()
        self.closed.release()


@contextmanager
def scripted(script: Script) -> Iterator[tuple[OkxClient, Peer]]:
    """A client of such a server."""
    with peer(script) as server:
        config = Config(credentials=Credentials("key", "secret", "pass"), rest_url=server.url)
        with OkxClient(config) as client:
            yield client, server


def place(client: OkxClient) -> None:
    client.place_order("BTC-USDT", "cash", "buy", "limit", "1", "1", "c")


@pytest.mark.parametrize("how", ["fin", "rst"])
@pytest.mark.parametrize("call", [lambda client: client.get_ticker("BTC-USDT"), place], ids=["reading", "order"])
def test_an_idle_connection_that_was_closed_is_replaced(how: str, call: Callable[[OkxClient], object]) -> None:
    """Closed between two calls: the next one, an order too, goes out on a new connection, once, and succeeds."""
    script = Script(how, lambda number: True)
    with scripted(script) as (client, server):
        for number in range(1, 6):
            call(client)
            assert script.closed.acquire(timeout=PATIENCE_S)
            assert (server.connections, len(server.requests)) == (number, number)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_a_reading_call_is_repeated_when_the_answer_is_lost(how: str) -> None:
    """The server took the request and closed: asked again, the caller notices nothing."""
    with scripted(Script(how, lambda number: number != 2)) as (client, server):
        for _ in range(2):
            assert client.get_ticker("BTC-USDT").instId == "BTC-USDT"
        assert len(server.requests) == 3


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_an_order_is_not_repeated_when_the_answer_is_lost(how: str) -> None:
    """The server took the order and closed: it was sent once, and the error carries its id."""
    script = Script(how, lambda number: number != 2)
    with scripted(script) as (client, server):
        client.get_ticker("BTC-USDT")
        assert script.closed.acquire(timeout=PATIENCE_S)
        with pytest.raises(OrderStatusUnknown) as caught:
            place(client)
        until(lambda: len(server.requests) == 2, what="the server's own note of the order")
        assert caught.value.clOrdId.encode() in server.requests[-1]
        assert [request.split(b" ")[0] for request in server.requests] == [b"GET", b"POST"]
