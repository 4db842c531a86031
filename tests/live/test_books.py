"""``LiveBooks``: valid with a snapshot, invalid with the first doubt, and healed at a steady pace."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from okx_sync.errors import BookInvalid, DecodeError, OkxError, OkxHttpError, StreamClosed, SubscriptionError
from okx_sync.live.books import no_fetch
from okx_sync.protocol.dialect import Topic
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.order_book import OrderBook
from tests.clocks import ForwardClock
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.live.scripted import MARKET, Exchange, Watched, client, push
from tests.loopback.conftest import FAST, until
from tests.threads import no_more_threads

BIDS, ASKS = [["99", "1"]], [["101", "2"]]
IMPATIENT = attrs.evolve(FAST, snapshot_s=0.0)
PAUSE_S = 2.0  # longer than the pause between two attempts


def whole(seq: int = 1, **more: Any) -> bytes:
    """The whole book of BTC."""
    row = {"b": BIDS, "a": ASKS, **more}
    return book_push(row, kind="all", prev=0, seq=seq)


def change(prev: int, seq: int, size: str = "5", **more: Any) -> bytes:
    """Another size at the best bid."""
    return book_push({"b": [["99", size]], **more}, kind="one", prev=prev, seq=seq)


def book_push(row: Any, **envelope: Any) -> bytes:
    """A push of the book of BTC."""
    return push({"channel": "book", "symbol": "BTC"}, row, **envelope)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One that sends the whole book with each agreement."""
    with Exchange() as one:
        one.snapshots["book"] = lambda _arg: [whole()]
        yield one


@pytest.fixture
def watched(exchange: Exchange) -> Iterator[Watched]:
    """A client of it."""
    with client(exchange) as one:
        yield one


def opened(watched: Watched, **options: Any) -> OrderBook:
    """A book of BTC that is valid."""
    book = watched.ws.order_book("BTC", **options)
    assert book.wait_valid(PATIENCE_S)
    return book


def best_size(book: OrderBook) -> int:
    """The size at the best bid."""
    best = book.best_bid
    assert best is not None
    return int(best.size)


# -- life ----------------------------------------------------------------------------------------------------------


def test_it_is_valid_with_the_snapshot_and_follows_each_change(exchange: Exchange, watched: Watched) -> None:
    """In the order in which they came."""
    book = opened(watched)
    assert best_size(book) == 1
    exchange.say(MARKET, change(1, 2, "5"), change(2, 3, "7"))
    assert book.wait_until(lambda one: best_size(one) == 7, PATIENCE_S)
    assert (book.seq, exchange.asked("book"), list(watched.errors)) == (3, 1, [])


def test_a_listener_hears_of_changes_on_the_callback_thread(exchange: Exchange, watched: Watched) -> None:
    """With the book as it is then."""
    book, heard = opened(watched), list[tuple[int, str]]()
    book.on_update(lambda one: heard.append((best_size(one), threading.current_thread().name)))
    exchange.say(MARKET, change(1, 2, "5"))
    until(lambda: heard)
    assert heard == [(5, "okx-callback-0")]


def test_a_refused_book_leaves_nothing_behind(exchange: Exchange, watched: Watched) -> None:
    """The caller gets the refusal; asked for again, it is a new book."""
    exchange.refused.add("book")
    with pytest.raises(SubscriptionError, match=r"no book\(symbol=BTC\) here"):
        watched.ws.order_book("BTC")
    assert watched.ws.subscription_count() == 0
    exchange.refused.clear()
    assert opened(watched).valid


def test_a_closed_book_leaves_the_wire_with_the_last_of_its_topic(exchange: Exchange, watched: Watched) -> None:
    """The other one goes on; the next one begins anew."""
    one, other = opened(watched, name="one"), opened(watched, name="other")
    one.close()
    exchange.say(MARKET, change(1, 2, "5"))
    assert other.wait_until(lambda book: best_size(book) == 5, PATIENCE_S)
    with pytest.raises(BookInvalid, match="it was closed"):
        _ = one.best_bid
    assert exchange.asked("book", "unsubscribe") == 0
    other.close()
    until(lambda: exchange.asked("book", "unsubscribe") == 1)
    assert best_size(opened(watched)) == 1


