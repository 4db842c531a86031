"""Connecting: refused handshakes, ``Retry-After``, dead addresses, certificates, peers with bad manners."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs
import pytest

from okx_sync import Config, OkxClient, OkxError, OkxTimeoutError, OkxWebSocketError, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, Connect, Heard, our_threads, until


@pytest.mark.parametrize("status", [403, 429, 500, 502, 503])
def test_a_refused_handshake_is_tried_again(paper: PaperExchange, connect: Connect, status: int) -> None:
    """An HTTP error instead of a WebSocket is no reason to give up: tried again with backoff, the reason is told."""
    paper.faults.refuse_handshake(status, times=3)
    watched = connect()
    watched.ws.subscribe_tickers("BTC-USDT")
    watched.states.until("connected")
    waits = watched.states.of(kind="reconnecting")
    assert [event.attempt for event in waits] == [1, 2, 3]
    assert all(f"HTTP {status}" in str(event.reason) for event in waits)
    assert paper.journal.tcp_connections == 4
    assert list(watched.errors) == []


def test_retry_after_is_honoured(paper: PaperExchange, connect: Connect) -> None:
    """A 429 that says when to come back is not asked again before that."""
    paper.faults.refuse_handshake(429, times=1, retry_after=1)
    watched = connect()
    began = time.monotonic()
    watched.ws.subscribe_tickers("BTC-USDT")
    assert time.monotonic() - began >= 1.0
    watched.states.until("connected")
    (event,) = watched.states.of(kind="reconnecting")
    assert event.delay_s == 1.0
    assert paper.journal.tcp_connections == 2


def test_attempts_are_few(paper: PaperExchange, connect: Connect) -> None:
    """While nothing answers, delays grow up to their cap, and each attempt is one event with its number."""
    options = attrs.evolve(FAST, backoff_s=0.05, backoff_cap_s=0.2)
    paper.faults.refuse_connect()
    watched = connect(options=options)
    watched.ws.subscribe_tickers("BTC-USDT", wait=False)
    watched.states.until("reconnecting", 8)
    waits = watched.states.of(kind="reconnecting")[:8]
    assert [event.attempt for event in waits] == list(range(1, 9))
    for event in waits:
        assert event.delay_s is not None
        assert event.attempt is not None
        assert event.delay_s <= min(options.backoff_cap_s, options.backoff_s * 2 ** (event.attempt - 1))
    paper.faults.accept_connect()
    watched.states.until("connected")


def test_the_connect_gate(paper: PaperExchange, connect: Connect) -> None:
    """However fast sockets die, no more than ``connects_per_s`` attempts are made in any second."""
    watched = connect(options=attrs.evolve(FAST, connects_per_s=5, backoff_s=0.001, backoff_cap_s=0.001))
    paper.faults.drop_on("open", "rst", times=None)
    watched.ws.subscribe_tickers("BTC-USDT", wait=False)
    began = time.monotonic()
    until(lambda: paper.journal.tcp_connections >= 8, what="eight attempts")
    assert time.monotonic() - began >= 0.9
    paper.faults.clear()


def test_waiting_ends_with_the_reason(paper: PaperExchange, connect: Connect) -> None:
    """Whoever waits for an ack while the exchange is away gets a timeout that says why; nothing of it is left."""
    paper.faults.refuse_connect()
    watched = connect()
    with pytest.raises(OkxTimeoutError, match="refused"):
        watched.ws.subscribe_tickers("BTC-USDT", timeout=1.0)
    assert watched.ws.subscription_count() == 0
    with pytest.raises(OkxTimeoutError, match="refused"):
        watched.ws.connect("public", timeout=0.2)


def test_settings_that_cannot_be_right(tmp_path: Path) -> None:
    """What no socket can be opened with is an error at once, not an endless retry."""
    no_pem = tmp_path / "ca.pem"
    no_pem.write_text("this is not a certificate")
    config = Config(ws_public_url="wss://127.0.0.1:9/ws/v5/public", ca_file=str(no_pem))
    with WsClient(config, options=FAST) as ws:
        with pytest.raises(OkxWebSocketError, match="ca_file") as caught:
            ws.connect("public", timeout=5)
        assert caught.value.hint
    until(lambda: not our_threads(), what="the end of all threads")


# -- certificates ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def secure() -> Iterator[PaperExchange]:
    """A paper exchange that speaks https and wss with a certificate nobody knows."""
    with PaperExchange(tls=True) as paper:
        yield paper


def test_an_unknown_certificate_is_refused(secure: PaperExchange) -> None:
    """REST and streams refuse it with a hint that names ``ca_file``; streams do not try again."""
    config = attrs.evolve(secure.public_config, ca_file=None)
    before = secure.journal.tcp_connections
    with WsClient(config, options=FAST) as ws:
        with pytest.raises(OkxWebSocketError) as caught:
            ws.subscribe_tickers("BTC-USDT")
        assert "certificate" in str(caught.value)
        assert "ca_file" in str(caught.value.hint)
        until(lambda: not our_threads("okx-ws"), what="the end of the link thread")
    assert secure.journal.tcp_connections == before + 1
    with OkxClient(config) as rest, pytest.raises(OkxError) as refused:
        rest.get_ticker("BTC-USDT")
    assert "certificate" in str(refused.value).lower()
    assert "ca_file" in str(refused.value.hint)


def test_a_certificate_of_your_own(secure: PaperExchange, connect: Connect) -> None:
    """With ``ca_file`` REST and all three paths work over TLS: data, login, heartbeat, and coming back after a loss."""
    watched, heard = connect(secure.config, attrs.evolve(FAST, ping_s=0.05)), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    watched.ws.subscribe("candle1m", instId="BTC-USDT")
    watched.ws.subscribe("orders", heard, instType="ANY")
    with OkxClient(secure.config) as rest:
        placed = rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
        until(lambda: placed.ordId in [getattr(event, "ordId", None) for event in heard], what="the order")
        rest.cancel_order("BTC-USDT", placed.ordId)
    private = next(one.id for one in secure.open_connections if one.path == "private")
    assert secure.wait_for(lambda: secure.connections[private - 1].pings >= 2)
    for outage, how in enumerate(("rst", "fin", "close"), 1):
        secure.faults.drop(how, 1012)  # type: ignore[arg-type]
        for link in ("public", "business", "private"):
            watched.states.until("restored", outage, link)
        heard.until_more()
    assert set(secure.topics().values()) == {1}


# -- a peer with bad manners -------------------------------------------------------------------------------------


def _accept_key(head: bytes) -> bytes:
    """The server's half of the handshake (RFC 6455, section 4.2.2)."""
    key = next(line.split(b": ", 1)[1] for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
    return base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())


