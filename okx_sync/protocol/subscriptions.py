"""What should be subscribed on one link, across all the sockets it will ever have.

The table holds what is wanted; how far one socket has come with them is the session's business. It also answers the
question of the hot path: whose is this push?
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final

import attrs

from okx_sync.protocol.dialect import Dialect, Topic

__all__ = ["MOST_ROUTES", "Subscriptions", "TopicKind", "WantedTopic"]


MOST_ROUTES: Final = 10_000
"""How many ways to name a topic are remembered, besides some for each: more than there are, unless a server makes them
up."""

_NAMES_EACH: Final = 4
_Key = tuple[tuple[str, Any], ...]


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


@attrs.define
class _Learnt:
    """One way to name a topic that was met: where its topics are looked for, and the heads of such messages."""

    places: tuple[Hashable, ...]
    heads: list[bytes] = attrs.field(factory=list)


class Subscriptions(dict[Topic, WantedTopic]):
    """Wishes by topic, and whose a push is. A change costs the same whatever their number.

    Only :meth:`want` and :meth:`forget` change it. The link's lock guards the order of changes; :meth:`route` and
    ``heads`` may be read without it.
    """

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect
        # Guards all tables below, so that nothing is learnt of wishes that have changed meanwhile. What was learnt is
        # read without it.
        self._lock = threading.RLock()
        self._at: dict[Hashable, dict[Topic, WantedTopic]] = {}  # by place, see Dialect.place
        self._routes: dict[_Key, WantedTopic | None] = {}  # from the items of a push's arg to its wish
        self._learnt: dict[_Key, _Learnt] = {}
        self._keys_at: dict[Hashable, dict[_Key, None]] = {}
        self.length = 0
        """How many characters all topics take, where the exchange counts them."""
        self.heads: dict[bytes, WantedTopic] = {}
        """From the head of a message to its wish, for the hot path."""

    def want(self, topic: Topic, kind: TopicKind, target: Any = None) -> bool:
        """Add a wish; True when it is new."""
        with self._lock:
            if topic in self:
                return False
            wish = self[topic] = WantedTopic(topic, kind, target)
            if self._dialect.args_length is not None:
                self.length += self._dialect.length(topic)
            place = self._dialect.place(topic)
            self._at.setdefault(place, {})[topic] = wish
            if place in self._keys_at:
                self._unlearn(place)
            return True

    def forget(self, topic: Topic) -> bool:
        """Drop a wish; it will not be replayed. True when there was one."""
        with self._lock:
            if self.pop(topic, None) is None:
                return False
            self.length -= self._dialect.length(topic)
            place = self._dialect.place(topic)
            here = self._at[place]
            del here[topic]
            if not here:
                del self._at[place]
            self._unlearn(place)
            return True

    @property
    def needs_login(self) -> bool:
        """True when any wish needs one."""
        return any(wish.kind.login for wish in self.values())

    def route(self, arg: Mapping[str, Any]) -> WantedTopic | None:
        """Return the wish that a push or ack with this ``arg`` belongs to; None when nobody wants its topic."""
        try:
            key = tuple(arg.items())
            return self._routes[key]
        except KeyError:
            return self._find(key, arg)
        except TypeError:  # an unhashable value inside arg
            with self._lock:
                return self._search(arg, self._dialect.places(arg))

    def learn(self, head: bytes, arg: Mapping[str, Any], wish: WantedTopic) -> None:
        """Remember that every message with this head is for ``wish``, unless the wishes have changed meanwhile."""
        with self._lock:
            if not self._has_room(len(self.heads)) or self.route(arg) is not wish:
                return
            try:
                learnt = self._learnt.get(tuple(arg.items()))
            except TypeError:
                return
            if learnt is not None:
                self.heads[head] = wish
                learnt.heads.append(head)

    def _has_room(self, number: int) -> bool:
        return number < MOST_ROUTES + _NAMES_EACH * len(self)

    def _find(self, key: _Key, arg: Mapping[str, Any]) -> WantedTopic | None:
        with self._lock:
            places = tuple(dict.fromkeys(self._dialect.places(arg)))
            wish = self._search(arg, places)
            if self._has_room(len(self._routes)):
                self._routes[key] = wish
                self._learnt[key] = _Learnt(places)
                for place in places:
                    self._keys_at.setdefault(place, {})[key] = None
            return wish

    def _search(self, arg: Mapping[str, Any], places: Iterable[Hashable]) -> WantedTopic | None:
        """Return the wish that ``arg`` fits best."""
        best, most = None, 0
        for place in places:
            for wish in self._at.get(place, {}).values():
                rank = self._dialect.rank(wish.topic, arg)
                if rank > most:
                    best, most = wish, rank
        return best

    def _unlearn(self, place: Hashable) -> None:
        """Forget what was learnt of pushes whose wish may be another from now on."""
        for key in self._keys_at.pop(place, {}):
            learnt = self._learnt.pop(key)
            for head in learnt.heads:
                del self.heads[head]
            del self._routes[key]
            for other in learnt.places:
                if (keys := self._keys_at.get(other)) is not None:
                    keys.pop(key, None)
                    if not keys:
                        del self._keys_at[other]
