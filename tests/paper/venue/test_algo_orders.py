"""Algo orders: they wait outside the book, fire at their price, and tell every step."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper.venue.events import AlgoChanged
from tests.paper.venue.frozen_venue import SWAP, FrozenVenue, busy


def test_algo_order_fires_at_its_price() -> None:
    """A stop waits outside the book, then orders at the market, and tells both steps."""
    scene = busy()
    assert scene.venue.algo_rows(scene.alice)[0]["state"] == "live"
    scene.venue.trade_at(SWAP, "60100")
    assert scene.venue.algo_rows(scene.alice)[0]["state"] == "live"
    scene.venue.trade_at(SWAP, "59990")
    assert scene.venue.algo_rows(scene.alice) == []
    row = scene.venue.algo_rows(scene.alice, history=True)[0]
    assert (row["state"], row["algoClOrdId"], row["orderPx"]) == ("effective", "stop1", "-1")
    order = scene.venue.order_row(scene.alice, ordId=row["ordId"])
    assert order is not None
    assert (order["state"], order["algoClOrdId"], order["side"]) == ("filled", "stop1", "sell")
    assert [event.row["state"] for event in scene.taken(AlgoChanged)] == ["live", "effective"]


@pytest.mark.parametrize(("px", "side", "name"), [("66100", "sell", "tp"), ("63900", "sell", "sl")])
def test_oco_fires_one_of_its_two(px: str, side: str, name: str) -> None:
    """Of take-profit and stop-loss the first one reached orders, and the other is gone with it."""
    scene = FrozenVenue()
    pair = {"tpTriggerPx": "66000", "tpOrdPx": "-1", "slTriggerPx": "64000", "slOrdPx": "-1"}
    ack = scene.algo(scene.alice, "oco", side=side, **pair)
    assert ack.ok
    scene.venue.trade_at(SWAP, px)
    row = scene.venue.algo_rows(scene.alice, history=True)[0]
    assert (row["actualSide"], row["algoId"]) == (name, ack.algoId)
    assert scene.venue.cancel_algo(scene.alice, {"algoId": ack.algoId}).sCode == "51400"


def test_algo_requests_are_checked_and_cancelled() -> None:
    """A bad algo request is refused with a code; a waiting one can be cancelled by either id."""
    scene = FrozenVenue()
    assert scene.algo(scene.alice, "trigger", orderPx="-1").sCode == "51000"
    assert scene.algo(scene.alice, "twap", orderPx="-1").sCode == "51000"
    assert scene.algo(scene.alice, "trigger", orderPx="-1", instId="X").sCode == "51001"
    assert scene.algo(scene.alice, "trigger", orderPx="-1", triggerPx="60000", algoClOrdId="mine").ok
    assert scene.venue.cancel_algo(scene.bob, {"algoClOrdId": "mine"}).sCode == "51400"
    assert scene.venue.cancel_algo(scene.alice, {"algoClOrdId": "mine"}).ok
    assert scene.venue.algo_rows(scene.alice, history=True)[0]["state"] == "canceled"


def test_a_waiting_algo_order_can_be_amended() -> None:
    """An amended trigger fires at its new price and with its new size; what is wrong or gone is refused unchanged."""
    scene = busy()
    change = {"algoClOrdId": "stop1", "newTriggerPx": "61000", "newSz": "2", "reqId": "r1"}
    assert scene.venue.amend_algo(scene.bob, change).sCode == "51503"
    assert scene.venue.amend_algo(scene.alice, {**change, "newSz": "-1"}).sCode == "51000"
    assert scene.venue.algo_rows(scene.alice)[0]["triggerPx"] == "60000"
    ack = scene.venue.amend_algo(scene.alice, change)
    assert (ack.ok, ack.reqId) == (True, "r1")
    scene.venue.trade_at(SWAP, "60990")
    row = scene.venue.algo_row(scene.alice, {"algoId": ack.algoId})
    assert row is not None
    assert (row["state"], row["actualSz"], row["triggerPx"]) == ("effective", "2", "61000")
    assert scene.venue.amend_algo(scene.alice, change).sCode == "51503"
    assert scene.venue.algo_row(scene.alice, {"algoId": "1"}) is None


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"tdMode": "cash"}, "51000"),
        ({"posSide": "long"}, "51000"),
        ({"sz": "0.001"}, "51020"),
        ({"sz": "1.005"}, "51121"),
        ({"orderPx": "-2"}, "51000"),
        ({"tag": "no-tag"}, "51000"),
    ],
)
def test_what_could_never_place_its_order_is_refused(args: dict[str, str], code: str) -> None:
    """A stop that is accepted and fails on the day it is needed is worse than a refusal."""
    scene = FrozenVenue()
    wanted = {"triggerPx": "60000", "orderPx": "-1", **args}
    assert scene.algo(scene.alice, "trigger", **wanted).sCode == code
    assert scene.venue.algo_rows(scene.alice) == []


def test_a_trade_counts_though_the_next_one_goes_back() -> None:
    """What was traded between two looks is seen, one price after another; an order born since sees none of it."""
    scene = FrozenVenue()
    scene.venue.trade_at(SWAP, "65000")
    wanted = {"side": "buy", "triggerPx": "65200", "orderPx": "60000"}
    early = scene.algo(scene.alice, "trigger", **wanted)
    instrument, engine = scene.venue.instruments[SWAP], scene.venue.engine
    engine.take(instrument, "buy", instrument.ticks(Decimal(65300)), 10**9)
    engine.take(instrument, "sell", instrument.ticks(Decimal(64990)), 1)
    assert engine.prices.last[SWAP] < 65200
    scene.venue.step()
    late = scene.algo(scene.alice, "trigger", **wanted)
    rows = [scene.venue.algo_row(scene.alice, {"algoId": ack.algoId}) for ack in (early, late)]
    assert [row and row["state"] for row in rows] == ["effective", "live"]
