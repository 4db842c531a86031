"""The life of attached orders, over many parents at once: none is lost, none comes twice, and the books stay equal."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.records import VenueOrder
from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue

PAIR = {"tpTriggerPx": "70000", "tpOrdPx": "-1", "slTriggerPx": "60000", "slOrdPx": "-1"}


def algos_of(scene: FrozenVenue) -> list[VenueAlgoOrder]:
    """All of alice's algo orders, waiting and done."""
    algos = scene.venue.algos
    return [*algos.of(scene.alice, done=False), *algos.of(scene.alice, done=True)]


def parent(scene: FrozenVenue, *attached: dict[str, str], **args: Any) -> VenueOrder:
    """An order for three contracts at 64000, which waits."""
    wanted = {"px": "64000", "sz": "3", **args}
    ack = scene.order(scene.alice, SWAP, attachAlgoOrds=list(attached), **wanted)
    assert ack.ok, ack
    return scene.alice.by_id[int(ack.ordId)]


def churn(scene: FrozenVenue, chance: random.Random, order: VenueOrder) -> None:
    """Do something to an order that waits: fill it wholly or partly, cancel it, move it, or leave it."""
    about = {"instId": order.instrument.instId, "ordId": order.ordId}
    what = chance.choice(["fill", "part", "cancel", "amend", "leave"])
    if what == "fill":
        scene.venue.fill(ordId=order.ordId)
    elif what == "part" and order.left > 1:
        scene.venue.fill(ordId=order.ordId, sz=order.instrument.sz(chance.randint(1, order.left - 1)))
    elif what == "cancel":
        scene.venue.cancel(scene.alice, about)
    elif what == "amend":
        scene.venue.amend(scene.alice, {**about, "newPx": str(chance.randint(62000, 64500))})


@pytest.mark.parametrize("seed", range(5))
def test_each_filled_parent_brings_its_order_once(seed: int) -> None:
    """Whatever is filled, wholly or partly, canceled, amended and fired, in whatever order."""
    scene, chance = FrozenVenue(), random.Random(seed)
    parents: dict[str, VenueOrder] = {}
    for number in range(60):
        name, inst_id = f"a{number}", chance.choice([SPOT, SWAP])
        wanted = {"px": str(chance.randint(63000, 64500)), "sz": "0.01" if inst_id == SPOT else "3"}
        ack = scene.order(scene.alice, inst_id, attachAlgoOrds=[{**PAIR, "attachAlgoClOrdId": name}], **wanted)
        assert ack.ok, ack
        parents[name] = scene.alice.by_id[int(ack.ordId)]
        for order in chance.sample(list(parents.values()), min(3, len(parents))):
            if not order.is_done:
                churn(scene, chance, order)
        if chance.random() < 0.05:
            scene.venue.trade_at(SWAP, str(chance.choice([59900, 65000, 70100])))
        scene.venue.trade_at(SPOT, "65000")
        scene.venue.trade_at(SWAP, "65000")
    born = sorted(algo.algoClOrdId for algo in algos_of(scene))
    assert born == sorted(name for name, order in parents.items() if order.is_done and order.filled)
    for algo in algos_of(scene):
        order = parents[algo.algoClOrdId]
        assert (algo.ordType, algo.side, algo.instrument) == ("oco", "sell", order.instrument)
        assert algo.sz == order.instrument.sz(order.filled)
    assert scene.money_is_conserved()


def test_a_refused_parent_leaves_nothing() -> None:
    """What was to be attached to an order that is refused is forgotten, and its client id is free."""
    scene = FrozenVenue()
    request = {"attachAlgoOrds": [{**PAIR, "attachAlgoClOrdId": "one"}], "px": "64000"}
    assert scene.order(scene.alice, SWAP, sz="20000", **request).sCode == "51008"
    assert scene.venue.engine.parents == {}
    assert scene.order(scene.alice, SWAP, sz="1", **request).ok
    assert scene.order(scene.bob, SWAP, sz="1", **request).ok


def test_all_profits_taken_end_the_stop() -> None:
    """The stop loss guards what is left after each profit; after the last one it is canceled."""
    scene = FrozenVenue()
    stop = {"slTriggerPx": "60000", "slOrdPx": "-1"}
    profits = [{"tpTriggerPx": px, "tpOrdPx": "-1", "sz": sz} for px, sz in (("66000", "1"), ("67000", "2"))]
    order = parent(scene, *profits, stop)
    scene.venue.fill(ordId=order.ordId)
    (loss,) = [algo for algo in algos_of(scene) if algo.given["slTriggerPx"]]
    assert (loss.state, loss.sz) == ("live", Decimal(3))
    scene.venue.trade_at(SWAP, "66100")
    assert (loss.state, loss.sz) == ("live", Decimal(2))
    scene.venue.trade_at(SWAP, "67100")
    assert loss.state == "canceled"
    assert [position.lots for position in scene.alice.positions.values()] == [0]


def test_a_fired_stop_ends_the_profits() -> None:
    """The take profits of one parent go with its stop loss."""
    scene = FrozenVenue()
    profits = [{"tpTriggerPx": px, "tpOrdPx": "-1", "sz": sz} for px, sz in (("66000", "1"), ("67000", "2"))]
    order = parent(scene, *profits, {"slTriggerPx": "62000", "slOrdPx": "-1"})
    scene.venue.fill(ordId=order.ordId)
    scene.venue.trade_at(SWAP, "61900")
    assert sorted(algo.state for algo in algos_of(scene)) == ["canceled", "canceled", "effective"]
    assert [position.lots for position in scene.alice.positions.values()] == [0]


def test_a_stop_that_the_market_has_passed_fires_at_once() -> None:
    """The price may have run through it before the parent was filled: it begins, and closes what was opened."""
    scene = FrozenVenue()
    order = parent(scene, {"slTriggerPx": "63500", "slOrdPx": "-1"}, px="64000")
    scene.venue.trade_at(SWAP, "63000")
    assert order.state == "filled"
    (algo,) = algos_of(scene)
    assert (algo.state, algo.orders[0].state) == ("effective", "filled")


def test_a_limit_order_that_cannot_be_placed_is_told_of_on_the_parent() -> None:
    """`failCode` and `failReason` of the attached order say why there is none."""
    scene = FrozenVenue()
    far = {"tpOrdKind": "limit", "tpOrdPx": "500000", "slTriggerPx": "60000", "slOrdPx": "-1"}
    order = parent(scene, far)
    scene.venue.change_instrument(SWAP, maxLmtSz=Decimal("1"))
    scene.venue.fill(ordId=order.ordId)
    row = scene.venue.order_row(scene.alice, ordId=order.ordId)
    assert row is not None
    assert (row["attachAlgoOrds"][0]["failCode"], [algo.state for algo in algos_of(scene)]) == ("51005", ["live"])
