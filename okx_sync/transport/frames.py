"""The hot path of receiving: many frames per system call.

``WebSocketApp.run_forever`` asks its public hook ``create_dispatcher`` for an object whose ``read`` loops until the
connection ends. Ours reads up to 64 KiB at a time and cuts the frames itself (``cutting``), which is an order of
magnitude faster than three reads and a dozen Python calls per frame. It knows only the common case: unfragmented,
unmasked text of up to 65,535 bytes. Everything else (ping, pong, close, binary, fragments, larger frames, reserved
bits) is handed back to the library, bytes and all, so that its rules keep holding. Its buffer refuses what is larger
than a message may be.

The library's internals that this file touches are ``app.sock``, ``.sock``, ``.frame_buffer.recv_buffer`` and
``.cont_frame.recving_frames``, none of which is underscored; a test pins them.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from typing import Any

from okx_sync.transport.cutting import is_ready, split_frames
from okx_sync.transport.loan import CHUNK, ReadingLoan, ReadingTerms

__all__ = ["FrameReader", "split_frames", "text_frame"]

_FINAL_TEXT = 0x81
_MASKED = 0x80
_LONG_HEAD = struct.Struct(">BBH")
_LONGEST_HEAD = struct.Struct(">BBQ")


def text_frame(text: str) -> bytes:
    """Return the frame that brings ``text`` to a server, masked as it must be.

    ``ABNF.create_frame`` makes the same in three times the time.
    """
    data, key = text.encode(), os.urandom(4)
    size = len(data)
    if size < 126:
        head = bytes((_FINAL_TEXT, _MASKED | size))
    elif size < 1 << 16:
        head = _LONG_HEAD.pack(_FINAL_TEXT, _MASKED | 126, size)
    else:
        head = _LONGEST_HEAD.pack(_FINAL_TEXT, _MASKED | 127, size)
    mask = (key * (size // 4 + 1))[:size]
    masked = int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")
    return head + key + masked.to_bytes(size, "little")


class FrameReader:
    """What ``create_dispatcher`` returns.

    Args:
        deliver: ``deliver(frames)`` gets every batch of text payloads, in order; True when it has handed something to
            another thread that runs callbacks.
        lending: Lets such a thread read in place of this one; None: never.
    """

    def __init__(self, app: Any, deliver: Callable[[list[bytes]], object], lending: ReadingTerms | None = None) -> None:
        self._app = app
        self._deliver = deliver
        self._lending = lending
        self._has_handed_over = False
        self._in_pieces = False  # the library has read a part of a message: the rest of it is the library's, too

    def read(self, sock: Any, read_callback: Callable[[], bool], check_callback: Callable[[], bool]) -> None:
        """Loop until the connection ends. An end of stream returns; errors of the socket are raised."""
        del check_callback  # the library's own ping timer, which we do not use
        sock.settimeout(None)
        loan = None if self._lending is None else ReadingLoan(sock, self._deliver, self._lending)
        left: bytes | None = b""
        while self._app.keep_running and left is not None:
            if loan is not None and self._has_handed_over and not self._in_pieces and loan.is_due:
                self._has_handed_over = False
                left = loan.lend(left)
            else:
                left = self._receive(sock, left)
            if left:
                left = self._cut(left, read_callback)

    def _receive(self, sock: Any, left: bytes) -> bytes | None:
        """Return what is left and what comes behind it; None at the end of the stream."""
        while True:
            try:
                chunk: bytes = sock.recv(CHUNK)
            except InterruptedError:
                continue
            return (left + chunk if left else chunk) if chunk else None

    def _cut(self, buffer: bytes, read_callback: Callable[[], bool]) -> bytes | None:
        """Deliver all whole messages; returns the beginning of the next one, None at the end of the stream."""
        while buffer:
            frames: list[bytes] = []
            consumed, special = (0, is_ready(buffer, 0)) if self._in_pieces else split_frames(buffer, frames)
            buffer = buffer[consumed:]
            if frames and self._deliver(frames):
                self._has_handed_over = True
            if not special:
                break
            rest = self._library_reads(buffer, read_callback)
            if rest is None:
                return None
            buffer = rest
            self._in_pieces = self._app.sock is not None and bool(self._app.sock.cont_frame.recving_frames)
        return buffer

    def _library_reads(self, buffer: bytes, read_callback: Callable[[], bool]) -> bytes | None:
        """Let the library read one message that starts with ``buffer``; returns what it left, None at the end."""
        websocket = self._app.sock
        if websocket is None:
            return None
        websocket.frame_buffer.recv_buffer = [buffer]
        if not read_callback() or self._app.sock is None:
            return None
        left = b"".join(websocket.frame_buffer.recv_buffer)
        websocket.frame_buffer.recv_buffer = []
        return left

    def send(self, sock: Any, data: bytes) -> int:
        """Write for the library; returns how many bytes the socket took."""
        sent: int = sock.send(data)
        return sent
