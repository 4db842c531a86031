"""What a connection may cost: seconds until it is open, bytes of a message, bytes of an answer."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import Any

import pytest
import trustme

from okx_sync.errors import ConfigError
from okx_sync.transport.options import LinkOptions, WireOptions
from okx_sync.transport.socket import MessageTooLarge
from tests.transport.peer import CLOSE, CONT, PING, PONG, TEXT, Listener, frame, on_thread
from tests.transport.test_socket import Client, connected

LIMIT = 1 << 16
TOO_BIG = (CLOSE, (1009).to_bytes(2, "big"))


# -- bytes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [LIMIT + 1, 1 << 40], ids=["a byte too many", "a terabyte"])
def test_a_frame_is_refused_by_its_header(size: int) -> None:
    """Nothing of it is read: the server hears 1009, and the ending says how large, and which option allows it."""
    with connected(max_message_bytes=LIMIT) as (client, peer):
        peer.send(frame(b"before") + b"\x81\x7f" + size.to_bytes(8, "big"))
        assert list(peer.frames()) == [TOO_BIG]
        ending = client.ending()
    assert client.frames.get_nowait() == b"before"
    assert isinstance(ending.error, MessageTooLarge)
    assert str(size) in ending.reason
    assert "max_message_bytes" in ending.reason
    assert not ending.lasting


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
def test_a_control_frame_is_refused_by_its_header(opcode: int) -> None:
    """It has 125 bytes at the most: of what announces more nothing is read, not even while the socket is closed."""
    size = 1 << 40
    with connected() as (client, peer):
        peer.send(frame(b"before") + bytes([0x80 | opcode, 127]) + size.to_bytes(8, "big"))
        for _ in range(200):
            try:
                peer.send(b"x" * 4096)
            except OSError:  # it was left
                break
            time.sleep(0.005)
        else:
            pytest.fail("it was read on")
        ending = client.ending()
    assert str(size) in ending.reason


@pytest.mark.parametrize("piece", [100, 20_000, 60_000])
def test_fragments_count_together(piece: int) -> None:
    """However small they are, and whatever comes between them; the one that would be too much is not read."""
    with connected(max_message_bytes=LIMIT) as (client, peer):
        whole = LIMIT // piece
        parts = [frame(b"f" * piece, CONT if number else TEXT, fin=False) for number in range(whole)]
        peer.send(b"".join(parts) + frame(b"", PING) + frame(b"f" * piece, CONT, fin=False)[:4])
        assert list(peer.frames())[-1] == TOO_BIG
        ending = client.ending()
    assert isinstance(ending.error, MessageTooLarge)
    assert str((whole + 1) * piece) in ending.reason


def test_a_message_of_just_the_limit() -> None:
    """In one frame or in many it is delivered, and so is what follows: each message starts at nothing."""
    with connected(max_message_bytes=LIMIT) as (client, peer):
        for _ in range(3):
            peer.send(frame(b"x" * LIMIT))
            peer.send(frame(b"y" * 40_000, TEXT, fin=False) + frame(b"y" * (LIMIT - 40_000), CONT))
        got = [client.frames.get(timeout=5) for _ in range(6)]
    assert got == [b"x" * LIMIT, b"y" * LIMIT] * 3


@pytest.mark.parametrize("wrong", [0, 65_535, "16M", 1e6, True])
@pytest.mark.parametrize("options", [LinkOptions, WireOptions])
def test_a_limit_that_cannot_be(options: Any, wrong: object) -> None:
    """Smaller frames are cut out of the stream unseen, so the limit cannot be below their size."""
    with pytest.raises(ConfigError, match="max_message_bytes"):
        options(max_message_bytes=wrong)


# -- seconds ---------------------------------------------------------------------------------------------------------


def trickle(sock: socket.socket, data: bytes, stop: threading.Event) -> None:
    """A byte now and then."""
    for byte in data:
        if stop.wait(0.02):
            return
        try:
            sock.sendall(bytes([byte]))
        except OSError:
            return


def _timed(url: str, listener: Listener, data: bytes, **options: Any) -> tuple[float, str]:
    """How long a client stays with a peer that trickles ``data``, and what it says of it."""
    stop = threading.Event()
    client = Client(url, **{"connect_s": 0.8, **options})
    began = time.monotonic()
    with on_thread(client.run):
        peer = listener.accept_raw()
        with on_thread(lambda: trickle(peer.sock, data, stop)):
            ending = client.ending()
            stop.set()
        peer.close()
    assert not ending.opened
    return time.monotonic() - began, ending.reason


def test_a_tls_handshake_that_trickles() -> None:
    """The limit counts below TLS."""
    server_hello = b"\x16\x03\x03\x40\x00" + b"\x02\x00\x3f\xfc" + bytes(10_000)
    with Listener() as listener:
        # Certificates are read within the limit, too: on a busy machine that takes its time.
        took, reason = _timed(listener.url.replace("ws:", "wss:"), listener, server_hello, connect_s=2.0)
    assert 1.9 < took < 8
    assert "timed out" in reason


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_trickles(scheme: str) -> None:
    """Its part counts too."""
    answer = b"HTTP/1.1 200 OK\r\n" + b"X-Padding: x\r\n" * 1000
    with Listener() as listener:
        place = listener.url.removeprefix("ws://").removesuffix("/ws")
        took, reason = _timed("ws://exchange.test/ws", listener, answer, proxy_url=f"{scheme}://{place}")
    assert took < 6
    assert place in reason if "timed out" in reason or scheme == "http" else "TLS" in reason


@pytest.mark.parametrize(
    ("scheme", "answer"), [("socks5", b"\x05\x00\x05\x00\x00\x03\xff" + bytes(300)), ("socks4", b"\x00\x5a" + bytes(6))]
)
def test_a_socks_proxy_that_trickles(scheme: str, answer: bytes) -> None:
    """The limit is for all it says together, and a client that is closed meanwhile does not wait for it."""
    with Listener() as listener:
        place = listener.url.removeprefix("ws://").removesuffix("/ws")
        took, reason = _timed("ws://127.0.0.1:9/ws", listener, answer, proxy_url=f"{scheme}://{place}", connect_s=0.8)
        assert took < 6
        assert "timed out" in reason
        client = Client("ws://127.0.0.1:9/ws", proxy_url=f"{scheme}://{place}", connect_s=60)
        with on_thread(client.run):
            peer = listener.accept_raw()
            assert peer.sock.recv(4096)
            client.wire.kill("closed by us")
            assert client.ending().reason == "closed by us"
            peer.close()


def test_a_deadline_ends_with_the_handshake() -> None:
    """Once it is open a connection may be silent for as long as it likes."""
    with connected(connect_s=1) as (client, peer):
        threading.Event().wait(1.2)
        peer.send(frame(b"late"))
        assert client.frames.get(timeout=5) == b"late"


def test_a_kill_ends_a_tls_handshake_at_once() -> None:
    """A client that is closed while it connects does not wait for the limit."""
    with Listener() as listener:
        client = Client(listener.url.replace("ws:", "wss:"), connect_s=60)
        with on_thread(client.run):
            peer = listener.accept_raw()
            assert peer.sock.recv(4096)  # the client's hello: it waits for ours
            client.wire.kill("closed by us")
            assert client.ending().reason == "closed by us"
            peer.close()


# -- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 what\r\n\r\n", "status line"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 1000, "HTTP 200"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", "Invalid WebSocket Header"),
        (b"HTTP/1.1 302 Found\r\n\r\n", "redirected to nowhere"),
        (b"HTTP/1.1 302 Found\r\nLocation: //u:p@x.test/a?b#c\r\n\r\n", "redirected to //***@x.test/a"),
        (b"", "hung up"),
    ],
)
def test_an_answer_that_is_no_agreement(answer: bytes, words: str) -> None:
    """It is told in our words, and no body is waited for."""
    with Listener() as listener:
        client = Client(listener.url, connect_s=5)
        with on_thread(client.run):
            peer = listener.accept_raw()
            peer.sock.recv(4096)
            peer.send(answer)
            if not answer:
                peer.close()
            ending = client.ending()
            peer.close()
    assert words in ending.reason
    assert not client.opened.is_set()
    assert ending.error is not None
    assert (ending.error.__cause__, ending.error.__context__, ending.error.__traceback__) == (None, None, None)


def test_a_name_with_several_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not answer leaves time for the next."""
    with Listener() as listener, socket.create_server(("127.0.0.1", 0)) as unused:
        dead = unused.getsockname()
        unused.close()
        port = int(listener.url.rpartition(":")[2].removesuffix("/ws"))
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in (dead, ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args: found)
        client = Client("ws://several.test/ws")
        with on_thread(client.run):
            peer = listener.accept()
            assert client.opened.wait(5)
            client.wire.kill("done")
            peer.close()