def test_a_book_that_was_replaced_is_let_go(watched: Watched) -> None:
    """Nothing of it is kept up to date, nor kept at all."""
    old = opened(watched, name="mine")
    new = opened(watched, name="mine")
    assert (old.is_closed, new.valid) == (True, True)
    ref = weakref.ref(old)
    del old
    until(lambda: gc.collect() is not None and ref() is None)


CELL = compile("book = ws.order_book('BTC')", "<ipython-input-1-0>", "exec")


def test_a_notebook_cell_that_is_run_again_replaces_its_book(watched: Watched) -> None:
    """Though the new book is another object; the lines of a script stand for books of their own."""
    names: dict[str, Any] = {"ws": watched.ws}
    books: list[OrderBook] = []
    for _ in range(2):
        exec(CELL, names)
        books.append(names["book"])
    assert [book.is_closed for book in books] == [True, False]
    assert not any(watched.ws.order_book("BTC").is_closed for _ in range(2))


# -- gaps ----------------------------------------------------------------------------------------------------------


def test_a_gap_is_one_event_and_one_request_for_all_books_of_a_topic(exchange: Exchange, watched: Watched) -> None:
    """What breaks one breaks all, and one new snapshot heals all."""
    one, other = opened(watched, name="one"), opened(watched, name="other")
    exchange.deaf.add("book")
    asked = exchange.asked("book")
    exchange.say(MARKET, change(5, 6), change(6, 7))
    until(lambda: not one.valid and not other.valid)
    until(lambda: exchange.asked("book", "unsubscribe") + exchange.asked("book") > asked)
    event = watched.states.until("gap")
    assert (event.topic, event.reason) == ("book(symbol=BTC)", "an update follows number 5, the book stands at 1")
    with pytest.raises(BookInvalid, match="an update follows number 5"):
        _ = one.best_bid
    exchange.deaf.clear()
    exchange.say(MARKET, whole(9))
    assert one.wait_valid(PATIENCE_S)
    assert other.wait_valid(PATIENCE_S)
    assert len(watched.states.of(kind="gap")) == 1
    assert list(watched.errors) == []


def test_a_snapshot_that_was_asked_for_heals(exchange: Exchange, watched: Watched) -> None:
    """Asked afresh: an unsubscribe goes first, so that the exchange sends it."""
    book = opened(watched)
    exchange.snapshots["book"] = lambda _arg: [whole(9)]
    exchange.say(MARKET, change(5, 6))
    assert book.wait_until(lambda one: one.seq == 9, PATIENCE_S)
    assert (exchange.asked("book"), exchange.asked("book", "unsubscribe")) == (2, 1)


@pytest.mark.parametrize("row", [5, {"b": [["much", "1"]]}, {"b": 7}], ids=["row", "level", "side"])
def test_what_cannot_be_read_makes_the_book_invalid(exchange: Exchange, watched: Watched, row: Any) -> None:
    """A change of it is missing: told to ``on_error``, and a snapshot is asked for."""
    book = opened(watched)
    exchange.deaf.add("book")
    exchange.say(MARKET, book_push(row, kind="one", prev=1, seq=2))
    assert watched.states.until("gap").topic == "book(symbol=BTC)"
    with pytest.raises(BookInvalid):
        _ = book.best_bid
    watched.errors.until_more(1 - len(watched.errors))
    assert all(isinstance(error, DecodeError) for error in watched.errors)
    until(lambda: exchange.asked("book", "unsubscribe") == 1)
    exchange.say(MARKET, whole(9))
    assert book.wait_until(lambda one: one.seq == 9, PATIENCE_S)


def test_a_push_that_cannot_be_read_concerns_its_topic_alone(exchange: Exchange, watched: Watched) -> None:
    """Another book, and a stream that is no book, are none of its business."""
    book = opened(watched)
    watched.ws.subscribe("prints", print, symbol="BTC")
    exchange.say(MARKET, push({"channel": "prints", "symbol": "BTC"}, 5), change(1, 2))
    assert book.wait_until(lambda one: one.seq == 2, PATIENCE_S)
    watched.errors.until_more(1 - len(watched.errors))
    assert exchange.asked("book") == 1


def test_a_part_that_is_not_needed_costs_nothing_but_itself(exchange: Exchange, watched: Watched) -> None:
    """Told to ``on_error`` once for each book; the book goes on."""
    book = opened(watched)
    exchange.say(MARKET, change(1, 2, odd="x"), change(2, 3, odd="y"), change(3, 4, "8"))
    assert book.wait_until(lambda one: best_size(one) == 8, PATIENCE_S)
    watched.errors.until_more(1 - len(watched.errors))
    [error] = watched.errors
    assert (type(error), error.field, error.text) == (DecodeError, "odd", "x")
    assert watched.states.of(kind="gap") == []


