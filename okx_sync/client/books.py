"""The live books of a client: fed inline on the link thread, invalid with their link, resynced at a steady pace.

A book must not be read as valid once the frame that broke it has been read off the socket. So changes are applied on
the link thread, and the loss of a link is told here before anybody else hears of it. Books of one topic share one
pace: what breaks one of them breaks all, and one new snapshot heals all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from okx_sync.client.links import Links
from okx_sync.client.reporter import Reporter
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.delivery.subscription import Subscription
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.life import StateEvent
from okx_sync.state.live_book import BookSource, OrderBook
from okx_sync.state.resync import Resync
from okx_sync.timing import Clock
from okx_sync.transport.link import Link

__all__ = ["BookDesk"]

log = get_logger("client")


class _Subscribe(Protocol):
    def __call__(self, channel: str, callback: Callable[[Any], object], **args: Any) -> Subscription[Any]: ...


class BookDesk:
    """Every live book of one client.

    Parameters: ``subscribe`` is the client's; ``links``, ``reporter`` and ``pool`` are those it uses.
    """

    def __init__(
        self, subscribe: _Subscribe, links: Links, reporter: Reporter, pool: CallbackPool, clock: Clock
    ) -> None:
        self.links = links
        self.reporter = reporter
        self.pool = pool
        self._subscribe = subscribe
        self._clock = clock
        # Guards the table; never held while a book or a link is asked to do anything.
        self._lock = threading.Lock()
        self._shelves: dict[Topic, _Shelf] = {}
        reporter.watch(self._link_changed)

    def open(self, topic: Topic, path: str, inst_id: str, options: dict[str, Any]) -> OrderBook:
        """A new live book of ``topic``, once the exchange has agreed. Raises what ``subscribe`` raises."""
        link = self.links.get(path)
        with self._lock:
            shelf = self._shelves.setdefault(topic, _Shelf(self, topic, link, Resync(self._clock)))
            feed = _Feed(self, shelf)
            book = OrderBook(inst_id, topic.channel, feed=feed, clock=self._clock)
            shelf.books[feed] = book
        # Subscribing brings a snapshot, also to a topic that is subscribed already: no need to ask for another.
        shelf.resync.expect()
        try:
            feed.subscription = self._subscribe(
                topic.channel, _Apply(book, topic), **dict(topic.args), **options, endpoint=path, inline=True
            )
        except BaseException:
            self.forget(feed)
            raise
        return book

    def forget(self, feed: _Feed) -> None:
        """This book needs nothing any more."""
        with self._lock:
            feed.shelf.books.pop(feed, None)
            if not feed.shelf.books and self._shelves.get(feed.shelf.topic) is feed.shelf:
                del self._shelves[feed.shelf.topic]

    def tick(self) -> None:
        """About twice a second: books whose subscription has ended are let go, requests that had to wait are sent."""
        for shelf in self._all():
            for feed in list(shelf.books):
                if feed.is_closed:
                    self.forget(feed)
            if shelf.books:
                shelf.ask_if_due()

    def _all(self) -> list[_Shelf]:
        with self._lock:
            return list(self._shelves.values())

    def _link_changed(self, event: StateEvent) -> None:
        if event.kind not in ("lost", "failed"):
            return
        for shelf in self._all():
            if shelf.link.name == event.link:
                # Whatever was asked for died with the socket; the next one brings snapshots by itself.
                shelf.resync.settled()
                for book in list(shelf.books.values()):
                    book.invalidate(f"the {event.link} link was lost: {event.reason}")


class _Shelf:
    """The books of one topic and the pace at which they may ask for snapshots."""

    def __init__(self, desk: BookDesk, topic: Topic, link: Link, resync: Resync) -> None:
        self.desk = desk
        self.topic = topic
        self.link = link
        self.resync = resync
        self.books: dict[_Feed, OrderBook] = {}  # guarded by the desk's lock

    def lost(self, reason: str) -> None:
        """A book cannot go on: one ``gap`` event, one request."""
        if self.resync.lost():
            log.warning("%s: %s", self.topic, reason)
            self.desk.reporter.state(self.link.event("gap", topic=str(self.topic), reason=reason))
        self.ask_if_due()

    def ask_if_due(self) -> None:
        """Ask for a snapshot, if one is needed and it is time."""
        if self.resync.is_due():
            self.link.ask_again(self.topic, afresh=True)


class _Apply:
    """The callback of a book's subscription.

    All of one topic are equal: running a notebook cell again makes a new book that replaces the old one.
    """

    def __init__(self, book: OrderBook, topic: Topic) -> None:
        self._book = book
        self._topic = topic

    def __call__(self, update: BookSource) -> None:
        self._book.apply(update)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Apply) and other._topic == self._topic

    def __hash__(self) -> int:
        return hash(self._topic)

    def __repr__(self) -> str:
        return f"OrderBook({self._topic})"


class _Feed:
    """What one book hears of its client (``BookFeed``)."""

    def __init__(self, desk: BookDesk, shelf: _Shelf) -> None:
        self.shelf = shelf
        self.subscription: Subscription[Any] | None = None  # None until the exchange has agreed
        self._desk = desk

    @property
    def is_closed(self) -> bool:
        return self.subscription is not None and self.subscription.is_closed

    def lost(self, reason: str) -> None:
        self.shelf.lost(reason)

    def settled(self) -> None:
        self.shelf.resync.settled()

    def listener(self, fn: Callable[[OrderBook], object], book: OrderBook) -> Callable[[], None]:
        return _Listener(self._desk, fn, book).changed

    def close(self) -> None:
        self._desk.forget(self)
        if self.subscription is not None:
            self.subscription.unsubscribe()


class _Listener:
    """One ``on_update`` function: called on the callback thread, with many changes at once when it is slow."""

    def __init__(self, desk: BookDesk, fn: Callable[[OrderBook], object], book: OrderBook) -> None:
        self._desk = desk
        self._fn = fn
        self._book = book
        self._is_due = False  # set by the link thread, cleared before the call: no change goes unseen
        self._strand = Strand(self._take, lambda: self._is_due, self._call, name_of(fn))

    def changed(self) -> None:
        self._is_due = True
        self._desk.pool.schedule(self._strand)

    def _take(self, _most: int) -> list[OrderBook]:
        if not self._is_due:
            return []
        self._is_due = False
        return [self._book]

    def _call(self, book: OrderBook) -> None:
        try:
            self._fn(book)
        except (Exception, SystemExit) as error:  # noqa: BLE001  user code may raise anything; nobody else may suffer
            self._desk.reporter.callback_error(error, book, name_of(self._fn))
