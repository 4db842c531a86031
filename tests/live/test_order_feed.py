"""What feeds an order manager takes a list of open orders for what it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from okx_sync.delivery.push_callback import WholePush
from okx_sync.live.order_feed import OrderFeed
from okx_sync.protocol.events import Push
from okx_sync.state.orders.order_manager import OrderManager
from tests.state.order_histories import update


def _push(*updates: Any, is_list: bool) -> WholePush:
    rows = [SimpleNamespace(to_update=lambda one=one: one) for one in updates]
    return WholePush(rows, Push("order", {}, [{} for _ in rows], {"list": is_list}))


def _fed() -> tuple[OrderManager, OrderFeed]:
    manager = OrderManager()
    return manager, OrderFeed(manager, lambda push: bool(push.message["list"]))


def test_the_first_list_of_open_orders_makes_them_known() -> None:
    """With the order of a change that came before it."""
    manager, feed = _fed()
    feed(_push(update("live"), is_list=False))
    assert not manager.synced
    feed(_push(update("live"), is_list=True))
    assert manager.synced


def test_a_list_without_an_order_that_is_known_to_be_open_does_not() -> None:
    """It ended unseen, or the list is not whole: what became of it nobody told."""
    manager, feed = _fed()
    feed(_push(update("live"), is_list=False))
    feed(_push(is_list=True))
    assert [order.order_id for order in manager.open] == [update("live").order_id]
    assert not manager.synced
