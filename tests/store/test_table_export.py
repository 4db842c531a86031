"""Tables of a recording made by hand: what has no model, what cannot be read, and what the footers say is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from okx_sync import read_gaps, read_table
from okx_sync.protocol.dialect import Topic
from okx_sync.store import table_export
from okx_sync.store.segment import Entry, EntryKind, RecordedSocket
from tests.store.test_book_snapshots import recorded
from tests.store.test_verification import SOCKET, TICKERS

ODD = Topic.of("unheard-of", instId="BTC-USDT")
POSITIONS = Topic.of("positions", instType="ANY")
OTHER = RecordedSocket("public", 0, 2)


def push(topic: Topic, *rows: Any, at: int = 5, source: RecordedSocket = SOCKET, **more: Any) -> Entry:
    return Entry(EntryKind.FRAME, at, source, orjson.dumps({"arg": topic.arg, "data": list(rows), **more}))


def state(kind: str, at: int) -> Entry:
    return Entry(EntryKind.STATE, at, SOCKET, orjson.dumps({"kind": kind}))


def test_a_channel_that_nobody_knows(tmp_path: Path) -> None:
    """Its rows are kept as they are; those of others beside it, and of the channels that are wanted only."""
    ticker = {"instId": "BTC-USDT", "last": "5"}
    recording = recorded(tmp_path, push(ODD, {"a": "1"}), push(TICKERS, ticker), topics=(ODD, TICKERS))
    assert recording.to_parquet(tmp_path / "all") == 2
    (row,) = read_table(tmp_path / "all", "unheard-of").to_pylist()
    assert orjson.loads(row["extra"]) == {"a": "1"}
    assert recording.to_parquet(tmp_path / "some", channels=["tickers"]) == 1
    assert not (tmp_path / "some" / "unheard-of").exists()


def test_a_row_that_is_none_costs_no_other(tmp_path: Path) -> None:
    """It is left out; a push of which pages are missing is not taken for a whole one."""
    recording = recorded(tmp_path, push(TICKERS, {"last": "1"}, "garbage", {"last": "2"}))
    assert recording.to_parquet(tmp_path / "tables") == 2
    assert read_table(tmp_path / "tables", "tickers")["last"].to_pylist() == [1, 2]
    page: dict[str, Any] = {"curPage": 1, "lastPage": False, "eventType": "snapshot"}
    other = recorded(_made(tmp_path / "b"), push(POSITIONS, {"posId": "1"}, **page), topics=(POSITIONS,))
    assert other.to_parquet(tmp_path / "more") == 0


def test_what_is_missing_stands_beside(tmp_path: Path) -> None:
    """Holes with their number, losses with their end, and one that had none when the recording ended."""
    hole = {"frames": 3, "reason": "the disk was full"}
    recording = recorded(
        tmp_path,
        push(TICKERS, {"last": "1"}),
        Entry(EntryKind.MISSED, 6, None, orjson.dumps(hole)),
        Entry(EntryKind.MISSED, 7, None, orjson.dumps(hole | {"frames": None})),
        *(state(kind, at) for kind, at in (("lost", 8), ("lost", 9), ("restored", 10), ("lost", 11))),
        push(TICKERS, {"last": "2"}, at=12, source=OTHER),
    )
    assert recording.to_parquet(tmp_path / "tables") == 2
    told = [(gap.since, gap.until, gap.reason) for gap in read_gaps(tmp_path / "tables", "tickers")]
    assert told == [
        (6, 6, "3 messages are missing: the disk was full"),
        (7, 7, "an unknown number of messages are missing: the disk was full"),
        (8, 10, "the link was lost"),
        (11, None, "the link was lost"),
    ]


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From time to time, in rows."""
    monkeypatch.setattr(table_export, "_EVERY", 2)
    told: list[int] = []
    recording = recorded(tmp_path, *(push(TICKERS, {"last": str(number)}) for number in range(5)))
    assert recording.to_parquet(tmp_path / "tables", progress=told.append) == 5
    assert told == [2, 4]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
