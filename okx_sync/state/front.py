"""What the live objects (orders, positions, account) have in common: one lock, waiting, and telling listeners.

A live object is fed on one thread and read on many. Reads see a whole change or none of it; user code never runs
under the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol, Self, TypeVar

from okx_sync.errors import StreamClosed
from okx_sync.timing import Clock, Deadline

__all__ = ["Dispatch", "Emit", "Front", "call_now"]

F = TypeVar("F", bound=Callable[..., Any])

Emit = Callable[[Any], None]
"""Hands one event to one listener."""


class Dispatch(Protocol):
    """Decides where a listener runs: ``dispatch(fn)`` gives the function that hands it events, in order, none lost."""

    def __call__(self, fn: Callable[[Any], object]) -> Emit: ...


def call_now(fn: Callable[[Any], object]) -> Emit:
    """The dispatch of an object that is fed by hand: the listener runs in the thread that feeds."""

    def emit(event: Any) -> None:
        fn(event)

    return emit


class Front:
    """Base of the live objects.

    Parameters: ``name`` for people; ``dispatch``: where listeners run; ``clock``: where time comes from.
    """

    def __init__(self, name: str, *, dispatch: Dispatch = call_now, clock: Clock | None = None) -> None:
        self._name = name
        self._dispatch = dispatch
        self._clock = clock if clock is not None else Clock()
        # Guards the pure state of the subclass and everything below; never held while user code runs.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._version = 0
        self._closed_because: str | None = None
        self._listeners: dict[str, tuple[Emit, ...]] = {}

    @property
    def is_closed(self) -> bool:
        """True when nothing will change any more."""
        return self._closed_because is not None

    def wait_until(self, predicate: Callable[[Self], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(self)`` is true, looking again after each change; False after ``timeout`` seconds.

        Raises ``StreamClosed`` when this is closed before, and whatever the predicate raises. Ctrl-C works. Do not
        call it from an inline callback: it runs on the thread that would bring the change.
        """
        deadline = Deadline(timeout, self._clock)
        while True:
            version = self._version
            if predicate(self):
                return True
            with self._changed:
                while self._version == version:
                    if self._closed_because is not None:
                        raise StreamClosed(f"{self._name} is closed: {self._closed_because}")
                    if deadline.passed():
                        return False
                    self._changed.wait(deadline.slice())

    def close(self, reason: str = "it was closed") -> None:
        """Nothing changes any more; whoever waits gets ``StreamClosed``. Idempotent."""
        with self._changed:
            if self._closed_because is None:
                self._closed_because = reason
            self._version += 1
            self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- for subclasses ------------------------------------------------------------------------------------------

    def _touch(self) -> None:
        """Something has changed: wake whoever waits. Under the lock."""
        self._version += 1
        self._changed.notify_all()

    def _listen(self, kind: str, fn: F) -> F:
        """Let ``fn`` hear events of ``kind``; returns it, so that the method works as a decorator."""
        emit = self._dispatch(fn)
        with self._lock:
            self._listeners[kind] = (*self._listeners.get(kind, ()), emit)
        return fn

    def _tell(self, kind: str, events: list[Any]) -> None:
        """Hand events to the listeners of ``kind``. Never under the lock."""
        for emit in self._listeners.get(kind, ()):
            for event in events:
                emit(event)
