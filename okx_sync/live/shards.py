"""The links of one path: one, until the exchange's limits make another necessary; a topic stays where it is.

The first link carries account data, logins and orders, and all else as long as it has room. Where a new topic
goes is decided by ``shard_choice``. A link that carries nothing any more is given up when its requests are used up (a
new socket has all of them), or after a while.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Final

from okx_sync.errors import OkxError, StreamClosed
from okx_sync.live.shard_choice import ShardRules, choose
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.timing import Clock
from okx_sync.transport.link import Link
from okx_sync.transport.load import most_topics
from okx_sync.transport.options import LinkOptions

__all__ = ["Shards", "rules_of"]

_IDLE_S: Final = 60.0  # how long a link that carries nothing is kept for what may come
_SUMS: Final = ("topics", "length", "reconnects", "pending_calls", "unrouted", "requests")


def rules_of(dialect: Dialect, options: LinkOptions) -> ShardRules:
    """Return what the sockets of a path may carry: the exchange's limits, or less where the options say so."""
    most = most_topics(dialect, options)
    advised = dialect.advised_topics if options.topics_per_socket is None else None
    return ShardRules(
        max_sockets=dialect.max_sockets if options.max_sockets is None else options.max_sockets,
        topics=most,
        length=dialect.args_length,
        advised=advised or most,
    )


class Shards:
    """The links of one path.

    Args:
        make: Makes the link of a number.
        length: How many characters a topic takes, where the exchange counts them.
    """

    def __init__(
        self, make: Callable[[int], Link], rules: ShardRules, length: Callable[[Topic], int], clock: Clock
    ) -> None:
        self.main = make(0)
        self._make = make
        self._rules = rules
        self._length = length
        self._clock = clock
        # Guards which links there are, and which carries what topic. Taken before a link's lock.
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)  # never twice: an event of a link that is gone is not for the next
        self._links: dict[int, Link] = {0: self.main}
        self._carried: dict[Topic, Link] = {}
        self.get = self._links.get
        """Gives the link of a number; None when it is gone."""
        self.carrier = self._carried.get
        """Gives the link that carries a topic; None when none does. Takes no lock."""
        self._idle_since: dict[int, float] = {}
        self._gone: list[Link] = []  # taken out, and to be closed
        self._is_closed = False

    def all(self) -> list[Link]:
        """Return the links by age."""
        return list(self._links.values())

    def assign(self, topic: Topic, *, to_first: bool) -> Link:
        """Return the link that carries ``topic`` from now on, its threads running.

        ``to_first``: of account data. Raises ``OkxError`` when the system gives no threads; then nothing has begun.
        """
        with self._lock:
            link = self._carried.get(topic)
            if link is None:
                length = 0 if self._rules.length is None else self._length(topic)
                if to_first or (len(self._links) == 1 and self._rules.takes_at_once(self.main.load(), length)):
                    link = self.main  # as long as that is so, there is nothing to choose
                else:
                    link = self._chosen(length)
                link.ensure_running()
                self._carried[topic] = link
            return link

    def _chosen(self, length: int) -> Link:
        self._take_out()
        links = list(self._links.values())
        chosen = choose([link.load() for link in links], length, self._rules)
        return links[chosen] if chosen < len(links) else self._open()

    def refuse(self) -> None:
        """Open no more links."""
        with self._lock:
            self._is_closed = True

    def _open(self) -> Link:
        if self._is_closed:
            raise StreamClosed("the client was closed")
        number = next(self._numbers)
        link = self._make(number)
        link.ensure_running()  # first: without threads there is none
        self._links[number] = link
        return link

    def release(self, topic: Topic) -> Link | None:
        """Return the link that carried ``topic``, which it is free of now; None when none did."""
        with self._lock:
            return self._carried.pop(topic, None)

    def relieve(self) -> list[tuple[Any, Link]]:
        """Move topics that wait for the limits of their link to one where they need not.

        Returns their targets, each with its new link. Nobody may join or leave meanwhile.
        """
        moved: list[tuple[Any, Link]] = []
        with self._lock:
            for link in self.all():
                for topic in link.waiting():
                    better = self._with_room(self._length(topic), link)
                    if better is None or (taken := link.take_waiting(topic)) is None:
                        break
                    wish, waiters = taken
                    self._carried[topic] = better
                    done = better.want(topic, wish.kind, wish.target)
                    done.add_done_callback(partial(_pass_on, waiters))
                    moved.append((wish.target, better))
        return moved

    def _with_room(self, length: int, old: Link) -> Link | None:
        links = self.all()
        loads = [link.load() for link in links]
        chosen = choose(loads, length, self._rules)
        is_blocked = loads[links.index(old)].is_blocked  # then another new one is no better
        if chosen == len(links):
            try:
                return None if is_blocked else self._open()
            except OkxError:  # no thread is to be had; that is tried again
                return None
        load = loads[chosen]
        has_room = load.requests > 0 and self._rules.has_place(load, length) and not load.is_over
        return links[chosen] if has_room and (load.is_up or not is_blocked) else None

    def sweep(self) -> list[Link]:
        """Return the links that are of no more use, for the caller to close."""
        with self._lock:
            self._take_out()
            gone, self._gone = self._gone, []
            return gone

    def _take_out(self) -> None:
        now = self._clock.monotonic()
        idle = {number for number, link in self._links.items() if number and not link.topics}
        if idle:  # which is not who was chosen for a topic and is about to be asked for it
            idle -= {link.shard for link in self._carried.values()}
        self._idle_since = {number: self._idle_since.get(number, now) for number in idle}
        for number, since in list(self._idle_since.items()):
            load = self._links[number].load()
            if load.is_over or load.requests <= 0 or now - since >= _IDLE_S:
                self._gone.append(self._links.pop(number))
                del self._idle_since[number]

    def describe(self) -> dict[str, Any]:
        """Return plain facts of the path: those of the first link, numbers of all together, and each by itself."""
        shards = [{"shard": link.shard, **link.describe()} for link in self.all()]
        whole = {name: value for name, value in shards[0].items() if name != "shard"}
        sums = {name: sum(shard[name] for shard in shards) for name in _SUMS}
        connected = all(shard["connected"] for shard in shards)
        held_back = next((shard["held_back"] for shard in shards if shard["held_back"]), None)
        return {**whole, **sums, "connected": connected, "held_back": held_back, "shards": shards}


def _pass_on(waiters: list[Future[None]], done: Future[None]) -> None:
    """Tell whoever waited for a topic before it was moved what became of it."""
    error = done.exception()
    for waiter in waiters:
        if error is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(error)
