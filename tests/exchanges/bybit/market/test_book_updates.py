"""Books with retail price improvement orders, and whole books whose snapshot is fetched."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okx_sync.clients.bybit_books import snapshots_of
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.channels import channels_for
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.exchanges.bybit.models import RestBook
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.rows import decoder
from okx_sync.state.book.order_book import OrderBook

Levels = list[list[str]]


def pushed(channel: str, kind: str, u: int, bids: Levels, asks: Levels, *, book_gaps: bool = True) -> Any:
    """The row of a push."""
    data = {"s": "BTCUSDT", "b": bids, "a": asks, "u": u, "seq": u * 3}
    frame = {"topic": f"{channel}.BTCUSDT", "type": kind, "ts": 1700000000123, "cts": 1700000000120, "data": data}
    push = BybitDialect().read(json.dumps(frame).encode())
    assert isinstance(push, Push)
    (row,) = decoder(channels_for("v5", "linear", book_gaps).lookup(channel).model)(push.rows, push.message)
    return row


def rpi(kind: str, u: int, bids: Levels, asks: Levels, **more: bool) -> Any:
    """A push of the book with retail price improvement orders."""
    return pushed("orderbook.rpi", kind, u, bids, asks, **more)


def full(u: int, bids: Levels, asks: Levels) -> Any:
    """A change of the whole book."""
    return pushed("orderbook.full", "delta", u, bids, asks)


def whole(u: int) -> RestBook:
    """The whole book over REST."""
    return RestBook.from_wire({"s": "BTCUSDT", "b": [["99", "1"]], "a": [["101", "2"]], "u": u, "seq": u * 3})


def bids_of(book: OrderBook) -> list[tuple[str, str]]:
    """Prices and sizes of the bids, as texts."""
    return [(str(level.price), str(level.size)) for level in book.snapshot().bids()]


def test_the_size_of_a_level_is_that_of_all_its_orders() -> None:
    """Ordinary ones and those of retail price improvement together, without losing a digit."""
    book = OrderBook("BTCUSDT")
    assert book.apply(rpi("snapshot", 7, [["99", "0.1", "0.2"], ["98", "5", "0"]], [["101", "0", "3"]])) == "snapshot"
    assert bids_of(book) == [("99", "0.3"), ("98", "5")]


def test_a_level_goes_only_when_both_of_its_sizes_are_0() -> None:
    """One whose ordinary size is 0 still has retail price improvement orders."""
    book = OrderBook("BTCUSDT")
    book.apply(rpi("snapshot", 7, [["99", "0.1", "0.2"], ["98", "5", "1"]], [["101", "1", "0"]]))
    assert book.apply(rpi("delta", 8, [["99", "0", "0.2"], ["98", "0", "0"]], [])) == "ok"
    assert bids_of(book) == [("99", "0.2")]


def test_the_numbers_of_such_a_book_have_no_holes_and_1_begins_it_anew() -> None:
    """As of the other books; whoever says that holes are none gets none."""
    book = OrderBook("BTCUSDT")
    book.apply(rpi("snapshot", 7, [["99", "1", "0"]], [["101", "1", "0"]]))
    assert book.apply(rpi("delta", 9, [["98", "1", "0"]], [])) == "gap"
    assert book.apply(rpi("delta", 1, [["97", "1", "0"]], [["101", "1", "0"]])) == "snapshot"
    assert bids_of(book) == [("97", "1")]
    assert book.apply(rpi("delta", 9, [["98", "1", "0"]], [], book_gaps=False)) == "ok"


@pytest.mark.parametrize("level", [["99", "1"], ["99", "x", "1"], ["99", "1", None]])
def test_a_level_that_cannot_be_read_is_no_level(level: Any) -> None:
    """The book does not go on with a guess."""
    with pytest.raises(DecodeError):
        rpi("snapshot", 7, [level], []).to_change()


def test_a_whole_book_is_joined_by_the_one_that_is_fetched() -> None:
    """At the change with its number; what comes behind is applied, each change once."""
    book = OrderBook("BTCUSDT")
    for u, size in ((5, "5"), (6, "6"), (7, "7")):
        assert book.apply(full(u, [["99", size]], [])) == "waiting"
    assert book.bootstrap(lambda: whole(4)) == "joined"
    assert bids_of(book) == [("99", "7")]
    assert book.apply(full(8, [["99", "0"], ["98", "3"]], [])) == "ok"
    assert bids_of(book) == [("98", "3")]


def test_a_fetched_book_that_the_stream_has_left_behind_is_not_joined() -> None:
    """Another is fetched; one ahead of the stream is waited for."""
    book = OrderBook("BTCUSDT")
    book.apply(full(5, [["99", "5"]], []))
    assert book.bootstrap(lambda: whole(3)) == "old"
    assert book.bootstrap(lambda: whole(7)) == "waiting"
    assert book.apply(full(6, [["99", "6"]], [])) == "waiting"
    assert book.apply(full(7, [["99", "7"]], [])) == "joined"
    assert bids_of(book) == [("99", "1")]  # that change is in what was fetched


def test_number_1_ends_a_whole_book_even_when_nothing_is_in_it() -> None:
    """After a restart, a delisting, an auction: what was there is not valid any more, what is fetched afterwards is."""
    book = OrderBook("BTCUSDT")
    book.apply(full(5, [["99", "5"]], []))
    assert book.bootstrap(lambda: whole(5)) == "joined"
    assert book.apply(full(1, [], [])) == "gap"
    assert not book.valid
    assert book.bootstrap(lambda: whole(1)) == "joined"
    assert book.apply(full(1, [], [])) == "gap"  # and again


def test_what_was_asked_for_before_number_1_is_of_no_use_behind_it() -> None:
    """It may be the book of before."""
    book = OrderBook("BTCUSDT")
    book.apply(full(5, [["99", "5"]], []))

    def fetch() -> RestBook:
        book.apply(full(1, [], []))
        return whole(5)

    assert book.bootstrap(fetch) == "old"


def test_only_the_whole_book_is_fetched() -> None:
    """Of the client's market; the other streams begin with a snapshot."""
    asked: list[tuple[str, str]] = []

    class Market:
        def get_full_order_book(self, category: str, symbol: str) -> RestBook:
            asked.append((category, symbol))
            return whole(5)

    class Rest:
        market = Market()

    fetches = snapshots_of(lambda: Rest(), "spot")  # type: ignore[arg-type]
    assert fetches(Topic.of("orderbook.50", symbol="BTCUSDT")) is None
    fetch = fetches(Topic.of("orderbook.full", symbol="BTCUSDT"))
    assert fetch is not None
    fetch()
    assert asked == [("spot", "BTCUSDT")]
