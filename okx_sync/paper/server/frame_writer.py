"""The way out to one client: frames, delays, backpressure, and the ways a socket can die.

Frames are encoded here and written to the transport directly. The web framework's own `send` is
a coroutine; pushes come from market events, which are synchronous and must keep their order, and
several faults live below the frame layer.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Literal

from okx_sync.paper.server.fault_rules import FaultRules
from okx_sync.paper.server.listener import reset_transport

Lane = Literal["login", "ack", "push", "pong"]

TEXT, BINARY, CLOSE, PONG = 1, 2, 8, 10
SLOW_CONSUMER_BYTES = 32 * 1024 * 1024
"""Unsent bytes above which the exchange gives up on a client (close code 4005)."""
CLOSE_REASON_BYTES = 123
HELD_BYTES = 8 * 1024 * 1024


def encode_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """Return one unmasked final frame, as servers send them (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x80 | opcode, size) + payload
    if size < 65536:
        return struct.pack("!BBH", 0x80 | opcode, 126, size) + payload
    return struct.pack("!BBQ", 0x80 | opcode, 127, size) + payload


class FrameWriter:
    """Writes to one socket, in order within each lane."""

    def __init__(
        self, transport: asyncio.Transport, drain: Callable[[], Awaitable[None]], rules: FaultRules, path: str
    ) -> None:
        self._transport = transport
        self._drain = drain
        self._rules = rules
        self.path = path
        self._loop = asyncio.get_running_loop()
        self._late: dict[Lane, deque[tuple[float, bytes, Callable[[], None] | None]]] = {}
        self._held: list[bytes] | None = None
        self._held_bytes = 0
        self._drops: deque[int] = deque()
        self._is_ended = False
        self.on_slow: Callable[[], None] = lambda: None

    @property
    def is_open(self) -> bool:
        """Whether bytes can still leave."""
        return not self._transport.is_closing()

    def send(self, lane: Lane, payload: bytes, opcode: int = TEXT, then: Callable[[], None] | None = None) -> None:
        """Send a frame, late when a delay is armed for its lane; `then` runs after it is written."""
        data = encode_frame(payload, opcode)
        rule = self._rules.take("delay", what=lane, path=self.path)
        queue = self._late.get(lane)
        if rule is None and not queue:
            self.write(data)
            if then is not None:
                then()
            return
        due = self._loop.time() + (rule.options["seconds"] if rule else 0.0)
        if queue is None:
            queue = self._late[lane] = deque()
        # A frame never overtakes an earlier one of its lane.
        queue.append((max(due, queue[-1][0]) if queue else due, data, then))
        if len(queue) == 1:
            self._loop.call_at(due, self._flush, lane)

    def _flush(self, lane: Lane) -> None:
        queue = self._late[lane]
        now = self._loop.time()
        while queue and queue[0][0] <= now:
            _, data, then = queue.popleft()
            self.write(data)
            if then is not None:
                then()
        if queue:
            self._loop.call_at(queue[0][0], self._flush, lane)

    def write(self, data: bytes) -> None:
        """Write bytes below the frame layer; nothing leaves after the end was announced."""
        if self._is_ended:
            return
        if self._drops:  # nothing overtakes what is dripping out
            self._drops.extend(data)
        elif (rule := self._rules.take("drip", path=self.path)) is not None:
            self._drops.extend(data)
            self._drip(rule.options["seconds"])
        else:
            self._put(data)

    def _drip(self, seconds: float) -> None:
        """Write the next byte, and the others one by one after it."""
        if self._drops and self.is_open:
            self._put(bytes([self._drops.popleft()]))
            self._loop.call_later(seconds, self._drip, seconds)
        else:
            self._drops.clear()

    def _put(self, data: bytes) -> None:
        if self._held is not None:
            self._held_bytes += len(data)
            if self._held_bytes <= HELD_BYTES:
                self._held.append(data)
        elif not self._transport.is_closing():
            self._transport.write(data)
            if self._transport.get_write_buffer_size() > SLOW_CONSUMER_BYTES:
                self.on_slow()

    def write_close(self, code: int, reason: str) -> None:
        """Write a close frame; nothing may follow it."""
        self.write(encode_frame(struct.pack("!H", code) + reason.encode()[:CLOSE_REASON_BYTES], CLOSE))
        self._is_ended = True

    async def drain(self) -> None:
        """Wait until the client has read enough for more to be written."""
        with suppress(ConnectionError):
            await self._drain()

    def hold(self, on: bool) -> None:
        """Stop reading and writing without closing; what was held goes out when it ends.

        When more was held than a real send buffer takes, the connection is reset instead.
        """
        if on and self._held is None and not self._is_ended:
            self._held = []
            self._held_bytes = 0
            if self.is_open:
                self._transport.pause_reading()
        elif not on and self._held is not None:
            held, self._held = self._held, None
            if self._held_bytes > HELD_BYTES:
                self.reset()
            elif self.is_open:
                self._transport.resume_reading()
                self._transport.write(b"".join(held))

    def reset(self) -> None:
        """End the connection with RST."""
        reset_transport(self._transport)

    def half_close(self) -> None:
        """Send FIN without a close frame, after what was written before; the client may still write.

        Closing both directions would answer what the client writes with RST, a different fault.
        """
        self._is_ended = True
        if self._held is not None:
            self._held = None
            self._transport.resume_reading()
        if not self.is_open:
            return
        if self._transport.can_write_eof():
            with suppress(OSError):  # the client may be gone already
                self._transport.write_eof()
            return
        # TLS has no half-close of its own: the TCP connection under it ends without a TLS goodbye.
        with suppress(OSError):
            self._transport.get_extra_info("socket").shutdown(socket.SHUT_WR)

    def finish(self) -> None:
        """Close TCP in both directions."""
        self._is_ended = True
        self._transport.close()
