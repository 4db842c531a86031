"""The pace of connections to one host from this process: the exchange counts attempts per address, not per client."""

from __future__ import annotations

import threading
from typing import Final
from urllib.parse import urlsplit

from okx_sync import fork
from okx_sync.timing import Clock, RateBucket

__all__ = ["limiter_for"]

_SECOND_S: Final = 1.25  # the exchange sees attempts when they arrive, some later than others

# Guards the table of limiters, which is shared by all clients of the process.
_lock = threading.RLock()
_limiters: dict[tuple[str, int, tuple[int, float] | None], RateBucket] = {}


def _renew() -> None:
    """Start with empty tables in a forked child: a thread of the parent may hold any of the locks."""
    global _lock
    _lock = threading.RLock()
    _limiters.clear()


fork.in_child(_renew)


def limiter_for(url: str, per_second: int, clock: Clock, most: tuple[int, float] | None = None) -> RateBucket:
    """Return the bucket that all connection attempts to the host of ``url`` share.

    ``most``: how many there may be in how many seconds besides.
    """
    key = (urlsplit(url).netloc, per_second, most)
    with _lock:
        if key not in _limiters:
            count, per_s = most or (per_second, _SECOND_S)
            _limiters[key] = RateBucket(count, per_s, clock, per_second=None if most is None else per_second)
        return _limiters[key]
