"""Clocks of the tests: they stand still until moved, can be put forward, leap, or wait for nobody."""

from __future__ import annotations

import time

from okx_sync.timing import Clock


class HandClock(Clock):
    """Both clocks are plain attributes; sleeping only moves them."""

    def __init__(self, mono: float = 1000.0, wall: float = 1_700_000_000.0) -> None:
        super().__init__()
        self.mono = mono
        self.wall = wall

    def monotonic(self) -> float:
        return self.mono

    def time(self) -> float:
        return self.wall

    def sleep(self, seconds: float) -> None:
        self.forward(seconds)

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.mono += seconds
        self.wall += seconds


class ForwardClock(Clock):
    """The real time, and ``ahead`` of it whatever a test adds."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead


class LeapingClock(Clock):
    """A second passes between any two looks, so that a limiter on it counts but never waits."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = 0

    def monotonic(self) -> float:
        self._looks += 1
        return float(self._looks)


class Impatient(Clock):
    """The real time, but nobody sleeps."""

    def sleep(self, seconds: float) -> None:
        return None
