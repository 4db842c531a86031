"""Replacing: a new order takes the place of one that rests, and of no other."""

from __future__ import annotations

import pytest

from okx_sync.paper.venue.records import VenueOrder
from tests.paper.venue.frozen_venue import SPOT, FrozenVenue

NEW = {"instId": SPOT, "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.5"}


def resting(scene: FrozenVenue) -> VenueOrder:
    """Alice's buy of 0.5 at 60000."""
    scene.order(scene.alice, px="60000", sz="0.5", clOrdId="old")
    return scene.alice.by_client["old"]


@pytest.mark.parametrize("filled", ["0.5", "0.2"], ids=["wholly", "in part"])
def test_an_order_that_is_filled_as_the_request_comes(filled: str) -> None:
    """The request was looked at a moment before: the fill stands, nothing new is placed, no money stays tied up."""
    scene = FrozenVenue()
    old = resting(scene)
    scene.venue.fill(clOrdId="old", sz=filled)
    frozen = scene.balance(scene.alice, "USDT")[1]
    ack = scene.venue.replace(scene.alice, old, NEW | {"px": "59000", "clOrdId": "new"}, untouched=True)
    assert (ack.sCode, ack.ordId) == ("51503" if filled == "0.5" else "51506", "")
    assert "new" not in scene.alice.by_client
    assert list(scene.alice.orders.values()) == ([] if old.is_done else [old])
    assert scene.balance(scene.alice, "USDT")[1] == frozen


def test_an_order_that_rests() -> None:
    """It is canceled, and what it had tied up is the new one's; a refusal leaves it as it was."""
    scene = FrozenVenue()
    old = resting(scene)
    assert scene.venue.replace(scene.alice, old, NEW | {"px": "59000", "sz": "1000000"}).sCode != "0"
    assert list(scene.alice.orders.values()) == [old]
    assert scene.balance(scene.alice, "USDT")[1] == 30_000
    assert scene.venue.replace(scene.alice, old, NEW | {"px": "59000"}).ok
    assert (old.state, old.cancelSourceReason) == ("canceled", "modify_limit_order")
    assert scene.balance(scene.alice, "USDT")[1] == 29_500
