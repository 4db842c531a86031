"""The base of the live objects (orders, positions, account): one lock, waiting, and listeners.

A live object is fed on some threads and read on many. Reads see a whole change or none of it; user code never runs
under the lock, and hears of things in the order in which they happened.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, Self, TypeVar

from okx_sync import fork
from okx_sync.checks import check_callback, no_predicate
from okx_sync.state.changes import Changes
from okx_sync.timing import Clock

__all__ = ["Dispatch", "Emit", "LiveObject", "call_now"]

F = TypeVar("F", bound=Callable[..., Any])

Emit = Callable[[Any], None]
"""Hands one event to one listener."""


class Dispatch(Protocol):
    """Decides where a listener runs: ``dispatch(fn)`` gives the function that hands it events, in order, none lost."""

    def __call__(self, fn: Callable[[Any], object]) -> Emit:
        """Return the function that hands events to ``fn``."""


def call_now(fn: Callable[[Any], object]) -> Emit:
    """Make a function that calls the listener in the thread that feeds: for objects that are fed by hand."""
    check_callback(fn, "the listener")

    def emit(event: Any) -> None:
        fn(event)

    return emit


class LiveObject:
    """Base of the live objects.

    Args:
        name: For people.
        dispatch: Where listeners run.
        clock: Where time comes from.
        beside: Another object that belongs to this one: both change under one lock, and whoever waits for either sees
            changes of both.
    """

    def __init__(
        self,
        name: str,
        *,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        beside: LiveObject | None = None,
    ) -> None:
        fork.watch(self)
        self._name = name
        self._dispatch = dispatch
        self._clock = clock if clock is not None else Clock()
        # Guards the pure state of the subclass and everything below; never held while user code runs.
        self._lock: threading.RLock = threading.RLock() if beside is None else beside._lock
        self._changes: Changes = Changes(self._lock, self._clock) if beside is None else beside._changes
        self._closed_because: str | None = None
        self._listeners: dict[str, tuple[Emit, ...]] = {}
        # Events in their order, put here under the lock and handed on without it, by one thread at a time.
        self._outbox: deque[tuple[Emit, Any]] = deque()
        self._is_telling = False

    @property
    def is_closed(self) -> bool:
        """True when nothing will change any more."""
        return self._closed_because is not None

    def wait_until(self, predicate: Callable[[Self], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(self)`` is true, looking again after each change; False after ``timeout`` seconds.

        Raises ``StreamClosed`` when this is closed before, and whatever the predicate raises. Ctrl-C works. Do not
        call it from an inline callback: it runs on the thread that would bring the change.
        """
        if not callable(predicate):
            raise no_predicate(predicate)
        return self._changes.wait(partial(predicate, self), self._end, timeout)

    def _end(self) -> str | None:
        return None if self._closed_because is None else f"{self._name} is closed: {self._closed_because}"

    def close(self, reason: str = "it was closed") -> None:
        """End the object: nothing changes any more, and whoever waits gets ``StreamClosed``. Idempotent."""
        if fork.is_from_parent(self):
            return
        with self._lock:
            if self._closed_because is None:
                self._closed_because = reason
            self._changes.note()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- for subclasses ------------------------------------------------------------------------------------------

    def _listen(self, kind: str, fn: F) -> F:
        """Let ``fn`` hear events of ``kind``; returns it, so that the method works as a decorator."""
        emit = self._dispatch(fn)
        with self._lock:
            self._listeners[kind] = (*self._listeners.get(kind, ()), emit)
        return fn

    @contextmanager
    def _taking(self) -> Iterator[None]:
        """Hold the lock while news is taken in; tell the listeners when it is free again."""
        with self._lock:
            yield
        self._hand_on()

    def _hand_on(self) -> None:
        """Hand what is in the outbox to listeners, in order: while one thread is at it, the others leave theirs to it.

        Never under the lock. Raises what a listener raised that runs in this thread, after the others have been called.
        """
        outbox = self._outbox
        if not outbox:  # who puts something in calls this behind it
            return
        with self._lock:
            if self._is_telling or not outbox:
                return
            self._is_telling = True
            emit, event = outbox.popleft()
        problem: Exception | None = None
        try:
            while True:
                try:
                    emit(event)
                except Exception as error:  # noqa: BLE001  user code may raise anything
                    problem = problem or error
                with self._lock:
                    if not outbox:
                        self._is_telling = False  # in the same hold of the lock: what comes now has its own teller
                        break
                    emit, event = outbox.popleft()
        except BaseException:
            with self._lock:
                self._is_telling = False
            raise
        if problem is not None:
            raise problem
