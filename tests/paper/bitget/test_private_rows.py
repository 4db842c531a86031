"""Bitget's account data in V2: what happens at the venue, whoever asked for it, shows up with every field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import SWAP, V2, BitgetClient, place
from tests.paper.bitget.row_facts import V2 as FIELDS
from tests.paper.bitget.row_facts import fields
from tests.paper.wire_client import RestClient

ALL = {"instId": "default", **V2}
COINS = {"coin": "default", **V2}


@pytest.fixture
def calm(paper: PaperExchange) -> PaperExchange:
    """A market that stands still."""
    paper.quiet()
    return paper


def test_account(calm: PaperExchange) -> None:
    """The money in the margin coin at once, and again when an order is filled: what it ties up is not told before."""
    with BitgetClient(calm, "private", "alice") as client:
        row = client.first("account", **COINS)[0]
        assert set(row) == fields(FIELDS["account"])
        assert (row["marginCoin"], row["equity"], row["frozen"]) == ("USDT", "100000", "0")
        place(calm, "buy", "10", "60000")
        place(calm, "buy", "1")
        row = client.until_push("account")["data"][0]
        assert Decimal(row["frozen"]) > 600
        assert Decimal(row["equity"]) < 100000


def test_account_of_another_coin(calm: PaperExchange) -> None:
    """Only the margin coin may be named; a family of contracts without money has no rows."""
    with BitgetClient(calm, "private", "alice") as client:
        assert client.refusal("account", coin="BTC", **V2)["code"] == 30001
        assert client.first("account", coin="USDT", **V2)
        assert client.first("account", coin="default", instType="USDC-FUTURES") == []


def test_positions_are_a_full_list(calm: PaperExchange) -> None:
    """Every open position each time; one that was closed is no more in the list."""
    with BitgetClient(calm, "private", "alice") as client:
        assert client.first("positions", **ALL) == []
        place(calm, "buy", "10")
        row = client.until_push("positions")["data"][0]
        assert set(row) == fields(FIELDS["positions"])
        assert (row["instId"], row["holdSide"], row["total"], row["leverage"]) == ("BTCUSDT", "long", "0.1", 10)
        assert (row["marginMode"], row["posMode"]) == ("crossed", "one_way_mode")
        assert 0 < Decimal(row["marginRate"]) < 1
        place(calm, "buy", "5", instId="ETH-USDT-SWAP")
        symbols = [row["instId"] for row in client.until_push("positions")["data"]]
        assert symbols == ["BTCUSDT", "ETHUSDT"]
        place(calm, "sell", "10")
        symbols = [row["instId"] for row in client.until_push("positions")["data"]]
        assert symbols == ["ETHUSDT"]


def test_orders(calm: PaperExchange) -> None:
    """An order placed over OKX's REST lives through all its states; a fill adds the fields of fills."""
    with BitgetClient(calm, "private", "alice") as client, RestClient(calm) as rest:
        client.subscribe("orders", instId="BTCUSDT", **V2)
        order = {"instId": SWAP, "tdMode": "isolated", "side": "buy", "ordType": "limit", "sz": "10", "px": "64000"}
        rest.post("trade/order", order | {"clOrdId": "mine1"})
        row = client.until_push("orders")["data"][0]
        assert set(row) == fields(FIELDS["orders"])
        assert (row["clientOid"], row["status"], row["size"], row["accBaseVolume"]) == ("mine1", "live", "0.1", "0")
        assert (row["marginMode"], row["orderType"], row["force"]) == ("isolated", "limit", "gtc")
        calm.fill("mine1", sz="4")
        row = client.until_push("orders")["data"][0]
        assert set(row) == fields(FIELDS["orders"], FIELDS["orders, filled"])
        assert (row["status"], row["baseVolume"], row["accBaseVolume"]) == ("partially_filled", "0.04", "0.04")
        assert (row["fillPrice"], row["priceAvg"], row["tradeScope"]) == ("64000", "64000", "M")
        assert row["feeDetail"] == [{"feeCoin": "USDT", "fee": row["fillFee"]}]
        rest.post("trade/cancel-order", {"instId": SWAP, "clOrdId": "mine1"})
        row = client.until_push("orders")["data"][0]
        assert (row["status"], row["cancelReason"], row["accBaseVolume"]) == ("canceled", "normal_cancel", "0.04")


def test_orders_of_others_are_not_told(calm: PaperExchange) -> None:
    """Neither another account's orders, nor spot orders, nor those on another symbol."""
    with BitgetClient(calm, "private", "bob") as bob, BitgetClient(calm, "private", "alice") as alice:
        bob.subscribe("orders", **ALL)
        alice.subscribe("orders", instId="BTCUSDT", **V2)
        place(calm, "buy", "1", "3000", instId="ETH-USDT-SWAP")
        place(calm, "buy", "0.1", "60000", instId="BTC-USDT", tdMode="cash")
        order_id = place(calm, "buy", "1", "60000")
        assert alice.until_push("orders")["data"][0]["orderId"] == order_id
        bob.send("ping")
        assert bob.raw() == "pong"


