"""``LostOrders``: the calls of a REST client that look up orders whose answer was lost. For every exchange.

What looks them up is in :mod:`okx_sync.rest.order_lookup`, and is loaded when an order is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from okx_sync.errors import ConfigError, OrderStatusUnknown
from okx_sync.lazy import LateName
from okx_sync.rows import Row
from okx_sync.timing import Clock, Deadline, not_negative

if TYPE_CHECKING:
    from okx_sync.rest.executor import Executor
    from okx_sync.rest.order_lookup import Lookup

__all__ = ["LostOrders"]

R = TypeVar("R", bound=Row)
L = TypeVar("L", bound="Lookup[Any]")


class LostOrders(Generic[R, L]):
    """The part of a REST client that looks up orders whose answer was lost.

    A subclass for an exchange sets ``_lookup_class`` and ``_order_call`` and says in ``_find_order`` how it is asked
    for an order.
    """

    clock: Clock
    _lookup_class: ClassVar[LateName]
    """Loads the class of what is found."""
    _order_call: ClassVar[str]
    """The call that gets an order whose ids are known, for hints."""

    if TYPE_CHECKING:
        _runner: Executor

        def sync_clock(self) -> float:
            """Measure the exchange's clock, as the client does."""

    def _find_order(self, asked: Mapping[str, str]) -> R | None:
        """Ask for an order by what identifies it; None when the exchange does not have it.

        Raises ``ConfigError`` when it cannot be looked up by that, else ``OkxError``.
        """
        raise NotImplementedError

    def reconcile(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> R | None:
        """Look up what became of the (first) order of a request whose answer was lost.

        An order that merely has the same id is not taken for it: see ``lookup``, which tells more.

        Returns:
            The order as the exchange has it, or None when it was not there for ``timeout`` seconds. A request can be
            late: only once the exchange would refuse it for its age is it certain that it will not arrive any more
            (OKX: ``exp_time``; Bybit: ``recv_window``).
        """
        found: R | None = self.lookup(unknown, timeout=timeout, known_order_ids=known_order_ids).order
        return found

    def reconcile_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[R | None]:
        """Do as ``reconcile``, for every order of the request, in its order."""
        found = self.lookup_all(unknown, timeout=timeout, known_order_ids=known_order_ids)
        return [one.order for one in found]

    def lookup(self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()) -> L:
        """Look up the (first) order of a request whose answer was lost, and prove that it is the one.

        An exchange may allow an id of the caller's own again once its order has ended, and shows the newest order of
        it. So the time of creation must fit that of sending, and instrument, the exchange's id, side and size must be
        those asked for.

        Args:
            unknown: The error.
            timeout: For how many seconds to look for an order that is not there.
            known_order_ids: Orders (the exchange's ids) that were there before; a lost new order is none of them.

        Returns:
            ``status`` ``"found"`` with the ``order``, and whether it shows what was asked for (``applied``), or
            ``"missing"``: not there (yet).

        Raises:
            ConfigError: The error names no order that could be looked up.
            OkxError: REST could not be asked.
        """
        self._check_lost(unknown, timeout)
        if not unknown.orders:
            raise ConfigError("this error names no order", hint=f"call {self._order_call}")
        return self._noted(self._look_up(unknown, 0, Deadline(timeout, self.clock), known_order_ids))

    def lookup_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[L]:
        """Do as ``lookup``, for every order of the request, in its order."""
        self._check_lost(unknown, timeout)
        deadline = Deadline(timeout, self.clock)
        return [self._noted(self._look_up(unknown, n, deadline, known_order_ids)) for n in range(len(unknown.orders))]

    def _noted(self, found: L) -> L:
        """Have a journal know of an order that was found: it is in doubt no more."""
        journaling = self._runner.journaling
        if found.order is not None and journaling is not None:
            journaling.looked_up(found.asked, found.order)
        return found

    def _look_up(
        self, unknown: OrderStatusUnknown, number: int, deadline: Deadline, known_order_ids: Collection[str]
    ) -> L:
        """Look for the order of this number of a request."""
        from okx_sync.rest.order_lookup import Finder  # an order without an answer is rare

        finder: Finder[R, L] = Finder(self._lookup_class(), self._find_order, self.clock, self.sync_clock)
        return finder.find(unknown, number, deadline, known_order_ids)

    def _check_lost(self, unknown: object, timeout: object) -> None:
        not_negative(timeout)
        if not isinstance(unknown, OrderStatusUnknown):
            hint = f"give the error that was raised; an order that you know is read by {self._order_call}"
            raise ConfigError(f"an OrderStatusUnknown is looked up, not {type(unknown).__name__}", hint=hint)
