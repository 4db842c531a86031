"""``OrderBook``: a book that keeps itself up to date and never shows a stale state as a valid one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final, Protocol, Self, TypeVar

from okx_sync import fork
from okx_sync.checks import check_callback, no_predicate
from okx_sync.errors import BookInvalid, DecodeError
from okx_sync.lazy import drawn_by
from okx_sync.state.book.book import Book, Level, Outcome
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.views import BookReads, BookSnapshot, check_levels, describe
from okx_sync.state.changes import Changes
from okx_sync.state.to_neutral import ToChange, to_change
from okx_sync.timing import Clock

__all__ = ["BookFeed", "OrderBook"]

R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

_UNUSED: Final = frozenset({"gap", "checksum", "crossed", "waiting"})  # the book is not valid behind them
_BRIDGED: Final = frozenset({"joined", "checksum", "crossed"})  # what a fetched book did to the book


class BookFeed(Protocol):
    """What keeps an :class:`OrderBook` supplied. No method is called under the book's lock."""

    @property
    def is_closed(self) -> bool:
        """True when nothing more will come."""

    def lost(self, reason: str, *, was_whole: bool = False) -> None:
        """Note that the book cannot go on without a snapshot; called for every update until there is one.

        ``was_whole``: what came was a whole book, and cannot be used.
        """

    def settled(self) -> None:
        """Note that a snapshot is in."""

    def unreadable(self, problems: Iterable[DecodeError]) -> None:
        """Note that something could not be read, and is missing from the book."""

    def listener(self, fn: Callable[[OrderBook], object], book: OrderBook) -> Callable[[], None]:
        """Make the function to call when ``book`` has changed, so that ``fn(book)`` runs on the right thread."""

    def close(self) -> None:
        """Stop supplying the book."""


