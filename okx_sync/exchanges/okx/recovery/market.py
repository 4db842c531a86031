"""Trades and candles during an outage, for subscriptions with ``backfill=True``.

Pages: "Get trades history (last 3 months)"; "Get candlesticks", "Get candlesticks history" and their siblings for index
and mark price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from okx_sync.exchanges.okx.recovery.trade_numbers import TradeNumbers, numbers_of
from okx_sync.exchanges.recovery_reading import Bounded, ms, utc
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource

__all__ = ["CANDLE_PATHS", "CandlesRecovery", "TradesRecovery"]

CANDLE_PATHS: Final = (
    ("mark-price-candle", "/api/v5/market/mark-price-candles", "/api/v5/market/history-mark-price-candles"),
    ("index-candle", "/api/v5/market/index-candles", "/api/v5/market/history-index-candles"),
    ("candle", "/api/v5/market/candles", "/api/v5/market/history-candles"),
)
"""Channel prefix, listing of the newest bars, listing of the older ones."""

_MOST_PAGES: Final = 100  # of an outage of days only the newest part is fetched, and the gap says so
_PAGE: Final = 100


class TradesRecovery(RecoverySource):
    """Trades are numbered per instrument. A push of ``trades`` may stand for several: it has the number of the last.

    Args:
        args: Arguments of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._inst_id = args["instId"]
        self._told = TradeNumbers("sz")
        self._before = 0  # the highest number that was delivered before the present outage

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by number: several trades have the same time."""
        span = numbers_of(row)
        return (0 if span is None else span[1],)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        span = numbers_of(row)
        return row if span is None else self._told.note(row, span)

    def interrupted(self) -> None:
        """See ``RecoverySource``."""
        self._before = self._told.last

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  what is asked for ends by itself
        """See ``RecoverySource``."""
        found: list[Any] = []
        lacks: tuple[Lack, ...] = ()
        after = ""
        for page in range(_MOST_PAGES + 1):
            if page == _MOST_PAGES:
                at = ms(found[-1], "ts") if found else since_ms
                lacks = (Lack(at, f"trades before {utc(at)}: there were more than {_MOST_PAGES * _PAGE}"),)
                break
            params = {"instId": self._inst_id, "limit": _PAGE, **({"after": after} if after else {})}
            rows = fetch("/api/v5/market/history-trades", params)
            fresh = [row for row in rows if self._is_asked_for(row, since_ms)]
            found += [row for row in fresh if not self._told.has(row)]
            if len(fresh) < _PAGE or after == (after := rows[-1]["tradeId"]):
                break
        return Missed(found[::-1], lacks)

    def _is_asked_for(self, row: Any, since_ms: int) -> bool:
        span = numbers_of(row)
        if span is None or not self._before:
            return ms(row, "ts") >= since_ms
        return span[1] > self._before  # more exact than any clock

    def holes(self, rows: Sequence[Any]) -> list[str]:
        """See ``RecoverySource``. Not where the numbers jump all the time: then they say nothing."""
        if not self._before or self._told.jumps > self._told.joins + 1:  # one is the outage itself
            return []
        found = self._told.holes(rows, self._before)
        return [f"trade {first}" if first == last else f"trades {first} to {last}" for first, last in found]


class CandlesRecovery(RecoverySource):
    """The memory of a topic of candles.

    Args:
        args: Arguments of the topic.
        paths: Paths of its listings, that of the newest bars first.
        bar: The bar, as in the channel's name.
    """

    def __init__(self, args: Mapping[str, str], paths: tuple[str, str], bar: str) -> None:
        self._inst_id = args["instId"]
        self._paths = paths
        self._bar = bar
        self._last = 0  # begin of the newest bar that was delivered
        self._closed: Bounded[int, None] = Bounded(20_000)
        self._before = 0  # ``_last`` before the present outage

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the begin of the bar; the closed one is the last of its bar."""
        return _stand(row)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. The open bar is pushed again and again; a closed one is delivered once."""
        begin, is_closed = _stand(row)
        if not begin:  # it cannot be read, which is reported where it is decoded
            return row
        if begin in self._closed or (begin < self._last and not is_closed):
            return None
        if is_closed:
            self._closed[begin] = None
        self._last = max(self._last, begin)
        return row

    def interrupted(self) -> None:
        """See ``RecoverySource``."""
        self._before = self._last

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  what is asked for ends by itself
        """See ``RecoverySource``. Closed bars only: the open one is pushed by the stream within a second."""
        # Without a bar delivered before the outage, those that had begun within it.
        start = self._before or since_ms
        found: list[Any] = []
        lacks: tuple[Lack, ...] = ()
        oldest, pages, is_whole = 0, 0, False
        for rows in self._pages(fetch):
            pages += 1
            if not all(_stand(row)[0] for row in rows):
                raise ValueError("a bar has no time")  # where it belongs nobody knows, nor whether more follow
            fresh = [row for row in rows if _stand(row)[0] >= start]
            found += [row for row in fresh if _stand(row)[1] and _stand(row)[0] not in self._closed]
            if rows:
                oldest = _stand(rows[-1])[0]
            is_whole = len(fresh) < len(rows) or oldest == start
            if is_whole:
                break
        if oldest and not is_whole and (self._before or pages == _MOST_PAGES):
            why = "there were too many" if pages == _MOST_PAGES else "OKX lists no older ones"
            lacks = (Lack(oldest, f"bars before {utc(oldest)}: {why}"),)
        return Missed(found[::-1], lacks)

    def _pages(self, fetch: Fetch) -> Iterator[list[Any]]:
        """Yield the newest bars first, then the older ones from the listing that has them."""
        after: dict[str, str] = {}
        paths = iter(self._paths)
        path = next(paths)
        for _ in range(_MOST_PAGES):
            rows = fetch(path, {"instId": self._inst_id, "bar": self._bar, "limit": _PAGE, **after})
            yield rows
            is_over = len(rows) < _PAGE
            if rows:
                is_over |= after == (after := {"after": rows[-1][0]})
            if is_over and (path := next(paths, "")) == "":
                return


def _stand(row: Any) -> tuple[int, bool]:
    try:
        return int(row[0]), row[-1] == "1"
    except (LookupError, TypeError, ValueError):
        return 0, False
