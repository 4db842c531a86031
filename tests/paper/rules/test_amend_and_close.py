"""Amending, canceling and closing, the dead man's switch, mass cancellation (facts 66 to 98)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.algo_forms import algo, amend_algo, stop
from tests.paper.rules.case import Ask, Case, Change, Fill, Move, Wait, keeps
from tests.paper.rules.okx_forms import LONG_SHORT, SPOT, SWAP, amend, batch, cancel, get, place, post, pushed
from tests.paper.rules.scene import Scene, check
from tests.paper.rules.stage import quiet_exchange
from tests.paper.wire_client import RestClient

RESTING = place(SPOT, px="60000", sz="0.5", clOrdId="a")
ON_SWAP = place(SWAP, px="60000", sz="1", clOrdId="a")
LONG = place(SWAP, sz="3", clOrdId="open")
CLOSER = place(SWAP, "sell", px="66000", sz="3", reduceOnly=True, clOrdId="closer")
BETTER = place(SWAP, "sell", px="65900", sz="2", reduceOnly=True, clOrdId="better")
NO_CLOSE = {"instId": SWAP, "mgnMode": "cross"}
PRECHECK = place(SWAP, px="60000", sz="1").body
TWAP = algo("twap", "buy", pxVar="0.01", szLimit="1", pxLimit="1", timeInterval="5", algoClOrdId="slow")
PROFIT = stop(leg="tp", px="65500", order_px="66500", sz="3", reduceOnly=True, algoClOrdId="profit")
OPTIONS = {"instType": "OPTION", "instFamily": "BTC-USD"}

AMENDMENTS = (
    Case(
        facts=[66],
        promise="An amendment is taken in; that it was done is told by the push.",
        before=[RESTING],
        ask=amend(SPOT, clOrdId="a", newPx="61000", reqId="r1"),
        row={"sCode": "0", "clOrdId": "a", "reqId": "r1"},
        pushes=[pushed(clOrdId="a", px="61000", state="live", amendResult="0", reqId="r1", amendSource="1")],
        frozen={"USDT": "30500"},
    ),
    Case(
        facts=[67],
        promise="The new size is the whole of it, with what is filled.",
        before=[RESTING, Fill("a", "0.2")],
        ask=amend(SPOT, clOrdId="a", newSz="0.3"),
        pushes=[pushed(sz="0.3", accFillSz="0.2", state="partially_filled", amendResult="0")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[68],
        promise="An order amended down to what it has got is filled.",
        before=[RESTING, Fill("a", "0.2")],
        ask=amend(SPOT, clOrdId="a", newSz="0.1"),
        pushes=[pushed(sz="0.2", accFillSz="0.2", state="filled", amendResult="0")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[69],
        promise="An amendment of nothing is refused.",
        before=[RESTING],
        ask=amend(SPOT, clOrdId="a"),
        code="51500",
    ),
    Case(
        facts=[70],
        promise="An amendment off the lot is refused, and the order stays.",
        before=[ON_SWAP],
        ask=amend(SWAP, clOrdId="a", newSz="1.005"),
        code="51121",
    ),
    Case(
        facts=[70],
        promise="With cxlOnFail an amendment off the lot cancels the order.",
        before=[ON_SWAP],
        ask=amend(SWAP, clOrdId="a", newSz="1.005", cxlOnFail=True, reqId="r2"),
        code="51121",
        row={"clOrdId": "a", "reqId": "r2"},
        pushes=[pushed(clOrdId="a", state="canceled", amendResult="", code="51121", reqId="r2", sz="1")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[71],
        promise="A price beyond the limit is refused, and the order stays.",
        before=[ON_SWAP],
        ask=amend(SWAP, clOrdId="a", newPx="69000"),
        code="51006",
    ),
    Case(
        facts=[71],
        promise="With cxlOnFail a price beyond the limit cancels the order.",
        before=[ON_SWAP],
        ask=amend(SWAP, clOrdId="a", newPx="69000", cxlOnFail=True, ws=True),
        code="51006",
        pushes=[pushed(clOrdId="a", state="canceled", amendResult="", code="51006", px="60000")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[72],
        promise="With pxAmendType 1 the price is moved to the limit.",
        before=[ON_SWAP],
        ask=amend(SWAP, clOrdId="a", newPx="69000", pxAmendType="1"),
        pushes=[pushed(px="68250", state="live", amendResult="0"), pushed(px="68250", fillPx="65010", state="filled")],
        cash={"USDT": "-0.32505"},
        frozen={"USDT": "0"},
        positions={SWAP: "1"},
    ),
    Case(
        facts=[72],
        promise="A price inside the limits is not moved, and another pxAmendType is refused.",
        before=[ON_SWAP, amend(SWAP, clOrdId="a", newPx="60000", pxAmendType="2", code="51000")],
        ask=amend(SWAP, clOrdId="a", newPx="61000", pxAmendType="1"),
        pushes=[pushed(px="61000", state="live", amendResult="0")],
        frozen={"USDT": "61.305"},
    ),
    Case(
        facts=[73],
        promise="An amendment that the money does not reach for fails after it was taken in.",
        before=[RESTING],
        ask=amend(SPOT, clOrdId="a", newSz="5"),
        pushes=[pushed(sz="0.5", state="live", amendResult="-1", code="51008")],
    ),
    Case(
        facts=[73],
        promise="With cxlOnFail the order is canceled then.",
        before=[RESTING],
        ask=amend(SPOT, clOrdId="a", newSz="5", cxlOnFail=True),
        pushes=[pushed(state="canceled", amendResult="1", code="51008")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[74],
        promise="A post-only order that is amended into the market is canceled.",
        before=[place(SPOT, px="60000", sz="0.5", clOrdId="a", ordType="post_only")],
        ask=amend(SPOT, clOrdId="a", newPx="66000"),
        pushes=[pushed(state="canceled", cancelSource="31", amendResult="0")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[75],
        promise="A TWAP order cannot be amended.",
        before=[TWAP],
        ask=amend_algo(algoClOrdId="slow", newSz="2"),
        code="51506",
    ),
    Case(
        facts=[76],
        promise="An order that is gone cannot be amended.",
        before=[RESTING, cancel(SPOT, clOrdId="a")],
        ask=amend(SPOT, clOrdId="a", newSz="1", cxlOnFail=True),
        code="51503",
        row={"sMsg": "Your order has already been filled or canceled."},
    ),
    Case(
        facts=[79],
        promise="A reduce-only order cannot be amended above the position.",
        before=[LONG, CLOSER],
        ask=amend(SWAP, clOrdId="closer", newSz="5"),
        code="51171",
    ),
    Case(
        facts=[79],
        promise="Nor above what orders of a better price leave of it.",
        before=[LONG, CLOSER, amend(SWAP, clOrdId="closer", newSz="1"), BETTER],
        ask=amend(SWAP, clOrdId="closer", newSz="2"),
        code="51171",
    ),
    Case(
        facts=[79],
        promise="An order of a worse price gives way to one that is amended.",
        before=[LONG, CLOSER, amend(SWAP, clOrdId="closer", newSz="1"), BETTER],
        ask=amend(SWAP, clOrdId="better", newSz="3"),
        pushes=[
            pushed(clOrdId="better", sz="3", amendResult="0"),
            pushed(clOrdId="closer", state="canceled", cancelSource="23"),
        ],
    ),
    Case(
        facts=[79],
        promise="In long/short mode closing orders fit the position together, amended or not.",
        before=[
            LONG_SHORT,
            place(SWAP, sz="3", posSide="long"),
            place(SWAP, "sell", px="66000", sz="1", posSide="long", clOrdId="a"),
            place(SWAP, "sell", px="66100", sz="2", posSide="long", clOrdId="b"),
        ],
        ask=amend(SWAP, clOrdId="a", newSz="2"),
        code="51112",
    ),
)
CANCELLATIONS = (
    Case(
        facts=[81],
        promise="A cancellation is taken in; the push tells that the order is canceled.",
        before=[RESTING],
        ask=cancel(SPOT, clOrdId="a"),
        row={"sCode": "0", "clOrdId": "a"},
        pushes=[pushed(clOrdId="a", state="canceled", cancelSource="1")],
        frozen={"USDT": "0"},
    ),
    Case(
        facts=[82],
        promise="An order that is gone cannot be canceled.",
        before=[RESTING, cancel(SPOT, clOrdId="a")],
        ask=cancel(SPOT, clOrdId="a"),
        code="51400",
        row={"sMsg": "Order cancellation failed as the order has been filled, canceled or does not exist."},
    ),
    Case(facts=[83], promise="A cancellation names the order.", ask=cancel(SPOT), code="51003"),
    Case(
        facts=[91],
        promise="A time of 0 disarms the switch.",
        before=[RESTING, post("trade/cancel-all-after", timeOut="10")],
        ask=post("trade/cancel-all-after", timeOut="0"),
        row={"triggerTime": "0"},
        after=[Wait(11)],
    ),
    Case(
        facts=[92],
        promise="A time below ten seconds is refused.",
        ask=post("trade/cancel-all-after", timeOut="5"),
        code="51000",
        status=400,
    ),
    Case(
        facts=[96],
        promise="A mass cancellation needs options in portfolio margin.",
        ask=post("trade/mass-cancel", **OPTIONS),
        code="51010",
    ),
    Case(
        facts=[96],
        promise="It locks for ten seconds at most.",
        ask=post("trade/mass-cancel", **OPTIONS, lockInterval="10001"),
        code="51000",
        status=400,
    ),
    Case(
        facts=[97],
        promise="An order is not checked before, in futures mode.",
        ask=post("trade/order-precheck", **PRECHECK),
        code="51010",
    ),
    Case(
        facts=[98],
        promise="A batch of more than twenty orders is refused as a whole.",
        ask=batch(*[place(SPOT, px="60000", sz="0.01")] * 21),
        code="51111",
    ),
    Case(
        facts=[98],
        promise="No more than ten algo orders are canceled at a time.",
        ask=Ask("POST", "trade/cancel-algos", [{"instId": SWAP, "algoClOrdId": "x"}] * 11),
        code="51111",
    ),
)
CLOSINGS = (
    Case(
        facts=[85],
        promise="Orders that wait to close are in the way of closing the position.",
        before=[LONG, CLOSER],
        ask=post("trade/close-position", **NO_CLOSE),
        code="51115",
        status=429,
    ),
    Case(
        facts=[86],
        promise="With autoCxl they are canceled first.",
        before=[LONG, CLOSER],
        ask=post("trade/close-position", **NO_CLOSE, autoCxl=True, clOrdId="end"),
        row={"instId": SWAP, "posSide": "net", "clOrdId": "end"},
        pushes=[
            pushed(clOrdId="closer", state="canceled", cancelSource="17"),
            pushed(clOrdId="end", state="live", ordType="market", sz="3"),
            pushed(clOrdId="end", state="filled", fillPx="64990", fillPnl="-0.6"),
        ],
        cash={"USDT": "-1.57485"},
        positions={},
    ),
    Case(
        facts=[86],
        promise="The order that closes has a client id of its own.",
        before=[LONG, place(SPOT, px="60000", sz="0.1", clOrdId="a")],
        ask=post("trade/close-position", **NO_CLOSE, clOrdId="a"),
        code="51016",
    ),
    Case(
        facts=[87],
        promise="In long/short mode the side is told.",
        before=[LONG_SHORT, place(SWAP, sz="3", posSide="long")],
        ask=post("trade/close-position", **NO_CLOSE),
        code="51000",
        status=400,
    ),
    Case(
        facts=[88],
        promise="Without a position there is nothing to close.",
        ask=post("trade/close-position", **NO_CLOSE),
        code="51023",
    ),
    Case(
        facts=[89],
        promise="A position that no market order may have is not closed.",
        before=[LONG, Change(SWAP, {"maxMktSz": "2"})],
        ask=post("trade/close-position", **NO_CLOSE),
        code="51108",
    ),
    Case(
        facts=[90],
        promise="An order that was to close is canceled when the position is gone.",
        before=[LONG, CLOSER],
        ask=place(SWAP, "sell", sz="3", clOrdId="end"),
        pushes=[
            pushed(clOrdId="end", state="live"),
            pushed(clOrdId="end", state="filled"),
            pushed(clOrdId="closer", state="canceled", cancelSource="17"),
        ],
        cash={"USDT": "-1.57485"},
        positions={},
    ),
    Case(
        facts=[90],
        promise="So is the order of a take profit, with a source of its own.",
        before=[LONG, PROFIT, Move(SWAP, "65600")],
        ask=place(SWAP, "sell", sz="3", clOrdId="end"),
        pushes=[
            pushed(clOrdId="end", state="live"),
            pushed(clOrdId="end", state="filled"),
            pushed(algoClOrdId="profit", state="canceled", cancelSource="21"),
        ],
        cash={"USDT": "16.41615"},
        positions={},
    ),
)
CASES = AMENDMENTS + CANCELLATIONS + CLOSINGS

UNCERTAIN = {80: "that an amendment to a smaller size keeps the place in the queue is on no page; it does here"}
LEFT_OUT = {78: "amendments are carried out at once, so that never more than one of an order is under way"}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_amend_and_close(case: Case, exchange: PaperExchange) -> None:
    """What OKX does when an order is changed or canceled, or a position closed."""
    check(case, exchange)


@keeps(77)
@pytest.mark.parametrize("ws", [False, True], ids=["rest", "stream"])
def test_an_order_is_amended_once_in_a_batch(ws: bool, exchange: PaperExchange) -> None:
    """The repetition is refused, whichever id names the order; the first amendment is done."""
    with Scene(exchange) as scene:
        order = scene.send(RESTING).rows[0]["ordId"]
        scene.pushes()
        changes = [
            {"instId": SPOT, "clOrdId": "a", "newPx": "61000"},
            {"instId": SPOT, "ordId": order, "newPx": "62000"},
        ]
        answer = scene.send(Ask("POST", "trade/amend-batch-orders", changes, ws=ws))
        assert (answer.code, [row["sCode"] for row in answer.rows]) == ("2", ["0", "51512"])
        assert [push.fields["px"] for push in scene.pushes()] == ["61000"]


@keeps(84)
def test_the_exchanges_id_counts_before_ones_own(exchange: PaperExchange) -> None:
    """With two ids of two orders, cancel and amend take the one of `ordId`."""
    with Scene(exchange) as scene:
        first, second = (scene.send(place(SPOT, px="60000", sz="0.1", clOrdId=name)).rows[0]["ordId"] for name in "ab")
        assert scene.send(amend(SPOT, ordId=first, clOrdId="b", newPx="61000")).rows[0]["clOrdId"] == "a"
        assert scene.send(cancel(SPOT, ordId=second, clOrdId="a")).rows[0]["clOrdId"] == "b"
        left = scene.send(get("trade/orders-pending")).rows
        assert [(row["clOrdId"], row["px"]) for row in left] == [("a", "61000")]


@keeps(91, 93)
def test_the_switch_cancels_what_is_in_the_book(exchange: PaperExchange) -> None:
    """The answer tells when; of a tag only its orders go; algo orders wait on."""
    with Scene(exchange, ("orders", "orders-algo")) as scene:
        for name, tag in (("a", "bot"), ("b", "")):
            scene.send(place(SPOT, px="60000", sz="0.1", clOrdId=name, tag=tag))
        scene.send(LONG)
        scene.send(PROFIT)
        scene.pushes()
        row = scene.send(post("trade/cancel-all-after", timeOut="10", tag="bot")).rows[0]
        assert (int(row["triggerTime"]) - int(row["ts"]), row["tag"]) == (10_000, "bot")
        scene.advance(10.5)
        assert _canceled(scene) == [("a", "20")]
        scene.send(post("trade/cancel-all-after", timeOut="10"))
        scene.advance(10.5)
        assert _canceled(scene) == [("b", "20")]


def _canceled(scene: Scene) -> list[tuple[str, str]]:
    return [(push.fields["clOrdId"], push.fields["cancelSource"]) for push in scene.pushes()]


@keeps(94)
def test_twenty_tags_have_a_switch(exchange: PaperExchange) -> None:
    """One more is refused, until another was disarmed or has fired; one that is armed may be set anew."""
    with Scene(exchange) as scene:
        arm = [post("trade/cancel-all-after", timeOut="10", tag=f"bot{number}") for number in range(21)]
        assert {scene.send(one).code for one in arm[:20]} == {"0"}
        assert scene.send(arm[20]).code == "51071"
        assert scene.send(arm[0]).code == "0"
        assert scene.send(post("trade/cancel-all-after", timeOut="10")).code == "0"
        assert scene.send(post("trade/cancel-all-after", timeOut="0", tag="bot1")).code == "0"
        assert scene.send(arm[20]).code == "0"
        assert scene.send(arm[1]).code == "51071"
        scene.advance(11)
        assert scene.send(arm[1]).code == "0"


@keeps(95)
def test_a_switch_is_set_once_a_second() -> None:
    """Of each tag; more is refused where limits are enforced."""
    with quiet_exchange(limits=True) as paper, RestClient(paper) as rest:
        asked = [("a", "0"), ("b", "0"), ("a", "50011")]
        for tag, code in asked:
            assert rest.post("trade/cancel-all-after", {"timeOut": "10", "tag": tag}).json()["code"] == code
        paper.clock.advance(1.1)
        assert rest.post("trade/cancel-all-after", {"timeOut": "10", "tag": "a"}).json()["code"] == "0"


@keeps(96)
def test_mass_cancel_over_the_stream(exchange: PaperExchange) -> None:
    """It is refused there, too: an order in the book stays."""
    with Scene(exchange) as scene:
        scene.send(RESTING)
        scene.pushes()
        assert scene.operate("mass-cancel", OPTIONS).code == "51010"
        assert scene.pushes() == []
