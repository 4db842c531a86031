"""What Redis does in one step: only the holder of the lease writes, nothing is written twice, and numbers go on."""

from __future__ import annotations

from typing import Any

import pytest
import redis

from okx_sync.fanout.scripts import ACQUIRE, ADD_TOPICS, RELEASE, WRITE
from okx_sync.fanout.stream_keys import StreamKeys
from tests.fanout.conftest import Broker

KEYS = StreamKeys("test")
LEASE_MS = 60_000


def acquire(broker: Broker, token: str, first: int = 1) -> Any:
    """Try to become the writer."""
    return ACQUIRE.run(broker.client, KEYS.all, token, LEASE_MS, f"publisher-{token}", first, "1")


def write(broker: Broker, token: str, first: int, count: int, kind: str = "", *more: bytes | str) -> Any:
    """Write an entry."""
    return WRITE.run(
        broker.client, KEYS.all, token, LEASE_MS, first, count, 0, kind, b"data", 100, 0, "1", *(more or (b"",))
    )


def fact(broker: Broker, name: str) -> str | None:
    """Return a fact of the stream."""
    told = broker.client.hget(KEYS.facts, name)
    return None if told is None else told.decode()


def test_one_holds_the_lease(broker: Broker) -> None:
    """Others are told so until it is released, or runs out; the same one gets it again without a new epoch."""
    assert acquire(broker, "a") == [1, 1]
    assert acquire(broker, "a") == [1, 0]
    assert acquire(broker, "b") == [0, 0]
    assert RELEASE.run(broker.client, KEYS.all, "b") == 0
    assert RELEASE.run(broker.client, KEYS.all, "a") == 1
    assert acquire(broker, "b") == [1, 1]
    assert fact(broker, "publisher") == "publisher-b"
    kinds = [fields[b"k"] for _, fields in broker.client.xrange(KEYS.stream)]
    assert kinds == [b"epoch", b"epoch"]


def test_nobody_writes_without_the_lease(broker: Broker) -> None:
    """Neither messages nor topics; with it the lease is renewed."""
    assert write(broker, "a", 1, 1) == 0
    acquire(broker, "a")
    broker.client.pexpire(KEYS.lease, 1_000)
    assert write(broker, "a", 1, 2) == 1
    assert broker.client.pttl(KEYS.lease) > 1_000
    assert ADD_TOPICS.run(broker.client, KEYS.all, "b", "topic", "b") == 0
    assert ADD_TOPICS.run(broker.client, KEYS.all, "a", "topic", "a") == 1
    assert (fact(broker, "topic:topic"), fact(broker, "changes")) == ("a", "1")
    broker.client.delete(KEYS.lease)
    assert write(broker, "a", 3, 1) == 0
    assert fact(broker, "last") == "2"


def test_nothing_is_written_twice(broker: Broker) -> None:
    """What was agreed to, and whose answer was lost, is agreed to again and stands there once."""
    acquire(broker, "a")
    assert [write(broker, "a", 1, 2) for _ in range(3)] == [1, 1, 1]
    assert broker.client.xlen(KEYS.stream) == 2  # the epoch, and the messages
    assert write(broker, "a", 3, 0, "lost") == 1
    assert write(broker, "a", 3, 1) == 1
    assert (fact(broker, "last"), broker.client.xlen(KEYS.stream)) == ("3", 4)


def test_numbers_of_epochs_can_be_compared(broker: Broker) -> None:
    """The second publisher's begin anew; with its base they go on behind the first's, in one lineage."""
    acquire(broker, "a")
    write(broker, "a", 1, 5)
    lineage, base = fact(broker, "lineage"), int(fact(broker, "base") or "")
    RELEASE.run(broker.client, KEYS.all, "a")
    acquire(broker, "b", first=1)
    assert fact(broker, "lineage") == lineage
    assert int(fact(broker, "base") or "") + 1 == base + 6
    broker.client.flushall()
    acquire(broker, "b", first=9)
    assert fact(broker, "lineage") != lineage
    assert fact(broker, "base") == "0"


def test_snapshots_are_laid_down_with_their_place(broker: Broker) -> None:
    """They tell all up to the last entry."""
    acquire(broker, "a")
    write(broker, "a", 1, 1)
    assert write(broker, "a", 2, 0, "", b"1", b"number", b"snapshot") == 1
    assert broker.client.hget(KEYS.snapshots, b"number") == b"snapshot"
    assert fact(broker, "snapped") == fact(broker, "last_id")


def test_a_lease_that_no_publisher_holds_is_written_over(broker: Broker) -> None:
    """Another program has written it, or the facts are gone: numbers go on where those are there."""
    acquire(broker, "a")
    write(broker, "a", 1, 5)
    broker.client.set(KEYS.lease, "somebody's")
    assert write(broker, "a", 6, 1) == 0
    assert acquire(broker, "a") == [1, 0]
    assert broker.client.pttl(KEYS.lease) > 0
    assert write(broker, "a", 6, 1) == 1
    assert fact(broker, "last") == "6"


def test_a_broker_that_is_full_grows_no_more(broker: Broker) -> None:
    """Nothing is written, messages or signs of life; what is there can be read."""
    acquire(broker, "a")
    broker.client.config_set("maxmemory", 1)
    heartbeat = fact(broker, "heartbeat")
    for first, count in ((1, 1), (1, 0)):
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            write(broker, "a", first, count)
    with pytest.raises(redis.exceptions.OutOfMemoryError):
        acquire(broker, "a")
    assert broker.client.xlen(KEYS.stream) == 1
    assert fact(broker, "heartbeat") == heartbeat


def test_a_stream_is_trimmed_by_age(broker: Broker) -> None:
    """Redis drops whole nodes of a stream: what is old goes in the end."""
    acquire(broker, "a")
    for number in range(1, 301):
        WRITE.run(broker.client, KEYS.all, "a", LEASE_MS, number, 1, 0, "", b"data", 0, 1, "1", b"")
    assert broker.client.xlen(KEYS.stream) < 301


def test_a_script_is_kept_by_its_sum(broker: Broker) -> None:
    """In a pipeline it is called by that, once it was loaded."""
    acquire(broker, "a")
    pipeline = broker.client.pipeline(transaction=False)
    ADD_TOPICS.add_to(pipeline, KEYS.all, "a", "topic", "a")
    with pytest.raises(redis.exceptions.NoScriptError):
        pipeline.execute()
    assert broker.client.script_load(ADD_TOPICS.text) == ADD_TOPICS.sum
    ADD_TOPICS.add_to(pipeline, KEYS.all, "a", "topic", "a")
    assert pipeline.execute() == [1]
