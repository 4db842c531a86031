"""The way of a link's state event: first to what is only right while the link is up, then to the user.

Books, orders, positions, balances and trading rules must not look complete to anybody who has heard of the loss, nor to
anybody who reads them before. So they are told on the thread that made the event, one after the other, in the order in
which they were added; behind them the event is handed to the user.
"""

from __future__ import annotations

from okx_sync.live.reporter import Reporter
from okx_sync.types import StateEvent

__all__ = ["LinkListener", "LinkListeners"]


class LinkListener:
    """Base of what must know when something of a link may be missed. Both are quick, wait for nobody, do not raise.

    ``path`` names the link; each listener knows which ones concern it.
    """

    def lost(self, path: str, reason: str) -> None:
        """The link is down, or has given up: from now on something may be missed. ``reason`` is for people."""
        raise NotImplementedError

    def restored(self, path: str) -> None:
        """The exchange has agreed again to all that was subscribed. Most wait for what it tells then."""


class LinkListeners:
    """Those of one client. ``reporter`` tells the user."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._listeners: tuple[LinkListener, ...] = ()

    def add(self, *listeners: LinkListener) -> None:
        """These are told as well, behind those that were added before."""
        self._listeners += listeners

    def tell(self, event: StateEvent) -> None:
        """A state event of a link, on the thread that made it. Never raises."""
        if event.kind in ("lost", "failed"):
            reason = f"the {event.path} link was lost: {event.reason or event.error}"
            for listener in self._listeners:
                listener.lost(event.path, reason)
        elif event.kind == "restored":
            for listener in self._listeners:
                listener.restored(event.path)
        self._reporter.state(event)
