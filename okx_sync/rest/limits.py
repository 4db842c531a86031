"""Pacing: requests wait on this side, so that the exchange never has to refuse one for coming too soon.

A rule is written as in the exchange's tables: ``"20/2s ip"``, ``"60/2s user+instId"``,
``"300/2s user+instId @amend-batch"`` (``@`` names a bucket that several endpoints share),
``"20/1s user category=spot"`` (for calls with this parameter only; ``!=``: for all others). Each combination of rule,
account and parameter values has a bucket of its own; a bucket allows ``count`` in any window, which is right for an
exchange that counts in fixed windows as well as for one whose windows slide.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import frozen

from okx_sync.errors import OkxTimeoutError
from okx_sync.timing import Clock, Deadline

__all__ = ["Charge", "LimitLeft", "Limiter", "RateLimit"]

_RULE = re.compile(r"(\d+)/(\d+(?:\.\d+)?)([smhd]) (ip|user)((?:\+\w+)*)(?: (\w+)(!?=)(\w+))?(?: @([\w-]+))?")
_UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}

# The window is taken this much longer than the exchange's: requests can bunch up on their way.
_SLACK = 0.05
_MANY_BUCKETS = 4096


@frozen
class RateLimit:
    """``count`` requests per ``per_s`` seconds for each ``scope`` (``ip``, ``user``) and value of ``by``.

    ``only``: of calls that have this value of this parameter, or ``False``: that have another.
    """

    count: int
    per_s: float
    scope: str
    by: tuple[str, ...] = ()
    bucket: str = ""
    only: tuple[str, str, bool] | None = None

    @classmethod
    def parse(cls, text: str) -> RateLimit:
        """Parse the rule that ``text`` writes down. Raises ValueError for anything else."""
        return _parse(text)

    def counts(self, params: Mapping[str, Any]) -> bool:
        """Tell whether a call with these parameters falls under the rule."""
        if self.only is None:
            return True
        name, value, is_meant = self.only
        return (params.get(name) == value) is is_meant


@cache
def _parse(text: str) -> RateLimit:
    found = _RULE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a rate limit: {text!r}")
    count, window, unit, scope, by, name, sign, value, bucket = found.groups()
    only = (name, value, sign == "=") if name else None
    return RateLimit(int(count), float(window) * _UNIT_S[unit], scope, tuple(by.split("+")[1:]), bucket or "", only)


@frozen
class Charge:
    """``cost`` units on the bucket ``key`` that allows ``count`` per ``per_s`` seconds."""

    key: Hashable
    count: int
    per_s: float
    cost: int = 1


@frozen
class LimitLeft:
    """What is left of one limit: ``left`` of ``count`` requests in ``per_s`` seconds, the next in ``wait_s`` at most.

    ``name``: of the call, or of the calls that share it; ``of``: the values that it is counted by, such as an
    instrument.
    """

    name: str
    of: tuple[str, ...]
    left: int
    count: int
    per_s: float
    wait_s: float


class _Bucket:
    """Grants of one bucket in the order of their times, which may lie ahead: callers that wait are booked.

    ``used``: what all of them cost.
    """

    __slots__ = ("count", "free_at", "grants", "per_s", "used", "window")

    def __init__(self, count: int, per_s: float) -> None:
        self.count = count
        self.per_s = per_s
        self.grants: deque[tuple[float, int]] = deque()
        self.used = 0
        self.free_at = 0.0
        self.window = per_s * (1 + _SLACK)

    def is_idle(self, now: float) -> bool:
        """Tell whether nothing that happened in this bucket matters any more."""
        return self.free_at <= now and (not self.grants or self.grants[-1][0] + self.window <= now)

    def earliest(self, charge: Charge, now: float) -> float:
        """Return the first moment from ``now`` on at which ``charge`` fits."""
        grants = self.grants
        while grants and grants[0][0] + self.window <= now:
            self.used -= grants.popleft()[1]
        at = max(now, self.free_at, grants[-1][0]) if grants else max(now, self.free_at)
        used = self.used
        for granted_at, cost in grants:
            if used + charge.cost <= charge.count:
                break
            at = max(at, granted_at + self.window)
            used -= cost
        return at


class Limiter:
    """The buckets of one client, shared by all its threads (or of several clients that share an account)."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        # Guards the buckets; nobody sleeps or sends while holding it.
        self._lock = threading.RLock()
        self._buckets: dict[Hashable, _Bucket] = {}
        self._stops: dict[str, float] = {}
        # At this many buckets the idle ones are dropped; grows so that sweeping stays rare.
        self._sweep_at = _MANY_BUCKETS

    def take(self, charges: Sequence[Charge], within: float | None = None) -> float:
        """Wait until all ``charges`` fit at once; returns the seconds that takes.

        When it is more than ``within`` seconds, nothing is booked and nobody waits.
        """
        delay = self.reserve(charges, within)
        if delay > 0 and (within is None or delay <= within):
            self._clock.sleep(delay)
        return delay

    def take_before(self, charges: Sequence[Charge], deadline: Deadline, what: str, environment: str) -> float:
        """Wait until all ``charges`` fit at once; returns the seconds that are left until the deadline then.

        Raises ``OkxTimeoutError`` where that would be behind it: ``what`` was not sent then, and nothing is booked.
        """
        before = deadline.left() or 0.0
        delay = self.reserve(charges, before)
        if 0 < delay <= before:
            self._clock.sleep(delay)
        left = deadline.left() or 0.0
        if delay > before or not left:
            why = f"its rate limit leaves no room for {delay:.1f} s" if delay > 0 else "the time was over"
            hint = "send less, use batches, or allow a longer timeout"
            raise OkxTimeoutError(f"{what} was not sent: {why}", environment=environment, retryable=True, hint=hint)
        return left

    def reserve(self, charges: Sequence[Charge], within: float | None = None) -> float:
        """Book ``charges``; returns how many seconds from now they may be used. First come, first served.

        When that is more than ``within`` seconds, nothing is booked.
        """
        with self._lock:
            now = self._clock.monotonic()
            if len(self._buckets) >= self._sweep_at:
                self._sweep(now)
            at, pairs = now, []
            for charge in charges:
                bucket = self._buckets.get(charge.key)
                if bucket is None:
                    bucket = self._buckets[charge.key] = _Bucket(charge.count, charge.per_s)
                at = max(at, bucket.earliest(charge, now))
                pairs.append((bucket, charge.cost))
            if within is None or at - now <= within:
                for bucket, cost in pairs:
                    bucket.grants.append((at, cost))
                    bucket.used += cost
            return at - now

    def pause(self, charges: Sequence[Charge], seconds: float) -> None:
        """Grant nothing from these buckets for ``seconds``: the exchange said that it is enough."""
        with self._lock:
            now = self._clock.monotonic()
            for charge in charges:
                bucket = self._buckets.setdefault(charge.key, _Bucket(charge.count, charge.per_s))
                bucket.free_at = max(bucket.free_at, now + seconds)

    def stop(self, host: str, seconds: float) -> None:
        """Let no call to ``host`` begin for ``seconds``: callers are told so instead of waiting."""
        with self._lock:
            self._stops[host] = max(self._stops.get(host, 0.0), self._clock.monotonic() + seconds)

    def left(self) -> list[LimitLeft]:
        """Return what is left of each limit that was used, the scarcest first."""
        with self._lock:
            now = self._clock.monotonic()
            found = [_left(key, bucket, now) for key, bucket in self._buckets.items()]
        return sorted(found, key=lambda one: (one.left / one.count, -one.wait_s))

    def stopped_for(self, host: str) -> float:
        """Return for how many seconds more calls to ``host`` are stopped."""
        return max(0.0, self._stops.get(host, 0.0) - self._clock.monotonic()) if self._stops else 0.0

    def _sweep(self, now: float) -> None:
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.is_idle(now)}
        self._sweep_at = max(_MANY_BUCKETS, 2 * len(self._buckets))


def _left(key: Hashable, bucket: _Bucket, now: float) -> LimitLeft:
    """Say what is left of a bucket. Whose it is, the key of an account maybe, is not told."""
    name, *who = key if isinstance(key, tuple) else (key,)
    waits = bucket.earliest(Charge(key, bucket.count, bucket.per_s), now) - now
    left = max(0, bucket.count - bucket.used) if bucket.free_at <= now else 0
    return LimitLeft(str(name), tuple(map(str, who[2:])), left, bucket.count, bucket.per_s, max(0.0, waits))
