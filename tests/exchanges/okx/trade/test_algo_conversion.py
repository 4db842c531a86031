"""What OKX's orders tell of algo orders: those that they bring with them, and the one that sent them."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from okx_sync import DecodeError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.okx.models import Order
from tests.exchanges.okx.random_rows import wire_rows

D = Decimal
PAIR = {
    "attachAlgoId": "70", "attachAlgoClOrdId": "pair", "tpOrdKind": "condition", "tpTriggerPx": "66000",
    "tpTriggerPxType": "last", "tpOrdPx": "-1", "slTriggerPx": "58000", "slTriggerPxType": "mark", "slOrdPx": "57900",
    "sz": "", "amendPxOnTriggerType": "0", "callbackRatio": "", "callbackSpread": "", "activePx": "",
}  # fmt: skip
NO_PROFIT = {"tpTriggerPx": "", "tpTriggerPxType": "", "tpOrdPx": "", "tpOrdKind": ""}
NO_LOSS = {"slTriggerPx": "", "slTriggerPxType": "", "slOrdPx": ""}


def order(*attached: dict[str, Any], **changes: Any) -> Order:
    """A push of an order that brings these with it."""
    row = {
        "instId": "BTC-USDT-SWAP", "ordId": "7", "clOrdId": "mine", "side": "buy", "posSide": "net", "state": "live",
        "accFillSz": "0", "algoId": "", "uTime": "1700000000100", "cTime": "1700000000000",
    }  # fmt: skip
    return Order.from_wire({**row, "attachAlgoOrds": list(attached), **changes})


def test_most_orders_tell_of_none() -> None:
    """Neither brought anything, nor were sent by an algo order."""
    assert order().to_algo_updates() == []


def test_a_pair_is_one_algo_order_that_is_attached() -> None:
    """With both sides, its two ids, its parent, and the side that closes."""
    (pair,) = order(PAIR).to_algo_updates()
    assert (pair.inst_id, pair.status, pair.kind, pair.leg) == ("BTC-USDT-SWAP", "attached", "oco", None)
    assert (pair.attached_id, pair.client_order_id, pair.algo_id) == ("70", "pair", None)
    assert (pair.parent_order_id, pair.parent_client_order_id) == ("7", "mine")
    assert (pair.side, pair.position_side, pair.updated_at) == ("sell", "net", 1_700_000_000_100)
    assert (pair.take_profit, pair.stop_loss) == (TriggerPrice(66000), TriggerPrice(58000, by="mark", limit=57900))
    assert (pair.size, pair.reason, pair.unreadable) == (None, None, ())


@pytest.mark.parametrize(
    ("changes", "kind", "leg"),
    [
        (NO_LOSS, "conditional", "take_profit"),
        (NO_PROFIT, "conditional", "stop_loss"),
        ({**NO_PROFIT, **NO_LOSS, "callbackRatio": "0.01", "activePx": "61000"}, "trailing_stop", None),
        ({"tpTriggerPx": "", "tpTriggerRatio": "0.1"}, "oco", None),
    ],
)
def test_each_kind_of_what_is_attached(changes: dict[str, str], kind: str, leg: str | None) -> None:
    """One side, a trailing stop, and a trigger that is told as a ratio, whose price nobody knows."""
    (one,) = order({**PAIR, **changes}).to_algo_updates()
    assert (one.kind, one.leg) == (kind, leg)
    assert (one.take_profit is None) is (not changes.get("tpTriggerPx", PAIR["tpTriggerPx"]))


def test_a_take_profit_that_rests_in_the_book_has_its_price_for_a_trigger() -> None:
    """It is a limit order as soon as its order is filled, and takes the profit there."""
    (one,) = order({**PAIR, "tpOrdKind": "limit", "tpTriggerPx": "", "tpOrdPx": "66000"}).to_algo_updates()
    assert one.take_profit == TriggerPrice(66000, limit=66000)


def test_a_take_profit_that_rests_alone_has_fired_once_its_order_is_filled() -> None:
    """No algo order is made of it."""
    profit = {**PAIR, **NO_LOSS, "tpOrdKind": "limit", "tpTriggerPx": "", "tpOrdPx": "66000"}
    (one,) = order(profit, state="filled", accFillSz="3").to_algo_updates()
    assert (one.status, one.fired_leg) == ("fired", "take_profit")
    (failed,) = order({**profit, "failCode": "51008"}, state="filled", accFillSz="3").to_algo_updates()
    assert (failed.status, failed.fired_leg) == ("failed", None)
    assert [one.status for one in order(profit).to_algo_updates()] == ["attached"]


SPLIT = ({**PAIR, **NO_LOSS, "sz": "1"}, {**PAIR, **NO_LOSS, "sz": "2"}, {**PAIR, **NO_PROFIT})


@pytest.mark.parametrize(
    ("state", "filled", "attached", "status", "reason"),
    [
        ("partially_filled", "1", (PAIR,), "attached", None),
        ("filled", "3", (PAIR,), "attached", None),
        ("filled", "", SPLIT, "attached", None),
        ("canceled", "0", (PAIR,), "canceled", "its order ended without a fill"),
        ("mmp_canceled", "", (PAIR,), "canceled", "its order ended without a fill"),
        ("canceled", "1", (PAIR,), "attached", None),
        ("canceled", "1", SPLIT, "canceled", "its order was not filled wholly, and its take profit is split"),
    ],
)
def test_what_becomes_of_it_with_its_order(
    state: str, filled: str, attached: tuple[dict[str, str], ...], status: str, reason: str | None
) -> None:
    """Without a fill nothing comes of it; filled partly, all comes but a split profit. That it is armed OKX tells."""
    told = order(*attached, state=state, accFillSz=filled).to_algo_updates()
    assert {(one.status, one.reason) for one in told} == {(status, reason)}
    assert len(told) == len(attached)


def test_one_that_could_not_be_made_has_failed() -> None:
    """REST says so on its order, and why."""
    failed = {**PAIR, "failCode": "51277", "failReason": "TP trigger price cannot be higher"}
    (one,) = order(failed, state="filled", accFillSz="1").to_algo_updates()
    assert (one.status, one.reason) == ("failed", "[51277] TP trigger price cannot be higher")


@pytest.mark.parametrize(
    ("source", "kind"), [("6", "trigger"), ("7", None), ("25", "trailing_stop"), ("34", "chase"), ("13", "none")]
)
def test_an_order_names_the_algo_order_that_sent_it(source: str, kind: str | None) -> None:
    """Which is running then: it may send more. What icebergs and bots send has one number, and tells nothing."""
    told = order(algoId="90", algoClOrdId="stop", source=source, state="filled").to_algo_updates()
    expected = [] if kind == "none" else [("90", "stop", kind, "running", ("7",), None)]
    assert [
        (one.algo_id, one.client_order_id, one.kind, one.status, one.order_ids, one.updated_at) for one in told
    ] == expected


def test_one_that_cannot_be_read_costs_no_other() -> None:
    """It is named; an order without ids or in an unknown state is an error."""
    found, other = order({**PAIR, "attachAlgoId": "71", "sz": ["high"]}, PAIR).to_algo_updates()
    assert (found.attached_id, found.size, len(found.unreadable)) == ("71", None, 1)
    assert (other.attached_id, other.unreadable) == ("70", ())
    with pytest.raises(DecodeError, match="has no ids"):
        order(PAIR, ordId="").to_algo_updates()
    with pytest.raises(DecodeError, match="unknown state"):
        order(PAIR, state="frozen").to_algo_updates()


@given(wire_rows(Order))
def test_any_row_is_read_or_refused(row: Any) -> None:
    """Whatever is in it: nothing but a ``DecodeError`` comes of it."""
    with contextlib.suppress(DecodeError):
        Order.from_wire(row).to_algo_updates()
