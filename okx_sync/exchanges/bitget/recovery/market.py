"""Trades and candles during an outage, for subscriptions with ``backfill=True``, of V3 and V2.

Pages: "Get Recent Public Fills", "Get Kline/Candlestick History" of the API guide for unified accounts; "Get Recent
Transactions", "Get History Transactions", "Get Historical Candlestick" of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from okx_sync.exchanges.recovery_reading import Bounded, bars_from, ms, utc
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource

__all__ = ["ClassicCandlesRecovery", "ClassicTradesRecovery", "UnifiedCandlesRecovery", "UnifiedTradesRecovery"]

_MINUTE: Final = 60_000
_DAY: Final = 24 * 60 * _MINUTE
_UNITS: Final = {"m": _MINUTE, "H": 60 * _MINUTE, "D": _DAY, "W": 7 * _DAY, "M": 28 * _DAY}  # of months the shortest
_RECENT: Final = 100
_TRADES: Final = 1000
_BARS: Final = 100
_MOST_PAGES: Final = 20  # of an outage of weeks only the newest part is fetched, and the gap says so


# -- trades ----------------------------------------------------------------------------------------------------------


class _TradesRecovery(RecoverySource):
    """The memory of a topic of trades: each has an id.

    Args:
        wanted: What REST is asked for.
        trade_id: Field of the id; then that of the time.
    """

    def __init__(self, wanted: Mapping[str, str], trade_id: str, time: str) -> None:
        self._wanted = wanted
        self._id, self._time = trade_id, time
        self._told: Bounded[Any, None] = Bounded(20_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by time."""
        return (ms(row, self._time),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        trade = row.get(self._id)
        if not trade:
            return row
        if trade in self._told:
            return None
        self._told[trade] = None
        return row

    def _missed(self, rows: list[dict[str, Any]], since_ms: int, *, is_cut: bool, most: int) -> Missed:
        """Return what is new of ``rows``, which came newest first; ``is_cut``: there may be more before them."""
        lacks: tuple[Lack, ...] = ()
        if is_cut and rows and (oldest := min(map(self._at, rows))) > since_ms:
            lacks = (Lack(oldest, f"trades before {utc(oldest)}: the last {most} were fetched"),)
        new = [row for row in reversed(rows) if self._at(row) >= since_ms and row.get(self._id) not in self._told]
        return Missed(new, lacks)

    def _at(self, row: Mapping[str, Any]) -> int:
        return ms(row, self._time)


class UnifiedTradesRecovery(_TradesRecovery):
    """The memory of a topic of trades of V3, of which REST lists the newest only.

    Args:
        wanted: ``category`` and ``symbol``.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        super().__init__(wanted, "i", "T")

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST lists the newest
        """See ``RecoverySource``."""
        names = {"execId": "i", "execLinkId": "L", "price": "p", "size": "v", "side": "S", "ts": "T", "isRPI": "isRPI"}
        listed = fetch("/api/v3/market/fills", {**self._wanted, "limit": _RECENT})
        rows = [{name: row[wire] for wire, name in names.items() if wire in row} for row in listed]
        return self._missed(rows, since_ms, is_cut=len(rows) >= _RECENT, most=_RECENT)


class ClassicTradesRecovery(_TradesRecovery):
    """The memory of a topic of trades of V2.

    Args:
        wanted: ``productType`` and ``symbol``.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        super().__init__(wanted, "tradeId", "ts")

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  from the newest backwards
        """See ``RecoverySource``."""
        rows: list[dict[str, Any]] = []
        is_cut = True
        for _ in range(_MOST_PAGES):
            more = {"idLessThan": rows[-1]["tradeId"]} if rows else {}
            page = fetch("/api/v2/mix/market/fills-history", {**self._wanted, "limit": _TRADES, **more})
            rows += map(_as_pushed, page)
            if len(page) < _TRADES or self._at(rows[-1]) < since_ms:
                is_cut = False
                break
        return self._missed(rows, since_ms, is_cut=is_cut, most=_TRADES * _MOST_PAGES)


def _as_pushed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trade with its side spelled as the stream does; past ones have a capital."""
    made = {name: row[name] for name in ("ts", "price", "size", "side", "tradeId") if name in row}
    return {**made, "side": str(row.get("side") or "").lower()}


# -- candles ---------------------------------------------------------------------------------------------------------


class _CandlesRecovery(RecoverySource):
    """The memory of a topic of candles. Nothing on the wire says that a bar is closed: the next one does.

    Args:
        path: Where REST lists them.
        wanted: What it is asked for.
        bar: Their length, ``"1m"``, ``"4H"``, ``"1Dutc"``.
    """

    def __init__(self, path: str, wanted: Mapping[str, str], bar: str) -> None:
        self._path = path
        self._wanted = wanted
        bar = bar.removesuffix("utc")
        self._length = int(bar[:-1]) * _UNITS[bar[-1]]
        self._is_month = bar[-1] == "M"
        self._last = 0  # begin of the newest bar that was delivered
        self._closed: Bounded[int, None] = Bounded(20_000)  # begins of bars that were delivered as they ended
        self._before = 0  # ``_last`` before the present outage
        self._fetched: set[int] = set()  # begins of closed bars that REST gave and nobody was told yet

    def begin(self, row: Any) -> int:
        """Return when a bar of the stream begins, epoch ms; 0 where it does not say."""
        raise NotImplementedError

    def pushed_bar(self, row: list[Any]) -> Any:
        """Return a bar of REST as the stream pushes it."""
        raise NotImplementedError

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the begin of the bar."""
        return (self.begin(row),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. The open bar is pushed again and again; a closed one is delivered once."""
        begin = self.begin(row)
        if not begin:  # it cannot be read, which is reported where it is decoded
            return row
        if begin in self._closed:
            return None
        if begin in self._fetched:
            self._fetched.discard(begin)
            self._closed[begin] = None
        elif begin > self._last and self._last != self._before:  # of that one the end may be missing
            self._closed[self._last] = None
        elif begin < self._last:
            self._closed[begin] = None
        self._last = max(self._last, begin)
        return row

    def interrupted(self) -> None:
        """See ``RecoverySource``."""
        self._before = self._last

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``. Closed bars only: the open one is pushed by the stream."""
        # Without a bar delivered before the outage, those that had begun within it.
        wanted = self._before or since_ms
        span = (_BARS - 1) * self._length
        start, lacks = bars_from(wanted, now_ms, _MOST_PAGES * span)
        found: dict[int, Any] = {}
        for first in _steps(start, now_ms, span):
            # Of two ends one is beyond what is wanted, where a page takes neither of them.
            times = {"startTime": first - 1, "endTime": min(first + span, now_ms) + 1}
            for row in fetch(self._path, {**self._wanted, **times, "limit": _BARS}):
                found[int(row[0])] = row
        begins = [one for one in sorted(found) if one >= wanted and one not in self._closed]
        self._fetched = {one for one in begins if self._is_over(one, max(found), now_ms)}
        return Missed([self.pushed_bar(found[one]) for one in begins if one in self._fetched], lacks)

    def _is_over(self, begin: int, newest: int, now_ms: int) -> bool:
        """Tell whether a bar is closed: months differ in length, and only the next one shows it."""
        return begin < newest or (not self._is_month and begin + self._length <= now_ms)


def _steps(start: int, end: int, span: int) -> Iterator[int]:
    while start <= end:
        yield start
        start += span


class UnifiedCandlesRecovery(_CandlesRecovery):
    """The memory of a topic of candles of V3.

    Args:
        wanted: ``category``, ``symbol``.
        bar: Their length.
    """

    def __init__(self, wanted: Mapping[str, str], bar: str) -> None:
        super().__init__("/api/v3/market/candles", {**wanted, "interval": bar}, bar)

    def begin(self, row: Any) -> int:
        """See ``_CandlesRecovery``."""
        return ms(row, "start")

    def pushed_bar(self, row: list[Any]) -> Any:
        """See ``_CandlesRecovery``."""
        return dict(zip(("start", "open", "high", "low", "close", "volume", "turnover"), row, strict=False))


class ClassicCandlesRecovery(_CandlesRecovery):
    """The memory of a topic of candles of V2.

    Args:
        wanted: ``productType``, ``symbol``.
        bar: Their length.
    """

    def __init__(self, wanted: Mapping[str, str], bar: str) -> None:
        super().__init__("/api/v2/mix/market/candles", {**wanted, "granularity": bar}, bar)

    def begin(self, row: Any) -> int:
        """See ``_CandlesRecovery``."""
        return int(row[0])

    def pushed_bar(self, row: list[Any]) -> Any:
        """See ``_CandlesRecovery``."""
        return row
