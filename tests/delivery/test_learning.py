"""What is read of rows is filled with the parsing, once that is known; what is not read costs nothing."""

from __future__ import annotations

import functools
import gc
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson
import pytest

from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.learning import Learners
from okx_sync.exchanges.okx.models import BookUpdate, Ticker
from okx_sync.protocol.events import Event, Garbage
from okx_sync.rows import Row, decoder, opener
from tests.clocks import HandClock


def refuse(frame: bytes) -> Event:
    return Garbage(frame, "odd")


def frame_of(number: int = 1, inst_id: str = "BTC-USDT", **changes: Any) -> bytes:
    """A ticker."""
    row = {"instId": inst_id, "last": f"{number}.5", "askPx": "7", "bidPx": "6", "vol24h": "5", "ts": "4", **changes}
    return orjson.dumps({"arg": {"channel": "tickers", "instId": inst_id}, "data": [row]})


class Consumer:
    """Reads some fields of what it gets."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.filled: frozenset[str] = frozenset()
        """The fields of the newest row that needed no reading."""

    def __call__(self, row: Any) -> None:
        self.filled = frozenset(vars(row))
        for name in self.names:
            getattr(row, name)


class Topics:
    """Some topics of one client, with their consumers."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.learners = Learners(self.clock, orjson.loads)

    def add(self, callback: Any = None, cls: type[Row] = Ticker) -> MessageDecoder:
        begin = functools.partial(self.learners.add, cls, callback)
        return MessageDecoder(
            opener(cls, orjson.loads), decoder(cls), refuse, lambda error: pytest.fail(str(error)), begin
        )

    def tick(self, seconds: float = 2.5) -> None:
        self.clock.sleep(seconds)
        self.learners.tick()


def run(one: MessageDecoder, consumer: Callable[[Any], object], messages: int = 8, **changes: Any) -> list[Any]:
    """Have messages decoded and consumed, one after the other."""
    rows: list[Any] = []
    for number in range(messages):
        for row in one(frame_of(number, **changes)):
            consumer(row)
            rows.append(row)
    return rows


def test_what_a_callback_reads_is_filled_after_a_few_messages() -> None:
    """Without any clock; and the rest stays as lazy as it was."""
    consumer = Consumer("last", "ts")
    rows = run(Topics().add(consumer), consumer)
    assert consumer.filled == {"last", "ts"}
    assert [row.last for row in rows] == [Decimal(f"{number}.5") for number in range(8)]
    assert rows[-1].bidPx == 6


def test_what_reads_from_a_queue_is_learned_a_little_later() -> None:
    """Messages are parsed many at a time there, and read after that."""
    topics, consumer = Topics(), Consumer("last")
    one = topics.add()
    for row in [row for number in range(20) for row in one(frame_of(number))]:
        consumer(row)
    assert consumer.filled == frozenset()
    topics.tick(0.5)
    run(one, consumer)
    assert consumer.filled == {"last"}


def test_what_is_no_longer_read_is_no_longer_filled() -> None:
    """And what is read anew is: within a few seconds, and not for good."""
    topics, consumer = Topics(), Consumer("last", "ts")
    one = topics.add(consumer)
    run(one, consumer)
    consumer.names = ("askPx",)
    for _ in range(2):
        topics.tick()
        run(one, consumer)
    assert consumer.filled == {"askPx"}
    consumer.names = ()
    for _ in range(2):
        topics.tick()
        run(one, consumer)
    assert consumer.filled == frozenset()


def test_a_field_that_is_hardly_ever_read_is_not_filled() -> None:
    """One in eight is cheaper by itself. One that is read every other time is filled, and stays so."""
    topics = Topics()
    numbers = iter(range(10_000))
    filled: list[frozenset[str]] = []

    def callback(row: Any) -> None:
        filled.append(frozenset(vars(row)))
        number = next(numbers)
        assert number % 8 or row.vol24h
        assert number % 2 or row.last

    one = topics.add(callback)
    for _ in range(10):
        run(one, callback, 16)
        topics.tick()
    after = filled[-80:]
    assert after.count(frozenset({"last"})) >= 50
    assert not any("vol24h" in names for names in after if "last" in names) or after.count(frozenset({"last"})) > 40


