"""Channel ``fills``: fills during an outage. Page: "Get transaction details (last 3 days)"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.okx.ledgers.reading import Bounded, all_rows, ms, only
from okx_sync.protocol.ledger import Fetch

__all__ = ["FillsLedger"]

# What the stream's row has; REST tells more.
_FIELDS: Final = ("instId", "fillSz", "fillPx", "side", "ordId", "clOrdId", "tradeId", "execType")


class FillsLedger:
    """Parameters: ``args`` of the topic."""

    def __init__(self, args: Mapping[str, str]) -> None:
        self._args = args
        self._seen: Bounded[tuple[Any, ...], None] = Bounded(50_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """By time of the fill."""
        return (ms(row, "ts"),)

    def note(self, row: Any) -> bool:
        """See ``Ledger``."""
        if not isinstance(row, dict):
            return True
        key = _key(row)
        is_new = key not in self._seen
        self._seen[key] = None
        return is_new

    def missed(self, since_ms: int, fetch: Fetch) -> list[Any]:
        """See ``Ledger``."""
        params = {**only(self._args, "instId"), "begin": since_ms}
        found = [row for row in all_rows(fetch, "/api/v5/trade/fills", params, "billId") if _key(row) not in self._seen]
        return [
            {**{name: row.get(name, "") for name in _FIELDS}, "ts": row.get("fillTime") or row.get("ts"), "count": "1"}
            for row in reversed(found)
        ]


def _key(row: Any) -> tuple[Any, ...]:
    return (row.get("instId"), row.get("tradeId"), row.get("ordId"))
