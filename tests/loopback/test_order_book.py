"""The live book over real sockets: gaps, checksums, lost links, and how often the exchange is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from okx_sync import BookInvalid, CallbackError, ConfigError, OrderBook, StateEvent, SubscriptionError
from okx_sync.exchanges.okx.models import BookUpdate
from okx_sync.paper import PaperExchange
from tests.loopback.books import BOOKS, TOPIC, Venue, asked, open_book, reaches
from tests.loopback.conftest import PATIENCE_S, Connect, Heard, until
from tests.loopback.still_exchange import BTC, ETH, still_paper
from tests.variants import mostly_slow

__all__ = ["still_paper"]

SPREAD = f"{BTC}_{BTC}-SWAP"


@pytest.mark.parametrize("updates", mostly_slow([2_000, 10_000], [2_000]))
def test_checksum_zero_is_no_reason_to_resync(still_paper: PaperExchange, connect: Connect, updates: int) -> None:
    """Thousands of updates with the retired checksum: no resync, and the book equals the reference."""
    watched = connect(still_paper.config)
    book = open_book(watched)
    venue = Venue(still_paper, book)
    for number in range(updates):
        low, high = str(1 + number % 97), str(200_000 + number % 89)
        bids = [[low, str(number % 7)]] if number % 7 or Decimal(low) in venue.sides[0] else []
        asks = [[high, str(number % 5)]] if number % 5 or Decimal(high) in venue.sides[1] else []
        venue.send(bids, asks, step=1 + number % 3)
    assert reaches(book, venue.seq)
    assert venue.agrees(book)
    assert asked(still_paper) == 1
    assert list(watched.errors) == []


def test_live_books_with_real_checksums_equal_the_market(connect: Connect) -> None:
    """A market that moves, each push verified against the checksum: at rest, the book is the venue's own."""
    with PaperExchange(real_checksums=True, flow_per_s=150) as paper:
        watched = connect(paper.config)
        book = open_book(watched)
        first = book.seq or 0
        assert book.wait_until(lambda b: (b.seq or 0) > first + 100, PATIENCE_S)
        paper.quiet()
        paper.clock.advance(0.2)
        levels = paper.run(lambda: {side: paper.venue.book(BTC).levels(side, 400) for side in ("bids", "asks")})
        wanted = [(Decimal(row[0]), Decimal(row[1]), int(row[3])) for row in levels["bids"]]
        asks = [tuple(row[:2]) for row in levels["asks"]]

        def ours() -> list[tuple[str, str]]:
            return [(str(level.price), str(level.size)) for level in book.asks()]

        # The last push may change one side only, so that the other is there before it.
        until(lambda: (list(book.bids()), ours()) == (wanted, asks), what="both sides of the venue")
        assert asked(paper) == 1
        assert list(watched.errors) == []


def test_a_lost_update_is_one_resubscribe_however_many_are_queued(still_paper: PaperExchange, connect: Connect) -> None:
    """Invalid before the user's next read; 500 updates that were already on their way change nothing."""
    watched = connect(still_paper.config)
    book = open_book(watched)
    seen: list[tuple[int | None, bool]] = []
    watched.ws.subscribe_books(BTC, lambda update: seen.append((update.seqId, book.valid)), inline=True)
    until(lambda: seen)
    before, venue = asked(still_paper), Venue(still_paper, book)

    def burst() -> None:  # on the exchange's own thread, so that all are on their way before it can hear of a resync
        venue.send([["10", "1"]])
        venue.lose()
        for _ in range(500):
            venue.send([["11", "1"]])

    still_paper.run(burst)
    until(lambda: (venue.seq, False) in seen)
    by_seq = dict(seen)
    assert by_seq[venue.first + 1]
    assert not any(by_seq[seq] for seq in range(venue.first + 3, venue.seq + 1))
    assert reaches(book, venue.first)
    assert not book.wait_until(lambda b: not b.valid, 0.3), "and it stays valid"
    assert asked(still_paper) == before + 1
    assert still_paper.open_connections[0].unsubscribes == 1
    gap = watched.states.of(kind="gap")
    assert [event.topic for event in gap] == [TOPIC]
    assert "follows number" in (gap[0].reason or "")
    assert list(watched.errors) == []