def test_fills(calm: PaperExchange) -> None:
    """Each execution once, with value, fee and profit."""
    with BitgetClient(calm, "private", "alice") as client:
        client.subscribe("fill", **ALL)
        place(calm, "buy", "10", "64000", clOrdId="mine2")
        calm.fill("mine2")
        row = client.until_push("fill")["data"][0]
        assert set(row) == fields(FIELDS["fill"])
        assert set(row["feeDetail"][0]) == fields(FIELDS["fill, feeDetail"])
        assert (row["symbol"], row["price"], row["baseVolume"]) == ("BTCUSDT", "64000", "0.1")
        assert (row["quoteVolume"], row["profit"]) == ("6400", "0")
        assert (row["tradeScope"], row["side"], row["clientOid"]) == ("maker", "buy", "mine2")
        assert Decimal(row["feeDetail"][0]["totalFee"]) == Decimal(6400) * Decimal("-0.0002")


def test_positions_history(calm: PaperExchange) -> None:
    """A position closed in parts is one row with its averages; one that turns over ends there, too."""
    with BitgetClient(calm, "private", "alice") as client:
        place(calm, "buy", "10", "64000", clOrdId="open1")
        calm.fill("open1")
        client.subscribe("positions-history", **ALL)
        orders = {"c1": ("sell", "4", "66000"), "c2": ("sell", "10", "67000"), "c3": ("buy", "4", "63000")}
        for name, order in orders.items():
            place(calm, *order, clOrdId=name)
            calm.fill(name)
        first = client.until_push("positions-history")["data"][0]
        assert set(first) == fields(FIELDS["positions-history"])
        assert (first["holdSide"], first["openSize"], first["closeSize"]) == ("long", "0.1", "0.1")
        assert (first["openPriceAvg"], first["closePriceAvg"]) == ("64000", "66600")
        assert first["achievedProfits"] == "260"
        second = client.until_push("positions-history")["data"][0]
        assert (second["holdSide"], second["openSize"], second["closeSize"]) == ("short", "0.04", "0.04")
        assert (second["openPriceAvg"], second["achievedProfits"]) == ("67000", "160")


def test_algo_orders(calm: PaperExchange) -> None:
    """A trigger order from live to executed, and a stop with its own prices."""
    account = calm.venue.accounts[0]
    request = {"instId": SWAP, "tdMode": "cross", "side": "buy", "sz": "10"}
    with BitgetClient(calm, "private", "alice") as client:
        client.subscribe("orders-algo", **ALL)
        plain = {"ordType": "trigger", "triggerPx": "66000", "orderPx": "-1", "algoClOrdId": "algo1"}
        assert calm.venue.place_algo(account, request | plain).ok
        row = client.until_push("orders-algo")["data"][0]
        assert set(row) == fields(FIELDS["orders-algo"])
        assert (row["planType"], row["status"], row["triggerPrice"], row["size"]) == ("pl", "live", "66000", "0.1")
        assert (row["clientOid"], row["orderType"]) == ("algo1", "market")
        calm.trade_at(SWAP, "66001")
        assert client.until_push("orders-algo")["data"][0]["status"] == "executed"
        stop = {"side": "sell", "ordType": "conditional", "slTriggerPx": "60000", "slOrdPx": "59000"}
        assert calm.venue.place_algo(account, request | stop).ok
        row = client.until_push("orders-algo")["data"][0]
        assert (row["planType"], row["stopLossTriggerPrice"], row["executePrice"]) == ("sl", "60000", "59000")


def test_equity(calm: PaperExchange) -> None:
    """All coins together, in dollars and in bitcoin; the argument has an `instType` only."""
    with BitgetClient(calm, "private", "alice") as client:
        row = client.first("equity", **V2)[0]
        assert set(row) == fields(FIELDS["equity"])
        assert Decimal(row["usdtEquity"]) > 100000
        place(calm, "buy", "10")
        assert client.until_push("equity")["data"][0]["usdtEquity"] != row["usdtEquity"]


def test_auto_deleveraging(calm: PaperExchange) -> None:
    """Who holds a position when the fund turns to deleveraging is told, once each time."""
    place(calm, "sell", "10")
    with BitgetClient(calm, "private", "alice") as client:
        client.subscribe("adl-noti", **V2)
        calm.run(lambda: calm.venue.set_adl("BTC-USDT", "adl"))
        row = client.until_push("adl-noti")["data"][0]
        assert set(row) == fields(FIELDS["adl-noti"])
        assert (row["symbol"], row["side"], row["status"], row["amount"]) == ("BTCUSDT", "short", "triggered", "0.1")


def test_hedge_mode(calm: PaperExchange) -> None:
    """Both directions of a symbol are rows of their own."""
    calm.venue.set_position_mode(calm.venue.accounts[0], "long_short_mode")
    place(calm, "buy", "10", posSide="long")
    place(calm, "sell", "4", posSide="short")
    with BitgetClient(calm, "private", "alice") as client:
        rows = client.first("positions", **ALL)
        assert [(row["holdSide"], row["total"], row["posMode"]) for row in rows] == [
            ("long", "0.1", "hedge_mode"),
            ("short", "0.04", "hedge_mode"),
        ]
        client.subscribe("fill", **ALL)
        place(calm, "buy", "1", posSide="short")
        assert client.until_push("fill")["data"][0]["tradeSide"] == "close"
