"""``OrderState`` and its kin: what one order is at a moment, and what a change of it says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import attrs
import pytest

from okx_sync.state.orders.order_state import (
    AFTER,
    RANK,
    OrderChange,
    OrdersSnapshot,
    OrderState,
    PreparedOrder,
    StatusStep,
    change_of,
    state_of,
)
from okx_sync.types import FINAL, OrderStatus
from tests.state.order_histories import BTC, D, fill

STATUSES: tuple[OrderStatus, ...] = get_args(OrderStatus)


def state(**facts: Any) -> OrderState:
    """An order to buy 10 at 100."""
    return OrderState(**{"inst_id": BTC, "side": "buy", "order_type": "limit", "size": D(10), "price": D(100), **facts})


def test_a_status_only_goes_forward() -> None:
    """What is over stays over, and what is known is not unknown again."""
    assert [AFTER["live"][told] for told in STATUSES] == [
        "live", "live", "partially_filled", "filled", "canceled", "rejected", "live",
    ]  # fmt: skip
    for old in STATUSES:
        after = {AFTER[old][told] for told in STATUSES}
        assert after == {old} if old in FINAL else len(after) > 1
        assert AFTER[old][old] == old
    assert AFTER["partially_filled"]["rejected"] == "partially_filled", "what was filled is not refused"
    assert AFTER["unknown"]["pending"] == "unknown"
    with pytest.raises(KeyError):
        AFTER["live"]["gone"]  # type: ignore[index]


def test_of_two_news_of_one_moment_the_end_is_the_later() -> None:
    """And a fill is later than an order that merely rests."""
    assert {status for status in STATUSES if RANK[status] == max(RANK.values())} == FINAL
    assert RANK["pending"] == RANK["unknown"] < RANK["live"] < RANK["partially_filled"]


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_open_or_over(status: OrderStatus) -> None:
    """Never both; only ``filled`` means that all of it is filled."""
    one = state(status=status)
    assert (one.is_open, one.is_done) == (status not in FINAL, status in FINAL)
    assert one.is_filled == (status == "filled")


def test_what_remains_is_what_is_not_filled() -> None:
    """Never below zero; unknown where the size counts something else."""
    assert state(filled=D(4)).remaining == 6
    assert state(filled=D(11)).remaining == 0
    assert state(size=None, filled=D(4)).remaining is None


def test_it_says_when_some_of_its_fills_are_not_known() -> None:
    """The exchange told of several as one."""
    assert state(missing=D(1)).is_merged
    assert not state().is_merged


def test_only_an_order_of_ours_knows_when_it_was_sent() -> None:
    """Its history begins with that."""
    assert state(history=(StatusStep("pending", 5), StatusStep("live", 6))).sent_at == 5
    assert state(history=(StatusStep("live", 6),)).sent_at is None
    assert state().sent_at is None


def test_orders_read_well() -> None:
    """In one line: what was wanted, what became of it and why; exact numbers without an exponent."""
    live = state(status="live", order_id="1", client_order_id="mine")
    assert str(live) == "BTC-USDT buy limit 10 @ 100: live, id 1"
    gone = attrs.evolve(live, status="canceled", reason="by the user", filled=D("1E+1"), average_price=D(99))
    assert str(gone) == "BTC-USDT buy limit 10 @ 100: canceled (by the user), 10 filled at 99, id 1"
    bare = OrderState(inst_id=BTC, client_order_id="mine", filled=D(1))
    assert str(bare) == "BTC-USDT: pending, 1 filled, id mine"
    assert (str(StatusStep("canceled", 3, "by the user")), str(StatusStep("live", 2))) == (
        "canceled (by the user)",
        "live",
    )


def test_the_raw_row_is_no_part_of_an_order() -> None:
    """Two that say the same are equal, and no repr shows the row."""
    assert state(raw={"a": 1}) == state(raw={"b": 2})
    assert "raw" not in repr(state(raw={"a": 1}))


def test_a_change_says_what_is_new() -> None:
    """The status, what was filled since, and a change that was refused; of an order that is new, all of it."""
    before, after = state(status="live", filled=D(1)), state(status="partially_filled", filled=D(4))
    change = OrderChange(order=after, previous=before)
    assert (change.status_changed, change.newly_filled, change.is_amend_failed) == (True, D(3), False)
    first = OrderChange(order=after)
    assert (first.status_changed, first.newly_filled, first.is_amend_failed) == (True, D(4), False)
    same = OrderChange(order=attrs.evolve(after, amend_failed_at=7, amend_error="no money"), previous=after)
    assert (same.status_changed, same.newly_filled, same.is_amend_failed) == (False, D(0), True)
    assert str(change) == str(after)


def test_states_do_not_change() -> None:
    """Whoever holds one holds a moment."""
    order = PreparedOrder(inst_id=BTC, side="buy", size=D(1), order_type="market", client_order_id="mine")
    snapshot = OrdersSnapshot((state(),), (), (fill(1),), synced=True)
    for value, name in ((state(), "status"), (order, "size"), (snapshot, "synced"), (StatusStep("live"), "at")):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, None)
    assert (order.price, order.options) == (None, {})
    assert snapshot == attrs.evolve(snapshot, unsynced_reason="why")
    assert state().filled == Decimal(0)


def test_an_order_with_other_values_is_a_new_one() -> None:
    """What ``attrs.evolve`` makes; the one before stays as it was, and neither can be changed."""
    before = OrderState(inst_id=BTC, price=D(1), history=(StatusStep("live", 1),))
    changes: dict[str, Any] = {"status": "filled", "filled": D("2.50"), "fills": (fill(1),), "price": None}
    after = state_of({**vars(before), **changes})
    assert after == attrs.evolve(before, **changes)
    assert hash(after) == hash(attrs.evolve(before, **changes))
    assert repr(after) == repr(attrs.evolve(before, **changes))
    assert (before.status, before.price, before.fills) == ("pending", D(1), ())
    change = change_of(after, before, True)
    assert change == OrderChange(order=after, previous=before, recovered=True)
    assert repr(change) == repr(OrderChange(order=after, previous=before, recovered=True))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        after.status = "live"  # type: ignore[misc]
