"""The life of an order, and what is pushed of it (facts 97 to 105)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import PRIVATE, BybitClient
from tests.paper.bybit_rules.forms import LINEAR_BTC, SWAP, cancel, get, open_orders, place, pushed
from tests.paper.bybit_rules.scene import Scene, check
from tests.paper.rules.case import Case, Fill, Push, keeps

RESTS = place(price="60000", qty="0.02", orderLinkId="rests")
SPOT_RESTS = place("spot", price="60000", orderLinkId="rests")
WAITS = place("spot", "Sell", triggerPrice="66000", orderFilter="StopOrder", orderLinkId="waits")
BY_USER = {"cancelType": "CancelByUser", "rejectReason": "EC_PerCancelRequest"}

LIFE = (
    Case(
        facts=[97],
        promise="An order is new, then filled in part, then wholly.",
        ask=RESTS,
        after=[Fill("rests", "1"), Fill("rests")],
        pushes=[
            pushed(orderStatus="New", leavesQty="0.02", rejectReason="EC_NoError"),
            pushed(orderStatus="PartiallyFilled", cumExecQty="0.01", leavesQty="0.01", avgPrice="60000"),
            pushed(orderStatus="Filled", cumExecQty="0.02", leavesQty="0"),
        ],
        cash={"USDT": "-0.24"},
        positions={"BTCUSDT": "0.02"},
    ),
    Case(
        facts=[98],
        promise="A contract order with fills that is cancelled is Cancelled.",
        before=[RESTS, Fill("rests", "1")],
        ask=cancel(orderLinkId="rests"),
        pushes=[pushed(orderStatus="Cancelled", cumExecQty="0.01", leavesQty="0", **BY_USER)],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[98, 99],
        promise="A spot order with fills has a word of its own.",
        before=[SPOT_RESTS, Fill("rests", "0.01")],
        ask=cancel("spot", orderLinkId="rests"),
        pushes=[pushed(orderStatus="PartiallyFilledCanceled", cumExecQty="0.01", **BY_USER)],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[98],
        promise="A spot order that was not triggered is Deactivated.",
        before=[WAITS],
        ask=cancel("spot", orderLinkId="waits", orderFilter="StopOrder"),
        pushes=[pushed(orderStatus="Deactivated", cancelType="CancelByUser")],
    ),
    Case(
        facts=[99],
        promise="The user's cancellation says so.",
        before=[SPOT_RESTS],
        ask=cancel("spot", orderLinkId="rests"),
        pushes=[pushed(orderStatus="Cancelled", **BY_USER)],
        frozen={"USDT": "0"},
    ),
    *(
        Case(
            facts=[101],
            promise=f"A position push follows {what}, without a change.",
            before=before,
            ask=ask,
            channels=["position"],
            pushes=[Push("position", {"symbol": "BTCUSDT", "size": "0", "side": ""})],
            frozen=frozen,
        )
        for what, before, ask, frozen in (
            ("a new order", [], RESTS, {"USDT": "120.6"}),
            ("a cancellation", [RESTS], cancel(orderLinkId="rests"), {"USDT": "0"}),
        )
    ),
)

LOOKING_UP = (
    *(
        Case(
            facts=[105],
            promise=f"An order that has ended is found by its id in {path} at once.",
            before=[RESTS, cancel(orderLinkId="rests")],
            ask=get(path, category="linear", orderLinkId="rests"),
            row={"orderStatus": "Cancelled", "orderLinkId": "rests"},
        )
        for path in ("order/realtime", "order/history")
    ),
    Case(
        facts=[105],
        promise="The closed ones of realtime come when they are asked for.",
        before=[RESTS, cancel(orderLinkId="rests")],
        ask=open_orders(openOnly="1"),
        rows=[{"orderStatus": "Cancelled"}],
        reads=[(open_orders(), [])],
    ),
)

CASES = (*LIFE, *LOOKING_UP)

UNCERTAIN = {
    100: "only a support answer says so: a spot market buy by value is PartiallyFilledCanceled when a rest is left",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pushes(case: Case, exchange: PaperExchange) -> None:
    """Each step of an order is told, with the words for how it ended."""
    check(case, exchange)


@keeps(102)
def test_a_fill_is_told_by_four_topics(exchange: PaperExchange) -> None:
    """Several fills of an order come in one message; executions and position have the same `seq`."""
    with Scene(exchange, ("order", "execution", "position", "wallet")) as scene:
        place(qty="1.5").play(scene)
        frames = scene.frames()
        by_topic = {frame["topic"]: frame["data"] for frame in frames}
        assert set(by_topic) == {"order", "execution", "position", "wallet"}
        assert [frame["topic"] for frame in frames].count("execution") == 1
        fills = by_topic["execution"]
        assert [(row["execQty"], row["execPrice"], row["leavesQty"]) for row in fills] == [
            ("1", "65010", "0.5"),
            ("0.5", "65020", "0"),
        ]
        assert {row["seq"] for row in fills} == {row["seq"] for row in by_topic["position"]}


@keeps(103)
def test_nothing_is_told_at_first(exchange: PaperExchange) -> None:
    """No topic begins with a snapshot; a profit on paper alone pushes no wallet."""
    with Scene(exchange, ()) as scene:
        place().play(scene)
        with BybitClient(exchange, PRIVATE, scene.names["own"]) as socket:
            assert socket.subscribe("order", "execution", "position", "wallet") == []
            exchange.clock.advance(1)
            assert socket.sync() == []
            exchange.trade_at(SWAP, "65500")
            exchange.clock.advance(1)
            assert [frame for frame in socket.sync() if frame["topic"] == "wallet"] == []


@keeps(104)
def test_plain_and_categorised_topics_do_not_mix(exchange: PaperExchange) -> None:
    """In one request; each alone is granted."""
    with Scene(exchange, ()) as scene, BybitClient(exchange, PRIVATE, scene.names["own"]) as socket:
        assert socket.ask("subscribe", "order", "order.linear")["success"] is False
        assert socket.ask("subscribe", "order")["success"] is True
        assert socket.ask("subscribe", "execution.linear", "position.linear")["success"] is True


@keeps(105)
def test_how_long_an_order_is_kept(exchange: PaperExchange) -> None:
    """History forgets after a day what ended without a fill."""
    with Scene(exchange, ()) as scene:
        for step in (place(), RESTS, cancel(orderLinkId="rests")):
            step.play(scene)
        history = get("order/history", **LINEAR_BTC)
        assert len(scene.send(history).rows) == 2
        scene.paper.run(_age, scene)
        assert [row["orderStatus"] for row in scene.send(history).rows] == ["Filled"]


def _age(scene: Scene) -> None:
    """Let the orders be older by a day."""
    for order in scene.account.by_id.values():
        order.uTime -= 86_400_001
