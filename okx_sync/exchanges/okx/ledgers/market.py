"""Trades and candles during an outage, for subscriptions with ``backfill=True``.

Pages: "Get trades", "Get trades history", "Get candlesticks" and its siblings for index and mark price.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.okx.ledgers.reading import ms
from okx_sync.protocol.ledger import Fetch

__all__ = ["CANDLE_PATHS", "CandlesLedger", "TradesLedger"]

CANDLE_PATHS: Final = (
    ("mark-price-candle", "/api/v5/market/mark-price-candles"),
    ("index-candle", "/api/v5/market/index-candles"),
    ("candle", "/api/v5/market/candles"),
)
_MOST_PAGES: Final = 50  # of an outage of days only the newest part is fetched
_PAGE: Final = 100


class TradesLedger:
    """Trades are numbered per instrument. A push of ``trades`` may stand for several: it has the number of the last.

    Parameters: ``args`` of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._inst_id = args["instId"]
        self._last = 0

    def when(self, row: Any) -> tuple[int, ...]:
        """By number: several trades have the same time."""
        return (_number(row),)

    def note(self, row: Any) -> bool:
        """See ``Ledger``."""
        number = _number(row)
        if not number:
            return True
        is_new = number > self._last
        self._last = max(self._last, number)
        return is_new

    def missed(self, since_ms: int, fetch: Fetch) -> list[Any]:
        """See ``Ledger``."""
        last, after, found = self._last, "", []
        for _ in range(_MOST_PAGES):
            params = {"instId": self._inst_id, "limit": _PAGE, **({"after": after} if after else {})}
            rows = fetch("/api/v5/market/history-trades", params)
            fresh = [row for row in rows if _number(row) > last and ms(row, "ts") >= since_ms]
            found += fresh
            if len(fresh) < _PAGE:
                break
            after = rows[-1]["tradeId"]
        return found[::-1]


class CandlesLedger:
    """Parameters: ``args`` of the topic; ``path`` of its listing; ``bar`` as in the channel's name."""

    def __init__(self, args: Mapping[str, str], path: str, bar: str) -> None:
        self._inst_id = args["instId"]
        self._path = path
        self._bar = bar
        self._last: tuple[int, bool] = (0, False)

    def when(self, row: Any) -> tuple[int, ...]:
        """By begin of the bar; the closed one is the last of its bar."""
        return _stand(row)

    def note(self, row: Any) -> bool:
        """See ``Ledger``. The open bar is pushed again and again; what is over is told once."""
        stand = _stand(row)
        if stand < self._last or (stand == self._last and stand[1]):
            return False
        self._last = stand
        return True

    def missed(self, since_ms: int, fetch: Fetch) -> list[Any]:
        """See ``Ledger``. Closed bars only: the open one is pushed by the stream within a second."""
        last, after, found = self._last[0], "", []
        for _ in range(_MOST_PAGES):
            params = {"instId": self._inst_id, "bar": self._bar, "limit": _PAGE, **({"after": after} if after else {})}
            rows = fetch(self._path, params)
            # Without a bar told before the outage, those that had begun within it.
            fresh = [row for row in rows if _stand(row)[0] >= (last or since_ms)]
            found += [row for row in fresh if _stand(row)[1]]
            if len(fresh) < _PAGE:
                break
            after = rows[-1][0]
        return found[::-1]


def _number(row: Any) -> int:
    try:
        return int(row["tradeId"])
    except (KeyError, TypeError, ValueError):
        return 0


def _stand(row: Any) -> tuple[int, bool]:
    try:
        return int(row[0]), row[-1] == "1"
    except (LookupError, TypeError, ValueError):
        return 0, False
