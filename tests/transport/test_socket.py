"""``Wire``: one connection over real sockets, how it is used from other threads, and how it ends."""

from __future__ import annotations

import base64
import contextlib
import logging
import queue
import select
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from okx_sync.errors import ConnectionLost, OkxWebSocketError
from okx_sync.transport import socket as transport_socket
from okx_sync.transport.ending import Ending
from okx_sync.transport.options import WireOptions
from okx_sync.transport.socket import MessageTooLarge, Wire
from tests.loopback.conftest import until
from tests.transport.peer import (
    BINARY,
    CLOSE,
    CONT,
    PATIENCE_S,
    PING,
    TEXT,
    Listener,
    Peer,
    close_frame,
    frame,
    on_thread,
)

MUCH = "x" * (8 << 20)  # more than the buffers of both ends hold


class Client:
    """A wire and what it told us."""

    def __init__(self, url: str, **options: Any) -> None:
        self.opened = threading.Event()
        self.frames: queue.Queue[bytes] = queue.Queue()
        self.endings: queue.Queue[Ending] = queue.Queue()
        self.wire = Wire(url, WireOptions(**options), on_open=self.opened.set, on_frames=self.take)

    def take(self, frames: list[bytes]) -> None:
        for one in frames:
            self.frames.put(one)

    def run(self) -> None:
        self.endings.put(self.wire.run())

    def ending(self) -> Ending:
        """How it ended; waits for that."""
        return self.endings.get(timeout=PATIENCE_S)


@contextlib.contextmanager
def connected(**options: Any) -> Iterator[tuple[Client, Peer]]:
    """A client and a server that are connected; the client's thread has ended behind the block."""
    with Listener() as listener:
        client = Client(listener.url, **options)
        with on_thread(client.run):
            peer = listener.accept()
            assert client.opened.wait(PATIENCE_S)
            try:
                yield client, peer
            finally:
                client.wire.kill("the test is over")
                peer.close()


def test_messages_come_in_order_whatever_their_kind() -> None:
    """Text, binary and very large messages all arrive, as bytes."""
    with connected() as (client, peer):
        large = b"l" * (10 << 20)
        for payload, opcode in ((b"one", TEXT), (b"\x00two", BINARY), (large, TEXT), (b"three", TEXT)):
            peer.send(frame(payload, opcode))
        got = [client.frames.get(timeout=PATIENCE_S) for _ in range(4)]
        assert got == [b"one", b"\x00two", large, b"three"]


def test_a_close_frame_is_answered_and_told() -> None:
    """Code and reason of the exchange, and the polite answer it expects."""
    with connected() as (client, peer):
        peer.send(close_frame(4008, "too many channels"))
        assert [opcode for opcode, _ in peer.frames()] == [CLOSE]
        peer.close()
        ending = client.ending()
    assert ending.opened
    assert ending.code == 4008
    assert ending.reason == "closed by the exchange with code 4008: too many channels"


@pytest.mark.parametrize("way", ["close", "reset"])
def test_a_connection_that_just_ends(way: str) -> None:
    """FIN or RST: it ends without a close code, and the text says so."""
    with connected() as (client, peer):
        getattr(peer, way)()
        ending = client.ending()
    assert ending.opened
    assert ending.code is None
    assert ending.reason


@pytest.mark.parametrize(
    ("answer", "status", "retry_after"),
    [
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", 502, None),
        (b"HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", 429, 7.0),
        (b"HTTP/1.1 429 Too Many\r\nRetry-After: Wed, 21 Oct\r\nContent-Length: 0\r\n\r\n", 429, None),
    ],
)
def test_a_refused_handshake_says_why(answer: bytes, status: int, retry_after: float | None) -> None:
    """HTTP status and the wait the server asked for, where it is a number."""
    with Listener() as listener:
        client = Client(listener.url)
        with on_thread(client.run):
            peer = listener.accept_raw()
            peer.sock.recv(4096)
            peer.send(answer)
            peer.close()
        ending = client.ending()
    assert (ending.opened, ending.status, ending.retry_after) == (False, status, retry_after)
    assert str(status) in ending.reason
    assert not client.opened.is_set()


