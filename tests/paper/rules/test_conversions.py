"""Conversions of coins (a part of fact 239), by quotes and of small balances."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Answer, Ask, Case, Push
from tests.paper.rules.okx_forms import get, post
from tests.paper.rules.scene import Scene, check

QUOTE: dict[str, Any] = {"baseCcy": "BTC", "quoteCcy": "USDT", "side": "buy", "rfqSz": "6501", "rfqSzCcy": "USDT"}
SMALL = "trade/easy-convert"


def quote(**changes: str) -> Ask:
    """Ask for a quote."""
    return post("asset/convert/estimate-quote", **{**QUOTE, **changes})


def trade(scene: Scene, quoted: Answer, **changes: str) -> Answer:
    """Take a quote, whole unless told otherwise."""
    row = quoted.rows[0]
    same = {name: row[name] for name in ("quoteId", "baseCcy", "quoteCcy", "side")}
    return scene.send(post("asset/convert/trade", **{**same, "sz": row["rfqSz"], "szCcy": row["rfqSzCcy"], **changes}))


CASES = (
    Case(
        facts=[],
        promise="A quote to buy is at the best price that is asked; nothing moves yet.",
        ask=quote(clQReqId="mine"),
        row={
            "clQReqId": "mine",
            "cnvtPx": "65010",
            "baseSz": "0.1",
            "quoteSz": "6501",
            "rfqSz": "6501",
            "rfqSzCcy": "USDT",
            "ttlMs": "10000",
        },
    ),
    Case(
        facts=[],
        promise="A quote to sell is at the best price that is bid.",
        ask=quote(side="sell", rfqSz="0.2", rfqSzCcy="BTC"),
        row={"cnvtPx": "64990", "baseSz": "0.2", "quoteSz": "12998"},
    ),
    *(
        Case(facts=[], promise=f"Not quoted: {changes}.", ask=quote(**changes), code=code, status=status)
        for changes, code, status in (
            ({"baseCcy": "USDT"}, "58358", 200),
            ({"baseCcy": "DOGE"}, "58009", 200),
            ({"baseCcy": "USDT", "quoteCcy": "BTC"}, "58009", 200),
            ({"rfqSzCcy": "ETH"}, "51000", 400),
            ({"rfqSz": "0.01"}, "59123", 200),
            ({"rfqSz": "1000001"}, "59124", 200),
            ({"rfqSz": "0"}, "51000", 400),
            ({"side": "long"}, "51000", 400),
            ({"convertMode": "1"}, "50062", 200),
            ({"clQReqId": "no-"}, "51000", 400),
        )
    ),
    Case(
        facts=[],
        promise="A pair may be asked for either way round.",
        ask=get("asset/convert/currency-pair", fromCcy="USDT", toCcy="BTC"),
        row={
            "instId": "BTC-USDT",
            "baseCcy": "BTC",
            "baseCcyMin": "0.00001",
            "quoteCcy": "USDT",
            "quoteCcyMin": "0.65",
        },
    ),
    Case(
        facts=[],
        promise="What is no small balance is not converted as one.",
        ask=post(SMALL, fromCcy=["BTC"], toCcy="USDT"),
        code="59125",
    ),
    Case(
        facts=[],
        promise="Small balances become one coin, all that there is of each.",
        before=[
            post("asset/transfer", ccy="SOL", amt="199.95", **{"from": "18"}, to="6"),
            post("asset/transfer", ccy="BTC", amt="1.9999", **{"from": "18"}, to="6"),
        ],
        ask=post(SMALL, fromCcy=["SOL", "BTC"], toCcy="USDT"),
        rows=[
            {"fromCcy": "SOL", "toCcy": "USDT", "fillFromSz": "0.05", "fillToSz": "7.5", "status": "filled"},
            {"fromCcy": "BTC", "toCcy": "USDT", "fillFromSz": "0.0001", "fillToSz": "6.5", "status": "filled"},
        ],
        channels=["orders", "balance_and_position"],
        pushes=[Push("balance_and_position", {"eventType": "filled", "posData": []})],
        cash={"SOL": "-0.05", "BTC": "-0.0001", "USDT": "14"},
        reads=[
            (get("trade/easy-convert-history"), [{"fromCcy": "BTC", "acct": "18"}, {"fromCcy": "SOL", "acct": "18"}]),
            (get("account/bills", type="28", ccy="USDT"), [{"balChg": "14", "subType": "236"}]),
        ],
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_conversions(case: Case, exchange: PaperExchange) -> None:
    """What is quoted, and what is not."""
    check(case, exchange)


def test_a_quote_is_taken_once(exchange: PaperExchange) -> None:
    """Its price holds while the market runs away; a part of it is enough; bills, pushes and the history tell of it."""
    with Scene(exchange, ("account", "balance_and_position")) as scene:
        quoted, before = scene.send(quote()), scene.money()
        scene.trade_at("BTC-USDT", "66000")
        scene.pushes()
        wrong = [trade(scene, quoted, **{name: value}).code for name, value in (
            ("sz", "6502"), ("szCcy", "BTC"), ("side", "sell"), ("quoteId", "another"), ("baseCcy", "ETH"),
        )]  # fmt: skip
        assert wrong == ["51000"] * 5
        done = trade(scene, quoted, sz="3250.5", clTReqId="mine").rows[0]
        assert (done["state"], done["fillPx"], done["fillBaseSz"], done["fillQuoteSz"]) == (
            "fullyFilled", "65010", "0.05", "3250.5",
        )  # fmt: skip
        pushed = {push.channel: push.fields for push in scene.pushes()}
        assert {one["ccy"] for one in pushed["account"]["details"]} == {"BTC", "USDT"}
        assert {one["ccy"] for one in pushed["balance_and_position"]["balData"]} == {"BTC", "USDT"}
        after = scene.money()
        assert [float(after[ccy][0] - before[ccy][0]) for ccy in ("BTC", "USDT")] == [0.05, -3250.5]
        assert trade(scene, quoted).code == "51000"
        (row,) = scene.send(get("asset/convert/history", clTReqId="mine")).rows
        assert (row["tradeId"], row["instId"]) == (done["tradeId"], "BTC-USDT")
        bills = scene.send(get("account/bills", type="27")).rows
        assert [(one["ccy"], one["subType"]) for one in bills] == [("BTC", "318"), ("USDT", "319")]


def test_a_quote_runs_out(exchange: PaperExchange) -> None:
    """After ten seconds it is rejected, which the history has; nothing moves, neither does it without the money."""
    with Scene(exchange, ()) as scene:
        quoted, before = scene.send(quote()), scene.money()
        scene.advance(10.1)
        row = trade(scene, quoted).rows[0]
        assert (row["state"], row["fillBaseSz"]) == ("rejected", "0")
        assert [one["state"] for one in scene.send(get("asset/convert/history")).rows] == ["rejected"]
        dear = scene.send(quote(rfqSz="100001"))
        assert (dear.code, trade(scene, dear).code) == ("0", "58350")
        assert scene.money() == before


def test_each_coin_that_is_traded_can_be_converted(exchange: PaperExchange) -> None:
    """The list names them with the least and the most."""
    with Scene(exchange, ()) as scene:
        rows = {row["ccy"]: (row["min"], row["max"]) for row in scene.send(get("asset/convert/currencies")).rows}
    assert rows.keys() == {"BTC", "ETH", "SOL", "USDT"}
    assert rows["SOL"][0] == "0.001"
