"""Rows of public channels, by family: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    AdlWarning,
    BlockTicker,
    BookUpdate,
    CallAuction,
    EconomicEvent,
    EstimatedPrice,
    EventContractMarket,
    LiquidationOrder,
    OptionSummary,
    OptionTrade,
    PublicBlockTrade,
    PublicStrucBlockTrade,
    RpiBookUpdate,
    RpiLevel,
    SpreadBookUpdate,
    SpreadTicker,
    SpreadTrade,
)
from okx_sync.state.live_book import OrderBook


def around(channel: str, action: str | None = None, **args: str) -> dict[str, Any]:
    message: dict[str, Any] = {"arg": {"channel": channel, **args}}
    return message if action is None else {**message, "action": action}


def test_rpi_levels() -> None:
    """Price, all size, size without RPI orders, count; a column that is put in between is kept."""
    row = {"asks": [["10.5", "7", "4", "3"]], "bids": [], "ts": "5", "prevSeqId": -1, "seqId": 9}
    book = RpiBookUpdate.from_wire(row, around("books-rpi", "snapshot", instId="BTC-USDT"))
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
    book = BookUpdate.from_wire(row, around("books-elp", "update", instId="BTC-USDT"))
    assert (book.channel, book.is_snapshot, book.asks[0].size, book.prevSeqId) == (
        "books-elp", False, Decimal(0), 7,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "action", "is_snapshot"),
    [
        ("sprd-bbo-tbt", None, True),
        ("sprd-books5", None, True),
        ("sprd-books-l2-tbt", "snapshot", True),
        ("sprd-books-l2-tbt", "update", False),
    ],
)
def test_spread_books(channel: str, action: str | None, is_snapshot: bool) -> None:
    """Levels of three columns; prices may be negative; the spread is named by the message."""
    row = {"asks": [["-0.5", "2", "6"]], "bids": [["-0.7", "1", "1"]], "ts": "5", "seqId": 9}
    book = SpreadBookUpdate.from_wire(row, around(channel, action, sprdId="A_B"))
    assert (book.channel, book.sprdId, book.is_snapshot) == (channel, "A_B", is_snapshot)
    level = book.asks[0]
    assert (level.price, level.size, level.orders, level.extra) == (Decimal("-0.5"), Decimal(2), 6, {})
    assert (book.checksum, book.prevSeqId, book.seqId) == (None, None, 9)


@pytest.mark.parametrize(("cls", "ask"), [(SpreadBookUpdate, ["3", "2", "6"]), (RpiBookUpdate, ["3", "2", "1", "6"])])
def test_all_books_feed_a_local_book(cls: type[SpreadBookUpdate] | type[RpiBookUpdate], ask: list[str]) -> None:
    """``OrderBook`` takes them as it takes ``BookUpdate``: price, size, number of orders."""
    book = OrderBook("X")
    first = {"asks": [ask], "bids": [], "ts": "1", "prevSeqId": -1, "seqId": 4}
    assert book.apply(cls.from_wire(first, around("books", "snapshot"))) == "snapshot"
    best = book.best_ask
    assert best is not None
    assert (best.price, best.size, best.orders) == (Decimal(3), Decimal(2), 6)
    change = {"asks": [["3", "0", *ask[2:]]], "bids": [], "ts": "2", "prevSeqId": 4, "seqId": 5}
    assert book.apply(cls.from_wire(change, around("books", "update"))) == "ok"
    assert book.best_ask is None
    assert book.apply(cls.from_wire({**change, "prevSeqId": 9}, around("books", "update"))) == "gap"


def test_spread_market() -> None:
    """Tickers and trades of a spread are about a spread, not an instrument."""
    tick = SpreadTicker.from_wire({"sprdId": "A_B", "last": "-0.1", "askPx": "", "ts": "7"})
    assert (tick.sprdId, tick.last, tick.askPx, tick.ts) == ("A_B", Decimal("-0.1"), None, 7)
    assert SpreadTrade.from_wire({"px": "0", "side": "sell"}).px == 0


def test_options() -> None:
    """Greeks keep OKX's upper case; another spelling is an unknown field."""
    row = {"instId": "BTC-USD-261225-90000-C", "deltaBS": "0.5", "deltaBs": "0.6", "markVol": "0.42", "volLv": ""}
    summary = OptionSummary.from_wire(row)
    assert (summary.deltaBS, summary.markVol, summary.volLv) == (Decimal("0.5"), Decimal("0.42"), None)
    assert summary.extra == {"deltaBs": "0.6"}
    trade = OptionTrade.from_wire({"fillVol": "0.4", "optType": "C", "tradeId": "12", "ts": "1"})
    assert (trade.fillVol, trade.optType, trade.tradeId) == (Decimal("0.4"), "C", "12")


