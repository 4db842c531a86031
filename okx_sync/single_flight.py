"""One thread makes what many want; the others wait for its result, each with a timeout of its own.

No lock is held while it is made, so that threads that come while the network is silent wait side by side and not one
after another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from okx_sync.errors import ConfigError, OkxTimeoutError
from okx_sync.timing import Clock, Deadline

__all__ = ["SingleFlight"]

R = TypeVar("R")


class _Flight:
    """Something that is being made, and by which thread."""

    def __init__(self) -> None:
        self.owner = threading.get_ident()
        self.done: Future[Any] = Future()


class SingleFlight:
    """Calls under way, by key. Parameters: ``clock``: where time comes from."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Guards the table; never held while anything is made or waited for. Reentrant, since a signal handler may come
        # back here on the thread that holds it.
        self._lock = threading.RLock()
        self._flights: dict[Hashable, _Flight] = {}

    def run(
        self,
        key: Hashable,
        make: Callable[[], R],
        timeout: float | None,
        *,
        can_wait: Callable[[], bool] = lambda: True,
    ) -> R:
        """Return the result of ``make()``, called by this thread or by another that began before.

        Whoever waits for another thread gets that one's result or its error; the first call after a failure makes it
        anew. When ``make`` was interrupted (Ctrl-C), one of those who wait takes over.

        Args:
            key: What is made; calls of the same key share one result.
            make: Makes it.
            timeout: Seconds to wait for another thread at the most.
            can_wait: False on a thread that the other one needs.

        Raises ``OkxTimeoutError`` after ``timeout``, ``ConfigError`` where this thread must not wait, and what
        ``make`` raises.
        """
        deadline = Deadline(timeout, self._clock)
        while True:
            with self._lock:
                flight = self._flights.get(key)
                if flight is None:
                    mine = self._flights[key] = _Flight()
            if flight is None:
                return self._make(key, mine, make)
            if flight.owner == threading.get_ident() or not can_wait():
                raise ConfigError(
                    f"{key} is being made, and this thread cannot wait for it",
                    hint="ask for it once before, outside of inline callbacks and signal handlers",
                )
            with suppress(_InterruptedError):
                result: R = self._join(key, flight, deadline, timeout)
                return result

    def _join(self, key: Hashable, flight: _Flight, deadline: Deadline, timeout: float | None) -> Any:
        """Wait for what another thread makes."""
        try:
            return deadline.wait_for(flight.done)
        except TimeoutError:
            if flight.done.done():  # with an error of this kind, or as the time was over
                return flight.done.result()
            raise OkxTimeoutError(
                f"{key} was not there within {timeout} s: another thread is making it", retryable=True
            ) from None

    def _make(self, key: Hashable, flight: _Flight, make: Callable[[], R]) -> R:
        try:
            result = make()
        except BaseException as error:
            self._land(key)
            flight.done.set_exception(error if isinstance(error, Exception) else _InterruptedError())
            raise
        self._land(key)
        flight.done.set_result(result)
        return result

    def _land(self, key: Hashable) -> None:
        with self._lock:
            del self._flights[key]


class _InterruptedError(Exception):
    """Whatever ended the thread that made it is not for the others."""
