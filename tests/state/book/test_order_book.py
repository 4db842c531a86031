"""The live book: validity, reads, waiting, snapshots, and no torn reads under threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BookInvalid, ConfigError, OrderBook, StreamClosed
from okx_sync.errors import DecodeError
from okx_sync.state.book.book import Level
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.views import Depth
from tests.clocks import HandClock

D = Decimal


def whole(size: str = "1", seq: int = 1) -> BookChange:
    """Three levels a side around 100."""
    bids, asks = (["99", "98", "97"], ["101", "102", "104"])
    return BookChange("snapshot", [[px, size, "0", "2"] for px in bids], [[px, size] for px in asks], seq, -1)


def change(prev: int, seq: int, bids: Any = (), asks: Any = ()) -> BookChange:
    """An update."""
    return BookChange("update", bids, asks, seq, prev)


class Feed:
    """Keeps what a book tells its supplier."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.spoilt = 0
        self.is_closed = False

    def lost(self, reason: str, *, was_whole: bool = False) -> None:
        self.spoilt += was_whole
        self.told.append(reason)

    def settled(self) -> None:
        self.told.append("settled")

    def unreadable(self, problems: Iterable[DecodeError]) -> None:
        self.told += [problem.message for problem in problems]

    def listener(self, fn: Callable[[OrderBook], object], book: OrderBook) -> Callable[[], None]:
        def changed() -> None:
            fn(book)

        return changed

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def book() -> OrderBook:
    """A valid book, fed by hand."""
    book = OrderBook("BTC-USDT")
    book.apply(whole())
    return book


def test_reads(book: OrderBook) -> None:
    """Best first, exact, and with the meaning that the docstrings give."""
    assert book.best_bid == Level(D(99), D(1), 2)
    assert book.best_ask == (D(101), D(1), None)
    assert (book.mid, book.spread) == (D(100), D(2))
    assert [level.price for level in book.bids(2)] == [99, 98]
    assert [level.price for level in book.asks()] == [101, 102, 104]
    assert book.depth() == Depth(D(3), D(3))
    assert book.depth(1) == Depth(D(1), D(1))
    book.apply(change(1, 2, [["99", "4"]]))
    assert book.depth(2).bids == 5
    assert book.imbalance(1) == D("0.6")
    assert book.imbalance() == D(6 - 3) / D(9)
    assert (book.seq, book.ts) == (2, None)


def test_vwap(book: OrderBook) -> None:
    """The order's own side; None when the book is too thin."""
    assert book.vwap("buy", 1) == 101
    assert book.vwap("buy", "2") == D("101.5")
    assert book.vwap("sell", D("1.5")) == (D(99) + D(49)) / D("1.5")
    assert book.vwap("buy", 3) == D(307) / 3
    assert book.vwap("buy", "3.0001") is None


@pytest.mark.parametrize("size", [0, -1, 1.5, "x", "NaN", "Infinity", True, None])
def test_vwap_refuses_what_is_not_an_exact_size(book: OrderBook, size: Any) -> None:
    """Floats too: they are not the number that was meant."""
    with pytest.raises(ConfigError, match="size"):
        book.vwap("buy", size)


def test_vwap_refuses_an_unknown_side(book: OrderBook) -> None:
    """Only buy and sell."""
    with pytest.raises(ConfigError, match="side"):
        book.vwap("bid", 1)  # type: ignore[arg-type]


def test_an_empty_side_reads_as_none() -> None:
    """A book may have nothing on one side and is valid all the same."""
    book = OrderBook("X", "bbo-tbt")
    book.apply(BookChange("full", [["1", "1"]], []))
    assert book.valid
    assert book.best_ask is None
    assert book.mid is None
    assert book.spread is None
    assert book.imbalance() == 1
    assert book.vwap("buy", 1) is None
    book.apply(BookChange("full"))
    assert book.imbalance() is None


_READS: dict[str, Callable[[OrderBook], object]] = {
    "best_bid": lambda b: b.best_bid,
    "best_ask": lambda b: b.best_ask,
    "mid": lambda b: b.mid,
    "spread": lambda b: b.spread,
    "bids": lambda b: b.bids(1),
    "asks": lambda b: b.asks(1),
    "depth": lambda b: b.depth(),
    "imbalance": lambda b: b.imbalance(),
    "vwap": lambda b: b.vwap("buy", 1),
    "snapshot": lambda b: b.snapshot(),
}


