"""Channels ``spread.order`` and ``spread.execution``: orders on spreads and their fills during an outage.

REST lists orders on spreads, not those that Bybit made of them on the legs; fills with what they did on each leg.
Pages: "Get Open Orders", "Get Order History", "Get Trade History" of "Spread Trading".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from okx_sync.exchanges.bybit.recovery.listings import all_rows, forgotten, windows
from okx_sync.exchanges.bybit.recovery.orders import SPELLING
from okx_sync.exchanges.orders_recovery import ListedOrdersRecovery
from okx_sync.exchanges.recovery_reading import Bounded, ms
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource

__all__ = ["SpreadExecutionsRecovery", "SpreadOrdersRecovery"]

_OPEN: Final = "/v5/spread/order/realtime"
_HISTORY: Final = "/v5/spread/order/history"
_FILLS: Final = "/v5/spread/execution/list"
_MOST: Final = 50
_NAMES: Final = {"createdAt": "createdTime", "updatedAt": "updatedTime", "cxlRejReason": "rejectReason"}
_WHOLE: Final = "combination"


class SpreadOrdersRecovery(ListedOrdersRecovery):
    """The memory of the topic of orders on spreads."""

    def __init__(self) -> None:
        super().__init__("Bybit", SPELLING)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Orders on legs pass: nobody lists them."""
        return row if isinstance(row, dict) and row.get("parentOrderId") else super().note(row)

    def listings(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[Iterable[dict[str, Any]]]:
        """Yield the history, then what is open."""
        for window in windows(since_ms, now_ms):
            yield map(_order, all_rows(fetch, _HISTORY, window, _MOST))
        yield map(_order, all_rows(fetch, _OPEN, {}, _MOST))

    def filled(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[Mapping[str, Any]]:
        """Return the fills since then."""
        return _fills(fetch, since_ms, now_ms)

    def look_up(self, order_id: str, sign: Mapping[str, Any], fetch: Fetch) -> Iterator[dict[str, Any]]:  # noqa: ARG002
        """Ask what is open, then the history."""
        for path in (_OPEN, _HISTORY):
            yield from map(_order, all_rows(fetch, path, {"orderId": order_id}, _MOST))

    def forgotten(self, since_ms: int, now_ms: int) -> Iterable[Lack]:
        """See ``listings.forgotten``."""
        return forgotten(since_ms, now_ms)


class SpreadExecutionsRecovery(RecoverySource):
    """The memory of the topic of fills of spreads and of their legs: each has an id of its own."""

    def __init__(self) -> None:
        self._told: Bounded[Any, None] = Bounded(50_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of the fill."""
        return (ms(row, "execTime"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        if not isinstance(row, dict) or not row.get("execId"):
            return row  # not for us to judge: the decoder reports it
        if row["execId"] in self._told:
            return None
        self._told[row["execId"]] = None
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        rows = [row for fill in _fills(fetch, since_ms, now_ms) for row in _pushes(fill)]
        new = {row.get("execId"): row for row in rows if row.get("execId") not in self._told}
        return Missed(sorted(new.values(), key=self.when), forgotten(since_ms, now_ms))


def _fills(fetch: Fetch, since_ms: int, now_ms: int) -> list[dict[str, Any]]:
    """Return the fills since then, oldest first."""
    listed = [
        row for window in windows(since_ms, now_ms) for row in reversed([*all_rows(fetch, _FILLS, window, _MOST)])
    ]
    return sorted(listed, key=lambda row: ms(row, "execTime"))


def _order(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write an order by the names that pushes have."""
    return {**{_NAMES.get(name, name): value for name, value in row.items()}, "category": _WHOLE}


def _pushes(fill: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the pushes of a fill: of the spread, and of each leg."""
    yield {**{name: value for name, value in fill.items() if name != "legs"}, "category": _WHOLE}
    for leg in fill.get("legs") or ():
        kind = "spot_leg" if leg.get("category") == "spot" else "future_leg"
        made = {{"feeCurrency": "feeCoin"}.get(name, name): value for name, value in leg.items()}
        yield made | {"category": kind, "parentExecId": fill.get("execId")}
