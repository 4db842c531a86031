"""Market data: the numbers are those of the venue, sizes count coins."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.paper.bybit.rest.rest_client import PAIR, PERP, SWAP, BybitRest


def test_instruments(rest: BybitRest) -> None:
    """Of each category, in pages; there are no inverse contracts and no options."""
    spot, linear = rest.rows("market/instruments-info", category="spot"), rest.get("market/instruments-info", **PERP)
    assert {row["symbol"] for row in spot} == {"BTCUSDT", "ETHUSDT", "SOLUSDT"}
    (btc,) = linear["list"]
    assert (btc["lotSizeFilter"]["qtyStep"], btc["priceFilter"]["tickSize"], btc["settleCoin"]) == (
        "0.0001",
        "0.1",
        "USDT",
    )
    assert rest.rows("market/instruments-info", category="inverse") == []
    assert rest.rows("market/instruments-info", category="option", baseCoin="BTC") == []
    first = rest.get("market/instruments-info", category="linear", limit=1)
    then = rest.get("market/instruments-info", category="linear", limit=1, cursor=first["nextPageCursor"])
    assert [row["symbol"] for row in first["list"] + then["list"]] == ["BTCUSDT", "ETHUSDT"]
    assert then["nextPageCursor"] == ""


def test_instruments_follow_the_venue(rest: BybitRest) -> None:
    """Steps that change and contracts that stop."""
    rest.paper.change_instrument(SWAP, tickSz="0.5", state="suspend")
    (btc,) = rest.rows("market/instruments-info", **PERP, status="Closed")
    assert (btc["priceFilter"]["tickSize"], btc["status"]) == ("0.5", "Closed")
    assert rest.rows("market/instruments-info", **PERP) == []


def test_tickers_and_books_agree(rest: BybitRest) -> None:
    """The best prices are the book's, of perpetuals and of spot pairs."""
    for chosen in (PERP, PAIR):
        (ticker,) = rest.rows("market/tickers", **chosen)
        book = rest.get("market/orderbook", **chosen, limit=5)
        assert [ticker["bid1Price"], ticker["bid1Size"]] == book["b"][0]
        assert [ticker["ask1Price"], ticker["ask1Size"]] == book["a"][0]
        assert len(book["b"]) == len(book["a"]) == 5
    assert len(rest.rows("market/tickers", category="linear")) == 2
    ask = rest.paper.venue.book(SWAP).levels("asks", 1)[0]
    assert rest.get("market/orderbook", **PERP)["a"][0] == [ask[0], str(Decimal(ask[1]) / 100)]


def test_trades(rest: BybitRest) -> None:
    """Newest first."""
    rest.paper.trade_at(SWAP, "65100", "3")
    newest, *_ = rest.rows("market/recent-trade", **PERP, limit=5)
    assert (newest["price"], newest["size"], newest["symbol"]) == ("65100", "0.03", "BTCUSDT")


@pytest.mark.parametrize(
    ("path", "columns"),
    [("kline", 7), ("mark-price-kline", 5), ("index-price-kline", 5), ("premium-index-price-kline", 5)],
)
def test_candles(rest: BybitRest, path: str, columns: int) -> None:
    """Newest first, within the times asked for, both included."""
    found = rest.get(f"market/{path}", **PERP, interval="5", limit=10)["list"]
    starts = [int(row[0]) for row in found]
    assert starts == sorted(starts, reverse=True)
    assert {len(row) for row in found} == {columns}
    some = rest.get(f"market/{path}", **PERP, interval="5", start=starts[4], end=starts[2])["list"]
    assert [int(row[0]) for row in some] == starts[2:5]


def test_candles_of_spot_pairs(rest: BybitRest) -> None:
    """Volume in coins, turnover in quote currency."""
    end = rest.paper.clock.now_ms() - 7_200_000
    (row,) = rest.get("market/kline", **PAIR, interval="60", limit=1, end=end)["list"]
    low, high, volume, turnover = (Decimal(row[index]) for index in (3, 2, 5, 6))
    assert low * Decimal("0.99") < turnover / volume < high * Decimal("1.01")


def test_funding(rest: BybitRest) -> None:
    """Each eight hours."""
    rows = rest.rows("market/funding/history", **PERP, limit=3)
    times = [int(row["fundingRateTimestamp"]) for row in rows]
    assert [times[0] - time for time in times] == [0, 28_800_000, 57_600_000]
    older = rest.rows("market/funding/history", **PERP, startTime=times[2], endTime=times[1])
    assert [int(row["fundingRateTimestamp"]) for row in older] == times[1:]
    assert rest.get_code("market/funding/history", **PERP, startTime=times[2]) == 10001


def test_other_figures(rest: BybitRest) -> None:
    """Interest, ratio, limits, index, insurance."""
    (ticker,) = rest.rows("market/tickers", **PERP)
    interest = rest.get("market/open-interest", **PERP, intervalTime="1h", limit=2)
    assert interest["list"][0]["openInterest"] == ticker["openInterest"]
    older = rest.rows("market/open-interest", **PERP, intervalTime="1h", cursor=interest["nextPageCursor"])
    assert int(older[0]["timestamp"]) == int(interest["list"][1]["timestamp"]) - 3_600_000
    ratio = rest.rows("market/account-ratio", **PERP, period="1d", limit=1)[0]
    assert Decimal(ratio["buyRatio"]) + Decimal(ratio["sellRatio"]) == 1
    limits = rest.get("market/price-limit", symbol="BTCUSDT")
    assert Decimal(limits["sellLmt"]) < Decimal(ticker["lastPrice"]) < Decimal(limits["buyLmt"])
    index = rest.get("market/index-price-components", indexName="BTCUSDT")
    assert index["lastPrice"] == ticker["indexPrice"]
    assert {row["symbols"] for row in rest.rows("market/insurance", coin="USDT")} == {"BTCUSDT", "ETHUSDT"}


@pytest.mark.parametrize(
    ("path", "query", "text"),
    [
        ("tickers", {"category": "futures"}, "Illegal category"),
        ("tickers", {"category": "linear", "symbol": "NOSUCH"}, "Not supported symbols"),
        ("orderbook", {"category": "inverse", "symbol": "BTCUSD"}, "Not supported symbols"),
        ("kline", {**PERP, "interval": "2"}, "params error: interval invalid"),
        ("tickers", {"category": "option"}, "Missing some parameters that must be filled in, symbol or baseCoin"),
    ],
)
def test_refusals(rest: BybitRest, path: str, query: dict[str, Any], text: str) -> None:
    """Code 10001, with a text that names what is wrong."""
    answer = rest.told("GET", f"/v5/market/{path}", **query)
    assert (answer["retCode"], answer["retMsg"]) == (10001, text)
