"""Take profit and stop loss that an order brings along (facts 30, 45 to 55 and 65)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit_rules.forms import amend, cancel, get, open_orders, order, place, pushed, refused
from tests.paper.bybit_rules.scene import Scene, check
from tests.paper.bybit_rules.stop_forms import BOUGHT, CLEARED, DOWN, UP, fired, leg, pair, told, trading_stop
from tests.paper.rules.case import Ask, Case, Fill, keeps

#: Of an order that buys at 60000; of one that buys at the best ask, 65010, and which one more trade fires.
FAR: dict[str, Any] = {"takeProfit": "61000", "stopLoss": "59000"}
FAR_PART: dict[str, Any] = {**FAR, "tpslMode": "Partial"}
NEAR: dict[str, Any] = {"takeProfit": "65015", "stopLoss": "64995"}
NEAR_PART: dict[str, Any] = {**NEAR, "tpslMode": "Partial"}
#: 0.01 BTC bought at 65010, or at 60000 as a maker: the fee. What an order at 60000 has for margin.
TAKEN, MADE, MARGIN = "-0.32505", "-0.12", "60.3"
#: Bought at 65010 and sold at 64990: a loss of 0.2 and both fees.
ROUND_TRIP = "-0.85"


def resting(code: str = "0", **args: Any) -> Ask:
    """An order that buys at 60000, far below the market."""
    return place(price="60000", orderLinkId=args.pop("orderLinkId", "parent"), code=code, **args)


FULL = (
    Case(
        facts=[45, 55],
        promise="TP and SL come with the fill, as rows of their own that name the parent.",
        before=[resting(**FAR)],
        ask=get("order/realtime", category="linear", symbol="BTCUSDT"),
        row={"takeProfit": "61000", "stopLoss": "59000", "tpslMode": "Full", "stopOrderType": ""},
        after=[Fill("parent")],
        pushes=[
            pushed(orderLinkId="parent", orderStatus="Filled", takeProfit="61000", tpslMode="Full"),
            *told(*pair("61000", "59000"), parentOrderLinkId="parent", orderLinkId="", qty="0.01"),
        ],
        cash={"USDT": MADE},
        frozen={"USDT": "0"},
        positions={"BTCUSDT": "0.01"},
        reads=[
            (open_orders(), pair("61000", "59000")[::-1]),
            (get("order/history", category="linear", orderLinkId="parent"), [{"takeProfit": "61000"}]),
        ],
    ),
    Case(
        facts=[45],
        promise="They come with a part of it, too, and are there no more than once.",
        before=[resting(qty="0.02", **FAR), Fill("parent", "1")],
        ask=open_orders(),
        rows=[{"orderStatus": "PartiallyFilled"}, *pair("61000", "59000", qty="0.01")[::-1]],
        after=[Fill("parent")],
        pushes=[pushed(orderStatus="Filled")],
        cash={"USDT": MADE},
        frozen={"USDT": "0"},
        positions={"BTCUSDT": "0.02"},
        reads=[(open_orders(), pair("61000", "59000", qty="0.02")[::-1])],
    ),
    Case(
        facts=[45],
        promise="Nothing comes of a parent that ends unfilled.",
        before=[resting(**FAR)],
        ask=cancel(orderLinkId="parent"),
        pushes=[pushed(orderStatus="Cancelled", takeProfit="61000")],
        frozen={"USDT": "0"},
        reads=[(open_orders(), [])],
    ),
    Case(
        facts=[46, 50],
        promise="The stop loss for the whole position sells all of it at the market, and clears the take profit.",
        before=[place()],
        ask=place(**NEAR),
        after=[DOWN],
        pushes=[
            *BOUGHT,
            *told(*pair("65015", "64995"), orderType="Market"),
            *fired("StopLoss", "Filled", qty="0.02", createType="CreateByStopLoss"),
            pushed(stopOrderType="TakeProfit", **CLEARED),
        ],
        cash={"USDT": "-1.37495"},  # 0.4 lost, a fee of 0.32505 for half of it, 0.6499 for the sale
        positions={},
    ),
    Case(
        facts=[46],
        promise="A new fill with other values takes the place of the old ones.",
        before=[place(**NEAR)],
        ask=place(takeProfit="66000", stopLoss="64000", orderLinkId="second"),
        pushes=[
            *BOUGHT,
            pushed(stopOrderType="TakeProfit", triggerPrice="65015", orderStatus="Cancelled"),
            pushed(stopOrderType="TakeProfit", triggerPrice="66000", parentOrderLinkId="second"),
            pushed(stopOrderType="StopLoss", triggerPrice="64995", orderStatus="Cancelled"),
            pushed(stopOrderType="StopLoss", triggerPrice="64000", parentOrderLinkId="second"),
        ],
        cash={"USDT": TAKEN},
        positions={"BTCUSDT": "0.02"},
        reads=[
            (open_orders(), pair("66000", "64000", qty="0.02")[::-1]),
            (
                get("position/list", category="linear", symbol="BTCUSDT"),
                [{"takeProfit": "66000", "stopLoss": "64000", "tpslMode": "Full"}],
            ),
        ],
    ),
    refused(
        48,
        "A limit price for the whole position",
        place(**NEAR, tpOrderType="Limit", tpLimitPrice="65015", tpslMode="Full"),
        "10001",
    ),
    refused(
        48, "One of the stop loss", place(**NEAR, slOrderType="Limit", slLimitPrice="64990", tpslMode="Full"), "10001"
    ),
)

PARTIAL = (
    Case(
        facts=[47, 55],
        promise="An order of a part brings a pair of the size that was filled, and grows with its fills.",
        before=[resting(qty="0.02", **FAR_PART), Fill("parent", "1")],
        ask=open_orders(),
        rows=[{"orderStatus": "PartiallyFilled"}, *pair("61000", "59000", "Partial", qty="0.01")[::-1]],
        after=[Fill("parent")],
        pushes=[
            pushed(orderStatus="Filled"),
            *told(*pair("61000", "59000", "Partial"), qty="0.02", parentOrderLinkId="parent"),
        ],
        cash={"USDT": MADE},
        frozen={"USDT": "0"},
        positions={"BTCUSDT": "0.02"},
        reads=[(open_orders(), pair("61000", "59000", "Partial", qty="0.02")[::-1])],
    ),
    Case(
        facts=[47],
        promise="Pairs stand side by side.",
        before=[place(**NEAR_PART)],
        ask=place(takeProfit="66000", stopLoss="64000", tpslMode="Partial"),
        pushes=[*BOUGHT, *told(*pair("66000", "64000", "Partial"), qty="0.01")],
        cash={"USDT": TAKEN},
        positions={"BTCUSDT": "0.02"},
        reads=[(open_orders(), [*pair("66000", "64000", "Partial")[::-1], *pair("65015", "64995", "Partial")[::-1]])],
    ),
    Case(
        facts=[47, 49],
        promise="A limit take profit rests in the book once it is triggered, and takes the stop loss with it.",
        ask=place(**NEAR_PART, tpOrderType="Limit", tpLimitPrice="65500", slOrderType="Market"),
        after=[UP],
        pushes=[
            *BOUGHT,
            pushed(stopOrderType="PartialTakeProfit", orderType="Limit", price="65500"),
            pushed(stopOrderType="PartialStopLoss", orderType="Market"),
            *fired("PartialTakeProfit", price="65500", orderType="Limit", createType="CreateByPartialTakeProfit"),
            pushed(
                stopOrderType="PartialStopLoss",
                orderStatus="Cancelled",
                cancelType="CancelByOCOSlCanceledByTpTriggered",
            ),
        ],
        cash={"USDT": TAKEN},
        positions={"BTCUSDT": "0.01"},
        reads=[(open_orders(), [{"price": "65500", "orderStatus": "New", "reduceOnly": True}])],
    ),
    Case(
        facts=[49],
        promise="A stop loss that is triggered takes its take profit with it, and no other pair's.",
        before=[place(takeProfit="66000", stopLoss="64000", tpslMode="Partial")],
        ask=place(**NEAR_PART),
        after=[DOWN],
        pushes=[
            *BOUGHT,
            *told(*pair("65015", "64995", "Partial")),
            *fired("PartialStopLoss", "Filled", qty="0.01"),
            pushed(
                stopOrderType="PartialTakeProfit",
                orderStatus="Cancelled",
                cancelType="CancelByOCOTpCanceledBySlTriggered",
            ),
        ],
        cash={"USDT": ROUND_TRIP},
        positions={"BTCUSDT": "0.01"},
        reads=[(open_orders(), pair("66000", "64000", "Partial")[::-1])],
    ),
    Case(
        facts=[50],
        promise="Stops of parts are cleared with their position, however it was closed.",
        before=[place(**NEAR_PART)],
        ask=place(side="Sell", reduceOnly=True),
        pushes=[
            *BOUGHT,
            pushed(stopOrderType="PartialTakeProfit", **CLEARED),
            pushed(stopOrderType="PartialStopLoss", **CLEARED),
        ],
        cash={"USDT": "-0.52495"},
        positions={},
        reads=[(open_orders(), [])],
    ),
    Case(
        facts=[51],
        promise="The oldest pair is cut first when a part of the position is closed.",
        before=[
            place(takeProfit="67000", stopLoss="63000", tpslMode="Partial"),
            place(takeProfit="66000", stopLoss="64000", tpslMode="Partial"),
        ],
        ask=place(side="Sell", reduceOnly=True, qty="0.005"),
        pushes=[*BOUGHT, *told(*pair("67000", "63000", "Partial"), qty="0.005")],
        cash={"USDT": "-0.262475"},
        positions={"BTCUSDT": "0.015"},
    ),
    Case(
        facts=[51],
        promise="And goes where nothing is left for it; those for the whole position follow its size.",
        before=[
            place(**NEAR_PART),
            place(takeProfit="66000", stopLoss="64000", tpslMode="Partial"),
            trading_stop(stopLoss="63000"),
        ],
        ask=place(side="Sell", reduceOnly=True),
        pushes=[
            *BOUGHT,
            pushed(stopOrderType="PartialTakeProfit", triggerPrice="65015", **CLEARED),
            pushed(stopOrderType="PartialStopLoss", triggerPrice="64995", **CLEARED),
        ],
        cash={"USDT": "-0.52495"},
        positions={"BTCUSDT": "0.01"},
        reads=[(open_orders(), [leg("StopLoss", "63000", qty="0.01"), *pair("66000", "64000", "Partial")[::-1]])],
    ),
)

SIDES = (
    *(
        refused(
            52,
            f"{name} of a market {side} on the wrong side of the last price",
            Ask("POST", "order/create", order(side=side, **{name: px})),
            "10001",
        )
        for side, name, px in (
            ("Buy", "takeProfit", "64999"),
            ("Buy", "stopLoss", "65001"),
            ("Sell", "takeProfit", "65001"),
            ("Sell", "stopLoss", "64999"),
        )
    ),
    refused(
        52, "A take profit of a limit order that is not beyond its price", resting("10001", takeProfit="60000"), "10001"
    ),
    Case(
        facts=[53],
        promise="Both look at the last price unless another is named.",
        ask=resting(**FAR, slTriggerBy="MarkPrice"),
        pushes=[pushed(tpTriggerBy="LastPrice", slTriggerBy="MarkPrice")],
        frozen={"USDT": MARGIN},
    ),
    refused(61, "An order type of a stop without tpslMode", resting("10001", **FAR, slOrderType="Market"), "10001"),
    refused(48, "A limit price without its order type", resting("10001", **FAR_PART, tpLimitPrice="61000"), "10001"),
    refused(
        48, "An order type without its take profit", resting("10001", stopLoss="59000", tpOrderType="Market"), "10001"
    ),
)

AMENDMENTS = (
    Case(
        facts=[65],
        promise="Stops that have not come yet are changed, with what is not named as it was.",
        before=[resting(**FAR_PART, tpOrderType="Limit", tpLimitPrice="61500", slTriggerBy="MarkPrice")],
        ask=amend(orderLinkId="parent", takeProfit="62000", slTriggerBy="IndexPrice"),
        reads=[
            (
                open_orders(),
                [
                    {
                        "takeProfit": "62000",
                        "tpLimitPrice": "61500",
                        "stopLoss": "59000",
                        "slTriggerBy": "IndexPrice",
                        "tpslMode": "Partial",
                    }
                ],
            )
        ],
        pushes=[pushed(takeProfit="62000", slTriggerBy="IndexPrice")],
    ),
    Case(
        facts=[65],
        promise="A zero takes one away.",
        before=[resting(**FAR)],
        ask=amend(orderLinkId="parent", takeProfit="0"),
        after=[Fill("parent")],
        pushes=[
            pushed(orderStatus="New", takeProfit="", stopLoss="59000"),
            pushed(orderStatus="Filled"),
            pushed(**leg("StopLoss", "59000")),
        ],
        cash={"USDT": MADE},
        frozen={"USDT": "0"},
        positions={"BTCUSDT": "0.01"},
    ),
    refused(
        65,
        "Taking one away from an order that is partly filled",
        amend(orderLinkId="parent", stopLoss="0"),
        "110059",
        before=[resting(qty="0.02", **FAR), Fill("parent", "1")],
        reads=(),
    ),
    refused(
        65,
        "Adding one to an order that has none, without the price that it looks at",
        amend(orderLinkId="parent", takeProfit="61000"),
        "10001",
        before=[resting()],
        reads=(),
    ),
    Case(
        facts=[65],
        promise="With that price it is added.",
        before=[resting()],
        ask=amend(orderLinkId="parent", takeProfit="61000", tpTriggerBy="LastPrice"),
        pushes=[pushed(orderStatus="New", takeProfit="61000", tpslMode="Full")],
    ),
    refused(
        65,
        "A stop on the wrong side",
        amend(orderLinkId="parent", stopLoss="60500"),
        "10001",
        before=[resting(**FAR)],
        reads=[(open_orders(), [{"stopLoss": "59000"}])],
    ),
)

#: 0.1 BTC bought at 60000: the fee is in coins, and the stops sell what is left.
SPOT_FAR: dict[str, Any] = {"price": "60000", "orderLinkId": "parent", **FAR}
NET = "0.09992"

ON_SPOT = (
    Case(
        facts=[54],
        promise="A limit order on the spot market may bring both: one OCO order, for what was bought less the fee.",
        before=[place("spot", **SPOT_FAR)],
        ask=open_orders("spot"),
        rows=[{"takeProfit": "61000", "stopLoss": "59000", "tpslMode": None}],
        after=[Fill("parent")],
        pushes=[
            pushed(orderStatus="Filled"),
            pushed(
                orderStatus="Untriggered",
                stopOrderType="OcoOrder",
                side="Sell",
                qty=NET,
                takeProfit="61000",
                stopLoss="59000",
                parentOrderLinkId="parent",
                ocoTriggerBy="OcoTriggerByUnknown",
            ),
        ],
        cash={"USDT": "-6000", "BTC": "0.09992"},
        frozen={"USDT": "0", "BTC": NET},
        reads=[(open_orders("spot", orderFilter="OcoOrder"), [{"stopOrderType": "OcoOrder"}])],
    ),
    Case(
        facts=[54],
        promise="The one that is triggered says so, and ends the other.",
        before=[place("spot", **SPOT_FAR, tpOrderType="Limit", tpLimitPrice="66000")],
        ask=open_orders("spot"),
        after=[Fill("parent"), place("spot", qty="1000", by="other")],
        pushes=[
            pushed(orderStatus="Filled", tpLimitPrice="66000"),
            pushed(orderStatus="Untriggered", stopOrderType="OcoOrder"),
            pushed(orderStatus="Triggered", ocoTriggerBy="OcoTriggerByTp"),
            pushed(orderStatus="New", ocoTriggerBy="OcoTriggerByTp", price="66000", qty=NET),
        ],
        cash={"USDT": "-6000", "BTC": "0.09992"},
        frozen={"USDT": "0", "BTC": NET},
    ),
    Case(
        facts=[54],
        promise="One alone is a tpslOrder.",
        before=[place("spot", price="60000", orderLinkId="parent", stopLoss="59000")],
        ask=open_orders("spot"),
        after=[Fill("parent")],
        pushes=[pushed(orderStatus="Filled"), pushed(stopOrderType="tpslOrder", triggerPrice="59000", qty=NET)],
        cash={"USDT": "-6000", "BTC": "0.09992"},
        frozen={"USDT": "0", "BTC": NET},
    ),
    refused(54, "A limit take profit without its price", place("spot", **SPOT_FAR, tpOrderType="Limit"), "10001"),
    refused(54, "A stop of a spot market order", place("spot", stopLoss="59000", qty="100"), "10001"),
)

CASES = (*FULL, *PARTIAL, *SIDES, *AMENDMENTS, *ON_SPOT)

UNCERTAIN = {
    45: "they come with each fill; that nothing comes of a parent that ends unfilled is on no page, and so it is here",
    46: "one take profit and one stop loss; that a new fill replaces them is on an old page only, and so it is here",
    51: "in which order stops of parts are cut is on an old page only: the oldest first",
    52: "the text is from one answer of 2023; compared to the last price for a market order, else to its own price",
    54: "what comes of it is on no page: one OcoOrder or tpslOrder when the order is done, for its fills less the fee",
}


@keeps(55)
def test_executions_of_stops(exchange: PaperExchange) -> None:
    """Pushes and lists of executions say which stop it was, under the ids of its order."""
    with Scene(exchange, ("order", "execution")) as scene:
        place(**NEAR, orderLinkId="parent").play(scene)
        DOWN.play(scene)
        pushes = scene.pushes()
        (stop,) = {push.fields["orderId"] for push in pushes if push.fields["stopOrderType"] == "StopLoss"}
        told_fills = [push.fields for push in pushes if push.channel == "execution"]
        wanted = [("UNKNOWN", "CreateByUser"), ("StopLoss", "CreateByStopLoss")]
        rows = scene.send(get("execution/list", category="linear", symbol="BTCUSDT")).rows
        for found in (told_fills, list(rows)[::-1]):
            assert [(row["stopOrderType"], row["createType"]) for row in found] == wanted
            assert found[1]["orderId"] == stop


@pytest.mark.parametrize("case", CASES, ids=str)
def test_attached_stops(case: Case, exchange: PaperExchange) -> None:
    """They live with the fills of their parent, and with its position."""
    check(case, exchange)
