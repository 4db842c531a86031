"""``KnownOrders``: the orders and fills that an order manager knows, to be read. Sending and being fed: the manager."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from okx_sync.lazy import drawn_by
from okx_sync.state.orders.known import Known
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrdersSnapshot
from okx_sync.state.orders.order_table import Orders
from okx_sync.types import FillUpdate

__all__ = ["UNREAD", "KnownOrders"]

F = TypeVar("F", bound=Callable[..., Any])
UNREAD: Final = "the open orders have not been read yet"


class KnownOrders(Known[OrderHandle]):
    """The reading side of ``OrderManager``, which sets ``_orders`` and hands out the handles."""

    _orders: Orders

    @property
    def fills(self) -> tuple[FillUpdate, ...]:
        """All fills that were reported, oldest first (the last ``max_finished``)."""
        with self._lock:
            return tuple(self._orders.fills)

    def get(self, order_id: str | None = None, client_order_id: str | None = None) -> OrderHandle | None:
        """Return the order of one of these ids, or None."""
        return self._found(order_id, client_order_id)

    def snapshot(self) -> OrdersSnapshot:
        """Return all orders at one moment; immutable."""
        with self._lock:
            orders = self._orders
            return OrdersSnapshot(
                tuple(record.state for record in orders.open),
                tuple(record.state for record in orders.finished),
                tuple(orders.fills),
                self.synced,
                self.unsynced_reason,
            )

    def on_order(self, fn: F) -> F:
        """Call ``fn(OrderChange)`` for every change of any order from now on. A decorator, too."""
        return self._listen("change", fn)

    def on_fill(self, fn: F) -> F:
        """Call ``fn(FillUpdate)`` for every fill from now on, each once. A decorator, too.

        Fills of orders that were partly filled when the manager began are fetched and reported with ``recovered=True``.
        """
        return self._listen("fill", fn)

    _repr_html_ = drawn_by("account_pictures", "live_picture")

    def __repr__(self) -> str:
        with self._lock:
            standing = "not synced" if self._problem == UNREAD and not self._is_synced else self._standing()
            standing = "closed" if self.is_closed else standing
            return f"<OrderManager: {self._counts()}, {len(self._orders.fills)} fills, {standing}>"
