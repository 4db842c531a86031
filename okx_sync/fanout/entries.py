"""Entries of a stream: numbered messages of many topics in one, or what became of their publisher."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Mapping
from typing import Final, Literal, cast

import attrs

from okx_sync.errors import DecodeError, shorten

__all__ = [
    "EntryId",
    "EntryKind",
    "StreamEntry",
    "id_of",
    "id_text",
    "pack",
    "read_entry",
    "seen_text",
    "texts_of",
    "unpack",
]

EntryKind = Literal["", "epoch", "lost", "restored", "gap"]
"""What an entry is: messages; another publisher has begun; the publisher's own link was lost, is back, has a gap."""

EntryId = tuple[int, int]
_HEAD: Final = struct.Struct(">8sI")


def pack(messages: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Make one text of messages, each with its topic's number."""
    head = _HEAD.pack
    return b"".join([part for number, frame in messages for part in (head(number, len(frame)), frame)])


def unpack(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the messages of a text that :func:`pack` made. Raises ``DecodeError`` for any other."""
    at, size, head, end = 0, _HEAD.size, _HEAD.unpack_from, len(data)
    found: list[tuple[bytes, bytes]] = []
    try:
        while at < end:
            number, length = head(data, at)
            at += size
            found.append((number, data[at : at + length]))
            at += length
    except struct.error:
        at = end + 1
    if at != end:
        raise DecodeError("messages in Redis were cut off, or are none of a publisher's", text=repr(data[:100]))
    return found


def id_of(text: bytes | str) -> EntryId:
    """Return an id of Redis as numbers, which can be compared."""
    told = text.decode() if isinstance(text, bytes) else text
    ms, _, number = told.partition("-")
    return int(ms), int(number or 0)


def id_text(entry_id: EntryId) -> str:
    """Return an id as Redis writes it."""
    return f"{entry_id[0]}-{entry_id[1]}"


@attrs.frozen
class StreamEntry:
    """One entry: the ``count`` messages from number ``first`` of an ``epoch``, or an event of its publisher.

    ``base`` and ``first`` together number the messages of all epochs of one ``lineage``: what the broker has not
    forgotten. ``received_ns``: when the first of them came to the publisher; ``details``: of an event.
    """

    id: EntryId
    epoch: str
    lineage: str
    base: int
    first: int
    count: int
    received_ns: int
    kind: EntryKind
    data: bytes
    details: Mapping[bytes, bytes]


def read_entry(entry_id: bytes, fields: Mapping[bytes, bytes]) -> StreamEntry:
    """Read an entry as Redis gives it. Raises ``DecodeError`` for one that no publisher has written."""
    try:
        return StreamEntry(
            id_of(entry_id),
            fields[b"e"].decode(),
            fields[b"l"].decode(),
            int(fields[b"b"]),
            int(fields[b"n"]),
            int(fields[b"c"]),
            int(fields.get(b"t", b"0")),
            cast(EntryKind, fields.get(b"k", b"").decode()),
            fields.get(b"d", b""),
            fields,
        )
    except (LookupError, ValueError) as error:
        names = [name[:100] for name in list(fields)[:10]]
        why = shorten(f"{type(error).__name__}: {error}")
        raise DecodeError(f"no publisher has written this entry: {why}", text=repr(names)) from None


def texts_of(entry: StreamEntry) -> dict[str, str]:
    """Return the details of an event as texts."""
    return {name.decode("utf-8", "replace"): told.decode("utf-8", "replace") for name, told in entry.details.items()}


def seen_text(ms: int) -> str:
    """Say for people when a publisher gave its last sign of life (epoch ms; 0 where that is not known)."""
    try:
        at = dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
    except (ValueError, OverflowError, OSError):  # another program's number
        ms = 0
    return f"was last seen at {at:%Y-%m-%d %H:%M:%S.%f} UTC" if ms else "was last seen nobody knows when"
