"""Rows of spread trading, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    RpiBookUpdate,
    SpreadBookUpdate,
    SpreadFill,
    SpreadOrder,
    SpreadTicker,
    SpreadTrade,
)
from okx_sync.state.book.order_book import OrderBook


def pushed(channel: str, action: str | None = None, **args: str) -> dict[str, Any]:
    message: dict[str, Any] = {"arg": {"channel": channel, **args}}
    return message if action is None else {**message, "action": action}


@pytest.mark.parametrize(
    ("state", "is_final"), [("live", False), ("partially_filled", False), ("filled", True), ("canceled", True)]
)
def test_spread_orders(state: str, is_final: bool) -> None:
    """Prices may be negative; a final order never changes again."""
    order = SpreadOrder.from_wire({"px": "-1.5", "state": state, "fillPx": "", "pendingFillSz": "2"})
    assert (order.px, order.fillPx, order.pendingFillSz, order.is_final) == (
        Decimal("-1.5"), None, Decimal(2), is_final,
    )  # fmt: skip


def test_spread_fills() -> None:
    """Leg by leg; a spot leg has no contracts."""
    legs = [{"instId": "BTC-USDT", "szCont": ""}, {"instId": "BTC-USDT-SWAP", "szCont": "2"}]
    fill = SpreadFill.from_wire({"state": "filled", "legs": legs})
    assert [(leg.instId, leg.szCont) for leg in fill.legs] == [("BTC-USDT", None), ("BTC-USDT-SWAP", Decimal(2))]


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
    book = SpreadBookUpdate.from_wire(row, pushed(channel, action, sprdId="A_B"))
    assert (book.channel, book.sprdId, book.is_snapshot) == (channel, "A_B", is_snapshot)
    level = book.asks[0]
    assert (level.price, level.size, level.orders, level.extra) == (Decimal("-0.5"), Decimal(2), 6, {})
    assert (book.checksum, book.prevSeqId, book.seqId) == (None, None, 9)


@pytest.mark.parametrize(("cls", "ask"), [(SpreadBookUpdate, ["3", "2", "6"]), (RpiBookUpdate, ["3", "2", "1", "6"])])
def test_all_books_feed_a_local_book(cls: type[SpreadBookUpdate] | type[RpiBookUpdate], ask: list[str]) -> None:
    """``OrderBook`` takes them as it takes ``BookUpdate``: price, size, number of orders."""
    book = OrderBook("X")
    first = {"asks": [ask], "bids": [], "ts": "1", "prevSeqId": -1, "seqId": 4}
    assert book.apply(cls.from_wire(first, pushed("books", "snapshot"))) == "snapshot"
    best = book.best_ask
    assert best is not None
    assert (best.price, best.size, best.orders) == (Decimal(3), Decimal(2), 6)
    change = {"asks": [["3", "0", *ask[2:]]], "bids": [], "ts": "2", "prevSeqId": 4, "seqId": 5}
    assert book.apply(cls.from_wire(change, pushed("books", "update"))) == "ok"
    assert book.best_ask is None
    assert book.apply(cls.from_wire({**change, "prevSeqId": 9}, pushed("books", "update"))) == "gap"


def test_spread_market() -> None:
    """Tickers and trades of a spread are about a spread, not an instrument."""
    tick = SpreadTicker.from_wire({"sprdId": "A_B", "last": "-0.1", "askPx": "", "ts": "7"})
    assert (tick.sprdId, tick.last, tick.askPx, tick.ts) == ("A_B", Decimal("-0.1"), None, 7)
    assert SpreadTrade.from_wire({"px": "0", "side": "sell"}).px == 0
