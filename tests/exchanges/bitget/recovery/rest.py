"""Bitget's REST as recovery asks it, V3 and V2: listings in pages (V3: of two), newest first, null where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bitget.recovery import recovery_for
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import FetchedPage, RecoverySource

__all__ = ["DAY", "NOW", "SINCE", "Rest", "source"]

NOW = 1_800_000_000_000
DAY = 86_400_000
SINCE = NOW - 60_000
_KEYS = {"orders-history": "entrustedList", "orders-pending": "entrustedList", "fills": "fillList"}
_BARE = ("all-position", "accounts", "fills-history", "candles", "market/fills")
_TIMES = ("updatedTime", "uTime", "utime", "createdTime", "cTime", "ts")


def source(channel: str, protocol: Protocol = "v3", *, backfill: bool = False, **args: str) -> RecoverySource:
    """The memory of a topic: of V3 by default."""
    product = {"v3": "UTA", "v2": "USDT-FUTURES"}[protocol]
    found = recovery_for(protocol)(Topic(channel, tuple(({"instType": product} | args).items())), backfill)
    assert found is not None
    return found


@attrs.define
class Rest:
    """Answers from lists of rows by path and category or product type; ``asked`` are the calls."""

    rows: Mapping[str, list[Any]] = attrs.field(factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = attrs.field(factory=list)

    def __call__(self, path: str, params: Mapping[str, Any]) -> FetchedPage:
        """One page."""
        self.asked.append((path, dict(params)))
        scope = params.get("category") or params.get("productType") or "USDT-FUTURES"
        found = self.rows.get(path.rpartition("/")[2], []) if scope == "USDT-FUTURES" else []
        if path.endswith(("order-info", "order/detail")):
            return self._named(found, params["orderId"])
        if path.endswith("account/assets"):
            return FetchedPage(found)
        if path.endswith(_BARE):
            return FetchedPage(found[: params.get("limit")])
        return self._page(path, found, params)

    def times(self, path: str) -> list[tuple[int, int | None]]:
        """For which times a listing was asked."""
        return [(params["startTime"], params.get("endTime")) for called, params in self.asked if called.endswith(path)]

    @staticmethod
    def _named(rows: list[Any], order_id: str) -> FetchedPage:
        rows = [row for row in rows if row["orderId"] == order_id]
        if not rows:
            raise OkxApiError("no such order", code="25204")
        return FetchedPage(rows)

    @staticmethod
    def _page(path: str, rows: list[Any], params: Mapping[str, Any]) -> FetchedPage:
        start, end = params.get("startTime", 0), params.get("endTime", NOW)
        wanted = [row for row in rows if start <= int(next((row[name] for name in _TIMES if name in row), NOW)) <= end]
        is_v3 = "/v3/" in path
        first = int(params.get("cursor" if is_v3 else "idLessThan") or 0)
        last = first + (2 if is_v3 else params["limit"])
        more = str(last) if len(wanted) > last or not is_v3 else None
        key = "list" if is_v3 else _KEYS.get(path.rpartition("/")[2], "list")
        return FetchedPage([{key: wanted[first:last] or None, "cursor" if is_v3 else "endId": more}])
