"""``OrderHandle``: one order as it is now and as it becomes, of a manager that is fed by hand."""

from __future__ import annotations

import threading

import pytest

from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderChange
from okx_sync.types import FillUpdate
from tests.clocks import HandClock
from tests.state.order_histories import BTC, D, fill, update
from tests.state.orders.sender import Sender

PATIENCE_S = 10.0
FIELDS = (
    "inst_id", "order_id", "client_order_id", "side", "order_type", "price", "size", "status", "reason", "filled",
    "remaining", "average_price", "fee", "fills", "history", "amend_error", "is_open", "is_done", "is_filled",
    "is_merged",
)  # fmt: skip


@pytest.fixture
def sender() -> Sender:
    """Who is asked."""
    return Sender()


@pytest.fixture
def orders(sender: Sender) -> OrderManager:
    """On a clock that stands still: what waits is ended by a change only."""
    return OrderManager(actions=sender, clock=HandClock())


def test_every_read_is_of_the_newest_state(orders: OrderManager) -> None:
    """Nothing is to be refreshed; a snapshot is one moment and stays so."""
    orders.apply(update("live"))
    order = orders["1"]
    before = order.snapshot()
    news = update("partially_filled", 2, "4", average_price=D(99), fill=fill(1, "3", "99"), fee=D(-1))
    orders.apply(news)
    now = order.snapshot()
    assert now != before
    assert [getattr(order, name) for name in FIELDS] == [getattr(now, name) for name in FIELDS]
    assert (order.status, order.filled, order.remaining, order.average_price) == ("partially_filled", D(4), D(6), D(99))
    assert (order.fee, order.fills, order.is_merged) == (D(-1), (fill(1, "3", "99"),), True)
    assert [step.status for step in order.history] == ["live", "partially_filled"]
    assert (before.status, before.filled) == ("live", D(0))
    assert repr(order).startswith(f"<OrderHandle {now}")


def test_it_exists_before_the_exchange_has_answered(orders: OrderManager, sender: Sender) -> None:
    """And is the same object all along."""
    seen: list[OrderHandle] = []
    sender.answer = lambda: "1"
    orders.on_order(lambda change: seen.append(orders[change.order.client_order_id or ""]))
    order = orders.place(BTC, "buy", 10, 100)
    assert set(seen) == {order}
    assert (order.status, order.order_id, order.client_order_id) == ("pending", "1", "id0")
    orders.apply(update("live", client_order_id="id0", is_amend_failed=True, reason="no money"))
    assert (order.is_open, order.is_done, order.amend_error) == (True, False, "no money")
    orders.apply(update("filled", 2, "10", client_order_id="id0"))
    assert (order.is_open, order.is_done, order.is_filled) == (False, True, True)


def test_waiting_ends_with_what_is_waited_for(orders: OrderManager) -> None:
    """A predicate, any end, or the filling, which is False at once when the order ends in another way."""
    for number in ("1", "2"):
        orders.apply(update("live", order_id=number, client_order_id=None))
    one, two = orders["1"], orders["2"]
    assert not one.wait_until(lambda order: order.price == 7, 0)
    assert not one.wait_done(0)
    assert not one.wait_filled(0)
    feeder = threading.Timer(0.02, lambda: orders.apply(update("live", 2, client_order_id=None, price=D(7))))
    feeder.start()
    assert one.wait_until(lambda order: order.price == 7, PATIENCE_S)
    orders.apply(update("filled", 3, "10", client_order_id=None))
    feeder = threading.Timer(0.02, lambda: orders.apply(update("canceled", 3, order_id="2", client_order_id=None)))
    feeder.start()
    assert not two.wait_filled(PATIENCE_S)
    assert two.is_done
    assert one.wait_filled(0)
    assert two.wait_done(0)


def test_waiting_ends_when_nothing_more_will_come(orders: OrderManager) -> None:
    """The reason says why."""
    orders.apply(update("live"))
    orders.close("the client was closed")
    with pytest.raises(StreamClosed, match="the client was closed"):
        orders["1"].wait_done(PATIENCE_S)


def test_listeners_hear_what_was_before_them_and_all_that_comes(orders: OrderManager) -> None:
    """Of this order only; both work as decorators."""
    orders.apply(update("partially_filled", 1, "1", fill=fill(1)))
    order, fills, changes = orders["1"], list[FillUpdate](), list[OrderChange]()

    @order.on_fill
    def filled(one: FillUpdate) -> None:
        fills.append(one)

    @order.on_change
    def changed(one: OrderChange) -> None:
        changes.append(one)

    orders.apply(update("partially_filled", 2, "2", fill=fill(2)))
    orders.apply(update("live", order_id="2", client_order_id="other"))
    assert fills == [fill(1), fill(2)]
    assert [(one.order.filled, one.previous is None) for one in changes] == [(D(1), True), (D(2), False)]
    assert (callable(filled), callable(changed)) == (True, True)


def test_it_asks_for_its_end_and_for_changes(orders: OrderManager, sender: Sender) -> None:
    """By the exchange's id; of an order that is over nothing is asked."""
    orders.apply(update("live"))
    order = orders["1"]
    order.amend("12", price=99, cxl_on_fail=True)
    assert order.cancel()
    assert sender.asked == [("amend", D(12), D(99), {"cxl_on_fail": True}), ("cancel", "1")]
    orders.apply(update("canceled", 2, reason="by the user"))
    assert not order.cancel()
    with pytest.raises(ConfigError, match="is over"):
        order.amend(price=98)
    assert (order.reason, len(sender.asked)) == ("by the user", 2)
