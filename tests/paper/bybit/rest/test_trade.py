"""Orders over REST: their life, lists, executions; what was done shows in the next listing and on the stream."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import PRIVATE, BybitClient
from tests.paper.bybit.rest.rest_client import LIMIT, MARKET, PAIR, PERP, BybitRest

SPOT_LIMIT = {**PAIR, "side": "Buy", "orderType": "Limit", "qty": "0.1", "price": "64000"}


def test_the_life_of_an_order(rest: BybitRest) -> None:
    """Created, found by either id, amended, cancelled; the private stream tells each step."""
    with BybitClient(rest.paper, PRIVATE, "alice") as wire:
        wire.subscribe("order")
        ids = rest.post("order/create", **LIMIT, orderLinkId="one-1")
        assert ids["orderLinkId"] == "one-1"
        pushed = wire.push("order")["data"][0]
        (row,) = rest.rows("order/realtime", **PERP)
        shared = row.keys() & pushed.keys()
        assert {name: row[name] for name in shared} == {name: pushed[name] for name in shared}
        assert (row["orderStatus"], row["leavesQty"], row["price"]) == ("New", "0.01", "60000")
        assert rest.post("order/amend", **PERP, orderLinkId="one-1", price="60500.5", qty="0.02") == ids
        assert wire.push("order")["data"][0]["price"] == "60500.5"
        (row,) = rest.rows("order/realtime", category="linear", orderLinkId="one-1")
        assert (row["orderId"], row["qty"]) == (ids["orderId"], "0.02")
        assert rest.post("order/cancel", **PERP, orderId=ids["orderId"]) == ids
        assert wire.push("order")["data"][0]["orderStatus"] == "Cancelled"
    assert rest.rows("order/realtime", **PERP) == []
    (row,) = rest.rows("order/realtime", category="linear", orderId=ids["orderId"])
    assert (row["orderStatus"], row["cancelType"]) == ("Cancelled", "CancelByUser")
    assert [row["orderId"] for row in rest.rows("order/history", **PERP)] == [ids["orderId"]]
    assert rest.paper.venue.requests["place", "rest"] == 1


def test_a_market_order(rest: BybitRest) -> None:
    """It is filled at once: executions, order and position agree."""
    ids = rest.post("order/create", **MARKET)
    (order,) = rest.rows("order/history", **PERP)
    fills = rest.rows("execution/list", **PERP, orderId=ids["orderId"])
    assert (order["orderStatus"], order["cumExecQty"]) == ("Filled", "0.01")
    assert sum(Decimal(one["execQty"]) for one in fills) == Decimal("0.01")
    assert sum(Decimal(one["execFee"]) for one in fills) == Decimal(order["cumExecFee"]) > 0
    assert {one["orderId"] for one in fills} == {ids["orderId"]}
    (position,) = rest.rows("position/list", **PERP)
    assert (position["side"], position["size"], position["avgPrice"]) == ("Buy", "0.01", order["avgPrice"])


def test_spot(rest: BybitRest) -> None:
    """A market buy counts quote currency, a sale coins; fees are taken from what is bought."""
    rest.post("order/create", **PAIR, side="Buy", orderType="Market", qty="650")
    (bought,) = rest.rows("order/history", **PAIR)
    assert bought["marketUnit"] == "quoteCoin"
    assert Decimal(bought["cumExecValue"]) <= 650
    assert list(bought["cumFeeDetail"]) == ["BTC"]
    rest.post("order/create", **PAIR, side="Sell", orderType="Market", qty="0.01")
    sold = rest.rows("order/history", **PAIR)[0]
    assert (sold["side"], sold["cumExecQty"]) == ("Sell", "0.01")
    assert {one["feeCurrency"] for one in rest.rows("execution/list", **PAIR)} == {"BTC", "USDT"}
    assert rest.rows("order/history", **PERP) == []


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (LIMIT | {"category": "future"}, 10001),
        (LIMIT | {"symbol": "NOSUCH"}, 10001),
        (LIMIT | {"side": "buy"}, 10001),
        (LIMIT | {"price": "60000.05"}, 10001),
        (LIMIT | {"qty": "0.00015"}, 10001),
        (LIMIT | {"qty": "100"}, 110007),
        (LIMIT | {"symbol": "ETHUSDT", "qty": "0.001", "price": "3400"}, 110094),
        (LIMIT | {"reduceOnly": True}, 110017),
        (LIMIT | {"positionIdx": 1}, 10001),
        (LIMIT | {"orderLinkId": "a b"}, 10001),
        (LIMIT | {"bboSideType": "Queue"}, 10001),
        (SPOT_LIMIT | {"qty": "10"}, 170131),
        (SPOT_LIMIT | {"price": "64000.05"}, 170134),
        (SPOT_LIMIT | {"price": "90000"}, 170193),
        (SPOT_LIMIT | {"qty": "0.000000001"}, 170136),
        (SPOT_LIMIT | {"orderFilter": "Sometimes"}, 170201),
    ],
)
def test_refused_orders(rest: BybitRest, order: dict[str, Any], code: int) -> None:
    """Each with the code of its product, and nothing is placed."""
    assert rest.code("order/create", **order) == code
    assert rest.rows("order/realtime", **PERP) == rest.rows("order/realtime", **PAIR) == []


def test_an_id_is_used_once(rest: BybitRest) -> None:
    """Also after the order's end."""
    rest.post("order/create", **LIMIT, orderLinkId="once")
    rest.post("order/cancel", **PERP, orderLinkId="once")
    assert rest.code("order/create", **LIMIT, orderLinkId="once") == 110072
    assert rest.code("order/create", **SPOT_LIMIT, orderLinkId="once") == 170141


