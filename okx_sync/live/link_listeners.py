"""The way of a link's state event: first to what is only right while the link is up, then to the user.

Books, orders, positions, balances and trading rules must not look complete to anybody who has heard of the loss, nor to
anybody who reads them before. So each is a listener of the link that feeds it, and hears of it on the thread that made
the event; after them the event is handed to the user.
"""

from __future__ import annotations

import threading

from okx_sync.live.reporter import Reporter
from okx_sync.state_event import StateEvent

__all__ = ["LinkListener", "LinkListeners"]


class LinkListener:
    """Base of live objects that may miss something when a link is lost.

    Both methods are quick, wait for nobody and do not raise.
    """

    def lost(self, reason: str) -> None:
        """Note that the link is down, or has given up: from now on something may be missed.

        ``reason`` is for people.
        """
        raise NotImplementedError

    def hears(self, event: StateEvent) -> bool:
        """Tell whether an event is of the link that this depends on: the first of its path, where account data is."""
        return event.shard == 0

    def restored(self) -> None:
        """Note that the exchange has agreed again to all that was subscribed; most wait for its next pushes."""


class LinkListeners:
    """The listeners of one client's links. ``reporter`` tells the user."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        # Guards the table; nobody is told anything under it.
        self._lock = threading.RLock()
        self._by_path: dict[str, dict[LinkListener, None]] = {}

    def add(self, path: str, listener: LinkListener) -> None:
        """Let ``listener`` hear of the link of ``path`` from now on. Idempotent."""
        with self._lock:
            self._by_path.setdefault(path, {})[listener] = None

    def remove(self, path: str, listener: LinkListener) -> None:
        """Tell ``listener`` no more. Idempotent."""
        with self._lock:
            self._by_path.get(path, {}).pop(listener, None)

    def tell(self, event: StateEvent) -> None:
        """Tell those whom a state event of a link concerns, and then the user. On the thread that made it."""
        with self._lock:
            listeners = [one for one in self._by_path.get(event.path, ()) if one.hears(event)]
        if event.kind in ("lost", "failed"):
            place = f"{event.path}/{event.shard}" if event.shard else event.path
            reason = f"the {place} link was lost: {event.reason or event.error}"
            for listener in listeners:
                listener.lost(reason)
        elif event.kind == "restored":
            for listener in listeners:
                listener.restored()
        self._reporter.state(event)
