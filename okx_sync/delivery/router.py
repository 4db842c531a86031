"""From a push to its subscribers: decode once, hand the objects to every sink of the topic.

A topic with one consumer, on a thread of its own, is the exception: the consumer gets the messages as they are on the
wire, and decodes them itself (``decoding``). Sinks that live on other threads get one hand-over per batch of frames
instead of one per frame.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from okx_sync.delivery.callbacks import CallbackPool, Strand
from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.options import EventCounts
from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback, RawCallback
from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.delivery.subscription import Subscription
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.timing import Clock

__all__ = ["Batch", "Router", "TopicRoute"]

_FOLLOW_S: Final = 0.06  # between two reads of a socket of which some events are followed to their consumers
_FOLLOWED: Final = 4  # how many events of such a read


class TopicRoute:
    """One topic's decoder and sinks. What is replaced is replaced whole, so that readers need no lock.

    :meth:`settle` it after every change.
    """

    __slots__ = (
        "buffer",
        "carrier",
        "gap_path",
        "inline",
        "is_private",
        "is_special",
        "lone",
        "merge",
        "needs_push",
        "opener",
        "published",
        "queued",
        "raw",
        "sinks",
        "topic",
        "whole",
    )

    def __init__(self, topic: Topic, opener: MessageDecoder) -> None:
        self.topic = topic
        self.opener = opener
        self.inline: tuple[Subscription[Any], ...] = ()
        self.whole: tuple[Subscription[Any], ...] = ()  # inline as well, but given pushes and not rows
        self.queued: tuple[Subscription[Any], ...] = ()
        self.published: tuple[Subscription[Any], ...] = ()  # given messages to be handed on, never rows
        self.raw: tuple[RawCallback, ...] = ()  # the callbacks of those
        self.sinks: tuple[Subscription[Any], ...] = ()  # all of them
        self.merge: Merge | None = None  # only for channels whose updates carry nothing but what changed
        self.buffer: RecoveryBuffer | None = None  # only for topics whose outages are recovered
        self.carrier: tuple[str, int] = ("", 0)  # path and shard of the link that carries it
        self.gap_path: str | None = None  # where account data lives of which an outage is lost for good
        self.lone: Subscription[Any] | None = None  # the only sink, if it takes messages as they are
        self.is_private = False  # account data
        self.is_special = False  # a message is not only to be decoded
        self.needs_push = False  # somebody must see each push as a whole

    def settle(self) -> None:
        """Decide how messages go on from here, after every change of the consumers."""
        self.sinks = sinks = self.inline + self.whole + self.queued + self.published
        self.raw = tuple(one.callback for one in self.published if isinstance(one.callback, RawCallback))
        self.needs_push = bool(self.whole) or self.merge is not None or self.buffer is not None
        self.is_special = self.needs_push or bool(self.raw)
        self.lone = sinks[0] if len(sinks) == 1 and sinks[0].opens_messages and not self.is_special else None


class Router:
    """The subscriptions of each topic.

    Args:
        report: ``report(error)`` takes the errors of rows that cannot be decoded.
    """

    def __init__(self, clock: Clock, report: Callable[[Exception], None]) -> None:
        self.clock = clock
        self.report = report
        # Guards the set of routes and their sinks; never held while anything is delivered.
        self._lock = threading.RLock()
        self._routes: dict[Topic, TopicRoute] = {}
        self.ended = EventCounts()
        """Those of the subscriptions that were taken out, as they were then."""

    def add(self, topic: Topic, opener: MessageDecoder, subscription: Subscription[Any]) -> TopicRoute:
        """Let ``subscription`` hear ``topic``; returns the topic's route."""
        with self._lock:
            route = self._routes.get(topic)
            if route is None:
                route = self._routes[topic] = TopicRoute(topic, opener)
            if subscription.is_inline and isinstance(subscription.callback, AssembledPushCallback):
                route.whole += (subscription,)
            elif isinstance(subscription.callback, RawCallback):
                route.published += (subscription,)
            elif subscription.is_inline:
                route.inline += (subscription,)
            else:
                route.queued += (subscription,)
            subscription.opener = route.opener
            route.settle()
            return route

    def remove(self, subscription: Subscription[Any]) -> bool:
        """Take a subscription out; True when it was the last of its topic."""
        with self._lock:
            route = self._routes.get(subscription.topic)
            if route is None or subscription not in route.sinks:
                return False
            self.ended = self.ended.plus(subscription.counts)
            route.inline = tuple(s for s in route.inline if s is not subscription)
            route.whole = tuple(s for s in route.whole if s is not subscription)
            route.queued = tuple(s for s in route.queued if s is not subscription)
            route.published = tuple(s for s in route.published if s is not subscription)
            route.settle()
            if route.sinks:
                return False
            del self._routes[subscription.topic]
            return True

    def routes(self) -> list[TopicRoute]:
        """Return the routes of all topics."""
        with self._lock:
            return list(self._routes.values())

    def of(self, topic: Topic) -> tuple[Subscription[Any], ...]:
        """Return the subscriptions of a topic."""
        with self._lock:
            route = self._routes.get(topic)
            return () if route is None else route.sinks

    def subscriptions(self) -> list[Subscription[Any]]:
        """Return the subscriptions of all topics."""
        with self._lock:
            return [sink for route in self._routes.values() for sink in route.sinks]