@pytest.mark.parametrize("chosen", [{"orderId": "77"}, {"orderLinkId": "never"}])
def test_orders_there_are_not(rest: BybitRest, chosen: dict[str, str]) -> None:
    """A code for each product; listings are empty."""
    for path in ("order/cancel", "order/amend"):
        assert rest.code(path, **PERP, **chosen, qty="0.02") == 110001
        assert rest.code(path, **PAIR, **chosen, qty="0.02") == 170213
    assert rest.rows("order/realtime", **PERP, **chosen) == []


def test_prices_beyond_the_band(rest: BybitRest) -> None:
    """Of contracts they are moved to it, of spot pairs refused, unless the account says otherwise."""
    rest.post("order/create", **LIMIT | {"side": "Sell", "price": "40000"})
    (row,) = rest.rows("order/history", **PERP)
    assert Decimal(row["price"]) > 60000
    rest.post("account/set-limit-px-action", category="linear", modifyEnable=False)
    assert rest.code("order/create", **LIMIT | {"price": "90000"}) == 110121
    rest.post("account/set-limit-px-action", category="spot", modifyEnable=True)
    assert rest.get("account/user-setting-config")["lpaSpot"] is True
    rest.post("order/create", **SPOT_LIMIT | {"price": "90000", "qty": "0.01"})


def test_pages(rest: BybitRest) -> None:
    """Newest first; a cursor may be sent as it was told or percent-encoded, and what is new moves nothing."""
    links = [f"p{number}" for number in range(5)]
    for link in links:
        rest.post("order/create", **LIMIT, orderLinkId=link)
    first = rest.get("order/realtime", **PERP, limit=2)
    assert [row["orderLinkId"] for row in first["list"]] == ["p4", "p3"]
    cursor = first["nextPageCursor"]
    assert "%3A" in cursor
    rest.post("order/create", **LIMIT, orderLinkId="late")
    second = rest.get("order/realtime", **PERP, limit=2, cursor=cursor)
    assert [row["orderLinkId"] for row in second["list"]] == ["p2", "p1"]
    encoded = second["nextPageCursor"].replace("%", "%25")
    last = rest.get("order/realtime", **PERP, limit=2, cursor=encoded)
    assert ([row["orderLinkId"] for row in last["list"]], last["nextPageCursor"]) == (["p0"], "")


def test_batches(rest: BybitRest) -> None:
    """Verdicts run parallel to the rows."""
    wanted = [LIMIT | {"orderLinkId": "b1"}, LIMIT | {"qty": "100", "orderLinkId": "b2"}]
    answer = rest.told("POST", "/v5/order/create-batch", category="linear", request=wanted)
    assert [one["code"] for one in answer["retExtInfo"]["list"]] == [0, 110007]
    assert [(bool(one["orderId"]), one["orderLinkId"]) for one in answer["result"]["list"]] == [
        (True, "b1"),
        (False, "b2"),
    ]
    for word in ("amend", "cancel"):
        named = [{"symbol": "BTCUSDT", "orderLinkId": link, "qty": "0.03"} for link in ("b1", "b2")]
        answer = rest.told("POST", f"/v5/order/{word}-batch", category="linear", request=named)
        assert [one["code"] for one in answer["retExtInfo"]["list"]] == [0, 110001]
    assert rest.rows("order/realtime", **PERP) == []
    assert rest.code("order/create-batch", category="spot", request=[SPOT_LIMIT] * 11) == 10001
    assert rest.code("order/create-batch", category="linear", request=[7]) == 10001