def test_nobody_is_listening() -> None:
    """A refused connection is an ending like any other; nothing is raised."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    client = Client(f"ws://127.0.0.1:{port}/")
    with on_thread(client.run):
        ending = client.ending()
    assert not ending.opened
    assert "ConnectionRefusedError" in ending.reason
    assert isinstance(ending.error, OkxWebSocketError)
    assert not ending.lasting


@pytest.mark.parametrize(
    "first", ["HTTP/1.1\t101 302 Found", "HTTP/1.1\x0b101 302 Found", "HTTP/1.1 1\xa001 302", f"HTTP/1.1 {'9' * 5000}"]
)
def test_an_answer_is_read_in_one_way(first: str) -> None:
    """What one reader takes for 101 and another for a redirect is refused, and may be asked for again."""
    with socket.create_server(("127.0.0.1", 0)) as other, Listener() as listener:
        client = Client(listener.url)
        with on_thread(client.run):
            peer = listener.accept_raw()
            assert peer.sock.recv(4096)
            target = f"ws://127.0.0.1:{other.getsockname()[1]}"
            peer.send(f"{first}\r\nLocation: {target}\r\n\r\n".encode("latin-1"))
            ending = client.ending()
            peer.close()
        assert not select.select([other], [], [], 0)[0]
    assert "status line" in ending.reason
    assert not ending.lasting


@pytest.mark.parametrize("rest", [b"X-Odd: \xff\xfe\r\n\r\n", b"X-Odd: 1\n\r\n", b"Connection: close\r\n\r\n"])
def test_headers_that_say_nothing_to_us(rest: bytes) -> None:
    """Whatever else is in the head of a proper answer: the connection is open, and what follows is read."""
    with Listener() as listener:
        client = Client(listener.url)
        with on_thread(client.run):
            peer = listener.accept_raw()
            peer.shake_hands(rest)
            peer.send(frame(b"first"))
            assert client.frames.get(timeout=PATIENCE_S) == b"first"
            client.wire.kill("the test is over")
            peer.close()


def test_a_server_that_never_answers_the_handshake() -> None:
    """``connect_s`` bounds each step of connecting."""
    with Listener() as listener:
        client = Client(listener.url, connect_s=0.2)
        with on_thread(client.run):
            peer = listener.accept_raw()
            ending = client.ending()
            peer.close()
    assert not ending.opened
    assert "imed out" in ending.reason


def test_a_conversation_that_cannot_begin_is_told() -> None:
    """What ``on_open`` raises is a bug of ours: it is raised again, and the socket is cut."""

    def on_open() -> None:
        raise ZeroDivisionError("a bug")

    caught: list[BaseException] = []
    with Listener() as listener:
        wire = Wire(listener.url, WireOptions(), on_open=on_open, on_frames=lambda frames: None)

        def run() -> None:
            try:
                wire.run()
            except ZeroDivisionError as error:
                caught.append(error)

        with on_thread(run):
            peer = listener.accept()
            with contextlib.suppress(EOFError, ConnectionError):
                peer.read()
        peer.close()
    assert [str(error) for error in caught] == ["a bug"]


def test_a_url_that_cannot_be_used() -> None:
    """The caller's mistake is told as one that no further attempt will mend."""
    ending = Client("nonsense://x").wire.run()
    assert not ending.opened
    assert ending.lasting
    assert "cannot be used" in str(ending.error)


def test_sending_from_many_threads_keeps_frames_whole() -> None:
    """Frames never interleave."""
    with connected() as (client, peer):
        texts = [f"{number}-{'x' * 3000}" for number in range(40)]

        def send(part: list[str]) -> None:
            for text in part:
                client.wire.send(text)

        threads = [threading.Thread(target=send, args=(texts[start::4],)) for start in range(4)]
        for thread in threads:
            thread.start()
        got = [peer.read()[1].decode() for _ in texts]
        for thread in threads:
            thread.join(PATIENCE_S)
    assert sorted(got) == sorted(texts)


def test_sending_needs_an_open_socket() -> None:
    """Before it is open and after it has ended ``ConnectionLost`` is raised, which a caller may retry."""
    with Listener() as listener:
        early = Client(listener.url)
        with pytest.raises(ConnectionLost) as caught:
            early.wire.send("x")
        assert caught.value.retryable
    with connected() as (client, peer):
        peer.close()
        client.ending()
        with pytest.raises(ConnectionLost):
            client.wire.send("x")


