"""What is kept for whoever comes late: the last message, a book as its exchange tells it, a log of account data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
import pytest

from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.fanout.entries import id_of, pack, unpack
from okx_sync.fanout.late_joining import AccountLog, BookLevels, LastMessage, keeper_for
from okx_sync.fanout.stream_keys import Place, topic_number
from okx_sync.protocol.events import Push
from okx_sync.protocol.fed_dialect import fed
from okx_sync.rows import decoder
from okx_sync.state.book.order_book import OrderBook

READ = fed(OkxDialect("okx global live")).read
BOOKS = topic_for("books", instId="BTC-USDT")


def book_push(action: str, seq: int, previous: int, bids: list[Any], asks: list[Any]) -> bytes:
    row = {"bids": bids, "asks": asks, "ts": "1700000000000", "seqId": seq, "prevSeqId": previous}
    return orjson.dumps({"arg": {"channel": "books", "instId": "BTC-USDT"}, "action": action, "data": [row]})


SNAPSHOT = book_push("snapshot", 10, -1, [["9.5", "1", "0", "1"], ["10", "2", "0", "1"]], [["11", "3", "0", "1"]])
UPDATE = book_push("update", 11, 10, [["10", "0", "0", "0"], ["9", "4", "0", "2"]], [["10.5", "1", "0", "1"]])


def test_each_kind_of_channel_is_kept_in_its_own_way() -> None:
    """Books as levels, account data with a snapshot as a log, states as the last message, and events not at all."""
    kinds = {name: type(keeper_for(lookup(name), BOOKS, READ)) for name in ("books", "positions", "tickers")}
    assert kinds == {"books": BookLevels, "positions": AccountLog, "tickers": LastMessage}
    assert keeper_for(lookup("trades"), BOOKS, READ) is None
    assert keeper_for(lookup("orders"), BOOKS, READ) is None
    assert keeper_for(None, BOOKS, READ) is None


def test_a_book_is_told_as_the_exchange_tells_it() -> None:
    """A client's book that takes the kept snapshot is the one that took all changes, and goes on with the next."""
    kept = BookLevels(BOOKS, READ)
    kept.add(UPDATE)
    assert kept.frames() == []  # it follows nothing
    with OrderBook("BTC-USDT", "books") as whole, OrderBook("BTC-USDT", "books") as late:
        decode = decoder(lookup("books").model)
        for frame in (SNAPSHOT, UPDATE):
            kept.add(frame)
            take(whole, decode, frame)
        (told,) = kept.frames()
        take(late, decode, told)
        following = book_push("update", 12, 11, [["9.7", "1", "0", "1"]], [])
        take(whole, decode, following)
        take(late, decode, following)
        assert late.valid
        assert (late.bids(9), late.asks(9)) == (whole.bids(9), whole.asks(9))
        assert late.best_bid is not None
        assert late.best_bid.price == Decimal("9.7")


def take(book: OrderBook, decode: Any, frame: bytes) -> None:
    push = READ(frame)
    assert isinstance(push, Push)
    for row in decode(push.rows, push.message):
        book.apply(row)


def test_what_was_interrupted_is_unknown() -> None:
    """A book is not told again before the exchange's next snapshot; the last ticker stays the last."""
    kept, last = BookLevels(BOOKS, READ), LastMessage()
    kept.add(SNAPSHOT)
    last.add(b"{}")
    kept.interrupted()
    last.interrupted()
    kept.add(UPDATE)
    assert kept.frames() == []
    assert last.frames() == [b"{}"]
    kept.add(SNAPSHOT)
    assert len(kept.frames()) == 1


def test_a_book_that_cannot_be_read_is_unknown() -> None:
    """A level without a size costs the snapshot, and no thread."""
    kept = BookLevels(BOOKS, READ)
    kept.add(SNAPSHOT)
    kept.add(book_push("update", 11, 10, [["10"]], []))
    assert kept.frames() == []


def test_account_data_begins_with_the_snapshot() -> None:
    """What came before it is not kept; a log that grows too long is given up, and says so once."""
    kept = AccountLog(READ)

    def push(event: str, size: int) -> bytes:
        arg = {"channel": "positions", "instType": "ANY"}
        return orjson.dumps({"arg": arg, "eventType": event, "data": [{"pos": str(size)}]})

    kept.add(push("event_update", 1))
    assert kept.frames() == []
    kept.add(push("snapshot", 2))
    kept.add(push("event_update", 3))
    assert kept.frames() == [push("snapshot", 2), push("event_update", 3)]
    for size in range(500):
        kept.add(push("event_update", size))
    assert kept.frames() == []
    assert (kept.take_cut(), kept.take_cut()) == (True, False)


def test_entries_are_read_as_they_were_written() -> None:
    """Messages of any bytes, in their order; ids are compared as numbers."""
    messages = [(topic_number(BOOKS), b"one"), (b"12345678", b""), (topic_number(BOOKS), b"\x00\xff" * 40_000)]
    assert list(unpack(pack(messages))) == messages
    assert id_of(b"9-10") > id_of("9-9") > id_of("9")


@pytest.mark.parametrize("is_private", [True, False])
def test_keys_of_a_stream_lie_on_one_node(is_private: bool) -> None:
    """All have one hash tag, whatever the names are; public data is the same for all accounts."""
    keys = Place("okx", "okx {odd} live", "main").keys("public", "tickers", is_private=is_private, topic=BOOKS)
    assert {key[key.index("{") : key.index("}") + 1] for key in keys.all} == {"{" + keys.name + "}"}
    assert ("main" in keys.name) == is_private


def test_what_is_no_push_tells_no_state() -> None:
    """An answer of the exchange among the messages changes nothing, and nothing is laid down for it."""
    answer = orjson.dumps({"event": "subscribe", "arg": {"channel": "books", "instId": "BTC-USDT"}})
    for kept in (BookLevels(BOOKS, READ), AccountLog(READ)):
        kept.add(answer)
        assert kept.frames() == []
        assert not kept.changed


def test_account_data_that_was_interrupted_is_unknown() -> None:
    """The snapshot before it is not told as the present one."""
    kept = AccountLog(READ)
    arg = {"channel": "positions", "instType": "ANY"}
    kept.add(orjson.dumps({"arg": arg, "eventType": "snapshot", "data": [{"pos": "1"}]}))
    kept.changed = False
    kept.interrupted()
    assert (kept.frames(), kept.changed) == ([], True)


def test_a_book_with_a_price_that_is_no_number_is_unknown() -> None:
    """It cannot be put in order: nothing is told of it until the next snapshot."""
    kept = BookLevels(BOOKS, READ)
    kept.add(book_push("snapshot", 10, -1, [["ten", "1", "0", "1"], ["9", "1", "0", "1"]], []))
    assert kept.frames() == []
    kept.add(SNAPSHOT)
    assert len(kept.frames()) == 1
