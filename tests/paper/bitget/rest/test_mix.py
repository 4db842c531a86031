"""V2 futures over REST: orders, positions, plans and settings, and how they show in listings and on the stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import V2, BitgetClient
from tests.paper.bitget.rest_client import BitgetRest

ONE = {"symbol": "BTCUSDT", "productType": "USDT-FUTURES"}
COIN = {**ONE, "marginCoin": "USDT"}
LIMIT = {**COIN, "marginMode": "crossed", "side": "buy", "orderType": "limit", "price": "60000", "size": "0.01"}
MARKET = {**COIN, "marginMode": "crossed", "side": "buy", "orderType": "market", "size": "0.01"}
PLACE, CANCEL = "v2/mix/order/place-order", "v2/mix/order/cancel-order"


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[BitgetRest]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BitgetRest(paper) as client:
        yield client


def pending(rest: BitgetRest) -> list[Any]:
    """The open orders; a list without rows is null."""
    return rest.read("v2/mix/order/orders-pending", **ONE)["entrustedList"] or []


def test_life_of_an_order(rest: BitgetRest, paper: PaperExchange) -> None:
    """An order shows in the next listing, in look-ups by both ids and on the stream, until it is cancelled."""
    with BitgetClient(paper, "private", "alice") as stream:
        stream.subscribe("orders", instId="default", **V2)
        placed = rest.send(PLACE, LIMIT | {"clientOid": "my-own#1"})
        pushed = stream.until_push("orders")["data"][0]
        assert (pushed["orderId"], pushed["clientOid"], pushed["size"]) == (placed["orderId"], "my-own#1", "0.01")
        (row,) = pending(rest)
        assert (row["orderId"], row["clientOid"], row["status"]) == (placed["orderId"], "my-own#1", "live")
        found = rest.read("v2/mix/order/detail", clientOid="my-own#1", **ONE)
        assert (found["orderId"], found["state"], found["price"]) == (placed["orderId"], "live", "60000")
        assert rest.send(CANCEL, {**ONE, "clientOid": "my-own#1"})["orderId"] == placed["orderId"]
        assert stream.until_push("orders")["data"][0]["status"] == "canceled"
    assert rest.read("v2/mix/order/orders-pending", **ONE)["entrustedList"] is None
    (past,) = rest.read("v2/mix/order/orders-history", **ONE)["entrustedList"]
    assert (past["status"], past["cancelReason"]) == ("canceled", "normal_cancel")
    assert rest.no(CANCEL, {**ONE, "clientOid": "my-own#1"}) == "45129"


def test_client_ids_can_be_used_again(rest: BitgetRest) -> None:
    """A client's id is unique among open orders; once its order is done it is free, and means the newer one."""
    first = rest.send(PLACE, LIMIT | {"clientOid": "again"})
    assert rest.no(PLACE, LIMIT | {"clientOid": "again"}) == "45034"
    rest.send(CANCEL, {**ONE, "orderId": first["orderId"]})
    second = rest.send(PLACE, LIMIT | {"clientOid": "again"})
    assert rest.read("v2/mix/order/detail", clientOid="again", **ONE)["orderId"] == second["orderId"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": "1000"}, "40762"),
        ({"size": "0.00001"}, "45111"),
        ({"size": "0.00015"}, "22038"),
        ({"size": "much"}, "40017"),
        ({"price": "90000"}, "40815"),
        ({"side": "sell", "price": "30000"}, "40816"),
        ({"side": "sell", "price": "66000", "reduceOnly": "YES"}, "22002"),
        ({"clientOid": "x" * 51}, "40304"),
        ({"presetStopLossPrice": "low"}, "40017"),
        ({"force": "later"}, "40017"),
    ],
)
def test_refusals(rest: BitgetRest, change: dict[str, str], code: str) -> None:
    """The venue's verdict in the codes of V2; nothing is placed."""
    assert rest.no(PLACE, LIMIT | change) == code
    assert pending(rest) == []


def test_unknown_orders(rest: BitgetRest) -> None:
    """Looking up and cancelling what never was have codes of their own."""
    assert rest.no("v2/mix/order/detail", orderId="1", **ONE) == "40109"
    assert rest.no(CANCEL, {**ONE, "orderId": "1"}) == "43001"
    assert rest.no(CANCEL, dict(ONE)) == "40924"
    assert rest.no("v2/mix/order/cancel-all-orders", {"productType": "USDT-FUTURES"}) == "22001"