# -- outages -------------------------------------------------------------------------------------------------------


def test_with_its_link_a_book_is_lost_before_anybody_is_told(exchange: Exchange, watched: Watched) -> None:
    """It says why, and is valid again with the next socket's snapshot; nobody asks for that."""
    book, valid_then = opened(watched), list[bool]()
    watched.ws.on_state(lambda event: valid_then.append(book.valid) if event.kind == "lost" else None)
    exchange.deaf.add("book")
    exchange.drop(MARKET)
    watched.states.until("lost")
    until(lambda: valid_then)
    assert valid_then == [False]
    with pytest.raises(BookInvalid, match="the market link was lost"):
        _ = book.best_bid
    exchange.deaf.clear()
    exchange.snapshots["book"] = lambda _arg: [whole(9)]
    exchange.drop(MARKET)
    assert book.wait_until(lambda one: one.seq == 9, PATIENCE_S)
    assert exchange.asked("book", "unsubscribe") == 0


def test_what_was_asked_for_dies_with_the_socket(exchange: Exchange, watched: Watched) -> None:
    """Should the next socket bring no snapshot, its first change is a gap of its own."""
    book = opened(watched)
    exchange.deaf.add("book")
    exchange.say(MARKET, change(5, 6))
    watched.states.until("gap")
    exchange.deaf.clear()
    exchange.snapshots.clear()
    exchange.drop(MARKET)
    watched.states.until("restored")
    gaps = len(watched.states.of(kind="gap"))
    exchange.say(MARKET, change(8, 9))
    watched.states.until("gap", gaps + 1)
    assert not book.valid


def test_another_link_is_no_concern_of_a_book(exchange: Exchange, watched: Watched) -> None:
    """It stays valid."""
    book = opened(watched)
    watched.ws.connect("account")
    exchange.drop("account")
    watched.states.until("lost", path="account")
    exchange.say(MARKET, change(1, 2))
    assert book.wait_until(lambda one: one.seq == 2, PATIENCE_S)


# -- snapshots from elsewhere --------------------------------------------------------------------------------------


class Elsewhere:
    """Where whole books can be fetched. ``brings``: what each attempt brings, the last for all that follow."""

    def __init__(self, *brings: BookChange | Exception) -> None:
        self.brings = list(brings)
        self.threads: list[str] = []
        self.before: Callable[[], object] = lambda: None

    def __call__(self, topic: Topic) -> Callable[[], Any] | None:
        return self._fetch if topic.channel == "book" else None

    def _fetch(self) -> BookChange:
        self.threads.append(threading.current_thread().name)
        self.before()
        found = self.brings.pop(0) if len(self.brings) > 1 else self.brings[0]
        if isinstance(found, Exception):
            raise found
        return found


def fetched(seq: int) -> BookChange:
    """A whole book."""
    return BookChange("snapshot", BIDS, ASKS, seq=seq)


def test_a_stream_that_goes_on_without_its_snapshot_is_joined_by_one_that_is_fetched(exchange: Exchange) -> None:
    """On a thread of its own; changes that came meanwhile are not lost."""
    exchange.snapshots.clear()
    there = Elsewhere(fetched(6))
    there.before = lambda: exchange.say(MARKET, change(6, 7, "8"))
    with client(exchange, book_fetches=there, options=IMPATIENT) as watched:
        book = watched.ws.order_book("BTC")
        exchange.say(MARKET, change(5, 6, "7"))
        assert book.wait_until(lambda one: one.seq == 7, PATIENCE_S)
        assert best_size(book) == 8
    assert there.threads == ["okx-book-snapshots"]
    assert exchange.asked("book") == 1


