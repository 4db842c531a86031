"""The player of a recording: what happened to the links is told as it was, and it can be stopped in the middle."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

import orjson
import pytest

from okx_sync import RecordingError, ReplayClient, StateEvent
from okx_sync.protocol.dialect import Topic
from okx_sync.store.segment import Entry, EntryKind, RecordedSocket, SegmentWriter

HEAD: Final = {"exchange": "okx", "environment": "okx", "number": 1, "began": 1} | dict.fromkeys(
    ("account", "protocol", "category")
)
TRADES: Final = Topic.of("trades", instId="BTC-USDT")
FIRST, SECOND = RecordedSocket("public", 0, 1), RecordedSocket("public", 1, 1)
SECOND_NS: Final = 10**9


def trade(at: int, source: RecordedSocket, number: int) -> Entry:
    row = {"tradeId": str(number), "instId": "BTC-USDT", "px": "1", "sz": "1", "side": "buy", "ts": "1"}
    return Entry(EntryKind.FRAME, at, source, orjson.dumps({"arg": TRADES.arg, "data": [row]}))


def told(what: EntryKind, at: int, source: RecordedSocket | None, **facts: Any) -> Entry:
    return Entry(what, at, source, orjson.dumps(facts))


def recorded(folder: Path, *entries: Entry) -> Path:
    writer = SegmentWriter(folder / "000001.okxrec", HEAD, 1)
    topics = orjson.dumps([["public", TRADES.channel, dict(TRADES.args)]])
    writer.write([Entry(EntryKind.TOPICS, 1, None, topics), *entries, Entry(EntryKind.END, entries[-1].at, None, b"")])
    writer.close()
    return folder


def test_what_is_missing_is_told_as_it_was(tmp_path: Path) -> None:
    """What the recorder left out, with its number if it is known; the loss of one connection of several as its loss."""
    folder = recorded(
        tmp_path,
        trade(2, FIRST, 1),
        trade(3, SECOND, 2),
        told(EntryKind.MISSED, 4, None, frames=7, reason="the disk was slow"),
        told(EntryKind.MISSED, 5, None, frames=None, reason="the disk was full"),
        told(EntryKind.STATE, 6, SECOND, kind="lost", reason="it was cut"),
        trade(7, FIRST, 3),
        told(EntryKind.STATE, 8, SECOND, kind="restored"),
        told(EntryKind.STATE, 9, SECOND, kind="gap", recovered=3),
        trade(10, SECOND, 4),
    )
    states: list[StateEvent] = []
    with ReplayClient(folder, speed="max") as player:
        player.on_state(states.append)
        trades: list[str | None] = []
        player.subscribe_trades("BTC-USDT", callback=lambda row: trades.append(row.tradeId))
        assert player.play(10)
        assert trades == ["1", "2", "3", "4"]
    assert [event.reason for event in states if event.kind == "gap"] == [
        "the recording lacks 7 messages: the disk was slow",
        "the recording lacks an unknown number of messages: the disk was full",
        None,
    ]
    shard = [(event.kind, event.reason, event.recovered) for event in states if event.shard == 1]
    assert shard == [("lost", "it was cut", 0), ("restored", None, 0), ("gap", None, 3)]
    assert [event for event in states if event.kind == "lost" and event.shard == 0] == []


def test_a_connection_of_several_takes_its_own_books_along(tmp_path: Path) -> None:
    """A book is invalid from the loss of the connection that brought it until its next snapshot, and no other is."""

    def book(at: int, source: RecordedSocket, name: str, seq: int) -> Entry:
        row = {"asks": [["2", "1", "0", "1"]], "bids": [["1", "1", "0", "1"]], "ts": "1", "prevSeqId": -1, "seqId": seq}
        arg = {"channel": "books", "instId": name}
        return Entry(EntryKind.FRAME, at, source, orjson.dumps({"arg": arg, "action": "snapshot", "data": [row]}))

    followed = [["public", "books", {"instId": name}, shard] for shard, name in enumerate(["A", "B"])]
    folder = recorded(
        tmp_path,
        Entry(EntryKind.TOPICS, 2, None, orjson.dumps(followed)),
        book(3, FIRST, "A", 1),
        book(4, SECOND, "B", 1),
        trade(5, FIRST, 1),
        told(EntryKind.STATE, 6, SECOND, kind="lost", reason="it was cut"),
        trade(7, FIRST, 2),
        told(EntryKind.STATE, 8, SECOND, kind="restored"),
        book(9, SECOND, "B", 5),
        trade(10, FIRST, 3),
        told(EntryKind.STATE, 11, FIRST, kind="lost", reason="it was cut"),
        trade(12, FIRST, 4),
    )
    seen: list[tuple[bool, bool]] = []
    with ReplayClient(folder, speed="max") as player:
        books = player.order_book("A"), player.order_book("B")
        player.subscribe_trades(
            "BTC-USDT", callback=lambda _: seen.append((books[0].valid, books[1].valid)), inline=True
        )
        assert player.play(10)
    assert seen == [(True, True), (True, False), (True, True), (False, True)]


def test_what_cannot_be_played_is_an_error(tmp_path: Path) -> None:
    """An entry that nobody can read ends a replay with an error; what came before it was given."""
    folder = recorded(tmp_path, trade(2, FIRST, 1), Entry(EntryKind.STATE, 3, FIRST, b"{"), trade(4, FIRST, 2))
    trades: list[str | None] = []
    with ReplayClient(folder, speed="max") as player:
        player.subscribe_trades("BTC-USDT", callback=lambda row: trades.append(row.tradeId))
        with pytest.raises(RecordingError, match="cannot be played to its end"):
            player.play(10)
    assert trades == ["1"]


def test_it_is_stopped_in_the_middle(tmp_path: Path) -> None:
    """A recording of an hour is left as soon as its client is closed, and a loss nobody follows is not waited for."""
    lost = told(EntryKind.STATE, 3, FIRST, kind="lost", reason="it was cut")
    folder = recorded(tmp_path, trade(2, FIRST, 1), lost, trade(3_600 * SECOND_NS, FIRST, 2))
    with ReplayClient(folder) as player:
        player.play(wait=False)
        began = time.monotonic()
        assert not player.wait_played(0.05)
    assert time.monotonic() - began < 5