@pytest.mark.parametrize("read", _READS.values(), ids=_READS)
def test_every_read_of_an_invalid_book_raises(book: OrderBook, read: Callable[[OrderBook], object]) -> None:
    """After a gap nothing is read by accident, and the error says why and what to do."""
    read(book)
    assert book.apply(change(7, 8)) == "gap"
    assert not book.valid
    with pytest.raises(BookInvalid, match=r"BTC-USDT \(books\) is not valid: an update follows number 7.*stands at 1"):
        read(book)
    book.apply(whole(seq=9))
    read(book)


def test_stale_ok_reads_what_was_last_known(book: OrderBook) -> None:
    """And a snapshot taken that way says that it is not valid."""
    book.invalidate("a test")
    assert book.bids(1, stale_ok=True)[0].price == 99
    assert book.asks(1, stale_ok=True)[0].price == 101
    assert book.depth(stale_ok=True) == Depth(D(3), D(3))
    assert book.imbalance(stale_ok=True) == 0
    assert book.vwap("buy", 1, stale_ok=True) == 101
    old = book.snapshot(stale_ok=True)
    assert not old.valid
    assert old.mid == 100
    assert "not valid" in repr(old)


def test_a_snapshot_never_changes(book: OrderBook) -> None:
    """It has the reads of a book, compares by content and cannot be written to."""
    taken, same, top = book.snapshot(), book.snapshot(), book.snapshot(1)
    book.apply(change(1, 2, [["99", "0"]]))
    assert taken == same
    assert taken.best_bid == Level(D(99), D(1), 2)
    assert len(taken.bids()) == 3
    assert top.bids() == taken.bids(1)
    assert taken.vwap("sell", 3) == 98
    assert taken.seq == 1
    assert taken.valid
    with pytest.raises(AttributeError):
        taken.seq = 3  # type: ignore[misc]
    assert repr(taken) == "<BookSnapshot BTC-USDT books: 1 @ 99 | 101 @ 1>"


def test_age_counts_from_the_last_confirmation() -> None:
    """Changes and signs of life confirm the book; what it cannot use does not."""
    clock = HandClock()
    book = OrderBook("X", clock=clock)
    ages = [book.age]
    for update, seconds in ((whole(), 30), (change(1, 1), 0), (change(1, 2), 5), (change(4, 5), 5)):
        book.apply(update)
        clock.forward(seconds)
        ages.append(book.age)
    assert ages == [None, 30, 0, 5, 10]


def test_what_cannot_be_read_invalidates_and_is_told() -> None:
    """The error goes to whoever feeds, and the supplier is asked for a snapshot."""
    feed = Feed()
    book = OrderBook("X", feed=feed)
    book.apply(whole())
    with pytest.raises(DecodeError):
        book.apply(change(1, 2, [["x", "1"]]))
    assert not book.valid
    assert feed.told[0] == "settled"
    assert "cannot be read" in feed.told[1]


def test_the_supplier_is_told_of_every_change_that_cannot_be_used() -> None:
    """How often it then asks is its own matter."""
    feed = Feed()
    book = OrderBook("X", feed=feed)
    book.apply(change(0, 1))
    book.apply(whole())
    book.apply(change(5, 6))
    book.apply(change(6, 7))
    assert [text == "settled" for text in feed.told] == [False, True, False, False]


def test_a_crossed_book_is_invalid_before_the_next_read() -> None:
    """The reason is told to readers and to the supplier, which learns whether it was a whole book that is of no use."""
    feed = Feed()
    book = OrderBook("X", feed=feed)
    book.apply(whole())
    assert book.apply(change(1, 2, [["101", "1"]])) == "crossed"
    with pytest.raises(BookInvalid, match="is crossed: the best bid is 101, the best ask 101"):
        book.bids()
    assert (len(feed.told), feed.spoilt) == (2, 0)
    assert book.apply(BookChange("full", [["9", "1"]], [["8", "1"]])) == "crossed"
    assert (len(feed.told), feed.spoilt) == (3, 1)
    book.apply(whole())
    assert book.valid
    assert book.bootstrap(lambda: whole()) == "same"


def test_a_part_that_cannot_be_read_and_is_not_needed_is_told_to_the_supplier() -> None:
    """The book is right without it; so is one that was fetched, and one that is fed by hand has nobody to tell."""
    feed = Feed()
    book, by_hand = OrderBook("X", feed=feed), OrderBook("X")
    told = attrs.evolve(whole(seq=8), unreadable=(DecodeError("ts is no number", text="x", field="ts"),))
    assert book.apply(told) == by_hand.apply(told) == "snapshot"
    assert (feed.told, book.valid) == (["ts is no number", "settled"], True)
    book.apply(change(5, 9))
    assert book.bootstrap(lambda: attrs.evolve(told, seq=9)) == "joined"
    assert feed.told[-2:] == ["ts is no number", "settled"]


