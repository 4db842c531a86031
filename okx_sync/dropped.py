"""Clients that nobody holds any more and nobody has closed: they end, with one warning.

Threads would keep their client alive for ever. So while a thread waits it holds only what it waits for, and a weak
reference to the rest; when that is gone, the thread ends by itself. No lock is taken and no thread is waited for here:
an object may be collected anywhere, also between two steps of whoever holds a lock.
"""

from __future__ import annotations

import os
import queue
import warnings
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Bell", "tell_unclosed", "weakly", "wired"]

T = TypeVar("T")
Bell = queue.SimpleQueue[Any]
"""Wakes a thread, also from within a collection: putting into it is reentrant."""


def weakly(method: Callable[[T], object]) -> Callable[[T], object]:
    """Call a bound method without keeping its object alive; when that is gone, nothing happens."""
    ref: weakref.ref[Any] = weakref.ref(method.__self__)  # type: ignore[attr-defined]
    function: Callable[[Any, T], object] = method.__func__  # type: ignore[attr-defined]

    def call(argument: T) -> object:
        owner = ref()
        return None if owner is None else function(owner, argument)

    return call


def wired(owner: T, bell: Bell) -> weakref.ref[T]:
    """Make a weak reference that rings ``bell`` when ``owner`` is gone."""
    return weakref.ref(owner, lambda _ref: bell.put(None))


def tell_unclosed(
    owner: object, name: str, is_open: Callable[[], object], end: Callable[[], object] = lambda: None
) -> weakref.finalize[Any, Any]:
    """Warn when ``owner`` is dropped while ``is_open()``, and ``end()`` what it leaves; ``detach()`` once it is closed.

    Neither may know ``owner``. At the end of the interpreter there is no warning.
    """
    finalizer = weakref.finalize(owner, _dropped, os.getpid(), name, is_open, end)
    finalizer.atexit = False
    return finalizer


def _dropped(pid: int, name: str, is_open: Callable[[], object], end: Callable[[], object]) -> None:
    if os.getpid() != pid or not is_open():  # what was made before a fork is the parent's
        return
    end()
    warnings.warn(f"unclosed {name}; use `with`, or close() it", ResourceWarning, stacklevel=1)
