"""Amending what a trigger order will place: the stops that come along, and how its chase follows."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper.venue.order_acks import OrderAck
from tests.paper.venue.frozen_venue import SWAP, FrozenVenue

LOSS = {"slTriggerPx": "59000", "slOrdPx": "-1", "attachAlgoClOrdId": "loss"}
CHASE = {"chaseType": "distance", "chaseVal": "5", "maxChaseType": "distance", "maxChaseVal": "100"}


def trigger(scene: FrozenVenue, **args: Any) -> OrderAck:
    """A trigger order of alice's that buys at 60000 when 66000 is traded."""
    wanted = {"side": "buy", "triggerPx": "66000", "orderPx": "60000", "algoClOrdId": "one", **args}
    ack = scene.algo(scene.alice, "trigger", **wanted)
    assert ack.ok, ack
    return ack


def amend(scene: FrozenVenue, **changes: Any) -> str:
    """Amend it; the verdict."""
    return scene.venue.amend_algo(scene.alice, {"instId": SWAP, "algoClOrdId": "one", **changes}).sCode


def row_of(scene: FrozenVenue) -> Any:
    """It as REST shows it."""
    return scene.venue.algo_row(scene.alice, {"algoClOrdId": "one"})


def test_the_stop_of_a_trigger_order_is_amended() -> None:
    """By its place in the list; what is wrong is refused and changes nothing; a zero takes it away."""
    scene = FrozenVenue()
    trigger(scene, attachAlgoOrds=[LOSS])
    assert amend(scene, attachAlgoOrds=[{"newSlTriggerPx": "58000"}]) == "0"
    assert row_of(scene)["attachAlgoOrds"][0]["slTriggerPx"] == "58000"
    assert amend(scene, newTriggerPx="67000", attachAlgoOrds=[{"newSlTriggerPx": "61000"}]) == "51047"
    assert amend(scene, attachAlgoOrds=[{}, {"newSlTriggerPx": "57000"}]) == "51000"
    assert amend(scene, attachAlgoOrds=["58000"]) == "51000"
    assert (row_of(scene)["triggerPx"], row_of(scene)["attachAlgoOrds"][0]["slTriggerPx"]) == ("66000", "58000")
    assert amend(scene, attachAlgoOrds=[{"newSlTriggerPx": "0"}]) == "0"
    assert row_of(scene)["attachAlgoOrds"] == []


def test_a_new_price_is_held_against_the_stop() -> None:
    """The stop loss must stay below the price that the order will have."""
    scene = FrozenVenue()
    trigger(scene, attachAlgoOrds=[LOSS])
    assert amend(scene, newOrdPx="58000") == "51047"
    assert amend(scene, newOrdPx="62000") == "0"


def test_the_chase_of_a_trigger_order_is_amended() -> None:
    """Its distances are; whether it is at the best price or behind it is not."""
    scene = FrozenVenue()
    trigger(scene, orderPx="", advanceOrdType="chase", advChaseParams=[CHASE])
    assert amend(scene, advChaseParams=[{"newChaseVal": "7", "newMaxChaseVal": "200"}]) == "0"
    assert row_of(scene)["advChaseParams"] == [{**CHASE, "chaseVal": "7", "maxChaseVal": "200"}]
    assert amend(scene, advChaseParams=[{"newChaseVal": "0"}]) == "51000"
    assert amend(scene, advChaseParams=[{"newChaseVal": "-1"}]) == "51000"
    assert amend(scene, advChaseParams=["7"]) == "51000"


@pytest.mark.parametrize(
    "changes", [{"advChaseParams": [{"newChaseVal": "7"}]}, {"attachAlgoOrds": [{"newSlOrdPx": "1"}]}]
)
def test_what_a_trigger_order_lacks_is_not_amended(changes: dict[str, Any]) -> None:
    """Neither a chase nor a stop is added."""
    scene = FrozenVenue()
    trigger(scene)
    assert amend(scene, **changes) == "51000"


@pytest.mark.parametrize("name", ["advChaseParams", "attachAlgoOrds"])
def test_what_is_no_object_is_refused(name: str) -> None:
    """Of a new trigger order, too."""
    scene = FrozenVenue()
    request = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "trigger", "sz": "1"}
    request |= {"triggerPx": "66000", "orderPx": "60000", "advanceOrdType": "chase" if name[:3] == "adv" else ""}
    ack = scene.venue.place_algo(scene.alice, {**request, name: ["7"]})
    assert (ack.sCode, ack.sMsg) == ("51000", f"Parameter {name} error")


def test_a_side_is_not_added_to_a_one_way_order() -> None:
    """It would be dropped: of a one-way order with two sides only the stop loss works."""
    scene = FrozenVenue()
    assert scene.algo(scene.alice, "conditional", slTriggerPx="60000", slOrdPx="-1", algoClOrdId="one").ok
    assert amend(scene, newTpTriggerPx="70000", newTpOrdPx="-1") == "51526"
    assert (row_of(scene)["tpTriggerPx"], row_of(scene)["slTriggerPx"]) == ("", "60000")
