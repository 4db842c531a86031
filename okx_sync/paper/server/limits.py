"""Sliding-window request limits, measured on the paper clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass

CONTROL_PER_HOUR = 480
ARGS_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """What one WebSocket connection may do; None: as much as the exchange itself allows.

    `requests_per_hour`: subscribe and unsubscribe requests in an hour, on OKX logins as well (OKX 480, then 60014 for
    each; Bitget 240, then 30006); `topics`: subscribed at a time (Bitget 1,000, then 30007; OKX writes no number: with
    one given the connection is closed, 4008); `args_length`: characters of the topics of a connection (Bybit 21,000).
    """

    requests_per_hour: int | None = None
    topics: int | None = None
    args_length: int | None = None


class Window:
    """At most `limit` units within `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._taken: deque[tuple[float, int]] = deque()
        self._sum = 0

    def take(self, now: float, units: int = 1) -> bool:
        """Take `units` at paper time `now`; False (and nothing taken) when that is too many."""
        while self._taken and self._taken[0][0] <= now - self.seconds:
            self._sum -= self._taken.popleft()[1]
        if self._sum + units > self.limit:
            return False
        self._taken.append((now, units))
        self._sum += units
        return True

    def left(self, now: float) -> tuple[int, float]:
        """Return how many units are left at paper time `now`, and how long until it is all of them again."""
        taken = sum(units for at, units in self._taken if at > now - self.seconds)
        return self.limit - taken, self._taken[-1][0] + self.seconds - now if taken else 0.0


class Limits:
    """One window per bucket; buckets are made when first used."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self._windows: dict[Hashable, Window] = {}

    def take(self, bucket: Hashable, limit: int, seconds: float, now: float, units: int = 1) -> bool:
        """Tell whether the request may pass; always, when the limits are off."""
        if not self.enabled:
            return True
        window = self._windows.get(bucket)
        if window is None:
            window = self._windows[bucket] = Window(limit, seconds)
        return window.take(now, units)

    def left(self, bucket: Hashable, limit: int, now: float) -> tuple[int, float]:
        """Return what is left of a bucket and how long until it is full again; when the limits are off, all of it."""
        window = self._windows.get(bucket)
        return (limit, 0.0) if window is None else window.left(now)
