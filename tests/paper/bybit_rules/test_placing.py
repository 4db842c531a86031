"""Plain orders: size, price, money (facts 1 to 29)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit_rules.forms import (
    LINEAR_BTC,
    SPOT,
    SWAP,
    cancel,
    get,
    order,
    place,
    post,
    pushed,
    refused,
)
from tests.paper.bybit_rules.scene import check
from tests.paper.rules.case import Ask, Case, Change, Crowd, Wait

#: 0.01 BTC bought at the best ask, 65010, and at 60000: fee, margin.
TAKEN, MARGIN = "-0.32505", "60.3"


def without(name: str) -> Ask:
    """A limit order that lacks a field."""
    return Ask("POST", "order/create", {key: value for key, value in order(price="60000").items() if key != name})


FIELDS = (
    *(
        refused(1, f"An order without {name}", without(name), "10001")
        for name in ("category", "symbol", "side", "orderType", "qty")
    ),
    refused(1, "A symbol in lower case", place(price="60000", symbol="btcusdt"), "10001"),
    refused(1, "So over the socket: it", place(price="60000", symbol="btcusdt", ws=True), "10001"),
    refused(2, "A limit order without its price", place(orderType="Limit"), "10001"),
    Case(
        facts=[3],
        promise="The price of a market order is ignored.",
        ask=place(price="60000", orderType="Market"),
        pushes=[pushed(orderStatus="New", price=""), pushed(orderStatus="Filled", avgPrice="65010")],
        cash={"USDT": TAKEN},
        positions={"BTCUSDT": "0.01"},
    ),
    Case(
        facts=[7],
        promise="Contracts are sized in coins, whatever marketUnit says.",
        ask=place(qty="0.02", marketUnit="quoteCoin"),
        pushes=[pushed(orderStatus="New", qty="0.02"), pushed(orderStatus="Filled", cumExecQty="0.02")],
        cash={"USDT": "-0.6501"},
        positions={"BTCUSDT": "0.02"},
    ),
    Case(
        facts=[20],
        promise="A limit order is good till cancelled unless it says otherwise.",
        ask=place(price="60000"),
        pushes=[pushed(orderStatus="New", timeInForce="GTC")],
        frozen={"USDT": MARGIN},
    ),
    Case(
        facts=[20],
        promise="A market order is always immediate-or-cancel.",
        ask=place(timeInForce="GTC"),
        pushes=[pushed(timeInForce="IOC"), pushed(orderStatus="Filled", timeInForce="IOC")],
        cash={"USDT": TAKEN},
        positions={"BTCUSDT": "0.01"},
    ),
)

ON_SPOT = (
    Case(
        facts=[4],
        promise="A market buy on the spot market counts quote currency.",
        ask=place("spot", qty="650.1"),
        pushes=[
            pushed(orderStatus="New", qty="650.1", marketUnit="quoteCoin"),
            pushed(orderStatus="Filled", cumExecQty="0.01", cumExecValue="650.1"),
        ],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
    Case(
        facts=[5],
        promise="A market sell counts coins.",
        ask=place("spot", "Sell", qty="0.01"),
        pushes=[pushed(orderStatus="New", qty="0.01"), pushed(orderStatus="Filled", cumExecValue="649.9")],
        cash={"BTC": "-0.01", "USDT": "649.2501"},
    ),
    Case(
        facts=[6],
        promise="With marketUnit baseCoin a market buy counts coins, and its row says so.",
        ask=place("spot", qty="0.01", marketUnit="baseCoin"),
        pushes=[pushed(orderStatus="New", marketUnit="baseCoin"), pushed(orderStatus="Filled", cumExecQty="0.01")],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
    Case(
        facts=[6],
        promise="With quoteCoin a market sell counts quote currency.",
        ask=place("spot", "Sell", qty="649.9", marketUnit="quoteCoin"),
        pushes=[pushed(marketUnit="quoteCoin", qty="649.9"), pushed(orderStatus="Filled", cumExecQty="0.01")],
        cash={"BTC": "-0.01", "USDT": "649.2501"},
    ),
    Case(
        facts=[6],
        promise="Orders that wait for a price have it, too.",
        ask=place("spot", qty="0.01", marketUnit="baseCoin", triggerPrice="66000", orderFilter="StopOrder"),
        pushes=[pushed(orderStatus="Untriggered", marketUnit="baseCoin", qty="0.01")],
    ),
    Case(
        facts=[18],
        promise="What a spot market order would trade beyond the limits is cancelled.",
        before=[
            Crowd(SPOT, "sell", "68300", "50", 1),
            *[place("spot", price="66000", qty="15", timeInForce="IOC", by="other")] * 4,
        ],
        ask=place("spot", qty="1000"),
        pushes=[pushed(orderStatus="New"), pushed(orderStatus="Cancelled", rejectReason="EC_NoImmediateQtyToFill")],
    ),
    Case(
        facts=[100],
        promise="A market buy by value ends with a small rest that comes back.",
        ask=place("spot", qty="650"),
        pushes=[
            pushed(orderStatus="New"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="0.00999846", leavesQty="0"),
            pushed(orderStatus="PartiallyFilledCanceled", cumExecValue="649.9998846", qty="650"),
        ],
        cash={"USDT": "-649.9998846", "BTC": "0.00998846154"},
    ),
    refused(25, "Selling coins that are not there", place("spot", "Sell", price="66000", qty="2.1"), "170131"),
    refused(25, "Borrowing, as spot margin is not switched on,", place("spot", price="60000", isLeverage=1), "170036"),
    refused(36, "A reduce-only order on the spot market", place("spot", price="60000", reduceOnly=True), "10001"),
)

SIZES = (
    *(
        refused(8, f"A contract order of {qty}", place(price="60000", qty=qty), "10001")
        for qty in ("0.00005", "0.00015")
    ),
    refused(8, "Too small a spot order", place("spot", price="60000", qty="0.000001"), "170136"),
    refused(8, "A spot size with too many decimals", place("spot", price="60000", qty="0.100000001"), "170137"),
    refused(9, "A contract order above the most", place(price="60000", qty="10001"), "10001"),
    refused(9, "A market order on a contract above the most", place(qty="121"), "10001"),
    refused(
        9,
        "A spot order above the most",
        place("spot", price="60000", qty="0.2"),
        "170381",
        before=[Change(SPOT, {"maxLmtSz": "0.1"})],
    ),
    refused(
        9,
        "A spot market order above the most",
        place("spot", "Sell", qty="0.2"),
        "170382",
        before=[Change(SPOT, {"maxMktSz": "0.1"})],
    ),
    refused(9, "A spot order of more value than one may have", place("spot", price="60000", qty="17"), "170124"),
    refused(10, "An order on a contract of too little value", place(symbol="ETHUSDT", qty="0.001"), "110094"),
    refused(10, "A spot order for less than the least value", place("spot", price="60000", qty="0.00001"), "170140"),
    refused(10, "A market buy for less", place("spot", qty="0.6"), "170140"),
    Case(
        facts=[11],
        promise="What closes a position may be worth less,",
        before=[place(symbol="ETHUSDT")],
        ask=place(symbol="ETHUSDT", side="Sell", qty="0.001", reduceOnly=True, price="3550"),
        pushes=[pushed(orderStatus="New", qty="0.001", reduceOnly=True)],
    ),
    Case(
        facts=[11],
        promise="but not smaller than the least size.",
        before=[place(symbol="ETHUSDT")],
        ask=place(symbol="ETHUSDT", side="Sell", qty="0.0005", reduceOnly=True),
        code="10001",
    ),
)

PRICES = (
    refused(12, "A contract price between ticks", place(price="60000.05"), "10001"),
    refused(12, "A contract price above the highest that there is", place(price="2000000"), "110003"),
    refused(12, "A spot price between ticks", place("spot", price="60000.05"), "170134"),
    Case(
        facts=[13],
        promise="The price of a contract order beyond the band is moved to it; the order lives.",
        before=[Wait(31)],
        ask=place(price="90000", timeInForce="PostOnly"),
        pushes=[pushed(orderStatus="Cancelled", price="66625", rejectReason="EC_PostOnlyWillTakeLiquidity")],
    ),
    Case(
        facts=[13],
        promise="So is that of a sale, and of an amendment.",
        before=[place(side="Sell", price="70000", orderLinkId="sale")],
        ask=post("order/amend", **LINEAR_BTC, orderLinkId="sale", price="30000"),
        after=[],
        pushes=[
            pushed(orderStatus="New", price="63375"),
            pushed(orderStatus="Filled", avgPrice="64990"),
        ],
        cash={"USDT": "-0.32495"},
        frozen={"USDT": "0"},
        positions={"BTCUSDT": "-0.01"},
    ),
    refused(14, "A spot buy above the band", place("spot", price="70000"), "170193"),
    refused(14, "A spot sell below the band", place("spot", "Sell", price="60000"), "170194"),
    *(
        refused(
            15,
            f"Where the account does not want prices moved, a {side} of a contract beyond the band",
            place(side=side, price=px),
            code,
            before=[post("account/set-limit-px-action", category="inverse", modifyEnable=False)],
        )
        for side, px, code in (("Buy", "90000", "110121"), ("Sell", "30000", "110120"))
    ),
    Case(
        facts=[16],
        promise="The band is told: the mark price and 2.5 %.",
        before=[Wait(31)],
        ask=get("market/price-limit", **LINEAR_BTC),
        row={"buyLmt": "66625", "sellLmt": "63375"},
    ),
    Case(
        facts=[16],
        promise="A market above the mark price widens it, up to 5 %.",
        before=[Crowd(SWAP, "buy", "64999", "1", 1), place(qty="3", by="other"), Wait(31)],
        ask=get("market/price-limit", **LINEAR_BTC),
        row={"buyLmt": "67124.5", "sellLmt": "63375"},
    ),
    Case(
        facts=[17],
        promise="A market order on a contract is cancelled where nothing is offered within the band.",
        before=[Wait(31), Crowd(SWAP, "sell", "67500", "100", 1), place(qty="53", by="other")],
        ask=place(),
        pushes=[pushed(orderStatus="New"), pushed(orderStatus="Cancelled", rejectReason="EC_NoImmediateQtyToFill")],
    ),
    Case(
        facts=[17],
        promise="What is beyond the band stays, and the rest of the order is cancelled.",
        before=[Wait(31), place(qty="52.99", by="other"), Crowd(SWAP, "sell", "67200", "100", 1)],
        ask=place(qty="0.02"),
        pushes=[
            pushed(orderStatus="New"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="0.01"),
            pushed(orderStatus="Cancelled", rejectReason="EC_CancelForNoFullFill", cumExecQty="0.01"),
        ],
        cash={"USDT": "-0.33"},
        positions={"BTCUSDT": "0.01"},
    ),
)

SLIPPAGE = (
    Case(
        facts=[19],
        promise="A market order goes so many ticks beyond the best price, and no further.",
        ask=place(qty="1.5", slippageToleranceType="TickSize", slippageTolerance="50"),
        pushes=[
            pushed(slippageToleranceType="TickSize", slippageTolerance="50"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="1"),
            pushed(orderStatus="Cancelled", cumExecQty="1"),
        ],
        cash={"USDT": "-32.505"},
        positions={"BTCUSDT": "1"},
    ),
    Case(
        facts=[19],
        promise="Or so many percent.",
        ask=place(qty="1.5", slippageToleranceType="Percent", slippageTolerance="0.02"),
        pushes=[
            pushed(slippageToleranceType="Percent"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="1"),
            pushed(orderStatus="Filled", cumExecQty="1.5"),
        ],
        cash={"USDT": "-48.76"},
        positions={"BTCUSDT": "1.5"},
    ),
    *(
        refused(19, f"A tolerance of {much} {kind}", place(slippageToleranceType=kind, slippageTolerance=much), code)
        for kind, much, code in (
            ("TickSize", "0", "110108"),
            ("TickSize", "10001", "110108"),
            ("TickSize", "1.5", "110108"),
            ("Percent", "0.001", "110109"),
            ("Percent", "10.1", "110109"),
            ("Ticks", "5", "10001"),
        )
    ),
    *(
        refused(
            19,
            f"A tolerance of {what}",
            place(slippageToleranceType="TickSize", slippageTolerance="5", **args),
            "10001",
        )
        for what, args in (
            ("a limit order", {"price": "60000"}),
            ("an order with a take profit", {"takeProfit": "67000"}),
            ("a conditional order", {"triggerPrice": "66000", "triggerDirection": 1}),
        )
    ),
)

KINDS = (
    Case(
        facts=[21],
        promise="A post-only order that would take is accepted, then cancelled, never filled.",
        ask=place(price="65010", timeInForce="PostOnly"),
        pushes=[pushed(orderStatus="Cancelled", rejectReason="EC_PostOnlyWillTakeLiquidity", cumExecQty="0")],
    ),
    Case(
        facts=[22],
        promise="A fill-or-kill order that cannot be filled whole is cancelled.",
        ask=place(price="65010", qty="2", timeInForce="FOK"),
        pushes=[pushed(orderStatus="Cancelled", rejectReason="EC_NoEnoughQtyToFill", cumExecQty="0")],
    ),
    Case(
        facts=[22],
        promise="The rest of an immediate-or-cancel order is cancelled; on the spot market with a word of its own.",
        ask=place("spot", price="65010", qty="1.1", timeInForce="IOC"),
        pushes=[
            pushed(orderStatus="New"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="1"),
            pushed(orderStatus="PartiallyFilledCanceled", rejectReason="EC_CancelForNoFullFill", cumExecQty="1"),
        ],
        cash={"USDT": "-65010", "BTC": "0.999"},
    ),
    *(
        refused(23, f"The client id {link}", place(price="60000", orderLinkId=link), "10001")
        for link in ("x" * 37, "a b", "ä")
    ),
    Case(
        facts=[23],
        promise="Letters, digits, dashes and underscores are allowed, 36 in all.",
        ask=place(price="60000", orderLinkId="aZ9-_" * 7 + "x"),
        pushes=[pushed(orderLinkId="aZ9-_" * 7 + "x")],
        frozen={"USDT": MARGIN},
    ),
    *(
        refused(
            24,
            f"A client id again, on the {category} market,",
            place(category, price="60000", orderLinkId="again"),
            code,
            before=[place(category, price="60000", orderLinkId="again"), cancel(category, orderLinkId="again")],
        )
        for category, code in (("linear", "110072"), ("spot", "170141"))
    ),
    refused(26, "An order on a contract for more than there is", place(price="60000", qty="20"), "110007"),
)

LIQUIDATED = (
    refused(
        29,
        "A limit order beyond the price of liquidation",
        place(side="Sell", price="63500", qty="1"),
        "110040",
        before=[
            post("position/set-leverage", **LINEAR_BTC, buyLeverage="100", sellLeverage="100"),
            place(qty="53", price="66000"),
        ],
        reads=(),
    ),
)

CASES = (*FIELDS, *ON_SPOT, *SIZES, *PRICES, *SLIPPAGE, *KINDS, *LIQUIDATED)

UNCERTAIN = {
    8: "the codes of contracts are not listed: 10001 for a size that is too small or between steps",
    9: "the code of contracts is not listed: 10001 for a size above the most",
    11: "that a closing order may be worth less than the least value is on one page only; it may here",
    12: "which code tells of a contract's price is not listed: 10001 between ticks, 110003 above the highest",
    14: "which of four codes refuses a spot price beyond the band is on no page: 170193 for a buy, 170194 for a sale",
    17: "the reasons are not listed: EC_NoImmediateQtyToFill without a fill, EC_CancelForNoFullFill for a rest",
    18: "on one page only: a spot market order trades within the limits, the rest is cancelled; it meets 1,000 makers",
    22: "which reason is for which case is not listed: EC_NoEnoughQtyToFill for FOK, EC_CancelForNoFullFill for a rest",
    29: "the code is not listed: 110040 for a price at or beyond that of the liquidation",
    36: "a reduce-only order on the spot market is refused with 10001: only that it has no such field is written",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_placing(case: Case, exchange: PaperExchange) -> None:
    """What is wrong is refused with a code of Bybit's, what is accepted trades as it says."""
    check(case, exchange)
