"""The live books of a client: fed inline on the link thread, invalid with their link, resynced at a steady pace.

A book must not be read as valid once the frame that broke it has been read off the socket. So changes are applied on
the link thread, and books hear of a lost link before anybody else does. Books of one topic share one pace of requests:
what breaks one of them breaks all, and one new snapshot mends all.

When a stream goes on without its snapshot, one is fetched elsewhere (over REST). A thread of its own does that, while
the stream is read on and its changes are kept.
"""

from __future__ import annotations

import queue
import threading
import weakref
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

from okx_sync.delivery.push_callback import StateCallback
from okx_sync.delivery.subscription import Subscription
from okx_sync.dropped import wired
from okx_sync.errors import DecodeError, OkxError, StreamClosed
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.link_listeners import LinkListener
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.book.resync import Resync
from okx_sync.state.to_neutral import ToChange
from okx_sync.state_event import StateEvent
from okx_sync.timing import Clock
from okx_sync.transport.link import Link
from okx_sync.worker import Worker

__all__ = ["BookFetches", "FetchBook", "LiveBooks", "no_fetch"]

log = get_logger("client")

FetchBook = Callable[[], ToChange]
"""Gets a whole book from elsewhere, with its sequence number. May block, and raise ``OkxError``."""

BookFetches = Callable[[Topic], FetchBook | None]
"""For each topic: how its book can be had besides the stream; None where it cannot."""


def no_fetch(_topic: Topic) -> FetchBook | None:
    """Return None: for exchanges whose books come on the stream only."""
    return None


class _Subscribe(Protocol):
    def __call__(self, channel: str, callback: Callable[[Any], object], **args: Any) -> Subscription[Any]: ...


class LiveBooks:
    """Every live book of one client.

    Args:
        subscribe: The client's.
        links: The client's.
        reporter: The client's.
        dispatcher: The client's.
        fetches: Where snapshots can be had besides the stream.
        patience_s: Seconds that the stream may take before that is done.
    """

    def __init__(
        self,
        subscribe: _Subscribe,
        links: Links,
        reporter: Reporter,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        fetches: BookFetches = no_fetch,
        patience_s: float = 3.0,
    ) -> None:
        self.links = links
        self.reporter = reporter
        self.dispatcher = dispatcher
        self._subscribe = subscribe
        self._clock = clock
        self._fetches = fetches
        self._patience_s = patience_s
        # Guards the table; never held while a book or a link is asked to do anything.
        self._lock = threading.RLock()
        self._groups: dict[Topic, _BookGroup] = {}
        self._fetcher = _Fetcher(reporter)

    def open(
        self, topic: Topic, path: str, inst_id: str, options: dict[str, Any], *, is_whole: bool = True
    ) -> OrderBook:
        """Make a new live book of ``topic``, once the exchange has agreed. Raises what ``subscribe`` raises.

        ``is_whole``: whether the stream begins with a snapshot. Where it does not, one is fetched without waiting.
        """
        first = self.links.get(path)
        with self._lock:
            group = self._groups.get(topic)
            if group is None:
                fetch = self._fetches(topic)
                asks = is_whole or fetch is None
                resync = Resync(self._clock, patience_s=self._patience_s if asks else 0.0)
                group = self._groups[topic] = _BookGroup(self, topic, first, resync, fetch, asks=asks)
                self.links.listeners.add(path, group)
            feed = _Feed(self, group)
            book = OrderBook(inst_id, topic.channel, feed=feed, clock=self._clock)
            group.books[feed] = book
        # Subscribing brings a snapshot, also to a topic that is subscribed already: no need to ask for another.
        group.resync.expect()
        try:
            apply = _Apply(book, topic, self.reporter.error)
            feed.subscription = self._subscribe(
                topic.channel, apply, **dict(topic.args), **options, path=path, inline=True
            )
        except BaseException:
            self.forget(feed)
            raise
        return book

    def forget(self, feed: _Feed) -> None:
        """Stop feeding this book."""
        with self._lock:
            feed.group.books.pop(feed, None)
            if not feed.group.books and self._groups.get(feed.group.topic) is feed.group:
                del self._groups[feed.group.topic]
                self.links.listeners.remove(feed.group.first.name, feed.group)

    def close(self, timeout: float) -> bool:
        """Fetch no more; True when the thread that does has ended within ``timeout`` seconds."""
        return self._fetcher.close(timeout)

    def fetch(self, group: _BookGroup) -> None:
        """Let the books of a group be joined by a snapshot from elsewhere; returns at once."""
        self._fetcher.put(group)

    def of(self, inst_id: str, fits: Callable[[Topic, str], bool]) -> OrderBook | None:
        """Return a valid book of an instrument, one whose topic and path fit; None without one."""
        with self._lock:
            groups = list(self._groups.values())
        mine = [group for group in groups if fits(group.topic, group.first.name)]
        books = [book for group in mine for book in list(group.books.values()) if book.inst_id == inst_id]
        return next((book for book in books if book.valid), None)

    def unreadable(self, topic: Topic) -> None:
        """Make the books of a topic ask for a snapshot: a push of it could not be read, and they lack it."""
        with self._lock:
            group = self._groups.get(topic)
        if group is not None:
            reason = "a push of the book cannot be read"
            for book in list(group.books.values()):
                book.invalidate(reason)
            group.broke(reason, was_whole=False)

    def tick(self) -> None:
        """Let go of books whose subscription has ended, send requests that had to wait. About twice a second."""
        with self._lock:
            groups = list(self._groups.values())
        for group in groups:
            for feed in list(group.books):
                if feed.is_closed:
                    self.forget(feed)
            if group.books:
                group.seek()


