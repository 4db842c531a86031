"""The body of an answer, unpacked here and no further than it may be: a megabyte of gzip can hold gigabytes."""

from __future__ import annotations

import zlib
from typing import Any, Final

from okx_sync.rest.bounds import TooLargeError

__all__ = ["PackedError", "read_body"]

_PIECE: Final = 1 << 16
_MOST_LAYERS: Final = 3
_GZIP, _ZLIB, _BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class PackedError(ValueError):
    """The body is packed in a way that was not asked for, or does not unpack."""


def read_body(raw: Any, most_bytes: int) -> bytes:
    """Read and unpack the body of the library's ``raw`` response.

    Raises ``TooLargeError`` when it would be more than ``most_bytes``, ``PackedError``, and what the library raises.
    """
    packed = _joined(raw, most_bytes)
    layers = [word for part in raw.headers.get("Content-Encoding", "").split(",") if (word := part.strip().lower())]
    if len(layers) > _MOST_LAYERS:
        raise PackedError(f"it is packed {len(layers)} times")
    for layer in reversed(layers):
        if packed and layer != "identity":
            packed = _unpacked(layer, packed, most_bytes)
    return packed


def _joined(raw: Any, most_bytes: int) -> bytes:
    length = raw.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > most_bytes:
        raise TooLargeError
    pieces: list[bytes] = []
    size = 0
    for piece in raw.stream(_PIECE, decode_content=False):
        size += len(piece)
        if size > most_bytes:
            raise TooLargeError
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _unpacked(layer: str, packed: bytes, most_bytes: int) -> bytes:
    try:
        if layer in ("gzip", "x-gzip"):
            return _inflated(packed, _GZIP, most_bytes)
        if layer == "deflate":
            try:
                return _inflated(packed, _ZLIB, most_bytes)
            except zlib.error:  # some servers leave the wrapping out
                return _inflated(packed, _BARE, most_bytes)
    except zlib.error as error:
        raise PackedError(f"it does not unpack: {error}") from None
    raise PackedError(f"it is packed in {layer[:20]!r}, which was not asked for")


def _inflated(packed: bytes, form: int, most_bytes: int) -> bytes:
    """Unpack all members of the body, one after another."""
    pieces: list[bytes] = []
    left = most_bytes
    while packed:
        member = zlib.decompressobj(form)
        piece = member.decompress(packed, left + 1)
        left -= len(piece)
        if left < 0:
            raise TooLargeError
        if not member.eof:
            raise PackedError("it is cut off")
        pieces.append(piece)
        packed = member.unused_data if form == _GZIP else b""
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