@pytest.mark.parametrize(
    ("send", "is_applied"),
    [
        (lambda venue: venue.send([["10", "1"]], before=-1), False),
        (lambda venue: venue.send(step=0), True),
        (lambda venue: venue.send([["10", "1"]], step=-venue.seq), True),
        (lambda venue: venue.send([["10", "1"]], before=venue.seq - 1), False),
        (lambda venue: venue.send([["10", "1"]], checksum=12345), False),
        (lambda venue: venue.send(asks=[["no price", "1"]]), False),
    ],
    ids=["prevSeqId -1", "equal", "lower", "repeated", "wrong checksum", "unreadable"],
)
def test_sequence_rules_on_the_wire(
    still_paper: PaperExchange, connect: Connect, send: Callable[[Venue], int], is_applied: bool
) -> None:
    """What follows is applied; anything else costs exactly one resubscribe and heals."""
    watched = connect(still_paper.config)
    book = open_book(watched)
    venue = Venue(still_paper, book)
    changes = Heard()
    book.on_update(changes)
    try:
        seq = send(venue)
    except ArithmeticError:  # our own reference cannot read it either; it was not sent
        row = {"bids": [], "asks": [["no price", "1", "0", "1"]], "prevSeqId": venue.seq, "seqId": venue.seq + 1}
        still_paper.push(BOOKS, [row], action="update")
        seq = -1
    if is_applied:
        assert reaches(book, seq)
        venue.send([["12", "1"]])
        assert reaches(book, venue.seq)
        assert venue.agrees(book)
    else:
        until(lambda: asked(still_paper) == 2)
        assert reaches(book, venue.first)
        watched.states.until("gap")
    assert asked(still_paper) == (1 if is_applied else 2)
    if seq == -1:
        until(lambda: len(watched.errors) == 1)
    else:
        assert list(watched.errors) == []


def test_faults_of_the_exchange_are_survived(paper: PaperExchange, connect: Connect) -> None:
    """On a moving market: a lost update, a wrong checksum and a sequence reset, each followed by a valid book."""
    watched = connect()
    book = open_book(watched)
    faults: list[Callable[[], None]] = [
        lambda: paper.faults.gap("books", BTC),
        lambda: paper.faults.wrong_checksum(instId=BTC),
    ]
    for number, strike in enumerate(faults, 1):
        strike()
        watched.states.until("gap", number)
        assert book.wait_valid(PATIENCE_S)
    paper.faults.reset_sequence(BTC)
    last = book.seq or 0
    assert book.wait_until(lambda b: b.valid and (b.seq or 0) < last, PATIENCE_S)
    assert asked(paper) == 3
    assert list(watched.errors) == []


def test_resyncs_of_a_broken_stream_are_paced(paper: PaperExchange, connect: Connect) -> None:
    """When every update is lost on its way, the second request waits, and the client does not hammer."""
    watched = connect()
    book = open_book(watched)
    for number in (1, 2):
        paper.faults.gap("books", BTC)
        watched.states.until("gap", number)
        assert book.wait_valid(PATIENCE_S)
    times = [frame.at for frame in paper.seen if '"subscribe"' in frame.text and TOPIC.split("(")[0] in frame.text]
    assert len(times) == 3
    assert times[2] - times[1] >= 0.8  # a second where it is asked; here the first of them may have come late


def test_a_lost_link_makes_the_book_invalid_at_once(paper: PaperExchange, connect: Connect) -> None:
    """Before anybody is told of the loss; what was last known stays readable; it heals with the link."""
    watched = connect()
    book = open_book(watched)
    heard: list[bool] = []

    @watched.ws.on_state
    def note(event: StateEvent) -> None:
        if event.kind == "lost":
            heard.append(book.valid)

    paper.faults.refuse_connect()
    paper.faults.drop()
    assert book.wait_until(lambda b: not b.valid, PATIENCE_S)
    with pytest.raises(BookInvalid, match="the public link was lost") as caught:
        _ = book.best_bid
    assert caught.value.retryable
    assert book.snapshot(stale_ok=True).best_bid is not None
    assert not book.wait_valid(0.05)
    paper.faults.accept_connect()
    assert book.wait_valid(PATIENCE_S)
    watched.states.until("restored")
    until(lambda: heard)
    assert heard == [False]
    assert asked(paper) == 2
    assert paper.open_connections[0].duplicates == {}