def test_the_stream_is_given_its_time_before_anything_is_fetched(exchange: Exchange) -> None:
    """Which begins with the subscribe; changes that come meanwhile are kept."""
    exchange.snapshots.clear()
    there, clock = Elsewhere(fetched(6)), ForwardClock()
    with client(exchange, book_fetches=there, options=attrs.evolve(FAST, snapshot_s=4.0), clock=clock) as watched:
        book = watched.ws.order_book("BTC")
        exchange.say(MARKET, change(5, 6, "7"), change(6, 7, "8"))
        until(lambda: watched.ws.status()["subscriptions"][0]["received"] == 2)
        clock.ahead += 3.0
        exchange.say(MARKET, change(7, 8, "9"))
        assert not book.wait_valid(0.15)
        assert there.threads == []
        clock.ahead += 2.0
        assert book.wait_valid(PATIENCE_S)
        assert best_size(book) == 9


@pytest.mark.parametrize("error", [OkxHttpError("no route"), ZeroDivisionError("a bug")])
def test_an_attempt_that_fails_is_told_and_repeated(exchange: Exchange, error: Exception) -> None:
    """Even a bug of ours keeps nobody waiting."""
    exchange.snapshots.clear()
    there, clock = Elsewhere(error, fetched(6)), ForwardClock()
    with client(exchange, book_fetches=there, options=IMPATIENT, clock=clock) as watched:
        book = watched.ws.order_book("BTC")
        exchange.say(MARKET, change(5, 6, "7"))
        until(lambda: list(watched.errors) == [error])
        clock.ahead += PAUSE_S
        assert book.wait_valid(PATIENCE_S)
        assert best_size(book) == 1


def test_after_an_outage_the_snapshot_is_waited_for_before_it_is_fetched(exchange: Exchange) -> None:
    """The next socket brings it by itself."""
    there = Elsewhere(fetched(20))
    with client(exchange, book_fetches=there, options=IMPATIENT) as watched:
        book = opened(watched)
        exchange.snapshots["book"] = lambda _arg: [whole(9)]
        exchange.drop(MARKET)
        assert book.wait_until(lambda one: one.seq == 9, PATIENCE_S)
        exchange.snapshots.clear()
        exchange.drop(MARKET)
        watched.states.until("restored", 2)
        exchange.say(MARKET, change(20, 21, "7"))
        assert book.wait_until(lambda one: one.seq == 21, PATIENCE_S)
    assert len(there.threads) == 1


def test_a_client_that_was_closed_fetches_no_more(exchange: Exchange) -> None:
    """The thread ends, also where the call itself says that the client is closed."""
    exchange.snapshots.clear()
    there = Elsewhere(StreamClosed("the client was closed"))
    with client(exchange, book_fetches=there, options=IMPATIENT) as watched:
        watched.ws.order_book("BTC")
        exchange.say(MARKET, change(5, 6))
        until(lambda: there.threads)
        until(lambda: all(thread.name != "okx-book-snapshots" for thread in threading.enumerate()))
        assert list(watched.errors) == []


def test_a_fetch_that_is_under_way_is_waited_for_when_the_client_closes(exchange: Exchange) -> None:
    """A little; nothing is fetched behind it."""
    exchange.snapshots.clear()
    there, gate = Elsewhere(fetched(6)), HeldCallback()
    there.before = gate
    with client(exchange, book_fetches=there, options=IMPATIENT) as watched:
        for symbol in ("BTC", "ETH"):
            watched.ws.order_book(symbol)
        exchange.say(MARKET, change(5, 6), change(5, 6).replace(b"BTC", b"ETH"))
        assert gate.entered.wait(PATIENCE_S)
        until(lambda: all(sub["received"] for sub in watched.ws.status()["subscriptions"]))
        threading.Timer(0.05, gate.go_on.set).start()
    assert len(there.threads) == 1


def test_without_a_thread_it_is_fetched_later(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lack of threads is told; nothing is stuck."""
    exchange.snapshots.clear()
    there, clock = Elsewhere(fetched(6)), ForwardClock()
    with client(exchange, book_fetches=there, options=IMPATIENT, clock=clock) as watched:
        book = watched.ws.order_book("BTC")
        with no_more_threads(monkeypatch, "okx-book-snapshots"):
            exchange.say(MARKET, change(5, 6, "7"))
            watched.errors.until_more(1 - len(watched.errors))
        [error] = list(watched.errors)[:1]
        assert isinstance(error, OkxError)
        assert "cannot be started" in str(error)
        clock.ahead += PAUSE_S
        assert book.wait_valid(PATIENCE_S)


def test_exchanges_without_snapshots_elsewhere_say_so() -> None:
    """For every topic."""
    assert no_fetch(Topic.of("book", symbol="BTC")) is None