class OrderBook(BookReads):
    """A live order book: ``ws.order_book("BTC-USDT")``.

    It is valid while every change so far followed the one before. After a gap, a wrong checksum or a lost link, and
    while it is crossed (a bid at or above an ask, as in a call auction), it is invalid at once and reads raise
    ``BookInvalid``. It becomes valid again with the next snapshot, for which the client asks by itself. All methods are
    safe from any thread; close it, or use it as a context manager.

    It can also be fed by hand, from a subscription of your own or from a file::

        book = OrderBook("BTC-USDT")
        ws.subscribe_books("BTC-USDT", book.apply)

    Then nobody asks for a snapshot after a gap, and only :meth:`invalidate` tells it of a lost link.

    Args:
        inst_id: The instrument; names the book in reprs and errors.
        channel: The book channel; so does this.
        feed: What supplies the book; None for by hand.
        clock: Where time comes from.
    """

    def __init__(
        self, inst_id: str, channel: str = "books", *, feed: BookFeed | None = None, clock: Clock | None = None
    ) -> None:
        fork.watch(self)
        self.inst_id = inst_id
        self.channel = channel
        self._feed = feed
        self._clock = clock if clock is not None else Clock()
        self._listeners: tuple[Callable[[], None], ...] = ()
        # Guards the book and everything below; never held while user code runs or the feed is called.
        self._lock = threading.RLock()
        self._changes = Changes(self._lock, self._clock)
        self._book = Book()
        self._heard_at: float | None = None
        self._is_closed = False

    # -- validity ----------------------------------------------------------------------------------------------

    @property
    def valid(self) -> bool:
        """True while this is the exchange's book as far as the stream has brought it."""
        return self._book.is_synced and not self.is_closed

    @property
    def is_closed(self) -> bool:
        """True after :meth:`close`, and when its subscription has ended in any other way."""
        return self._is_closed or (self._feed is not None and self._feed.is_closed)

    @property
    def age(self) -> float | None:
        """Seconds since the exchange last confirmed the book, by a change or a sign of life; None before that.

        A quiet market is confirmed about once a minute.
        """
        heard_at = self._heard_at
        return None if heard_at is None else self._clock.monotonic() - heard_at

    @property
    def ts(self) -> int | None:
        """The exchange's time of the newest change, epoch ms."""
        return self._book.ts

    @property
    def seq(self) -> int | None:
        """The sequence number it stands at; None before the first, and on streams without numbers."""
        return self._book.seq

    def wait_valid(self, timeout: float | None = None) -> bool:
        """Wait until the book is valid; False when it is not within ``timeout`` seconds (None: wait for ever).

        Raises ``StreamClosed`` when the book is closed. Ctrl-C works.
        """
        return self.wait_until(lambda book: book.valid, timeout)

    def wait_until(self, predicate: Callable[[OrderBook], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(book)`` is true, looking again after each change; False after ``timeout`` seconds.

        A predicate that reads the book while it is not valid counts as not true. Raises ``StreamClosed`` when the
        book is closed, and whatever else the predicate raises.
        """
        if not callable(predicate):
            raise no_predicate(predicate)
        return self._changes.wait(lambda: self._holds(predicate), self._end, timeout)

    def _end(self) -> str | None:
        return f"{self._name} is closed: {self._reason()}" if self.is_closed else None

    def _holds(self, predicate: Callable[[OrderBook], object]) -> bool:
        try:
            return bool(predicate(self))
        except BookInvalid:
            return False

    # -- reading -----------------------------------------------------------------------------------------------

    def snapshot(self, n: int | None = None, *, stale_ok: bool = False) -> BookSnapshot:
        """Return the book, or its ``n`` best levels, as it is now: immutable, with all the reads of a book.

        Raises ``BookInvalid``; with ``stale_ok`` it gives what was last known, and ``snapshot.valid`` tells.
        """
        check_levels(n)

        def take(bids: Iterable[Level], asks: Iterable[Level]) -> BookSnapshot:
            book = self._book
            sides = tuple(islice(bids, n)), tuple(islice(asks, n))
            return BookSnapshot(self.inst_id, self.channel, *sides, valid=self.valid, ts=book.ts, seq=book.seq)

        return self._read(take, stale_ok)

    def _read(self, measure: Callable[[Iterable[Level], Iterable[Level]], R], stale_ok: bool = False) -> R:
        with self._lock:
            if stale_ok or self.valid:
                return measure(self._book.bids, self._book.asks)
            reason = self._reason()
        raise BookInvalid(
            f"{self._name} is not valid: {reason}",
            retryable=not self.is_closed,
            hint="wait_valid(timeout) waits for the next snapshot; stale_ok=True reads what was last known",
        )

    # -- being fed ---------------------------------------------------------------------------------------------

    def apply(self, update: BookChange | ToChange) -> Outcome:
        """Take in what the exchange sent; says what became of it, see ``okx_sync.state.book.book``.

        Raises ``DecodeError`` when it cannot be read; the book is invalid then, since a change of it is missing.
        """
        try:
            change = to_change(update)
            with self._lock:
                outcome = self._book.apply(change)
                self._note(outcome)
        except DecodeError as error:
            self.invalidate(error.message)
            self._tell_feed(error.message, was_whole=_is_whole(update))
            raise
        if change.unreadable:
            self._tell_unreadable(change)
        if outcome != "ok":
            self._tell(outcome, was_whole=change.kind != "update")
        elif self._listeners:
            self._tell_listeners()
        return outcome

    def bootstrap(self, fetch: Callable[[], BookChange | ToChange]) -> Outcome:
        """Take the whole book from elsewhere, where a stream brings changes but no snapshot. Clients do it themselves.

        ``fetch()`` gets it, for instance over REST: ``lambda: client.get_orderbook("BTC-USDT", 400)``; it runs in the
        calling thread while the stream goes on. ``"joined"``: the book is valid. ``"waiting"``: it will be, when the
        stream has come up to what was fetched. ``"old"``: the stream is ahead of it, try again. ``"doubtful"``:
        it was taken in the middle of a change, try again so that a second one confirms it. ``"same"``: the book is
        valid without it. Raises what ``fetch`` raises, and ``DecodeError`` for a book that cannot be read.
        """
        era = self._book.backlog.era  # before it is fetched
        snapshot = to_change(fetch())
        with self._lock:
            outcome = self._book.bridge(snapshot, era)
            if outcome in _BRIDGED:
                self._note(outcome)
        if snapshot.unreadable:
            self._tell_unreadable(snapshot)
        if outcome in _BRIDGED:
            self._tell(outcome)
        return outcome

    def _note(self, outcome: Outcome) -> None:
        """Wake whoever waits. Under the lock."""
        if outcome not in _UNUSED:
            self._heard_at = self._clock.monotonic()
        self._changes.note()

    def _tell(self, outcome: Outcome, *, was_whole: bool = False) -> None:
        if outcome in ("snapshot", "joined"):
            if self._feed is not None:
                self._feed.settled()
        elif outcome in _UNUSED:
            self._tell_feed(self._book.problem, was_whole=was_whole)
        if outcome not in ("same", "waiting"):
            self._tell_listeners()

    def invalidate(self, reason: str) -> None:
        """Make the book invalid until the next snapshot. ``reason`` is for people."""
        with self._lock:
            was_valid = self._book.is_synced
            self._book.lose(reason)
            self._changes.note()
        if was_valid:
            self._tell_listeners()

    def on_update(self, fn: F) -> F:
        """Call ``fn(book)`` whenever the book has changed, also when it is not valid any more. A decorator, too.

        On a client's book it runs on the callback thread; when it is slower than the market it is called less often,
        always with the newest state. On a book fed by hand it runs in the thread that feeds.
        """
        check_callback(fn, "the listener")
        listener = (lambda: fn(self)) if self._feed is None else self._feed.listener(fn, self)
        with self._lock:
            self._listeners += (listener,)
        return fn

    def close(self) -> None:
        """Unsubscribe; from now on the book is invalid. Idempotent."""
        if fork.is_from_parent(self):
            return
        with self._lock:
            self._is_closed = True
            self._book.lose("it was closed")
            self._changes.note()
        if self._feed is not None:
            self._feed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    _repr_html_ = drawn_by("book_pictures", "book_picture")

    def __repr__(self) -> str:
        with self._lock:
            book = self._book
            top, bids, asks = describe(book.bids, book.asks), len(book.bids), len(book.asks)
            valid, reason = self.valid, self._reason()
        if not valid:
            return f"<OrderBook {self.inst_id} {self.channel}: not valid ({reason})>"
        return f"<OrderBook {self.inst_id} {self.channel}: {top}, {bids}+{asks} levels, age {self.age or 0.0:.1f} s>"

    @property
    def _name(self) -> str:
        return f"the book of {self.inst_id} ({self.channel})"

    def _reason(self) -> str:
        if self.is_closed and not self._is_closed:
            return "its subscription has ended"
        return self._book.problem

    def _tell_feed(self, reason: str, *, was_whole: bool) -> None:
        if self._feed is not None and not self._is_closed:
            self._feed.lost(reason, was_whole=was_whole)

    def _tell_unreadable(self, change: BookChange) -> None:
        if self._feed is not None:
            self._feed.unreadable(change.unreadable)

    def _tell_listeners(self) -> None:
        for listener in self._listeners:
            listener()


def _is_whole(update: BookChange | ToChange) -> bool:
    if isinstance(update, BookChange):
        return update.kind != "update"
    return bool(getattr(update, "is_snapshot", False))
