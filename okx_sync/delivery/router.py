"""From a push to its subscribers: decode once, hand the objects to every sink of the topic.

Sinks that live on other threads get one hand-over per batch of frames instead of one per frame.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from okx_sync.delivery.holdback import Holdback
from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.whole import WholePush, WholePushCallback
from okx_sync.errors import DecodeError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.merge import Merge
from okx_sync.timing import Clock

__all__ = ["Batch", "Decode", "Route", "Router"]

Decode = Callable[[list[Any], dict[str, Any]], list[Any]]


class Route:
    """One topic's decoder and sinks. ``sinks`` is replaced whole, so readers need no lock."""

    __slots__ = ("decode", "holdback", "inline", "merge", "queued", "topic", "whole")

    def __init__(self, topic: Topic, decode: Decode) -> None:
        self.topic = topic
        self.decode = decode
        self.inline: tuple[Subscription[Any], ...] = ()
        self.whole: tuple[Subscription[Any], ...] = ()  # inline as well, but given pushes and not rows
        self.queued: tuple[Subscription[Any], ...] = ()
        self.merge: Merge | None = None  # only for channels whose updates carry nothing but what changed
        self.holdback: Holdback | None = None  # only for topics whose outages are recovered

    @property
    def sinks(self) -> tuple[Subscription[Any], ...]:
        """All subscriptions of the topic."""
        return self.inline + self.whole + self.queued


class Router:
    """Topics and who listens to them.

    Parameters: ``report(error)`` is told of rows that cannot be decoded.
    """

    def __init__(self, clock: Clock, report: Callable[[Exception], None]) -> None:
        self.clock = clock
        self.report = report
        # Guards the set of routes and their sinks; never held while anything is delivered.
        self._lock = threading.Lock()
        self._routes: dict[Topic, Route] = {}

    def add(self, topic: Topic, decode: Decode, subscription: Subscription[Any]) -> Route:
        """Let ``subscription`` hear ``topic``; returns the topic's route."""
        with self._lock:
            route = self._routes.get(topic)
            if route is None:
                route = self._routes[topic] = Route(topic, decode)
            if subscription.is_inline and isinstance(subscription.callback, WholePushCallback):
                route.whole += (subscription,)
            elif subscription.is_inline:
                route.inline += (subscription,)
            else:
                route.queued += (subscription,)
            return route

    def remove(self, subscription: Subscription[Any]) -> bool:
        """Take a subscription out; True when it was the last of its topic."""
        with self._lock:
            route = self._routes.get(subscription.topic)
            if route is None or subscription not in route.sinks:
                return False
            route.inline = tuple(s for s in route.inline if s is not subscription)
            route.whole = tuple(s for s in route.whole if s is not subscription)
            route.queued = tuple(s for s in route.queued if s is not subscription)
            if route.sinks:
                return False
            del self._routes[subscription.topic]
            return True

    def routes(self) -> list[Route]:
        """All topics."""
        with self._lock:
            return list(self._routes.values())

    def of(self, topic: Topic) -> tuple[Subscription[Any], ...]:
        """The subscriptions of a topic."""
        with self._lock:
            route = self._routes.get(topic)
            return () if route is None else route.sinks

    def subscriptions(self) -> list[Subscription[Any]]:
        """All of them."""
        with self._lock:
            return [sink for route in self._routes.values() for sink in route.sinks]


class Batch:
    """Collects what one read from the socket brought; one per socket, used on its thread only."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._clock = router.clock
        self._pending: dict[Subscription[Any], list[Any]] = {}

    def add(self, route: Route, push: Push) -> None:
        """Decode a push; inline callbacks run now, the others get it with :meth:`flush`."""
        if route.merge is not None:
            push = route.merge(push)
        if route.holdback is None:
            self.deliver(route, push)
        elif (due := route.holdback.admit(push)) is not None:
            self.deliver(route, due)

    def deliver(self, route: Route, push: Push) -> None:
        """As :meth:`add`, for what has been held back already."""
        try:
            items = route.decode(push.rows, push.message)
        except DecodeError:
            items = self._row_by_row(route, push)
        if route.whole:
            now, wall = self._clock.monotonic(), self._clock.server_time()
            for sink in route.whole:
                self._hand(sink, [WholePush(items, push)], now, wall)
        if not items:
            return
        if route.inline:
            now, wall = self._clock.monotonic(), self._clock.server_time()
            for sink in route.inline:
                self._hand(sink, items, now, wall)
        pending = self._pending
        for sink in route.queued:
            if sink in pending:
                pending[sink] += items
            else:
                pending[sink] = list(items)

    def flush(self) -> None:
        """Hand everything over."""
        if not self._pending:
            return
        pending, self._pending = self._pending, {}
        now, wall = self._clock.monotonic(), self._clock.server_time()
        for sink, items in pending.items():
            self._hand(sink, items, now, wall)

    def _hand(self, sink: Subscription[Any], items: list[Any], now: float, wall: float) -> None:
        """One sink that fails (a key that cannot be read, a queue that is broken) must not cost the others."""
        try:
            sink.accept(items, now, wall)
        except Exception as error:  # noqa: BLE001  whatever it is, it is told and the stream goes on
            self._router.report(error)

    def _row_by_row(self, route: Route, push: Push) -> list[Any]:
        """One bad row must not cost its neighbours."""
        items: list[Any] = []
        for row in push.rows:
            try:
                items += route.decode([row], push.message)
            except DecodeError as error:
                self._router.report(error)
        return items
