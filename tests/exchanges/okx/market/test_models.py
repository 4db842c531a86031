"""Rows of tickers, trades, books and candles, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    BookUpdate,
    CallAuction,
    Candle,
    EstimatedPrice,
    IndexCandle,
    MarkPriceCandle,
    RpiBookUpdate,
    RpiLevel,
    SpreadCandle,
    Ticker,
    Trade,
)


def around(channel: str, **message: Any) -> dict[str, Any]:
    return {"arg": {"channel": channel, "instId": "BTC-USDT", "uid": "77"}, **message}


def pushed(channel: str, action: str | None = None, **args: str) -> dict[str, Any]:
    message: dict[str, Any] = {"arg": {"channel": channel, **args}}
    return message if action is None else {**message, "action": action}


def test_ticker() -> None:
    """Numbers are Decimal, the time is int, an unknown field is kept."""
    tick = Ticker.from_wire({"instId": "BTC-USDT", "last": "30000.10", "lastSz": "", "ts": "1700000000001", "x": "y"})
    assert str(tick.last) == "30000.10"
    assert (tick.lastSz, tick.ts, tick.extra) == (None, 1_700_000_000_001, {"x": "y"})


def test_trade_of_an_old_recording() -> None:
    """Rows of before 2023 lack count, source and seqId."""
    trade = Trade.from_wire({"instId": "BTC-USDT", "tradeId": "9", "px": "1", "sz": "2", "side": "sell", "ts": "3"})
    assert (trade.side, trade.count, trade.seqId) == ("sell", None, None)


def test_book_change() -> None:
    """Instrument and action come from the message, levels are rows of their own."""
    row = {"asks": [["2", "1", "0", "1"]], "bids": [], "ts": "5", "checksum": 0, "prevSeqId": 7, "seqId": 9}
    book = BookUpdate.from_wire(row, around("books", action="update"))
    assert (book.channel, book.instId, book.action, book.is_snapshot) == ("books", "BTC-USDT", "update", False)
    assert (book.prevSeqId, book.seqId, book.checksum) == (7, 9, 0)
    assert book.asks[0].price == 2
    assert book.bids == ()
    assert book.extra == {}


def test_short_books_are_always_whole() -> None:
    """books5 and bbo-tbt have no action: each push is a full state; books5 names the instrument itself."""
    book = BookUpdate.from_wire({"asks": [], "bids": [], "instId": "ETH-USDT", "seqId": 1}, around("books5"))
    assert (book.is_snapshot, book.action, book.instId, book.extra) == (True, None, "ETH-USDT", {})


@pytest.mark.parametrize(
    ("cls", "channel", "row"),
    [
        (Candle, "candle4H", ["1700000000000", "1", "4", "0.5", "2", "10", "20", "30", "1"]),
        (MarkPriceCandle, "mark-price-candle4H", ["1700000000000", "1", "4", "0.5", "2", "1"]),
        (IndexCandle, "index-candle4H", ["1700000000000", "1", "4", "0.5", "2", "1"]),
        (SpreadCandle, "sprd-candle4H", ["1700000000000", "1", "4", "0.5", "2", "10", "1"]),
    ],
)
def test_candles(cls: Any, channel: str, row: list[str]) -> None:
    """Columns by position, ``confirm`` last even in longer rows, the bar from the channel's name."""
    for columns in (row, [*row[:-1], "new", row[-1]]):
        candle = cls.from_wire(columns, around(channel))
        assert (candle.ts, candle.o, candle.h, candle.l, candle.c) == (1_700_000_000_000, 1, 4, Decimal("0.5"), 2)
        assert (candle.bar, candle.confirm) == ("4H", True)
    assert candle.extra == {str(len(row) - 1): "new"}


def test_candle_of_2021() -> None:
    """Old rows of seven columns have no ``confirm``; their last column is a volume."""
    candle = Candle.from_wire(["1", "1", "1", "1", "1", "0", "0"], around("candle1m"))
    assert candle.vol == candle.volCcy == 0
    assert candle.volCcyQuote is None
    assert candle.confirm is None


def test_candle_without_a_message() -> None:
    """A candle row alone (REST) has no bar, and says so."""
    assert Candle.from_wire(["1"]).bar is None
    assert Candle.from_wire(["1"], {"arg": {"channel": 5}}).bar is None


def test_rpi_levels() -> None:
    """Price, all size, size without RPI orders, count; a column that is put in between is kept."""
    row = {"asks": [["10.5", "7", "4", "3"]], "bids": [], "ts": "5", "prevSeqId": -1, "seqId": 9}
    book = RpiBookUpdate.from_wire(row, pushed("books-rpi", "snapshot", instId="BTC-USDT"))
    level = book.asks[0]
    assert (level.price, level.size, level.non_rpi_size, level.orders) == (
        Decimal("10.5"), Decimal(7), Decimal(4), 3,
    )  # fmt: skip
    assert (book.channel, book.instId, book.is_snapshot, book.extra) == ("books-rpi", "BTC-USDT", True, {})
    longer = RpiLevel.from_wire(["10.5", "7", "4", "new", "3"])
    assert (longer.non_rpi_size, longer.orders, longer.extra) == (Decimal(4), 3, {"3": "new"})
    shorter = RpiLevel.from_wire(["10.5", "7", "4"])
    assert (shorter.non_rpi_size, shorter.orders) == (Decimal(4), None)


def test_elp_book_is_an_ordinary_book() -> None:
    """Levels of four columns, changes by sequence number."""
    row = {"asks": [["2", "0", "0", "0"]], "bids": [], "ts": "5", "checksum": 0, "prevSeqId": 7, "seqId": 9}
    book = BookUpdate.from_wire(row, pushed("books-elp", "update", instId="BTC-USDT"))
    assert (book.channel, book.is_snapshot, book.asks[0].size, book.prevSeqId) == (
        "books-elp", False, Decimal(0), 7,
    )  # fmt: skip


def test_auction_and_estimated_price() -> None:
    """Old wire lacks the type of an estimated price."""
    auction = CallAuction.from_wire({"eqPx": "3", "auctionEndTime": "1700000000000", "state": "call_auction"})
    assert (auction.eqPx, auction.auctionEndTime, auction.state) == (
        Decimal(3), 1_700_000_000_000, "call_auction",
    )  # fmt: skip
    assert EstimatedPrice.from_wire({"settlePx": "9", "settleType": "exercise"}).settleType == "exercise"
    assert EstimatedPrice.from_wire({"settlePx": "9"}).settleType is None
