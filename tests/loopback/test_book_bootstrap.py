"""Books on streams that send changes but no snapshot: REST gives it, and the rest is as strict as ever."""

from __future__ import annotations

import attrs
import pytest

from okx_sync import OkxClient, OrderBook
from okx_sync.errors import OkxApiError
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from tests.loopback.books import BOOKS, TOPIC, Venue, asked, open_book, reaches
from tests.loopback.conftest import FAST, PATIENCE_S, Connect, our_threads, until
from tests.loopback.still_exchange import BTC, ETH, still_paper

__all__ = ["still_paper"]

SOON = attrs.evolve(FAST, snapshot_s=0.2)
PATH = "/api/v5/market/books"
THREAD = "okx-book-snapshots"


def fetches(paper: PaperExchange, path: str = PATH) -> list[Request]:
    """Books that were asked for over REST, and answered."""
    return [request for request in paper.requests if request.path == path]


def goes_on(book: OrderBook, pushes: int = 5) -> bool:
    """Wait until so many further pushes have been applied, without a break."""
    seen: list[bool] = []
    book.on_update(lambda b: seen.append(b.valid))
    until(lambda: len(seen) >= pushes, what="further changes")
    return all(seen)


def reference(paper: PaperExchange) -> OrderBook:
    """The exchange's book, fetched by hand."""
    book = OrderBook(BTC)
    with OkxClient(paper.config) as client:
        book.apply(client.get_orderbook(BTC, 400))
    return book


@pytest.mark.parametrize(
    ("channel", "path", "depth"),
    [
        ("books", PATH, "400"),
        ("books-l2-tbt", PATH, "400"),
        ("books50-l2-tbt", PATH, "50"),
        ("books-rpi", "/api/v5/market/books-rpi", "400"),
    ],
)
def test_a_book_without_a_snapshot_is_fetched(
    paper: PaperExchange, connect: Connect, channel: str, path: str, depth: str
) -> None:
    """It becomes valid by itself and stays so; the exchange is asked to subscribe once, and nothing is reported."""
    paper.faults.no_snapshot(channel, BTC)
    watched = connect(options=SOON)
    book = open_book(watched, channel=channel)
    assert goes_on(book)
    assert asked(paper, f"{channel}(instId={BTC})") == 1
    assert 1 <= len(fetches(paper, path)) <= 3
    assert {(one.query["instId"], one.query["sz"]) for one in fetches(paper, path)} == {(BTC, depth)}
    assert watched.states.of(kind="gap") == []
    assert list(watched.errors) == []


def test_the_fetched_book_and_the_changes_kept_meanwhile_are_one(still_paper: PaperExchange, connect: Connect) -> None:
    """What is in the snapshot already is left out, what goes beyond it is applied; equal to the reference."""
    still_paper.faults.no_snapshot()
    watched = connect(still_paper.config, options=SOON)
    venue = Venue(still_paper, reference(still_paper))
    before = len(fetches(still_paper))
    book = watched.ws.order_book(BTC)
    _push_to(still_paper, venue.first - 9, venue.first - 5, [["7", "7", "0", "1"]])
    _push_to(still_paper, venue.first - 5, venue.first, [["8", "8", "0", "1"]])  # ends with what REST gives
    venue.send([["10", "1"]])
    venue.send([["11", "2"]], [["200000", "3"]])
    assert reaches(book, venue.seq)
    assert venue.agrees(book)
    venue.send([["10", "0"], ["12", "2"]])
    assert reaches(book, venue.seq)
    assert venue.agrees(book)
    assert len(fetches(still_paper)) == before + 1
    assert asked(still_paper) == 1


def _push_to(paper: PaperExchange, before: int, seq: int, bids: list[list[str]]) -> None:
    row = {"bids": bids, "asks": [], "ts": "1", "checksum": 0, "prevSeqId": before, "seqId": seq}
    paper.push(BOOKS, [row], action="update")


