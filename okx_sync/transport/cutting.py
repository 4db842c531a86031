"""Frames cut out of a stream of bytes: the common case only, whole text frames of up to 65,535 bytes, unmasked."""

from __future__ import annotations

import struct

__all__ = ["is_ready", "split_frames"]

_FINAL_TEXT = 0x81
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
            return position, is_ready(buffer, position)
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


def is_ready(buffer: bytes, position: int) -> bool:
    """Tell whether the library may read the frame there: its whole length is known, as it is checked first."""
    here = len(buffer) - position
    return here >= 2 and (buffer[position + 1] & 0x7F != 127 or here >= 10)
