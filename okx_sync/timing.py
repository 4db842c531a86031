"""The only home of time and sleep: a clock that tests can replace, deadlines, backoff and rate limits.

Every other room asks a :class:`Clock` instead of the ``time`` module, so that a test can let a laptop sleep
for two minutes without waiting for it.
"""

from __future__ import annotations

import bisect
import contextlib
import math
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TypeGuard, TypeVar

from okx_sync.errors import ConfigError

__all__ = [
    "INTERRUPTIBLE_S",
    "Backoff",
    "Clock",
    "Deadline",
    "RateBucket",
    "about_to_wait",
    "before_waits",
    "is_number",
    "not_negative",
    "now_ns",
]

T = TypeVar("T")

INTERRUPTIBLE_S = 0.2
"""Longest uninterrupted wait in a user's thread: on Windows a lock wait cannot be broken by Ctrl-C."""


now_ns = time.time_ns
"""Nanoseconds since the epoch on this machine's wall clock, for what is written down."""


class _Here(threading.local):
    before_wait: Callable[[], None] | None = None


_here = _Here()


def before_waits(do: Callable[[], None] | None) -> None:
    """Have ``do()`` called whenever the calling thread is about to wait in a call of a client; None: nothing."""
    _here.before_wait = do


def about_to_wait() -> None:
    """Note that the calling thread is about to wait: others may depend on it, see :func:`before_waits`."""
    if _here.before_wait is not None:
        _here.before_wait()


class Clock:
    """Where time comes from: wall time corrected to the server's, monotonic time, and sleep.

    Where a signature carries a time, it is the server's, as far as that is known.
    """

    unmeasured = "nobody has measured the exchange's clock: sync_clock()"
    """Why the offset is not known, for people."""

    def __init__(self) -> None:
        self._offset_s: float | None = None

    monotonic = staticmethod(time.monotonic)  # not a method of ours around it: it is asked for every message
    """Seconds that never go back; the base of every timeout."""
    time = staticmethod(time.time)
    """Seconds since the epoch on this machine's wall clock."""

    @property
    def offset_s(self) -> float:
        """What the server's clock is ahead of ours: seconds, may be negative; 0 before anybody has measured it."""
        return self._offset_s or 0.0

    @offset_s.setter
    def offset_s(self, seconds: float) -> None:
        self._offset_s = seconds

    @property
    def is_measured(self) -> bool:
        """Whether anybody has measured what the server's clock is ahead of ours."""
        return self._offset_s is not None

    def server_time(self) -> float:
        """Return the seconds since the epoch on the exchange's clock, as far as it is known."""
        return self.time() + self.offset_s

    def sleep(self, seconds: float) -> None:
        """Block the calling thread."""
        about_to_wait()
        time.sleep(seconds)


class Deadline:
    """A moment by which something must be done.

    Args:
        seconds: From now; None means never, what is not above 0 that it is over.

    Raises:
        ConfigError: ``seconds`` is no number.
    """

    def __init__(self, seconds: float | None, clock: Clock) -> None:
        plain = seconds is None or (type(seconds) in (float, int) and seconds == seconds)  # the usual, without a call
        if not plain and not is_number(seconds):  # NaN is one that would never pass
            raise ConfigError(f"timeout cannot be {seconds!r}", hint="seconds, as a number; None waits without a limit")
        self._clock = clock
        self._at = math.inf if seconds is None else clock.monotonic() + seconds
        self._is_limited = seconds is not None  # also by an infinite number of seconds, which is one to reckon with

    def left(self) -> float | None:
        """Return the seconds that remain, never negative; ``None`` when there is no limit."""
        return max(0.0, self._at - self._clock.monotonic()) if self._is_limited else None

    def passed(self) -> bool:
        """Tell whether the moment is over."""
        return self._clock.monotonic() >= self._at

    def slice(self) -> float:
        """Return the seconds to wait in one piece, so that Ctrl-C is seen soon; 0.0 once the moment is over.

        For who is about to wait for as long, see :func:`about_to_wait`.
        """
        about_to_wait()
        return max(0.0, min(INTERRUPTIBLE_S, self._at - self._clock.monotonic()))

    def wait_for(self, future: Future[T]) -> T:
        """Return the result of ``future``, waiting in slices so that Ctrl-C is seen on every system.

        Raises ``TimeoutError`` when the moment passes first.
        """
        if _here.before_wait is not None and not future.done():
            _here.before_wait()
        while True:
            left = max(0.0, self._at - self._clock.monotonic())
            try:
                return future.result(min(INTERRUPTIBLE_S, left))
            except FutureTimeout:
                if future.done():  # it failed with a timeout of its own
                    return future.result()
                if self._clock.monotonic() >= self._at:
                    raise


def is_number(seconds: object) -> TypeGuard[float]:
    """Tell whether this is a number of seconds: neither text, nor a flag, nor NaN."""
    return isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds == seconds


