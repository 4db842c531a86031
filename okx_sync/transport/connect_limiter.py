"""The pace of connections to one host from this process: the exchange counts attempts per address, not per client."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from okx_sync import fork
from okx_sync.timing import Clock, RateBucket

__all__ = ["limiter_for"]

# Guards the table of limiters, which is shared by all clients of the process.
_lock = threading.RLock()
_limiters: dict[tuple[str, int], RateBucket] = {}


def _renew() -> None:
    """Start with empty tables in a forked child: a thread of the parent may hold any of the locks."""
    global _lock
    _lock = threading.RLock()
    _limiters.clear()


fork.in_child(_renew)


def limiter_for(url: str, per_second: int, clock: Clock) -> RateBucket:
    """Return the bucket that all connection attempts to the host of ``url`` share."""
    key = (urlsplit(url).netloc, per_second)
    with _lock:
        if key not in _limiters:
            _limiters[key] = RateBucket(per_second, 1.0, clock)
        return _limiters[key]
