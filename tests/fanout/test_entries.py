"""Entries of a stream are read as they were written."""

from __future__ import annotations

import pytest

from okx_sync import DecodeError
from okx_sync.fanout.entries import EntryKind, id_of, id_text, pack, read_entry, seen_text, texts_of, unpack

FIELDS = {b"e": b"token", b"l": b"lineage", b"b": b"40", b"n": b"3", b"c": b"2"}


def test_messages_of_any_bytes_keep_their_order() -> None:
    """Empty ones, large ones, and several of one topic; of nothing there is nothing."""
    messages = [(b"1" * 8, b"one"), (b"2" * 8, b""), (b"1" * 8, b"\x00\xff" * 40_000)]
    assert list(unpack(pack(messages))) == messages
    assert list(unpack(pack([]))) == []


@pytest.mark.parametrize("text", [b"cut", pack([(b"1" * 8, b"one")])[:-1], pack([(b"1" * 8, b"one")]) + b"more"])
def test_what_no_publisher_has_packed(text: bytes) -> None:
    """It was cut off, goes on behind its end, or is something else: none of it is taken for a message."""
    with pytest.raises(DecodeError, match="messages in Redis were cut off"):
        unpack(text)


@pytest.mark.parametrize(
    "fields",
    [{b"foo": b"bar"}, {**FIELDS, b"n": b"one"}, {**FIELDS, b"e": b"\xff"}, {**FIELDS, b"c": b"9" * 100_000}],
)
def test_an_entry_that_no_publisher_has_written(fields: dict[bytes, bytes]) -> None:
    """Fields that are missing, or are none: the error says which, and is short."""
    with pytest.raises(DecodeError, match="no publisher has written this entry") as told:
        read_entry(b"5-0", fields)
    assert len(str(told.value)) < 1_000


@pytest.mark.parametrize("text", ["9-10", b"9-10"])
def test_ids_are_compared_as_numbers(text: bytes | str) -> None:
    """As Redis orders them, whichever way they come, and they can be written again."""
    assert id_of(text) == (9, 10)
    assert id_of("9-9") < id_of(text) < id_of("10")
    assert id_text(id_of(text)) == "9-10"


def test_an_entry_of_messages() -> None:
    """It says whose they are, which numbers they have, and when they came."""
    entry = read_entry(b"5-1", {**FIELDS, b"t": b"7", b"k": b"", b"d": pack([(b"1" * 8, b"one")])})
    assert (entry.id, entry.epoch, entry.lineage, entry.base) == ((5, 1), "token", "lineage", 40)
    assert (entry.first, entry.count, entry.received_ns, entry.kind) == (3, 2, 7, "")
    assert list(unpack(entry.data)) == [(b"1" * 8, b"one")]


@pytest.mark.parametrize("kind", ["epoch", "lost", "restored", "gap"])
def test_an_entry_of_an_event(kind: EntryKind) -> None:
    """It may lack what only messages have; its details are there as they came."""
    fields = {**FIELDS, b"k": kind.encode(), b"name": b"first"}
    entry = read_entry(b"5-0", fields)
    assert (entry.kind, entry.received_ns, entry.data) == (kind, 0, b"")
    assert entry.details[b"name"] == b"first"
    assert texts_of(entry)["name"] == "first"


def test_the_last_sign_of_life() -> None:
    """To the microsecond; what nobody has told, or is no time, is no day of the year 1970."""
    assert seen_text(1_700_000_000_123) == "was last seen at 2023-11-14 22:13:20.123000 UTC"
    for unknown in (0, 10**30):
        assert seen_text(unknown) == "was last seen nobody knows when"
