"""The player of a recording: what happened to the links is told as it was, and it can be stopped in the middle."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

import orjson

from okx_sync import ReplayClient, StateEvent
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


def test_what_is_missing_is_told_and_no_loss_is_made_up(tmp_path: Path) -> None:
    """What the recorder left out, with its number if it is known; the loss of one connection of several is a gap."""
    folder = recorded(
        tmp_path,
        trade(2, FIRST, 1),
        trade(3, SECOND, 2),
        told(EntryKind.MISSED, 4, None, frames=7, reason="the disk was slow"),
        told(EntryKind.MISSED, 5, None, frames=None, reason="the disk was full"),
        told(EntryKind.STATE, 6, SECOND, kind="lost", reason="it was cut"),
        trade(7, FIRST, 3),
    )
    states: list[StateEvent] = []
    with ReplayClient(folder, speed="max") as player:
        player.on_state(states.append)
        trades: list[str | None] = []
        player.subscribe_trades("BTC-USDT", callback=lambda row: trades.append(row.tradeId))
        assert player.play(10)
        assert trades == ["1", "2", "3"]
    assert [event.reason for event in states if event.kind == "gap"] == [
        "the recording lacks 7 messages: the disk was slow",
        "the recording lacks an unknown number of messages: the disk was full",
        "connection 1 of the recorded ones was lost: it was cut",
    ]
    assert "lost" not in [event.kind for event in states]


def test_it_is_stopped_in_the_middle(tmp_path: Path) -> None:
    """A recording of an hour is left as soon as its client is closed, and a loss nobody follows is not waited for."""
    lost = told(EntryKind.STATE, 3, FIRST, kind="lost", reason="it was cut")
    folder = recorded(tmp_path, trade(2, FIRST, 1), lost, trade(3_600 * SECOND_NS, FIRST, 2))
    with ReplayClient(folder) as player:
        player.play(wait=False)
        began = time.monotonic()
        assert not player.wait_played(0.05)
    assert time.monotonic() - began < 5