def test_a_modified_order_is_another_one(rest: BitgetRest) -> None:
    """The old order is cancelled, a new one has a new id, which is not told: it is found by its new client id."""
    old = rest.send(PLACE, LIMIT | {"clientOid": "old"})
    change = {**ONE, "orderId": old["orderId"], "newPrice": "60100", "newSize": "0.02"}
    assert rest.no("v2/mix/order/modify-order", change) == "40019"
    answer = rest.send("v2/mix/order/modify-order", change | {"newClientOid": "new"})
    assert answer == {"orderId": None, "clientOid": "new"}
    (row,) = pending(rest)
    assert (row["clientOid"], row["price"], row["size"]) == ("new", "60100", "0.02")
    assert row["orderId"] != old["orderId"]
    before = rest.read("v2/mix/order/detail", clientOid="old", **ONE)
    assert (before["state"], before["cancelReason"]) == ("canceled", "modify_limit_order")
    again = {**ONE, "clientOid": "new", "newClientOid": "newer", "newPrice": "60100"}
    assert rest.no("v2/mix/order/modify-order", again) == "40925"
    assert rest.no("v2/mix/order/modify-order", again | {"newSize": "0.02"}) == "40923"
    assert rest.no("v2/mix/order/modify-order", again | {"newSize": "500"}) == "40762"
    assert pending(rest)[0]["clientOid"] == "new"


def test_batches(rest: BitgetRest) -> None:
    """Success as a whole says nothing of the rows: those that were refused stand in a list of their own."""
    items = [{**LIMIT, "clientOid": "a"}, {**LIMIT, "size": "1000", "clientOid": "b"}]
    answer = rest.send("v2/mix/order/batch-place-order", {**COIN, "marginMode": "crossed", "orderList": items})
    assert [row["clientOid"] for row in answer["successList"]] == ["a"]
    assert [(row["clientOid"], row["errorCode"]) for row in answer["failureList"]] == [("b", "40762")]
    ids = [{"clientOid": "a"}, {"orderId": "1"}]
    answer = rest.send("v2/mix/order/batch-cancel-orders", {**ONE, "orderIdList": ids})
    assert [row["clientOid"] for row in answer["successList"]] == ["a"]
    assert [row["errorCode"] for row in answer["failureList"]] == ["43001"]


def test_pages(rest: BitgetRest) -> None:
    """`idLessThan` is the `endId` of the page before; the last page is short."""
    for number in range(5):
        rest.send(PLACE, LIMIT | {"clientOid": f"p{number}"})
    first = rest.read("v2/mix/order/orders-pending", limit=3, **ONE)
    second = rest.read("v2/mix/order/orders-pending", limit=3, idLessThan=first["endId"], **ONE)
    names = [row["clientOid"] for page in (first, second) for row in page["entrustedList"]]
    assert names == ["p4", "p3", "p2", "p1", "p0"]


def test_both_sides_of_a_trade_with_oneself(rest: BitgetRest) -> None:
    """They have one id, and are on one page: the next one begins behind both, and ends the walk where none follows."""
    rest.send(PLACE, MARKET)
    best = rest.read("v2/mix/market/ticker", **ONE)[0]["bidPr"]
    price = f"{float(best) + 0.1:.1f}"
    rest.send(PLACE, LIMIT | {"price": price})
    rest.send(PLACE, LIMIT | {"price": price, "side": "sell"})
    rest.send(PLACE, MARKET)
    path = "v2/mix/order/fills"
    rows = rest.read(path, **ONE)["fillList"]
    ids = [row["tradeId"] for row in rows]
    twins = [one for one in ids if ids.count(one) == 2]
    at = ids.index(twins[0])
    assert 0 < at < len(ids) - 2
    first = rest.read(path, limit=at + 1, **ONE)
    assert ([row["tradeId"] for row in first["fillList"]], first["endId"]) == (ids[:at], ids[at - 1])
    second = rest.read(path, limit=2, idLessThan=first["endId"], **ONE)
    assert [row["tradeId"] for row in second["fillList"]] == twins
    third = rest.read(path, idLessThan=second["endId"], **ONE)
    assert [row["tradeId"] for row in third["fillList"]] == ids[at + 2 :]
    assert rest.read(path, startTime=rows[at]["cTime"], idLessThan=twins[0], **ONE)["fillList"] is None


