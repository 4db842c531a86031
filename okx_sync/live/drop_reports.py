"""Reports of dropped events: the first at once, then sums, at most once a second for each subscription."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from okx_sync.delivery.subscription import Subscription
from okx_sync.timing import Clock

__all__ = ["DropReports"]

_EVERY_S = 1.0


class DropReports:
    """Reports the events that mailboxes dropped.

    Args:
        tell: ``tell(subscription, number)`` reports dropped events; the numbers of all reports add up to all that was
            dropped.
    """

    def __init__(self, clock: Clock, tell: Callable[[Subscription[Any], int], None]) -> None:
        self._clock = clock
        self._tell = tell
        # Guards the sums; not held during a report.
        self._lock = threading.RLock()
        # By subscription: the time of its last report, and the drops since. Weak: a late drop must not keep an ended
        # subscription.
        self._sums: WeakKeyDictionary[Subscription[Any], tuple[float, int]] = WeakKeyDictionary()

    def add(self, subscription: Subscription[Any], lost: int) -> None:
        """Count events of a subscription that its mailbox has dropped; from any thread."""
        now = self._clock.monotonic()
        with self._lock:
            told_at, untold = self._sums.get(subscription, (float("-inf"), 0))
            due = now - told_at >= _EVERY_S
            self._sums[subscription] = (now, 0) if due else (told_at, untold + lost)
        if due:
            self._tell(subscription, untold + lost)

    def finish(self, subscription: Subscription[Any]) -> None:
        """Report what a subscription that ends has dropped since its last report."""
        with self._lock:
            _, number = self._sums.pop(subscription, (0.0, 0))
        if number:
            self._tell(subscription, number)

    def tick(self) -> None:
        """Report what was dropped since the last report; called about twice a second."""
        now = self._clock.monotonic()
        with self._lock:
            due = [(sub, n) for sub, (told_at, n) in self._sums.items() if n and now - told_at >= _EVERY_S]
            for subscription, _ in due:
                self._sums[subscription] = (now, 0)
        for subscription, number in due:
            self._tell(subscription, number)
