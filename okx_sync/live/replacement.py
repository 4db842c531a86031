"""Which subscription a new one stands in for: the one of the same name, or the same wish when a cell is run again."""

from __future__ import annotations

import threading
from typing import Any

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.callsite import CallSite, same_function
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic

__all__ = ["Placement", "tell_replaced"]

log = get_logger("client")

_Place = tuple[CallSite, int, Topic]


class Placement:
    """Names and places of the live subscriptions of a client."""

    def __init__(self) -> None:
        # Guards both tables.
        self._lock = threading.RLock()
        self._named: dict[str, Subscription[Any]] = {}
        # The thread is part of the place: workers that run the same line are no rerun of each other.
        self._placed: dict[_Place, list[Subscription[Any]]] = {}
        self._place_of: dict[Subscription[Any], _Place] = {}

    def put(self, new: Subscription[Any], site: CallSite | None) -> Subscription[Any] | None:
        """Remember ``new``, made at ``site``; returns the one it replaces, if there is one."""
        with self._lock:
            if new.name is not None:
                old = self._named.get(new.name)
                self._named[new.name] = new
            elif site is None:
                return None
            else:
                place = site, threading.get_ident(), new.topic
                here = self._placed.setdefault(place, [])
                old = next((sub for sub in here if _same_consumer(sub, new)), None)
                if old is not None:
                    here.remove(old)
                    del self._place_of[old]
                here.append(new)
                self._place_of[new] = place
            return old

    def remove(self, gone: Subscription[Any]) -> None:
        """Forget a subscription that has ended."""
        with self._lock:
            if gone.name is not None and self._named.get(gone.name) is gone:
                del self._named[gone.name]
            if (place := self._place_of.pop(gone, None)) is not None:
                here = self._placed[place]
                here.remove(gone)
                if not here:
                    del self._placed[place]


def _same_consumer(one: Subscription[Any], other: Subscription[Any]) -> bool:
    return one.own_queue is other.own_queue and same_function(one.callback, other.callback)


def tell_replaced(old: Subscription[Any], new: Subscription[Any], site: CallSite | None) -> None:
    """Log a replacement: as a warning where nobody asked for it by name. Runs handlers of the user's: hold no lock."""
    if site is None or new.name is not None:
        log.info("%s: the subscription named %r was replaced by one of %s", old.topic, new.name, new.topic)
        return
    log.warning(
        "%s: line %d of %s ran again and replaced its subscription; to have several, give each a name=",
        old.topic,
        site.line,
        site.file,
    )
