"""One file of a recording: a head, then blocks of compressed entries. Reading and writing it, without threads.

A block is whole or it is not there: it says how long it is and has a checksum, which covers that, too; a block that was
cut off by the death of the program, or damaged, is left out and named when it is read. No other block is touched by
that: each says itself what its entries need.
"""

from __future__ import annotations

import os
import re
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
    "Damage",
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
_MARK: Final = b"BLK2"
_OLD_MARK: Final = b"BLK1"  # its checksum is of its content alone, and it may need what an earlier block says
_CHECKED: Final = re.compile(rb"(.*) ([0-9a-f]{8})\n")
_WINDOW: Final = 1 << 20
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
_KINDS: Final = {int(kind): kind for kind in EntryKind}


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


class Damage(NamedTuple):
    """What cannot be read of a file, from this byte on to the next block that is whole, and why."""

    offset: int
    reason: str


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
        self.size = 0
        told = orjson.dumps(head)
        try:
            self._write(_MAGIC + told + b" %08x\n" % zlib.crc32(told))
        except BaseException:
            self._file.close()
            path.unlink()  # half a head would be in the way of whoever reads the folder
            raise

    def write(self, entries: Iterable[Entry | FrameBatch]) -> int:
        """Write a block of entries, and hand it to the system; returns how many bytes it takes.

        Raises ``OSError``; the file is as it was before then.
        """
        sources: dict[RecordedSocket, int] = {}
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
                known, number = source, _number(sources, source, at, parts)
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
        facts = (_MARK, len(parts) // 2, len(raw), len(packed), first, final)
        return self._write(_BLOCK.pack(*facts, zlib.crc32(packed, _check_of(facts))) + packed)

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


def _number(sources: dict[RecordedSocket, int], source: RecordedSocket | None, at: int, parts: list[bytes]) -> int:
    """Return the number of a socket in a block; said there once."""
    number = 0 if source is None else sources.get(source, 0)
    if source is not None and not number:
        number = sources[source] = len(sources) + 1
        fact = orjson.dumps(attrs.asdict(source))
        parts += (_pack(EntryKind.SOURCE, number, at, len(fact)), fact)
    return number


def _check_of(facts: tuple[Any, ...]) -> int:
    return 0 if facts[0] == _OLD_MARK else zlib.crc32(_BLOCK.pack(*facts, 0))


def read_head(path: Path) -> dict[str, Any]:
    """Return the facts at the beginning of a file. Raises ``RecordingError`` for what is no recording."""
    with open(path, "rb") as file:
        return _head(file, path)


def _head(file: BinaryIO, path: Path) -> dict[str, Any]:
    magic = file.readline(len(_MAGIC))
    if magic != _MAGIC:
        is_ours = magic.startswith(_MAGIC[:-3])
        what = "is of another version of okx_sync, or was cut off" if is_ours else "is no recording"
        raise RecordingError(f"{path} {what}")
    line = file.readline(_WINDOW)
    found = _CHECKED.fullmatch(line)
    told = line if found is None else found[1]  # as it once was
    try:
        head = orjson.loads(told)
        if not line.endswith(b"\n") or (found is not None and int(found[2], 16) != zlib.crc32(told)):
            raise ValueError
    except ValueError:
        raise RecordingError(f"{path} was cut off before its first message, or its beginning is damaged") from None
    if not isinstance(head, dict):
        raise RecordingError(f"{path} does not say what it is a recording of")
    return head


def read_segment(
    path: Path, start: int | None = None, end: int | None = None
) -> Iterator[Entry | BlockOutline | Damage]:
    """Go through the entries of a file, in the order in which they were written; behind those of a block its outline.

    ``start`` and ``end`` (ns) leave out blocks that are wholly before or behind them; single entries are not left out.
    What cannot be read is told in its place. Raises ``RecordingError`` for what is no recording.
    """
    unpack = zstandard().ZstdDecompressor().decompress
    sources: dict[int, RecordedSocket] = {}
    with open(path, "rb") as file:
        _head(file, path)
        while True:
            offset = file.tell()
            try:
                found = _block(file, offset)
            except ValueError as problem:
                yield Damage(offset, f"{path} was cut off or damaged at byte {offset}: {problem}")
                if not _seek_block(file, offset + 1):
                    return
                continue
            if found is None:
                return
            mark, block, data, size = found
            wanted = (start is None or block.last >= start) and (end is None or block.first <= end)
            if wanted or mark == _OLD_MARK:
                yield from _entries(unpack(data, max_output_size=size), sources, block, wanted=wanted)
            yield block


def _block(file: BinaryIO, offset: int) -> tuple[bytes, BlockOutline, bytes, int] | None:
    """Read the block that begins here, not unpacked yet; None at the end. Raises ``ValueError``: it is not whole."""
    head = file.read(_BLOCK.size)
    if not head:
        return None
    if len(head) < _BLOCK.size:
        raise ValueError("the block is not whole")
    mark, entries, size, packed, first, last, check = facts = _BLOCK.unpack(head)
    if mark not in (_MARK, _OLD_MARK) or size > _MOST or packed > _MOST:
        raise ValueError("no block begins there")
    data = file.read(packed)
    if len(data) < packed:
        raise ValueError("the block is not whole")
    if zlib.crc32(data, _check_of(facts[:-1])) != check:
        raise ValueError("the block does not have its checksum")
    return mark, BlockOutline(entries, first, last, offset), data, size


def _seek_block(file: BinaryIO, start: int) -> bool:
    """Go to the next block that is whole; False when there is none."""
    at = start
    while True:
        file.seek(at)
        window = file.read(_WINDOW)
        places = [found for mark in (_MARK, _OLD_MARK) if (found := window.find(mark)) >= 0]
        if not places:
            if len(window) < _WINDOW:
                return False
            at += _WINDOW - len(_MARK) + 1
            continue
        at += min(places)
        file.seek(at)
        try:
            _block(file, at)
        except ValueError:
            at += 1
            continue
        file.seek(at)
        return True


def _entries(
    raw: bytes, sources: dict[int, RecordedSocket], block: BlockOutline, *, wanted: bool
) -> Iterator[Entry | Damage]:
    at, end = 0, len(raw)
    while at < end:
        kind, number, when, size = _ENTRY.unpack_from(raw, at)
        at += _ENTRY.size
        if kind == EntryKind.SOURCE:
            sources[number] = RecordedSocket(**orjson.loads(raw[at : at + size]))
        elif wanted and kind not in _KINDS:
            yield Damage(block.offset, f"an entry of the kind {kind} is of a newer version of okx_sync")
        elif wanted and number and number not in sources:
            yield Damage(block.offset, "a message of a connection that a damaged block told of")
        elif wanted:
            yield Entry(_KINDS[kind], when, sources.get(number), raw[at : at + size])
        at += size
