"""``Lookup``: what REST says of an order whose answer was lost, once its identity is proved. For every exchange.

An exchange says in its own module what its orders' fields are called (a subclass of :class:`Lookup`), and how it is
asked for one (a subclass of ``LostOrders``, from which its client inherits).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar

import attrs

from okx_sync.errors import OkxError, OrderStatusUnknown
from okx_sync.logs import get_logger
from okx_sync.rest.order_identity import EXACT_MS, ROUGH_MS, OrderFields, is_applied, mismatch
from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none
from okx_sync.timing import Backoff, Clock, Deadline

__all__ = ["Finder", "Lookup"]

log = get_logger("rest")

R = TypeVar("R", bound=Row)
L = TypeVar("L", bound="Lookup[Any]")


@attrs.frozen(kw_only=True)
class Lookup(Generic[R]):
    """What REST says of an order whose answer was lost.

    ``status`` is ``"found"``, or ``"missing"``: it was not there, which does not say that it will not be: a request
    can be late. Failures to ask are raised instead.
    """

    fields: ClassVar[OrderFields]

    status: Literal["found", "missing"]
    asked: Mapping[str, str]
    """What identifies the order, by wire name, as far as known: instrument, the caller's own id, the exchange's."""
    order: R | None = None
    """The order as the exchange has it, when it was found."""
    applied: bool | None = None
    """Whether the order shows what was asked for: it is there, it has the new size and price, it is canceled. False is
    "not, or not yet"; None where it cannot be seen."""
    other: R | None = None
    """An order of the same id that is not the one: an exchange may allow an id again once its order has ended."""
    reason: str | None = None
    """Why ``other`` is not the one."""

    @property
    def is_found(self) -> bool:
        """True when the order is at the exchange, or was."""
        return self.status == "found"

    def __str__(self) -> str:
        fields = self.fields
        name = self.asked.get(fields.order_id) or self.asked.get(fields.client_id)
        if self.order is not None:
            return f"order {name}: found, {value_or_none(self.order, fields.status)}"
        if self.other is None:
            return f"order {name}: not there (yet)"
        known = value_or_none(self.other, fields.order_id)
        return f"order {name}: not there (yet); order {known} of this id is another: {self.reason}"


class Finder(Generic[R, L]):
    """Looks up orders and proves that they are the right ones.

    Args:
        kind: The exchange's class of what is found.
        get_order: Asks for an order by what identifies it; None when the exchange does not have it.
        clock: The client's.
        sync_clock: Measures the exchange's clock.
    """

    def __init__(
        self,
        kind: type[L],
        get_order: Callable[[Mapping[str, str]], R | None],
        clock: Clock,
        sync_clock: Callable[[], object],
    ) -> None:
        self._kind = kind
        self._get_order = get_order
        self._clock = clock
        self._sync_clock = sync_clock

    def find(self, unknown: OrderStatusUnknown, number: int, deadline: Deadline, known_order_ids: Collection[str]) -> L:
        """Look for the order of this number of a request until it is there or ``deadline`` has passed.

        Raises:
            ConfigError: It is no order that could be looked up.
            OkxError: REST could not be asked.
        """
        asked = unknown.orders[number]
        request = unknown.requests[number] if number < len(unknown.requests) else asked
        backoff, attempt = Backoff(first_s=0.2, cap_s=1.0), 0
        while True:
            attempt += 1
            found = self._get_order(asked)
            reason = None if found is None else self._why_not(found, request, unknown, known_order_ids)
            if found is not None and reason is None:
                applied = is_applied(self._kind.fields, found, request, unknown.action)
                return self._kind(status="found", asked=asked, order=found, applied=applied)
            if deadline.passed():
                break
            self._clock.sleep(min(backoff.delay(attempt), deadline.left() or 0.0))
        missing = self._kind(status="missing", asked=asked, other=found, reason=reason)
        if found is not None:
            log.warning("%s", missing)
        return missing

    def _why_not(
        self, order: R, request: Mapping[str, Any], unknown: OrderStatusUnknown, known_order_ids: Collection[str]
    ) -> str | None:
        """Say why it is another order; None when it is the one."""
        fields = self._kind.fields
        if unknown.action == "place" and value_or_none(order, fields.order_id) in known_order_ids:
            return "it was known before"
        sent_at, slack_ms = self._moment(value_or_none(order, fields.created), unknown)
        return mismatch(fields, order, request, unknown.action, sent_at, slack_ms)

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