def test_a_peer_that_does_not_read_is_given_up() -> None:
    """When the send buffer stays full, the socket is of no use: the sender is told and the connection is cut."""
    with connected() as (client, _peer):

        def fill() -> None:
            for _ in range(20_000):
                client.wire.send("x" * 1000)

        with pytest.raises(ConnectionLost):
            fill()
        assert "does not read" in client.ending().reason


def test_a_send_that_is_stuck_holds_up_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits behind it is told after a while, may try again, and the connection is cut, which ends both."""
    monkeypatch.setattr(transport_socket, "_SEND_S", 0.05)
    with ThreadPoolExecutor(1) as threads, connected() as (client, _peer):
        first = threads.submit(client.wire.send, MUCH)
        until(lambda: client.wire._sender is not None)
        with pytest.raises(ConnectionLost) as caught:
            client.wire.send("behind it")
        assert client.ending().reason == "another send has been stuck"
        behind, stuck = caught.value, first.exception(PATIENCE_S)
    assert isinstance(stuck, ConnectionLost)
    assert ("takes no more data" in str(behind), behind.retryable) == (True, True)
    assert ("sending failed" in str(stuck), stuck.retryable) == (True, False)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that signals")
def test_a_signal_handler_does_not_wait_for_the_send_that_it_interrupts() -> None:
    """That goes on when the handler has returned: its caller is told at once, and nothing of it has gone out."""
    told: list[ConnectionLost] = []
    with connected() as (client, _peer):

        def handler(_number: int, _frame: object) -> None:
            if client.wire._sender is None:  # too early
                signal.setitimer(signal.ITIMER_REAL, 0.01)
                return
            try:
                client.wire.send("from the handler")
            except ConnectionLost as error:
                told.append(error)
            client.wire.kill("enough")

        before = signal.signal(signal.SIGALRM, handler)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            with pytest.raises(ConnectionLost, match="sending failed"):
                client.wire.send(MUCH)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    assert [("signal handler" in str(error), error.retryable) for error in told] == [(True, True)]


def test_close_says_goodbye_and_waits_for_the_answer() -> None:
    """The server gets a close frame; what it still sends is delivered, and our reason is the ending's."""
    with connected() as (client, peer):
        client.wire.close("closed by us")
        assert peer.read() == (CLOSE, (1000).to_bytes(2, "big"))
        peer.send(frame(b"last words") + close_frame(1000))
        ending = client.ending()
        assert client.frames.get(timeout=PATIENCE_S) == b"last words"
        with pytest.raises(ConnectionLost):
            client.wire.send("too late")
    assert (ending.reason, ending.code) == ("closed by us", 1000)


def test_kill_wakes_a_waiting_reader_at_once() -> None:
    """From another thread, with a peer that is silent; the first reason is the one that is told."""
    with connected() as (client, peer):
        client.wire.kill("no sign of life")
        client.wire.kill("second thoughts")
        assert client.ending().reason == "no sign of life"
        with pytest.raises(EOFError):
            peer.read()


def test_kill_before_run_never_connects() -> None:
    """A link that is closed before its thread got so far."""
    with Listener() as listener:
        client = Client(listener.url)
        client.wire.kill("changed our mind")
        assert client.wire.run().reason == "changed our mind"
    assert not client.opened.is_set()


@pytest.mark.parametrize("end", [Wire.kill, Wire.close], ids=["kill", "close"])
def test_a_handshake_that_hangs_can_be_ended(end: Callable[[Wire, str], None]) -> None:
    """The server has accepted the connection and says nothing: nobody waits for the whole connect timeout, and the
    server gets no frame before it has agreed to speak WebSocket."""
    with Listener() as listener:
        client = Client(listener.url, connect_s=60)
        with on_thread(client.run):
            peer = listener.accept_raw()
            assert peer.sock.recv(4096)
            end(client.wire, "closed by us")
            ending = client.ending()
            assert peer.sock.recv(4096) == b""
            peer.close()
    assert not ending.opened
    assert ending.reason == "closed by us"


def test_the_socket_is_closed_when_it_ends() -> None:
    """Also when the server broke the rules: it hears a goodbye or the end, and no file is left open here."""
    with connected() as (client, peer):
        peer.send(frame(b"x", rsv=1))
        list(peer.frames())
        with contextlib.suppress(OSError):
            peer.sock.shutdown(socket.SHUT_WR)
        ending = client.ending()
        with pytest.raises((EOFError, ConnectionResetError)):
            peer.read()
    assert ending.opened
    assert "rsv" in ending.reason


