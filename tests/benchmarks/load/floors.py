"""As fast as Python can be: a blocking socket, and nothing that a client needs besides.

Over TLS the bytes are decrypted from memory buffers, which costs less than ``ssl.SSLSocket``; that one has a row of its
own. ``by_hand`` is what a careful user writes for the fields that are needed, without a library.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import orjson

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.hand_book import HandBook
from tests.benchmarks.load.meter import Meter
from tests.benchmarks.load.payloads import Topic, bodies_of, topics_of
from tests.benchmarks.load.server import frame_of
from tests.benchmarks.load.tls import MemoryTls

__all__ = ["Handler", "by_hand", "client_frame", "connected", "parse", "parse_sslsocket", "read", "receive", "requests"]

_HELLO = (
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_TOPICS_EACH = 1000  # in one request, which stays below 64 KB with them

Handler = Callable[[dict[str, Any]], object]


def receive(job: Job, meter: Meter) -> None:
    """Only the bytes; how many messages they are is worked out from their length."""
    topics = topics_of(job.stream, job.topics)
    bodies = bodies_of("okx", topics)
    each = sum(len(frame_of(before + b"0" * 13 + behind)) for before, behind in bodies) / len(bodies)
    recv = _subscribed(job, topics)

    def run() -> None:
        total = 0
        while count := len(recv(1 << 16)):
            total += count
            meter.count = int(total / each)

    _on_a_thread(run)


def parse(job: Job, meter: Meter, *, memory: bool = True) -> None:
    """Bytes cut into frames, and each made a dict."""

    def late(message: dict[str, Any]) -> None:
        if "data" in message:
            meter.late(int(message["data"][0]["ts"]))

    recv = _subscribed(job, topics_of(job.stream, job.topics), memory=memory)
    _on_a_thread(partial(read, recv, late if job.timed else meter.one))


def parse_sslsocket(job: Job, meter: Meter) -> None:
    """As :func:`parse`, over an ``ssl.SSLSocket``."""
    if job.ca is None:
        raise NotImplementedError("SSLSocket: there is none without TLS")
    parse(job, meter, memory=False)


def by_hand(job: Job, meter: Meter) -> None:
    """Each message to the function of its stream and instrument, which makes the numbers that are needed."""
    topics = topics_of(job.stream, job.topics)
    handlers = {(stream, inst_id): _HANDLERS[stream]() for stream, inst_id in topics}

    def take(message: dict[str, Any]) -> None:
        if "data" in message:
            arg = message["arg"]
            handlers[arg["channel"], arg.get("instId", "ANY")](message)
            meter.count += 1

    _on_a_thread(partial(read, _subscribed(job, topics), take))


# -- what is done with a message by hand -----------------------------------------------------------------------------


def _ticker(message: dict[str, Any]) -> tuple[Any, ...]:
    row = message["data"][0]
    bid, ask = (Decimal(row["bidPx"]), Decimal(row["bidSz"])), (Decimal(row["askPx"]), Decimal(row["askSz"]))
    return Decimal(row["last"]), bid, ask, Decimal(row["vol24h"]), int(row["ts"])


def _trade(message: dict[str, Any]) -> tuple[Any, ...]:
    row = message["data"][0]
    return Decimal(row["px"]), Decimal(row["sz"]), row["side"], int(row["ts"])


def _order(message: dict[str, Any]) -> tuple[Any, ...]:
    row = message["data"][0]
    return row["ordId"], row["state"], Decimal(row["accFillSz"]), int(row["uTime"])


def _new_book() -> Handler:
    book = HandBook()

    def take(message: dict[str, Any]) -> tuple[Any, ...]:
        book.apply(message)
        return book.best_bid, book.best_ask

    return take


_HANDLERS: dict[str, Callable[[], Handler]] = {
    "tickers": lambda: _ticker,
    "trades": lambda: _trade,
    "orders": lambda: _order,
    "books": _new_book,
}


# -- the socket ------------------------------------------------------------------------------------------------------


def read(recv: Callable[[int], bytes], handle: Callable[[Any], object]) -> None:
    """Hand on every message until the end. Frames are text of at most 64 KB here, which spares a look."""
    loads, buffer = orjson.loads, b""
    while chunk := recv(1 << 16):
        buffer += chunk
        position, end = 0, len(buffer)
        while end - position >= 4:
            length, start = buffer[position + 1], position + 2
            if length == 126:
                length, start = buffer[position + 2] << 8 | buffer[position + 3], position + 4
            stop = start + length
            if stop > end:
                break
            handle(loads(buffer[start:stop]))
            position = stop
        buffer = buffer[position:]


def connected(port: int, ca: str | None, *, memory: bool = True) -> Any:
    """A socket behind the handshakes, or what reads and writes through one."""
    sock: Any = socket.create_connection(("localhost", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if ca is not None:
        context = ssl.create_default_context(cafile=ca)
        wrap = MemoryTls if memory else _sslsocket
        sock = wrap(sock, context, "localhost")
    sock.sendall(_HELLO.encode())
    head = b""
    while b"\r\n\r\n" not in head:  # nothing follows before something was asked
        head += sock.recv(1 << 16)
    return sock


def _sslsocket(sock: socket.socket, context: ssl.SSLContext, hostname: str) -> ssl.SSLSocket:
    return context.wrap_socket(sock, server_hostname=hostname)


def requests(op: str, topics: list[Topic]) -> list[bytes]:
    """The frames that ask for topics."""
    args = [
        {"channel": channel, **({"instType": name} if name == "ANY" else {"instId": name})} for channel, name in topics
    ]
    pieces = [args[i : i + _TOPICS_EACH] for i in range(0, len(args), _TOPICS_EACH)]
    return [client_frame(orjson.dumps({"op": op, "args": piece})) for piece in pieces]


def client_frame(payload: bytes) -> bytes:
    """A masked text frame; the mask is zero."""
    frame = bytearray(frame_of(payload))
    frame[1] |= 0x80
    start = 4 if frame[1] == 0xFE else 2
    frame[start:start] = bytes(4)
    return bytes(frame)


def _subscribed(job: Job, topics: list[Topic], *, memory: bool = True) -> Callable[[int], bytes]:
    sock = connected(job.port, job.ca, memory=memory)
    for request in requests("subscribe", topics):
        sock.sendall(request)
    recv: Callable[[int], bytes] = sock.recv
    return recv


def _on_a_thread(run: Callable[[], None]) -> None:
    def quietly() -> None:
        with contextlib.suppress(OSError):
            run()

    threading.Thread(target=quietly, daemon=True).start()
