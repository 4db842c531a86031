"""``OrderLookup``: what REST says of an order whose answer was lost, once its identity is proved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from okx_sync.errors import ConfigError, OkxApiError, OkxError, OrderStatusUnknown
from okx_sync.exchanges.okx.order_identity import EXACT_MS, ROUGH_MS, is_applied, mismatch
from okx_sync.logs import get_logger
from okx_sync.rows.tolerant import value_or_none
from okx_sync.timing import Backoff, Clock, Deadline, not_negative

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.models import Order

__all__ = ["Finder", "LostOrders", "OrderLookup"]

log = get_logger("rest")

_NOT_FOUND: Final = "51603"


@attrs.frozen(kw_only=True)
class OrderLookup:
    """What REST says of an order whose answer was lost.

    ``status`` is ``"found"``, or ``"missing"``: it was not there, which does not say that it will not be: a request
    can be late. Failures to ask are raised instead.
    """

    status: Literal["found", "missing"]
    asked: Mapping[str, str]
    """What identifies the order: ``instId``, ``clOrdId``, ``ordId``, as far as known."""
    order: Order | None = None
    """The order as the exchange has it, when it was found."""
    applied: bool | None = None
    """Whether the order shows what was asked for: it is there, it has the new size and price, it is canceled. False is
    "not, or not yet"; None where it cannot be seen."""
    other: Order | None = None
    """An order of the same id that is not the one: OKX allows an id again once its order has ended."""
    reason: str | None = None
    """Why ``other`` is not the one."""

    @property
    def is_found(self) -> bool:
        """True when the order is at the exchange, or was."""
        return self.status == "found"

    def __str__(self) -> str:
        name = self.asked.get("ordId") or self.asked.get("clOrdId")
        if self.order is not None:
            return f"order {name}: found, {self.order.state}"
        other = "" if self.other is None else f"; order {self.other.ordId} of this id is another: {self.reason}"
        return f"order {name}: not there (yet){other}"


class Finder:
    """Looks up orders and proves that they are the right ones.

    Args:
        get_order: Asks for an order by instrument, the exchange's id and the caller's own.
        clock: The client's.
        sync_clock: Measures the exchange's clock.
    """

    def __init__(
        self,
        get_order: Callable[[str, str | None, str | None], Order],
        clock: Clock,
        sync_clock: Callable[[], object],
    ) -> None:
        self._get_order = get_order
        self._clock = clock
        self._sync_clock = sync_clock

    def find(
        self, unknown: OrderStatusUnknown, number: int, deadline: Deadline, known_order_ids: Collection[str]
    ) -> OrderLookup:
        """Look for the order of this number of a request until it is there or ``deadline`` has passed.

        Raises:
            ConfigError: It is no order on an instrument.
            OkxError: REST could not be asked.
        """
        asked = unknown.orders[number]
        if "algoId" in asked or "algoClOrdId" in asked:
            raise ConfigError("this is an algo order", hint="call algo.get_algo_order(algo_cl_ord_id=...)")
        if "instId" not in asked:
            raise ConfigError("this is no order on an instrument", hint="call spread.get_order(cl_ord_id=...)")
        request = unknown.requests[number] if number < len(unknown.requests) else asked
        backoff, attempt = Backoff(first_s=0.2, cap_s=1.0), 0
        while True:
            attempt += 1
            found = self._ask(asked)
            reason = None if found is None else self._why_not(found, request, unknown, known_order_ids)
            if found is not None and reason is None:
                applied = is_applied(found, request, unknown.action)
                return OrderLookup(status="found", asked=asked, order=found, applied=applied)
            if deadline.passed():
                break
            self._clock.sleep(min(backoff.delay(attempt), deadline.left() or 0.0))
        missing = OrderLookup(status="missing", asked=asked, other=found, reason=reason)
        if found is not None:
            log.warning("%s", missing)
        return missing

    def _ask(self, asked: Mapping[str, str]) -> Order | None:
        try:
            # With both ids given OKX takes ordId, which the order of a lost placement does not have.
            return self._get_order(asked["instId"], asked.get("ordId"), asked.get("clOrdId"))
        except OkxApiError as error:
            if error.code != _NOT_FOUND:
                raise
            return None

    def _why_not(
        self, order: Order, request: Mapping[str, Any], unknown: OrderStatusUnknown, known_order_ids: Collection[str]
    ) -> str | None:
        """Say why it is another order; None when it is the one."""
        if unknown.action == "place" and order.ordId in known_order_ids:
            return "it was known before"
        sent_at, slack_ms = self._moment(value_or_none(order, "cTime"), unknown)
        return mismatch(order, request, unknown.action, sent_at, slack_ms)

    def _moment(self, created_at: int | None, unknown: OrderStatusUnknown) -> tuple[int | None, int]:
        """Return when the request was sent, and how exactly that is known.

        The exchange's clock is measured only when it matters: when the order is too old (or too young) by less than
        clocks may differ.
        """
        sent_at, later = unknown.sent_at, unknown.action != "place"
        if sent_at is None or created_at is None or unknown.sent_offset_s:
            return sent_at, EXACT_MS
        gap = created_at - sent_at if later else sent_at - created_at
        if not self._clock.offset_s and EXACT_MS < gap <= ROUGH_MS:
            try:
                self._sync_clock()
            except OkxError as error:
                log.warning("the exchange's clock could not be measured, which would tell two orders apart: %s", error)
        corrected = sent_at + round(self._clock.offset_s * 1000)
        return (max if later else min)(sent_at, corrected), EXACT_MS


class LostOrders:
    """The part of ``OkxClient`` that looks up orders whose answer was lost."""

    clock: Clock

    if TYPE_CHECKING:

        def get_order(self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None) -> Order:
            """Get one order, as the client does."""

        def sync_clock(self) -> float:
            """Measure the exchange's clock, as the client does."""

    def reconcile(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> Order | None:
        """Look up what became of the (first) order of a request whose answer was lost.

        An order that merely has the same ``clOrdId`` is not taken for it: see ``lookup``, which tells more.

        Returns:
            The order as the exchange has it, or None when it was not there for ``timeout`` seconds. A request can be
            late: only with ``exp_time`` in the past is it certain that it will not arrive any more.
        """
        return self.lookup(unknown, timeout=timeout, known_order_ids=known_order_ids).order

    def reconcile_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[Order | None]:
        """Do as ``reconcile``, for every order of the request, in its order."""
        found = self.lookup_all(unknown, timeout=timeout, known_order_ids=known_order_ids)
        return [one.order for one in found]

    def lookup(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> OrderLookup:
        """Look up the (first) order of a request whose answer was lost, and prove that it is the one.

        OKX allows a ``clOrdId`` again once its order has ended, and shows the newest order of it. So the time of
        creation must fit that of sending, and instrument, ``ordId``, side and size must be those asked for.

        Args:
            unknown: The error.
            timeout: For how many seconds to look for an order that is not there.
            known_order_ids: Orders (``ordId``) that were there before; a lost new order is none of them.

        Returns:
            ``status`` ``"found"`` with the ``order``, and whether it shows what was asked for (``applied``), or
            ``"missing"``: not there (yet).

        Raises:
            ConfigError: The error names no order on an instrument.
            OkxError: REST could not be asked.
        """
        _check(unknown, timeout)
        if not unknown.orders:
            raise ConfigError("this error names no order", hint="call get_order(inst_id, cl_ord_id=...)")
        return self._finder().find(unknown, 0, Deadline(timeout, self.clock), known_order_ids)

    def lookup_all(
        self, unknown: OrderStatusUnknown, *, timeout: float = 5.0, known_order_ids: Collection[str] = ()
    ) -> list[OrderLookup]:
        """Do as ``lookup``, for every order of the request, in its order."""
        _check(unknown, timeout)
        deadline = Deadline(timeout, self.clock)
        finder = self._finder()
        return [finder.find(unknown, n, deadline, known_order_ids) for n in range(len(unknown.orders))]

    def _finder(self) -> Finder:
        return Finder(self.get_order, self.clock, self.sync_clock)


def _check(unknown: object, timeout: object) -> None:
    not_negative(timeout)
    if not isinstance(unknown, OrderStatusUnknown):
        hint = "give the error that was raised; an order that you know is read by get_order(inst_id, ord_id)"
        raise ConfigError(f"an OrderStatusUnknown is looked up, not {type(unknown).__name__}", hint=hint)
