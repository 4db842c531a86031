"""Orders that only close, how many orders there may be, prices of the book, self trades (facts 27, 28, 31 to 38)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.order_limits import MOST_ACTIVE, MOST_CONDITIONAL, MOST_WAITING
from tests.paper.bybit_rules.forms import place, post, pushed, refused
from tests.paper.bybit_rules.scene import Scene, check
from tests.paper.bybit_rules.stop_forms import BOUGHT
from tests.paper.rules.case import Ask, Case, keeps

LONG = place(qty="0.1")
#: 0.1 BTC bought at 65010 and sold at 64990: the loss and the fee of the sale.
CLOSED = "-5.2495"


def reduces(px: str, qty: str = "0.1", **args: Any) -> Ask:
    """A reduce-only sell that waits above the market."""
    return place(side="Sell", price=px, qty=qty, reduceOnly=True, **args)


REDUCING = (
    refused(31, "A reduce-only order without a position", reduces("65500"), "110017"),
    refused(31, "One in its direction", place(price="60000", reduceOnly=True), "110017", before=[LONG]),
    Case(
        facts=[32],
        promise="A reduce-only order is cut to the position.",
        before=[LONG],
        ask=reduces("65500", "0.3"),
        pushes=[pushed(orderStatus="New", qty="0.1", reduceOnly=True)],
    ),
    Case(
        facts=[32],
        promise="So is a market order: nothing is opened.",
        before=[LONG],
        ask=place(side="Sell", qty="0.3", reduceOnly=True),
        pushes=[pushed(orderStatus="New", qty="0.1"), pushed(orderStatus="Filled", cumExecQty="0.1")],
        cash={"USDT": CLOSED},
        positions={},
    ),
    Case(
        facts=[33],
        promise="A resting reduce-only order is cancelled when the position is gone.",
        before=[LONG, reduces("65500", orderLinkId="waits")],
        ask=place(side="Sell", qty="0.1"),
        pushes=[
            *BOUGHT,
            pushed(orderLinkId="waits", orderStatus="Cancelled", cancelType="CancelByReduceOnly"),
        ],
        cash={"USDT": CLOSED},
        positions={},
    ),
    Case(
        facts=[35],
        promise="A size of zero with reduceOnly and closeOnTrigger closes the position.",
        before=[LONG],
        ask=place(side="Sell", qty="0", reduceOnly=True, closeOnTrigger=True),
        pushes=[
            pushed(orderStatus="New", qty="0.1", closeOnTrigger=True, reduceOnly=True),
            pushed(orderStatus="Filled", cumExecQty="0.1"),
        ],
        cash={"USDT": CLOSED},
        positions={},
    ),
    refused(35, "A size of zero otherwise", place(side="Sell", qty="0", reduceOnly=True), "10001", before=[LONG]),
)

FROM_BOOK = (
    *(
        Case(
            facts=[37],
            promise=f"The price is that of level {level} of the {side} side.",
            ask=place(orderType="Limit", bboSideType=side, bboLevel=level, timeInForce="PostOnly"),
            pushes=[pushed(price=px, createType="CreateByBboOrder", orderStatus=state)],
            frozen={} if state == "Cancelled" else {"USDT": margin},
        )
        for side, level, px, state, margin in (
            ("Queue", 1, "64990", "New", "65.31495"),
            ("Queue", 3, "64000", "New", "64.32"),
            ("Counterparty", 2, "65020", "Cancelled", ""),
        )
    ),
    *(
        refused(37, f"Level {level} of {side}", place(orderType="Limit", bboSideType=side, bboLevel=level), code)
        for side, level, code in (("Queue", 6, "10001"), ("Own", 1, "10001"), ("Queue", 4, "110118"))
    ),
    refused(37, "A level for a market order", place(bboSideType="Queue", bboLevel=1), "10001"),
)

MINE = place(price="65005", orderLinkId="mine")


def meets(smp: str | None, *pushes: Any, **more: Any) -> Case:
    """A sale that would trade with an own order which buys at 65005."""
    word: dict[str, Any] = {} if smp is None else {"smpType": smp}
    return Case(
        facts=[38],
        promise=f"With {smp or 'nothing said'}.",
        before=[MINE],
        ask=place(side="Sell", price="65005", orderLinkId="sale", **word),
        pushes=pushes,
        **more,
    )


BY_SMP = {"orderStatus": "Cancelled", "cancelType": "CancelBySmp", "rejectReason": "EC_CancelBySmp"}
SELF_TRADES = (
    meets(
        "CancelMaker",
        pushed(orderLinkId="sale", orderStatus="New", smpType="CancelMaker"),
        pushed(orderLinkId="mine", **BY_SMP),
        frozen={"USDT": "65.330025"},
    ),
    meets(
        "CancelTaker",
        pushed(orderLinkId="sale", orderStatus="New"),
        pushed(orderLinkId="sale", **BY_SMP, smpType="CancelTaker"),
    ),
    meets(
        "CancelBoth",
        pushed(orderLinkId="sale", orderStatus="New"),
        pushed(orderLinkId="mine", **BY_SMP),
        pushed(orderLinkId="sale", **BY_SMP, smpType="CancelBoth"),
        frozen={"USDT": "0"},
    ),
    *(
        meets(
            smp,
            pushed(orderLinkId="sale", orderStatus="New", smpType="None"),
            pushed(orderLinkId="mine", orderStatus="Filled"),
            pushed(orderLinkId="sale", orderStatus="Filled"),
            cash={"USDT": "-0.455035"},
            frozen={"USDT": "0"},
        )
        for smp in ("None", None)
    ),
    Case(
        facts=[38],
        promise="It has no effect on an order in the book.",
        before=[place(price="65005", smpType="CancelBoth", orderLinkId="mine")],
        ask=place(side="Sell", price="65005"),
        pushes=[
            pushed(orderStatus="New"),
            pushed(orderLinkId="mine", orderStatus="Filled"),
            pushed(orderStatus="Filled"),
        ],
        cash={"USDT": "-0.455035"},
        frozen={"USDT": "0"},
    ),
)

CASES = (*REDUCING, *FROM_BOOK, *SELF_TRADES)

UNCERTAIN = {
    30: "the code is not listed: 10001 for a reduce-only order with take profit or stop loss",
    32: "only the text of a code says so: a reduce-only order is cut to the position, a resting one by itself, too",
}
LEFT_OUT = {
    34: "a reduce-only order above the most that one order may have is refused, not split into several",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reduce_only(case: Case, exchange: PaperExchange) -> None:
    """Closing orders, prices from the book, and orders that meet their like."""
    check(case, exchange)


@keeps(38)
def test_who_was_met(exchange: PaperExchange) -> None:
    """Each of two orders that may not trade names the other."""
    with Scene(exchange) as scene:
        MINE.play(scene)
        place(side="Sell", price="65005", smpType="CancelBoth").play(scene)
        rows = [push.fields for push in scene.pushes() if push.fields["cancelType"] == "CancelBySmp"]
        assert [row["smpOrderId"] for row in rows] == [row["orderId"] for row in rows[::-1]]


@keeps(27)
@pytest.mark.parametrize(("category", "code"), [("linear", "110020"), ("spot", "170810")])
def test_how_many_orders(category: str, code: str, exchange: PaperExchange) -> None:
    """As many as may be active on a contract, or on all spot pairs."""
    with Scene(exchange, ()) as scene:
        said = place(category, price="60000", qty="0.001").body
        _place_many(scene, said | {"symbol": "ETHUSDT", "price": "3000", "qty": "0.01"}, 1 if category == "spot" else 0)
        _place_many(scene, said, MOST_ACTIVE - len(scene.account.orders))
        assert scene.send(place(category, price="60000")).code == code
        assert len(scene.account.orders) == MOST_ACTIVE


def _place_many(scene: Scene, said: dict[str, Any], count: int) -> None:
    for _ in range(0, count, 10):
        batch = [said] * min(10, count)
        count -= len(batch)
        post("order/create-batch", category=said["category"], request=batch).play(scene)


@keeps(28)
@pytest.mark.parametrize(
    ("said", "most", "code"),
    [
        (place(triggerPrice="66000", triggerDirection=1), MOST_CONDITIONAL, "110009"),
        (place("spot", "Sell", qty="0.001", triggerPrice="66000", orderFilter="StopOrder"), MOST_WAITING, "170810"),
        (place("spot", "Sell", qty="0.001", triggerPrice="66000", orderFilter="tpslOrder"), MOST_WAITING, "170810"),
    ],
    ids=["conditional", "StopOrder", "tpslOrder"],
)
def test_how_many_conditions(said: Ask, most: int, code: str, exchange: PaperExchange) -> None:
    """Conditional orders on a contract, and each kind of waiting ones on a spot pair; those of positions aside."""
    with Scene(exchange, ()) as scene:
        place(takeProfit="67000").play(scene)
        for _ in range(most):
            said.play(scene)
        assert scene.send(said).code == code
