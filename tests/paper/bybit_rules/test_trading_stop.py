"""Stops that a position is given (facts 56 to 62)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit_rules.forms import LINEAR_BTC, amend, cancel, get, open_orders, place, post, pushed
from tests.paper.bybit_rules.scene import Scene, check
from tests.paper.bybit_rules.stop_forms import DOWN, UP, fired, leg, pair, told, trading_stop
from tests.paper.rules.case import Case, keeps

LONG = place()
BOTH: dict[str, Any] = {"takeProfit": "67000", "stopLoss": "63000"}
SIZES: dict[str, Any] = {"tpSize": "0.01", "slSize": "0.01"}
POSITION = get("position/list", category="linear", symbol="BTCUSDT")


def wears(**fields: str) -> tuple[Any, list[dict[str, str]]]:
    """What the row of the position says."""
    return POSITION, [fields]


FULL = (
    Case(
        facts=[56],
        promise="Stops for the whole position are set, and the position says so.",
        before=[LONG],
        ask=trading_stop(**BOTH),
        pushes=told(*pair("67000", "63000"), qty="0.01", parentOrderLinkId=""),
        reads=[wears(takeProfit="67000", stopLoss="63000")],
    ),
    Case(
        facts=[56],
        promise="Another value takes the place of the first, and a zero takes one away.",
        before=[LONG, trading_stop(**BOTH)],
        ask=trading_stop(takeProfit="66000", stopLoss="0"),
        pushes=[
            pushed(stopOrderType="StopLoss", orderStatus="Cancelled", cancelType="CancelByUser"),
            pushed(stopOrderType="TakeProfit", triggerPrice="67000", orderStatus="Cancelled"),
            pushed(**leg("TakeProfit", "66000")),
        ],
        reads=[wears(takeProfit="66000", stopLoss="0")],
    ),
    Case(
        facts=[59],
        promise="The same values are refused.",
        before=[LONG, trading_stop(**BOTH)],
        ask=trading_stop(**BOTH, code="34040"),
        code="34040",
    ),
    Case(facts=[59], promise="So is nothing at all.", before=[LONG], ask=trading_stop(), code="34040"),
    Case(facts=[60], promise="Without a position there is nothing to guard.", ask=trading_stop(**BOTH), code="10001"),
    Case(
        facts=[61],
        promise="An order type needs tpslMode.",
        before=[LONG],
        ask=post("position/trading-stop", **LINEAR_BTC, **BOTH, slOrderType="Market"),
        code="10001",
    ),
    Case(
        facts=[52],
        promise="A stop loss of a long above the price is refused, and nothing is set.",
        before=[LONG],
        ask=trading_stop(takeProfit="67000", stopLoss="65500"),
        code="10001",
        reads=[(open_orders(), [])],
    ),
)

PARTIAL = (
    Case(
        facts=[57],
        promise="Stops of a part are added to those that are there.",
        before=[place(qty="0.02"), trading_stop("Partial", **BOTH, **SIZES)],
        ask=trading_stop("Partial", takeProfit="66000", stopLoss="64000", **SIZES),
        pushes=told(*pair("66000", "64000", "Partial"), qty="0.01"),
        reads=[(open_orders(), [*pair("66000", "64000", "Partial")[::-1], *pair("67000", "63000", "Partial")[::-1]])],
    ),
    Case(
        facts=[57],
        promise="They may have a limit price.",
        before=[LONG],
        ask=trading_stop("Partial", takeProfit="67000", tpSize="0.01", tpOrderType="Limit", tpLimitPrice="67100"),
        pushes=[pushed(**leg("PartialTakeProfit", "67000"), orderType="Limit", price="67100")],
    ),
    Case(
        facts=[57],
        promise="Without their size they are refused.",
        before=[LONG],
        ask=trading_stop("Partial", **BOTH),
        code="10001",
    ),
    Case(
        facts=[57],
        promise="Both need the same size.",
        before=[LONG],
        ask=trading_stop("Partial", **BOTH, tpSize="0.01", slSize="0.005"),
        code="10001",
    ),
)

PAIRS = (
    Case(
        facts=[58],
        promise="Changing one side takes the bond from a pair: cancelling one leaves the other.",
        before=[LONG, trading_stop(**BOTH), trading_stop(takeProfit="66000")],
        ask=trading_stop(takeProfit="0"),
        pushes=[pushed(stopOrderType="TakeProfit", orderStatus="Cancelled")],
        reads=[(open_orders(), [leg("StopLoss", "63000")])],
    ),
    Case(
        facts=[62],
        promise="A trailing stop follows the best price from its activation on and fires after the distance back.",
        before=[LONG],
        ask=trading_stop(trailingStop="25", activePrice="65020"),
        after=[UP, DOWN],
        pushes=[
            pushed(**leg("TrailingStop", "65020")),
            pushed(stopOrderType="TrailingStop", orderStatus="Untriggered"),
            *fired("TrailingStop", "Filled", createType="CreateByTrailingStop"),
        ],
        cash={"USDT": "-0.52495"},
        positions={},
    ),
    Case(
        facts=[62],
        promise="Without an activation it follows at once.",
        before=[LONG],
        ask=trading_stop(trailingStop="20"),
        after=[DOWN],
        pushes=[*told(leg("TrailingStop", ""), leg("TrailingStop", "")), *fired("TrailingStop", "Filled")],
        cash={"USDT": "-0.52495"},
        positions={},
    ),
)

CASES = (*FULL, *PARTIAL, *PAIRS)

UNCERTAIN = {
    60: "the code is not listed: 10001 for stops without a position",
    62: "how it follows is on an old page only: the best last price from the activation on, at once without one",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_trading_stop(case: Case, exchange: PaperExchange) -> None:
    """Those for the whole position are changed, those of parts are added."""
    check(case, exchange)


@keeps(47)
def test_how_many_stops_of_parts(exchange: PaperExchange) -> None:
    """There are 20 on a side at the most, with those that orders are to bring."""
    part: dict[str, Any] = {"tpslMode": "Partial", "takeProfit": "67000", "stopLoss": "63000"}
    with Scene(exchange, ()) as scene:
        place(qty="0.01", **part).play(scene)
        for _ in range(8):
            trading_stop("Partial", **BOTH, tpSize="0.001", slSize="0.001").play(scene)
        place(price="64000", **part).play(scene)
        assert scene.send(trading_stop("Partial", takeProfit="67000", tpSize="0.001")).code == "110061"
        assert scene.send(place(price="64000", **part)).code == "110061"
        assert scene.send(place(price="66000", side="Sell", tpslMode="Partial", takeProfit="65500")).code == "0"


@keeps(63)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"triggerPrice": "66000", "triggerBy": "MarkPrice"}, "0"),
        ({"triggerPrice": "64000"}, "10001"),
        ({"qty": "0.005"}, "10001"),
        ({"price": "66000"}, "10001"),
        ({"takeProfit": "66000"}, "10001"),
    ],
    ids=str,
)
def test_amending_a_stop_of_the_position(change: dict[str, Any], code: str, exchange: PaperExchange) -> None:
    """Its trigger moves, and the position tells so; what would fire at once or is not its own is refused."""
    with Scene(exchange) as scene:
        LONG.play(scene)
        trading_stop(takeProfit="67000").play(scene)
        (row,) = scene.send(open_orders()).rows
        amend(orderId=row["orderId"], code=code, **change).play(scene)
        (held,) = scene.send(POSITION).rows
        assert held["takeProfit"] == ("66000" if code == "0" else "67000")


@keeps(58)
@pytest.mark.parametrize(("mode", "left"), [("Full", 1), ("Partial", 0)])
def test_who_belongs_together(mode: str, left: int, exchange: PaperExchange) -> None:
    """A take profit and a stop loss of a part that were set together end together; those of the position do not."""
    with Scene(exchange) as scene:
        LONG.play(scene)
        trading_stop(mode, **BOTH, **(SIZES if mode == "Partial" else {})).play(scene)
        rows = scene.send(open_orders()).rows
        cancel(orderId=rows[0]["orderId"]).play(scene)
        gone = [push.fields["cancelType"] for push in scene.pushes() if push.fields["orderStatus"] == "Cancelled"]
        assert gone == ["CancelByUser"] * (2 - left)
        assert len(scene.send(open_orders()).rows) == left
