"""A file of a recording: what was written comes back, and a file that was cut off gives what is whole of it."""

from __future__ import annotations

import random
import resource
import struct
import tempfile
import zlib
from pathlib import Path

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.errors import RecordingError
from okx_sync.store.segment import (
    SUFFIX,
    BlockOutline,
    Damage,
    Entry,
    EntryKind,
    RecordedSocket,
    SegmentWriter,
    read_head,
    read_segment,
)

HEAD = {"exchange": "okx", "number": 1, "began": 5}
SOCKETS = st.builds(RecordedSocket, st.sampled_from(["public", "private"]), st.integers(0, 3), st.integers(1, 1 << 40))
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.SOURCE]),
        st.integers(0, 1 << 62),
        st.none() | SOCKETS,
        st.binary(max_size=300),
    ),
    max_size=20,
)


def written(path: Path, blocks: list[list[Entry]]) -> None:
    writer = SegmentWriter(path, HEAD, 3)
    for entries in blocks:
        writer.write(entries)
    writer.close()


def read(path: Path) -> list[Entry]:
    return [item for item in read_segment(path) if isinstance(item, Entry)]


def whole_of(path: Path) -> tuple[list[Entry], list[str]]:
    """What can be read, and what is said of the rest."""
    items = list(read_segment(path))
    return [one for one in items if isinstance(one, Entry)], [one.reason for one in items if isinstance(one, Damage)]


@given(st.lists(ENTRIES, max_size=5))
@settings(max_examples=50)
def test_what_was_written_comes_back(blocks: list[list[Entry]]) -> None:
    """Kind, time, socket and bytes of each entry, in the order in which they were written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"1{SUFFIX}"
        written(path, blocks)
        assert read(path) == [entry for block in blocks for entry in block]
        assert read_head(path) == HEAD


@given(st.lists(ENTRIES.filter(bool), min_size=1, max_size=4), st.data())
@settings(max_examples=50)
def test_a_file_that_was_cut_off_gives_its_whole_blocks(blocks: list[list[Entry]], data: st.DataObject) -> None:
    """At whatever byte: never less than the whole blocks, never half an entry, and the error says where."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"1{SUFFIX}"
        written(path, blocks)
        text = path.read_bytes()
        outlines = [item for item in read_segment(path) if isinstance(item, BlockOutline)]
        starts = [*(one.offset for one in outlines), len(text)]
        cut = data.draw(st.integers(starts[0], len(text)))
        path.write_bytes(text[:cut])
        number = sum(start <= cut for start in starts[1:])
        found, problems = whole_of(path)
        assert found == [entry for block in blocks[:number] for entry in block]
        assert len(problems) == (cut not in starts)
        assert not problems or f"at byte {starts[number]}" in problems[0]


