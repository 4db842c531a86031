"""Keeps trading rules up to date by a stream: pushes are taken in, and nothing is trusted that may have been missed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.link_listeners import LinkListener, LinkListeners
from okx_sync.state.instruments import Instruments
from okx_sync.state.live_object import Dispatch, Emit
from okx_sync.state_event import StateEvent

__all__ = ["LiveInstruments"]


class _Subscribe(Protocol):
    def __call__(self, channel: str, callback: Callable[[Any], object], **args: Any) -> Subscription[Any]: ...


class LiveInstruments(LinkListener):
    """Every :class:`Instruments` that one client keeps up to date.

    Args:
        subscribe: The client's.
        path: Where the channel lives.
        listeners: Those of the client's links.
        dispatch: Where listeners run.
    """

    def __init__(self, subscribe: _Subscribe, path: str, listeners: LinkListeners, dispatch: Dispatch) -> None:
        self._subscribe = subscribe
        self._path = path
        self._listeners = listeners
        self._dispatch = dispatch
        # Guards the list; never held while anybody is asked to do anything.
        self._lock = threading.RLock()
        self._watches: list[tuple[Subscription[Any], Instruments, str]] = []

    def watch(self, instruments: Instruments, inst_type: str, **options: Any) -> Subscription[Any]:
        """Follow one type, once the exchange has agreed. Raises what ``subscribe`` raises."""
        # Inline, so that rules are in force before anybody can read what the exchange sent after them, and so that
        # no push from before a loss is taken in after it. User code runs on the callback thread all the same.
        feed = _Feed(instruments, inst_type, self._dispatch)
        self._listeners.add(self._path, self)  # first, so that no loss goes unseen
        watch = self._subscribe("instruments", feed, instType=inst_type, inline=True, **options)
        with self._lock:
            self._watches = [one for one in self._watches if not one[0].is_closed]
            self._watches.append((watch, instruments, inst_type))
        # The channel tells of changes from now on; what changed before must be asked for.
        instruments.expire(inst_type)
        return watch

    def hears(self, event: StateEvent) -> bool:  # noqa: ARG002
        """Take the events of every link of the path: to read rules once more than necessary does no harm."""
        return True

    def lost(self, reason: str) -> None:
        """Note that a change may be missed from now on."""
        del reason
        self.restored()

    def restored(self) -> None:
        """Have the rules read again: what was read since the loss may be from before a change that was missed."""
        with self._lock:
            watches = list(self._watches)
        for watch, instruments, inst_type in watches:
            if not watch.is_closed:
                instruments.expire(inst_type)


class _Feed:
    """The callback of a watch. All of one cache and type are equal: running a notebook cell again replaces it."""

    def __init__(self, instruments: Instruments, inst_type: str, dispatch: Dispatch) -> None:
        self._about = (id(instruments), inst_type)
        self.__qualname__ = f"watch_instruments({inst_type})"  # as logs and errors name it
        self._instruments = instruments
        self._tell: Emit = dispatch(instruments.tell)

    def __call__(self, row: Any) -> None:
        changes = self._instruments.apply(row)
        if changes:
            self._tell(changes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Feed) and other._about == self._about

    def __hash__(self) -> int:
        return hash(self._about)