def test_topics_of_one_callback_learn_together() -> None:
    """One that has just been subscribed has what was learned with its second message; other consumers have not."""
    topics, consumer, other = Topics(), Consumer("last"), Consumer("last")

    def callback(row: Any) -> None:
        consumer(row)

    run(topics.add(callback), callback)
    run(topics.add(functools.partial(callback)), callback, 2, inst_id="ETH-USDT")
    assert consumer.filled == {"last"}
    run(topics.add(), other, 2)
    assert other.filled == frozenset()


def test_silent_topics_hold_nobody_up() -> None:
    """Each time another topic is watched, and a topic that never speaks collects nothing."""
    topics, consumer = Topics(), Consumer("last")
    silent = [topics.add() for _ in range(20)]
    lively = topics.add()
    for one in (*silent, lively):
        run(one, Consumer(), 1)
    for _ in range(100):
        topics.tick()
    run(lively, consumer, 6)
    assert consumer.filled == {"last"}
    assert all(len(one._looks) <= 1 for one in silent)


def test_rows_of_other_messages_and_other_heads() -> None:
    """A topic whose messages begin otherwise now and then, or have several rows, is decoded as it should be."""
    topics, consumer = Topics(), Consumer("last")
    one = topics.add(consumer)
    run(one, consumer)
    for number in range(300):
        frame = frame_of(number, inst_id=f"X{number % 3}")
        assert [row.last for row in one(frame)] == [Decimal(f"{number}.5")]
        assert one(frame)[0]._env["arg"]["instId"] == f"X{number % 3}"
    two = orjson.dumps({"arg": {"instId": "Y"}, "data": [{"last": "1"}, {"last": "NaN"}], "ts": 5})
    first, second = one(two)
    assert (first.last, repr(second)) == (1, "Ticker(last=<unreadable 'NaN'>)")


def test_rows_may_come_parsed() -> None:
    """As those that are recovered, or put together of changes."""
    topics, consumer = Topics(), Consumer("last")
    one = topics.add(consumer)
    for number in range(8):
        for row in one.decode([{"last": f"{number}"}], {"recovered": True}):
            consumer(row)
    assert consumer.filled == {"last"}


def test_nested_lists_are_filled_with_the_rest() -> None:
    """The levels of a book, which are rows themselves, stay lazy."""
    topics, consumer = Topics(), Consumer("bids")
    one = topics.add(consumer, BookUpdate)
    row: Any = None
    for number in range(8):
        book = {"bids": [["1", "2", "0", str(number)]], "asks": [], "ts": "1"}
        (row,) = one(orjson.dumps({"arg": {"channel": "books5"}, "action": "snapshot", "data": [book]}))
        consumer(row)
    assert consumer.filled == {"bids"}
    assert (row.bids[0].price, row.bids[0].orders) == (1, 7)


def test_nothing_is_kept_of_topics_that_are_gone() -> None:
    """Neither their decoders nor what was learned for them."""
    topics, consumer = Topics(), Consumer("last")
    run(topics.add(consumer), consumer)
    gc.collect()
    topics.tick()
    assert topics.learners._learners == {}


def test_threads_may_decode_while_it_learns() -> None:
    """What is read is right at every moment, whoever learns and forgets meanwhile."""
    topics = Topics()
    one = topics.add()
    wrong: list[Any] = []
    over = threading.Event()

    def read(name: str) -> None:
        number = 0
        while not over.is_set():
            number += 1
            (row,) = one(frame_of(number, bidPx=f"{number}", askPx=f"-{number}"))
            if getattr(row, name) != {"bidPx": number, "askPx": -number}[name] or row.instId != "BTC-USDT":
                wrong.append(row)

    threads = [threading.Thread(target=read, args=(name,)) for name in ("bidPx", "askPx", "bidPx")]
    for thread in threads:
        thread.start()
    for _ in range(300):
        topics.tick()
    over.set()
    for thread in threads:
        thread.join(10)
    assert wrong == []
