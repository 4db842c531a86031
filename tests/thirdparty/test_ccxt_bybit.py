"""ccxt's synchronous Bybit client works against the paper exchange, unchanged but for the URLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

SPOT, PERP = "BTC/USDT", "BTC/USDT:USDT"
SEEN = {"acknowledged": True}


@pytest.fixture
def bybit(paper: PaperExchange) -> Iterator[Any]:
    """Their client with Alice's key, at a market that stands still; it closes its own connections."""
    paper.quiet()
    account = paper.accounts[0]
    keys = {"apiKey": account.api_key, "secret": account.secret_key}
    client = ccxt.bybit({**keys, "enableRateLimit": False})
    client.urls["api"] = dict.fromkeys(client.urls["api"], paper.url)
    client.session.trust_env = False
    yield client
    client.session.close()


def test_market_data(bybit: Any, paper: PaperExchange) -> None:
    """Markets, tickers, order book, trades, candles and funding are read, with the numbers of the exchange."""
    markets = bybit.load_markets()
    assert {SPOT, PERP} <= set(markets)
    assert (markets[PERP]["contractSize"], markets[SPOT]["precision"]["price"]) == (1, 0.1)
    assert "BTC" in bybit.currencies
    for symbol in (SPOT, PERP):
        ticker, book = bybit.fetch_ticker(symbol), bybit.fetch_order_book(symbol, 5)
        assert ticker["bid"] == book["bids"][0][0] < book["asks"][0][0] == ticker["ask"]
    assert bybit.fetch_tickers([PERP])[PERP]["symbol"] == PERP
    candles = bybit.fetch_ohlcv(PERP, "1m", limit=20)
    assert len(candles) == 20
    assert [row[0] for row in candles] == sorted(row[0] for row in candles)
    assert bybit.fetch_trades(SPOT, limit=3)[-1]["symbol"] == SPOT
    assert bybit.fetch_funding_rate(PERP)["symbol"] == PERP
    assert len(bybit.fetch_funding_rate_history(PERP, limit=3)) == 3
    assert bybit.fetch_open_interest(PERP)["openInterestAmount"] > 0
    assert abs(bybit.fetch_time() - paper.clock.now_ms()) < 5000


@pytest.mark.parametrize("symbol", [SPOT, PERP])
def test_life_of_an_order(bybit: Any, symbol: str) -> None:
    """An order is placed, found open, edited, cancelled and then found among the canceled ones."""
    placed = bybit.create_order(symbol, "limit", "buy", 0.1, 62000, {"clientOrderId": "ccxt-1"})
    fetched = bybit.fetch_order(placed["id"], symbol, SEEN)
    assert (fetched["status"], fetched["price"], fetched["amount"]) == ("open", 62000, 0.1)
    assert fetched["clientOrderId"] == "ccxt-1"
    assert [order["id"] for order in bybit.fetch_open_orders(symbol)] == [placed["id"]]
    assert bybit.fetch_open_order(placed["id"], symbol)["id"] == placed["id"]
    bybit.edit_order(placed["id"], symbol, "limit", "buy", 0.2, 62500)
    edited = bybit.fetch_order(placed["id"], symbol, SEEN)
    assert (edited["price"], edited["amount"]) == (62500, 0.2)
    assert bybit.cancel_order(placed["id"], symbol)["id"] == placed["id"]
    assert bybit.fetch_order(placed["id"], symbol, SEEN)["status"] == "canceled"
    assert [order["id"] for order in bybit.fetch_canceled_orders(symbol)] == [placed["id"]]
    bybit.create_orders([{"symbol": symbol, "type": "limit", "side": "buy", "amount": 0.1, "price": 62000}] * 2)
    assert len(bybit.cancel_all_orders(symbol)) == 2
    assert bybit.fetch_open_orders(symbol) == []


