"""V2 spot over REST: orders, plans, wallets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.rest_client import BitgetRest

LIMIT = {"symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "force": "gtc", "price": "60000", "size": "0.01"}
PLACE = "v2/spot/trade/place-order"


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[BitgetRest]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BitgetRest(paper) as client:
        yield client


def asset(rest: BitgetRest, coin: str) -> Any:
    """What alice has of a coin."""
    (row,) = rest.read("v2/spot/account/assets", coin=coin)
    return row


def test_life_of_an_order(rest: BitgetRest) -> None:
    """An open order ties money up, shows in listings, and ends as cancelled, with two l."""
    placed = rest.send(PLACE, LIMIT | {"clientOid": "spot-1"})
    assert asset(rest, "USDT")["frozen"] == "600"
    (row,) = rest.read("v2/spot/trade/unfilled-orders", symbol="BTCUSDT")
    assert (row["orderId"], row["priceAvg"], row["status"]) == (placed["orderId"], "60000", "live")
    assert rest.send("v2/spot/trade/cancel-order", {"symbol": "BTCUSDT", "clientOid": "spot-1"})["orderId"]
    (found,) = rest.read("v2/spot/trade/orderInfo", orderId=placed["orderId"])
    assert (found["status"], found["clientOid"]) == ("cancelled", "spot-1")
    assert rest.read("v2/spot/trade/unfilled-orders") == []
    assert rest.read("v2/spot/trade/orderInfo", orderId="1") == []
    assert asset(rest, "USDT")["frozen"] == "0"


def test_a_market_buy_is_sized_in_quote(rest: BitgetRest) -> None:
    """A thousand dollars of bitcoin; its fills and bills show what it got and paid."""
    placed = rest.send(
        PLACE, {"symbol": "BTCUSDT", "side": "buy", "orderType": "market", "force": "gtc", "size": "1000"}
    )
    (order,) = rest.read("v2/spot/trade/orderInfo", orderId=placed["orderId"])
    assert float(order["quoteVolume"]) == pytest.approx(1000, rel=0.01)
    fills = rest.read("v2/spot/trade/fills", symbol="BTCUSDT")
    assert {fill["orderId"] for fill in fills} == {placed["orderId"]}
    assert all(float(fill["feeDetail"]["totalFee"]) < 0 and fill["feeDetail"]["feeCoin"] == "BTC" for fill in fills)
    bills = rest.read("v2/spot/account/bills", groupType="transaction")
    assert {bill["coin"] for bill in bills} == {"BTC", "USDT"}


def test_refusals(rest: BitgetRest) -> None:
    """The codes of the spot market."""
    assert rest.no(PLACE, LIMIT | {"size": "1000"}) == "43012"
    assert rest.no(PLACE, LIMIT | {"symbol": "NOPEUSDT"}) == "40034"
    assert rest.no("v2/spot/trade/cancel-order", {"symbol": "BTCUSDT", "orderId": "1"}) == "43001"
    assert rest.no(PLACE, LIMIT | {"tpslType": "tpsl"}) == "40017"
    assert rest.no(PLACE, LIMIT | {"presetTakeProfitPrice": "70000"}) == "40017"


def test_batches_and_replacing(rest: BitgetRest) -> None:
    """Several at once, one put in the place of another, and everything of a pair cancelled."""
    orders = [LIMIT | {"clientOid": "a"}, LIMIT | {"clientOid": "b", "size": "1000"}]
    answer = rest.send("v2/spot/trade/batch-orders", {"symbol": "BTCUSDT", "orderList": orders})
    assert [row["errorCode"] for row in answer["failureList"]] == ["43012"]
    change = {"symbol": "BTCUSDT", "clientOid": "a", "newClientOid": "c", "price": "60100", "size": "0.02"}
    assert rest.send("v2/spot/trade/cancel-replace-order", change)["success"] == "success"
    assert rest.send("v2/spot/trade/cancel-replace-order", change)["success"] == "failure"
    (row,) = rest.read("v2/spot/trade/unfilled-orders")
    assert (row["clientOid"], row["size"]) == ("c", "0.02")
    assert rest.send("v2/spot/trade/cancel-symbol-order", {"symbol": "BTCUSDT"}) == {"symbol": "BTCUSDT"}
    assert rest.read("v2/spot/trade/unfilled-orders") == []


def test_plan_orders(rest: BitgetRest, paper: PaperExchange) -> None:
    """A trigger on the spot market waits, is changed, and fires."""
    plan = {"symbol": "BTCUSDT", "side": "buy", "orderType": "market", "size": "0.01", "triggerPrice": "66000"}
    placed = rest.send("v2/spot/trade/place-plan-order", plan | {"triggerType": "fill_price"})
    change = {"orderId": placed["orderId"], "triggerPrice": "65500", "orderType": "market", "size": "0.02"}
    rest.send("v2/spot/trade/modify-plan-order", change)
    (row,) = rest.read("v2/spot/trade/current-plan-order", symbol="BTCUSDT")["orderList"]
    assert (row["triggerPrice"], row["size"], row["status"]) == ("65500", "0.02", "not_trigger")
    paper.trade_at("BTC-USDT", "65600")
    (done,) = rest.read("v2/spot/trade/history-plan-order", symbol="BTCUSDT")["orderList"]
    assert done["status"] == "triggered"
    assert rest.no("v2/spot/trade/cancel-plan-order", {"orderId": placed["orderId"]}) == "43025"


def test_take_profit_and_stop_loss(rest: BitgetRest, paper: PaperExchange) -> None:
    """Placed, listed and cancelled by the calls of plain orders, apart from these and from plan orders; one fires."""
    stop = LIMIT | {"side": "sell", "price": "64000", "tpslType": "tpsl", "triggerPrice": "64500", "size": "0.5"}
    rest.send(PLACE, {"symbol": "BTCUSDT", "side": "buy", "orderType": "market", "force": "gtc", "size": "50000"})
    first = rest.send(PLACE, stop | {"clientOid": "ignored"})
    assert first["clientOid"] == ""
    second = rest.send(PLACE, stop | {"orderType": "market", "triggerPrice": "70000"})
    rows = rest.read("v2/spot/trade/unfilled-orders", symbol="BTCUSDT", tpslType="tpsl")
    assert [(row["orderId"], row["triggerPrice"], row["orderType"]) for row in rows] == [
        (second["orderId"], "70000", "market"),
        (first["orderId"], "64500", "limit"),
    ]
    assert rest.read("v2/spot/trade/unfilled-orders") == []
    assert rest.read("v2/spot/trade/current-plan-order", symbol="BTCUSDT")["orderList"] is None
    rest.send("v2/spot/trade/cancel-order", {"symbol": "BTCUSDT", "orderId": second["orderId"], "tpslType": "tpsl"})
    (gone,) = rest.read("v2/spot/trade/orderInfo", orderId=second["orderId"])
    assert (gone["status"], gone["tpslType"]) == ("cancelled", "tpsl")
    paper.trade_at("BTC-USDT", "64400")
    assert rest.read("v2/spot/trade/unfilled-orders", tpslType="tpsl") == []
    states = {row["orderId"]: row["status"] for row in rest.read("v2/spot/trade/history-orders", tpslType="tpsl")}
    assert states == {first["orderId"]: "filled", second["orderId"]: "cancelled"}
    assert rest.read("v2/spot/trade/fills", symbol="BTCUSDT")[0]["side"] == "sell"


def test_transfers(rest: BitgetRest) -> None:
    """Money goes to the funding account and comes back; what would move nothing is refused."""
    out = {"fromType": "spot", "toType": "p2p", "amount": "100", "coin": "USDT", "symbol": ""}
    moved = rest.send("v2/spot/wallet/transfer", out | {"clientOid": "t-1"})
    assert rest.read("v2/account/funding-assets")[0]["available"] == "100"
    assert asset(rest, "USDT")["available"] == "99900"
    (record,) = rest.read("v2/spot/account/transferRecords", coin="USDT")
    assert (record["transferId"], record["clientOid"]) == (moved["transferId"], "t-1")
    assert rest.no("v2/spot/wallet/transfer", out | {"toType": "usdt_futures"}) == "40017"
    assert rest.no("v2/spot/wallet/transfer", out | {"amount": "1000000"}) == "43012"


def test_withdrawals(rest: BitgetRest, paper: PaperExchange) -> None:
    """Money that is on its way can be called back; a moment later it is gone. Deposits have records, too."""
    out = {"coin": "USDT", "transferType": "on_chain", "address": "x", "size": "50"}
    first = rest.send("v2/spot/wallet/withdrawal", out | {"clientOid": "w-1"})
    assert asset(rest, "USDT")["available"] == "99950"
    assert rest.send("v2/spot/wallet/cancel-withdrawal", {"orderId": first["orderId"]}) == "success"
    assert asset(rest, "USDT")["available"] == "100000"
    second = rest.send("v2/spot/wallet/withdrawal", out)
    paper.clock.advance(5)
    assert rest.no("v2/spot/wallet/cancel-withdrawal", {"orderId": second["orderId"]}) == "40017"
    times = {"startTime": "0", "endTime": str(paper.clock.now_ms())}
    records = rest.read("v2/spot/wallet/withdrawal-records", **times)
    assert [(row["orderId"], row["status"]) for row in records] == [
        (second["orderId"], "success"),
        (first["orderId"], "cancel"),
    ]
    paper.venue.deposit(paper.venue.accounts[0], "BTC", "1")
    (deposit,) = rest.read("v2/spot/wallet/deposit-records", **times | {"endTime": str(paper.clock.now_ms() + 1)})
    assert (deposit["coin"], deposit["size"]) == ("BTC", "1")
