"""``KnownOrders``: the orders and fills that an order manager knows, to be read. Sending and being fed: the manager."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrdersSnapshot
from okx_sync.state.orders.order_table import OrderRecord, Orders
from okx_sync.state.synced import Synced
from okx_sync.types import FillUpdate

__all__ = ["UNREAD", "KnownOrders"]

F = TypeVar("F", bound=Callable[..., Any])
UNREAD: Final = "the open orders have not been read yet"


class KnownOrders(Synced):
    """The reading side of ``OrderManager``, which sets ``_orders`` and hands out the handles."""

    _orders: Orders

    @property
    def open(self) -> tuple[OrderHandle, ...]:
        """Orders that are known and not over, oldest first; all there are while this is :attr:`synced`."""
        with self._lock:
            return tuple(map(self._handle, self._orders.open))

    @property
    def finished(self) -> tuple[OrderHandle, ...]:
        """Orders that are over, in the order of their end."""
        with self._lock:
            return tuple(map(self._handle, self._orders.finished))

    @property
    def fills(self) -> tuple[FillUpdate, ...]:
        """All fills that were reported, oldest first (the last ``max_finished``)."""
        with self._lock:
            return tuple(self._orders.fills)

    def get(self, order_id: str | None = None, client_order_id: str | None = None) -> OrderHandle | None:
        """Return the order of one of these ids, or None."""
        with self._lock:
            record = self._orders.find(order_id, client_order_id)
            return None if record is None else self._handle(record)

    def __getitem__(self, either_id: str) -> OrderHandle:
        """Return the order of this id, the exchange's or our own. KeyError when there is none."""
        found = self.get(either_id, either_id)
        if found is None:
            raise KeyError(f"no order {either_id!r} is known")
        return found

    def __contains__(self, order: str | OrderHandle) -> bool:
        """Tell whether an order of this id is known, open or finished; or whether this handle is one of ours."""
        if isinstance(order, OrderHandle):
            owner: object = order._manager
            return owner is self
        return self.get(order, order) is not None

    def __iter__(self) -> Iterator[OrderHandle]:
        """Iterate over the open orders, oldest first, as they are at this moment."""
        return iter(self.open)

    def __len__(self) -> int:
        """Count the open orders."""
        with self._lock:
            return len(self._orders.open)

    def __bool__(self) -> bool:
        """Return True: a manager without open orders is a manager."""
        return True

    def of(self, inst_id: str) -> tuple[OrderHandle, ...]:
        """Return the orders of an instrument: those that are over, then the open ones."""
        return tuple(order for order in (*self.finished, *self.open) if order.inst_id == inst_id)

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

    def __repr__(self) -> str:
        with self._lock:
            number = len(self._orders.open)
            is_open = f"{number} open" if number or self._is_synced else "what is open is not known"
            counts = f"{is_open}, {len(self._orders.finished)} finished"
            state = "not synced" if self._problem == UNREAD else f"not synced ({self._problem})"
            state = "closed" if self.is_closed else "synced" if self._is_synced else state
            return f"<OrderManager: {counts}, {len(self._orders.fills)} fills, {state}>"

    def _handle(self, record: OrderRecord) -> OrderHandle:
        """Return the one handle of a record. Under the lock."""
        raise NotImplementedError
