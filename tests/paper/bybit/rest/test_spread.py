"""Spreads: their market, and orders that are taken in, amended and cancelled."""

from __future__ import annotations

from decimal import Decimal

from tests.paper.bybit.rest.rest_client import BybitRest

SPREAD = "BTCUSDT_BTC/USDT"
ORDER = {"symbol": SPREAD, "side": "Buy", "orderType": "Limit", "qty": "0.1", "price": "-5"}


def test_the_market(rest: BybitRest) -> None:
    """Instruments, book, ticker and trades of a perpetual against its pair."""
    names = {row["symbol"] for row in rest.rows("spread/instrument")}
    assert names == {SPREAD, "ETHUSDT_ETH/USDT"}
    rest.paper.clock.freeze()  # one moment of the market
    book = rest.get("spread/orderbook", symbol=SPREAD, limit=3)
    (ticker,) = rest.rows("spread/tickers", symbol=SPREAD)
    assert [ticker["bidPrice"], ticker["bidSize"]] == book["b"][0]
    assert Decimal(book["b"][0][0]) < Decimal(book["a"][0][0])
    rest.paper.clock.advance(20)
    assert rest.rows("spread/recent-trade", symbol=SPREAD, limit=1)[0]["symbol"] == SPREAD
    assert rest.get_code("spread/tickers", symbol="NO") == 10001


def test_the_life_of_an_order(rest: BybitRest) -> None:
    """Created, amended, cancelled; each step shows in the lists."""
    ids = rest.post("spread/order/create", **ORDER, orderLinkId="s-1")
    (row,) = rest.rows("spread/order/realtime")
    assert (row["orderId"], row["orderLinkId"], row["orderStatus"]) == (ids["orderId"], "s-1", "New")
    rest.post("spread/order/amend", symbol=SPREAD, orderLinkId="s-1", qty="0.2")
    assert rest.rows("spread/order/realtime", symbol=SPREAD)[0]["qty"] == "0.2"
    assert rest.post("spread/order/cancel", orderId=ids["orderId"]) == ids
    assert rest.code("spread/order/cancel", orderId=ids["orderId"]) == 110001
    assert rest.rows("spread/order/realtime") == []
    assert [row["orderStatus"] for row in rest.rows("spread/order/history")] == ["Cancelled"]
    assert rest.code("spread/order/create", **ORDER, orderLinkId="s-1") == 110072
    assert rest.code("spread/order/create", **ORDER | {"side": "buy"}) == 10001


def test_cancel_all(rest: BybitRest) -> None:
    """Of one spread or of all."""
    rest.post("spread/order/create", **ORDER)
    rest.post("spread/order/create", **ORDER | {"symbol": "ETHUSDT_ETH/USDT"})
    assert rest.code("spread/order/cancel-all") == 10001
    assert len(rest.post("spread/order/cancel-all", symbol=SPREAD)["list"]) == 1
    assert len(rest.post("spread/order/cancel-all", cancelAll=True)["list"]) == 1
    assert rest.rows("spread/execution/list") == []
    assert Decimal(rest.get("spread/max-qty", symbol=SPREAD, side="Buy", orderPrice="1")["ab"]) > 0