def test_a_book_from_the_middle_of_a_change_is_not_believed(still_paper: PaperExchange, connect: Connect) -> None:
    """It has a level that no change will ever name; the book is not valid before a sure one was fetched."""
    still_paper.faults.no_snapshot()
    watched = connect(still_paper.config, options=SOON)
    venue = Venue(still_paper, reference(still_paper))
    before = len(fetches(still_paper))
    ghost = {"bids": [["9", "9", "0", "1"]], "asks": [], "ts": "1", "seqId": venue.first - 2}
    still_paper.faults.rest_status(200, {"code": "0", "msg": "", "data": [ghost]}, path=PATH)
    book = watched.ws.order_book(BTC)
    _push_to(still_paper, venue.first - 5, venue.first, [])
    until(lambda: len(fetches(still_paper)) == before + 1, what="the first book")
    venue.send([["10", "1"]])
    until(lambda: venue.send() and book.valid, what="a book that is sure")
    assert reaches(book, venue.seq)
    assert venue.agrees(book)
    assert len(fetches(still_paper)) == before + 2
    assert asked(still_paper) == 1


def test_a_gap_costs_one_resubscribe_before_rest_is_asked_again(paper: PaperExchange, connect: Connect) -> None:
    """The stream has the first word each time."""
    paper.faults.no_snapshot()
    watched = connect(options=SOON)
    book = open_book(watched)
    paper.faults.gap("books", BTC)
    watched.states.until("gap")
    assert book.wait_valid(PATIENCE_S)
    assert goes_on(book)
    assert asked(paper) == 2
    assert [event.topic for event in watched.states.of(kind="gap")] == [TOPIC]
    paper.faults.clear()
    paper.faults.gap("books", BTC)
    watched.states.until("gap", 2)
    assert book.wait_valid(PATIENCE_S)
    assert goes_on(book)
    assert asked(paper) == 3


def test_a_new_socket_without_snapshots_is_asked_once_only(paper: PaperExchange, connect: Connect) -> None:
    """After a reconnect each book is fetched; that no snapshot comes is no reason to subscribe a second time."""
    paper.faults.no_snapshot()
    watched = connect(options=SOON)
    books = [open_book(watched, inst_id) for inst_id in (BTC, ETH)]
    for number in (1, 2):
        paper.faults.drop()
        watched.states.until("restored", number)
        assert all(book.wait_valid(PATIENCE_S) for book in books)
    assert all(map(goes_on, books))
    assert asked(paper) == 3
    assert all(connection.duplicates == {} for connection in paper.connections)
    assert [event for event in watched.states.of(kind="gap") if event.topic] == []
    assert our_threads().count(THREAD) == 1


def test_rest_that_refuses_is_reported_and_asked_again(paper: PaperExchange, connect: Connect) -> None:
    """``on_error`` hears of it, the book stays invalid, and a later attempt heals it."""
    paper.faults.no_snapshot()
    paper.faults.rest_status(200, {"code": "51001", "msg": "no", "data": []}, path=PATH)
    watched = connect(options=SOON)
    book = open_book(watched)
    assert goes_on(book)
    assert [(type(error), error.code) for error in watched.errors] == [(OkxApiError, "51001")]
    assert len(fetches(paper)) >= 2
    assert asked(paper) == 1


def test_closing_does_not_wait_for_rest(paper: PaperExchange, connect: Connect) -> None:
    """The client is closed while the answer is still awaited; with the answer that thread ends, too."""
    paper.faults.no_snapshot()
    paper.faults.slow_rest(2, path=PATH)
    watched = connect(options=SOON)
    book = watched.ws.order_book(BTC)
    until(lambda: fetches(paper))  # written down before its answer is held back
    watched.ws.close()
    assert our_threads() == [THREAD]
    assert not book.valid
    until(lambda: not our_threads())


def test_a_channel_that_sends_its_snapshot_never_asks_rest(paper: PaperExchange, connect: Connect) -> None:
    """Nor is there a thread for it."""
    watched = connect(options=attrs.evolve(FAST, snapshot_s=0.0))
    book = open_book(watched)
    assert goes_on(book)
    assert fetches(paper) == []
    assert THREAD not in our_threads()


def test_a_book_fed_by_hand_is_bootstrapped_by_hand(paper: PaperExchange, connect: Connect) -> None:
    """With a subscription and a REST client of one's own."""
    paper.faults.no_snapshot()
    watched, book = connect(), OrderBook(BTC)
    with OkxClient(paper.config) as client, watched.ws.subscribe_books(BTC, book.apply):
        assert book.wait_until(lambda b: b.bootstrap(lambda: client.get_orderbook(BTC, 400)) == "same", PATIENCE_S)
        assert goes_on(book)
    assert asked(paper) == 1
