"""Orders that wait for a price, and take profit and stop loss of positions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.paper.bybit.bybit_client import PRIVATE, BybitClient
from tests.paper.bybit.rest.rest_client import LIMIT, MARKET, PAIR, PERP, SWAP, BybitRest

STOP = {**PERP, "side": "Buy", "orderType": "Market", "qty": "0.01", "triggerPrice": "66000", "triggerDirection": 1}
SPOT_STOP = {**PAIR, "side": "Sell", "orderType": "Market", "qty": "0.01", "triggerPrice": "64000"}


def stops(rest: BybitRest) -> dict[str, str]:
    """The waiting orders: their kind and trigger price."""
    return {row["stopOrderType"]: row["triggerPrice"] for row in rest.rows("order/realtime", **PERP)}


def position(rest: BybitRest) -> dict[str, Any]:
    """The row of the perpetual."""
    (row,) = rest.rows("position/list", **PERP)
    return row


def test_a_conditional_order(rest: BybitRest) -> None:
    """It waits as Untriggered, and keeps its ids when it has become an order in the book."""
    with BybitClient(rest.paper, PRIVATE, "alice") as wire:
        wire.subscribe("order")
        ids = rest.post("order/create", **STOP, orderLinkId="stop-1")
        assert wire.push("order")["data"][0]["orderStatus"] == "Untriggered"
        (row,) = rest.rows("order/realtime", **PERP, orderFilter="StopOrder")
        assert (row["orderStatus"], row["stopOrderType"], row["triggerDirection"]) == ("Untriggered", "Stop", 1)
        assert {name: row[name] for name in ids} == ids
        rest.paper.trade_at(SWAP, "66010")
        pushed = wire.until(lambda frame: frame.get("topic") == "order" and frame["data"][0]["orderStatus"] == "Filled")
        assert pushed["data"][0]["orderId"] == ids["orderId"]
    (row,) = rest.rows("order/realtime", category="linear", orderLinkId="stop-1")
    assert (row["orderStatus"], row["triggerPrice"], row["orderId"]) == ("Filled", "66000", ids["orderId"])
    assert {one["orderId"] for one in rest.rows("execution/list", **PERP)} == {ids["orderId"]}
    assert [one["orderId"] for one in rest.rows("order/history", **PERP)] == [ids["orderId"]]


def test_a_limit_order_that_waits(rest: BybitRest) -> None:
    """It can be amended and cancelled, before and after its trigger."""
    order = STOP | {"orderType": "Limit", "price": "60000"}
    rest.post("order/create", **order, orderLinkId="w")
    rest.post("order/amend", **PERP, orderLinkId="w", triggerPrice="67000", price="61000", qty="0.02")
    (row,) = rest.rows("order/realtime", **PERP)
    assert (row["triggerPrice"], row["price"], row["qty"]) == ("67000", "61000", "0.02")
    rest.paper.trade_at(SWAP, "67000")
    (row,) = rest.rows("order/realtime", **PERP)
    assert (row["orderStatus"], row["price"]) == ("New", "61000")
    rest.post("order/cancel", **PERP, orderLinkId="w")
    rest.post("order/create", **order | {"triggerPrice": "69000"}, orderLinkId="v")
    rest.post("order/cancel", **PERP, orderLinkId="v")
    assert rest.rows("order/realtime", **PERP) == []
    assert [row["orderStatus"] for row in rest.rows("order/history", **PERP)] == ["Cancelled", "Cancelled"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"triggerDirection": ""}, 10001),
        ({"triggerDirection": 2}, 110093),
        ({"triggerPrice": "60000"}, 110092),
        ({"triggerBy": "Guess"}, 10001),
        ({"takeProfit": "60000"}, 10001),
    ],
)
def test_refused_conditions(rest: BybitRest, change: dict[str, Any], code: int) -> None:
    """Each with its code."""
    assert rest.code("order/create", **STOP | change) == code


def test_spot_orders_that_wait(rest: BybitRest) -> None:
    """They have a kind, which cancelling has to name; cancelling all spares them."""
    assert rest.code("order/create", **SPOT_STOP) == 10001
    assert rest.code("order/create", **SPOT_STOP | {"triggerPrice": ""}, orderFilter="StopOrder") == 170202
    ids = rest.post("order/create", **SPOT_STOP, orderFilter="tpslOrder")
    (row,) = rest.rows("order/realtime", **PAIR, orderFilter="tpslOrder")
    assert row["stopOrderType"] == "tpslOrder"
    assert rest.post("order/cancel-all", category="spot")["list"] == []
    assert rest.code("order/cancel", **PAIR, orderId=ids["orderId"]) == 170213
    rest.post("order/cancel", **PAIR, orderId=ids["orderId"], orderFilter="tpslOrder")
    (row,) = rest.rows("order/history", **PAIR)
    assert row["orderStatus"] == "Deactivated"


def test_take_profit_and_stop_loss_come_with_the_fill(rest: BybitRest) -> None:
    """Not before; they are for the whole position, and go with it."""
    order = LIMIT | {"takeProfit": "70000", "stopLoss": "50000"}
    ids = rest.post("order/create", **order, orderLinkId="parent")
    (row,) = rest.rows("order/realtime", **PERP)
    assert (row["takeProfit"], row["stopLoss"], row["tpslMode"]) == ("70000", "50000", "Full")
    rest.post("order/amend", **PERP, orderId=ids["orderId"], takeProfit="71000")
    rest.paper.fill("", ordId=str(next(iter(rest.paper.venue.accounts[0].orders))))
    assert rest.paper.wait_for(lambda: stops(rest) == {"TakeProfit": "71000", "StopLoss": "50000"})
    row = position(rest)
    assert (row["takeProfit"], row["stopLoss"]) == ("71000", "50000")
    rest.post("order/create", **MARKET | {"side": "Sell"}, reduceOnly=True)
    assert rest.paper.wait_for(lambda: stops(rest) == {})
    cleared = [row["cancelType"] for row in rest.rows("order/history", **PERP) if row["stopOrderType"] == "StopLoss"]
    assert cleared == ["CancelByTpSlTsClear"]


def test_a_stop_loss_closes_the_position(rest: BybitRest) -> None:
    """All of it, also what was bought after it was set."""
    rest.post("order/create", **MARKET)
    rest.post("position/trading-stop", **PERP, tpslMode="Full", positionIdx=0, stopLoss="60000")
    rest.post("order/create", **MARKET)
    rest.paper.trade_at(SWAP, "59990")
    assert position(rest)["size"] == "0"
    closing = rest.rows("order/history", **PERP)[0]
    assert (closing["qty"], closing["createType"], closing["reduceOnly"]) == ("0.02", "CreateByStopLoss", True)
    (pnl, *_) = rest.rows("position/closed-pnl", **PERP)
    assert (pnl["closedSize"], pnl["orderId"]) == ("0.02", closing["orderId"])


def test_trading_stop(rest: BybitRest) -> None:
    """Sets, changes and takes away; the same again is refused; the position stream tells."""
    rest.post("order/create", **MARKET)
    full = {**PERP, "tpslMode": "Full", "positionIdx": 0}
    with BybitClient(rest.paper, PRIVATE, "alice") as wire:
        wire.subscribe("position")
        rest.post("position/trading-stop", **full, takeProfit="70000", trailingStop="500")
        wire.until(lambda frame: frame.get("topic") == "position" and frame["data"][0]["takeProfit"] == "70000")
    assert rest.code("position/trading-stop", **full, takeProfit="70000") == 34040
    rest.post("position/trading-stop", **full, takeProfit="71000")
    assert set(stops(rest)) == {"TakeProfit", "TrailingStop"}
    assert position(rest)["trailingStop"] == "500"
    rest.post("position/trading-stop", **full, takeProfit="0", trailingStop="0")
    assert (stops(rest), position(rest)["takeProfit"]) == ({}, "0")
    assert rest.code("position/trading-stop", **full) == 34040


@pytest.mark.parametrize(
    "wrong",
    [
        {"takeProfit": "60000"},
        {"stopLoss": "70000"},
        {"takeProfit": "70000", "tpOrderType": "Limit", "tpLimitPrice": "70000"},
        {"takeProfit": "70000", "stopLoss": "60000", "tpslMode": "Partial", "tpSize": "0.01", "slSize": "0.005"},
        {"takeProfit": "70000", "positionIdx": 1},
        {"takeProfit": "70000.05"},
    ],
)
def test_refused_stops(rest: BybitRest, wrong: dict[str, Any]) -> None:
    """Nothing is set, and nothing can be without a position."""
    full = {**PERP, "tpslMode": "Full", "positionIdx": 0}
    assert rest.code("position/trading-stop", **full, takeProfit="70000") == 10001
    rest.post("order/create", **MARKET)
    assert rest.code("position/trading-stop", **full | wrong) == 10001
    assert stops(rest) == {}


def test_partial_stops(rest: BybitRest) -> None:
    """They are added side by side; of a pair one ends the other."""
    rest.post("order/create", **MARKET)
    pair = {**PERP, "tpslMode": "Partial", "positionIdx": 0, "tpSize": "0.004", "slSize": "0.004"}
    rest.post("position/trading-stop", **pair, takeProfit="70000", stopLoss="60000")
    rest.post("position/trading-stop", **pair, takeProfit="71000", stopLoss="59000")
    assert len(rest.rows("order/realtime", **PERP)) == 4
    rest.paper.trade_at(SWAP, "59999")
    assert rest.paper.wait_for(lambda: len(rest.rows("order/realtime", **PERP)) == 2)
    assert position(rest)["size"] == "0.006"
    gone = [row for row in rest.rows("order/history", **PERP) if row["stopOrderType"] == "PartialTakeProfit"]
    assert [row["cancelType"] for row in gone] == ["CancelByOCOTpCanceledBySlTriggered"]


def test_stops_of_the_whole_position_are_no_pair(rest: BybitRest) -> None:
    """Who cancels the take profit keeps the stop loss; both are gone in the moment in which one has closed it.

    What they were for is told of them afterwards, too.
    """
    rest.post("order/create", **MARKET)
    full = {**PERP, "tpslMode": "Full", "positionIdx": 0}
    rest.post("position/trading-stop", **full, takeProfit="70000", stopLoss="60000")
    (target,) = (row for row in rest.rows("order/realtime", **PERP) if row["stopOrderType"] == "TakeProfit")
    rest.post("order/cancel", **PERP, orderId=target["orderId"])
    assert stops(rest) == {"StopLoss": "60000"}
    rest.post("position/trading-stop", **full, takeProfit="71000")
    venue = rest.paper.venue

    def close() -> int:
        venue.trade_at(SWAP, "59900")
        return len(venue.algos.waiting(venue.accounts[0]))

    assert rest.paper.run(close) == 0
    assert {row["qty"] for row in rest.rows("order/history", **PERP)} == {"0.01"}


def test_cancel_all_takes_all_kinds_of_contract_orders(rest: BybitRest) -> None:
    """Unless a kind is named."""
    rest.post("order/create", **MARKET)
    rest.post("position/trading-stop", **PERP, tpslMode="Full", positionIdx=0, takeProfit="70000")
    rest.post("order/create", **STOP)
    rest.post("order/create", **LIMIT)
    gone = rest.post("order/cancel-all", **PERP, orderFilter="StopOrder", stopOrderType="Stop")
    assert len(gone["list"]) == 1
    assert len(rest.post("order/cancel-all", **PERP)["list"]) == 2
    assert rest.rows("order/realtime", **PERP) == []
