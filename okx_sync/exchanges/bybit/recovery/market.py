"""Trades and candles during an outage, for subscriptions with ``backfill=True``.

Pages: "Get Recent Public Trades", "Get Kline" of the V5 documentation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.recovery_reading import Bounded, bars_from, ms, utc
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource

__all__ = ["CandlesRecovery", "TradesRecovery"]

_MOST_TRADES: Final = 1000
_MOST_OF_SPOT: Final = 60
_PAGE: Final = 1000
_MOST_PAGES: Final = 20  # of an outage of weeks only the newest part is fetched, and the gap says so
_MINUTE: Final = 60_000
_DAY: Final = 24 * 60 * _MINUTE
_LENGTHS: Final = {"D": _DAY, "W": 7 * _DAY, "M": 28 * _DAY}  # of months the shortest


class TradesRecovery(RecoverySource):
    """The memory of a topic of trades: each has an id. REST lists the newest only.

    Args:
        args: Arguments of the topic.
        category: The client's; None for spreads, which have a list of their own.
    """

    def __init__(self, args: Mapping[str, str], category: str | None) -> None:
        self._path = "/v5/spread/recent-trade" if category is None else "/v5/market/recent-trade"
        self._params: dict[str, Any] = {**args} if category is None else {"category": category, **args}
        self._params["limit"] = self._most = _MOST_OF_SPOT if category == "spot" else _MOST_TRADES
        self._told: Bounded[Any, None] = Bounded(20_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by time; those of one moment by their sequence."""
        return (ms(row, "T"), ms(row, "seq"))

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        trade = row.get("i")
        if not trade:
            return row
        if trade in self._told:
            return None
        self._told[trade] = None
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST lists the newest
        """See ``RecoverySource``."""
        listed = fetch(self._path, self._params)
        rows = [_as_pushed(row) for row in reversed(listed)]
        lacks: tuple[Lack, ...] = ()
        if len(rows) >= self._most and (oldest := min(row["T"] for row in rows)) > since_ms:
            lacks = (Lack(oldest, f"trades before {utc(oldest)}: Bybit lists the last {self._most}"),)
        return Missed([row for row in rows if row["T"] >= since_ms and row["i"] not in self._told], lacks)


class CandlesRecovery(RecoverySource):
    """The memory of a topic of candles.

    Args:
        args: Arguments of the topic.
        category: The client's.
        interval: The interval, as in the channel's name.
    """

    def __init__(self, args: Mapping[str, str], category: str, interval: str) -> None:
        self._symbol = args["symbol"]
        self._interval = interval
        self._params = {"category": category, "symbol": self._symbol, "interval": interval}
        self._length = _LENGTHS.get(interval) or int(interval) * _MINUTE
        self._last = 0  # begin of the newest bar that was delivered
        self._closed: Bounded[int, None] = Bounded(20_000)
        self._before = 0  # ``_last`` before the present outage

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the begin of the bar; the closed one is the last of its bar."""
        return (ms(row, "start"), int(row.get("confirm") is True))

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. The open bar is pushed again and again; a closed one is delivered once."""
        begin, is_closed = ms(row, "start"), row.get("confirm") is True
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

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``. Closed bars only: the open one is pushed by the stream within a second."""
        # Without a bar delivered before the outage, those that had begun within it.
        wanted = self._before or since_ms
        span = (_PAGE - 1) * self._length
        start, lacks = bars_from(wanted, now_ms, _MOST_PAGES * span)
        found: dict[int, Any] = {}
        while start <= now_ms:
            page = fetch("/v5/market/kline", {**self._params, "start": start, "end": start + span, "limit": _PAGE})
            found.update({int(row[0]): row for row in page})
            start += span + 1
        rows = [self._as_pushed(begin, found[begin]) for begin in sorted(found) if begin >= wanted]
        return Missed([row for row in rows if row["end"] < now_ms and row["start"] not in self._closed], lacks)

    def _as_pushed(self, begin: int, row: Any) -> dict[str, Any]:
        names = ("open", "high", "low", "close", "volume", "turnover")
        told = {"start": begin, "end": self._end(begin), "interval": self._interval, "confirm": True}
        return {"symbol": self._symbol, **told, **dict(zip(names, row[1:7], strict=False))}

    def _end(self, begin: int) -> int:
        """Return the last moment of a bar."""
        if self._interval != "M":
            return begin + self._length - 1
        day = dt.datetime.fromtimestamp(begin / 1000, dt.UTC)
        after = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return int(after.timestamp() * 1000) - 1


def _as_pushed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trade by the names that pushes have."""
    names = {"execId": "i", "symbol": "s", "side": "S", "size": "v", "price": "p", "isBlockTrade": "BT"}
    more = {"isRPITrade": "RPI", "seq": "seq", "mP": "mP", "iP": "iP", "mIv": "mIv", "iv": "iv"}
    told = {name: row[wire] for wire, name in (names | more).items() if wire in row}
    return told | {"T": int(row["time"]), "i": row["execId"]}