class _BookGroup(LinkListener):
    """The books of one topic and the pace at which they may ask for snapshots.

    ``first``: the first link of the path. ``fetch`` gets a snapshot elsewhere; None where there is none to be had.
    ``asks``: whether the stream sends one when it is subscribed again.
    """

    def __init__(
        self, owner: LiveBooks, topic: Topic, first: Link, resync: Resync, fetch: FetchBook | None, *, asks: bool
    ) -> None:
        self.owner = owner
        self.topic = topic
        self.first = first
        self._link = first  # the one that carries the topic, as far as that is known
        self.resync = resync
        self.fetch = fetch
        self.asks = asks
        self.books: dict[_Feed, OrderBook] = {}  # guarded by the owner's lock

    @property
    def link(self) -> Link:
        """The link that carries the topic, or did when one last did."""
        self._link = self.owner.links.carrier(self.first.name, self.topic) or self._link
        return self._link

    def hears(self, event: StateEvent) -> bool:
        """Take the events of the link that carries the topic."""
        return self.owner.links.is_about(event, self.topic, self.link)

    def broke(self, reason: str, *, was_whole: bool) -> None:
        """Ask once for a snapshot, with one ``gap`` event: a book cannot go on."""
        if self.resync.lost(was_whole=was_whole):
            log.warning("%s: %s", self.topic, reason)
            self.owner.reporter.state(self.link.event("gap", topic=str(self.topic), reason=reason))
        self.seek()

    def seek(self) -> None:
        """Ask for a snapshot, or have one fetched, if one is needed and it is time."""
        if self.resync.is_due() and self.asks:
            self.link.ask_again(self.topic, afresh=True)
        elif self.fetch is not None and self.resync.is_late():
            self.owner.fetch(self)

    def lost(self, reason: str) -> None:
        """Make the books invalid. What was asked for died with the socket, and the next one brings a snapshot."""
        if self.fetch is None:
            self.resync.settled()  # should it not, the first change is reason enough to ask
        else:
            self.resync.promise()
        for book in list(self.books.values()):
            book.invalidate(reason)

    def bootstrap(self) -> None:
        """Fetch a snapshot for the books that need one. Blocks; raises ``OkxError``."""
        assert self.fetch is not None
        for book in list(self.books.values()):
            outcome = "same" if book.valid else book.bootstrap(self.fetch)
            if outcome == "doubtful":
                self.resync.doubted()
            elif outcome == "joined":
                log.info("%s: the stream sent no snapshot, so one was fetched", self.topic)


