"""Channel ``order``: orders that changed during an outage. Pages: those of ``listings``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

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
from okx_sync.exchanges.orders_recovery import KnownOrder, ListedOrdersRecovery, OrderSpelling
from okx_sync.exchanges.recovery_reading import ms, number
from okx_sync.protocol.recovery_source import Fetch, Lack
from okx_sync.types import OrderStatus

__all__ = ["SPELLING", "OrdersRecovery"]

_OPEN: Final = "/v5/order/realtime"
_HISTORY: Final = "/v5/order/history"
_MOST: Final = 50


def _status(row: Mapping[str, Any]) -> OrderStatus:
    """As ``row_conversion.order_status`` has it."""
    status = STATES.get(row.get("orderStatus"), "unknown")
    return "canceled" if status == "rejected" and number(row, "cumExecQty") else status


SPELLING: Final = OrderSpelling(
    status=_status,
    texts=("orderId", "symbol", "orderStatus"),
    filled="cumExecQty",
    changed=("updatedTime", "createdTime"),
    amended=("price", "qty", "triggerPrice", "takeProfit", "stopLoss"),
)
"""Of the channels of orders."""


class OrdersRecovery(ListedOrdersRecovery):
    """The memory of a topic of orders.

    Args:
        args: Arguments of the topic.
        coins: What linear contracts are settled in.
    """

    def __init__(self, args: Mapping[str, str], coins: SettleCoins) -> None:
        super().__init__("Bybit", SPELLING)
        self._categories = categories_of(args)
        self._coins = coins

    def listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterable[dict[str, Any]]]:
        """Yield the history, what ended last, what is open."""
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

    def filled(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[Mapping[str, Any]]:
        """Return the fills among the executions since then."""
        listed = executions_since(fetch, self._categories, since_ms, now_ms)
        return [row for row in listed if row.get("execType") in FILLS]

    def look_up(self, order_id: str, sign: Mapping[str, Any], fetch: Fetch) -> Iterator[dict[str, Any]]:
        """Ask what is open and ended last, then the history."""
        for category in (sign["category"],) if "category" in sign else self._categories:
            params = {"category": category, "symbol": sign.get("symbol") or "", "orderId": order_id}
            for path in (_OPEN, _HISTORY):
                found = list(all_rows(fetch, path, params, _MOST))
                yield from found
                if any(row.get("orderId") == order_id for row in found):
                    return

    def forgotten(self, since_ms: int, now_ms: int) -> Iterable[Lack]:
        """See ``forgotten_orders``."""
        return forgotten_orders(since_ms, now_ms)

    def ended_unlisted(self, known: KnownOrder, since_ms: int, now_ms: int) -> dict[str, Any] | None:
        """Return an end without a fill, if that may be so old that Bybit lists it no more."""
        if known.row is None or known.moment.filled or since_ms >= now_ms - UNFILLED_MS:
            return None
        # Nobody tells when: not before the outage, and not before its last change.
        at = max(since_ms, (known.moment.at or 0) + 1)
        return {**known.row, "orderStatus": "Cancelled", "leavesQty": "0", "updatedTime": str(at)}
