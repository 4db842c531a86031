"""Orders of a stream client whose answer was lost: its REST side looks them up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from okx_sync.errors import OrderStatusUnknown
from okx_sync.rows import Row

if TYPE_CHECKING:
    from okx_sync.rest.lost_orders import LostOrders
    from okx_sync.rest.order_lookup import Lookup

__all__ = ["LostOrdersByRest"]

R = TypeVar("R", bound=Row)
L = TypeVar("L", bound="Lookup[Any]")


class LostOrdersByRest(Generic[R, L]):
    """What a stream client mixes in to look orders up; it sets ``_rest``, which gives its REST client."""

    _rest: Callable[[], Any]

    def reconcile(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> R | None:
        """Look up by REST what became of the (first) order of a request whose answer was lost.

        As the REST client's call of the same name: None means that it was not there for ``timeout`` seconds.
        """
        return self._lost().reconcile(unknown, timeout=timeout, known_order_ids=known_order_ids)

    def reconcile_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[R | None]:
        """Do as :meth:`reconcile`, for every order of the request, in its order."""
        return self._lost().reconcile_all(unknown, timeout=timeout, known_order_ids=known_order_ids)

    def lookup(self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()) -> L:
        """Do as :meth:`reconcile` and tell more: found or missing, done or not, another order of the same id."""
        return self._lost().lookup(unknown, timeout=timeout, known_order_ids=known_order_ids)

    def lookup_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[L]:
        """Do as :meth:`lookup`, for every order of the request, in its order."""
        return self._lost().lookup_all(unknown, timeout=timeout, known_order_ids=known_order_ids)

    def _lost(self) -> LostOrders[R, L]:
        found: LostOrders[R, L] = self._rest()
        return found
