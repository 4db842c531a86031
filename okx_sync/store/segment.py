"""One file of a recording: a head, then blocks of compressed entries. Reading and writing it, without threads.

A block is whole or it is not there: it says how long it is and has a checksum, and a block that was cut off by the
death of the program is left out when it is read. What stands in the blocks before it is not touched by that.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import attrs
import orjson

from okx_sync.errors import RecordingError
from okx_sync.store.extras import zstandard

__all__ = [
    "SUFFIX",
    "BlockOutline",
    "Entry",
    "EntryKind",
    "FrameBatch",
    "RecordedSocket",
    "SegmentWriter",
    "read_head",
    "read_segment",
]

SUFFIX: Final = ".okxrec"
_MAGIC: Final = b"okx_sync recording 1\n"
_BLOCK: Final = struct.Struct("<4sIIIqqI")  # mark, entries, bytes, compressed bytes, first and last time, checksum
_MARK: Final = b"BLK1"
_ENTRY: Final = struct.Struct("<BHqI")  # kind, source, time in ns, bytes
_pack: Final = _ENTRY.pack
_NEVER: Final = (1 << 63) - 1
_MOST: Final = 1 << 30  # bytes that a block may claim to have: more is damage


class EntryKind(IntEnum):
    """What an entry is."""

    FRAME = 1  # a message as it was received
    STATE = 2  # a state event of a link
    SOURCE = 3  # where messages of a number come from
    TOPICS = 4  # what a link was subscribed to then
    MISSED = 5  # messages that the recorder could not keep
    END = 6  # the recorder was stopped
    HELD = 7  # topics wait from here on for what REST knows of a loss
    RECOVERED = 8  # a topic goes on, with the rows that REST knew


_FRAME: Final = int(EntryKind.FRAME)


@attrs.frozen(cache_hash=True)
class RecordedSocket:
    """A socket: the path and shard of its link, and its number there (``epoch``)."""

    path: str
    shard: int
    epoch: int


class Entry(NamedTuple):
    """One entry: ``at`` in ns since 1970, ``data`` the message or JSON. ``source`` is None where it is of no socket."""

    kind: EntryKind
    at: int
    source: RecordedSocket | None
    data: bytes


FrameBatch = tuple[int, RecordedSocket, list[bytes]]
"""Messages that one read of a socket brought, and when; each is an entry of the kind ``FRAME``. Made for each read."""


class BlockOutline(NamedTuple):
    """The outline of a block: how many entries, from when to when (ns), and where it begins in its file."""

    entries: int
    first: int
    last: int
    offset: int


class SegmentWriter:
    """Writes one file. Not safe from several threads.

    Args:
        path: The file; it must not exist.
        head: Facts of the recording, as JSON can have them.
        level: Of zstd's compression.

    Raises:
        OSError: It cannot be made.
    """

    def __init__(self, path: Path, head: dict[str, Any], level: int) -> None:
        self.path = path
        self._compress = zstandard().ZstdCompressor(level=level).compress
        self._file: BinaryIO = open(path, "xb", buffering=0)  # noqa: SIM115  closed by close()
        self._sources: dict[RecordedSocket, int] = {}
        self.size = 0
        try:
            self._write(_MAGIC + orjson.dumps(head) + b"\n")
        except BaseException:
            self._file.close()
            raise

    def write(self, entries: Iterable[Entry | FrameBatch]) -> int:
        """Write a block of entries, and hand it to the system; returns how many bytes it takes.

        Raises ``OSError``; the file is as it was before then.
        """
        before = dict(self._sources)
        parts: list[bytes] = []
        add = parts.append
        first, final, number = _NEVER, 0, 0
        known: RecordedSocket | None = None
        for entry in entries:
            frames: Sequence[bytes] = ()
            if isinstance(entry, Entry):
                at, source = entry.at, entry.source
            else:
                at, source, frames = entry
            if source is not known:
                known, number = source, self._number(source, at, parts)
            if at < first:
                first = at
            if at > final:
                final = at
            for frame in frames:
                add(_pack(_FRAME, number, at, len(frame)))
                add(frame)
            if isinstance(entry, Entry):
                parts += (_pack(entry.kind, number, at, len(entry.data)), entry.data)
        if not parts:
            return 0
        raw = b"".join(parts)
        packed = self._compress(raw)
        facts = (_MARK, len(parts) // 2, len(raw), len(packed), first, final, zlib.crc32(packed))
        try:
            return self._write(_BLOCK.pack(*facts) + packed)
        except OSError:
            self._sources = before
            raise

    def _number(self, source: RecordedSocket | None, at: int, parts: list[bytes]) -> int:
        """Return the number of a socket in this file; said there once."""
        number = 0 if source is None else self._sources.get(source, 0)
        if source is not None and not number:
            number = self._sources[source] = len(self._sources) + 1
            fact = orjson.dumps(attrs.asdict(source))
            parts += (_pack(EntryKind.SOURCE, number, at, len(fact)), fact)
        return number

    def _write(self, data: bytes) -> int:
        left = memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            self._file.truncate(self.size)
            self._file.seek(self.size)
            raise
        self.size += len(data)
        return len(data)

    def sync(self) -> None:
        """Wait until all of it is on the disk. Raises ``OSError``."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file. Raises ``OSError``."""
        self._file.close()


