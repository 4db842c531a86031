"""The hot path of receiving: many frames per system call.

``WebSocketApp.run_forever`` asks its public hook ``create_dispatcher`` for an object whose ``read`` loops until the
connection ends. Ours reads up to 64 KiB at a time and cuts the frames itself, which is an order of magnitude faster
than three reads and a dozen Python calls per frame. It knows only the common case: unfragmented, unmasked text of up
to 65,535 bytes. Everything else (ping, pong, close, binary, fragments, larger frames, reserved bits) is handed back to
the library, bytes and all, so that its rules keep holding. Its buffer refuses what is larger than a message may be.

The library's internals that this file touches are ``app.sock``, ``.sock``, ``.frame_buffer.recv_buffer`` and
``.cont_frame.recving_frames``, none of which is underscored; a test pins them.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from typing import Any

__all__ = ["FrameReader", "split_frames", "text_frame"]

_CHUNK = 1 << 16
_FINAL_TEXT = 0x81
_MASKED = 0x80
_LONG_HEAD = struct.Struct(">BBH")
_LONGEST_HEAD = struct.Struct(">BBQ")
_USUAL = 0x817E  # such a text, with 126 bytes or more: its length is in the next two bytes
_head_of = struct.Struct(">HH").unpack_from


def split_frames(buffer: bytes, out: list[bytes]) -> tuple[int, bool]:
    """Cut whole text frames off the front of ``buffer`` and append their payloads to ``out``.

    Returns how many bytes were consumed, and whether what follows is for the library to read (True) or merely
    incomplete (False).
    """
    position, end = 0, len(buffer)
    while end - position >= 4:  # the usual sizes, with one call for the whole head
        kind, length = _head_of(buffer, position)
        start = position + 4
        stop = start + length
        if kind != _USUAL or stop > end:
            break
        out.append(buffer[start:stop])
        position = stop
    while end - position >= 2:  # all others
        length = buffer[position + 1]
        if buffer[position] != _FINAL_TEXT or length > 126:
            return position, _is_ready(buffer, position)
        start = position + 2
        if length == 126:
            if end - position < 4:
                return position, False
            length = buffer[position + 2] << 8 | buffer[position + 3]
            start = position + 4
        stop = start + length
        if stop > end:
            return position, False
        out.append(buffer[start:stop])
        position = stop
    return position, False


def _is_ready(buffer: bytes, position: int) -> bool:
    """Tell whether the library may read the frame there: its whole length is known, as it is checked first."""
    here = len(buffer) - position
    return here >= 2 and (buffer[position + 1] & 0x7F != 127 or here >= 10)


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
    """What ``create_dispatcher`` returns. ``deliver(frames)`` gets every batch of text payloads, in order."""

    def __init__(self, app: Any, deliver: Callable[[list[bytes]], None]) -> None:
        self._app = app
        self._deliver = deliver

    def read(self, sock: Any, read_callback: Callable[[], bool], check_callback: Callable[[], bool]) -> None:
        """Loop until the connection ends. An end of stream returns; errors of the socket are raised."""
        del check_callback  # the library's own ping timer, which we do not use
        sock.settimeout(None)
        buffer = b""
        in_pieces = False  # the library has read a part of a message: the rest of it is the library's, too
        while self._app.keep_running:
            try:
                chunk = sock.recv(_CHUNK)
            except InterruptedError:
                continue
            if not chunk:
                return
            buffer = buffer + chunk if buffer else chunk
            while buffer:
                frames: list[bytes] = []
                consumed, special = (0, _is_ready(buffer, 0)) if in_pieces else split_frames(buffer, frames)
                buffer = buffer[consumed:]
                if frames:
                    self._deliver(frames)
                if not special:
                    break
                rest = self._library_reads(buffer, read_callback)
                if rest is None:
                    return
                buffer = rest
                in_pieces = self._app.sock is not None and bool(self._app.sock.cont_frame.recving_frames)

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