@given(st.lists(ENTRIES.filter(bool), min_size=1, max_size=3), st.data())
@settings(max_examples=50)
def test_a_byte_that_was_changed_is_noticed(blocks: list[list[Entry]], data: st.DataObject) -> None:
    """It costs the block that it is in and no other, and is told; nothing wrong is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"1{SUFFIX}"
        written(path, blocks)
        starts = [item.offset for item in read_segment(path) if isinstance(item, BlockOutline)]
        text = bytearray(path.read_bytes())
        place = data.draw(st.integers(starts[0], len(text) - 1))
        text[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(text)
        found, problems = whole_of(path)
        hit = sum(start <= place for start in starts) - 1
        assert found == [entry for number, block in enumerate(blocks) for entry in block if number != hit]
        assert [f"at byte {starts[hit]}" in problem for problem in problems] == [True]


def test_messages_of_one_read(tmp_path: Path) -> None:
    """They come back one by one, among the other entries, with the time of the read."""
    path, socket = tmp_path / f"1{SUFFIX}", RecordedSocket("public", 0, 1)
    writer = SegmentWriter(path, HEAD, 3)
    end = Entry(EntryKind.END, 9, None, b"")
    assert writer.write([]) == 0
    writer.write([(7, socket, [b"one", b"two"]), (8, socket, [b"three"]), end])
    writer.sync()
    writer.close()
    frames = [Entry(EntryKind.FRAME, at, socket, text) for at, text in ((7, b"one"), (7, b"two"), (8, b"three"))]
    assert read(path) == [*frames, end]
    (outline,) = [item for item in read_segment(path) if isinstance(item, BlockOutline)]
    assert (outline.entries, outline.first, outline.last) == (5, 7, 9)


def test_a_file_that_cannot_be_begun_is_not_there(tmp_path: Path) -> None:
    """Half of its first line would be in the way of whoever reads the folder."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            SegmentWriter(tmp_path / f"1{SUFFIX}", HEAD, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_the_beginning_is_checked_as_well(tmp_path: Path) -> None:
    """A changed bit there would be another recording; files of before have no checksum there and are read."""
    path = tmp_path / f"1{SUFFIX}"
    written(path, [])
    text = path.read_bytes()
    for place in range(len(text)):
        path.write_bytes(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
        with pytest.raises(RecordingError):
            read_head(path)
    path.write_bytes(text[: text.rindex(b" ")] + b"\n")
    assert read_head(path) == HEAD


def old_block(*entries: tuple[int, int, int, bytes], at: int = 1) -> bytes:
    """A block as it once was: the checksum does not cover its beginning."""
    raw = b"".join(struct.pack("<BHqI", kind, number, when, len(data)) + data for kind, number, when, data in entries)
    packed = zstandard.ZstdCompressor().compress(raw)
    return struct.pack("<4sIIIqqI", b"BLK1", len(entries), len(raw), len(packed), at, at, zlib.crc32(packed)) + packed


def test_blocks_of_before_are_read(tmp_path: Path) -> None:
    """They may need what an earlier one says of a connection; where that is damaged, it is told."""
    path = tmp_path / f"1{SUFFIX}"
    written(path, [])
    told = orjson.dumps({"path": "public", "shard": 0, "epoch": 1})
    blocks = [old_block((3, 1, 1, told), (1, 1, 1, b"one")), old_block((1, 1, 2, b"two"), at=2)]
    head = path.read_bytes()
    path.write_bytes(head + b"".join(blocks))
    assert [(entry.at, entry.data) for entry in read(path)] == [(1, b"one"), (2, b"two")]
    assert [(entry.at, entry.source) for entry in read_segment(path, start=2) if isinstance(entry, Entry)] == [
        (2, RecordedSocket("public", 0, 1))
    ]
    path.write_bytes(head + blocks[0][:-1] + b"?" + blocks[1])
    found, problems = whole_of(path)
    assert found == []
    assert problems[1] == "a message of a connection that a damaged block told of"


def test_an_entry_of_a_newer_version_is_told(tmp_path: Path) -> None:
    """What it is nobody knows here; what is beside it is read."""
    path = tmp_path / f"1{SUFFIX}"
    written(path, [])
    path.write_bytes(path.read_bytes() + old_block((99, 0, 1, b"?"), (6, 0, 1, b"")))
    found, problems = whole_of(path)
    assert [entry.kind for entry in found] == [EntryKind.END]
    assert problems == ["an entry of the kind 99 is of a newer version of okx_sync"]


def test_a_large_hole_is_passed_over(tmp_path: Path) -> None:
    """The next block is found wherever it is, also behind what looks like one."""
    path = tmp_path / f"1{SUFFIX}"
    entry = Entry(EntryKind.FRAME, 1, RecordedSocket("public", 0, 1), b"here")
    written(path, [[entry]])
    start = next(item.offset for item in read_segment(path) if isinstance(item, BlockOutline))
    text = path.read_bytes()
    for hole in (b"x" * ((1 << 20) - 2), b"x" * (3 << 20), b"BLK2" + b"x" * 100, b"BLK1BLK2"):
        path.write_bytes(text[:start] + hole + text[start:])
        found, problems = whole_of(path)
        assert (found, len(problems)) == ([entry], 1)


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    """By its name and its reason."""
    path = tmp_path / f"1{SUFFIX}"
    for text, why in [
        (b"", "is no recording"),
        (b"something else", "is no recording"),
        (b"okx_sync recording 2\n{}\n", "is of another version of okx_sync"),
        (b"okx_sync recording 1\n{", "cut off before its first message"),
        (b"okx_sync recording 1\n[]\n", "does not say what it is a recording of"),
    ]:
        path.write_bytes(text)
        with pytest.raises(RecordingError, match=why):
            read_head(path)


def test_parts_by_time(tmp_path: Path) -> None:
    """Blocks that lie wholly outside are left out."""
    path = tmp_path / f"1{SUFFIX}"
    socket = RecordedSocket("public", 0, 1)
    blocks = [[Entry(EntryKind.FRAME, at, socket, orjson.dumps(at))] for at in (10, 20, 30)]
    written(path, blocks)
    assert [item.at for item in read_segment(path, 15, 25) if isinstance(item, Entry)] == [20]


def test_a_disk_that_is_full_costs_the_block_and_no_other(tmp_path: Path) -> None:
    """The system's error comes out, and what is written when there is room again is read."""
    path = tmp_path / f"1{SUFFIX}"
    writer = SegmentWriter(path, HEAD, 1)
    socket = RecordedSocket("public", 0, 1)
    small = [Entry(EntryKind.FRAME, 1, socket, b"small")]
    writer.write(small)
    other = RecordedSocket("private", 0, 1)
    large = [Entry(EntryKind.FRAME, 2, other, random.Random(1).randbytes(10_000))]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (writer.size + 50, hard))  # in bytes, for this process
    try:
        with pytest.raises(OSError, match="File too large"):
            writer.write(large)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    later = [Entry(EntryKind.FRAME, 3, other, b"later")]
    writer.write(later)
    writer.close()
    assert read(path) == small + later
