"""ccxt's synchronous OKX client works against the paper exchange, unchanged but for the URLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late
from tests.thirdparty.ccxt_clients import okx_client

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

SPOT, SWAP = "BTC/USDT", "BTC/USDT:USDT"


@pytest.fixture
def okx(paper: PaperExchange) -> Iterator[Any]:
    """Their client at a live exchange; it closes its own connections."""
    client = okx_client(paper)
    yield client
    client.session.close()


def test_market_data(okx: Any, paper: PaperExchange) -> None:
    """Markets, ticker, order book, trades and candles are read, with the numbers of the exchange."""
    paper.quiet()
    markets = okx.load_markets()
    assert {SPOT, SWAP} <= set(markets)
    assert (markets[SWAP]["contractSize"], markets[SPOT]["precision"]["price"]) == (0.01, 0.1)
    ticker, book = okx.fetch_ticker(SPOT), okx.fetch_order_book(SPOT, 5)
    assert ticker["bid"] == book["bids"][0][0] < book["asks"][0][0] == ticker["ask"]
    assert okx.fetch_tickers([SWAP])[SWAP]["symbol"] == SWAP
    candles = okx.fetch_ohlcv(SPOT, "1m", limit=20)
    assert len(candles) == 20
    assert [row[0] for row in candles] == sorted(row[0] for row in candles)
    assert okx.fetch_trades(SPOT, limit=3)[-1]["symbol"] == SPOT
    assert abs(okx.fetch_time() - paper.clock.now_ms()) < 5000


def test_life_of_an_order(okx: Any, paper: PaperExchange) -> None:
    """An order is placed, found open, fetched, cancelled and then found among the canceled ones."""
    before = okx.fetch_balance()
    assert before["USDT"]["free"] > 0
    placed = okx.create_order(SPOT, "limit", "buy", 0.1, 60000, {"clientOrderId": "ccxt1"})
    fetched = okx.fetch_order(placed["id"], SPOT)
    assert (fetched["status"], fetched["price"], fetched["amount"]) == ("open", 60000, 0.1)
    assert fetched["clientOrderId"] == "ccxt1"
    assert [order["id"] for order in okx.fetch_open_orders(SPOT)] == [placed["id"]]
    assert okx.fetch_balance()["USDT"]["used"] == pytest.approx(6000, rel=0.01)
    assert okx.cancel_order(placed["id"], SPOT)["id"] == placed["id"]
    assert okx.fetch_order(placed["id"], SPOT)["status"] == "canceled"
    assert [order["id"] for order in okx.fetch_canceled_orders(SPOT)] == [placed["id"]]
    assert okx.fetch_balance()["USDT"]["free"] == before["USDT"]["free"]


def test_fills_and_positions(okx: Any, paper: PaperExchange) -> None:
    """A market order of a swap opens a position; its trades and fees are told; a trailing stop waits."""
    placed = okx.create_order(SWAP, "market", "buy", 2)
    order = okx.fetch_order(placed["id"], SWAP)
    assert (order["status"], order["filled"]) == ("closed", 2)
    trades = okx.fetch_my_trades(SWAP)
    assert sum(trade["amount"] for trade in trades) == 2
    assert all(trade["order"] == placed["id"] and trade["fee"]["cost"] > 0 for trade in trades)
    (position,) = okx.fetch_positions([SWAP])
    assert (position["side"], position["contracts"]) == ("long", 2)
    stop = okx.create_order(SWAP, "market", "sell", 2, None, {"trailingPercent": 1, "reduceOnly": True})
    (waiting,) = okx.fetch_open_orders(SWAP, params={"ordType": "move_order_stop"})
    assert waiting["id"] == stop["id"]
    okx.cancel_order(stop["id"], SWAP, {"trailing": True})
    assert okx.fetch_open_orders(SWAP, params={"ordType": "move_order_stop"}) == []


def test_their_errors(okx: Any) -> None:
    """Refusals have the codes that ccxt turns into its own exceptions."""
    with pytest.raises(ccxt.OrderNotFound):
        okx.fetch_order("1", SPOT)
    with pytest.raises(ccxt.InsufficientFunds):
        okx.create_order(SPOT, "limit", "buy", 100, 60000)
    with pytest.raises(ccxt.BadSymbol):
        okx.fetch_ticker("NO/SUCH")
    okx.secret = "wrong"
    with pytest.raises(ccxt.AuthenticationError):
        okx.fetch_balance()