def test_a_fetched_book_that_is_crossed_is_not_joined() -> None:
    """Neither by itself nor with the changes behind it."""
    book = OrderBook("X")
    book.apply(change(5, 8))
    assert book.bootstrap(lambda: BookChange("full", [["9", "1"]], [["8", "1"]], 8)) == "crossed"
    assert not book.valid
    book.apply(change(8, 9))
    book.apply(change(9, 10, [["150", "1"]]))
    assert book.bootstrap(lambda: whole(seq=9)) == "crossed"
    assert not book.valid


def test_a_book_is_bootstrapped_from_elsewhere() -> None:
    """While the stream goes on: it is valid when both fit together, and everybody concerned hears of it once."""
    clock, feed, seen = HandClock(), Feed(), list[bool]()
    book = OrderBook("X", feed=feed, clock=clock)
    book.on_update(lambda b: seen.append(b.valid))
    book.apply(change(5, 8))

    def fetch() -> BookChange:
        book.apply(change(8, 9, [["99", "7"]]))  # the stream goes on meanwhile: no lock is held
        assert not book.valid
        return whole(seq=8)

    assert book.bootstrap(fetch) == "joined"
    assert book.valid
    assert book.best_bid == Level(D(99), D(7))
    assert (book.seq, book.age, seen) == (9, 0, [True])
    assert feed.told[-1] == "settled"
    assert book.apply(change(9, 10)) == "ok"
    assert book.bootstrap(lambda: whole(seq=50)) == "same"
    assert (book.seq, len(feed.told)) == (10, 3)


