"""What a server may answer to a handshake, how long it may take, and how large its messages may be."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

import attrs
import pytest

from okx_sync import OkxError, OkxTimeoutError, OkxWebSocketError
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Stream, Wire
from tests.loopback.conftest import FAST, PATIENCE_S, until
from tests.rest.peers import Peer, answering, http, peer, read_request


def led_to(wire: Wire, paper: PaperExchange, server: Peer) -> dict[str, Any]:
    """The options that lead every stream of the wire to ``server``."""
    config = wire.config(paper)
    names = [field.name for field in attrs.fields(type(config)) if field.name.startswith("ws_")]
    return {name: f"ws://127.0.0.1:{server.port}" for name in names if getattr(config, name) is not None}


def streams_of(wire: Wire) -> list[Stream]:
    """A private one, and a public one where there are any."""
    return [wire.orders] if wire.trades is None else [wire.orders, wire.trades]


@pytest.mark.parametrize("status", [302, pytest.param(308, marks=pytest.mark.slow)])
def test_a_redirect_is_never_followed(paper: PaperExchange, wire: Wire, connect: Connect, status: int) -> None:
    """Public or private: whoever a redirect names hears nothing of us; the caller is told at once where it led."""
    with peer(answering(http())) as other:
        target = f"ws://user:PASSWORD@127.0.0.1:{other.port}/elsewhere"
        watched = connect()
        for stream in streams_of(wire):
            paper.faults.redirect(f"{target}?token=TOKEN", status)  # once: a second attempt would succeed
            with pytest.raises(OkxWebSocketError, match="redirected") as caught:
                watched.subscribe(stream, timeout=5)
            error = caught.value
            assert error.status == status
            assert f"127.0.0.1:{other.port}/elsewhere" in str(error)
            assert "not followed" in str(error.hint)
            assert not any(secret in f"{error}{watched.ws.status()}" for secret in ("PASSWORD", "TOKEN"))
        assert (paper.connections, other.connections) == ([], 0)


def test_a_redirect_of_a_working_stream_is_waited_out(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A stream that was up before does not give up because a redirect stands in the way for a while."""
    watched = connect()
    watched.subscribe(wire.orders)
    paper.faults.refuse_handshake(302, times=2)
    paper.faults.drop()
    watched.states.until("restored")
    assert any("redirected to" in str(event.reason) for event in watched.states.of(kind="reconnecting"))


@pytest.mark.parametrize(
    ("status", "cure"),
    [
        (403, "IP, country, VPN"),
        (429, "slow down"),
        pytest.param(401, "check ws_", marks=pytest.mark.slow),
        pytest.param(404, "no such path", marks=pytest.mark.slow),
        pytest.param(503, "wait", marks=pytest.mark.slow),
    ],
)
def test_a_refused_handshake_tells_its_cure(
    paper: PaperExchange, wire: Wire, connect: Connect, status: int, cure: str
) -> None:
    """Whoever waits gets the status and what REST says to it; no word of the network, which is not at fault."""
    paper.faults.refuse_handshake(status, times=None)
    watched = connect()
    with pytest.raises((OkxTimeoutError, OkxWebSocketError)) as caught:
        watched.subscribe(wire.orders, timeout=0.5)
    assert caught.value.code == str(status)
    assert f"HTTP {status}" in str(caught.value)
    assert cure in str(caught.value.hint)
    assert "check the network" not in str(caught.value)


def test_retry_after_is_kept_within_bounds(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The next attempt comes when the server says, but no later than in a minute."""
    with peer(answering(http(b"", "429 Too Many", "Retry-After: 86400\r\n"))) as door:
        watched = connect(**led_to(wire, paper, door))
        watched.subscribe(wire.orders, wait=False)
        assert watched.states.until("reconnecting").delay_s == 60.0


def trickle(connection: socket.socket, server: Peer) -> None:
    """Begin a proper answer, a byte at a time, and never end it."""
    read_request(connection)
    for byte in b"HTTP/1.1 101 Switching Protocols\r\n" + b"X-Padding: x\r\n" * 1000:
        if server.stopped.wait(0.02):
            return
        connection.sendall(bytes([byte]))


def test_a_handshake_that_trickles_ends_in_time(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """``connect_s`` is for all of it: a byte now and then keeps nobody."""
    with peer(trickle) as door:
        watched = connect(attrs.evolve(FAST, connect_s=0.3), **led_to(wire, paper, door))
        began = time.monotonic()
        watched.subscribe(wire.orders, wait=False)
        event = watched.states.until("reconnecting")
        assert 0.25 < time.monotonic() - began < 3
        assert "timed out" in str(event.reason)
        watched.ws.close()


def endless_headers(connection: socket.socket, server: Peer) -> None:
    """Headers as fast as they are read."""
    read_request(connection)
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\n")
    while not server.stopped.is_set():
        connection.sendall(b"X-Padding: " + b"x" * 1000 + b"\r\n")


def test_endless_headers_end(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Of the head of an answer no more is kept than any real one has."""
    with peer(endless_headers) as door:
        watched = connect(attrs.evolve(FAST, connect_s=PATIENCE_S), **led_to(wire, paper, door))
        watched.subscribe(wire.orders, wait=False)
        assert "65536 bytes of headers" in str(watched.states.until("reconnecting").reason)
        watched.ws.close()


def test_a_message_over_its_budget(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """It is not read: the socket is left with a word of the option, and a new one takes up where it was."""
    watched = connect(attrs.evolve(FAST, max_message_bytes=1 << 16))
    watched.subscribe(wire.orders)
    paper.send_raw("x" * (1 << 16))  # just fits, and is garbage
    until(lambda: len(watched.errors) == 1, what="a word of the garbage")
    paper.send_raw("x" * 200_000)
    watched.states.until("restored")
    (told,) = [error for error in watched.errors if isinstance(error, OkxWebSocketError)]
    assert isinstance(told, OkxError)
    assert "200000 bytes" in str(told)
    assert "max_message_bytes" in str(told)
    assert "max_message_bytes" in str(watched.states.of(kind="lost")[0].reason)


def test_a_client_that_connects_can_be_closed(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Whatever the server keeps it waiting with."""
    waiting = threading.Event()

    def mute(connection: socket.socket, server: Peer) -> None:
        waiting.set()
        with contextlib.suppress(OSError):
            server.stopped.wait(10)

    with peer(mute) as door:
        watched: Any = connect(attrs.evolve(FAST, connect_s=60), **led_to(wire, paper, door))
        watched.subscribe(wire.orders, wait=False)
        assert waiting.wait(5)
        began = time.monotonic()
        watched.ws.close()
        assert time.monotonic() - began < 2