class Batch:
    """Collects what one read from the socket brought; one per socket, used on its thread only."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._pending: dict[Subscription[Any], list[Any]] = {}
        self._parsed: dict[MessageDecoder | None, int] = {}  # by topic: bytes of the messages that were parsed here
        self._now = 0.0
        self._follow_at = 0.0
        self._is_following = False  # of what is read now some is followed, to tell how long it takes
        self._to_skip = 0  # how many messages for inline callbacks come before the one that is measured

    def begin(self, now: float, messages: int = 1) -> Callable[[TopicRoute, bytes], bool]:
        """Note the time at which the next pushes, until :meth:`flush`, have arrived: ``now``, monotonic seconds.

        ``messages``: how many there are; 0: they have arrived before, nobody knows when. Returns the function that
        does :meth:`take` for these.
        """
        self._now = now
        self._is_following = now >= self._follow_at and messages > 0
        if not self._is_following:
            return self.take
        self._to_skip = int(random.random() * messages)
        return self._take_following

    def take(self, route: TopicRoute, frame: bytes) -> bool:
        """Take a message that nobody has parsed; return False, and do nothing, when its topic needs it parsed.

        The hot path. The only consumer of a topic, if it is on another thread, gets the message as it is.
        """
        lone = route.lone
        if lone is not None:
            pending = self._pending
            if (frames := pending.get(lone)) is None:
                pending[lone] = [frame]
            else:
                frames.append(frame)
            return True
        if route.is_special:
            if route.needs_push:
                return False
            for raw in route.raw:
                raw.take(route.topic, frame)
            if len(route.raw) == len(route.sinks):
                return True
        opener = route.opener
        try:
            items = opener.at_once(frame)
        except Exception:  # noqa: BLE001  whatever it is, the slow way says it well
            items = opener.salvage(frame)
        for sink in route.inline:
            sink.hear(items, self._now)
        if route.queued:
            self._enqueue(route, items, len(frame))
        return True

    def _take_following(self, route: TopicRoute, frame: bytes) -> bool:
        """Do as :meth:`take`; one message for inline callbacks is measured when it reaches them."""
        if not self._is_following or not route.inline or route.is_special:
            return self.take(route, frame)
        items = route.opener(frame)
        self._measure(route.inline, items)
        for sink in route.inline:
            sink.hear(items, self._now)
        if route.queued:
            self._enqueue(route, items, len(frame))
        return True

    def add(self, route: TopicRoute, push: Push) -> None:
        """Decode a push; inline callbacks run now, the others get it with :meth:`flush`."""
        if route.merge is not None:
            push = route.merge(push, self)
        if route.buffer is None:
            self.deliver(route, push)
        elif (due := route.buffer.admit(push)) is not None:
            self.deliver(route, due)
        elif route.buffer.is_full:
            self._is_following = False  # what has waited came long ago
            for one in route.buffer.go_on():
                self.deliver(route, one)

    def deliver(self, route: TopicRoute, push: Push) -> None:
        """Take a push as :meth:`add` does, one that has been held back already."""
        if route.raw:
            for raw in route.raw:
                raw.take_push(route.topic, push)
            if len(route.raw) == len(route.sinks):
                return
        if route.whole:
            # Local state first: it is not to look complete once the user hears of a row that cannot be read.
            unreadable: list[Exception] = []
            items = route.opener.rows(push, unreadable.append)
            if self._is_following:
                self._measure(route.whole, items)
            for sink in route.whole:
                sink.hear([AssembledPush(items, push)], self._now)
            for error in unreadable:
                route.opener.report(error)
        else:
            items = route.opener.rows(push)
        if self._is_following and route.inline:
            self._measure(route.inline, items)
        for sink in route.inline:
            sink.hear(items, self._now)
        self._enqueue(route, items, push.size)

    def _enqueue(self, route: TopicRoute, items: list[Any], size: int) -> None:
        if not items:
            return
        pending, parsed = self._pending, self._parsed
        parsed[route.opener] = parsed.get(route.opener, 0) + size
        for sink in route.queued:
            if sink in pending:
                pending[sink] += items
            else:
                pending[sink] = list(items)

    def _measure(self, sinks: Sequence[Subscription[Any]], items: Sequence[Any]) -> None:
        """Have it measured when a message reaches inline callbacks, if that is the one of this read."""
        self._to_skip -= 1
        if self._to_skip < 0 and items:
            self._rest()
            for sink in sinks:
                sink.reached(items, self._now)

    def _rest(self) -> None:
        """Follow nothing more for a while, now longer now shorter: else regular messages might be met each time."""
        self._is_following = False
        self._follow_at = self._now + _FOLLOW_S * (0.5 + random.random())

    def _follow(self, pending: dict[Subscription[Any], list[Any]]) -> None:
        """Follow some of the events that other threads are to have."""
        self._rest()
        sinks = list(pending)
        if len(sinks) > _FOLLOWED:
            sinks = random.sample(sinks, _FOLLOWED)
        for sink in sinks:
            items = pending[sink]
            sink.follow_item(items[0] if len(items) == 1 else random.choice(items), self._now)

    def flush(self) -> bool:
        """Hand everything over, to all callbacks together: one wake-up for all topics of a read, if any.

        True when another thread is to run callbacks.
        """
        pending = self._pending
        if not pending:
            return False
        self._pending = {}
        if self._is_following:
            self._follow(pending)
        pool = next(iter(pending)).pool  # the same for all of a client
        left = pool.run_here(pending, self._now)
        parsed = self._parsed
        if parsed:
            self._parsed = {}
        return self._leave_to(pool, left, parsed) if left else False

    def _leave_to(
        self, pool: CallbackPool, pending: dict[Subscription[Any], list[Any]], parsed: dict[MessageDecoder | None, int]
    ) -> bool:
        """Put events where their readers find them."""
        strands: list[Strand] = []
        has_callbacks = False
        for sink, items in pending.items():
            if sink.may_wait:  # for its own reader; the others are not to wait for that
                pool.schedule(*strands)
                pool.set_down()
                strands = []
            try:
                strand = sink.keep(items, self._now, parsed.get(sink.opener, 0) if parsed else 0)
            except Exception as error:  # noqa: BLE001  a broken queue, an unreadable key: it costs no other sink
                self._router.report(error)
            else:
                if strand is not None:
                    has_callbacks = True
                    strands.append(strand)
        if strands:
            pool.schedule(*strands)
        return has_callbacks
