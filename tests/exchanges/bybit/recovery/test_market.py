"""Recovery of ``publicTrade`` and ``kline.*``, for those who ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from okx_sync.exchanges.bybit.recovery import Recoveries
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import FetchedPage, RecoverySource
from tests.exchanges.bybit.recovery.rest import HOUR, NOW, SINCE

MINUTE = 60_000
BAR = NOW // MINUTE * MINUTE  # the open one


def _source(channel: str, category: str = "linear") -> RecoverySource:
    found = Recoveries(category).source(Topic(channel, (("symbol", "BTCUSDT"),)), True)
    assert found is not None
    return found


def _trade(name: str, at: int) -> dict[str, Any]:
    words = {"execId": name, "symbol": "BTCUSDT", "price": "5", "size": "1", "side": "Buy", "isBlockTrade": False}
    return words | {"time": str(at), "seq": str(at)}


def test_only_on_request() -> None:
    """Public data is recovered for those who asked."""
    for channel in ("publicTrade", "kline.1"):
        assert Recoveries("linear").source(Topic(channel, (("symbol", "BTCUSDT"),)), False) is None


def test_trades_by_the_names_of_pushes() -> None:
    """Oldest first, none that was delivered, none of before."""
    asked: list[Mapping[str, Any]] = []

    def fetch(_path: str, params: Mapping[str, Any]) -> list[Any]:
        asked.append(params)
        return [_trade("c", NOW), _trade("b", NOW - 1), _trade("a", NOW - 2), _trade("0", SINCE - 1)]

    memory = _source("publicTrade")
    told = {"i": "b", "T": NOW - 1}
    assert memory.note(told) is told
    assert memory.note(dict(told)) is None
    assert memory.note({"T": 1}) == {"T": 1}
    missed = memory.missed(SINCE, fetch, NOW)
    assert [(row["i"], row["T"], row["p"], row["v"], row["S"]) for row in missed.rows] == [
        ("a", NOW - 2, "5", "1", "Buy"),
        ("c", NOW, "5", "1", "Buy"),
    ]
    assert missed.lacks == ()
    assert asked == [{"category": "linear", "symbol": "BTCUSDT", "limit": 1000}]
    assert memory.when(missed.rows[0]) < memory.when(missed.rows[1])


def test_trades_of_spreads() -> None:
    """They have a list of their own, without categories."""
    asked: list[tuple[str, Mapping[str, Any]]] = []

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        asked.append((path, params))
        return [{name: value for name, value in _trade("a", NOW).items() if name != "isBlockTrade"}]

    (row,) = _source("spread.publicTrade").missed(SINCE, fetch, NOW).rows
    assert (row["i"], row["T"], row["p"]) == ("a", NOW, "5")
    assert asked == [("/v5/spread/recent-trade", {"symbol": "BTCUSDT", "limit": 1000})]


def test_more_trades_than_bybit_lists() -> None:
    """The gap says from when on they are there."""
    missed = _source("publicTrade", "spot").missed(
        SINCE, lambda _path, params: [_trade(str(n), NOW - n) for n in range(params["limit"])], NOW
    )
    assert len(missed.rows) == 60
    (lack,) = missed.lacks
    assert lack.before_ms == NOW - 59
    assert "the last 60" in lack.what


def _bars(first: int, length: int) -> Any:
    """A listing of bars, newest first, of ``start`` to ``end``."""

    def fetch(path: str, params: Mapping[str, Any]) -> FetchedPage:
        assert path == "/v5/market/kline"
        begins = [at for at in range(first, NOW, length) if params["start"] <= at <= params["end"]]
        assert len(begins) <= params["limit"]
        return FetchedPage([[str(at), "1", "4", "0", "2", "10", "20"] for at in reversed(begins)])

    return fetch


def test_closed_candles() -> None:
    """Those that ended since, by the names of pushes; the open one comes on the stream."""
    memory = _source("kline.1")
    begun = {"start": BAR - 3 * MINUTE, "confirm": False}
    assert memory.note(begun) is begun
    memory.interrupted()
    missed = memory.missed(SINCE, _bars(BAR - HOUR, MINUTE), NOW)
    assert [row["start"] for row in missed.rows] == [BAR - 3 * MINUTE, BAR - 2 * MINUTE, BAR - MINUTE]
    assert missed.rows[0] == {
        "symbol": "BTCUSDT",
        "interval": "1",
        "start": BAR - 3 * MINUTE,
        "end": BAR - 2 * MINUTE - 1,
        "open": "1",
        "high": "4",
        "low": "0",
        "close": "2",
        "volume": "10",
        "turnover": "20",
        "confirm": True,
    }
    assert memory.note(missed.rows[0]) is missed.rows[0]
    assert memory.note(missed.rows[0]) is None
    assert memory.note(begun) is None
    assert memory.note({"start": None}) == {"start": None}
    assert memory.when(begun) < memory.when(missed.rows[0]) < memory.when(missed.rows[1])


def test_an_outage_of_days_and_of_weeks() -> None:
    """Page by page; of more than 20 of them the newest, and the gap says so."""
    missed = _source("kline.1").missed(BAR - 2000 * MINUTE, _bars(BAR - 3000 * MINUTE, MINUTE), NOW)
    assert [row["start"] for row in missed.rows] == list(range(BAR - 2000 * MINUTE, BAR, MINUTE))
    assert missed.lacks == ()
    missed = _source("kline.1").missed(NOW - 30_000 * MINUTE, _bars(BAR - 40_000 * MINUTE, MINUTE), NOW)
    assert len(missed.rows) == 20 * 999
    assert [lack.before_ms for lack in missed.lacks] == [NOW - 20 * 999 * MINUTE]


@pytest.mark.parametrize(("interval", "days"), [("D", 1), ("W", 7), ("M", 31)])
def test_the_end_of_long_candles(interval: str, days: int) -> None:
    """Months differ: this is one of 31 days."""
    begin = 1_790_812_800_000  # 2026-10-01
    day = 24 * HOUR
    missed = _source(f"kline.{interval}").missed(
        begin, lambda _path, params: [[str(begin), *"123456"]] if params["start"] <= begin else [], NOW
    )
    assert [row["end"] for row in missed.rows] == [begin + days * day - 1]
