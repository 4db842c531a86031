"""``KnownAlgos``: the algo orders that an algo manager knows, and the orders to which they lead, to be read and heard.

Sending and being fed: the manager.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from okx_sync.algo_types import AlgoUpdate
from okx_sync.lazy import drawn_by
from okx_sync.state.orders.algo_state import AlgoChange
from okx_sync.state.orders.algo_table import AlgoRecord, Algos
from okx_sync.state.orders.known import Known
from okx_sync.state.orders.known_orders import KnownOrders
from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle
from okx_sync.state.orders.order_table import OrderRecord

__all__ = ["KnownAlgos"]

F = TypeVar("F", bound=Callable[..., Any])


class KnownAlgos(Known[AlgoHandle]):
    """The reading side of ``AlgoManager``, which sets ``_algos``, and ``_orders``: the manager beside it."""

    _algos: Algos
    _orders: KnownOrders

    def get(self, algo_id: str | None = None, client_order_id: str | None = None) -> AlgoHandle | None:
        """Return the algo order of one of these ids, or None."""
        return self._found(algo_id, client_order_id)

    def on_algo(self, fn: F) -> F:
        """Call ``fn(AlgoChange)`` for every change of any algo order from now on. A decorator, too."""
        return self._listen("change", fn)

    _repr_html_ = drawn_by("account_pictures", "algos_picture")

    def __repr__(self) -> str:
        with self._lock:
            return f"<AlgoManager: {self._counts()}, {self._standing()}>"

    # -- what sent them, and what they sent --------------------------------------------------------------------

    def children(self, order: OrderHandle) -> tuple[AlgoHandle, ...]:
        """Do what :attr:`OrderHandle.children` does."""
        with self._lock:
            state = order.snapshot()
            known = self._algos.children(state.order_id, state.client_order_id)
            return tuple(self._handle(one) for one in known if self._parent(one) is order._record)

    def listen_to_children(self, order: OrderHandle, fn: F) -> F:
        """Do what :meth:`OrderHandle.on_child` does."""
        emit = self._dispatch(fn)
        with self._taking():
            order._listeners["child"] = (*order._listeners.get("child", ()), emit)
            self._outbox.extend((emit, AlgoChange(algo=child.snapshot())) for child in self.children(order))
        return fn

    def parent_of(self, handle: AlgoHandle) -> OrderHandle | None:
        """Do what :attr:`AlgoHandle.parent` does."""
        with self._lock:
            record = self._parent(handle._record)
            return None if record is None else self._orders._handle(record)

    def orders_of(self, handle: AlgoHandle) -> tuple[OrderHandle, ...]:
        """Do what :attr:`AlgoHandle.orders` does."""
        with self._lock:
            found = (self._orders.get(one) for one in handle.snapshot().order_ids)
            return tuple(order for order in found if order is not None)

    def _parent(self, record: AlgoRecord) -> OrderRecord | None:
        """Return the order that it came with, as soon as that is known. Under the lock."""
        if record.parent is None:
            state = record.state
            found = self._orders._orders.find(state.parent_order_id, state.parent_client_order_id)
            if found is not None and state.parent_order_id in (None, found.state.order_id):
                record.parent = found
        parent: OrderRecord | None = record.parent
        return parent

    def _completed(self, update: AlgoUpdate) -> AlgoUpdate:
        """Return an update with both ids of its order, as far as they are known. Under the lock."""
        update = self._believed(update)
        order_id, client_id = update.parent_order_id, update.parent_client_order_id
        if (order_id is None) == (client_id is None):
            return update
        record = self._orders._orders.find(order_id, client_id)
        if record is None:
            return update
        order = record.state
        return update.evolved(parent_order_id=order.order_id, parent_client_order_id=order.client_order_id)

    def listen(self, handle: AlgoHandle, fn: F) -> F:
        """Do what :meth:`AlgoHandle.on_change` does."""
        emit = self._dispatch(fn)
        with self._taking():
            record = handle._record
            record.listeners = (*record.listeners, emit)
            self._outbox.append((emit, AlgoChange(algo=record.state)))
        return fn

    def _handle(self, record: AlgoRecord) -> AlgoHandle:
        """Return the one handle of a record. Under the lock."""
        if record.handle is None:
            record.handle = AlgoHandle(self, record)
        handle: AlgoHandle = record.handle
        return handle

    def cancel(self, handle: AlgoHandle) -> bool:
        """Do what :meth:`AlgoHandle.cancel` does."""
        raise NotImplementedError

    def amend(self, handle: AlgoHandle, **words: Any) -> AlgoHandle:
        """Do what :meth:`AlgoHandle.amend` does."""
        raise NotImplementedError
