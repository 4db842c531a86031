"""``OrderHandle`` and ``AlgoHandle``: one order as it is now and as it becomes, of managers that are fed by hand."""

from __future__ import annotations

import threading

import pytest

from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.state.orders.algo_state import AlgoChange
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderChange
from okx_sync.types import FillUpdate
from tests.clocks import HandClock
from tests.state.order_histories import BTC, D, fill, update
from tests.state.orders.algos import Bench, price
from tests.state.orders.sender import Sender

PATIENCE_S = 10.0
FIELDS = (
    "inst_id", "order_id", "client_order_id", "side", "order_type", "price", "size", "status", "reason", "filled",
    "remaining", "average_price", "fee", "fills", "history", "amend_error", "is_open", "is_done", "is_filled",
    "is_merged",
)  # fmt: skip
ALGO_FIELDS = (
    "inst_id", "algo_id", "client_order_id", "kind", "leg", "side", "position_side", "size", "trigger", "take_profit",
    "stop_loss", "status", "fired_leg", "reason", "history", "is_open", "is_done",
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


# -- algo orders -------------------------------------------------------------------------------------------------------


def test_every_read_of_an_algo_order_is_of_the_newest_state() -> None:
    """Whatever the exchange tells of it; a snapshot is one moment and stays so."""
    bench = Bench()
    facts = {"algo_id": "a1", "kind": "oco", "side": "sell", "position_side": "long", "size": D(2)}
    one = bench.tell("armed", **facts, take_profit=price(110), stop_loss=price(90, by="mark"), updated_at=1)
    before = one.snapshot()
    assert (one.kind, one.position_side, one.size, one.trigger) == ("oco", "long", D(2), None)
    assert (one.take_profit, one.stop_loss, one.fired_leg) == (price(110), price(90, by="mark"), None)
    bench.tell("fired", algo_id="a1", fired_leg="stop_loss", updated_at=2)
    now = one.snapshot()
    assert [getattr(one, name) for name in ALGO_FIELDS] == [getattr(now, name) for name in ALGO_FIELDS]
    assert (one.status, one.fired_leg, before.status) == ("fired", "stop_loss", "armed")
    assert [step.status for step in one.history] == ["armed", "fired"]
    single = bench.tell("armed", algo_id="a2", kind="conditional", leg="take_profit", trigger=price(7))
    assert (single.leg, single.trigger) == ("take_profit", price(7))


def test_an_order_and_what_it_brought_lead_to_each_other() -> None:
    """And on to the order that is sent when a side fires; one that came with no order has no parent."""
    bench = Bench("apart")
    order = bench.orders.place(BTC, "buy", 1, 100, take_profit=110, stop_loss=90)
    gain, loss = order.children
    assert (order.take_profit, order.stop_loss, gain.parent, loss.parent) == (gain, loss, order, order)
    bench.tell("fired", parent_client_order_id=order.client_order_id, leg="take_profit", algo_id="a1", order_ids=("8",))
    bench.order("live", "8")
    assert (gain.orders, loss.orders) == ((bench.orders["8"],), ())
    assert bench.tell("armed", algo_id="a2", kind="trigger").parent is None
    bench.order("live", "9")
    assert (bench.orders["9"].children, bench.orders["9"].take_profit) == ((), None)


def test_of_several_that_carry_a_side_the_open_one_is_named() -> None:
    """The newest of those that are over only where none is open."""
    bench = Bench()
    bench.order("filled", "7")
    order = bench.orders["7"]
    told = {"parent_order_id": "7", "kind": "conditional", "leg": "stop_loss"}
    first, second = (bench.tell("armed", algo_id=name, **told, updated_at=1) for name in ("a1", "a2"))
    assert order.stop_loss is second
    bench.tell("canceled", algo_id="a2", updated_at=2)
    assert order.stop_loss is first
    bench.tell("canceled", algo_id="a1", updated_at=3)
    assert (order.stop_loss, order.take_profit) == (second, None)


def test_waiting_for_an_algo_order() -> None:
    """Armed is armed, also when it has fired by then; one that ends without is never, at once."""
    bench = Bench()
    one, other = (bench.tell("attached", attached_id=name, parent_order_id=name) for name in ("t1", "t2"))
    assert not one.wait_armed(0)
    assert not one.wait_done(0)
    threading.Timer(0.02, lambda: bench.tell("armed", attached_id="t1", updated_at=2)).start()
    assert one.wait_armed(PATIENCE_S)
    assert not one.wait_done(0)
    bench.tell("fired", attached_id="t1", updated_at=3)
    threading.Timer(0.02, lambda: bench.tell("canceled", attached_id="t2", updated_at=3)).start()
    assert not other.wait_armed(PATIENCE_S)
    assert (one.wait_armed(0), one.wait_done(0), other.wait_done(0)) == (True, True, True)


def test_listeners_hear_of_an_algo_order_and_of_those_that_came_with_an_order() -> None:
    """As it is now and with every change, of no other one; both work as decorators."""
    bench, changes, of_child = Bench(), list[AlgoChange](), list[AlgoChange]()
    bench.order("live", "7")
    one = bench.tell("attached", attached_id="t1", parent_order_id="7")
    assert one.on_change(changes.append) == changes.append
    assert bench.orders["7"].on_child(of_child.append) == of_child.append
    bench.tell("armed", algo_id="other", parent_order_id="8")
    bench.tell("armed", attached_id="t1", parent_order_id="7", updated_at=2)
    for heard in changes, of_child:
        assert [(change.algo.status, change.previous is None) for change in heard] == [
            ("attached", True),
            ("armed", False),
        ]


def test_an_algo_order_asks_for_its_end_and_for_changes() -> None:
    """What is not given is not asked for; of one that is over nothing is."""
    bench = Bench()
    one = bench.tell("armed", algo_id="a1", kind="oco", take_profit=price(110), stop_loss=price(90))
    assert one.amend(size="3", stop_loss=price(91), cxl_on_fail=True) is one
    assert one.cancel()
    (name, algo_id, changes), cancel = bench.side.asked
    assert (name, algo_id, cancel) == ("amend", "a1", ("cancel", "a1"))
    assert changes == {"size": D(3), "stop_loss": price(91), "cxl_on_fail": True}
    bench.tell("canceled", algo_id="a1", reason="by the user")
    assert not one.cancel()
    with pytest.raises(ConfigError, match="is over"):
        one.amend(size=1)
    assert (one.reason, len(bench.side.asked)) == ("by the user", 2)
