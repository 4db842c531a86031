"""What a client makes or finds out when it is first needed, and only once, whichever thread comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from okx_sync.errors import StreamClosed
from okx_sync.single_flight import SingleFlight
from okx_sync.timing import Clock

__all__ = ["FoundOnce", "MadeOnce"]

T = TypeVar("T")


class MadeOnce(Generic[T]):
    """Something that is quickly made: the other threads wait for it under the lock.

    Args:
        make: Must ask nobody.
        made: What is there already.
    """

    def __init__(self, make: Callable[[], T], made: T | None = None) -> None:
        self._make = make
        self._made = made
        # Guards the making and the end; what is made is not used under it. Reentrant, for signal handlers.
        self._lock = threading.RLock()
        self._is_ended = False

    def __call__(self) -> T:
        """Return the object, made by the first call. Raises ``StreamClosed`` after :meth:`end`."""
        with self._lock:
            if self._is_ended:
                raise StreamClosed("the client was closed")
            if self._made is None:
                self._made = self._make()
            return self._made

    @property
    def made(self) -> T | None:
        """What was made; None before."""
        return self._made

    def end(self) -> T | None:
        """Give nothing out any more; what was made, for whoever has to close it. Idempotent."""
        with self._lock:
            self._is_ended = True
            return self._made


class FoundOnce(Generic[T]):
    """Something that takes long to find out: one thread asks, the others wait, and no lock is held meanwhile.

    Args:
        what: What it is, for errors.
        find: May block and raise; then the next call tries again.
        timeout_s: Seconds that a thread waits for another one.
        known: What is known already; nobody asks then.
    """

    def __init__(
        self, what: str, find: Callable[[], T], clock: Clock, timeout_s: float, known: T | None = None
    ) -> None:
        self._what = what
        self._find = find
        self._timeout_s = timeout_s
        self._finding = SingleFlight(clock)
        self._found = known

    def __call__(self) -> T:
        """Return what was found. Raises ``OkxTimeoutError``, and what ``find`` raises."""
        return self._finding.run(self._what, self._find_or_known, self._timeout_s)

    def _find_or_known(self) -> T:
        if self._found is None:
            self._found = self._find()
        return self._found