def test_many_lost_links_leave_one_valid_book(paper: PaperExchange, connect: Connect) -> None:
    """Ten drops: each time it comes back, and the exchange is asked once on each socket."""
    watched = connect()
    books = [open_book(watched, inst_id, channel) for inst_id, channel in ((BTC, "books"), (ETH, "books5"))]
    for number in range(1, 11):
        paper.faults.drop("rst" if number % 2 else "fin")
        watched.states.until("restored", number)
        assert all(book.wait_valid(PATIENCE_S) for book in books)
    assert all(connection.duplicates == {} for connection in paper.connections)
    assert list(watched.errors) == []


def test_a_planned_restart_costs_the_book_nothing(paper: PaperExchange, connect: Connect) -> None:
    """The new socket takes over behind the last number of the old one: never invalid, no gap, no resync."""
    watched = connect()
    book = open_book(watched)
    invalid: list[int | None] = []
    book.on_update(lambda b: None if b.valid else invalid.append(b.seq))
    paper.faults.notice(close_after=None, path="public")
    watched.states.until("replaced", path="public")
    last = book.seq or 0
    assert book.wait_until(lambda b: (b.seq or 0) > last + 20, PATIENCE_S)
    assert invalid == []
    assert watched.states.of(kind="gap") == []
    assert asked(paper) == 2
    assert all(connection.duplicates == {} for connection in paper.connections)


def test_books_of_one_topic_share_one_resync(still_paper: PaperExchange, connect: Connect) -> None:
    """Two books see the same gap and are healed by the same snapshot; one may close without harm to the other."""
    watched = connect(still_paper.config)
    one, other = (watched.ws.order_book(BTC, name=name) for name in ("one", "other"))
    assert one.wait_valid(PATIENCE_S)
    assert other.wait_valid(PATIENCE_S)
    settled = asked(still_paper)
    venue = Venue(still_paper, one)
    venue.lose()
    venue.send([["10", "1"]])
    until(lambda: asked(still_paper) == settled + 1)
    assert reaches(one, venue.first)
    assert reaches(other, venue.first)
    other.close()
    assert not other.valid
    assert one.valid
    assert still_paper.topics() == {TOPIC: 1}
    one.close()
    assert still_paper.wait_for(lambda: not still_paper.topics())
    assert asked(still_paper) == settled + 1


@pytest.mark.filterwarnings("ignore:OKX ended the channel:DeprecationWarning")
@pytest.mark.parametrize(
    "channel",
    [
        *("books", "books5", "bbo-tbt", "books50-l2-tbt", "books-l2-tbt", "books-rpi", "books-elp"),
        *("sprd-books5", "sprd-bbo-tbt", "sprd-books-l2-tbt"),
    ],
)
def test_every_book_channel_feeds_a_book(paper: PaperExchange, connect: Connect, channel: str) -> None:
    """With or without sequence numbers, with or without a login, of instruments and of spreads."""
    watched = connect()
    with watched.ws.order_book(SPREAD if channel.startswith("sprd") else BTC, channel) as book:
        assert book.wait_valid(PATIENCE_S)
        seq = book.seq or 0
        assert book.wait_until(lambda b: (b.seq or 0) > seq, PATIENCE_S)
        bid, ask = book.best_bid, book.best_ask
        assert bid is not None
        assert ask is not None
        most = {"bbo-tbt": 1, "books5": 5, "books50-l2-tbt": 50}
        assert len(book.bids()) <= most.get(channel.removeprefix("sprd-"), 400)
    assert paper.wait_for(lambda: not paper.topics())
    assert list(watched.errors) == []


