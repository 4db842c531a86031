"""Rows as OKX sends them, by family: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    Account,
    AlgoOrder,
    BalanceAndPosition,
    BookUpdate,
    Candle,
    FundingRate,
    IndexCandle,
    Instrument,
    MarkPriceCandle,
    Order,
    Position,
    PriceLimit,
    SpreadCandle,
    Ticker,
    Trade,
)
from okx_sync.models import Row


def around(channel: str, **message: Any) -> dict[str, Any]:
    return {"arg": {"channel": channel, "instId": "BTC-USDT", "uid": "77"}, **message}


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


def test_instrument() -> None:
    """The code for order operations may be null; planned changes are rows of their own."""
    row = {"instId": "BTC-USDT-SWAP", "instIdCode": None, "futureSettlement": False, "ctVal": "0.01", "expTime": ""}
    change = {"param": "tickSz", "newValue": "0.1", "effTime": "1700000000000"}
    instrument = Instrument.from_wire(row | {"upcChg": [change]})
    assert (instrument.instIdCode, instrument.futureSettlement, instrument.expTime) == (None, False, None)
    assert instrument.upcChg[0].newValue == Decimal("0.1")
    assert Instrument.from_wire({"instIdCode": 12}).instIdCode == 12


def test_funding_and_price_limit() -> None:
    """Retired and switched-off values are None."""
    assert FundingRate.from_wire({"fundingRate": "-0.0001", "nextFundingRate": ""}).nextFundingRate is None
    limit = PriceLimit.from_wire({"buyLmt": "", "sellLmt": "", "enabled": False})
    assert (limit.buyLmt, limit.enabled) == (None, False)


@pytest.mark.parametrize("cls", [Account, Position])
def test_account_envelope(cls: type[Account] | type[Position]) -> None:
    """Paging and kind of push are fields of the row."""
    page = cls.from_wire({"uTime": "1"}, around("account", eventType="snapshot", curPage=2, lastPage=False))
    assert (page.uid, page.is_snapshot, page.curPage, page.lastPage) == ("77", True, 2, False)
    change = cls.from_wire({"uTime": "1"}, around("account", eventType="event_update"))
    assert (change.is_snapshot, change.curPage, change.lastPage) == (False, None, None)


def test_greeks_are_spelled_as_on_the_wire() -> None:
    """deltaBS is a field; another spelling is an unknown field, not a guess."""
    position = Position.from_wire({"deltaBS": "1", "deltaBs": "2", "adl": "3", "pos": "-4"})
    assert (position.deltaBS, position.adl, position.pos) == (Decimal(1), 3, Decimal(-4))
    assert position.extra == {"deltaBs": "2"}


def test_balance_and_position_says_its_cause_itself() -> None:
    """Here eventType is in the row, not around it."""
    row = {"eventType": "filled", "balData": [{"ccy": "BTC", "cashBal": "1"}], "posData": [], "pTime": "1"}
    event = BalanceAndPosition.from_wire(row, around("balance_and_position", eventType="other"))
    assert (event.eventType, event.is_snapshot) == ("filled", False)
    assert event.balData[0].cashBal == 1
    assert BalanceAndPosition.from_wire({"eventType": "snapshot"}).is_snapshot


def test_order() -> None:
    """Flags are text on the wire, absent prices are None, nested orders are rows."""
    row = {
        "instId": "BTC-USDT", "ordId": "1", "px": "", "reduceOnly": "false", "isTpLimit": "true", "tradeId": "",
        "state": "partially_filled", "attachAlgoOrds": [{"slOrdPx": "-1"}], "linkedAlgoOrd": {"algoId": ""},
    }  # fmt: skip
    order = Order.from_wire(row, around("orders"))
    assert (order.px, order.reduceOnly, order.isTpLimit, order.is_fill, order.is_final) == (
        None, False, True, False, False,
    )  # fmt: skip
    assert order.attachAlgoOrds[0].slOrdPx == -1
    assert order.linkedAlgoOrd is not None
    assert order.linkedAlgoOrd.algoId is None


@pytest.mark.parametrize("state", ["filled", "canceled", "mmp_canceled"])
def test_final_orders(state: str) -> None:
    """An order in one of these states never changes again."""
    assert Order.from_wire({"state": state, "tradeId": "5"}).is_final


@pytest.mark.parametrize("linked", [{"ordId": "3"}, [], "", None])
def test_algo_order(linked: Any) -> None:
    """A linked order may be an object, an empty list or empty text."""
    order = AlgoOrder.from_wire({"linkedOrd": linked, "ordIdList": ["1", "2"], "isTradeBorrowMode": ""})
    assert (order.linkedOrd is None) is (not linked)
    assert (order.ordIdList, order.isTradeBorrowMode) == (("1", "2"), None)


def test_words_pass_through() -> None:
    """A state that OKX adds tomorrow arrives as text."""
    rows: list[Row] = [Order.from_wire({"state": "dreaming"}), AlgoOrder.from_wire({"state": "dreaming"})]
    assert [getattr(row, "state", None) for row in rows] == ["dreaming", "dreaming"]
