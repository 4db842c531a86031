"""Channels ``execution`` and ``execution.fast``: what was booked during an outage. Pages: those of ``listings``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.bybit.recovery.listings import categories_of, executions_since, forgotten
from okx_sync.exchanges.bybit.row_conversion import FILLS
from okx_sync.exchanges.recovery_reading import Bounded, ms
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["ExecutionsRecovery"]

# What the fast channel's row has; REST tells more.
_FAST: Final = (
    *("category", "symbol", "orderId", "orderLinkId", "isMaker", "execId"),
    *("execPrice", "execQty", "side", "execTime", "seq"),
)


class ExecutionsRecovery(RecoverySource):
    """The memory of a topic of executions: each has an id of its own.

    Args:
        args: Arguments of the topic.
        is_fast: The topic tells fills only, and less of them.
    """

    def __init__(self, args: Mapping[str, str], *, is_fast: bool = False) -> None:
        self._categories = categories_of(args)
        self._is_fast = is_fast
        self._told: Bounded[tuple[Any, ...], None] = Bounded(50_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of the execution; those of one moment by its number."""
        return (ms(row, "execTime"), ms(row, "seq"))

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        if not isinstance(row, dict) or not row.get("execId"):
            return row  # not for us to judge: the decoder reports it
        key = _key(row)
        if key in self._told:
            return None
        self._told[key] = None
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        listed = executions_since(fetch, self._categories, since_ms, now_ms)
        rows = [row for row in listed if _key(row) not in self._told]
        if self._is_fast:
            rows = [{name: row[name] for name in _FAST if name in row} for row in rows if row.get("execType") in FILLS]
        return Missed(rows, forgotten(since_ms, now_ms))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row.get("orderId"), row.get("execId"))
