"""Bybit's REST as recovery asks it: listings by category, in pages of two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from okx_sync.exchanges.bybit.recovery import Recoveries
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import FetchedPage, RecoverySource

__all__ = ["HOUR", "NOW", "SINCE", "Rest", "execution", "order", "source"]

NOW = 1_800_000_000_000
HOUR = 3_600_000
SINCE = NOW - 60_000
_SPAN = 7 * 24 * HOUR


def source(channel: str, **args: str) -> RecoverySource:
    """The memory of a topic."""
    found = Recoveries("linear").source(Topic(channel, tuple(args.items())), False)
    assert found is not None
    return found


def order(order_id: str, status: str, at: int, **more: Any) -> dict[str, Any]:
    """An order as REST lists it."""
    words = {"symbol": "BTCUSDT", "orderId": order_id, "orderStatus": status, "side": "Buy", "price": "100", "qty": "3"}
    return words | {"cumExecQty": "0", "createdTime": str(at), "updatedTime": str(at)} | more


def execution(exec_id: str, at: int, **more: Any) -> dict[str, Any]:
    """A fill as REST lists it."""
    words = {"symbol": "BTCUSDT", "orderId": "1", "execId": exec_id, "execType": "Trade", "execQty": "1", "seq": 1}
    return words | {"execPrice": "100", "leavesQty": "0", "execTime": str(at), "side": "Buy"} | more


@attrs.define
class Rest:
    """Answers from lists of rows, newest first, as Bybit does; ``asked`` are the calls."""

    linear: Mapping[str, list[dict[str, Any]]] = attrs.field(factory=dict)
    spot: Mapping[str, list[dict[str, Any]]] = attrs.field(factory=dict)
    wallet: list[dict[str, Any]] = attrs.field(factory=list)
    asked: list[tuple[str, dict[str, Any]]] = attrs.field(factory=list)

    def __call__(self, path: str, params: Mapping[str, Any]) -> FetchedPage:
        """One page."""
        self.asked.append((path, dict(params)))
        if path == "/v5/account/wallet-balance":
            return FetchedPage(self.wallet, {"time": NOW})
        category = params["category"]
        if path == "/v5/market/instruments-info":
            return FetchedPage([{"settleCoin": "USDT"}], {"nextPageCursor": ""})
        listings = {"linear": self.linear, "spot": self.spot}.get(category, {})
        rows = self._chosen(path, listings, params)
        first = int(params.get("cursor") or 0)
        more = str(first + 2) if len(rows) > first + 2 else ""
        return FetchedPage(rows[first : first + 2], {"category": category, "nextPageCursor": more})

    @staticmethod
    def _chosen(path: str, listings: Mapping[str, list[dict[str, Any]]], params: Mapping[str, Any]) -> list[Any]:
        name = path.rpartition("/")[2]
        if path == "/v5/position/list":
            return [row for row in listings.get("position", []) if params.get("symbol") in (None, row["symbol"])]
        if "orderId" in params:
            every = [row for key in ("named", "open", "closed", "history") for row in listings.get(key, [])]
            return [row for row in every if row["orderId"] == params["orderId"]][:1]
        if name == "realtime":
            assert params["category"] != "linear" or "settleCoin" in params
            # Each listing of a currency has its own: here all are of USDT.
            is_other = params.get("settleCoin", "USDT") != "USDT"
            return [] if is_other else listings.get("closed" if params["openOnly"] else "open", [])
        start = params["startTime"]
        end = params.get("endTime", start + _SPAN)
        assert 0 <= end - start <= _SPAN
        field = "execTime" if name == "list" else "updatedTime"
        return [
            row for row in listings.get("fills" if name == "list" else "history", []) if start <= int(row[field]) <= end
        ]
