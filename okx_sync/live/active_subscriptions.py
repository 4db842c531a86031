"""The subscriptions of one client: each joins, is refused, and leaves as one step over routes, places and links."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Final, cast

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.decoding import Decode, MessageDecoder, Open
from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.learning import Learners
from okx_sync.delivery.router import Router
from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.live.drift import Drift
from okx_sync.live.drop_reports import DropReports
from okx_sync.live.links import Links
from okx_sync.live.recovery import Recovery
from okx_sync.live.replacement import Placement, tell_replaced
from okx_sync.live.reporter import Reporter
from okx_sync.live.row_merging import RowMerging
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.live.subscribe import Terms
from okx_sync.live.watchdogs import watch_silence
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.rows import Row, decoder, opener
from okx_sync.timing import Deadline
from okx_sync.transport.link import Link

__all__ = ["ActiveSubscriptions"]

log = get_logger("client")

# One of each for a class of rows, however many topics have it.
_open_of: Final = cast(Callable[[type[Row], Callable[[bytes], Any]], Open], functools.cache(opener))
_decode_of: Final = cast(Callable[[type[Row]], Decode], functools.cache(decoder))


class ActiveSubscriptions:
    """The owner of a client's subscriptions (``delivery.Owner``).

    Args:
        unreadable: ``unreadable(topic, error)`` takes the errors of what cannot be read.
        finish_closing: The client's, which lives as long as anybody holds one of its subscriptions.
        others: Those of the client.
    """

    def __init__(
        self,
        spec: StreamSpec,
        links: Links,
        router: Router,
        recovery: Recovery,
        reporter: Reporter,
        pool: CallbackPool,
        inbox: Inbox,
        *,
        unreadable: Callable[[Topic, Exception], None],
        finish_closing: Callable[[], None],
    ) -> None:
        self.clock = router.clock
        self.pool = pool
        self.inbox = inbox
        self.finish_closing = finish_closing
        self._spec = spec
        self._links = links
        self._router = router
        self._recovery = recovery
        self._reporter = reporter
        self._unreadable = unreadable
        self._placement = Placement()
        self._drops = DropReports(self.clock, self._tell_dropped)
        self._learners = Learners(self.clock, spec.dialect.parse)
        self._read, self._learn = spec.dialect.read, self._learners.add  # one of each for thousands of topics
        self.drift = Drift(self.clock, router.routes, spec.dialect.knows_code)
        # Held while a subscription joins, leaves or is refused. Taken before a link's lock; no user code runs under it.
        self._lock = threading.RLock()
        self._paths: dict[Topic, str] = {}
        self._merges = RowMerging(spec.dialect, router, links, reporter, self._paths.get)
        self._is_closing = False

    # -- joining -------------------------------------------------------------------------------------------------

    def join(
        self, subscription: Subscription[Any], terms: Terms, group: SubscriptionGroup[Any] | None = None
    ) -> tuple[Future[None], Link]:
        """Put the subscription into routing, take out the one it replaces, and ask for its topic.

        ``group``: what it is a member of. The future is done when the exchange has agreed; the link is the one that
        carries the topic. Raises ``StreamClosed`` when the client is being closed, ``ConfigError`` when the same topic
        is subscribed on another path, ``OkxError`` when the system gives no threads; then nothing has begun.
        """
        topic, info, path = subscription.topic, terms.info, terms.path
        decoding = MessageDecoder(
            _open_of(info.model, self._spec.dialect.parse),
            _decode_of(info.model),
            self._read,
            partial(self._unreadable, topic),
            partial(self._learn, info.model, subscription.callback),
        )
        with self._lock:
            if self._is_closing:
                raise StreamClosed("the client was closed")
            self.check_path(topic, path)
            link = self._links.at(path).assign(topic, to_first=info.private or path in self._spec.login_paths)
            if group is not None:
                group.add(subscription)
            is_placed = terms.site is not None or subscription.name is not None  # else it replaces nothing
            old = self._placement.put(subscription, terms.site) if is_placed else None
            route = self._router.add(topic, decoding, subscription)
            route.is_private = info.private
            if info.partial and route.merge is None:
                route.merge = self._merges.make(topic, info.key)
                route.settle()
            if info.private or terms.backfill:
                self._recovery.attach(route, link, backfill=terms.backfill, is_state=info.snapshot)
            self._paths[topic] = path
            if old is not None:
                self.leave(old)
            # A newcomer to a book or to account data cannot do without the snapshot, which the exchange sends when
            # asked again. On other channels one subscribe on the wire serves everybody.
            needs_snapshot = info.sequenced or (info.private and info.snapshot)
            again = needs_snapshot and (len(route.sinks) > 1 or old is not None)
            done = link.want(topic, terms.kind, route, again=again, waits=terms.wait and group is None)
        if old is not None:
            old.end(StreamClosed(f"{old.topic} was replaced by a newer subscription of the same name or line"))
            tell_replaced(old, subscription, terms.site)
        return done, link

    def check_path(self, topic: Topic, path: str) -> None:
        """Raise ``ConfigError`` when the topic is subscribed on another path: pushes of both would be taken for one."""
        if (there := self._paths.get(topic, path)) != path:
            raise ConfigError(
                f"{topic} is subscribed on the path {there!r}, and cannot be on {path!r} at the same time",
                hint="subscribe one of the two with another client",
            )

    def wait_agreed(
        self,
        subscription: Subscription[Any],
        done: Future[None],
        link: Link,
        limit: float,
        deadline: Deadline | None = None,
    ) -> None:
        """Wait for the exchange's agreement, at most ``limit`` seconds. Where it fails, the subscription has left.

        ``deadline``: where the seconds are of several subscriptions together.
        """
        try:
            (deadline or Deadline(limit, self.clock)).wait_for(done)
        except TimeoutError:
            carrier = self.link_of(subscription) or link  # it may have moved
            error = self._links.no_ack(subscription.topic, carrier, limit)
            subscription.unsubscribe()
            raise error from None
        except BaseException as error:
            subscription.unsubscribe()
            if isinstance(error, StreamClosed):
                self.finish_closing()
            raise
        subscription.has_waiter = False  # only now: after a failure nobody else is to hear of it
        if subscription.failure is not None:  # agreed to, and ended in the same breath
            raise subscription.failure

    def is_heard(self, topic: Topic) -> bool:
        """Tell whether somebody gets what comes of a topic."""
        return any(not one.is_closed for one in self._router.of(topic))

    # -- what subscriptions need (delivery.Owner) ----------------------------------------------------------------

    def is_up(self, subscription: Subscription[Any]) -> bool:
        """Tell whether the link that carries a subscription is up."""
        return (link := self.link_of(subscription)) is not None and link.is_connected

    def leave(self, subscription: Subscription[Any]) -> None:
        """Take a subscription out of routing, and its topic off the wire when it was the last."""
        with self._lock:
            self._placement.remove(subscription)
            last = self._router.remove(subscription)
            self._drops.finish(subscription)
            path = self._paths.pop(subscription.topic, None) if last else None
            link = None if path is None or self._is_closing else self._links.release(path, subscription.topic)
            if link is not None:
                link.unwant(subscription.topic)

    def report(self, error: BaseException, *, event: object = None, callback: str | None = None) -> None:
        """Tell the user of an error that has no caller."""
        if callback is not None:
            self._reporter.callback_error(error, event, callback)
        elif isinstance(error, Exception):
            self._reporter.error(error)

    def overflowed(self, subscription: Subscription[Any], lost: int) -> None:
        """Report dropped events: at once, then at most once a second."""
        self._drops.add(subscription, lost)

    def _tell_dropped(self, subscription: Subscription[Any], number: int) -> None:
        if (link := self.link_of(subscription)) is None:
            return
        log.warning("%s: %s", subscription.topic, reason := f"{number} events dropped: the consumer is too slow")
        self._reporter.state(link.event("gap", topic=str(subscription.topic), reason=reason))

    def path_of(self, topic: Topic) -> str | None:
        """Return the path on which a topic is subscribed."""
        return self._paths.get(topic)

    def link_of(self, subscription: Subscription[Any]) -> Link | None:
        """Return the link that carries it; None when it has left. Also while the client closes."""
        return self._links.carrier(self._paths.get(subscription.topic), subscription.topic)

    # -- the end ---------------------------------------------------------------------------------------------------

    def refused(self, topic: Topic, error: Exception) -> None:
        """End the subscriptions of a topic that the exchange will not serve, with its reason."""
        with self._lock:
            refused = self._router.of(topic)
            for subscription in refused:
                self._router.remove(subscription)
                self._placement.remove(subscription)
            if (path := self._paths.pop(topic, None)) is not None:
                link = self._links.release(path, topic)
                if link is not None:
                    link.unwant(topic)  # in case somebody has just asked for it again, who is refused as well
        self.drift.note_error(topic.channel, error)
        for subscription in refused:
            self.end(subscription, error)

    def end(self, subscription: Subscription[Any], error: BaseException) -> None:
        """End a subscription: its readers get ``error``; so does ``on_error``, unless somebody gets it raised."""
        if isinstance(error, Exception) and subscription.end(error):
            subscription.failure = error
            if not subscription.has_waiter:
                self._reporter.error(error)

    def tick(self) -> None:
        """Report dropped events, silence and what is new, learn what is read; about twice a second."""
        self._move_waiting()
        self._drops.tick()
        self._learners.tick()
        self.drift.tick()
        watch_silence(self._router.subscriptions(), self.link_of, self.clock, self._reporter)

    def _move_waiting(self) -> None:
        """Move topics that wait for a limit of their link to where they need not."""
        with self._lock:
            for route, link in () if self._is_closing else self._links.relieve():
                route.carrier = (link.name, link.shard)

    def refuse(self) -> None:
        """Let nobody join any more. Takes no lock: a signal handler may call it anywhere."""
        self._is_closing = True

    def close(self, error: StreamClosed, *, callbacks: bool = True) -> None:
        """End all of them; those with callbacks only where ``callbacks`` says so."""
        with self._lock:  # whoever is just joining is in it, or is refused
            subscriptions = self._router.subscriptions()
        for subscription in subscriptions:
            if subscription.callback_name is not None and not callbacks:
                continue
            subscription.end(error, discard=subscription.callback_name is not None)
            self._drops.finish(subscription)