def test_tls_inside_of_tls() -> None:
    """What a proxy in TLS carries is read and written whole, large messages too."""
    authority = trustme.CA()
    inner, outer = (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for _ in range(2))
    for context in (inner, outer):
        authority.issue_cert("localhost").configure_cert(context)
    with authority.cert_pem.tempfile() as ca_file, Listener() as listener:
        place = listener.url.removeprefix("ws://").removesuffix("/ws").replace("127.0.0.1", "localhost")
        client = Client("wss://localhost:1/ws", proxy_url=f"https://me:secret@{place}", ca_file=ca_file)
        with on_thread(client.run):
            peer = listener.accept_raw()
            tunnel = _Tunnel(outer, inner, peer.sock)
            assert tunnel.request.startswith(b"CONNECT localhost:1 ")
            peer.sock = tunnel  # type: ignore[assignment]
            peer.shake_hands()
            assert client.opened.wait(5)
            client.wire.send("up" * 50_000)
            assert peer.read() == (TEXT, b"up" * 50_000)
            peer.send(frame(b"down" * 100_000))
            assert client.frames.get(timeout=5) == b"down" * 100_000
            client.wire.kill("done")
            tunnel.close()


class _Tunnel:
    """The server's end of TLS in TLS: the proxy's part, and behind its answer the exchange's."""

    def __init__(self, outer: ssl.SSLContext, inner: ssl.SSLContext, sock: socket.socket) -> None:
        self._outer = outer.wrap_socket(sock, server_side=True)
        self.request = self._outer.recv(4096)
        self._outer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = inner.wrap_bio(self._in, self._out, server_side=True)
        self._step(self._tls.do_handshake)

    def _step(self, act: Any, *args: Any) -> Any:
        while True:
            try:
                result = act(*args)
            except ssl.SSLWantReadError:
                self._outer.sendall(self._out.read())
                self._in.write(self._outer.recv(65_536))
            else:
                self._outer.sendall(self._out.read())
                return result

    def recv(self, size: int) -> bytes:
        data: bytes = self._step(self._tls.read, size)
        return data

    def sendall(self, data: bytes) -> None:
        self._step(self._tls.write, data)

    def settimeout(self, seconds: float) -> None:
        self._outer.settimeout(seconds)

    def shutdown(self, how: int) -> None:
        self._outer.shutdown(how)

    def close(self) -> None:
        self._outer.close()
