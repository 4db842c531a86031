"""The exchange that sends too much: a bare WebSocket server in a process of its own.

    python -m tests.benchmarks.load.server '{"exchange": "okx", "stream": "tickers"}'

It prints its port, serves until its standard input ends, agrees to every login and subscription, and then sends frames
made beforehand: as fast as the client takes them, or ``per_second`` one at a time or in bursts, each with the moment
of its sending in it. Over TLS every frame is a record of its own, as an exchange that writes each message when it
happens sends them.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.load.payloads import BODIES, Body, bodies_of

__all__ = ["EPOCH_US", "Plan", "sent_at"]

EPOCH_US = 1_000_000_000_000
"""Added to the moment of sending, so that it always has 13 digits, as the exchange's milliseconds have."""

_SILENCE_S = 0.05  # between the last acknowledgement and the first message
_UPGRADED = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n"
)
_KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def sent_at() -> int:
    """Now, as it stands in a message: microseconds of the machine's monotonic clock, the same in every process."""
    return time.monotonic_ns() // 1000 + EPOCH_US


@dataclass(frozen=True)
class Plan:
    """What to send. ``per_second``: messages, 0 for as many as go; ``burst``: how many at once; ``cert``: PEM file with
    certificate and key, for TLS; ``cpu``: the core to stay on.
    """

    exchange: str
    stream: str
    per_second: int = 0
    burst: int = 1
    cert: str | None = None
    cpu: int | None = None


def frame_of(payload: bytes) -> bytes:
    """An unmasked text frame."""
    length = len(payload)
    head = bytes([0x81, length]) if length < 126 else b"\x81\x7e" + length.to_bytes(2, "big")
    return head + payload


class Peer:
    """One connection: reads what the client says on a thread, sends on its own."""

    def __init__(self, sock: socket.socket, plan: Plan, context: ssl.SSLContext | None) -> None:
        self._sock = sock
        self._plan = plan
        self._tls: ssl.SSLObject | None = None
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._lock = threading.Lock()  # one at a time writes to the TLS object
        self._buffer = b""
        self._subscribed = threading.Event()
        if context is not None:
            self._tls = context.wrap_bio(self._in, self._out, server_side=True)

    def serve(self) -> None:
        """Until the client has gone."""
        with self._sock, contextlib.suppress(OSError, EOFError):
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._shake_hands()
            reader = threading.Thread(target=self._listen, daemon=True)
            reader.start()
            self._subscribed.wait()
            time.sleep(_SILENCE_S)
            self._pace() if self._plan.per_second else self._flood()

    # -- bytes ---------------------------------------------------------------------------------------------------

    def _write(self, pieces: list[bytes]) -> None:
        """Send; over TLS each piece in a record of its own."""
        with self._lock:
            if self._tls is None:
                data = b"".join(pieces)
            else:
                for piece in pieces:
                    self._tls.write(piece)
                data = self._out.read()
            self._sock.sendall(data)

    def _more(self) -> bytes:
        while True:
            if self._tls is not None:
                with contextlib.suppress(ssl.SSLWantReadError), self._lock:
                    return self._tls.read(1 << 16)
            data = self._sock.recv(1 << 16)
            if not data:
                raise EOFError
            if self._tls is None:
                return data
            self._in.write(data)

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._buffer += self._more()
        data, self._buffer = self._buffer[:count], self._buffer[count:]
        return data

    def _shake_hands(self) -> None:
        while self._tls is not None:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                self._sock.sendall(self._out.read())
                data = self._sock.recv(1 << 16)
                if not data:
                    raise EOFError from None
                self._in.write(data)
            else:
                self._sock.sendall(self._out.read())
                break
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self._more()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        key = next(value for name, value in lines.items() if name.lower() == b"sec-websocket-key")
        accept = base64.b64encode(hashlib.sha1(key + _KEY).digest()).decode()
        self._write([_UPGRADED.format(accept).encode()])

    # -- what the client says ------------------------------------------------------------------------------------

    def _listen(self) -> None:
        with contextlib.suppress(OSError, EOFError, ssl.SSLError):
            while True:
                opcode, payload = self._frame()
                if opcode == 8:
                    break
                if opcode == 9:
                    self._write([bytes([0x8A, len(payload)]) + payload])
                elif opcode == 1:
                    self._answer(payload)
        self._subscribed.set()
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._take(2)
        length = second & 0x7F
        if length >= 126:
            length = int.from_bytes(self._take(2 if length == 126 else 8), "big")
        mask = self._take(4)
        payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self._take(length)))
        return first & 15, payload

    def _answer(self, payload: bytes) -> None:
        if payload == b"ping":
            self._write([frame_of(b"pong")])
            return
        message = json.loads(payload)
        answers = list(_answers(self._plan.exchange, message))
        self._write([frame_of(json.dumps(answer, separators=(",", ":")).encode()) for answer in answers])
        if message.get("op") == "subscribe":
            self._subscribed.set()

    # -- what it gets --------------------------------------------------------------------------------------------

    def _flood(self) -> None:
        bodies = bodies_of(self._plan.exchange, self._plan.stream)
        moment = str(sent_at()).encode()
        frames = [frame_of(before + moment + behind) for before, behind in bodies]
        if self._tls is None:
            frames = [b"".join(frames)]
        while True:
            self._write(frames)

    def _pace(self) -> None:
        bodies = bodies_of(self._plan.exchange, self._plan.stream)
        step = self._plan.burst / self._plan.per_second
        due = time.monotonic()
        number = 0
        while True:
            due += step
            while (left := due - time.monotonic()) > 0:
                if left > 0.002:  # the rest is waited for awake: a sleep ends when it likes
                    time.sleep(left - 0.002)
            self._write(_stamped(bodies, number, self._plan.burst))
            number += self._plan.burst


