"""V3 over REST: orders, positions, strategy orders and settings of a unified account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.rest_client import BitgetRest

ONE = {"category": "USDT-FUTURES", "symbol": "BTCUSDT"}
LIMIT = {**ONE, "qty": "0.01", "side": "buy", "orderType": "limit", "price": "60000", "timeInForce": "gtc"}
MARKET = {**ONE, "qty": "0.01", "side": "buy", "orderType": "market"}
PLACE = "v3/trade/place-order"


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[BitgetRest]:
    """Carol, in a market that stands still."""
    paper.quiet()
    with BitgetRest(paper, "carol") as client:
        yield client


def test_life_of_an_order(rest: BitgetRest) -> None:
    """An order is found open and by its client id; changing it keeps its id; it ends as cancelled, with two l."""
    placed = rest.send(PLACE, LIMIT | {"clientOid": "uta.1"})
    (row,) = rest.read("v3/trade/unfilled-orders")["list"]
    assert (row["orderId"], row["orderStatus"], row["category"]) == (placed["orderId"], "new", "USDT-FUTURES")
    changed = rest.send("v3/trade/modify-order", {"clientOid": "uta.1", "price": "60100"})
    assert changed == placed
    found = rest.read("v3/trade/order-info", clientOid="uta.1")
    assert (found["price"], found["qty"], found["avgPrice"]) == ("60100", "0.01", "0")
    assert rest.no("v3/trade/modify-order", {"clientOid": "uta.1", "price": "60100"}) == "25571"
    rest.send("v3/trade/cancel-order", {"clientOid": "uta.1"})
    assert rest.read("v3/trade/unfilled-orders")["list"] is None
    (past,) = rest.read("v3/trade/history-orders", category="USDT-FUTURES")["list"]
    assert (past["orderStatus"], past["cancelReason"]) == ("cancelled", "normal_cancel")
    assert rest.no("v3/trade/cancel-order", {"clientOid": "uta.1"}) == "25204"
    assert rest.no("v3/trade/order-info", orderId="1") == "25204"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"qty": "1000"}, "25202"),
        ({"qty": "0.00001"}, "25207"),
        ({"price": "90000"}, "25206"),
        ({"side": "sell", "price": "30000"}, "25205"),
        ({"side": "sell", "price": "66000", "reduceOnly": "yes"}, "25227"),
        ({"symbol": "NOPEUSDT"}, "25100"),
        ({"category": "DREAMS"}, "400172"),
        ({"clientOid": "x" * 33}, "25200"),
        ({"qty": ""}, "25200"),
    ],
)
def test_refusals(rest: BitgetRest, change: dict[str, str], code: str) -> None:
    """The venue's verdict in the codes of V3."""
    assert rest.no(PLACE, LIMIT | change) == code


def test_fees_are_positive_when_paid(rest: BitgetRest) -> None:
    """Unlike in V2. A position opens, shows, is closed; without one the list is null."""
    placed = rest.send(PLACE, MARKET)
    order = rest.read("v3/trade/order-info", orderId=placed["orderId"])
    assert (order["orderStatus"], order["cumExecQty"]) == ("filled", "0.01")
    assert float(order["feeDetail"][0]["fee"]) > 0
    (fill, *_) = rest.read("v3/trade/fills")["list"]
    assert float(fill["feeDetail"][0]["fee"]) > 0
    (held,) = rest.read("v3/position/current-position", category="USDT-FUTURES")["list"]
    assert (held["posSide"], held["total"], held["holdMode"]) == ("long", "0.01", "one_way_mode")
    (closing,) = rest.send("v3/trade/close-positions", {"category": "USDT-FUTURES"})["list"]
    assert closing["code"] == "00000"
    assert rest.read("v3/position/current-position", category="USDT-FUTURES")["list"] is None
    (closed,) = rest.read("v3/position/history-position", category="USDT-FUTURES")["list"]
    assert (closed["posSide"], closed["closeTotalPos"]) == ("long", "0.01")
    assert rest.no("v3/trade/close-positions", {"category": "USDT-FUTURES"}) == "25227"
    kinds = {row["type"] for row in rest.read("v3/account/financial-records", category="USDT-FUTURES")["list"]}
    assert kinds == {"BUY_DEAL", "SELL_DEAL"}


def test_a_hedge_is_closed_with_the_opposite_side(rest: BitgetRest) -> None:
    """A long is closed by selling it, unlike in V2."""
    rest.send("v3/account/set-hold-mode", {"holdMode": "hedge_mode"})
    assert rest.no(PLACE, MARKET) == "25236"
    rest.send(PLACE, MARKET | {"posSide": "long"})
    assert rest.no(PLACE, MARKET | {"posSide": "short"}) == "25227"
    rest.send(PLACE, MARKET | {"side": "sell", "posSide": "long"})
    assert rest.read("v3/position/current-position", category="USDT-FUTURES")["list"] is None


def test_spot(rest: BitgetRest) -> None:
    """A market buy of coins is sized in quote currency."""
    spot = {"category": "SPOT", "symbol": "BTCUSDT", "side": "buy", "orderType": "market", "qty": "1000"}
    placed = rest.send(PLACE, spot)
    order = rest.read("v3/trade/order-info", orderId=placed["orderId"])
    assert (order["category"], order["amount"], order["qty"]) == ("SPOT", "1000", "")
    assert float(order["cumExecValue"]) == pytest.approx(1000, rel=0.01)