def read_head(path: Path) -> dict[str, Any]:
    """Return the facts at the beginning of a file. Raises ``RecordingError`` for what is no recording."""
    with open(path, "rb") as file:
        return _head(file, path)


def _head(file: BinaryIO, path: Path) -> dict[str, Any]:
    if file.readline(len(_MAGIC)) != _MAGIC:
        raise RecordingError(f"{path} is no recording, or one of another version")
    try:
        head = orjson.loads(file.readline())
    except ValueError:
        raise RecordingError(f"{path} was cut off before its first message") from None
    if not isinstance(head, dict):
        raise RecordingError(f"{path} does not say what it is a recording of")
    return head


def read_segment(path: Path, start: int | None = None, end: int | None = None) -> Iterator[Entry | BlockOutline]:
    """Go through the entries of a file, in the order in which they were written; behind those of a block its outline.

    ``start`` and ``end`` (ns) leave out blocks that are wholly before or behind them; single entries are not left out.
    It ends where the file was cut off, with a ``RecordingError`` that says where.
    """
    unpack = zstandard().ZstdDecompressor().decompress
    sources: dict[int, RecordedSocket] = {}
    with open(path, "rb") as file:
        _head(file, path)
        while True:
            offset = file.tell()
            head = file.read(_BLOCK.size)
            if not head:
                return
            block, raw = _block(path, file, head, offset, unpack)
            wanted = (start is None or block.last >= start) and (end is None or block.first <= end)
            yield from _entries(raw, sources, wanted=wanted)
            yield block


def _block(path: Path, file: BinaryIO, head: bytes, offset: int, unpack: Any) -> tuple[BlockOutline, bytes]:
    try:
        mark, entries, size, packed, first, last, check = _BLOCK.unpack(head)
        if mark != _MARK or size > _MOST or packed > _MOST:
            raise ValueError("no block begins there")
        data = file.read(packed)
        if len(data) < packed or zlib.crc32(data) != check:
            raise ValueError("the block is not whole")
        raw = unpack(data, max_output_size=size)
        if len(raw) != size:
            raise ValueError("the block is not whole")
    except (ValueError, struct.error, zstandard().ZstdError) as problem:
        raise RecordingError(f"{path} was cut off or damaged at byte {offset}: {problem}") from None
    return BlockOutline(entries, first, last, offset), raw


def _entries(raw: bytes, sources: dict[int, RecordedSocket], *, wanted: bool) -> Iterator[Entry]:
    at, end = 0, len(raw)
    while at < end:
        kind, number, when, size = _ENTRY.unpack_from(raw, at)
        at += _ENTRY.size
        if kind == EntryKind.SOURCE:
            sources[number] = RecordedSocket(**orjson.loads(raw[at : at + size]))
        elif wanted:
            yield Entry(EntryKind(kind), when, sources.get(number), raw[at : at + size])
        at += size
