"""The state of a played topic: a late subscriber gets what was played, put together, or nothing that is not known."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from okx_sync.paper.server.played_topics import PlayedTopic

ARG = {"channel": "books", "instId": "BTC-USDT"}


def okx(action: str, previous: int, seq: int, asks: list[Any], bids: list[Any]) -> dict[str, Any]:
    row = {"asks": asks, "bids": bids, "ts": str(seq), "checksum": 0, "prevSeqId": previous, "seqId": seq}
    return {"arg": ARG, "action": action, "data": [row]}


def bybit(kind: str, u: int, b: list[Any], a: list[Any]) -> dict[str, Any]:
    return {"topic": "orderbook.50.BTCUSDT", "type": kind, "ts": u, "data": {"s": "BTCUSDT", "b": b, "a": a, "u": u}}


def bitget(action: str, previous: str, seq: str, asks: list[Any], bids: list[Any]) -> dict[str, Any]:
    return {"action": action, "arg": ARG, "data": [{"asks": asks, "bids": bids, "pseq": previous, "seq": seq}], "ts": 1}


def played(*messages: dict[str, Any]) -> PlayedTopic:
    topic = PlayedTopic()
    for message in messages:
        topic.take(orjson.dumps(message))
    return topic


def told(topic: PlayedTopic) -> Any:
    text = topic.snapshot()
    return None if text is None else orjson.loads(text)


def test_an_okx_book() -> None:
    """Levels set, changed and taken out, best first, whatever their digits; the numbers of the newest change."""
    topic = played(
        okx("snapshot", -1, 5, [["101", "1", "0", "1"], ["102", "2", "0", "1"]], [["99.50", "3", "0", "1"]]),
        okx("update", 5, 6, [["101", "0", "0", "0"], ["100.5", "7", "0", "2"]], [["99.5", "4", "0", "2"]]),
        okx("update", 6, 6, [], []),
        okx("update", 6, 9, [], [["99.9", "1", "0", "1"]]),
    )
    book = [["100.5", "7", "0", "2"], ["102", "2", "0", "1"]], [["99.9", "1", "0", "1"], ["99.5", "4", "0", "2"]]
    assert told(topic) == okx("snapshot", -1, 9, *book)


def test_a_bybit_book_and_a_bybit_ticker() -> None:
    """A book by its sides; any other object field by field."""
    topic = played(
        bybit("snapshot", 1, [["9", "1"]], [["11", "1"]]), bybit("delta", 2, [["9", "0"], ["8", "2"]], [["10", "5"]])
    )
    assert told(topic) == bybit("snapshot", 2, [["8", "2"]], [["10", "5"], ["11", "1"]])
    ticker = {"topic": "tickers.BTCUSDT", "type": "snapshot", "data": {"symbol": "BTCUSDT", "lastPrice": "1"}, "ts": 1}
    change = ticker | {"type": "delta", "data": {"lastPrice": "2"}, "ts": 2}
    assert told(played(ticker, change)) == ticker | {"data": {"symbol": "BTCUSDT", "lastPrice": "2"}, "ts": 2}


def test_a_bitget_book() -> None:
    """Numbers that are texts stay texts."""
    topic = played(
        bitget("snapshot", "0", "5", [["2", "1"]], [["1", "1"]]), bitget("update", "5", "7", [["2", "0"]], [["1", "2"]])
    )
    assert told(topic) == bitget("snapshot", "0", "7", [], [["1", "2"]])


@pytest.mark.parametrize(
    "messages",
    [
        [okx("update", 5, 6, [], [])],
        [okx("snapshot", -1, 5, [], []), okx("update", 6, 7, [], [])],
        [bybit("snapshot", 1, [], []), bybit("delta", 3, [], [])],
        [bitget("snapshot", "0", "5", [], []), bitget("update", "6", "7", [], [])],
        [okx("snapshot", -1, 5, [["x", "1"]], [])],
        [{"arg": ARG, "action": "snapshot", "data": [["1", "2"], ["3", "4"]]}],
        [{"arg": ARG, "data": [{"asks": [["1", "1"]], "bids": []}]}],
        [{"topic": "publicTrade.BTCUSDT", "type": "snapshot", "data": [{"p": "1"}]}],
    ],
    ids=["no snapshot", "okx hole", "bybit hole", "bitget hole", "unreadable", "candles", "no action", "trades"],
)
def test_what_is_not_known_is_not_told(messages: list[dict[str, Any]]) -> None:
    """No snapshot yet, a hole in the numbers, a level that cannot be read, and topics that have no state."""
    assert told(played(*messages)) is None


def test_behind_a_loss_only_a_snapshot_counts() -> None:
    """Changes that come after something was lost follow nothing."""
    first = okx("snapshot", -1, 5, [["2", "1", "0", "1"]], [])
    topic = played(first)
    topic.forget()
    topic.take(orjson.dumps(okx("update", 5, 6, [], [])))
    assert told(topic) is None
    topic.take(orjson.dumps(first))
    assert told(topic) == first