def test_running_a_cell_again_replaces_the_book(paper: PaperExchange, connect: Connect) -> None:
    """The same cell makes a new book; the old one is closed and says so; the topic is there once."""
    watched = connect()
    cell = compile("ws.order_book(name)", "<ipython-input-3-abc>", "eval")
    books = [eval(cell, {"ws": watched.ws, "name": BTC}) for _ in range(3)]
    assert books[-1].wait_valid(PATIENCE_S)
    assert [book.is_closed for book in books] == [True, True, False]
    with pytest.raises(BookInvalid, match="ended"):
        books[0].bids()
    assert watched.ws.subscription_count() == 1
    assert paper.topics() == {TOPIC: 1}


def test_books_made_on_one_line_of_a_script_are_all_alive(paper: PaperExchange, connect: Connect) -> None:
    """Two bots of one class each have their book."""
    watched = connect()
    books = [watched.ws.order_book(BTC) for _ in range(2)]
    assert all(book.wait_valid(PATIENCE_S) for book in books)
    books[0].close()
    assert books[1].valid


def test_what_is_refused_leaves_nothing_behind(paper: PaperExchange, connect: Connect) -> None:
    """The caller gets the exchange's reason, and no book is kept for a topic that will not come."""
    watched = connect()
    with pytest.raises(SubscriptionError):
        watched.ws.order_book("NO-SUCH")
    with pytest.raises(ConfigError, match="not a book channel"):
        watched.ws.order_book(BTC, "tickers")
    with pytest.raises(ConfigError, match="takes no inline, queue"):
        watched.ws.order_book(BTC, queue=1, inline=True)
    assert watched.ws.subscription_count() == 0
    assert not watched.ws._live.books._groups


def test_closing_the_client_ends_its_books(paper: PaperExchange, connect: Connect) -> None:
    """From that moment on they are not valid."""
    watched = connect()
    book = open_book(watched)
    watched.ws.close()
    assert not book.valid
    with pytest.raises(BookInvalid, match="its subscription has ended"):
        book.asks()
    book.close()


def test_on_update_runs_on_the_callback_thread_and_harms_nobody(paper: PaperExchange, connect: Connect) -> None:
    """A function that raises is reported by name; one that blocks delays neither the book nor its validity."""
    watched = connect()
    book = open_book(watched)
    threads: set[str] = set()
    go_on = threading.Event()

    @book.on_update
    def slow(changed: OrderBook) -> None:
        threads.add(threading.current_thread().name)
        go_on.wait(PATIENCE_S)
        raise ValueError("mine")

    until(lambda: threads)
    seq = book.seq or 0
    assert book.wait_until(lambda b: (b.seq or 0) > seq + 5, PATIENCE_S)
    go_on.set()
    until(lambda: len(watched.errors))
    error = next(iter(watched.errors))
    assert isinstance(error, CallbackError)
    assert "slow" in error.callback
    assert all(name.startswith("okx-callback") for name in threads)
    assert book.valid


def test_a_book_fed_by_hand_from_a_subscription_of_ones_own(paper: PaperExchange, connect: Connect) -> None:
    """The user's own subscription, on the callback thread; a gap shows and heals with the user's own resubscribe."""
    watched = connect()
    book = OrderBook(BTC)

    def feed(update: BookUpdate) -> None:
        book.apply(update)

    with watched.ws.subscribe_books(BTC, feed):
        assert book.wait_valid(PATIENCE_S)
        paper.faults.gap("books", BTC)
        assert book.wait_until(lambda b: not b.valid, PATIENCE_S)
        with pytest.raises(BookInvalid, match="follows number"):
            _ = book.mid
    with watched.ws.subscribe_books(BTC, feed):
        assert book.wait_valid(PATIENCE_S)
    assert asked(paper) == 2


def test_a_channel_that_has_ended_warns_and_is_asked_for(paper: PaperExchange, connect: Connect) -> None:
    """At the line of the user, whichever way it is subscribed; the exchange has the last word."""
    ws = connect().ws
    for subscribe in (
        lambda: ws.subscribe_books_elp(BTC, name="a"),
        lambda: ws.subscribe("books-elp", instId=BTC, name="b"),
        lambda: ws.order_book(BTC, "books-elp", name="c"),
    ):
        with pytest.warns(DeprecationWarning, match="31 October 2026") as caught:
            subscribe()
        assert [one.filename for one in caught] == [__file__]
    assert any("books-elp" in topic for topic in paper.topics())
