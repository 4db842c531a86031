"""As fast as Python can be: a blocking socket, and nothing that a client needs besides."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable

import orjson

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter
from tests.benchmarks.load.payloads import bodies_of
from tests.benchmarks.load.server import frame_of

__all__ = ["parse", "receive"]

_HELLO = (
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_SUBSCRIBE = b'{"op":"subscribe","args":[{"channel":"any"}]}'


def receive(job: Job, meter: Meter) -> None:
    """Only the bytes; how many messages they are is worked out from their length."""
    sock, early = _connected(job)
    bodies = bodies_of("okx", job.stream)
    each = sum(len(frame_of(before + b"0" * 13 + behind)) for before, behind in bodies) / len(bodies)
    buffer = memoryview(bytearray(1 << 16))

    def run() -> None:
        total = len(early)
        while count := sock.recv_into(buffer):
            total += count
            meter.count = int(total / each)

    _on_a_thread(run)


def parse(job: Job, meter: Meter) -> None:
    """Bytes cut into frames, and each made a dict."""
    sock, early = _connected(job)
    loads, recv, timed = orjson.loads, sock.recv, job.timed

    def run() -> None:
        buffer = early
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
                message = loads(buffer[start:stop])
                if timed:
                    meter.late(int(message["data"][0]["ts"]))
                else:
                    meter.one(message)
                position = stop
            buffer = buffer[position:]

    _on_a_thread(run)


def _connected(job: Job) -> tuple[socket.socket, bytes]:
    """A subscribed socket, and what has come of the first data."""
    sock = socket.create_connection(("localhost", job.port))
    if job.ca is not None:
        sock = ssl.create_default_context(cafile=job.ca).wrap_socket(sock, server_hostname="localhost")
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(_HELLO.encode())
    data = _read_past(sock, b"", b"\r\n\r\n")
    mask = bytes(4)
    sock.sendall(bytes([0x81, 0x80 | len(_SUBSCRIBE)]) + mask + _SUBSCRIBE)
    return sock, _read_past(sock, data, b'"bench"}')  # the end of the acknowledgement


def _read_past(sock: socket.socket, data: bytes, mark: bytes) -> bytes:
    while mark not in data:
        data += sock.recv(1 << 16)
    return data[data.index(mark) + len(mark) :]


def _on_a_thread(run: Callable[[], None]) -> None:
    def quietly() -> None:
        with contextlib.suppress(OSError):
            run()

    threading.Thread(target=quietly, daemon=True).start()
