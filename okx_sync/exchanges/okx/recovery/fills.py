"""Channel ``fills``: fills during an outage. Pages: those of ``horizon``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.okx.recovery.horizon import fills_since, forgotten_fills
from okx_sync.exchanges.okx.recovery.reading import only
from okx_sync.exchanges.okx.recovery.trade_numbers import TradeNumbers, numbers_of
from okx_sync.exchanges.recovery_reading import Bounded, ms
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["FillsRecovery"]

# What the stream's row has; REST tells more.
_FIELDS: Final = ("instId", "fillSz", "fillPx", "side", "ordId", "clOrdId", "tradeId", "execType")


class FillsRecovery(RecoverySource):
    """The memory of a topic of fills.

    A push may stand for several fills of an order: it has the number of the last.

    Args:
        args: Arguments of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._args = args
        self._told: Bounded[tuple[Any, ...], TradeNumbers] = Bounded(10_000)  # by order
        self._unnumbered: Bounded[tuple[Any, ...], None] = Bounded(50_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of the fill."""
        return (ms(row, "ts"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        if not isinstance(row, dict):
            return row
        span = numbers_of(row)
        if span is None:
            return None if self._is_told(row) else self._note_unnumbered(row)
        order = _order_of(row)
        told = self._told.get(order)
        if told is None:
            told = self._told[order] = TradeNumbers("fillSz")
        return told.note(row, span)

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        listed = fills_since(fetch, only(self._args, "instId"), since_ms, now_ms)
        found = sorted((row for row in listed if not self._is_told(row)), key=_filled_at)
        rows = [
            {**{name: row.get(name, "") for name in _FIELDS}, "ts": row.get("fillTime") or row.get("ts"), "count": "1"}
            for row in found
        ]
        return Missed(rows, forgotten_fills(since_ms, now_ms))

    def _is_told(self, row: Any) -> bool:
        told = self._told.get(_order_of(row))
        return (told is not None and told.has(row)) or _key(row) in self._unnumbered

    def _note_unnumbered(self, row: Any) -> Any:
        self._unnumbered[_key(row)] = None
        return row


def _order_of(row: Any) -> tuple[Any, ...]:
    return (row.get("instId"), row.get("ordId"))


def _key(row: Any) -> tuple[Any, ...]:
    return (*_order_of(row), row.get("tradeId"))


def _filled_at(row: Any) -> tuple[int, int]:
    bill_id = row.get("billId") or ""
    return ms(row, "fillTime", "ts"), int(bill_id) if bill_id.isdigit() else 0
