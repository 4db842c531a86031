"""``OrderTimes``: how long order operations on a stream take, and how many did not end well."""

from __future__ import annotations

import threading

from okx_sync.durations import Durations
from okx_sync.errors import OrderStatusUnknown

__all__ = ["OrderTimes"]


class OrderTimes:
    """The order operations of one client on streams, all kinds together. Safe from any thread."""

    def __init__(self) -> None:
        # Guards the counts.
        self._lock = threading.Lock()
        self.intent_to_sent = Durations()
        """From the call until the request is written: checks, limits, the journal, and whoever is waited for."""
        self.sent_to_answer = Durations()
        """From there until its answer is read by whoever waits for it."""
        self.sent = 0
        self.refused = 0
        """How many the exchange did not take, or that could not be sent after all."""
        self.unknown = 0
        """Of how many nobody knows what became of them."""

    def was_sent(self, began: float, now: float) -> float:
        """Note a request that went out ``now``, which is returned; its call ``began`` then, monotonic seconds."""
        with self._lock:
            self.sent += 1
        self.intent_to_sent.add(int((now - began) * 1_000_000), now)
        return now

    def was_answered(self, sent: float | None, now: float) -> None:
        """Note the answer to a request that was ``sent`` then; None: by a thread that has not come to say it yet."""
        if sent is not None:
            self.sent_to_answer.add(int((now - sent) * 1_000_000), now)

    def has_failed(self, sent: float | None, error: BaseException) -> None:
        """Note what a request ended with; one that was not ``sent`` does not count."""
        with self._lock:
            if sent is None:
                return
            if isinstance(error, OrderStatusUnknown):
                self.unknown += 1
            else:
                self.refused += 1
