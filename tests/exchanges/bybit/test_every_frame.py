"""Frames as they come: read into objects, and given back exactly. Each channel's fields: ``test_field_facts``."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.exchanges.bybit import models
from okx_sync.exchanges.bybit.urls import Protocol

from .frames import PRIVATE_DATA, SEED, V5, objects, seed_private

FRAMES: list[tuple[Protocol, str, str]] = [("v5", *item) for item in V5.items()]
FRAMES += [("seed", *item) for item in SEED.items()]


def rows_in(frame: str) -> list[Any]:
    """The rows of a frame as they are on the wire."""
    data = json.loads(frame)["data"]
    if isinstance(data, dict):
        data = data.get("result", data["update"] if set(data) == {"update"} else [data])
    assert isinstance(data, list)
    return data


@pytest.mark.parametrize(("protocol", "topic", "frame"), FRAMES, ids=[f"{one[0]} {one[1]}" for one in FRAMES])
def test_every_frame_is_read_whole_and_given_back_exactly(protocol: Protocol, topic: str, frame: str) -> None:
    """No field is unknown to its class or unreadable, and ``to_wire()`` has every value as it came."""
    found = objects(frame, protocol, topic)
    assert [row.to_wire() for row in found] == rows_in(frame)
    for row in found:
        assert row.extra == {}
        for field in attrs.fields(type(row)):
            getattr(row, field.name)  # raises what cannot be read


def test_facts_of_the_envelope_are_fields() -> None:
    """An object can be understood alone: symbol of a candle, depth and kind of a book, version of a private row."""
    (candle,), (book,) = objects(V5["kline.5.BTCPERP"]), objects(V5["orderbook.50.BTCPERP"])
    assert (candle.symbol, candle.start, candle.confirm) == ("BTCPERP", 1700000100000, False)
    assert (book.type, book.depth, book.cts, book.is_snapshot) == ("delta", 50, 1700000000120, False)
    (order,) = objects(SEED["user.openapi.perp.order"], "seed")
    assert (order.version, order.dataType, order.creationTime) == (2, "CHANGE", 1646200779822)
    assert not order.is_snapshot
    (seed_candle,) = objects(SEED["candle.1.BTCPERP"], "seed")
    assert seed_candle.symbol == "BTCPERP"


def test_odd_words_of_the_seed_protocol() -> None:
    """``"None"`` and ``""`` are None; 0, 1 and ``"false"`` are flags."""
    (order,) = objects(SEED["user.openapi.perp.order"], "seed")
    assert (order.realisedPnl, order.orderPnl, order.orderLinkId) == (None, None, None)
    assert (order.reduceOnly, order.closeOnTrigger) == (False, False)


def test_an_empty_list_after_subscribing() -> None:
    """NEW with nothing in it: no orders are open."""
    assert objects(seed_private("user.openapi.perp.order", "[]", 1, "NEW"), "seed") == []
    rows = PRIVATE_DATA["user.openapi.perp.position"]
    (position,) = objects(seed_private("user.openapi.perp.position", rows, 1, "NEW"), "seed")
    assert position.is_snapshot


@pytest.mark.parametrize(
    "number",
    ["4.512", "0.485", "1", "0.1", "123456789012345.75", "0.1234567890123456789", "1e-7", "98765432109876543.21"],
)
def test_json_numbers_keep_their_digits(number: str) -> None:
    """A size that is a JSON number is exact, also where a float does not hold it, and so is what is given back."""
    (trade,) = objects(SEED["trade.BTCPERP"].replace("0.15", number), "seed")
    assert trade.size == Decimal(number)
    assert Decimal(str(trade.to_wire()["size"])) == Decimal(number)


def test_both_spellings_of_the_profit_of_a_wallet() -> None:
    """Older pushes write ``totalPerpUpl``."""
    old = V5["wallet"].replace("totalPerpUPL", "totalPerpUpl")
    assert objects(old)[0].totalPerpUPL == objects(V5["wallet"])[0].totalPerpUPL == Decimal("-0.5")
    assert objects(old)[0].extra == {}


def test_fees_by_coin() -> None:
    """``cumFeeDetail`` is an object with coins for keys."""
    (order,) = objects(V5["order.linear"])
    assert order.cumFeeDetail.amounts == {"USDC": Decimal("0.099")}


def test_receipts_of_a_batch_have_their_verdict() -> None:
    """0, as a number or as text, is accepted; a single order has none."""
    verdicts = [models.OrderReceipt.from_wire(row).ok for row in ({}, {"code": 0}, {"code": "0"}, {"code": 110007})]
    assert verdicts == [True, True, True, False]
