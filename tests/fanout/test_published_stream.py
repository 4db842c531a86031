"""One stream of a publisher: numbers without holes, one writer, and what does not fit is counted and told."""

from __future__ import annotations

import threading
from typing import Any

import orjson
import pytest

from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.fanout.broker_writer import BrokerWriter
from okx_sync.fanout.entries import read_entry, unpack
from okx_sync.fanout.late_joining import keeper_for
from okx_sync.fanout.published_stream import PublishedStream, PublishTerms
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.stream_keys import StreamKeys, topic_number
from okx_sync.protocol.fed_dialect import fed, text_of
from tests.fanout.conftest import Broker

TRADES = topic_for("trades", instId="BTC-USDT")
POSITIONS = topic_for("positions", instType="ANY")
KEYS = StreamKeys("test")
READ = fed(OkxDialect("okx global live")).read


def stream(name: str = "first", **options: Any) -> PublishedStream:
    """A stream in which trades are published."""
    rules = {"lease_ms": 60_000, "max_entries": 1_000, "max_age_ms": 0, "max_waiting": 1_000} | options
    made = PublishedStream(KEYS, "public", PublishTerms(name=name, **rules), threading.Event())
    made.add(TRADES, None)
    return made


@pytest.fixture
def writer(broker: Broker) -> Any:
    """What writes to the server; each turn gives a sign of life and lays snapshots down."""
    made = BrokerWriter(BrokerAddress(broker.url), 0.0, 0.0, lambda _: None)
    yield made
    made.close([])


def written(broker: Broker) -> list[Any]:
    """Return the entries but the first one of an epoch, as numbers, kind and messages."""
    entries = [read_entry(*one) for one in broker.client.xrange(KEYS.stream)]
    return [
        (one.first, one.count, one.kind, [frame for _, frame in unpack(one.data)] if not one.kind else one.data)
        for one in entries
        if one.kind != "epoch"
    ]


def role(one: PublishedStream) -> str:
    """Return what it is now."""
    return one.role


def account(size: int, event: str = "event_update") -> bytes:
    arg = {"channel": "positions", "instType": "ANY"}
    return orjson.dumps({"arg": arg, "eventType": event, "data": [{"pos": str(size)}]})


def test_messages_are_numbered_in_their_order(broker: Broker, writer: BrokerWriter) -> None:
    """Those that came together are one entry; an event stands between what came before it and behind it."""
    one = stream()
    one.put(TRADES, b"1")
    one.put(TRADES, b"2")
    one.tell("lost", 0, "reset")
    one.tell("restored", 0, "")
    one.put(TRADES, b"3")
    assert one.stats.waiting == 5
    assert not one.settled.is_set()
    assert writer.turn([one])
    assert written(broker) == [
        (1, 2, "", [b"1", b"2"]), (3, 0, "lost", b"reset"), (3, 0, "restored", b""), (3, 1, "", [b"3"]),
    ]  # fmt: skip
    assert one.settled.is_set()
    assert (one.stats.sent, one.stats.waiting, one.stats.missed, one.stats.is_active) == (3, 0, 0, True)
    assert broker.client.hget(KEYS.facts, f"topic:{text_of(TRADES)}")


def test_large_and_many_messages_are_cut_into_entries(broker: Broker, writer: BrokerWriter) -> None:
    """An entry has at most 500 messages, and a quarter of a megabyte and a message."""
    one = stream(max_waiting=10_000)
    for _ in range(501):
        one.put(TRADES, b"x")
    for _ in range(3):
        one.put(TRADES, b"y" * 200_000)
    writer.turn([one])
    assert [count for _, count, _, _ in written(broker)] == [500, 3, 1]


def test_what_does_not_fit_is_counted_and_leaves_a_hole(broker: Broker, writer: BrokerWriter) -> None:
    """Its numbers are missing in the stream, so that followers know how many; state is asked for again, once."""
    one = stream(max_waiting=4)
    one.add(POSITIONS, keeper_for(lookup("positions"), POSITIONS, READ))
    for number in range(7):
        one.put(TRADES, str(number).encode())
    assert one.stats.missed == 3
    writer.turn([one])
    one.put(TRADES, b"again")
    writer.turn([one])
    assert written(broker) == [(1, 4, "", [b"0", b"1", b"2", b"3"]), (8, 1, "", [b"again"])]
    assert (one.lacking(), one.lacking()) == ([POSITIONS], [])


def test_there_is_room_again(broker: Broker, writer: BrokerWriter) -> None:
    """Nothing is taken before a quarter is free, and then all of it."""
    one = stream(max_waiting=4)
    for number in range(5):
        one.put(TRADES, str(number).encode())
    one._queue.popleft()  # the writer has taken one of five that wait, the mark of the hole among them
    one.put(TRADES, b"no")
    one._queue.popleft()
    one._queue.popleft()
    one.put(TRADES, b"yes")
    assert one.stats.missed == 2
    assert one._queue[-1][1] == b"yes"  # type: ignore[index]
    assert broker.client.ping()
    assert writer.turn([])