def test_position_and_fills(rest: BitgetRest) -> None:
    """A market order makes a position; its fills have negative fees; closing it leaves a row of history."""
    placed = rest.send(PLACE, MARKET)
    order = rest.read("v2/mix/order/detail", orderId=placed["orderId"], **ONE)
    assert (order["state"], order["baseVolume"], order["tradeSide"]) == ("filled", "0.01", "buy_single")
    (position,) = rest.read("v2/mix/position/all-position", productType="USDT-FUTURES")
    assert (position["holdSide"], position["total"], position["posMode"]) == ("long", "0.01", "one_way_mode")
    fills = rest.read("v2/mix/order/fills", **ONE)["fillList"]
    assert sum(float(fill["baseVolume"]) for fill in fills) == pytest.approx(0.01)
    assert all(float(fill["feeDetail"][0]["totalFee"]) < 0 for fill in fills)
    assert rest.send("v2/mix/order/close-positions", ONE)["successList"][0]["symbol"] == "BTCUSDT"
    assert rest.read("v2/mix/position/single-position", **COIN) == []
    (closed,) = rest.read("v2/mix/position/history-position", **ONE)["list"]
    assert (closed["holdSide"], closed["closeTotalPos"]) == ("long", "0.01")
    assert {"ctime", "utime"} <= closed.keys()
    assert rest.no("v2/mix/order/close-positions", ONE) == "22002"
    bills = rest.read("v2/mix/account/bill", productType="USDT-FUTURES")["bills"]
    assert {bill["businessType"] for bill in bills} == {"buy", "sell"}


def test_pages_of_fills(rest: BitgetRest) -> None:
    """Fills of two contracts, whose ids are counted apart, are paged without a loss."""
    for symbol, size in (("BTCUSDT", "0.01"), ("ETHUSDT", "0.1"), ("BTCUSDT", "0.01")):
        rest.send(PLACE, MARKET | {"symbol": symbol, "size": size})
    whole = rest.read("v2/mix/order/fills", productType="USDT-FUTURES")["fillList"]
    walked: list[Any] = []
    page = rest.read("v2/mix/order/fills", productType="USDT-FUTURES", limit=1)
    while page["fillList"]:
        walked += page["fillList"]
        page = rest.read("v2/mix/order/fills", productType="USDT-FUTURES", limit=1, idLessThan=page["endId"])
    assert walked == whole


def test_hedge_mode(rest: BitgetRest) -> None:
    """A long is closed with side buy: the side is that of the position."""
    mode = {"productType": "USDT-FUTURES", "posMode": "hedge_mode"}
    assert rest.send("v2/mix/account/set-position-mode", mode) == {"posMode": "hedge_mode"}
    assert rest.no(PLACE, MARKET) == "40774"
    rest.send(PLACE, MARKET | {"tradeSide": "open"})
    rest.send(PLACE, MARKET | {"side": "sell", "tradeSide": "open"})
    held = rest.read("v2/mix/position/all-position", productType="USDT-FUTURES")
    assert {row["holdSide"] for row in held} == {"long", "short"}
    assert rest.no("v2/mix/account/set-position-mode", mode | {"posMode": "one_way_mode"}) == "40920"
    closed = rest.send(PLACE, MARKET | {"tradeSide": "close"})
    row = rest.read("v2/mix/order/detail", orderId=closed["orderId"], **ONE)
    assert (row["side"], row["tradeSide"], row["posSide"]) == ("buy", "close", "long")
    assert rest.read("v2/mix/order/fills", orderId=closed["orderId"], **ONE)["fillList"][0]["side"] == "buy"
    (left,) = rest.read("v2/mix/position/all-position", productType="USDT-FUTURES")
    assert left["holdSide"] == "short"
    assert rest.no(PLACE, MARKET | {"tradeSide": "close"}) == "22002"


