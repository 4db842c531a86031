"""Recovery of trades and candles of V3 and V2, for those who ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.bitget.models import Candle, Trade, V3Candle, V3Trade
from okx_sync.exchanges.bitget.recovery import recovery_for
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import RecoverySource
from tests.exchanges.bitget.recovery.rest import DAY, NOW, SINCE, source

MINUTE = 60_000
BAR = NOW // MINUTE * MINUTE  # the open one


def _v3(channel: str, interval: str = "") -> RecoverySource:
    return source(channel, backfill=True, instType="usdt-futures", symbol="BTCUSDT", interval=interval)


def _v2(channel: str) -> RecoverySource:
    return source(channel, "v2", backfill=True, instId="BTCUSDT")


def test_only_on_request() -> None:
    """Public data is recovered for those who asked."""
    for channel in ("publicTrade", "kline", "trade", "candle1m"):
        topic = Topic(channel, tuple({"instType": "USDT-FUTURES", "interval": "1m"}.items()))
        assert recovery_for("v3")(topic, False) is None
        assert recovery_for("v2")(topic, False) is None


def test_trades_of_v3() -> None:
    """By the names of pushes, oldest first, none that was delivered; REST lists the newest 100."""
    asked: list[Mapping[str, Any]] = []

    def fetch(_path: str, params: Mapping[str, Any]) -> list[Any]:
        asked.append(params)
        words = {"price": "5", "size": "1", "side": "buy", "execLinkId": "x", "isRPI": "no"}
        return [{"execId": name, "ts": str(NOW - at), **words} for name, at in (("c", 0), ("b", 1), ("a", 2))]

    memory = _v3("publicTrade")
    assert memory.note({"i": "b", "T": str(NOW - 1)}) is not None
    assert memory.note({"i": "b"}) is None
    assert memory.note({"T": 1}) == {"T": 1}
    missed = memory.missed(SINCE, fetch, NOW)
    trades = [V3Trade.from_wire(row) for row in missed.rows]
    assert [(one.i, one.T, one.p, one.v, one.S) for one in trades] == [
        ("a", NOW - 2, Decimal(5), Decimal(1), "buy"),
        ("c", NOW, Decimal(5), Decimal(1), "buy"),
    ]
    assert missed.lacks == ()
    assert asked == [{"category": "USDT-FUTURES", "symbol": "BTCUSDT", "limit": 100}]


def test_more_trades_than_v3_lists() -> None:
    """The gap says from when on they are there."""
    full = [{"execId": str(at), "ts": str(NOW - at)} for at in range(100)]
    (lack,) = _v3("publicTrade").missed(SINCE, lambda _path, _params: full, NOW).lacks
    assert lack.before_ms == NOW - 99


def _past_trades(first: int) -> list[dict[str, Any]]:
    words = {"price": "5", "size": "1", "side": "Buy"}
    return [{"tradeId": str(number), "ts": str(NOW - number), **words} for number in range(first, first + 1000)]


def test_trades_of_v2_go_back_page_by_page() -> None:
    """Until they are older than the outage; what is spelled with a capital there is small as on the stream."""

    def fetch(_path: str, params: Mapping[str, Any]) -> list[Any]:
        return _past_trades(int(params.get("idLessThan", -1)) + 1)

    missed = _v2("trade").missed(NOW - 1500, fetch, NOW)
    assert [row["tradeId"] for row in missed.rows] == [str(number) for number in range(1500, -1, -1)]
    assert Trade.from_wire(missed.rows[0]).side == "buy"
    assert missed.lacks == ()


def test_a_flood_of_trades_is_cut() -> None:
    """Of an outage of days the newest part is fetched, and the gap says so."""
    pages = 0

    def fetch(_path: str, params: Mapping[str, Any]) -> list[Any]:
        nonlocal pages
        pages += 1
        return _past_trades(int(params.get("idLessThan", -1)) + 1)

    missed = _v2("trade").missed(NOW - DAY, fetch, NOW)
    assert pages == 20
    assert len(missed.rows) == 20_000
    assert [lack.before_ms for lack in missed.lacks] == [NOW - 19_999]


def _bars(*begins: int) -> list[list[str]]:
    return [[str(begin), "1", "2", "0.5", "1.5", "10", "15"] for begin in begins]


def test_bars_of_v3_that_were_closed_meanwhile() -> None:
    """Among them the one that was open when the link went; the open one comes on the stream."""
    memory = _v3("kline", interval="1m")
    before = BAR - 3 * MINUTE
    assert memory.note({"start": str(before - MINUTE)}) is not None
    assert memory.note({"start": str(before)}) is not None
    memory.interrupted()
    listed = _bars(before, before + MINUTE, before + 2 * MINUTE, BAR)
    missed = memory.missed(SINCE, lambda _path, _params: listed, NOW)
    bars = [V3Candle.from_wire(row) for row in missed.rows]
    assert [one.start for one in bars] == [before, before + MINUTE, before + 2 * MINUTE]
    assert (bars[0].high, bars[0].turnover) == (Decimal(2), Decimal(15))
    for row in missed.rows:
        assert memory.note(row) is row
        assert memory.note(dict(row)) is None  # the stream begins with the latest bars
    assert memory.note({"start": str(BAR)}) is not None
    assert memory.note({"start": str(BAR)}) is not None


def test_bars_that_the_stream_told_first() -> None:
    """When REST answers late the stream has gone on: only what it did not bring is told."""
    memory = _v3("kline", interval="1m")
    before = BAR - 3 * MINUTE
    memory.note({"start": str(before)})
    memory.interrupted()
    for begin in (before + 2 * MINUTE, BAR):
        memory.note({"start": str(begin)})
    listed = _bars(before, before + MINUTE, before + 2 * MINUTE, BAR)
    rows = memory.missed(SINCE, lambda _path, _params: listed, NOW).rows
    assert [int(row["start"]) for row in rows] == [before, before + MINUTE]


def test_bars_of_v2() -> None:
    """Rows without names; the last of a month is closed once the next month has begun."""
    memory = _v2("candle1M")
    month = 31 * DAY
    begins = [NOW - 40 * DAY, NOW - 40 * DAY + month]
    missed = memory.missed(NOW - 41 * DAY, lambda _path, _params: _bars(*begins), NOW)
    (row,) = missed.rows
    assert memory.when(row) == (begins[0],)
    candle = Candle.from_wire(row)
    assert (candle.ts, candle.quoteVol) == (begins[0], Decimal(15))
    assert memory.missed(NOW - 41 * DAY, lambda _path, _params: _bars(NOW - 29 * DAY), NOW).rows == []


def test_too_many_bars() -> None:
    """Of a long outage the newest part is fetched, in pages that a request may ask for, and the gap says so."""
    asked: list[Mapping[str, Any]] = []

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        assert path == "/api/v2/mix/market/candles"
        asked.append(params)
        return []

    (lack,) = _v2("candle1m").missed(NOW - 10 * DAY, fetch, NOW).lacks
    assert lack.before_ms == asked[0]["startTime"] + 1
    assert all(params["endTime"] - params["startTime"] <= 99 * MINUTE + 2 for params in asked)
    assert len(asked) <= 21
    assert asked[0]["granularity"] == "1m"


def test_what_cannot_be_read_goes_on() -> None:
    """Its decoder reports it."""
    assert _v3("kline", interval="4H").note({"start": None}) == {"start": None}
    with pytest.raises(TypeError):
        _v2("candle1Dutc").note(3)
