"""``Durations``: how long something took lately, as percentiles, in little memory however often it happens."""

from __future__ import annotations

import threading
from typing import Final

import attrs

from okx_sync.rows.field_docs import documented

__all__ = ["Durations", "Percentiles", "microseconds"]

_WINDOW_S: Final = 60.0
_NEVER: Final = 1 << 63
_FINE: Final = 3  # bits that tell durations apart: 8 steps from one power of two to the next


def microseconds(seconds: float) -> int:
    """Return a duration in whole microseconds."""
    return int(seconds * 1_000_000)


@documented
@attrs.frozen
class Percentiles:
    """Durations of the last one to two minutes, in whole microseconds.

    They are counted in steps of an eighth of the next smaller power of two, so a percentile may be off by 6 %;
    ``max_us`` is exact. A duration between two clocks may be below 0, which says that the clocks differ by that.
    """

    count: int
    """How many were measured."""
    p50_us: int
    """Half of them took no longer."""
    p90_us: int
    """Nine of ten took no longer."""
    p99_us: int
    """99 of 100 took no longer."""
    max_us: int
    """The longest of them."""

    def __str__(self) -> str:
        told = f"p50 {_text(self.p50_us)}, p90 {_text(self.p90_us)}, p99 {_text(self.p99_us)}, max {_text(self.max_us)}"
        return f"{told} ({self.count} measured)"


def _text(us: int) -> str:
    return f"{us} us" if abs(us) < 10_000 else f"{us / 1000:.0f} ms" if abs(us) < 10_000_000 else f"{us / 1e6:.0f} s"


class Durations:
    """Durations of the last one to two minutes; safe from any thread.

    They are counted by size, in two generations, of which the older one is forgotten after each minute.
    """

    __slots__ = ("_before", "_lock", "_longest", "_longest_before", "_now", "_until", "count")

    def __init__(self) -> None:
        # Guards all below; nothing is called under it.
        self._lock = threading.Lock()
        self._now: dict[int, int] = {}  # by step: how many
        self._before: dict[int, int] = {}
        self._until = float("-inf")  # when the present generation becomes the older one
        self._longest = self._longest_before = -_NEVER
        self.count = 0
        """How many were measured from the beginning on."""

    def add(self, us: int, now: float) -> None:
        """Count one; ``now``: monotonic seconds."""
        size = abs(us)
        shift = max(0, size.bit_length() - _FINE - 1)
        step = (shift << _FINE) + (size >> shift)
        if us < 0:
            step = -step
        with self._lock:
            if now >= self._until:
                self._age(now)
            self.count += 1
            self._now[step] = self._now.get(step, 0) + 1
            if us > self._longest:
                self._longest = us

    def percentiles(self, now: float) -> Percentiles | None:
        """Return what the latest took; None when there was none."""
        with self._lock:
            if now >= self._until:
                self._age(now)
            both, most = dict(self._before), max(self._longest, self._longest_before)
            for step, number in self._now.items():
                both[step] = both.get(step, 0) + number
        count = sum(both.values())
        if not count:
            return None
        p50, p90, p99 = (min(_middle(step), most) for step in _at(sorted(both.items()), count, (50, 90, 99)))
        return Percentiles(count, p50, p90, p99, most)

    def _age(self, now: float) -> None:
        is_late = now >= self._until + _WINDOW_S  # also the first time
        self._before, self._longest_before = ({}, -_NEVER) if is_late else (self._now, self._longest)
        self._now, self._longest = {}, -_NEVER
        self._until = now + _WINDOW_S


def _middle(step: int) -> int:
    """Return the middle of a step, microseconds."""
    if step < 0:
        return -_middle(-step)
    shift = max(0, (step >> _FINE) - 1)
    return (step - (shift << _FINE) << shift) + (1 << shift >> 1)


def _at(counts: list[tuple[int, int]], total: int, shares: tuple[int, ...]) -> list[int]:
    """Return the steps below or at which these shares (per cent) lie."""
    found, passed, waiting = list[int](), 0, list(shares)
    for step, number in counts:
        passed += number
        while waiting and passed * 100 >= total * waiting[0]:
            found.append(step)
            del waiting[0]
    return found
