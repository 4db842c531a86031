"""When to ask for a new snapshot: once for each gap, and ever more rarely when that does not last.

Every request costs a share of what the exchange allows in an hour, and a stream that breaks again and again does not
get better by being asked in a loop.
"""

from __future__ import annotations

import threading

from okx_sync.timing import Clock

__all__ = ["Resync"]


class Resync:
    """The pace of one topic. Safe from any thread.

    Parameters, seconds: ``first_s``: least time between the first request and the second; it doubles with each
    further one up to ``cap_s``; ``calm_s`` without a gap forgets that. ``answer_s``: how long a snapshot may take
    before it is asked for again.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        first_s: float = 1.0,
        cap_s: float = 60.0,
        calm_s: float = 60.0,
        answer_s: float = 20.0,
    ) -> None:
        self._clock = clock
        self._first_s = first_s
        self._cap_s = cap_s
        self._calm_s = calm_s
        self._answer_s = answer_s
        # Guards everything below; held for a few operations only.
        self._lock = threading.Lock()
        self._is_wanted = False  # a snapshot is needed
        self._asked_at: float | None = None  # and was asked for
        self._requests = 0  # in a row
        self._not_before = float("-inf")

    def expect(self) -> None:
        """A snapshot will come without our asking: somebody has just subscribed."""
        with self._lock:
            self._is_wanted = True
            self._asked_at = self._clock.monotonic()

    def lost(self) -> bool:
        """A snapshot is needed. True when that is news."""
        with self._lock:
            is_news = not self._is_wanted
            self._is_wanted = True
            return is_news

    def is_due(self) -> bool:
        """True when it must be asked for now; it then counts as asked."""
        with self._lock:
            if not self._is_wanted:
                return False
            now = self._clock.monotonic()
            if self._asked_at is not None and now - self._asked_at < self._answer_s:
                return False
            if now < self._not_before:
                return False
            if now - self._not_before >= self._calm_s:
                self._requests = 0
            self._asked_at = now
            self._not_before = now + min(self._cap_s, self._first_s * 2.0 ** min(self._requests, 32))
            self._requests += 1
            return True

    def settled(self) -> None:
        """A snapshot came, or the socket went and the next one will bring it unasked."""
        with self._lock:
            self._is_wanted = False
            self._asked_at = None