def test_money(bybit: Any) -> None:
    """A spot order holds money back; a market order spends it; the ledger tells."""
    before = bybit.fetch_balance()
    assert before["USDT"]["free"] > 0
    bybit.create_order(SPOT, "limit", "buy", 0.1, 60000)
    assert bybit.fetch_balance()["USDT"]["used"] == pytest.approx(6000, rel=0.01)
    bybit.cancel_all_orders(SPOT)
    bybit.create_order(SPOT, "market", "sell", 0.1)
    after = bybit.fetch_balance()
    assert before["BTC"]["total"] - after["BTC"]["total"] == pytest.approx(0.1)
    # They sort by time: which of several entries of one moment is last is not told.
    assert after["USDT"]["total"] in [pytest.approx(entry["after"]) for entry in bybit.fetch_ledger("USDT")]
    assert bybit.fetch_trading_fee(SPOT)["taker"] == 0.001
    bybit.transfer("USDT", 50, "unified", "fund")
    assert bybit.fetch_balance({"type": "funding"})["USDT"]["total"] == 50
    assert bybit.fetch_transfers("USDT")[0]["amount"] == 50


def test_fills_and_positions(bybit: Any) -> None:
    """A market order of a perpetual opens a position; trades and fees are told; leverage and stops are set."""
    bybit.set_leverage(20, PERP)
    assert bybit.fetch_leverage(PERP)["longLeverage"] == 20
    placed = bybit.create_order(PERP, "market", "buy", 0.02)
    order = bybit.fetch_closed_order(placed["id"], PERP)
    assert (order["status"], order["filled"]) == ("closed", 0.02)
    assert [one["id"] for one in bybit.fetch_closed_orders(PERP)] == [placed["id"]]
    trades = bybit.fetch_my_trades(PERP)
    assert sum(trade["amount"] for trade in trades) == pytest.approx(0.02)
    assert all(trade["order"] == placed["id"] and trade["fee"]["cost"] > 0 for trade in trades)
    (position,) = bybit.fetch_positions([PERP])
    assert (position["side"], position["contracts"], position["leverage"]) == ("long", 0.02, 20)
    assert bybit.fetch_position(PERP)["contracts"] == 0.02
    stop = bybit.create_order(PERP, "market", "sell", 0.02, None, {"stopLossPrice": 60000, "reduceOnly": True})
    (waiting,) = bybit.fetch_open_orders(PERP, params={"trigger": True})
    assert (waiting["id"], waiting["triggerPrice"]) == (stop["id"], 60000)
    bybit.cancel_order(stop["id"], PERP, {"trigger": True})
    bybit.create_order(PERP, "market", "sell", 0.02, None, {"reduceOnly": True})
    assert bybit.fetch_positions([PERP]) == [] or bybit.fetch_positions([PERP])[0]["contracts"] == 0
    assert bybit.fetch_positions_history([PERP])[0]["symbol"] == PERP


def test_hedging(bybit: Any) -> None:
    """Two sides at once."""
    bybit.set_position_mode(True, PERP)
    bybit.create_order(PERP, "market", "buy", 0.02, None, {"positionIdx": 1})
    bybit.create_order(PERP, "market", "sell", 0.01, None, {"positionIdx": 2})
    found = {one["side"]: one["contracts"] for one in bybit.fetch_positions([PERP])}
    assert found == {"long": 0.02, "short": 0.01}


def test_their_errors(bybit: Any) -> None:
    """Refusals have the codes that ccxt turns into its own exceptions."""
    with pytest.raises(ccxt.OrderNotFound):
        bybit.cancel_order("1", PERP)
    with pytest.raises(ccxt.InsufficientFunds):
        bybit.create_order(PERP, "limit", "buy", 1000, 60000)
    with pytest.raises(ccxt.InsufficientFunds):
        bybit.create_order(SPOT, "limit", "buy", 10, 62000)
    with pytest.raises(ccxt.BadSymbol):
        bybit.fetch_ticker("NO/SUCH")
    bybit.secret = "wrong"
    with pytest.raises(ccxt.AuthenticationError):
        bybit.fetch_balance()