def test_auction_and_estimated_price() -> None:
    """Old wire lacks the type of an estimated price."""
    auction = CallAuction.from_wire({"eqPx": "3", "auctionEndTime": "1700000000000", "state": "call_auction"})
    assert (auction.eqPx, auction.auctionEndTime, auction.state) == (
        Decimal(3), 1_700_000_000_000, "call_auction",
    )  # fmt: skip
    assert EstimatedPrice.from_wire({"settlePx": "9", "settleType": "exercise"}).settleType == "exercise"
    assert EstimatedPrice.from_wire({"settlePx": "9"}).settleType is None


def test_liquidations() -> None:
    """One row per instrument, with its liquidations inside."""
    detail = {"side": "sell", "posSide": "long", "bkPx": "9.5", "sz": "3", "bkLoss": "0", "ccy": "", "ts": "5"}
    order = LiquidationOrder.from_wire({"instId": "BTC-USDT-SWAP", "details": [detail, detail]})
    assert [(item.bkPx, item.ccy, item.ts) for item in order.details] == [(Decimal("9.5"), None, 5)] * 2


def test_adl_warning() -> None:
    """Fields that OKX has retired come empty."""
    warning = AdlWarning.from_wire({"state": "adl", "bal": "10.5", "maxBal": "", "maxBalTs": "", "ts": "5"})
    assert (warning.state, warning.bal, warning.maxBal, warning.maxBalTs) == ("adl", Decimal("10.5"), None, None)


@pytest.mark.parametrize(("text", "bound"), [("INF", "INF"), ("120000", "120000"), ("", None)])
def test_event_contracts(text: str, bound: str | None) -> None:
    """The upper bound of a market may be infinite, which no number of ours is: it stays text."""
    market = EventContractMarket.from_wire({"capStrike": text, "floorStrike": "9", "disputed": False, "fixTime": ""})
    assert (market.capStrike, market.floorStrike, market.disputed, market.fixTime) == (
        bound, Decimal(9), False, None,
    )  # fmt: skip


def test_economic_events() -> None:
    """Figures are as published, with their units: text."""
    event = EconomicEvent.from_wire({"actual": "3.2%", "forecast": "", "date": "1700000000000", "importance": "3"})
    assert (event.actual, event.forecast, event.date, event.importance) == ("3.2%", None, 1_700_000_000_000, "3")


def test_public_block_trades() -> None:
    """Legs are rows of their own; the parent of a group has no ids."""
    leg = {"instId": "BTC-USDT", "px": "1", "sz": "2", "side": "buy", "tradeId": ""}
    parent = PublicStrucBlockTrade.from_wire({"blockTdId": "", "groupId": "5", "legs": [leg], "cTime": "1"})
    assert (parent.blockTdId, parent.groupId, parent.legs[0].tradeId) == (None, "5", None)
    assert PublicBlockTrade.from_wire({"fillVol": "", "fwdPx": ""}).fillVol is None
    assert BlockTicker.from_wire({"vol24h": "10", "ts": "5"}).vol24h == 10