def _open_then_close(peer: socket.socket) -> None:
    with suppress(OSError):  # a client that is closed meanwhile has gone already
        head = peer.recv(65536)
        if not head:
            return  # the client was closed before it asked
        peer.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + _accept_key(head) + b"\r\n\r\n"
        )
        peer.sendall(b"\x88\x02\x03\xf4")  # close, 1012; TCP stays open


@contextmanager
def _closes_but_stays() -> Iterator[tuple[int, list[float]]]:
    """A server that closes each WebSocket but not its TCP connection; gives its port and when clients came."""
    came: list[float] = []
    peers: list[socket.socket] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            peers.append(peer)
            came.append(time.monotonic())
            _open_then_close(peer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], came
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # wakes accept
        thread.join()
        for one in (listener, *peers):
            one.close()


def test_a_peer_that_closes_but_does_not_hang_up(connect: Connect) -> None:
    """After a close frame a new socket is made at once, whether or not the peer ends the TCP connection."""
    with _closes_but_stays() as (port, came):
        watched = connect(Config(ws_public_url=f"ws://127.0.0.1:{port}/ws/v5/public"))
        watched.ws.subscribe_tickers("BTC-USDT", wait=False)
        until(lambda: len(came) >= 3, what="three connections")
        watched.ws.close()
        assert came[2] - came[0] < 1.5
        assert "1012" in str(watched.states.of(kind="lost")[0].reason)