def _stamped(bodies: list[Body], number: int, count: int) -> list[bytes]:
    chosen = [bodies[(number + i) % len(bodies)] for i in range(count)]
    moment = str(sent_at()).encode()
    return [frame_of(before + moment + behind) for before, behind in chosen]


def _answers(exchange: str, message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    op: str = message["op"]
    request: dict[str, Any] = {key: message[key] for key in ("id", "req_id") if key in message}
    if exchange == "bybit":
        time.sleep(_SILENCE_S)  # pybit asks before it notes whom the answer is for
        yield {"success": True, "ret_msg": "pong" if op == "ping" else "", "op": op, "conn_id": "bench", **request}
    elif op == "login":
        yield {"event": "login", "code": "0", "msg": "", "connId": "bench"}
    elif op == "subscribe":
        for arg in message["args"]:
            yield {"event": "subscribe", "arg": arg, "connId": "bench", **request}
    if op == "subscribe":
        for arg in message["args"]:
            yield from _snapshots(exchange, arg)


def _snapshots(exchange: str, arg: Any) -> Iterator[dict[str, Any]]:
    """What a client that keeps state wants to have before the first change."""
    topic: str = arg if isinstance(arg, str) else arg["channel"]
    if exchange == "okx" and topic == "books":
        message = BODIES[exchange]["books"](0)
        row = {**message["data"][0], "prevSeqId": -1, "seqId": 0}
        yield {**message, "action": "snapshot", "data": [row]}
    elif exchange == "bybit" and topic.startswith(("tickers.", "orderbook.")):
        message = BODIES[exchange]["tickers" if topic.startswith("tickers.") else "books"](0)
        yield {**message, "type": "snapshot"}


def main() -> None:
    """Serve one plan."""
    plan = Plan(**json.loads(sys.argv[1]))
    if plan.cpu is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {plan.cpu})
    context = None
    if plan.cert is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(plan.cert)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()

    def accept() -> None:
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=Peer(sock, plan, context).serve, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
