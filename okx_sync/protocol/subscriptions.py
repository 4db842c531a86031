"""What should be subscribed on one link, across all the sockets it will ever have.

The table holds what is wanted; how far one socket has come with them is the session's business. It also answers the
question of the hot path: whose is this push?
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from okx_sync.protocol.dialect import Topic

__all__ = ["MOST_ROUTES", "Subscriptions", "TopicKind", "WantedTopic"]


MOST_ROUTES: Final = 10_000
"""How many ways to name a topic are remembered: far more than there are, unless a server makes them up."""


@attrs.frozen
class TopicKind:
    """What the engine must know of a topic's channel, as the channel table has it.

    ``login``: only after a login. ``sequenced``: book-like, carries sequence numbers. ``paged``: snapshots come in
    pages. ``lossless``: account data, an outage is a gap the user must hear of. ``partial``: pushes carry only what
    changed of rows that were pushed before.
    """

    login: bool = False
    sequenced: bool = False
    paged: bool = False
    lossless: bool = False
    partial: bool = False


@attrs.define(eq=False)
class WantedTopic:
    """A topic that should be subscribed. ``target`` is whatever the owner attached for routing.

    ``headless``: how many of its messages had no head (``Dialect.head``).
    """

    topic: Topic
    kind: TopicKind
    target: Any = None
    headless: int = 0


class Subscriptions:
    """Wishes by topic. Not thread-safe by itself: the link's lock guards changes; :meth:`route` may run without it.

    Args:
        rank: ``rank(topic, arg)`` of the dialect.
    """

    def __init__(self, rank: Callable[[Topic, Mapping[str, Any]], int]) -> None:
        self._rank = rank
        self._wishes: dict[Topic, WantedTopic] = {}
        # From the items of a push's arg to its wish. Replaced whole on every change, so that a reader without the
        # lock sees either the old or the new one.
        self._routes: dict[tuple[Any, ...], WantedTopic | None] = {}
        self.heads: dict[bytes, WantedTopic] = {}
        """From the head of a message to its wish, for the hot path; replaced like the routes."""

    def __len__(self) -> int:
        return len(self._wishes)

    def __iter__(self) -> Iterator[WantedTopic]:
        return iter(list(self._wishes.values()))

    def __contains__(self, topic: Topic) -> bool:
        return topic in self._wishes

    def get(self, topic: Topic) -> WantedTopic | None:
        """Return the wish for ``topic``."""
        return self._wishes.get(topic)

    def want(self, topic: Topic, kind: TopicKind, target: Any = None) -> bool:
        """Add a wish; True when it is new."""
        if topic in self._wishes:
            return False
        self._wishes[topic] = WantedTopic(topic, kind, target)
        self._routes, self.heads = {}, {}
        return True

    def forget(self, topic: Topic) -> bool:
        """Drop a wish; it will not be replayed. True when there was one."""
        known = self._wishes.pop(topic, None) is not None
        self._routes, self.heads = {}, {}
        return known

    @property
    def needs_login(self) -> bool:
        """True when any wish needs one."""
        return any(wish.kind.login for wish in self._wishes.values())

    def route(self, arg: dict[str, Any]) -> WantedTopic | None:
        """Return the wish that a push or ack with this ``arg`` belongs to; None when nobody wants its topic."""
        routes = self._routes
        try:
            key = tuple(arg.items())
            return routes[key]
        except KeyError:
            wish = self._search(arg)
            if len(routes) < MOST_ROUTES:
                routes[key] = wish
            return wish
        except TypeError:  # an unhashable value inside arg
            return self._search(arg)

    def _search(self, arg: Mapping[str, Any]) -> WantedTopic | None:
        """Return the wish that ``arg`` fits best."""
        best, most = None, 0
        for wish in list(self._wishes.values()):
            rank = self._rank(wish.topic, arg)
            if rank > most:
                best, most = wish, rank
        return best
