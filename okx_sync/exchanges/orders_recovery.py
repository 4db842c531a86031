"""Orders that changed during an outage, on exchanges whose REST lists each order as it is now.

Such a stream pushes an order after each change, and a channel of its own tells the fills: one row for each order that
changed, as it is now, lacks nothing that counts. An exchange adds which lists there are, and how its rows are spelt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from okx_sync.exchanges.recovery_reading import Bounded, check, ms, number
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource
from okx_sync.state.orders.order_news import OrderMoment
from okx_sync.types import FINAL, OrderStatus

__all__ = ["KnownOrder", "ListedOrdersRecovery", "OrderSpelling"]

_ID = "orderId"


class KnownOrder(NamedTuple):
    """An order as it was last delivered; ``row`` only while it is open."""

    moment: OrderMoment
    row: Mapping[str, Any] | None


@attrs.frozen(kw_only=True)
class OrderSpelling:
    """Where a row, as the stream pushes it, tells what makes it news; ``status`` reads the neutral word of it.

    ``texts``: fields that must be texts; ``filled``: size that is filled; ``changed``: time of the last change, or what
    stands for it; ``amended``: numbers that an amendment may change.
    """

    status: Callable[[Mapping[str, Any]], OrderStatus]
    texts: tuple[str, ...]
    filled: str
    changed: tuple[str, ...]
    amended: tuple[str, ...]


class ListedOrdersRecovery(RecoverySource):
    """The memory of a topic of orders.

    Args:
        exchange: For people, ``"Bybit"``.
        spelling: Of its rows.
    """

    def __init__(self, exchange: str, spelling: OrderSpelling) -> None:
        self._exchange = exchange
        self._spelling = spelling
        self._open: dict[str, KnownOrder] = {}
        self._done: Bounded[str, KnownOrder] = Bounded(10_000)
        # What is open and the stream never told; None: not known yet, as REST was never asked.
        self._listed: dict[str, KnownOrder] | None = None
        self._odd: list[Any] = []  # what of the present answers cannot be read

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change; of equal times a final state is the last."""
        return (ms(row, *self._spelling.changed), int(self._spelling.status(row) in FINAL))

    # -- what was told -------------------------------------------------------------------------------------------

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. News is a later change, or another one of the same moment."""
        if not isinstance(row, dict) or not row.get(_ID):
            return row  # not for us to judge: the decoder reports it
        check(row, self._spelling.texts, self._spelling.filled)
        order_id, now = row[_ID], self._read(row)
        known = self._known(order_id)
        if known is not None and not self._is_news(now, known):
            return None
        if now.moment.status in FINAL:
            self._open.pop(order_id, None)
            self._done[order_id] = KnownOrder(now.moment, None)
        elif order_id not in self._done:
            self._open[order_id] = now
        return row

    def _known(self, order_id: str) -> KnownOrder | None:
        return self._open.get(order_id) or self._done.get(order_id)

    # -- what an exchange adds -----------------------------------------------------------------------------------

    def listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterable[dict[str, Any]]]:
        """Yield the lists of what ended, then those of what is open, with rows as the stream pushes them.

        An order that ends while REST is asked is then in neither, and looked up.
        """
        raise NotImplementedError

    def filled(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[Mapping[str, Any]]:
        """Return the fills since then: an order of long ago may be in none of the lists, but its fills tell of it."""
        raise NotImplementedError

    def look_up(self, order_id: str, sign: Mapping[str, Any], fetch: Fetch) -> Iterable[dict[str, Any]]:
        """Ask for one order, of which ``sign`` (its last row, or a fill) tells the instrument."""
        raise NotImplementedError

    def forgotten(self, since_ms: int, now_ms: int) -> Iterable[Lack]:
        """Return what no list has of an outage that began then; asked behind the lists."""
        raise NotImplementedError

    def ended_unlisted(self, known: KnownOrder, since_ms: int, now_ms: int) -> dict[str, Any] | None:  # noqa: ARG002
        """Return how an open order must have ended that nobody lists any more; None where nobody can say."""
        return None

    # -- what was missed -------------------------------------------------------------------------------------------

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        self._odd = []
        listed = self._listed or {}
        orders: dict[str, KnownOrder] = {}
        for listing in self.listings(since_ms, fetch, now_ms):
            for row in self._clear(listing):
                self._keep(orders, row)
        filled = {row[_ID]: row for row in self.filled(since_ms, fetch, now_ms) if type(row.get(_ID)) is str}
        filled.pop("", None)
        lacks = list(self.forgotten(since_ms, now_ms))
        told = {
            order_id: one.row for order_id, one in [*listed.items(), *self._open.copy().items()] if one.row is not None
        }
        for order_id, sign in {**filled, **told}.items():
            if order_id not in orders and order_id not in self._done:
                for row in self._clear(self.look_up(order_id, sign, fetch)):
                    if row[_ID] == order_id:
                        self._keep(orders, row)
                if order_id not in orders:
                    lacks += self._vanished(order_id, since_ms, now_ms, orders)
        rows = [one.row for order_id, one in orders.items() if self._is_missed(order_id, one, since_ms)]
        self._listed = {order_id: one for order_id, one in orders.items() if one.moment.status not in FINAL}
        return Missed(sorted(rows, key=self.when) + self._odd, tuple(lacks))

    def _is_missed(self, order_id: str, now: KnownOrder, since_ms: int) -> bool:
        known = self._known(order_id)
        return (now.moment.at or 0) >= since_ms if known is None else self._is_news(now, known)

    def _clear(self, orders: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Return the rows that say which order they are of; the others go on as they are, to be reported."""
        for order in orders:
            try:
                check(order, self._spelling.texts, self._spelling.filled)
                is_clear = bool(order.get(_ID))
            except ValueError:
                is_clear = False
            if is_clear:
                yield order
            else:
                self._odd.append(order)

    def _vanished(self, order_id: str, since_ms: int, now_ms: int, orders: dict[str, KnownOrder]) -> list[Lack]:
        """Say what became of an order that nobody lists any more."""
        known = self._open.get(order_id) or (self._listed or {}).get(order_id)
        ended = None if known is None else self.ended_unlisted(known, since_ms, now_ms)
        if ended is not None:
            self._keep(orders, ended)
            return []
        return [Lack(now_ms, f"what became of order {order_id}: {self._exchange} lists it nowhere")]

    def _keep(self, orders: dict[str, KnownOrder], row: dict[str, Any]) -> None:
        """Keep the latest that the lists tell of an order."""
        now, other = self._read(row), orders.get(row[_ID])
        if other is None or now.moment.compared_to(other.moment) > 0:
            orders[row[_ID]] = now

    # -- what a row says -----------------------------------------------------------------------------------------

    def _read(self, row: Mapping[str, Any]) -> KnownOrder:
        filled = number(row, self._spelling.filled)
        return KnownOrder(OrderMoment(self._spelling.status(row), filled, ms(row, self._spelling.changed[0])), row)

    def _is_news(self, now: KnownOrder, known: KnownOrder) -> bool:
        """Tell whether an order as it is ``now`` is more than what is ``known`` of it."""
        order = now.moment.compared_to(known.moment)
        return order > 0 or (order == 0 and self._differs(now.row, known.row))

    def _differs(self, row: Mapping[str, Any] | None, told: Mapping[str, Any] | None) -> bool:
        """Tell whether a change in the same millisecond is another one."""
        if row is None or told is None:
            return False
        is_same = self._spelling.status(row) == self._spelling.status(told)
        return not is_same or any(number(row, name) != number(told, name) for name in self._spelling.amended)