def test_a_bootstrap_that_comes_to_nothing_says_so() -> None:
    """Too old, ahead of the stream, or unreadable: the book stays invalid, and a later change or attempt heals it."""
    book = OrderBook("X")
    book.apply(change(5, 8))
    assert book.bootstrap(lambda: whole(seq=4)) == "old"
    with pytest.raises(ZeroDivisionError):
        book.bootstrap(lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    with pytest.raises(DecodeError):
        book.bootstrap(lambda: BookChange("full", [["x", "1"]], (), 8))
    assert not book.valid
    book.apply(change(8, 9))
    assert book.bootstrap(lambda: whole(seq=12)) == "waiting"
    assert not book.wait_valid(0)
    assert book.apply(change(9, 12)) == "joined"
    assert book.wait_valid(0)


def test_what_was_asked_for_before_the_link_was_lost_is_not_used() -> None:
    """Its number means nothing on the next socket."""
    book = OrderBook("X")
    book.apply(change(5, 8))

    def fetch() -> BookChange:
        book.invalidate("the link was lost")
        book.apply(change(5, 8))
        return whole(seq=8)

    assert book.bootstrap(fetch) == "old"
    assert not book.valid


def test_on_update_is_called_for_changes_and_for_the_loss_of_validity(book: OrderBook) -> None:
    """Not for signs of life and not for changes that are left aside."""
    seen: list[bool] = []

    @book.on_update
    def note(changed: OrderBook) -> None:
        seen.append(changed.valid)

    book.apply(change(1, 2, [["99", "5"]]))
    book.apply(change(2, 2))
    book.apply(change(9, 10))
    book.apply(change(10, 11))
    book.invalidate("it is already")
    book.apply(whole(seq=20))
    book.invalidate("a test")
    assert seen == [True, False, True, False]


def test_wait_valid_says_whether_it_came_true() -> None:
    """At once when it is; False after the timeout when it never is."""
    book = OrderBook("X")
    assert not book.wait_valid(0.01)
    book.apply(whole())
    assert book.wait_valid(0)


def test_wait_until_wakes_at_once() -> None:
    """Well below 5 ms on an idle machine; reads of an invalid book inside the predicate only mean "not yet"."""
    took = []
    for _ in range(5):  # a busy machine may be late now and then, a wait that looks around by itself always is
        book, woken = OrderBook("X"), threading.Event()

        def wait(book: OrderBook = book, woken: threading.Event = woken) -> None:
            assert book.wait_until(lambda b: b.best_bid is not None and b.best_bid.size == 5, 10)
            woken.set()

        thread = threading.Thread(target=wait)
        thread.start()
        book.apply(whole())
        assert not woken.is_set()
        begin = time.monotonic()
        book.apply(change(1, 2, [["99", "5"]]))
        assert woken.wait(5)
        took.append(time.monotonic() - begin)
        thread.join()
    assert min(took) < 0.05


def test_a_predicate_that_fails_is_heard_of(book: OrderBook) -> None:
    """Only an invalid book is waited out."""
    with pytest.raises(ZeroDivisionError):
        book.wait_until(lambda b: 1 / 0, 5)


def test_closing_wakes_those_who_wait(book: OrderBook) -> None:
    """A closed book is invalid for good, says so, and takes nothing in that would make it valid for a reader."""
    failed: list[StreamClosed] = []

    def wait() -> None:
        try:
            book.wait_until(lambda b: False)
        except StreamClosed as error:
            failed.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    with book:
        pass
    thread.join(5)
    assert len(failed) == 1
    book.close()
    assert not book.valid
    assert book.is_closed
    book.apply(whole(seq=5))
    assert not book.valid
    with pytest.raises(BookInvalid, match="closed"):
        _ = book.mid
    with pytest.raises(StreamClosed):
        book.wait_valid(5)
    assert "closed" in repr(book)


def test_a_feed_that_ends_makes_the_book_invalid() -> None:
    """Also when nobody called close(): replaced, refused, the client closed."""
    feed = Feed()
    book = OrderBook("X", feed=feed)
    book.apply(whole())
    feed.is_closed = True
    assert not book.valid
    with pytest.raises(BookInvalid, match="its subscription has ended"):
        _ = book.best_bid
    with pytest.raises(StreamClosed):
        book.wait_valid(1)


def test_reprs_are_for_people(book: OrderBook) -> None:
    """One line that tells the state."""
    assert repr(OrderBook("X", "books5")) == "<OrderBook X books5: not valid (no snapshot has come yet)>"
    assert repr(book).startswith("<OrderBook BTC-USDT books: 1 @ 99 | 101 @ 1, 3+3 levels, age 0.0 s>")


@contextmanager
def _reading(readers: int, read: Callable[[], None]) -> Iterator[list[BaseException]]:
    """Threads that do nothing but read, until the block ends."""
    stop, problems = threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            while not stop.is_set():
                read()
        except BaseException as problem:  # noqa: BLE001  handed to the test
            problems.append(problem)

    threads = [threading.Thread(target=run) for _ in range(readers)]
    for thread in threads:
        thread.start()
    yield problems
    stop.set()
    for thread in threads:
        thread.join(10)


@pytest.mark.parametrize("heal", ["stream", "elsewhere"])
def test_no_read_is_torn_under_eight_threads(heal: str) -> None:
    """Each change moves every level; a reader never sees two changes mixed, and never a gap as valid.

    Nor when the gap is healed by a fetched snapshot and the changes that were kept.
    """
    book = OrderBook("X")
    book.apply(whole("1", 1))
    reads = 0

    def read() -> None:
        nonlocal reads
        taken = book.snapshot(stale_ok=True)
        sizes = {level.size for level in taken.bids() + taken.asks()}
        assert len(sizes) == 1, sizes
        assert sizes == {D(taken.seq or 0)}
        assert taken.valid or taken.seq == 499  # behind that number there is a gap
        bids, asks = book.depth(stale_ok=True)
        assert bids == asks
        reads += 1

    prices = ("99", "98", "97"), ("101", "102", "104")
    with _reading(8, read) as problems:
        for seq in range(1, 1000):
            if seq == 500:
                assert book.apply(change(0, 3)) == "gap"
                assert not book.valid
                time.sleep(0.001)
                if heal == "stream":
                    book.apply(whole("500", 500))
                else:
                    for late in range(490, 500):
                        book.apply(change(late, late + 1, *([[px, str(late + 1)] for px in side] for side in prices)))
                    assert not book.valid
                    assert book.bootstrap(lambda: whole("495", 495)) == "joined"
            elif seq > 1:
                rows = [[[px, str(seq)] for px in side] for side in prices]
                book.apply(change(seq - 1, seq, *rows))
            if seq % 100 == 0:
                time.sleep(0.001)  # the readers' turn
    assert problems == []
    assert reads > 0


@pytest.mark.parametrize("n", [0, -1, 2.5, "5", True])
def test_a_number_of_levels_is_a_whole_one(book: OrderBook, n: Any) -> None:
    """No levels at all would read as an empty book."""
    for read in (book.bids, book.asks, book.depth, book.imbalance, book.snapshot, book.snapshot().bids):
        with pytest.raises(ConfigError, match=f"n cannot be {n!r}"):
            read(n)
    with pytest.raises(ConfigError, match="lambda"):
        book.wait_until(True)  # type: ignore[arg-type]