def test_a_second_publisher_stands_by_and_goes_on(broker: Broker, writer: BrokerWriter) -> None:
    """It keeps up with the state and writes nothing; once the first has gone it goes on as an epoch of its own."""
    first, second = stream("first"), stream("second")
    kept = keeper_for(lookup("positions"), POSITIONS, READ)
    second.add(POSITIONS, kept)
    writer.turn([first])
    second.put(POSITIONS, account(1, "snapshot"))
    writer.turn([second])
    second.put(POSITIONS, account(2))
    writer.turn([second])
    assert (second.role, second.settled.is_set(), written(broker)) == ("standby", True, [])
    first.release(broker.client)
    assert role(first) == "standby"
    writer.turn([second])
    assert role(second) == "active"
    assert broker.client.hget(KEYS.facts, "publisher") == b"second"
    laid = broker.client.hget(KEYS.snapshots, topic_number(POSITIONS))
    assert [frame for _, frame in unpack(laid)] == [account(1, "snapshot"), account(2)]


def test_one_that_hung_finds_its_lease_gone(broker: Broker, writer: BrokerWriter) -> None:
    """What it would write is refused, whether messages wait or not; it stands by, and loses no number."""
    first, second = stream("first"), stream("second")
    writer.turn([first])
    broker.client.delete(KEYS.lease)
    writer.turn([second])
    assert role(second) == "active"
    roles = []
    for _ in range(2):  # a sign of life, which is refused, and the question who writes
        writer.turn([first])
        roles.append(first.role)
    assert roles == ["new", "standby"]
    first.release(broker.client)  # which it has not
    assert broker.client.exists(KEYS.lease)
    second.put(TRADES, b"1")
    broker.client.delete(KEYS.lease)
    writer.turn([second])
    assert role(second) == "new"
    assert second.stats.waiting == 1
    writer.turn([second])
    assert written(broker) == [(1, 1, "", [b"1"])]


def test_what_waits_at_a_publisher_that_stands_by_is_not_its_own(broker: Broker, writer: BrokerWriter) -> None:
    """It was not written in time: the other one tells it."""
    first, second = stream("first"), stream("second")
    writer.turn([first])
    first.put(TRADES, b"1")
    broker.client.delete(KEYS.lease)
    writer.turn([first])
    assert first.stats.waiting == 1
    writer.turn([second])
    writer.turn([first])
    assert (first.role, first.stats.waiting, written(broker)) == ("standby", 0, [])


def test_a_topic_that_is_removed_is_told(broker: Broker, writer: BrokerWriter) -> None:
    """Once; one that was never there is nothing."""
    one = stream()
    writer.turn([one])
    one.remove(POSITIONS)
    one.remove(TRADES)
    one.remove(TRADES)
    assert one.topics == []
    writer.turn([one])
    assert broker.client.hget(KEYS.facts, f"topic:{text_of(TRADES)}") == b""
    assert int(broker.client.hget(KEYS.facts, "changes")) == 2


def test_a_lease_that_ran_out_is_noticed_when_topics_are_told(broker: Broker, writer: BrokerWriter) -> None:
    """They are told again once it is had again."""
    one = stream()
    writer.turn([one])
    broker.client.delete(KEYS.lease)
    one.add(POSITIONS, keeper_for(lookup("positions"), POSITIONS, READ))
    writer.turn([one])
    assert role(one) == "new"
    assert not one.settled.is_set()
    writer.turn([one])
    assert one.settled.is_set()
    assert broker.client.hget(KEYS.facts, f"topic:{text_of(POSITIONS)}")


def test_a_log_that_grew_too_long_is_asked_for_again(broker: Broker, writer: BrokerWriter) -> None:
    """It is given up, and the exchange is to tell a new snapshot."""
    one = stream(max_waiting=10_000)
    one.add(POSITIONS, keeper_for(lookup("positions"), POSITIONS, READ))
    one.put(POSITIONS, account(0, "snapshot"))
    for size in range(501):
        one.put(POSITIONS, account(size))
    writer.turn([one])
    assert (one.lacking(), one.lacking()) == ([POSITIONS], [])
    assert broker.client.hget(KEYS.snapshots, topic_number(POSITIONS)) == b""


def test_a_broker_that_was_lost(broker: Broker, writer: BrokerWriter) -> None:
    """Who writes is settled again, also where it has forgotten all; nobody waits for one that refuses."""
    one = stream()
    writer.turn([one])
    one.put(TRADES, b"1")
    one.failed()
    assert role(one) == "new"
    broker.client.flushall()
    writer.turn([one])
    assert written(broker) == [(1, 1, "", [b"1"])]
    other = stream("second")
    other.failed(is_refused=True)
    assert other.settled.is_set()
