"""Trailing stops, icebergs, TWAP and chase orders: what they do to the book, step by step, and what they tell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.paper.venue.algo_orders import TrailingTrigger
from okx_sync.paper.venue.events import AdvancedAlgoChanged, AlgoChanged
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import COMMON
from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue


def place(scene: FrozenVenue, kind: str, **args: str) -> OrderAck:
    """Place an algo order for alice."""
    return scene.algo(scene.alice, kind, **args)


def row_of(scene: FrozenVenue, ack: OrderAck) -> Row:
    """The algo order as REST shows it."""
    row = scene.venue.algo_row(scene.alice, {"algoId": ack.algoId})
    assert row is not None
    return row


def children(scene: FrozenVenue, ack: OrderAck) -> list[Any]:
    """The open orders that an algo order has placed."""
    return [order for order in scene.alice.orders.values() if order.algoId == ack.algoId]


def pass_time(scene: FrozenVenue, seconds: float) -> None:
    """Let paper time pass and the market catch up."""
    scene.clock.advance(seconds)
    scene.venue.step()


# -- trailing stops ------------------------------------------------------------------------------------


def test_a_trailing_sell_follows_the_highest_price_and_fires_below_it() -> None:
    """The trigger rises with the price, never falls, and sells at the market once the price came back by the ratio."""
    scene = FrozenVenue()
    ack = place(scene, "move_order_stop", callbackRatio="0.01")
    for px, trigger in (("66000", "65340"), ("68000", "67320"), ("67400", "67320")):
        scene.venue.trade_at(SWAP, px)
        assert (row_of(scene, ack)["state"], row_of(scene, ack)["moveTriggerPx"]) == ("live", trigger)
    scene.venue.trade_at(SWAP, "67300")
    row = row_of(scene, ack)
    assert (row["state"], row["actualSz"], row["callbackRatio"]) == ("effective", "1", "0.01")
    order = scene.venue.order_row(scene.alice, ordId=row["ordId"])
    assert order is not None
    assert (order["side"], order["ordType"], order["state"]) == ("sell", "market", "filled")
    assert order["algoId"] == ack.algoId
    told = [event.row["moveTriggerPx"] for event in scene.taken(AdvancedAlgoChanged)]
    assert told[0] == ""
    assert told[-3:] == ["65340", "67320", "67320"]
    assert scene.taken(AlgoChanged) == []


def test_a_trailing_buy_waits_for_its_activation() -> None:
    """Nothing is followed before ``activePx`` was reached; then the lowest price counts, a rise of the spread buys."""
    scene = FrozenVenue()
    ack = place(scene, "move_order_stop", side="buy", callbackSpread="500", activePx="64000")
    for px, trigger in (("64500", ""), ("65500", ""), ("63900", "64400"), ("63000", "63500"), ("63400", "63500")):
        scene.venue.trade_at(SWAP, px)
        assert (row_of(scene, ack)["state"], row_of(scene, ack)["moveTriggerPx"]) == ("live", trigger)
    scene.venue.trade_at(SWAP, "63500")
    assert row_of(scene, ack)["state"] == "effective"
    assert row_of(scene, ack)["triggerTime"] == str(scene.clock.now_ms())


@given(
    st.booleans(),
    st.lists(st.decimals("1", "100000", places=1), min_size=1, max_size=30),
    st.decimals("0.001", "0.5", places=3),
)
def test_the_trigger_is_always_the_extreme_less_the_distance(buys: bool, prices: list[Decimal], ratio: Decimal) -> None:
    """Whatever the prices: as if computed from the whole history at once."""
    trail = TrailingTrigger(buys, ratio, None, None)
    for price in prices:
        trail.follow(price)
    expected = min(prices) * (1 + ratio) if buys else max(prices) * (1 - ratio)
    assert trail.px == expected
    assert trail.is_met(prices[-1]) == (prices[-1] >= expected if buys else prices[-1] <= expected)


def test_a_trailing_stop_can_be_amended_and_cancelled() -> None:
    """A new distance counts from the extreme that was seen, and ratio and spread replace each other, where one can."""
    scene = FrozenVenue()
    ack = scene.algo(scene.alice, "move_order_stop", callbackRatio="0.01", algoClOrdId="trail1", rules=COMMON)
    scene.venue.trade_at(SWAP, "70000")
    scene.venue.trade_at(SWAP, "69800")
    change = {"instId": SWAP, "algoClOrdId": "trail1", "newCallbackSpread": "1000", "newSz": "2"}
    assert scene.venue.amend_algo(scene.bob, change).sCode == "51503"
    assert scene.venue.amend_algo(scene.alice, change).ok
    row = row_of(scene, ack)
    assert (row["moveTriggerPx"], row["callbackRatio"], row["callbackSpread"], row["sz"]) == ("69000", "", "1000", "2")
    wrong = {**change, "newCallbackSpread": "-1"}
    assert scene.venue.amend_algo(scene.alice, wrong).sCode == "51000"
    assert scene.venue.cancel_algo(scene.alice, {"algoClOrdId": "trail1"}).ok
    scene.venue.trade_at(SWAP, "60000")
    assert (row_of(scene, ack)["state"], row_of(scene, ack)["ordId"]) == ("canceled", "")
    assert [event.row["state"] for event in scene.taken(AdvancedAlgoChanged)][-1] == "canceled"


# -- icebergs, TWAP, chase -----------------------------------------------------------------------------


def iceberg(scene: FrozenVenue, **args: str) -> OrderAck:
    """Place an iceberg for alice: three contracts in three parts at the best price, unless told otherwise."""
    wanted = {"sz": "3", "szLimit": "1", "lmtOrderNumber": "3", "aggressiveness": "conservative", **args}
    return place(scene, "smart_iceberg", **wanted)


def test_an_iceberg_shows_one_small_order_at_a_time() -> None:
    """Each part is placed at the best price when the one before was filled, until all of it is done."""
    scene = FrozenVenue()
    bid = scene.best(SWAP)[1]
    ack = iceberg(scene, side="buy")
    for number in (1, 2, 3):
        (child,) = children(scene, ack)
        assert (str(child.sz), child.ordType, child.source) == ("1", "limit", "13")
        assert child.instrument.px(child.px) == bid
        assert row_of(scene, ack)["actualSz"] == str(number - 1)
        scene.venue.fill(ordId=child.ordId)
        pass_time(scene, 1.1)
    row = row_of(scene, ack)
    assert (row["state"], row["actualSz"], len(row["ordIdList"])) == ("effective", "3", 3)
    assert (row["lmtOrderNumber"], row["aggressiveness"]) == ("3", "conservative")
    assert [event.row["count"] for event in scene.taken(AdvancedAlgoChanged)][-1] == "3"


def test_an_iceberg_stays_at_its_limit_and_follows_the_market() -> None:
    """No order is better than ``pxLimit``; one that the market has left is replaced."""
    scene = FrozenVenue()
    ack = iceberg(scene, side="buy", pxLimit="64000")
    (child,) = children(scene, ack)
    assert child.instrument.px(child.px) == 64000
    scene.venue.trade_at(SWAP, "66000")
    pass_time(scene, 1.1)
    assert children(scene, ack) == [child]
    far = iceberg(scene, side="sell")
    (before,) = children(scene, far)
    scene.venue.trade_at(SWAP, "65000")
    pass_time(scene, 1.1)
    pass_time(scene, 1.1)
    (after,) = children(scene, far)
    assert after.px < before.px
    assert before.state == "canceled"


def test_an_iceberg_is_as_eager_as_asked() -> None:
    """A ``radical`` one takes the other side, a ``mid`` one waits between both; a part is never below ``szLimit``."""
    scene = FrozenVenue()
    scene.venue.trade_at(SWAP, "65000")
    ask, bid = scene.best(SWAP)
    middle = iceberg(scene, side="buy", aggressiveness="mid", szLimit="2")
    (child,) = children(scene, middle)
    assert bid <= child.instrument.px(child.px) < ask
    assert str(child.sz) == "2"
    scene = FrozenVenue()
    eager = iceberg(scene, side="sell", aggressiveness="radical")
    scene.venue.step()
    assert row_of(scene, eager)["actualSz"] == "1"


def test_a_twap_takes_a_part_each_interval() -> None:
    """One order at once, then one per interval, none while the price is beyond the limit."""
    scene = FrozenVenue()
    limit = str(Decimal(scene.best(SWAP)[0]) + 100)
    ack = place(scene, "twap", side="buy", sz="3", szLimit="1", pxVar="0.01", pxLimit=limit, timeInterval="10")
    assert row_of(scene, ack)["actualSz"] == "1"
    pass_time(scene, 9)
    assert row_of(scene, ack)["actualSz"] == "1"
    pass_time(scene, 1.1)
    assert row_of(scene, ack)["actualSz"] == "2"
    scene.venue.trade_at(SWAP, Decimal(limit) + 500)
    pass_time(scene, 10.1)
    assert (row_of(scene, ack)["actualSz"], row_of(scene, ack)["state"]) == ("2", "live")
    scene.venue.trade_at(SWAP, Decimal(limit) - 500)
    pass_time(scene, 10.1)
    assert (row_of(scene, ack)["actualSz"], row_of(scene, ack)["state"]) == ("3", "live")
    scene.venue.step()
    pass_time(scene, 0.1)
    assert row_of(scene, ack)["state"] == "effective"


def test_a_chase_keeps_its_order_at_the_best_price() -> None:
    """The one order moves with the market and is done when filled; further away than allowed it is given up."""
    scene = FrozenVenue()
    most = {"maxChaseType": "distance", "maxChaseVal": "1000"}
    ack = place(scene, "chase", side="buy", chaseType="distance", chaseVal="5", **most)
    (child,) = children(scene, ack)
    assert (child.ordType, child.source) == ("post_only", "34")
    for px in ("65200", "65600"):
        scene.venue.trade_at(SWAP, px)
        pass_time(scene, 0.1)
        # The chase's own order is behind the best bid by the distance.
        assert scene.best(SWAP)[1] - child.instrument.px(child.px) == 5
        assert children(scene, ack) == [child]
    scene.venue.fill(ordId=child.ordId)
    pass_time(scene, 0.1)
    assert (row_of(scene, ack)["state"], row_of(scene, ack)["actualSz"]) == ("effective", "1")
    given_up = place(scene, "chase", side="buy", maxChaseType="ratio", maxChaseVal="0.01")
    (child,) = children(scene, given_up)
    scene.venue.trade_at(SWAP, "67000")
    pass_time(scene, 0.1)
    assert row_of(scene, given_up)["state"] == "canceled"
    assert children(scene, given_up) == []
    assert child.cancelSource == "42"
    assert [event.row["state"] for event in scene.taken(AlgoChanged)][-1] == "canceled"


def test_cancelling_takes_the_open_order_along() -> None:
    """A cancelled iceberg leaves nothing in the book, and what was filled stays filled."""
    scene = FrozenVenue()
    ack = iceberg(scene, side="buy")
    (child,) = children(scene, ack)
    assert scene.venue.cancel_algo(scene.alice, {"algoId": ack.algoId}).ok
    assert (child.state, row_of(scene, ack)["state"]) == ("canceled", "canceled")
    pass_time(scene, 5)
    assert children(scene, ack) == []


def test_an_order_that_cannot_be_paid_ends_it() -> None:
    """A part that is refused ends the order with the code of the refusal."""
    scene = FrozenVenue()
    ack = place(
        scene, "twap", instId=SPOT, tdMode="cash", sz="100", szLimit="100", pxVar="0.01", pxLimit="1", timeInterval="5"
    )
    assert (row_of(scene, ack)["state"], row_of(scene, ack)["failCode"]) == ("order_failed", "51008")


@pytest.mark.parametrize(
    ("kind", "args", "named"),
    [
        ("move_order_stop", {}, "callbackRatio"),
        ("move_order_stop", {"callbackRatio": "0.1", "callbackSpread": "5"}, "callbackRatio"),
        ("move_order_stop", {"callbackRatio": "0.1", "activePx": "-1"}, "activePx"),
        ("iceberg", {"pxVar": "0.1", "szLimit": "1", "pxLimit": "1"}, "ordType"),
        ("smart_iceberg", {"lmtOrderNumber": "1", "aggressiveness": "mid"}, "szLimit"),
        ("smart_iceberg", {"szLimit": "1", "aggressiveness": "mid"}, "lmtOrderNumber"),
        ("smart_iceberg", {"szLimit": "1", "lmtOrderNumber": "1.5", "aggressiveness": "mid"}, "lmtOrderNumber"),
        ("smart_iceberg", {"szLimit": "1", "lmtOrderNumber": "1"}, "aggressiveness"),
        ("smart_iceberg", {"szLimit": "2", "lmtOrderNumber": "1", "aggressiveness": "mid"}, "szLimit"),
        ("twap", {"pxVar": "0.1", "szLimit": "1", "pxLimit": "1"}, "timeInterval"),
        ("chase", {"chaseType": "x"}, "chaseType"),
        ("chase", {"chaseVal": "-1"}, "chaseVal"),
        ("chase", {"instId": SPOT}, "ordType"),
        ("chase", {"maxChaseVal": "1"}, "maxChaseType"),
    ],
)
def test_what_is_missing_is_named(kind: str, args: dict[str, str], named: str) -> None:
    """A request without what its kind needs is refused with 51000 and the parameter's name; nothing is kept of it."""
    scene = FrozenVenue()
    ack = place(scene, kind, **args)
    assert ack.sCode == "51000"
    assert named in ack.sMsg
    assert scene.venue.algo_rows(scene.alice) == []


