"""A buffer that holds one topic back after an outage, until the missed events are known, to keep the order.

While it holds, pushes of the new socket wait here, up to a budget of bytes; past it the stream goes on, and the missed
events come late. ``release`` puts the recovered rows and the waiting pushes together by the time of the events; what
the stream repeats of the recovered rows, then or later, is left out.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from operator import is_
from typing import Any, Final

from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.recovery_source import RecoverySource

__all__ = ["UNREADABLE", "RecoveryBuffer"]

UNREADABLE: Final = (TypeError, ValueError, ArithmeticError, AttributeError, LookupError)
"""What a source raises at a row that has something else where it looks for a text, a number or a time."""

_Entry = tuple[tuple[int, ...], int, Push]


class RecoveryBuffer:
    """Holds back the pushes of one topic while its outage is recovered.

    ``source``: the memory of what was delivered; ``began_ms``: since when the topic is subscribed, epoch ms.

    ``on_hole`` takes the names of what is missing between what was recovered and the first push behind it;
    ``on_release(rows, has_asked, done)`` sees each release: the recovered rows that are new, and as of :meth:`release`.
    ``max_bytes`` of messages may wait.
    """

    def __init__(
        self,
        source: RecoverySource,
        topic: Topic,
        began_ms: int,
        on_hole: Callable[[list[str]], None] | None = None,
        *,
        on_release: Callable[[list[Any], bool, bool], object] | None = None,
        max_bytes: int = DEFAULT_MAX_BYTES,
    ) -> None:
        self.source = source
        self.began_ms = began_ms
        self._channel = topic.channel
        self._arg = topic.arg
        # Guards everything below and the source's memory; never held while anything is delivered.
        self._lock = threading.RLock()
        self._waiting: list[Push] = []
        self._max_bytes = max_bytes
        self._bytes = 0  # of what waits
        self._is_holding = False
        self._was_recovered = False
        self._on_hole = on_hole
        self._on_release = on_release
        self._is_joining = False  # the first push behind what was recovered is still to come
        self._known_holes: set[str] = set()
        self.is_due = False
        """An outage has not been recovered yet."""
        self.was_full = False
        """Too much came during the latest outage to be held back until that was recovered."""
        self.outage = 0
        """Number of the latest outage."""

    def hold(self) -> None:
        """Hold back whatever comes from now on: the socket is gone, and what is missing comes first."""
        with self._lock:
            self.outage += 1
            if not self.is_due:  # else the hole began before
                self.source.interrupted()
            self._is_holding = self.is_due = True
            self._is_joining = self.was_full = False

    def admit(self, push: Push) -> Push | None:
        """Return what to deliver of ``push`` now; None while it has to wait, or when nothing of it is new."""
        with self._lock:
            if self._is_holding:
                self._waiting.append(push)
                self._bytes += push.size
                return None
            fresh = self._fresh(push)
            if not self._is_joining:
                return fresh
            self._is_joining = False
            found = self.holes()
        if found and self._on_hole is not None:
            self._on_hole(found)
        return fresh

    @property
    def is_full(self) -> bool:
        """True when more waits than the budget allows: see :meth:`go_on`."""
        return self._bytes > self._max_bytes

    def go_on(self) -> list[Push]:
        """Let the stream go on before what was missed is known: what waited, to be delivered now."""
        with self._lock:
            self.was_full = True
            return self.release([], self.outage, done=False)[0]

    def lacks_between(self, missed: list[Any]) -> bool:
        """Tell whether something is missing between what was delivered, ``missed``, and the pushes that wait."""
        with self._lock:
            return bool(self.source.holes([*missed, *(row for push in self._waiting for row in push.rows)]))

    def holes(self) -> list[str]:
        """Name what is missing among all that was delivered, as far as it was not asked for before."""
        with self._lock:
            found = [hole for hole in self.source.holes(()) if hole not in self._known_holes]
            self._known_holes.update(found)
            return found

    def release(
        self, missed: list[Any], outage: int, *, done: bool = True, has_asked: bool | None = None
    ) -> tuple[list[Push], int]:
        """Let the stream go on: what is to be delivered now, in order, and how many of the missed rows are in it.

        Nothing happens when there has been another outage since ``outage``. ``done=False``: only let it go on, the
        missed rows are still to come. ``has_asked``: whether REST told anything, new or not; None: as ``missed`` says.
        """
        has_asked = bool(missed) if has_asked is None else has_asked
        with self._lock:
            if self.outage != outage:
                return [], 0
            self._is_holding, self.is_due, self._is_joining = False, not done, done
            self._was_recovered |= has_asked
            waiting, self._waiting, self._bytes = self._waiting, [], 0
            message = {"arg": self._arg, "data": missed, "recovered": True}
            found: list[_Entry] = sorted(
                (self._when(row), number, Push(self._channel, self._arg, [row], message, len(str(row))))
                for number, row in enumerate(missed)
            )
            line = heapq.merge(found, self._in_line(waiting, len(found)))
            pushes = [fresh for *_, push in line if (fresh := self._fresh(push)) is not None]
            new = [row for push in pushes if push.message is message for row in push.rows]
            if self._on_release is not None:
                self._on_release(new, has_asked, done)
            return pushes, sum(push.message is message for push in pushes)

    def _in_line(self, waiting: list[Push], first: int) -> list[_Entry]:
        """Return the waiting pushes in the order in which they came, whatever their times say."""
        line: list[_Entry] = []
        latest: tuple[int, ...] = ()
        for number, push in enumerate(waiting, first):
            latest = max([latest, *map(self._when, push.rows)])
            line.append((latest, number, push))
        return line

    def _fresh(self, push: Push) -> Push | None:
        """Note what is about to be delivered, and return what is new of it."""
        self.source.pushed(push)
        kept = []
        for row in push.rows:
            try:
                kept.append(self.source.note(row))
            except UNREADABLE:  # it goes on, to be reported by its decoder
                kept.append(row)
        if not self._was_recovered or all(map(is_, kept, push.rows)):
            return push  # also an empty snapshot, which is news as well
        new = [row for row in kept if row is not None]
        return push.with_rows(new) if new else None

    def _when(self, row: Any) -> tuple[int, ...]:
        try:
            return self.source.when(row)
        except UNREADABLE:
            return ()
