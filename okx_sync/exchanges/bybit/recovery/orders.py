"""Channel ``order``: orders that changed during an outage.

The stream pushes an order after each change; REST has it as it is now. Fills are not told by these rows but by
``execution``, so that one row for each order that changed, as it is now, lacks nothing that counts. Pages: those of
``listings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from okx_sync.exchanges.bybit.recovery.listings import (
    UNFILLED_MS,
    SettleCoins,
    all_rows,
    categories_of,
    executions_since,
    forgotten_orders,
    windows,
)
from okx_sync.exchanges.bybit.row_conversion import FILLS, STATES
from okx_sync.exchanges.recovery_reading import Bounded, check, ms, number
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource
from okx_sync.state.orders.order_news import OrderMoment
from okx_sync.types import FINAL

__all__ = ["OrdersRecovery"]

_TEXTS: Final = ("orderId", "symbol", "orderStatus")
_PRICES: Final = ("price", "qty", "triggerPrice", "takeProfit", "stopLoss")  # what an amendment may change
_OPEN: Final = "/v5/order/realtime"
_HISTORY: Final = "/v5/order/history"
_MOST: Final = 50


class _Known(NamedTuple):
    """An order as it was last delivered; ``row`` only while it is open."""

    moment: OrderMoment
    row: Mapping[str, Any] | None


class OrdersRecovery(RecoverySource):
    """The memory of a topic of orders.

    Args:
        args: Arguments of the topic.
        coins: What linear contracts are settled in.
    """

    def __init__(self, args: Mapping[str, str], coins: SettleCoins) -> None:
        self._categories = categories_of(args)
        self._coins = coins
        self._open: dict[str, _Known] = {}
        self._done: Bounded[str, _Known] = Bounded(10_000)
        self._listed: dict[str, _Known] | None = None  # what is open and the stream never told; None: not known yet
        self._odd: list[Any] = []  # what of the present answers cannot be read

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change; of equal times a final state is the last."""
        return (ms(row, "updatedTime", "createdTime"), int(STATES.get(row.get("orderStatus")) in FINAL))

    # -- what was told -------------------------------------------------------------------------------------------

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. News is a later change, or another one of the same moment."""
        if not isinstance(row, dict) or not row.get("orderId"):
            return row  # not for us to judge: the decoder reports it
        check(row, _TEXTS, "cumExecQty")
        order_id, now = row["orderId"], _read(row)
        known = self._known(order_id)
        if known is not None and not _is_news(now, known):
            return None
        if now.moment.status in FINAL:
            self._open.pop(order_id, None)
            self._done[order_id] = _Known(now.moment, None)
        elif order_id not in self._done:
            self._open[order_id] = now
        return row

    def _known(self, order_id: str) -> _Known | None:
        return self._open.get(order_id) or self._done.get(order_id)

    # -- what was missed -------------------------------------------------------------------------------------------

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``.

        What ended is listed first: an order that ends while REST is asked is then in neither list, and looked up.
        """
        self._odd = []
        listed = self._listed or {}
        lacks = list(forgotten_orders(since_ms, now_ms))
        orders: dict[str, _Known] = {}
        for listing in self._listings(since_ms, fetch, now_ms):
            for row in self._clear(listing):
                _keep(orders, row)
        # An order of long ago may be in none of these lists: its fills tell of it, or the stream did.
        filled: dict[str, Mapping[str, Any]] = {
            row["orderId"]: row
            for row in executions_since(fetch, self._categories, since_ms, now_ms)
            if row.get("execType") in FILLS and type(row.get("orderId")) is str and row["orderId"]
        }
        told = {
            order_id: one.row for order_id, one in [*listed.items(), *list(self._open.items())] if one.row is not None
        }
        for order_id, sign in {**filled, **told}.items():
            if order_id not in orders and order_id not in self._done:
                self._look_up(order_id, sign, orders, fetch)
                if order_id not in orders:
                    lacks += self._vanished(order_id, since_ms, now_ms, orders)
        rows = [one.row for order_id, one in orders.items() if self._is_missed(order_id, one, since_ms)]
        self._listed = {order_id: one for order_id, one in orders.items() if one.moment.status not in FINAL}
        return Missed(sorted(rows, key=self.when) + self._odd, tuple(lacks))

    def _listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterator[dict[str, Any]]]:
        """Yield the lists of what ended, then those of what is open."""
        for category in self._categories:
            for window in windows(since_ms, now_ms):
                yield all_rows(fetch, _HISTORY, {"category": category, **window}, _MOST)
        for open_only in (1, 0):
            for category in self._categories:
                for scope in self._coins.scopes(category, fetch):
                    rows = all_rows(fetch, _OPEN, {**scope, "openOnly": open_only}, _MOST)
                    yield self._ended_since(since_ms, rows) if open_only else rows

    def _ended_since(self, since_ms: int, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield what ended last, up to the first order that was placed and ended before the outage.

        The list goes by age of the orders, newest first, and has up to ten pages. Of the older ones, those that were
        open are known by then, and looked up; only the first outage must read all, for those open before the stream.
        """
        for row in rows:
            is_older = 0 < ms(row, "createdTime") < since_ms > ms(row, "updatedTime")
            if is_older and self._listed is not None:
                return
            yield row

    def _is_missed(self, order_id: str, now: _Known, since_ms: int) -> bool:
        known = self._known(order_id)
        return (now.moment.at or 0) >= since_ms if known is None else _is_news(now, known)

    def _clear(self, orders: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Return the rows that say which order they are of; the others go on as they are, to be reported."""
        for order in orders:
            try:
                check(order, _TEXTS, "cumExecQty")
                is_clear = bool(order.get("orderId"))
            except ValueError:
                is_clear = False
            if is_clear:
                yield order
            else:
                self._odd.append(order)

    def _look_up(self, order_id: str, row: Mapping[str, Any], orders: dict[str, _Known], fetch: Fetch) -> None:
        """Ask for one order, of which ``row`` tells the instrument: what is open and ended last, then the history."""
        for category in (row["category"],) if "category" in row else self._categories:
            params = {"category": category, "symbol": row.get("symbol") or "", "orderId": order_id}
            for path in (_OPEN, _HISTORY):
                for found in self._clear(all_rows(fetch, path, params, _MOST)):
                    if found["orderId"] == order_id:
                        _keep(orders, found)
                if order_id in orders:
                    return

    def _vanished(self, order_id: str, since_ms: int, now_ms: int, orders: dict[str, _Known]) -> list[Lack]:
        """Say what became of an order that nobody lists any more: an end without a fill, if that may be that old."""
        known = self._open.get(order_id) or (self._listed or {}).get(order_id)
        if known is not None and known.row is not None and not known.moment.filled and since_ms < now_ms - UNFILLED_MS:
            # Nobody tells when: not before the outage, and not before its last change.
            at = max(since_ms, (known.moment.at or 0) + 1)
            _keep(orders, {**known.row, "orderStatus": "Cancelled", "leavesQty": "0", "updatedTime": str(at)})
            return []
        return [Lack(now_ms, f"what became of order {order_id}: Bybit lists it nowhere")]


def _keep(orders: dict[str, _Known], row: dict[str, Any]) -> None:
    """Keep the latest that the lists tell of an order."""
    now, other = _read(row), orders.get(row["orderId"])
    if other is None or now.moment.compared_to(other.moment) > 0:
        orders[row["orderId"]] = now


def _read(row: Mapping[str, Any]) -> _Known:
    filled = number(row, "cumExecQty")
    status = STATES.get(row.get("orderStatus"), "unknown")
    # As ``row_conversion.order_status`` has it.
    return _Known(
        OrderMoment("canceled" if status == "rejected" and filled else status, filled, ms(row, "updatedTime")), row
    )


def _is_news(now: _Known, known: _Known) -> bool:
    """Tell whether an order as it is ``now`` is more than what is ``known`` of it."""
    order = now.moment.compared_to(known.moment)
    return order > 0 or (order == 0 and _differs(now.row, known.row))


def _differs(row: Mapping[str, Any] | None, told: Mapping[str, Any] | None) -> bool:
    """Tell whether a change in the same millisecond is another one."""
    if row is None or told is None:
        return False
    is_same = row.get("orderStatus") == told.get("orderStatus")
    return not is_same or any(number(row, name) != number(told, name) for name in _PRICES)
