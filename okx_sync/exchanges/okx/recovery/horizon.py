"""How far back OKX's listings go, and reading one event after another from the listing that still has it.

Pages: "Get transaction details (last 3 days)" and "(last 3 months)", "Get order history (last 7 days)" and "(last 3
months)". Where the recent listing ends and the older one takes over, both are asked for the same hour: clocks differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from okx_sync.exchanges.okx.recovery.reading import all_rows
from okx_sync.exchanges.recovery_reading import utc
from okx_sync.protocol.recovery_source import Fetch, Lack

__all__ = ["TYPES", "fills_since", "finished_orders", "forgotten_fills", "forgotten_orders", "types_of"]

TYPES: Final = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION")
"""Types of instrument, of which most listings must be asked one by one."""

_HOUR: Final = 3_600_000
_DAY: Final = 24 * _HOUR
_FILLS: Final = 3 * _DAY
_ORDERS: Final = 7 * _DAY
_UNFILLED: Final = 2 * _HOUR
_ALL: Final = 90 * _DAY  # "3 months"
_MINUTE: Final = 60_000


def types_of(filters: Mapping[str, str]) -> tuple[str, ...]:
    """Return the types of instrument that filters may be about; all where they do not say."""
    if "instType" in filters:
        return (filters["instType"],)
    parts = filters.get("instId", "").split("-")
    if len(parts) == 2:
        return ("SPOT", "MARGIN")
    if len(parts) == 3:
        return ("SWAP",) if parts[2] == "SWAP" else ("FUTURES",)
    return ("OPTION",) if len(parts) == 5 else TYPES


def fills_since(fetch: Fetch, filters: Mapping[str, str], since_ms: int, now_ms: int) -> Iterator[Any]:
    """Yield every fill since then that OKX still lists, newest first of each type, none twice."""
    listings = [("/api/v5/trade/fills", {**filters, "begin": since_ms})]
    if since_ms < now_ms - _FILLS + _HOUR:
        older = {**filters, "begin": since_ms, "end": now_ms - _FILLS + _HOUR}
        listings += [("/api/v5/trade/fills-history", {**older, "instType": kind}) for kind in types_of(filters)]
    seen: set[tuple[Any, ...]] = set()
    for path, params in listings:
        for row in all_rows(fetch, path, params, "billId"):
            key = (row.get("instId"), row.get("tradeId"), row.get("ordId"), row.get("billId"))
            if key not in seen:
                seen.add(key)
                yield row


def finished_orders(fetch: Fetch, filters: Mapping[str, str], since_ms: int, now_ms: int) -> Iterator[Iterator[Any]]:
    """Yield listings of finished orders, each newest first by age of the order; an order may be in two of them."""
    for kind in types_of(filters):
        params: dict[str, Any] = {**filters, "instType": kind}
        yield all_rows(fetch, "/api/v5/trade/orders-history", params, "ordId")
        if since_ms < now_ms - _ORDERS + _HOUR:
            older = {**params, "end": now_ms - _ORDERS + _HOUR}
            yield all_rows(fetch, "/api/v5/trade/orders-history-archive", older, "ordId")


def forgotten_fills(since_ms: int, now_ms: int) -> tuple[Lack, ...]:
    """Return what no listing has of an outage that began then."""
    gone = now_ms - _ALL
    return (Lack(gone, f"fills before {utc(gone)}: OKX lists them for 3 months"),) if since_ms < gone else ()


def forgotten_orders(since_ms: int, now_ms: int) -> tuple[Lack, ...]:
    """Return what no listing has of an outage that began then."""
    lacks = forgotten_fills(since_ms, now_ms)
    gone = now_ms - _UNFILLED
    if since_ms < gone - _MINUTE:
        what = f"orders placed unseen and canceled without a fill before {utc(gone)}: OKX lists them for 2 hours"
        lacks = (*lacks, Lack(gone, what))
    return lacks