def test_closing_orders_give_way(rest: BitgetRest) -> None:
    """A reduce-only order that is too much beside older ones has them cancelled, and its own id is not told."""
    rest.send(PLACE, MARKET)
    close = LIMIT | {"side": "sell", "price": "67000", "reduceOnly": "YES", "size": "0.006"}
    first = rest.send(PLACE, close | {"clientOid": "first"})
    assert first["orderId"]
    assert rest.send(PLACE, close | {"clientOid": "second"}) == {"orderId": None, "clientOid": "second"}
    assert [row["clientOid"] for row in pending(rest)] == ["second"]
    assert rest.read("v2/mix/order/detail", clientOid="first", **ONE)["state"] == "canceled"


def test_reversal(rest: BitgetRest) -> None:
    """A long becomes a short of the same size."""
    rest.send(PLACE, MARKET)
    rest.send("v2/mix/order/click-backhand", {**COIN, "side": "buy"})
    (held,) = rest.read("v2/mix/position/all-position", productType="USDT-FUTURES")
    assert (held["holdSide"], held["total"]) == ("short", "0.01")


def test_leverage_and_margin(rest: BitgetRest) -> None:
    """Leverage, margin mode and margin show in the account and in the position."""
    told = rest.send("v2/mix/account/set-leverage", {**COIN, "leverage": "20"})
    assert (told["crossMarginLeverage"], told["marginMode"]) == ("20", "crossed")
    assert rest.send("v2/mix/account/set-leverage", {**COIN, "leverage": "20"}) == told  # a bot sets it each time
    assert rest.read("v2/mix/account/account", **COIN)["crossedMarginLeverage"] == 20
    assert rest.no("v2/mix/account/set-leverage", {**COIN, "leverage": "500"}) == "45045"
    rest.send("v2/mix/account/set-margin-mode", {**COIN, "marginMode": "isolated"})
    rest.send("v2/mix/account/set-leverage", {**COIN, "leverage": "5"})
    assert rest.read("v2/mix/account/isolated-symbols", productType="USDT-FUTURES")[0]["symbol"] == "BTCUSDT"
    rest.send(PLACE, MARKET | {"marginMode": "isolated"})
    (before,) = rest.read("v2/mix/position/single-position", **COIN)
    assert (before["marginMode"], before["leverage"]) == ("isolated", "5")
    rest.send("v2/mix/account/set-margin", {**COIN, "holdSide": "long", "amount": "10"})
    (after,) = rest.read("v2/mix/position/single-position", **COIN)
    assert float(after["marginSize"]) == pytest.approx(float(before["marginSize"]) + 10)
    assert rest.no("v2/mix/account/set-margin", {**COIN, "holdSide": "long", "amount": "-100"}) == "40893"
    assert rest.no("v2/mix/account/set-margin-mode", {**COIN, "marginMode": "crossed"}) == "45117"


def test_plan_orders(rest: BitgetRest, paper: PaperExchange) -> None:
    """A trigger waits, is changed, and places its order, with its id for a client id, when the price comes."""
    plan = {**MARKET, "planType": "normal_plan", "triggerPrice": "66000", "triggerType": "mark_price"}
    placed = rest.send("v2/mix/order/place-plan-order", plan | {"clientOid": "plan-1"})
    change = {**ONE, "orderId": placed["orderId"], "newTriggerPrice": "65500"}
    rest.send("v2/mix/order/modify-plan-order", change)
    kind = {"planType": "normal_plan", **ONE}
    (row,) = rest.read("v2/mix/order/orders-plan-pending", **kind)["entrustedList"]
    assert (row["clientOid"], row["triggerPrice"], row["triggerType"]) == ("plan-1", "65500", "mark_price")
    paper.trade_at("BTC-USDT-SWAP", "65600")
    (done,) = rest.read("v2/mix/order/orders-plan-history", **kind)["entrustedList"]
    assert (done["planStatus"], done["orderId"]) == ("executed", placed["orderId"])
    order = rest.read("v2/mix/order/detail", orderId=done["executeOrderId"], **ONE)
    assert (order["state"], order["clientOid"]) == ("filled", placed["orderId"])
    (sub,) = rest.read("v2/mix/order/plan-sub-order", planOrderId=placed["orderId"], **kind)
    assert sub["orderId"] == done["executeOrderId"]


