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
        self.refused = 0
        """How many the exchange did not take, or that could not be sent after all."""
        self.unknown = 0
        """Of how many nobody knows what became of them."""

    @property
    def sent(self) -> int:
        """How many were sent."""
        return self.intent_to_sent.count

    def has_failed(self, sent: float | None, error: BaseException) -> None:
        """Note what a request ended with; one that was not ``sent`` does not count."""
        if sent is None:
            return
        with self._lock:
            if isinstance(error, OrderStatusUnknown):
                self.unknown += 1
            else:
                self.refused += 1
