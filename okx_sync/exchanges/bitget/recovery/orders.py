"""Channels ``order`` (V3) and ``orders`` (V2): orders that changed during an outage.

Trigger orders are no part of them. Pages: those of ``listings``, and "Get Order Details" of both API guides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bitget.products import ALL
from okx_sync.exchanges.bitget.recovery.listings import CLASSIC, UNIFIED, ListingPages, forgotten
from okx_sync.exchanges.bitget.recovery.pushed_rows import classic_order, unified_order
from okx_sync.exchanges.bitget.rest_error_codes import NOT_FOUND
from okx_sync.exchanges.bitget.row_conversion import ORDER_STATUSES
from okx_sync.exchanges.orders_recovery import ListedOrdersRecovery, OrderSpelling
from okx_sync.protocol.recovery_source import Fetch, Lack
from okx_sync.types import OrderStatus

__all__ = ["ClassicOrdersRecovery", "UnifiedOrdersRecovery"]

_CATEGORIES: Final = (*ALL, "SPOT", "MARGIN")
_MANY: Final = 20


def _unified_status(row: Mapping[str, Any]) -> OrderStatus:
    return ORDER_STATUSES.get(row.get("orderStatus"), "unknown")


def _classic_status(row: Mapping[str, Any]) -> OrderStatus:
    return ORDER_STATUSES.get(row.get("status"), "unknown")


_UNIFIED: Final = OrderSpelling(
    status=_unified_status,
    texts=("orderId", "symbol", "orderStatus"),
    filled="cumExecQty",
    changed=("updatedTime", "createdTime"),
    amended=("price", "qty"),
)
_CLASSIC: Final = OrderSpelling(
    status=_classic_status,
    texts=("orderId", "instId", "status"),
    filled="accBaseVolume",
    changed=("uTime", "cTime"),
    amended=("price", "size"),
)


class _BitgetOrdersRecovery(ListedOrdersRecovery):
    """What both generations have in common."""

    def __init__(self, spelling: OrderSpelling) -> None:
        super().__init__("Bitget", spelling)

    def _pasts(self, pages: ListingPages) -> Iterator[Callable[..., Iterator[dict[str, Any]]]]:
        """Yield the listings of what ended.

        No page says whether the history goes by when an order was placed or by when it ended. Orders of before the
        outage are looked up once they are known, one by one, unless they are many; those that were open before the
        stream began are known since the first outage. For these two the newest of the history are listed.
        """
        yield pages.since
        if self._listed is None or len(self._open) > _MANY:
            yield pages.latest

    def forgotten(self, since_ms: int, now_ms: int) -> Iterable[Lack]:
        """Return what is older than the history."""
        return forgotten("orders that ended", since_ms, now_ms)


class UnifiedOrdersRecovery(_BitgetOrdersRecovery):
    """The memory of V3's topic of orders, which has those of spot, margin and all futures."""

    def __init__(self) -> None:
        super().__init__(_UNIFIED)
        self._refused: list[Lack] = []

    def listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterable[dict[str, Any]]]:
        """Yield what ended, of each category, then what is open."""
        self._refused = []
        for category in _CATEGORIES:
            yield self._past(category, since_ms, fetch, now_ms)
        yield map(unified_order, UNIFIED.rows(fetch, "/api/v3/trade/unfilled-orders", "list", {}))

    def _past(self, category: str, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[dict[str, Any]]:
        """Yield what ended; a category that this account may not ask for costs no other its history."""
        try:
            for listing in self._pasts(UNIFIED):
                rows = listing(fetch, "/api/v3/trade/history-orders", "list", {"category": category}, since_ms, now_ms)
                yield from map(unified_order, rows)
        except OkxApiError as error:
            if error.retryable:
                raise
            self._refused.append(Lack(now_ms, f"orders of {category} that ended: {error.message}"))

    def forgotten(self, since_ms: int, now_ms: int) -> Iterable[Lack]:
        """Return what is older than the history, and what was refused."""
        return (*super().forgotten(since_ms, now_ms), *self._refused)

    def filled(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[Mapping[str, Any]]:
        """Return the fills of all categories."""
        return UNIFIED.since(fetch, "/api/v3/trade/fills", "list", {}, since_ms, now_ms)

    def look_up(self, order_id: str, sign: Mapping[str, Any], fetch: Fetch) -> Iterable[dict[str, Any]]:  # noqa: ARG002
        """Ask for one order, whatever its category."""
        return map(unified_order, _named(fetch, "/api/v3/trade/order-info", {"orderId": order_id}))


class ClassicOrdersRecovery(_BitgetOrdersRecovery):
    """The memory of a topic of orders of V2: of one product type, perhaps of one contract.

    Args:
        wanted: What REST is asked for: ``productType``, perhaps ``symbol``.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        super().__init__(_CLASSIC)
        self._wanted = wanted

    def listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterable[dict[str, Any]]]:
        """Yield what ended, then what is open, with and without fills: Bitget's pages disagree on the default."""
        past, pending, key = "/api/v2/mix/order/orders-history", "/api/v2/mix/order/orders-pending", "entrustedList"
        for listing in self._pasts(CLASSIC):
            yield map(classic_order, listing(fetch, past, key, self._wanted, since_ms, now_ms))
        for status in ("live", "partially_filled"):
            yield map(classic_order, CLASSIC.rows(fetch, pending, key, {**self._wanted, "status": status}))

    def filled(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[Mapping[str, Any]]:
        """Return the fills of the product type."""
        return CLASSIC.since(fetch, "/api/v2/mix/order/fills", "fillList", self._wanted, since_ms, now_ms)

    def look_up(self, order_id: str, sign: Mapping[str, Any], fetch: Fetch) -> Iterable[dict[str, Any]]:
        """Ask for one order of a contract."""
        params = {**self._wanted, "symbol": sign.get("instId") or sign.get("symbol") or "", "orderId": order_id}
        return map(classic_order, _named(fetch, "/api/v2/mix/order/detail", params))


def _named(fetch: Fetch, path: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask for one order; nothing where Bitget does not know it."""
    try:
        return [row for row in fetch(path, params) if isinstance(row, dict)]
    except OkxApiError as error:
        if error.code not in NOT_FOUND:
            raise
        return []
