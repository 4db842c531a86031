"""Books at regular times, from a recording made by hand: as they were, and none while it does not tell them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest

from okx_sync import ConfigError, Recording
from okx_sync.protocol.dialect import Topic
from okx_sync.store.segment import Entry, EntryKind, SegmentWriter
from tests.store.test_verification import BOOK, END, HEAD, SOCKET, TICKERS

S = 1_000_000_000
OTHER = Topic.of("books5", instId="BTC-USDT")


def level(price: int, size: int) -> list[str]:
    return [str(price), str(size), "0", "1"]


def push(at_s: float, action: str, previous: int, this: int, bids: list[Any], asks: list[Any]) -> Entry:
    row = {"prevSeqId": previous, "seqId": this, "bids": bids, "asks": asks, "ts": str(round(at_s * 1000))}
    message = {"arg": BOOK.arg, "action": action, "data": [row]}
    return Entry(EntryKind.FRAME, round(at_s * S), SOCKET, orjson.dumps(message))


def snapshot(at_s: float, this: int, bid: int = 100) -> Entry:
    return push(at_s, "snapshot", -1, this, [level(bid, 1), level(bid - 1, 2)], [level(bid + 1, 3)])


def recorded(folder: Path, *entries: Entry, topics: tuple[Topic, ...] = (BOOK, TICKERS)) -> Recording:
    names = [["public", topic.channel, dict(topic.args)] for topic in topics]
    writer = SegmentWriter(folder / "000001.okxrec", HEAD, 1)
    writer.write([Entry(EntryKind.TOPICS, 1, None, orjson.dumps(names)), *entries, END])
    writer.close()
    return Recording(folder)


def told(at_s: float, what: EntryKind, **facts: Any) -> Entry:
    source = None if what is EntryKind.MISSED else SOCKET
    return Entry(what, round(at_s * S), source, orjson.dumps(facts))


def times(recording: Recording, **options: Any) -> list[float]:
    return [one.at.timestamp() for one in recording.books("BTC-USDT", **options)]


def test_a_book_as_it_was_at_regular_times(tmp_path: Path) -> None:
    """With what had come by then, and as many levels as are wanted."""
    recording = recorded(
        tmp_path,
        snapshot(10.2, 5),
        push(11.5, "update", 5, 6, [level(99, 0), level(98, 4)], []),
        push(13.1, "update", 6, 7, [], [level(101, 9)]),
    )
    first, second, third = recording.books("BTC-USDT")
    assert [one.at.timestamp() for one in (first, second, third)] == [11, 12, 13]
    assert [(one.price, one.size) for one in first.bids] == [(Decimal(100), Decimal(1)), (Decimal(99), Decimal(2))]
    assert [one.price for one in second.bids] == [100, 98]
    assert (second.ts, third.asks[0].size) == (11_500, Decimal(3))
    assert [len(one.bids) for one in recording.books("BTC-USDT", depth=1)] == [1, 1, 1]
    assert times(recording, every_s=0.5) == [10.5, 11, 11.5, 12, 12.5, 13]


@pytest.mark.parametrize(
    "harm",
    [
        told(11.5, EntryKind.MISSED, frames=3, reason="the disk was full"),
        told(11.5, EntryKind.STATE, kind="lost", reason="reset"),
        push(11.5, "update", 7, 8, [], []),
        push(11.5, "update", 5, 6, [["no number", "1", "0", "1"]], []),
    ],
    ids=["hole", "loss", "sequence", "unreadable"],
)
def test_none_while_it_is_not_known(tmp_path: Path, harm: Entry) -> None:
    """Behind a hole, a loss or a change that does not fit there is none until its next snapshot."""
    end = push(16.0, "update", 9, 10, [], [])
    recording = recorded(tmp_path, snapshot(10.2, 5), harm, snapshot(14.5, 9), end)
    assert times(recording) == [11, 15, 16]


def test_which_book_is_meant(tmp_path: Path) -> None:
    """None of it, several of it, and words that cannot be right are errors."""
    recording = recorded(tmp_path, snapshot(10.2, 5), snapshot(11.2, 6), topics=(BOOK, OTHER))
    with pytest.raises(ConfigError, match="several books of BTC-USDT were recorded: books, books5"):
        next(recording.books("BTC-USDT"))
    assert times(recording, channel="books") == [11]
    with pytest.raises(ConfigError, match="no book of BTC-USDT was recorded"):
        next(recording.books("BTC-USDT", channel="tickers"))
    for options in ({"every_s": 0}, {"depth": 0}):
        with pytest.raises(ConfigError, match="must be above 0"):
            next(recording.books("BTC-USDT", channel="books", **options))
