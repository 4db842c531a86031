"""Clients after a fork: of no use in the child, which has neither their threads nor a right to their sockets.

So in the child everything that a user may hold (clients, subscriptions, live objects) refuses to be used, with a clear
error and without touching a lock or a socket. Closing it does nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final, NoReturn
from weakref import WeakSet

from okx_sync.errors import OkxError

__all__ = ["in_child", "is_from_parent", "watch"]

_watched: WeakSet[Any] = WeakSet()
_renewals: list[Callable[[], None]] = []
_types: dict[type[Any], type[Any]] = {}
_OWN: Final = frozenset({"__dict__", "__weakref__", "__module__", "__slots__", "__doc__"})
_HARMLESS: Final = frozenset({"close", "aclose", "stop", "unsubscribe"})


def watch(thing: object) -> None:
    """Let a child that is forked from now on find ``thing`` unusable."""
    _watched.add(thing)


def is_from_parent(thing: object) -> bool:
    """Tell whether an object was made before the fork, in a child process.

    For methods that were taken from the object before the fork; they do nothing then.
    """
    return type(thing) in _types.values()


def in_child(renew: Callable[[], None]) -> None:
    """Call ``renew()`` in each forked child: for locks of the process, which a thread of the parent may hold."""
    _renewals.append(renew)


class _MadeBeforeFork:
    """What replaces the methods of a class: whatever is asked of an object of the parent raises ``OkxError``."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        if name in _HARMLESS or (name.startswith("__") and name.endswith("__")):
            return object.__getattribute__(self, name)
        raise _refusal(type(self))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} made before a fork>"

    def close(self, *_: object, **__: object) -> None:
        """Do nothing: the connection is the parent's."""

    stop = unsubscribe = close

    async def aclose(self, *_: object, **__: object) -> None:
        """Do nothing: the connection is the parent's."""

    def __exit__(self, *_: object) -> None:
        """Do nothing: the connection is the parent's."""

    async def __aexit__(self, *_: object) -> None:
        """Do nothing: the connection is the parent's."""

    def __iter__(self) -> NoReturn:
        raise _refusal(type(self))

    def __next__(self) -> NoReturn:
        raise _refusal(type(self))


def _refusal(kind: type[Any]) -> OkxError:
    return OkxError(
        f"this {kind.__name__} was made before a fork, and belongs to the parent process",
        hint="make a new client in the child process",
    )


def _after_fork_in_child() -> None:
    for renew in _renewals:
        renew()
    for thing in list(_watched):
        kind = type(thing)
        if kind not in _types:
            # With one base, as an object can only be given a class of the same layout.
            behaviour = {name: value for name, value in vars(_MadeBeforeFork).items() if name not in _OWN}
            _types[kind] = type(kind.__name__, (kind,), {**behaviour, "__slots__": (), "__module__": kind.__module__})
        thing.__class__ = _types[kind]
    _watched.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
