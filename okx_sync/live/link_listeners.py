"""The way of a link's state event: first to what is only right while the link is up, then to the user.

Books, orders, positions, balances and trading rules must not look complete to anybody who has heard of the loss, nor to
anybody who reads them before. So they hear of it on the thread that made the event, one after the other, in the order
in which they were added; after them the event is handed to the user.
"""

from __future__ import annotations

from okx_sync.live.reporter import Reporter
from okx_sync.types import StateEvent

__all__ = ["LinkListener", "LinkListeners"]


class LinkListener:
    """Base of live objects that may miss something when a link is lost.

    Both methods are quick, wait for nobody and do not raise.

    ``path`` names the link; each listener knows which ones concern it.
    """

    def lost(self, path: str, reason: str) -> None:
        """Note that the link is down, or has given up: from now on something may be missed.

        ``reason`` is for people.
        """
        raise NotImplementedError

    def restored(self, path: str) -> None:
        """Note that the exchange has agreed again to all that was subscribed; most wait for its next pushes."""


class LinkListeners:
    """The listeners of one client. ``reporter`` tells the user."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._listeners: tuple[LinkListener, ...] = ()

    def add(self, *listeners: LinkListener) -> None:
        """Add listeners, called after those that were added before."""
        self._listeners += listeners

    def tell(self, event: StateEvent) -> None:
        """Tell the listeners of a state event of a link, on the thread that made it. Never raises."""
        if event.kind in ("lost", "failed"):
            reason = f"the {event.path} link was lost: {event.reason or event.error}"
            for listener in self._listeners:
                listener.lost(event.path, reason)
        elif event.kind == "restored":
            for listener in self._listeners:
                listener.restored(event.path)
        self._reporter.state(event)
