"""A file of a recording: what was written comes back, and a file that was cut off gives what is whole of it."""

from __future__ import annotations

import random
import resource
import tempfile
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.errors import RecordingError
from okx_sync.store.segment import (
    SUFFIX,
    BlockOutline,
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


def whole_of(path: Path) -> tuple[list[Entry], str | None]:
    """What can be read, and the error at the end."""
    found: list[Entry] = []
    try:
        found += (item for item in read_segment(path) if isinstance(item, Entry))
    except RecordingError as problem:
        return _read_until(path), problem.message
    return found, None


def _read_until(path: Path) -> list[Entry]:
    found: list[Entry] = []
    items = read_segment(path)
    while True:
        try:
            item = next(items)
        except (StopIteration, RecordingError):
            return found
        if isinstance(item, Entry):
            found.append(item)


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
        found, problem = whole_of(path)
        assert found == [entry for block in blocks[:number] for entry in block]
        assert (problem is None) == (cut in starts)
        assert problem is None or f"at byte {starts[number]}" in problem


@given(st.lists(ENTRIES.filter(bool), min_size=1, max_size=3), st.data())
@settings(max_examples=50)
def test_a_byte_that_was_changed_is_noticed(blocks: list[list[Entry]], data: st.DataObject) -> None:
    """What is in front of it is read, and nothing wrong is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"1{SUFFIX}"
        written(path, blocks)
        first = next(item.offset for item in read_segment(path) if isinstance(item, BlockOutline))
        text = bytearray(path.read_bytes())
        place = data.draw(st.integers(first, len(text) - 1))
        text[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(text)
        found = _read_until(path)
        everything = [entry for block in blocks for entry in block]
        assert found == everything[: len(found)]


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    """By its name and its reason."""
    path = tmp_path / f"1{SUFFIX}"
    for text, why in [
        (b"", "is no recording"),
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
