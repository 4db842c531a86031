"""Channels ``position`` (V3), ``positions`` and ``positions-history`` (V2): positions that ended during an outage.

The streams begin with all open positions, so that of those nothing is missing. What a list cannot tell are the ends, of
positions that were open before and of those that came and went: they are told by rows of size 0. Pages: those of
``listings``, and "Get Position Info", "Get All Positions".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from okx_sync.exchanges.bitget.products import ALL
from okx_sync.exchanges.bitget.recovery.listings import CLASSIC, UNIFIED, forgotten, unpaged
from okx_sync.exchanges.bitget.recovery.pushed_rows import (
    classic_ended,
    classic_past_position,
    classic_position,
    unified_ended,
    unified_position,
)
from okx_sync.exchanges.recovery_reading import Bounded, check, ms, number
from okx_sync.protocol.events import Push
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource

__all__ = ["ClassicPositionsRecovery", "PastPositionsRecovery", "UnifiedPositionsRecovery"]

_Key = tuple[Any, ...]
_PAST: Final = "/api/v2/mix/position/history-position"


class _PositionsRecovery(RecoverySource):
    """The memory of a topic of positions.

    Args:
        names: Fields that tell one position from the others that are open.
        size: Field of its size; then those of the time at which it was opened, and of its last change.
    """

    def __init__(self, names: tuple[str, ...], size: str, opened: str, changed: str) -> None:
        self._names = names
        self._size, self._opened, self._changed = size, opened, changed
        self._open: dict[_Key, dict[str, Any]] = {}
        self._ended: Bounded[_Key, None] = Bounded(10_000)  # told to have ended, each with the time it was opened
        self._fetched: set[_Key] = set()  # those of REST's that nobody was told yet
        self._still_open: set[_Key] = set()  # told to be open since the present outage began

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change."""
        return (ms(row, self._changed),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Only an end can be a repeat: open positions are pushed again and again."""
        if not isinstance(row, dict):
            return row
        check(row, self._names, self._size)
        if self._is_open(row):
            self._open[self._key(row)] = row
            self._still_open.add(self._key(row))
            return row
        # The list with which the stream begins, and from which it is missing, may be in line before it.
        is_repeat = self._life(row) in self._ended and self._life(row) not in self._fetched
        self._fetched.discard(self._life(row))
        self._end(row)
        return None if is_repeat else row

    def interrupted(self) -> None:
        """See ``RecoverySource``."""
        self._still_open.clear()

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        before = {key: row for key, row in self._open.items() if key not in self._still_open}
        # The history first: of a position that turns round while REST is asked, both sides are told then.
        past = [row for row in self.ended_since(since_ms, fetch, now_ms) if ms(row, self._changed) >= since_ms]
        now = {self._key(row): row for row in self.open_now(fetch)}
        changed = {(row.get(self._names[0]), ms(row, self._changed)) for row in now.values()}
        ended = {self._life(row): self._before(row, changed) for row in past if self._life(row) not in self._ended}
        listed = {self._key(row) for row in ended.values()}
        gone = [self._gone(row) for key, row in before.items() if key not in now and key not in listed]
        rows = sorted([*ended.values(), *gone], key=self.when)
        self._fetched = set(map(self._life, rows))
        return Missed(rows, self._forgotten(since_ms, now_ms))

    def _before(self, row: dict[str, Any], changed: set[tuple[Any, int]]) -> dict[str, Any]:
        """Return an end that is told as before the change of the same moment: one fill turned the position round.

        In one-way mode both sides are one to live positions, and what was open last must not be closed by this.
        """
        at = ms(row, self._changed)
        return {**row, self._changed: str(at - 1)} if (row.get(self._names[0]), at) in changed else row

    def open_now(self, fetch: Fetch) -> Iterable[dict[str, Any]]:
        """Return the open positions, as the stream pushes them."""
        raise NotImplementedError

    def ended_since(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[dict[str, Any]]:
        """Return those that ended, as the stream pushes them, with size 0."""
        raise NotImplementedError

    def _forgotten(self, since_ms: int, now_ms: int) -> tuple[Lack, ...]:
        return forgotten("positions that came and went", since_ms, now_ms)

    def _gone(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the end of a position that is not in the history yet.

        Nobody tells when it was. It has the time of the last change, so that the list with which the stream begins has
        the last word: REST may be behind it.
        """
        return {**row, self._size: "0", "available": "0", "frozen": "0"}

    def _end(self, row: Mapping[str, Any]) -> None:
        self._open.pop(self._key(row), None)
        self._ended[self._life(row)] = None

    def _is_open(self, row: Mapping[str, Any]) -> bool:
        return bool(number(row, self._size))

    def _key(self, row: Mapping[str, Any]) -> _Key:
        return tuple(row.get(name) for name in self._names)

    def _life(self, row: Mapping[str, Any]) -> _Key:
        """Return what tells a position from the next one of the same contract and side."""
        return (*self._key(row), ms(row, self._opened, self._changed))


class UnifiedPositionsRecovery(_PositionsRecovery):
    """The memory of V3's topic of positions, which has those of all futures."""

    def __init__(self) -> None:
        super().__init__(("symbol", "posSide", "marginMode", "marginCoin"), "size", "createdTime", "updatedTime")

    def open_now(self, fetch: Fetch) -> Iterator[dict[str, Any]]:
        """Ask for each category."""
        for category in ALL:
            rows = unpaged(fetch, "/api/v3/position/current-position", "list", {"category": category})
            yield from map(unified_position, rows)

    def ended_since(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterator[dict[str, Any]]:
        """Ask for each category."""
        for category in ALL:
            path, wanted = "/api/v3/position/history-position", {"category": category}
            yield from map(unified_ended, UNIFIED.since(fetch, path, "list", wanted, since_ms, now_ms))

    def _is_open(self, row: Mapping[str, Any]) -> bool:
        return row.get("positionStatus") != "ended" and super()._is_open(row)

    def _gone(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**super()._gone(row), "positionStatus": "ended"}


class ClassicPositionsRecovery(_PositionsRecovery):
    """The memory of V2's topic of positions of a product type. What a push does not list is closed.

    Args:
        wanted: What REST is asked for: ``productType``.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        super().__init__(("instId", "holdSide", "marginMode", "marginCoin"), "total", "cTime", "uTime")
        self._wanted = wanted

    def pushed(self, push: Push) -> None:
        """See ``RecoverySource``."""
        if push.message.get("action") != "snapshot":
            return
        listed = {self._key(row) for row in push.rows if isinstance(row, dict)}
        for row in [row for key, row in self._open.items() if key not in listed]:
            self._end(row)

    def open_now(self, fetch: Fetch) -> Iterable[dict[str, Any]]:
        """Ask for the product type."""
        return map(classic_position, fetch("/api/v2/mix/position/all-position", self._wanted))

    def ended_since(self, since_ms: int, fetch: Fetch, now_ms: int) -> Iterable[dict[str, Any]]:
        """Ask for the product type."""
        return map(classic_ended, CLASSIC.since(fetch, _PAST, "list", self._wanted, since_ms, now_ms))


class PastPositionsRecovery(RecoverySource):
    """The memory of V2's topic of closed positions of a product type.

    Args:
        wanted: What REST is asked for: ``productType``.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted
        self._told: Bounded[_Key, None] = Bounded(10_000)

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of the end."""
        return (ms(row, "uTime"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        if not isinstance(row, dict):
            return row
        life = _past_life(row)
        if life in self._told:
            return None
        self._told[life] = None
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``."""
        listed = CLASSIC.since(fetch, _PAST, "list", self._wanted, since_ms, now_ms)
        rows = [row for row in map(classic_past_position, listed) if ms(row, "uTime") >= since_ms]
        new = [row for row in rows if _past_life(row) not in self._told]
        return Missed(sorted(new, key=self.when), forgotten("closed positions", since_ms, now_ms))


def _past_life(row: Mapping[str, Any]) -> _Key:
    """Return what tells a closed position from others; REST and the stream may give it different ids."""
    names = ("instId", "holdSide", "marginMode", "marginCoin")
    return (*(row.get(name) for name in names), ms(row, "cTime"), ms(row, "uTime"))
