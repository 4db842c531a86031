"""The pace of requests for a snapshot: one for each gap, and ever more rarely when that does not last.

Every request costs a share of what the exchange allows in an hour, and a stream that breaks again and again does not
get better by being asked in a loop. Where the stream goes on without the snapshot that it was asked for, one should be
fetched elsewhere, ever more rarely too.
"""

from __future__ import annotations

import threading
from typing import Final

from okx_sync.timing import Clock

__all__ = ["Resync"]

_DOUBT_S: Final = 0.25  # more than there is between two changes of most streams
_DOUBTS: Final = 3


class Resync:
    """The pace of one topic's requests. Safe from any thread.

    Args:
        first_s: Least seconds between the first request and the second; doubles with each further one, up to ``cap_s``.
        cap_s: The most seconds between two requests.
        calm_s: So many seconds without a gap forget that.
        answer_s: Seconds that a snapshot may take before it is asked for again.
        patience_s: Seconds that it may come behind other changes before it is fetched elsewhere.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        first_s: float = 1.0,
        cap_s: float = 60.0,
        calm_s: float = 60.0,
        answer_s: float = 20.0,
        patience_s: float = 3.0,
    ) -> None:
        self._clock = clock
        self._first_s = first_s
        self._cap_s = cap_s
        self._calm_s = calm_s
        self._answer_s = answer_s
        self._patience_s = patience_s
        # Guards everything below; held for a few operations only.
        self._lock = threading.RLock()
        self._is_wanted = False  # a snapshot is needed
        self._asked_at: float | None = None  # and was asked for
        self._requests = 0  # in a row
        self._not_before = float("-inf")
        self._is_spoilt = False  # a snapshot came and was of no use
        self._is_promised = False  # the next socket brings it unasked
        self._has_changes = False  # the stream goes on without it
        self._fetches = 0  # since it was asked for
        self._fetch_from = 0.0  # not earlier
        self._is_fetching = False

    def expect(self) -> None:
        """Note that a snapshot will come unasked: somebody has just subscribed."""
        with self._lock:
            self._is_wanted = True
            self._has_changes = self._is_spoilt = False
            self._asked(self._clock.monotonic())

    def promise(self) -> None:
        """Note that the next socket will bring a snapshot unasked; its time limit begins with the first change."""
        with self._lock:
            self._is_wanted = self._is_promised = True
            self._has_changes = self._is_spoilt = False

    def lost(self, *, was_whole: bool = False) -> bool:
        """Note that a change cannot be used, so that a snapshot is needed. Returns True when that is news.

        ``was_whole``: it was a snapshot, of no use. The next one is asked for no sooner than if none had come: what
        is in the exchange's book (an auction, say) does not get better by being asked in a loop.
        """
        with self._lock:
            is_news = not self._is_wanted or (was_whole and not self._is_spoilt)
            self._is_spoilt |= was_whole
            self._is_wanted = self._has_changes = True
            if self._is_promised:
                self._asked(self._clock.monotonic())
            return is_news

    def is_due(self) -> bool:
        """Tell whether a snapshot must be asked for now; it then counts as asked for."""
        with self._lock:
            if not self._is_wanted or self._is_promised:
                return False
            now = self._clock.monotonic()
            if self._asked_at is not None and now - self._asked_at < self._answer_s:
                return False
            if now < self._not_before:
                return False
            if now - self._not_before >= self._calm_s:
                self._requests = 0
            self._asked(now)
            self._not_before = now + min(self._cap_s, self._first_s * 2.0 ** min(self._requests, 32))
            self._requests += 1
            return True

    def is_late(self) -> bool:
        """Tell whether a snapshot must be fetched elsewhere now: changes come, but no snapshot.

        Call :meth:`fetched` then.

        So long as that does not help, each time is twice as far from the one before, until it is asked for anew.
        """
        with self._lock:
            if self._is_promised or self._asked_at is None or not self._has_changes or self._is_fetching:
                return False
            now = self._clock.monotonic()
            if now < self._fetch_from:
                return False
            self._fetch_from = now + self._first_s * 2.0 ** min(self._fetches, 32)
            self._fetches += 1
            self._is_fetching = True
            return True

    def fetched(self) -> None:
        """Note that the attempt is over, whatever came of it."""
        with self._lock:
            self._is_fetching = False

    def doubted(self) -> None:
        """Note that what was fetched needs a second one to be sure: the first times that is fetched soon."""
        with self._lock:
            if self._fetches <= _DOUBTS:
                self._fetch_from = min(self._fetch_from, self._clock.monotonic() + _DOUBT_S)

    def settled(self) -> None:
        """Note that a snapshot is in, or that the socket is gone and the next one may bring anything."""
        with self._lock:
            self._is_wanted = self._is_promised = self._is_spoilt = False
            self._asked_at = None

    def _asked(self, now: float) -> None:
        self._asked_at = now
        self._is_promised = False
        self._fetches = 0
        self._fetch_from = now + self._patience_s