def test_cancel_all(rest: BybitRest) -> None:
    """Within its scope only; contracts need one."""
    rest.post("order/create", **LIMIT)
    rest.post("order/create", **LIMIT | {"symbol": "ETHUSDT", "price": "3400", "qty": "0.1"})
    rest.post("order/create", **SPOT_LIMIT)
    assert rest.code("order/cancel-all", category="linear") == 10001
    gone = rest.post("order/cancel-all", category="linear", baseCoin="ETH")
    assert (len(gone["list"]), gone["success"]) == (1, "1")
    assert len(rest.post("order/cancel-all", category="linear", settleCoin="USDT")["list"]) == 1
    assert len(rest.rows("order/realtime", **PAIR)) == 1
    assert len(rest.post("order/cancel-all", category="spot")["list"]) == 1


def test_lists_need_a_scope_and_a_span(rest: BybitRest) -> None:
    """Contracts of all coins are not listed, nor more than seven days at once."""
    assert rest.get_code("order/realtime", category="linear") == 10001
    week = 7 * 86_400_000
    assert rest.get_code("order/history", **PERP, startTime=0, endTime=week + 1) == 10001
    assert rest.rows("order/history", **PERP, startTime=0, endTime=week) == []
    assert rest.get_code("execution/list", **PERP, startTime="x") == 10001
    assert rest.get_code("order/realtime", **PERP, cursor="zzz") == 10001


def test_history_forgets_orders_without_fills(frozen: PaperExchange) -> None:
    """After a day; filled ones stay."""
    frozen.quiet()
    with BybitRest(frozen) as rest:
        rest.post("order/create", **MARKET, orderLinkId="filled")
        rest.post("order/create", **LIMIT, orderLinkId="gone")
        rest.post("order/cancel", **PERP, orderLinkId="gone")
        assert [one["orderLinkId"] for one in rest.rows("order/history", **PERP)] == ["gone", "filled"]
        frozen.clock.advance(86_401)
        assert [one["orderLinkId"] for one in rest.rows("order/history", **PERP)] == ["filled"]


def test_funding_is_an_execution(frozen: PaperExchange) -> None:
    """Paid by a long when the rate is above 0; the ledger has the opposite sign."""
    frozen.quiet()
    with BybitRest(frozen) as rest:
        rest.post("order/create", **MARKET)
        frozen.clock.advance(8 * 3600)
        (paid,) = rest.rows("execution/list", **PERP, execType="Funding")
        (logged,) = rest.rows("account/transaction-log", type="SETTLEMENT")
        assert Decimal(paid["execFee"]) == -Decimal(logged["funding"])
        assert logged["change"] == logged["funding"]


def test_pre_check(rest: BybitRest) -> None:
    """Margins before and after, in 1/10000, and nothing is placed."""
    told = rest.post("order/pre-check", **LIMIT | {"qty": "1"})
    assert told["preImrE4"] == 0 < told["postMmrE4"] < told["postImrE4"]
    assert rest.rows("order/realtime", **PERP) == []
    assert rest.code("order/pre-check", **LIMIT | {"side": "buy"}) == 10001


def test_borrow_check(rest: BybitRest) -> None:
    """What may be sold is what is owned."""
    told = rest.get("order/spot-borrow-check", **PAIR, side="Sell")
    assert Decimal(told["maxTradeQty"]) == rest.paper.venue.accounts[0].balance("BTC").cash


def test_orders_go_when_their_stream_has_gone(frozen: PaperExchange) -> None:
    """After as many seconds without a private connection that has the topic; before that nothing happens."""
    frozen.quiet()
    with BybitRest(frozen) as rest:
        rest.post("order/create", **LIMIT)
        rest.post("order/disconnected-cancel-all", product="DERIVATIVES", timeWindow=5)
        assert rest.get("account/query-dcp-info")["dcpInfos"][0]["timeWindow"] == "5"
        frozen.clock.advance(10)
        assert len(rest.rows("order/realtime", **PERP)) == 1
        with BybitClient(frozen, PRIVATE, "alice") as wire:
            wire.subscribe("dcp.future")
            frozen.clock.advance(10)
        assert frozen.wait_for(lambda: not frozen.open_connections)
        frozen.clock.advance(3)
        assert len(rest.rows("order/realtime", **PERP)) == 1
        frozen.clock.advance(4)
        (order,) = rest.rows("order/history", **PERP)
        assert order["cancelType"] == "CancelByDCP"
        assert rest.code("order/disconnected-cancel-all", timeWindow=2) == 10001
