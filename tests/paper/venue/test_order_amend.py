"""Amending: what changes, what keeps its place, what fails later than the receipt."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper.venue.events import OrderChanged
from tests.paper.venue.frozen_venue import SPOT, FrozenVenue


def amended(scene: FrozenVenue, **args: Any) -> str:
    """Amend alice's order ``a1`` and return the receipt's code."""
    scene.forget()
    return scene.venue.amend(scene.alice, {"instId": SPOT, "clOrdId": "a1", "reqId": "r1", **args}).sCode


@pytest.fixture
def scene() -> FrozenVenue:
    """Alice has a buy of 0.5 at 60000 in the book, before bob's at the same price."""
    scene = FrozenVenue()
    scene.order(scene.alice, px="60000", sz="0.5", clOrdId="a1")
    scene.order(scene.bob, px="60000", sz="0.5", clOrdId="b1")
    return scene


def test_smaller_keeps_the_place_in_the_queue(scene: FrozenVenue) -> None:
    """Only making an order smaller leaves it before those that came later; its frozen money shrinks."""
    assert amended(scene, newSz="0.2") == "0"
    level = scene.venue.book(SPOT).level_at("buy", 600_000)
    assert level is not None
    assert [resting.left for resting in level.queue.values()] == [20_000_000, 50_000_000]
    assert scene.balance(scene.alice, "USDT")[1] == 12_000
    row = scene.taken(OrderChanged)[0].row
    assert (row["reqId"], row["amendResult"], row["amendSource"], row["sz"]) == ("r1", "0", "1", "0.2")


def test_new_price_or_more_size_queues_again(scene: FrozenVenue) -> None:
    """A larger order goes to the end of the queue; a new price to its own level."""
    assert amended(scene, newSz="0.6") == "0"
    level = scene.venue.book(SPOT).level_at("buy", 600_000)
    assert level is not None
    assert [resting.left for resting in level.queue.values()] == [50_000_000, 60_000_000]
    assert amended(scene, newPx="59000") == "0"
    assert scene.venue.book(SPOT).level_at("buy", 590_000) is not None
    assert scene.balance(scene.alice, "USDT")[1] == 35_400


def test_amending_into_the_market_trades(scene: FrozenVenue) -> None:
    """An order amended through the spread takes, like a new one."""
    ask, _ = scene.best()
    assert amended(scene, newPx=str(ask), newSz="0.0001") == "0"
    assert scene.states() == ["live", "filled"]
    assert scene.money_is_conserved()


def test_size_below_what_is_filled_ends_the_order(scene: FrozenVenue) -> None:
    """An order cut to what it has already got is filled."""
    scene.venue.fill(clOrdId="a1", sz="0.2")
    assert amended(scene, newSz="0.2") == "0"
    assert scene.states() == ["filled"]
    assert scene.balance(scene.alice, "USDT") == (Decimal(88_000), Decimal(0))


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "51500"),
        ({"newSz": "x"}, "51000"),
        ({"newPx": "0"}, "51000"),
        ({"newSz": "0.000000001"}, "51020"),
        ({"newPx": "99000"}, "51137"),
        ({"clOrdId": "nobody", "newSz": "1"}, "51503"),
        ({"clOrdId": "", "newSz": "1"}, "51003"),
    ],
)
def test_bad_amendments_are_refused(scene: FrozenVenue, args: dict[str, str], code: str) -> None:
    """A refused amendment has a code, and changes and tells nothing."""
    assert amended(scene, **args) == code
    assert scene.seen == []


@pytest.mark.parametrize(("cancel", "result", "state"), [(False, "-1", "live"), (True, "1", "canceled")])
def test_too_expensive_fails_after_the_receipt(scene: FrozenVenue, cancel: bool, result: str, state: str) -> None:
    """The receipt says yes, the push says no: the order stays, or goes when cxlOnFail asks for that."""
    assert amended(scene, newSz="5", cxlOnFail=cancel) == "0"
    row = scene.taken(OrderChanged)[0].row
    assert (row["amendResult"], row["code"], row["state"]) == (result, "51008", state)
    assert (scene.balance(scene.alice, "USDT")[1] == 0) == cancel


def test_a_new_size_does_not_ask_for_a_new_price(scene: FrozenVenue) -> None:
    """An order whose price the limits have left behind may still change its size, but not be placed there anew."""
    scene.venue.prices.underlyings[SPOT].move(Decimal(50_000))
    assert amended(scene, newSz="0.4") == "0"
    assert amended(scene, newPx="60000") == "51137"
