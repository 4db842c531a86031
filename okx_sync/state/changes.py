"""A count of changes, and waiting for the next one: what all live state has in common."""

from __future__ import annotations

import threading
from collections.abc import Callable

from okx_sync.errors import StreamClosed
from okx_sync.timing import Clock, Deadline

__all__ = ["Changes"]


class Changes:
    """The changes of one live object, under whose ``lock`` they happen. ``clock``: where time comes from."""

    def __init__(self, lock: threading.Lock | threading.RLock, clock: Clock) -> None:
        self._clock = clock
        self._came = threading.Condition(lock)
        self._number = 0
        # How many threads are in ``wait``, counted under the lock. Mostly none: then ``note`` has nobody to wake.
        self._waiting = 0

    def note(self) -> None:
        """Note a change and wake whoever waits. Under the lock."""
        self._number += 1
        if self._waiting:
            self._came.notify_all()

    def wait(self, holds: Callable[[], object], ended: Callable[[], str | None], timeout: float | None) -> bool:
        """Wait until ``holds()``, which is looked at again after each change; False after ``timeout`` seconds.

        Raises ``StreamClosed`` once ``ended()`` says why nothing more can come, and what ``holds`` raises. Ctrl-C
        works. Not under the lock.
        """
        deadline = Deadline(timeout, self._clock)
        while True:
            number = self._number
            if holds():
                return True
            with self._came:
                self._waiting += 1  # in the same hold of the lock as the look at the number: no change falls between
                try:
                    while self._number == number:
                        if (reason := ended()) is not None:
                            raise StreamClosed(reason)
                        if not (pause := deadline.slice()):
                            return False
                        self._came.wait(pause)
                finally:
                    self._waiting -= 1
