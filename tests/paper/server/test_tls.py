"""https and wss with a throw-away certificate."""

from __future__ import annotations

import os
import socket
import ssl
import time

import pytest
import requests
import websocket

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import RestClient, WireClient


def test_rest_and_streams_over_tls() -> None:
    """With `ca_file` both work; the file is gone after the stop."""
    with PaperExchange(tls=True) as paper:
        assert paper.url.startswith("https://")
        assert paper.ws_url("private").startswith("wss://")
        with WireClient(paper, "private", "alice") as client, RestClient(paper) as rest:
            client.subscribe("account")
            assert rest.get("account/balance").json()["code"] == "0"
        ca_file = paper.ca_file
        assert ca_file is not None
        assert os.path.exists(ca_file)
    assert not os.path.exists(ca_file)


def test_strangers_do_not_trust_it() -> None:
    """Without `ca_file` verification fails, as it should, and the server does not mind."""
    with PaperExchange(tls=True) as paper:
        with requests.Session() as session:
            session.trust_env = False
            with pytest.raises(requests.exceptions.SSLError):
                session.get(paper.url + "/api/v5/public/time", timeout=5)
        with pytest.raises(ssl.SSLError):
            websocket.create_connection(paper.ws_url(), timeout=5)
        with socket.create_connection(("127.0.0.1", paper.port), 5) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with WireClient(paper) as client:
            client.send("ping")
            assert client.raw() == "pong"
        assert paper.problems == []


def test_stop_during_a_handshake() -> None:
    """A client that connects and then says nothing does not hold up the stop, and leaves no socket behind."""
    with PaperExchange(tls=True) as paper:
        silent = socket.create_connection(("127.0.0.1", paper.port), 5)
        assert paper.wait_for(lambda: paper.tcp_connections == 1)
        begin = time.monotonic()
        paper.stop()
        assert time.monotonic() - begin < 2
        silent.close()


@pytest.mark.parametrize(("how", "code"), [("rst", None), ("fin", None), ("close", 1012)])
def test_drops_over_tls(how: str, code: int | None) -> None:
    """Connections die through TLS as well."""
    with PaperExchange(tls=True) as paper, WireClient(paper) as client:
        assert paper.faults.drop(how, code) == 1  # type: ignore[arg-type]
        assert client.until_closed() == code


def test_blackhole_over_tls() -> None:
    """What was held back arrives when the blackhole ends."""
    with PaperExchange(tls=True) as paper, WireClient(paper) as client:
        paper.faults.blackhole()
        client.send("ping")
        client.socket.settimeout(0.2)
        with pytest.raises(websocket.WebSocketTimeoutException):
            client.raw()
        paper.faults.blackhole(False)
        client.socket.settimeout(5)
        assert client.raw() == "pong"