def not_negative(seconds: object) -> float:
    """Return a time to wait for an answer, in seconds. Raises ``ConfigError`` for what is none."""
    if is_number(seconds) and seconds >= 0:
        return seconds
    raise ConfigError(f"timeout cannot be {seconds!r}", hint="seconds, as a number not below 0")


class Backoff:
    """Exponential delays with full jitter, so that a thousand clients do not return in step.

    Args:
        first_s: Upper bound of the first delay, seconds.
        cap_s: Upper bound of all, seconds.
    """

    def __init__(self, first_s: float = 0.5, cap_s: float = 30.0, rng: Callable[[], float] = random.random) -> None:
        self.first_s = first_s
        self.cap_s = cap_s
        self._rng = rng

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait before the ``attempt``-th try (the first retry is 1)."""
        ceiling = min(self.cap_s, self.first_s * 2.0 ** min(max(attempt, 1) - 1, 32))
        return self._rng() * ceiling


class RateBucket:
    """At most ``count`` grants in any window of ``per_s`` seconds, shared between threads.

    ``per_second``: and at most so many of them in any second.
    """

    def __init__(self, count: int, per_s: float, clock: Clock, *, per_second: int | None = None) -> None:
        if count < 1 or per_s <= 0:
            raise ValueError(f"a rate needs a positive count and window, not {count} per {per_s}")
        self.count = count
        self.per_s = per_s
        self._windows = [(count, per_s)] if per_second is None else [(count, per_s), (per_second, 1.0)]
        self._clock = clock
        # Guards the grant times; held for a few operations only.
        self._lock = threading.RLock()
        self._grants: deque[float] = deque()

    def book(self) -> tuple[float, float]:
        """Take the next grant: returns when it may be used, monotonic seconds, and how many seconds that is away.

        It is booked at once, so callers that wait are served in the order in which they came.
        """
        with self._lock:
            now, grants = self._clock.monotonic(), self._grants
            at = max([now, *(grants[-number] + per_s for number, per_s in self._windows if len(grants) >= number)])
            bisect.insort(grants, at)  # some may have been given back, so that it is not the last
            while grants[0] <= now - self.per_s:
                grants.popleft()
            return at, at - now

    def give_back(self, at: float) -> None:
        """Give back a grant that was booked for ``at`` and not used."""
        with self._lock, contextlib.suppress(ValueError):  # it is so old that it was forgotten
            self._grants.remove(at)

    def try_take(self, keep: int = 0) -> bool:
        """Take a grant now, or none. ``keep``: none of the last so many that are free."""
        with self._lock:
            now, grants = self._clock.monotonic(), self._grants
            while grants and grants[0] <= now - self.per_s:
                grants.popleft()
            if len(grants) + keep >= self.count:
                return False
            if any(len(grants) >= number and grants[-number] > now - per_s for number, per_s in self._windows):
                return False
            grants.append(now)
            return True

    def left(self, keep: int = 0, ahead: int = 0) -> tuple[int, float]:
        """Return how many grants are free beyond the last ``keep``, and the seconds until one of them is (0: now).

        ``ahead``: so many are to be taken before that one.
        """
        with self._lock:
            now, grants = self._clock.monotonic(), self._grants
            while grants and grants[0] <= now - self.per_s:
                grants.popleft()
            free, wait_s = self.count - keep - len(grants), 0.0
            for most, per_s in self._windows[1:]:
                place = max(1, most - ahead)
                if len(grants) >= place:
                    wait_s = max(wait_s, grants[-place] + per_s - now)
            if free <= 0:
                back_s = grants[min(-free, len(grants) - 1)] + self.per_s - now if grants else self.per_s
                wait_s = max(wait_s, back_s)
        return free, wait_s

    def shortage(self, over_s: float = 0.0, *, keep: int = 0) -> str | None:
        """Say which number of requests keeps the next one waiting for more than ``over_s`` seconds; None: none does.

        ``keep``: as many of the whole window are not for this one.
        """
        with self._lock:
            now, grants = self._clock.monotonic(), self._grants
            windows = [(most, per_s, keep if per_s == self.per_s else 0) for most, per_s in self._windows]
            waits = [
                (grants[kept - most] + per_s - now, most, per_s, kept)
                for most, per_s, kept in windows
                if len(grants) >= most - kept
            ]
        left, most, window_s, kept = max(waits, default=(0.0, 0, 1.0, 0))
        if left <= over_s:
            return None
        window = {3600.0: "an hour", 1.0: "a second"}.get(window_s, f"in {window_s:g} s")
        seconds = f"{left:.0f}" if left >= 10 else f"{left:.2g}"
        besides = f", {kept} of which are kept for repairs" if kept else ""
        return f"waiting for the {most} requests {window} of one connection{besides}, next in {seconds} s"