def test_batches(rest: BitgetRest) -> None:
    """The body is a bare list, and each row of the answer has a code."""
    rows = rest.send("v3/trade/place-batch", [LIMIT | {"clientOid": "a"}, LIMIT | {"clientOid": "b", "qty": "1000"}])
    assert [(row["clientOid"], row["code"]) for row in rows] == [("a", "00000"), ("b", "25202")]
    rows = rest.send(
        "v3/trade/batch-modify-order", [{"clientOid": "a", "price": "60200"}, {"orderId": "1", "qty": "1"}]
    )
    assert [row["code"] for row in rows] == ["00000", "25204"]
    rows = rest.send("v3/trade/cancel-batch", [{"clientOid": "a", **ONE}, {"clientOid": "b", **ONE}])
    assert [row["code"] for row in rows] == ["00000", "25204"]
    assert rest.no("v3/trade/place-batch", LIMIT) == "400172"
    rest.send(PLACE, LIMIT)
    (row,) = rest.send("v3/trade/cancel-symbol-order", {"category": "USDT-FUTURES"})["list"]
    assert row["code"] == "00000"


def test_countdown(rest: BitgetRest, paper: PaperExchange) -> None:
    """All orders are cancelled when the time is over, once."""
    rest.send(PLACE, LIMIT)
    assert rest.no("v3/trade/countdown-cancel-all", {"countdown": "3"}) == "400172"
    assert rest.send("v3/trade/countdown-cancel-all", {"countdown": "5"}) == "success"
    paper.clock.advance(6)
    assert rest.read("v3/trade/unfilled-orders")["list"] is None


def test_settings(rest: BitgetRest) -> None:
    """Leverage, modes and collateral show in the next reading."""
    rest.send("v3/account/set-leverage", {**ONE, "leverage": "20"})
    rest.send("v3/account/adjust-account-mode", {"mode": "basic"})
    rest.send("v3/account/set-collateral-type", {"collateralType": "custom", "collateralCoins": "BTC"})
    told = rest.read("v3/account/settings")
    levers = {row["symbol"]: row["leverage"] for row in told["symbolConfigList"]}
    assert (levers["BTCUSDT"], told["accountLevel"], told["holdMode"]) == ("20", "basic", "one_way_mode")
    assert rest.read("v3/account/collateral-type")["collateralType"] == "custom"
    assert rest.no("v3/account/set-leverage", {**ONE, "leverage": "500"}) == "25223"


def test_money(rest: BitgetRest) -> None:
    """Assets of the account, and transfers to and from the funding wallet."""
    assert {row["coin"] for row in rest.read("v3/account/assets")["assets"]} == {"USDT", "BTC", "ETH", "SOL"}
    rest.send("v3/account/transfer", {"fromType": "uta", "toType": "spot", "amount": "100", "coin": "USDT"})
    assert rest.read("v3/account/funding-assets") == [
        {"coin": "USDT", "available": "100", "frozen": "0", "balance": "100"}
    ]
    back = {"fromType": "spot", "toType": "uta", "amount": "500", "coin": "USDT"}
    assert rest.no("v3/account/transfer", back) == "25202"


def test_strategy_orders(rest: BitgetRest, paper: PaperExchange) -> None:
    """Both stops in one order, changed; a trigger that fires."""
    stops = {**ONE, "type": "tpsl", "posSide": "long", "takeProfit": "70000", "stopLoss": "64000"}
    assert rest.no("v3/trade/place-strategy-order", stops) == "25601"
    rest.send(PLACE, MARKET)
    placed = rest.send("v3/trade/place-strategy-order", stops | {"clientOid": "both"})
    rest.send("v3/trade/modify-strategy-order", {"orderId": placed["orderId"], "qty": "0.01", "stopLoss": "63500"})
    (row,) = rest.read("v3/trade/unfilled-strategy-orders", category="USDT-FUTURES")
    assert (row["takeProfit"], row["stopLoss"], row["status"], row["clientOid"]) == (
        "70000",
        "63500",
        "pending",
        "both",
    )
    trigger = {**ONE, "type": "trigger", "side": "sell", "qty": "0.01", "triggerPrice": "64500", "posSide": ""}
    rest.send("v3/trade/place-strategy-order", trigger | {"triggerOrderType": "market", "reduceOnly": "yes"})
    paper.trade_at("BTC-USDT-SWAP", "64400")
    assert rest.read("v3/position/current-position", category="USDT-FUTURES")["list"] is None
    (done,) = rest.read("v3/trade/history-strategy-orders", category="USDT-FUTURES", type="trigger")["list"]
    assert (done["type"], done["status"]) == ("trigger", "success")
    # The stops went with their position.
    assert rest.read("v3/trade/unfilled-strategy-orders", category="USDT-FUTURES") == []
    assert rest.no("v3/trade/cancel-strategy-order", {"orderId": placed["orderId"]}) == "25204"


def test_an_order_brings_its_stops(rest: BitgetRest) -> None:
    """They show with the order, can be changed and taken back, and appear with the position."""
    rest.send(PLACE, LIMIT | {"clientOid": "a", "takeProfit": "70000", "stopLoss": "55000", "slTriggerBy": "mark"})
    rest.send("v3/trade/modify-order", {"clientOid": "a", "takeProfit": "0"})
    row = rest.read("v3/trade/order-info", clientOid="a")
    assert (row["takeProfit"], row["stopLoss"], row["slTriggerBy"]) == ("", "55000", "mark")
    assert rest.no(PLACE, MARKET | {"stopLoss": "70000"}) == "25586"
    rest.send(PLACE, MARKET | {"takeProfit": "70000"})
    (stop,) = rest.read("v3/trade/unfilled-strategy-orders", category="USDT-FUTURES")
    assert (stop["takeProfit"], stop["posSide"], stop["qty"]) == ("70000", "long", "")
    assert rest.no(PLACE, MARKET | {"side": "sell", "reduceOnly": "yes", "takeProfit": "70000"}) == "25612"
