"""``OrderFeed``: pushes of a stream of orders, and lists of open orders for what they are."""

from __future__ import annotations

from typing import Any

from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.live.order_feed import OrderFeed
from okx_sync.protocol.events import Push
from okx_sync.state.orders.order_manager import OrderManager
from tests.toyexchange.models import Order


def _row(name: str, filled: int = 0, at: int = 1, **words: Any) -> dict[str, Any]:
    facts = {"id": name, "symbol": "BTC", "side": "b", "status": "part" if filled else "open", "size": 10, "at": at}
    return {**facts, "filled": filled, **words}


def _push(*rows: Any, is_list: bool, unread: int = 0) -> AssembledPush:
    """A push; ``unread`` of its rows could not be read."""
    push = Push("orders", {}, [*rows, *([5] * unread)], {"list": is_list})
    return AssembledPush([Order.from_wire(row) for row in rows], push)


def _fed(errors: list[Exception] | None = None) -> tuple[OrderManager, OrderFeed]:
    manager = OrderManager(report=None if errors is None else errors.append)
    return manager, OrderFeed(manager, lambda push: bool(push.message["list"]))


def test_every_row_is_taken_in() -> None:
    """With its fill."""
    manager, feed = _fed()
    told = {"fill": "f1", "fill_px": "99", "fill_size": 4}
    feed(_push(_row("1"), _row("2"), is_list=False))
    feed(_push(_row("1", 4, 2, **told), is_list=False))
    assert [order.order_id for order in manager.open] == ["1", "2"]
    assert manager["1"].filled == 4
    assert [one.trade_id for one in manager.fills] == ["f1"]


def test_the_first_list_of_open_orders_makes_them_known() -> None:
    """With the order of a change that came before it; an empty list says that there are none."""
    manager, feed = _fed()
    known = list[bool]()
    for is_list in (False, True):
        feed(_push(_row("1"), is_list=is_list))
        known.append(manager.synced)
    assert known == [False, True]
    flat, feed = _fed()
    feed(_push(is_list=True))
    assert flat.synced


def test_a_list_without_an_order_that_is_known_to_be_open_does_not() -> None:
    """It ended unseen, or the list is not whole: what became of it nobody told."""
    manager, feed = _fed()
    feed(_push(_row("1"), is_list=False))
    feed(_push(is_list=True))
    assert [order.order_id for order in manager.open] == ["1"]
    assert not manager.synced


def test_later_lists_do_not() -> None:
    """They come after a loss, and do not tell what became of the orders that are not in them."""
    manager, feed = _fed()
    feed(_push(is_list=True))
    manager.mark_synced(False, "the link was lost")
    feed(_push(_row("1"), is_list=True))
    assert not manager.synced
    assert manager.unsynced_reason == "the link was lost"
    assert "1" in manager


def test_a_stream_that_never_lists_is_never_complete() -> None:
    """Whatever it pushes."""
    manager = OrderManager()
    OrderFeed(manager)(_push(_row("1"), is_list=True))
    assert not manager.synced
    assert "1" in manager


def test_a_row_that_cannot_be_understood_is_missed() -> None:
    """It is told; its neighbours are taken in, and the list is not taken for whole."""
    errors = list[Exception]()
    manager, feed = _fed(errors)
    feed(_push(_row("1"), _row("2", side="x"), is_list=True))
    assert "1" in manager
    assert not manager.synced
    assert "an order lacks the basics" in str(errors[0])
    feed(_push(_row("1"), is_list=True))  # that was the first list
    assert not manager.synced


def test_a_row_that_could_not_be_read_is_missed() -> None:
    """It was told where it was read; what was known is not complete any more."""
    errors = list[Exception]()
    manager, feed = _fed(errors)
    feed(_push(is_list=True))
    feed(_push(_row("1"), is_list=False, unread=1))
    assert "1" in manager
    assert not manager.synced
    assert errors == []
    other, feed = _fed(errors)
    feed(_push(_row("1"), is_list=True, unread=1))
    assert not other.synced


def test_it_has_a_name_for_dumps_of_subscriptions() -> None:
    """It is the callback that a subscription shows."""
    assert repr(_fed()[1]) == "live orders"