def test_an_id_is_used_once() -> None:
    """A second algo order with the same algoClOrdId is refused, another account's is not."""
    scene = FrozenVenue()
    args = {"callbackRatio": "0.1", "algoClOrdId": "same"}
    assert place(scene, "move_order_stop", **args).ok
    assert place(scene, "move_order_stop", **args).sCode == "51065"
    assert scene.algo(scene.bob, "move_order_stop", **args).ok


@pytest.mark.parametrize("kind", ["smart_iceberg", "twap", "chase", "move_order_stop"])
def test_working_orders_cannot_be_amended(kind: str) -> None:
    """Only what waits for a price can be changed; the order that a chase has in the book cannot either."""
    scene = FrozenVenue()
    needed = {"pxVar": "0.01", "szLimit": "1", "pxLimit": "1", "timeInterval": "5", "callbackSpread": "9"}
    ack = place(scene, kind, side="buy", lmtOrderNumber="1", aggressiveness="mid", **needed)
    change = {"algoId": ack.algoId, "newSz": "2"}
    assert scene.venue.amend_algo(scene.alice, change).sCode == "51506"
    if kind == "chase":
        (child,) = children(scene, ack)
        request = {"instId": SWAP, "ordId": child.ordId, "newSz": "2"}
        assert scene.venue.amend(scene.alice, request).sCode == "51506"