def test_stops_of_a_position(rest: BitgetRest, paper: PaperExchange) -> None:
    """Take profit and stop loss have ids of their own, are for the whole position, and close it."""
    stops = {**COIN, "holdSide": "buy", "stopSurplusTriggerPrice": "70000", "stopLossTriggerPrice": "64000"}
    assert rest.no("v2/mix/order/place-pos-tpsl", stops) == "40837"
    rest.send(PLACE, MARKET)
    assert rest.no("v2/mix/order/place-pos-tpsl", stops | {"stopLossTriggerPrice": "67000"}) == "40834"
    assert len({row["orderId"] for row in rest.send("v2/mix/order/place-pos-tpsl", stops)}) == 2
    wanted = {"planType": "profit_loss", **ONE}
    rows = rest.read("v2/mix/order/orders-plan-pending", **wanted)["entrustedList"]
    assert {row["planType"]: row["size"] for row in rows} == {"pos_profit": "", "pos_loss": ""}
    paper.trade_at("BTC-USDT-SWAP", "63900")
    assert rest.read("v2/mix/position/all-position", productType="USDT-FUTURES") == []


def test_single_stops_and_trailing(rest: BitgetRest) -> None:
    """A stop of a part, changed and cancelled; a trailing one; each found under its plan type."""
    rest.send(PLACE, MARKET)
    stop = {**COIN, "planType": "loss_plan", "triggerPrice": "64000", "holdSide": "buy", "size": "0.005"}
    placed = rest.send("v2/mix/order/place-tpsl-order", stop)
    change = {**COIN, "orderId": placed["orderId"], "triggerPrice": "63500", "size": "0.004"}
    rest.send("v2/mix/order/modify-tpsl-order", change)
    trail = {
        **MARKET,
        "planType": "track_plan",
        "triggerPrice": "64000",
        "callbackRatio": "1",
        "triggerType": "mark_price",
    }
    rest.send("v2/mix/order/place-plan-order", trail)
    (loss,) = rest.read("v2/mix/order/orders-plan-pending", planType="profit_loss", **ONE)["entrustedList"]
    assert (loss["triggerPrice"], loss["size"], loss["planType"]) == ("63500", "0.004", "loss_plan")
    (track,) = rest.read("v2/mix/order/orders-plan-pending", planType="track_plan", **ONE)["entrustedList"]
    assert track["callbackRatio"] == "1"
    cancelled = rest.send("v2/mix/order/cancel-plan-order", {**ONE, "orderIdList": [{"orderId": loss["orderId"]}]})
    assert cancelled["successList"][0]["orderId"] == loss["orderId"]
    rest.send("v2/mix/order/cancel-plan-order", {**ONE, "planType": "track_plan"})
    assert rest.no("v2/mix/order/modify-plan-order", {**ONE, "orderId": loss["orderId"], "newSize": "1"}) == "43025"


def test_an_order_brings_its_stops(rest: BitgetRest, paper: PaperExchange) -> None:
    """They show with the order, follow it into the one that takes its place, and appear when that is filled."""
    stops = {"presetStopSurplusPrice": "70000", "presetStopLossPrice": "55000"}
    assert rest.no(PLACE, LIMIT | stops | {"presetStopLossPrice": "61000"}) == "45066"
    placed = rest.send(PLACE, LIMIT | stops)
    (row,) = pending(rest)
    assert (row["presetStopSurplusPrice"], row["presetStopLossPrice"]) == ("70000", "55000")
    ids = {**ONE, "orderId": placed["orderId"], "newClientOid": "n-1"}
    both = {"newPresetStopSurplusPrice": "70000", "newPresetStopLossPrice": "56000"}
    assert rest.send("v2/mix/order/modify-order", ids | both)["orderId"] == placed["orderId"]
    rest.send("v2/mix/order/modify-order", ids | {"newPrice": "60100", "newSize": "0.01"})
    paper.fill(paper.venue.pending(paper.venue.accounts[0])[0]["clOrdId"])
    (held,) = rest.read("v2/mix/position/single-position", **COIN)
    assert (held["takeProfit"], held["stopLoss"]) == ("70000", "56000")
    assert held["takeProfitId"]
    assert held["takeProfitId"] != held["stopLossId"]
    rest.send("v2/mix/order/close-positions", ONE)
    assert rest.read("v2/mix/order/orders-plan-pending", planType="profit_loss", **ONE)["entrustedList"] is None
