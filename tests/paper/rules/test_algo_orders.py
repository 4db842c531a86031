"""Trigger orders, trailing stops, chases, TWAP and icebergs; amending and canceling (facts 112 to 119, 130 to 147)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange, PaperRules
from tests.paper.rules.algo_forms import DOWN, UP, algo, amend_algo, cancel_algo, opened, stop, told, waiting
from tests.paper.rules.case import Case, Move, Push, Wait, keeps
from tests.paper.rules.okx_forms import SPOT, SWAP, amend, get, place, pushed
from tests.paper.rules.scene import Scene, check

#: A trigger order that buys at 60000 when 65015 is traded.
BUY: dict[str, Any] = {"triggerPx": "65015", "orderPx": "60000"}
TWAP: dict[str, Any] = {"szLimit": "1", "pxLimit": "70000", "timeInterval": "10", "pxVar": "0.001"}
ICEBERG: dict[str, Any] = {"sz": "3", "szLimit": "1", "lmtOrderNumber": "3", "aggressiveness": "conservative"}


def trigger(**args: Any) -> Any:
    """A trigger order that buys."""
    return algo("trigger", "buy", **{**BUY, **args})


def advanced(**fields: Any) -> Push:
    """A push of `algo-advance`."""
    return Push("algo-advance", fields)


CASES = (
    Case(
        facts=[112],
        promise="A trigger order that cannot be paid wholly is placed for what the balance allows.",
        before=[trigger(sz="5000", orderPx="65000")],
        ask=UP,
        pushes=[
            pushed(state="live", sz="1530.8", px="65000", source="6"),
            told(state="effective", sz="5000", actualSz="1530.8"),
        ],
        frozen={"USDT": "99999.51"},
    ),
    Case(
        facts=[112],
        promise="On the spot market, too.",
        before=[algo("trigger", "buy", SPOT, sz="5", triggerPx="65015", orderPx="64000")],
        ask=place(SPOT, sz="65100", by="other"),
        pushes=[pushed(state="live", sz="1.5625", px="64000"), told(state="effective")],
        frozen={"USDT": "100000"},
    ),
    *(
        Case(
            facts=[113],
            promise=f"The order of a {kind} says so in its source.",
            before=[algo(kind, "buy", **args)],
            ask=UP,
            pushes=[pushed(state="live", source=source), *more],
            frozen={"USDT": "60.3"},
        )
        for kind, source, args, more in (
            ("trigger", "6", BUY, [told(state="effective")]),
            ("conditional", "7", {"slTriggerPx": "65015", "slOrdPx": "60000"}, [told(state="effective")]),
        )
    ),
    Case(
        facts=[113, 130],
        promise="The order of a trailing stop is a market order, and says so in its source.",
        before=opened(algo("move_order_stop", callbackSpread="25"), UP),
        ask=DOWN,
        pushes=[
            pushed(state="live", ordType="market", source="25", side="sell"),
            pushed(state="filled", fillPx="64990"),
            advanced(state="effective", moveTriggerPx="64995"),
        ],
        cash={"USDT": "-0.52495"},
        positions={},
    ),
    Case(
        facts=[113],
        promise="The order of a TWAP says in its source that it came of an algo order.",
        ask=algo("twap", "buy", **{**TWAP, "sz": "2"}),
        pushes=[
            pushed(state="live", ordType="ioc", source="13"),
            pushed(state="filled", fillPx="65010"),
            advanced(state="live", count="0"),
            advanced(state="live", count="1"),
        ],
        cash={"USDT": "-0.32505"},
        positions={SWAP: "1"},
    ),
    Case(
        facts=[115],
        promise="An algoClOrdId that exists is refused.",
        before=[stop(algoClOrdId="same")],
        ask=stop(algoClOrdId="same"),
        code="51065",
        reads=[(waiting("conditional"), [{"algoClOrdId": "same"}])],
    ),
    Case(
        facts=[115],
        promise="An algoClOrdId that an attached order has is refused.",
        before=[
            place(
                SWAP,
                px="60000",
                sz="1",
                attachAlgoOrds=[{"attachAlgoClOrdId": "same", "slTriggerPx": "59000", "slOrdPx": "-1"}],
            )
        ],
        ask=stop(algoClOrdId="same"),
        code="51068",
    ),
    Case(
        facts=[117],
        promise="A trigger order places an ioc order.",
        before=[trigger(orderPx="65030", advanceOrdType="ioc")],
        ask=UP,
        pushes=[
            pushed(state="live", ordType="ioc", px="65030"),
            pushed(state="filled", fillPx="65020"),
            told(state="effective", advanceOrdType="ioc"),
        ],
        cash={"USDT": "-0.3251"},
        positions={SWAP: "1"},
    ),
    Case(
        facts=[117],
        promise="A trigger order places a fok order, which ends when it cannot be filled.",
        before=[trigger(orderPx="65000", advanceOrdType="fok")],
        ask=UP,
        pushes=[pushed(state="canceled", ordType="fok", cancelSource="13"), told(advanceOrdType="fok")],
    ),
    Case(
        facts=[117],
        promise="A fok or ioc order without a price is refused.",
        ask=trigger(orderPx="-1", advanceOrdType="fok"),
        code="51000",
    ),
    Case(
        facts=[117],
        promise="A chase needs its parameters.",
        ask=trigger(orderPx="", advanceOrdType="chase"),
        code="51000",
    ),
    Case(
        facts=[118],
        promise="What is attached to a trigger order is shown, and nothing comes of it before that has fired.",
        ask=trigger(attachAlgoOrds=[{"slTriggerPx": "59000", "slOrdPx": "-1", "attachAlgoClOrdId": "sl1"}]),
        pushes=[
            told(
                state="live",
                attachAlgoOrds=[
                    {
                        "attachAlgoClOrdId": "sl1",
                        "tpOrdKind": "",
                        "tpTriggerPx": "",
                        "tpTriggerRatio": "",
                        "tpTriggerPxType": "",
                        "tpOrdPx": "",
                        "slTriggerPx": "59000",
                        "slTriggerRatio": "",
                        "slTriggerPxType": "",
                        "slOrdPx": "-1",
                        "sz": "",
                        "amendPxOnTriggerType": "",
                        "callbackRatio": "",
                        "callbackSpread": "",
                        "activePx": "",
                    }
                ],
            )
        ],
    ),
    Case(
        facts=[118],
        promise="The order of a trigger brings its stop, which begins when it is filled.",
        before=[
            trigger(
                orderPx="-1",
                attachAlgoOrds=[{"slTriggerPx": "64995", "slOrdPx": "-1", "attachAlgoClOrdId": "sl1"}],
            )
        ],
        ask=UP,
        after=[DOWN],
        pushes=[
            pushed(state="live", side="buy", source="6"),
            pushed(state="filled", fillPx="65020"),
            pushed(state="live", side="sell", source="7", algoClOrdId="sl1"),
            pushed(state="filled", fillPx="64990"),
            told(state="effective", ordType="trigger"),
            told(state="live", ordType="conditional", side="sell", sz="1", algoClOrdId="sl1", slTriggerPx="64995"),
            told(state="effective", ordType="conditional"),
        ],
        cash={"USDT": "-0.95005"},
        positions={},
    ),
    Case(
        facts=[118],
        promise="A stop on the wrong side of the trigger order's price is refused.",
        ask=trigger(attachAlgoOrds=[{"slTriggerPx": "61000", "slOrdPx": "-1"}]),
        code="51047",
    ),
    Case(
        facts=[118],
        promise="Nothing can be attached to the chase of a trigger.",
        ask=trigger(
            orderPx="",
            advanceOrdType="chase",
            advChaseParams=[{"chaseType": "distance", "chaseVal": "0"}],
            attachAlgoOrds=[{"slTriggerPx": "59000", "slOrdPx": "-1"}],
        ),
        code="51000",
    ),
    Case(facts=[119], promise="A trigger order has no tgtCcy.", ask=trigger(tgtCcy="base_ccy"), code="51281"),
    Case(
        facts=[130],
        promise="A sell's trigger is below the highest price by a share of it, and does not fall.",
        before=[algo("move_order_stop", callbackRatio="0.01"), Move(SWAP, "66000")],
        ask=waiting("move_order_stop"),
        after=[Move(SWAP, "65500")],
        row={"moveTriggerPx": "65340", "state": "live"},
        reads=[(waiting("move_order_stop"), [{"moveTriggerPx": "65340", "state": "live"}])],
    ),
    Case(
        facts=[130],
        promise="A buy's trigger is above the lowest price by a difference.",
        before=[algo("move_order_stop", "buy", callbackSpread="500"), Move(SWAP, "64000")],
        ask=waiting("move_order_stop"),
        row={"moveTriggerPx": "64500"},
    ),
    Case(
        facts=[131],
        promise="Before the activation price was reached nothing is followed.",
        before=[algo("move_order_stop", callbackSpread="500", activePx="66000"), Move(SWAP, "65900")],
        ask=waiting("move_order_stop"),
        after=[Move(SWAP, "66000"), Move(SWAP, "66100")],
        row={"moveTriggerPx": "", "activePx": "66000"},
        reads=[(waiting("move_order_stop"), [{"moveTriggerPx": "65600"}])],
    ),
    *(
        Case(
            facts=[fact],
            promise=f"A trailing stop with {args} is refused.",
            ask=algo("move_order_stop", **args),
            code=code,
        )
        for fact, args, code in (
            (132, {"callbackRatio": "1"}, "51311"),
            (132, {"callbackRatio": "0.0001"}, "51311"),
            (133, {"callbackRatio": "0.01", "callbackSpread": "5"}, "51000"),
            (133, {}, "51000"),
        )
    ),
    Case(
        facts=[113, 134],
        promise="A chase places a post-only order at the best price, and moves it with the market.",
        ask=algo("chase", "buy", sz="1"),
        after=[Move(SWAP, "65100"), Wait(1)],
        channels=[],
        reads=[
            (get("trade/orders-pending"), [{"ordType": "post_only", "source": "34", "px": "65090", "state": "live"}])
        ],
        frozen={"USDT": "65.41545"},
    ),
    Case(
        facts=[134],
        promise="It stays away from the best price as far as asked.",
        ask=algo("chase", "buy", chaseType="distance", chaseVal="10"),
        pushes=[pushed(px="64980", ordType="post_only"), told(state="live"), told(state="live")],
        frozen={"USDT": "65.3049"},
    ),
    Case(
        facts=[135],
        promise="A chase is not amended.",
        before=[algo("chase", "buy", algoClOrdId="run")],
        ask=amend_algo(algoClOrdId="run", newSz="2"),
        code="51506",
    ),
    Case(facts=[136], promise="A limit of a chase needs its kind.", ask=algo("chase", maxChaseVal="5"), code="51000"),
    Case(
        facts=[136],
        promise="The kind of a chase's limit needs the limit.",
        ask=algo("chase", maxChaseType="distance"),
        code="51000",
    ),
    Case(
        facts=[137],
        promise="The order of a chase that has run too far is canceled.",
        before=[algo("chase", "buy", maxChaseType="distance", maxChaseVal="50")],
        ask=get("trade/orders-pending"),
        after=[Move(SWAP, "65100"), Wait(1)],
        row={"state": "live", "source": "34"},
        pushes=[pushed(state="canceled", cancelSource="42"), told(state="canceled")],
        frozen={"USDT": "0"},
    ),
    *(
        Case(
            facts=[fact],
            promise=f"A TWAP with {name} {value} is refused.",
            ask=algo("twap", "buy", **{**TWAP, name: value}),
            code=code,
        )
        for fact, name, value, code in (
            (138, "pxVar", "0.05", "51282"),
            (138, "pxVar", "0.00005", "51282"),
            (139, "szLimit", "2", "51264"),
            (139, "timeInterval", "0.5", "51283"),
            (139, "szLimit", "", "51000"),
            (139, "timeInterval", "", "51000"),
            (139, "pxLimit", "", "51000"),
        )
    ),
    Case(
        facts=[140],
        promise="The iceberg of old is refused.",
        ask=algo("iceberg", "buy", szLimit="1", pxVar="0.001", pxLimit="70000"),
        code="51000",
    ),
    Case(
        facts=[140, 113],
        promise="An iceberg shows one of its parts at a time.",
        ask=algo("smart_iceberg", "buy", **ICEBERG),
        pushes=[
            pushed(state="live", ordType="limit", px="64990", sz="1", source="13"),
            advanced(state="live", ordType="smart_iceberg", szLimit="1"),
            advanced(state="live", count="1"),
        ],
        frozen={"USDT": "65.31495"},
    ),
    Case(
        facts=[140],
        promise="An iceberg that waits for a price is refused: it is not carried out.",
        ask=algo(
            "smart_iceberg",
            "buy",
            triggerParams=[{"triggerAction": "start", "triggerStrategy": "price", "triggerPx": "60000"}],
            **ICEBERG,
        ),
        code="51000",
    ),
    *(
        Case(
            facts=[141],
            promise=f"A {kind} is not amended.",
            before=[algo(kind, "buy", **{**args, "algoClOrdId": "work"})],
            ask=amend_algo(algoClOrdId="work", newSz="2"),
            code="51506",
            channels=["orders-algo"],
        )
        for kind, args in (
            ("move_order_stop", {"callbackSpread": "500"}),
            ("smart_iceberg", ICEBERG),
            ("twap", {**TWAP, "pxLimit": "1"}),
        )
    ),
    *(
        Case(
            facts=[142],
            promise=f"{name} 0 takes that side away, and the other stays.",
            before=[
                algo("oco", tpTriggerPx="66000", tpOrdPx="-1", slTriggerPx="64000", slOrdPx="-1", algoClOrdId="two")
            ],
            ask=amend_algo(algoClOrdId="two", **{name: "0"}),
            pushes=[told(state="live", **left)],
        )
        for name, left in (
            ("newTpTriggerPx", {"tpTriggerPx": "", "tpOrdPx": "", "slTriggerPx": "64000", "slOrdPx": "-1"}),
            ("newTpOrdPx", {"tpTriggerPx": "", "tpOrdPx": "", "slTriggerPx": "64000"}),
            ("newSlTriggerPx", {"tpTriggerPx": "66000", "slTriggerPx": "", "slOrdPx": ""}),
        )
    ),
    Case(
        facts=[142],
        promise="The last side is not taken away.",
        before=[stop(algoClOrdId="one")],
        ask=amend_algo(algoClOrdId="one", newSlTriggerPx="0"),
        code="51531",
        reads=[(waiting("conditional"), [{"slTriggerPx": "64995"}])],
    ),
    Case(
        facts=[143, 144],
        promise="An amendment of one side leaves the other; the push has the request's id and its result.",
        before=[algo("oco", tpTriggerPx="66000", tpOrdPx="-1", slTriggerPx="64000", slOrdPx="-1", algoClOrdId="two")],
        ask=amend_algo(algoClOrdId="two", newSlTriggerPx="64500", reqId="r1"),
        row={"reqId": "r1", "algoClOrdId": "two"},
        pushes=[told(slTriggerPx="64500", tpTriggerPx="66000", reqId="r1", amendResult="0")],
    ),
    Case(
        facts=[145],
        promise="With cxlOnFail an order that cannot be amended is canceled.",
        before=[stop(algoClOrdId="one")],
        ask=amend_algo(algoClOrdId="one", newSlTriggerPx="66000", cxlOnFail=True),
        code="51280",
        pushes=[told(state="canceled", slTriggerPx="64995")],
        reads=[(waiting("conditional"), [])],
    ),
    Case(
        facts=[146],
        promise="One that is canceled is not canceled again.",
        before=[stop(algoClOrdId="one"), cancel_algo(algoClOrdId="one")],
        ask=cancel_algo(algoClOrdId="one"),
        code="51400",
    ),
    Case(
        facts=[146],
        promise="One that has fired is not canceled.",
        before=opened(stop(algoClOrdId="one"), DOWN),
        ask=cancel_algo(algoClOrdId="one"),
        code="51400",
    ),
    *(
        Case(
            facts=[147],
            promise=f"More than {most} of {kind} do not wait.",
            before=[algo(kind, "buy", **args)] * most,
            ask=algo(kind, "buy", **args),
            code=code,
        )
        for kind, most, code, args in (
            ("conditional", 100, "51261", {"slTriggerPx": "70000", "slOrdPx": "-1"}),
            ("move_order_stop", 50, "51260", {"callbackSpread": "5000"}),
            ("twap", 20, "51263", {**TWAP, "pxLimit": "1"}),
        )
    ),
    Case(
        facts=[14],
        promise="A reduce-only algo order in net mode is accepted, unless the rules are read otherwise.",
        ask=stop(reduceOnly=True),
        pushes=[told(state="live", reduceOnly="true")],
    ),
    Case(
        facts=[14],
        promise="A reduce-only algo order in net mode is refused where the rules are read so.",
        ask=stop(reduceOnly=True),
        code="51205",
        rules=PaperRules(reduce_only_algo_in_net_mode="refuse"),
    ),
)

UNCERTAIN = {
    132: "the range of an instrument's callback ratio is not told; here it is from 0.001 up to 1",
    139: "the ranges of szLimit and timeInterval are not told; here they end at the size and begin at a second",
    116: "the page names codes for the trigger price of plain trigger orders, but not which direction is wrong",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_algo_orders(case: Case, exchange: PaperExchange) -> None:
    """What OKX does with an algo order."""
    check(case, exchange)


@keeps(117)
def test_a_trigger_places_a_chase(exchange: PaperExchange) -> None:
    """The chase is an algo order of its own, whose id the trigger has in `subAlgoIdList`; it is in the book."""
    chase = {"chaseType": "distance", "chaseVal": "10"}
    with Scene(exchange, ("orders", "orders-algo")) as scene:
        trigger(orderPx="", advanceOrdType="chase", advChaseParams=[chase], algoClOrdId="run").play(scene)
        UP.play(scene)
        (fired,) = scene.send(get("trade/order-algo", algoClOrdId="run")).rows
        (chasing,) = scene.send(waiting("chase")).rows
        assert (fired["state"], fired["ordIdList"]) == ("effective", [])
        assert fired["subAlgoIdList"] == [chasing["algoId"]]
        (order,) = scene.send(get("trade/orders-pending")).rows
        assert (order["algoId"], order["px"], order["ordType"]) == (chasing["algoId"], "64980", "post_only")


@keeps(135)
def test_the_order_of_a_chase_is_not_amended(exchange: PaperExchange) -> None:
    """It follows the market by itself."""
    with Scene(exchange) as scene:
        algo("chase", "buy").play(scene)
        (order,) = scene.send(get("trade/orders-pending")).rows
        answer = scene.send(amend(SWAP, ordId=order["ordId"], newSz="2"))
        assert answer.verdict == "51506"
