"""Channels ``fill`` (V3 and V2) and ``fast-fill`` (V3): fills of an outage. Pages: those of ``listings``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.bitget.recovery.listings import CLASSIC, UNIFIED, forgotten
from okx_sync.exchanges.bitget.recovery.pushed_rows import FAST_FILL, classic_fill, unified_fill
from okx_sync.exchanges.recovery_reading import Bounded, ms
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["FillsRecovery"]

_IDS: Final = ("execId", "tradeId")
_TIMES: Final = ("execTime", "cTime")


class FillsRecovery(RecoverySource):
    """The memory of a topic of fills: each has an id of its own.

    Args:
        wanted: What V2's REST is asked for: ``productType``, perhaps ``symbol``; None for V3, which has all together.
        is_fast: The topic is V3's that tells less.
    """

    def __init__(self, wanted: Mapping[str, str] | None = None, *, is_fast: bool = False) -> None:
        self._wanted = wanted
        self._is_fast = is_fast
        self._told: Bounded[tuple[Any, ...], None] = Bounded(50_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of the fill."""
        return (ms(row, *_TIMES),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        if not isinstance(row, dict) or (key := _key(row)) is None:
            return row  # not for us to judge: the decoder reports it
        if key in self._told:
            return None
        self._told[key] = None
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        listed = [row for row in self._listed(since_ms, fetch, now_ms) if _key(row) not in self._told]
        if self._is_fast:
            listed = [{name: row[name] for name in FAST_FILL if name in row} for row in listed]
        return Missed(sorted(listed, key=self.when), forgotten("fills", since_ms, now_ms))

    def _listed(self, since_ms: int, fetch: Fetch, now_ms: int) -> list[dict[str, Any]]:
        """Return all fills since then, oldest first: those of one moment in the order in which they were listed."""
        if self._wanted is None:
            rows = UNIFIED.since(fetch, "/api/v3/trade/fills", "list", {}, since_ms, now_ms)
            found = [unified_fill(row) for row in rows]
        else:
            rows = CLASSIC.since(fetch, "/api/v2/mix/order/fills", "fillList", self._wanted, since_ms, now_ms)
            found = [classic_fill(row) for row in rows]
        once = {_key(row) or id(row): row for row in reversed(found)}
        return list(once.values())


def _key(row: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return what tells a fill from all others; ids of trades are counted for each instrument."""
    found = next((row[name] for name in _IDS if row.get(name)), None)
    return None if found is None else (row.get("symbol"), row.get("orderId"), found)
