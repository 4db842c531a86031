"""The exchange that sends too much: a bare WebSocket server in a process of its own.

    python -m tests.benchmarks.load.server '{"exchange": "okx"}'

It prints its port and serves until its standard input ends; each line there is a command of the venue, and gets a line.
It agrees to every login and subscription that keeps to the limits, and then sends frames of what was subscribed, made
beforehand: as fast as the client takes them, or ``per_second`` one at a time or in bursts, each with the moment of its
sending in it. Over TLS every frame is a record of its own, as an exchange that writes each message when it happens
sends them.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import socket
import ssl
import sys
import threading
import time

import orjson

from tests.benchmarks.load.payloads import BODIES, Body, Topic, bodies_of
from tests.benchmarks.load.venue import Plan, Venue, answers

__all__ = ["EPOCH_US", "Peer", "frame_of", "sent_at"]

EPOCH_US = 1_000_000_000_000
"""Added to the moment of sending, so that it always has 13 digits, as the exchange's milliseconds have."""

_SILENCE_S = 0.05  # between the last acknowledgement and the first message
_AWAKE_S = 0.0003
_SWITCH_S = 0.0002  # so that whoever waits awake keeps no answer back
_AT_ONCE = 512  # frames in one system call, where as many go as can be taken
_UPGRADED = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n"
)
_KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def sent_at() -> int:
    """Now, as it stands in a message: microseconds of the machine's monotonic clock, the same in every process."""
    return time.monotonic_ns() // 1000 + EPOCH_US


def frame_of(payload: bytes) -> bytes:
    """An unmasked text frame."""
    length = len(payload)
    head = bytes([0x81, length]) if length < 126 else b"\x81\x7e" + length.to_bytes(2, "big")
    return head + payload


class Peer:
    """One connection: reads what the client says on a thread, sends on its own."""

    def __init__(self, sock: socket.socket, venue: Venue, context: ssl.SSLContext | None) -> None:
        self.topics: dict[str, Topic] = {}
        self.requests = 0
        self._sock = sock
        self._venue = venue
        self._tls: ssl.SSLObject | None = None
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._lock = threading.Lock()  # one at a time writes to the TLS object
        self._buffer = b""
        if context is not None:
            self._tls = context.wrap_bio(self._in, self._out, server_side=True)

    def serve(self) -> None:
        """Until the client has gone."""
        with self._sock, contextlib.suppress(OSError, EOFError):
            if not self._venue.enter(self):
                return
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._shake_hands()
            threading.Thread(target=self._listen, daemon=True).start()
            while self._venue.wait_all(self):
                time.sleep(_SILENCE_S)
                if topics := list(self.topics.values()):  # it may have left them already
                    self._pace(topics) if self._venue.plan.per_second else self._flood(topics)
        self._venue.leave(self)

    def hang_up(self) -> None:
        """End the connection at once."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

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
        self._venue.leave(self)
        self.hang_up()

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._take(2)
        length = second & 0x7F
        if length >= 126:
            length = int.from_bytes(self._take(2 if length == 126 else 8), "big")
        mask = self._take(4)
        payload = int.from_bytes(self._take(length)) ^ int.from_bytes((mask * (length // 4 + 1))[:length])
        return first & 15, payload.to_bytes(length)

    def _answer(self, payload: bytes) -> None:
        if payload == b"ping":
            self._write([frame_of(b"pong")])
            return
        message, plan = orjson.loads(payload), self._venue.plan
        time.sleep(plan.answer_after_s)
        if message["op"] != "ping" and not self._venue.ask(self, message):
            raise EOFError  # one too many
        self._write([frame_of(orjson.dumps(answer)) for answer in answers(plan.exchange, message)])
        self._venue.answered()

    # -- what it gets --------------------------------------------------------------------------------------------

    def _bodies(self, topics: list[Topic]) -> list[Body]:
        exchange = self._venue.plan.exchange
        return bodies_of(exchange, [topic for topic in topics if topic[0] in BODIES[exchange]])

    def _flood(self, topics: list[Topic]) -> None:
        moment = str(sent_at()).encode()
        frames = [frame_of(before + moment + behind) for before, behind in self._bodies(topics)]
        pieces = [frames[i : i + _AT_ONCE] for i in range(0, len(frames), _AT_ONCE)]
        if self._tls is None:
            pieces = [[b"".join(piece)] for piece in pieces]
        while True:
            for piece in pieces:
                self._write(piece)

    def _pace(self, topics: list[Topic]) -> None:
        plan, bodies = self._venue.plan, self._bodies(topics)
        step = plan.burst / (plan.per_second * min(1.0, len(topics) / plan.topics))
        due = time.monotonic()
        number = 0
        while True:
            due += step
            while (left := due - time.monotonic()) > 0:
                if left > _AWAKE_S:  # the rest is waited for awake: a sleep ends when it likes
                    time.sleep(left - _AWAKE_S)
            self._write(_stamped(bodies, number, plan.burst))
            number += plan.burst


def _stamped(bodies: list[Body], number: int, count: int) -> list[bytes]:
    chosen = [bodies[(number + i) % len(bodies)] for i in range(count)]
    moment = str(sent_at()).encode()
    return [frame_of(before + moment + behind) for before, behind in chosen]


def main() -> None:
    """Serve one plan."""
    sys.setswitchinterval(_SWITCH_S)
    plan = Plan(**orjson.loads(sys.argv[1]))
    venue = Venue(plan)
    if plan.cpu is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {plan.cpu})
    context = None
    if plan.cert is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(plan.cert)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    _say(str(listener.getsockname()[1]))

    def accept() -> None:
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=Peer(sock, venue, context).serve, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    for line in sys.stdin:
        _say(orjson.dumps(venue.command(line.strip())).decode())


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