def test_headers_are_sent_with_the_handshake() -> None:
    """For exchanges and proxies that want some."""
    with connected(headers={"X-Test": "yes"}) as (_client, peer):
        assert b"\r\nX-Test: yes\r\n" in peer.request


def test_an_http_proxy_is_asked_to_connect() -> None:
    """With the user and password of its URL, decoded; the handshake then goes through it."""
    with Listener() as proxy:
        address = proxy.url.removeprefix("ws://").removesuffix("/ws")
        client = Client("ws://exchange.test:8080/ws", proxy_url=f"http://me:p%40ss@{address}")
        with on_thread(client.run):
            peer = proxy.accept_raw()
            request = peer.sock.recv(4096)
            peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
            peer.shake_hands()
            assert client.opened.wait(PATIENCE_S)
            client.wire.kill("done")
            peer.close()
    assert request.startswith(b"CONNECT exchange.test:8080 ")
    assert base64.b64encode(b"me:p@ss") in request


def test_the_library_keeps_quiet_on_our_threads(caplog: pytest.LogCaptureFixture) -> None:
    """It logs every end as an error; we tell it our way. On other threads its lines are not touched."""
    caplog.set_level(logging.DEBUG, "websocket")
    with connected() as (client, peer):
        peer.close()
        client.ending()
    assert caplog.records == []
    logging.getLogger("websocket").error("of somebody else")
    assert [record.message for record in caplog.records] == ["of somebody else"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_message_that_is_too_large_ends_the_connection_before_it_is_read(whole: bool) -> None:
    """Whether it comes in one piece or in fragments: the peer is told by code, the owner by an error with a hint."""
    with connected(max_message_bytes=1 << 16) as (client, peer):
        if whole:
            peer.send(frame(b"x" * (1 << 17))[:100])  # its length is enough
        else:
            peer.send(frame(b"x" * 60_000, TEXT, fin=False) + frame(b"x" * 60_000, CONT))
        ending = client.ending()
        assert isinstance(ending.error, MessageTooLarge)
        assert ending.error.sizes[1] == 1 << 16
        assert "max_message_bytes" in str(ending.error.hint)
        (opcode, payload) = peer.read()
        assert (opcode, int.from_bytes(payload[:2], "big")) == (CLOSE, 1009)


def test_a_connection_that_is_cut_before_it_begins_is_never_made() -> None:
    """``run`` returns at once, with the reason."""
    client = Client("ws://127.0.0.1:1/ws")
    client.wire.kill("changed our mind")
    client.run()
    assert (client.ending().reason, client.opened.is_set()) == ("changed our mind", False)


def test_a_message_cannot_be_sent_where_there_is_no_connection() -> None:
    """It may be tried again: nothing has gone out."""
    client = Client("ws://127.0.0.1:1/ws")
    with pytest.raises(ConnectionLost, match="closed") as caught:
        client.wire.send("hello")
    assert caught.value.retryable


def test_a_conversation_that_cannot_begin_is_raised_from_run() -> None:
    """It is a bug of ours, and the library would swallow it."""

    def broken() -> None:
        raise ZeroDivisionError("a bug")

    with Listener() as listener:
        wire = Wire(listener.url, WireOptions(), on_open=broken, on_frames=lambda frames: None)
        raised: list[BaseException] = []

        def run() -> None:
            try:
                wire.run()
            except ZeroDivisionError as error:
                raised.append(error)

        with on_thread(run):
            listener.accept()
        assert [str(error) for error in raised] == ["a bug"]


def test_a_control_frame_that_is_too_long_ends_the_connection() -> None:
    """No more than 125 bytes are allowed, and no more are waited for."""
    with connected() as (client, peer):
        peer.send(frame(b"x" * 200, PING)[:10])
        assert "control frame of 200 bytes" in client.ending().reason


def test_room_is_waited_for_where_the_system_has_no_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none; a selector takes its place."""
    monkeypatch.delattr(select, "poll")
    ours, peer = socket.socketpair()
    with ours, peer:
        assert transport_socket._writable(ours, 1.0)
        ours.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                ours.send(b"x" * 65_536)
        assert not transport_socket._writable(ours, 0.0)
