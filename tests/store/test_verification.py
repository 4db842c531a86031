"""``Recording.verify()``: proves what is numbered, names what is missing, and calls nothing whole without a proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from okx_sync import BitgetWsClient, BybitWsClient, Recording, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.store.recorded_messages import time_of
from okx_sync.store.segment import Entry, EntryKind, RecordedSocket, SegmentWriter
from okx_sync.store.verification import Hole, Verification
from tests.loopback.conftest import FAST, until

HEAD = {
    "exchange": "okx",
    "environment": "okx",
    "account": None,
    "protocol": None,
    "category": None,
    "number": 1,
    "began": 1,
}
SOCKET = RecordedSocket("public", 0, 1)
BOOK = Topic.of("books", instId="BTC-USDT")
TRADES = Topic.of("trades", instId="BTC-USDT")
TICKERS = Topic.of("tickers", instId="BTC-USDT")


def frame(topic: Topic, **row: Any) -> Entry:
    message = {"arg": topic.arg, "data": [row]}
    return Entry(EntryKind.FRAME, 5, SOCKET, orjson.dumps(message))


def book(previous: int, this: int) -> Entry:
    return frame(BOOK, prevSeqId=previous, seqId=this, bids=[], asks=[], ts="1")


def trade(last: int, count: int = 1) -> Entry:
    return frame(TRADES, tradeId=str(last), count=str(count), instId="BTC-USDT", px="1", sz="1", side="buy", ts="1")


def state(kind: str) -> Entry:
    return Entry(EntryKind.STATE, 6, SOCKET, orjson.dumps({"kind": kind, "reason": "it was cut"}))


END = Entry(EntryKind.END, 9, None, b"")


def proved(folder: Path, *entries: Entry, end: bool = True) -> Verification:
    writer = SegmentWriter(folder / "000001.okxrec", HEAD, 1)
    topics = [["public", topic.channel, dict(topic.args)] for topic in (BOOK, TRADES, TICKERS)]
    writer.write([Entry(EntryKind.TOPICS, 1, None, orjson.dumps(topics)), *entries, *([END] if end else [])])
    writer.close()
    return Recording(folder).verify()


def verdicts(found: Verification) -> dict[str, str]:
    return {one.topic.channel: one.verdict for one in found.topics}


def test_numbers_without_a_hole_are_whole(tmp_path: Path) -> None:
    """Books by their sequence, a snapshot begins a chain; trades by their ids, of which a row may stand for many."""
    found = proved(tmp_path, book(-1, 5), book(5, 9), book(-1, 12), book(12, 12), trade(7), trade(10, 3), trade(11))
    assert verdicts(found) == {"books": "whole", "trades": "whole", "tickers": "unprovable"}
    assert found.topics[0].chains == 2
    assert found.is_whole
    assert str(found).endswith("\nwhole")


def test_holes_are_named(tmp_path: Path) -> None:
    """By the numbers around them, and by when they show."""
    found = proved(tmp_path, book(-1, 5), book(6, 9), trade(7), trade(12, 2))
    assert verdicts(found) == {"books": "missing", "trades": "missing", "tickers": "unprovable"}
    assert found.topics[0].holes == (Hole(after=5, before=9, at=time_of(5)),)
    assert found.topics[1].holes == (Hole(after=7, before=12, at=time_of(5)),)
    assert not found.is_whole
    assert "lacks what is between 7 and 12" in str(found)


def test_a_lost_link_is_an_outage_and_no_hole(tmp_path: Path) -> None:
    """What was sent meanwhile is missing for all topics of it, numbered or not."""
    found = proved(tmp_path, book(-1, 5), trade(7), state("lost"), state("restored"), book(-1, 90), trade(70))
    assert verdicts(found)["trades"] == "whole"
    assert [(one.path, one.reason, one.until is None) for one in found.outages] == [("public", "it was cut", False)]
    assert not found.is_whole
    assert "it was cut" in str(found)


def test_what_the_recorder_left_out_is_missing(tmp_path: Path) -> None:
    """Its own count, a link that never came back, and a recorder that died, each by itself."""
    missed = Entry(EntryKind.MISSED, 7, None, orjson.dumps({"frames": 3, "reason": "full"}))
    assert not proved(tmp_path, missed).is_whole
    other = tmp_path / "other"
    other.mkdir()
    assert proved(other, state("lost")).outages[0].until is None
    third = tmp_path / "third"
    third.mkdir()
    died = proved(third, book(-1, 5), end=False)
    assert not died.is_whole
    assert "the recorder was not stopped" in str(died)


@pytest.mark.parametrize("exchange", ["okx", "bybit", "bitget"])
def test_a_recording_of_each_exchange_is_proved(paper: PaperExchange, tmp_path: Path, exchange: str) -> None:
    """The book of each is numbered; a push that the exchange lost on its way is found."""
    make: dict[str, Callable[[], Any]] = {
        "okx": lambda: WsClient(paper.public_config, options=FAST),
        "bybit": lambda: BybitWsClient(paper.bybit_config(), options=FAST),
        "bitget": lambda: BitgetWsClient(paper.bitget_config(), options=FAST),
    }
    instrument = "BTC-USDT" if exchange == "okx" else "BTCUSDT"
    for number, is_cut in enumerate((False, True)):
        folder = tmp_path / str(number)
        with make[exchange]() as ws, ws.record(folder) as recorder:
            seen: list[Any] = []
            subscribe = ws.subscribe_books if exchange != "bybit" else ws.subscribe_orderbook
            subscribe(instrument, callback=seen.append)
            _until_more(seen)
            if is_cut:
                paper.faults.lose_push(times=1)
            _until_more(seen)
            ws.close()
        assert recorder.is_stopped
        found = Recording(folder).verify()
        assert [one.verdict for one in found.topics] == ["missing" if is_cut else "whole"], str(found)
        assert found.is_whole is not is_cut


def _until_more(seen: list[Any]) -> None:
    before = len(seen)
    until(lambda: len(seen) > before + 4)
