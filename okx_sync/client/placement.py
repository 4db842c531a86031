"""Which subscription a new one stands in for: the one of the same name, or the same wish from the same line."""

from __future__ import annotations

import threading
from typing import Any

from okx_sync.client.callsite import CallSite, call_site, same_function
from okx_sync.delivery.subscription import Subscription
from okx_sync.protocol.dialect import Topic

__all__ = ["Placement"]


class Placement:
    """Names and places of the live subscriptions of a client."""

    def __init__(self) -> None:
        # Guards both tables.
        self._lock = threading.Lock()
        self._named: dict[str, Subscription[Any]] = {}
        # The thread is part of the place: workers that run the same line are no rerun of each other.
        self._placed: dict[tuple[CallSite, int, Topic], list[Subscription[Any]]] = {}

    def put(self, new: Subscription[Any]) -> Subscription[Any] | None:
        """Remember ``new``; returns the one it replaces, if there is one."""
        place = (call_site(), threading.get_ident(), new.topic)
        with self._lock:
            if new.name is not None:
                old = self._named.get(new.name)
                self._named[new.name] = new
                return old
            here = self._placed.setdefault(place, [])
            old = next((sub for sub in here if same_function(sub.callback, new.callback)), None)
            if old is not None:
                here.remove(old)
            here.append(new)
            return old

    def remove(self, gone: Subscription[Any]) -> None:
        """Forget a subscription that has ended."""
        with self._lock:
            if gone.name is not None and self._named.get(gone.name) is gone:
                del self._named[gone.name]
            for place, here in list(self._placed.items()):
                if gone in here:
                    here.remove(gone)
                    if not here:
                        del self._placed[place]