class _Fetcher:
    """Runs :meth:`_BookGroup.bootstrap` on a thread of its own, one by one. The thread starts when first needed."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._jobs: queue.SimpleQueue[_BookGroup | None] = queue.SimpleQueue()
        # Guards the start and the end of the thread; nothing is waited for under it.
        self._lock = threading.RLock()
        self._worker: Worker | None = None
        self._is_closed = False

    def put(self, group: _BookGroup) -> None:
        try:
            self._ensure_running()
        except OkxError as error:
            group.resync.fetched()  # that attempt failed; another follows
            self._reporter.error(error)
        else:
            self._jobs.put(group)

    def _ensure_running(self) -> None:
        with self._lock:
            if self._worker is None and not self._is_closed:
                worker = Worker("okx-book-snapshots", partial(_fetch_all, wired(self, self._jobs), self._jobs))
                worker.start()
                self._worker = worker

    def close(self, timeout: float) -> bool:
        with self._lock:
            self._is_closed = True
            worker = self._worker
        if worker is None:
            return True
        worker.ask_to_stop()
        self._jobs.put(None)
        return worker.join(timeout)

    def do(self, group: _BookGroup) -> None:
        """Have a snapshot fetched by the thread. Raises ``StreamClosed`` when the client is closed."""
        try:
            group.bootstrap()
        except StreamClosed:
            raise
        except Exception as error:  # noqa: BLE001  even a bug of ours must not keep the other books waiting
            self._reporter.error(error)
        finally:
            group.resync.fetched()


def _fetch_all(ref: weakref.ref[_Fetcher], jobs: queue.SimpleQueue[_BookGroup | None], worker: Worker) -> None:
    """Run the thread that fetches. While it waits it does not hold the client, see ``okx_sync.dropped``."""
    while (group := jobs.get()) is not None and not worker.stopping:
        fetcher = ref()
        if fetcher is None:
            return
        try:
            fetcher.do(group)
        except StreamClosed:
            return
        del fetcher, group


class _Apply(StateCallback):
    """The callback of a book's subscription.

    All of one topic are equal: running a notebook cell again makes a new book that replaces the old one.
    """

    def __init__(self, book: OrderBook, topic: Topic, report: Callable[[Exception], None]) -> None:
        self._book = book
        self._topic = topic
        self._report = report

    def __call__(self, update: ToChange) -> None:
        try:
            self._book.apply(update)
        except DecodeError as error:
            self._report(error)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Apply) and other._topic == self._topic

    def __hash__(self) -> int:
        return hash(self._topic)

    def __repr__(self) -> str:
        return f"OrderBook({self._topic})"


class _Feed:
    """What one book hears of its client (``BookFeed``)."""

    def __init__(self, owner: LiveBooks, group: _BookGroup) -> None:
        self.group = group
        self.subscription: Subscription[Any] | None = None  # None until the exchange has agreed
        self._reported: set[str | None] = set()  # fields that could not be read
        self._owner = owner

    @property
    def is_closed(self) -> bool:
        return self.subscription is not None and self.subscription.is_closed

    def lost(self, reason: str, *, was_whole: bool = False) -> None:
        self.group.broke(reason, was_whole=was_whole)

    def settled(self) -> None:
        self.group.resync.settled()

    def unreadable(self, problems: Iterable[DecodeError]) -> None:
        for problem in problems:
            if problem.field not in self._reported:
                self._reported.add(problem.field)
                self._owner.reporter.error(problem)

    def listener(self, fn: Callable[[OrderBook], object], book: OrderBook) -> Callable[[], None]:
        return self._owner.dispatcher.latest(fn, book)

    def close(self) -> None:
        self._owner.forget(self)
        if self.subscription is not None:
            self.subscription.unsubscribe()
