"""Numbers go on through all epochs of a stream: what was missed in several of them is known to the last message."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.fanout.entries import read_entry
from okx_sync.fanout.followed_stream import FollowedStream, StreamFacts
from okx_sync.fanout.published_stream import PublishedStream, PublishTerms
from okx_sync.fanout.redis_library import BrokerConnection
from okx_sync.fanout.scripts import ADD_TOPICS, WRITE
from okx_sync.fanout.start_place import StartPlace, check_start
from okx_sync.fanout.stream_keys import StreamKeys
from okx_sync.fanout.stream_reader import StreamReader
from okx_sync.protocol.dialect import Topic
from tests.fanout.conftest import Broker
from tests.loopback.conftest import until

KEYS = StreamKeys("okx:live:-:public:trades")
TOPIC = Topic.of("trades", instId="BTC-USDT")


class _Writer:
    """A stream as a publisher of this name writes it, step by step."""

    def __init__(self, broker: Broker, name: str, *, max_entries: int = 1_000, max_age_ms: int = 0) -> None:
        terms = PublishTerms(
            name=name, lease_ms=60_000, max_entries=max_entries, max_age_ms=max_age_ms, max_waiting=1_000
        )
        self.stream = PublishedStream(KEYS, "public", terms, threading.Event())
        self.stream.add(TOPIC, None)
        self._client = broker.client
        for script in (WRITE, ADD_TOPICS):
            self._client.script_load(script.text)

    def takes_over(self) -> None:
        """Begin to write once the lease of another has run out."""
        self._client.delete(KEYS.lease)
        self.stream.acquire(self._client)
        assert self.stream.stats.is_active

    def writes(self, count: int) -> None:
        """Write an entry for each of so many messages, or hear that it may not."""
        for _ in range(count):
            self.stream.put(TOPIC, b"{}")
            pipeline = self._client.pipeline(transaction=False)
            for take, answer in zip(self.stream.prepare(pipeline), pipeline.execute(), strict=True):
                take(answer)
            if self.stream.role == "new":
                self.stream.acquire(self._client)


class _Reader:
    """A stream as a follower reads it."""

    def __init__(self, broker: Broker, start: str = "earliest") -> None:
        self.told: list[str] = []
        self.stream = FollowedStream(KEYS, self.told.append)
        self._client = broker.client
        reader = StreamReader(BrokerConnection(broker.client, is_cluster=False))
        self.stream.begin(self._facts(), reader.numbered(KEYS, StartPlace.read(start)))

    def _facts(self) -> StreamFacts:
        facts = StreamFacts.read(self._client.hmget(KEYS.facts, *StreamFacts.FIELDS), None)
        assert facts is not None
        return facts

    def reads(self) -> tuple[int, int, int]:
        """Read all that is there; return what was received and missing by now, and how often nobody published."""
        facts = self._facts()
        out: list[bytes] = []
        self.stream.connected(facts)
        entries = self._client.xrange(KEYS.stream, f"({self.stream.at[0]}-{self.stream.at[1]}")
        for entry_id, fields in entries:
            self.stream.take(read_entry(entry_id, fields), out)
        if not entries:
            self.stream.caught_up(facts)
        stats = self.stream.stats
        return stats.received, stats.missing, stats.interruptions


def forget(broker: Broker) -> None:
    """Have the broker forget all. It is not back within the millisecond that its ids are of, as it never is."""
    broker.client.flushdb()
    now = time.time()
    until(lambda: time.time() > now + 0.002)


def test_who_slept_through_two_changes_knows_how_much_was_missed(broker: Broker) -> None:
    """Of three epochs, two of one publisher, only the last entry is left: the number of the rest is exact."""
    first, second = _Writer(broker, "first"), _Writer(broker, "second")
    first.takes_over()
    first.writes(3)
    reader = _Reader(broker)
    assert reader.reads() == (3, 0, 0)
    first.writes(2)
    second.takes_over()
    second.writes(4)
    first.writes(1)  # it wakes, and is refused
    assert first.stream.role == "standby"
    first.takes_over()
    first.writes(5)
    broker.client.xtrim(KEYS.stream, maxlen=1, approximate=False)
    assert reader.reads() == (4, 10, 1)
    assert any("10 messages of" in told for told in reader.told)
    assert any("nobody knows how many" in told for told in reader.told)
    broker.client.xtrim(KEYS.stream, maxlen=0, approximate=False)
    second.takes_over()
    second.writes(2)
    broker.client.xtrim(KEYS.stream, maxlen=0, approximate=False)
    assert reader.reads() == (4, 12, 2)  # from what the broker says of the stream, which is empty


def test_a_broker_that_has_forgotten_all_is_told_where_the_numbers_stand(broker: Broker) -> None:
    """The same publisher goes on where it was; with another one nobody knows what was lost, and that is said."""
    first, second = _Writer(broker, "first"), _Writer(broker, "second")
    second.takes_over()
    second.writes(2)
    first.takes_over()
    first.writes(3)
    reader = _Reader(broker)
    assert reader.reads() == (5, 0, 1)
    first.writes(2)
    forget(broker)
    first.writes(4)  # the first of them finds no lease, and is written again
    received, missing, interruptions = reader.reads()
    assert (received + missing, interruptions) == (11, 1)
    assert missing == 2
    forget(broker)
    second.takes_over()
    second.writes(1)
    assert reader.reads() == (received + 1, missing, 2)
    assert "Redis has forgotten what was sent before" in reader.told[-1]


def _waits_for_the_next_millisecond(broker: Broker) -> None:
    def now() -> int:
        seconds, micros = broker.client.time()
        return int(seconds) * 1_000 + int(micros) // 1_000

    began = now()
    until(lambda: now() > began)


def test_a_broker_that_has_lost_its_last_entries_goes_on(broker: Broker) -> None:
    """What was agreed to, and is gone with a part of the stream, is missing; a follower that is ahead reads on."""
    writer = _Writer(broker, "first")
    writer.takes_over()
    writer.writes(2)
    saved = {key: broker.client.dump(key) for key in KEYS.all if broker.client.exists(key)}
    ahead, behind = _Reader(broker), _Reader(broker)
    behind.reads()
    writer.writes(3)
    ahead.reads()
    for key, value in saved.items():
        broker.client.restore(key, 0, value, replace=True)
    _waits_for_the_next_millisecond(broker)  # which ids of entries are made of: a broker that restarts takes longer
    writer.writes(1)
    assert ahead.reads() == (6, 0, 0)
    assert behind.reads() == (3, 3, 0)


def test_a_reader_begins_where_it_is_told(broker: Broker) -> None:
    """With all, with what comes next, or behind an entry; what was trimmed there is missing, as far as is known."""
    first, second = _Writer(broker, "first"), _Writer(broker, "second")
    first.takes_over()
    first.writes(3)
    before = _Reader(broker)
    before.reads()
    position = before.stream.stats.position
    entry = position.partition("/")[0]
    latest = _Reader(broker, "latest")
    first.writes(4)
    second.takes_over()
    second.writes(2)
    assert [_Reader(broker, start).reads() for start in ("earliest", "0-1", "5")] == [(9, 0, 1)] * 3
    assert [_Reader(broker, start).reads() for start in (position, entry)] == [(6, 0, 1)] * 2
    assert latest.reads() == (6, 0, 1)
    top = _Reader(broker)
    top.reads()
    assert _Reader(broker, top.stream.stats.position).reads() == (0, 0, 0)
    broker.client.xtrim(KEYS.stream, maxlen=1, approximate=False)
    assert _Reader(broker, position).reads() == (1, 5, 0)
    cut = _Reader(broker, entry)
    assert cut.reads() == (1, 0, 1)
    assert cut.told == [f"what followed {entry} in {KEYS.name} is kept no more: nobody knows how much"]
    assert _Reader(broker, "earliest").reads() == (1, 0, 0)
    broker.client.xtrim(KEYS.stream, maxlen=0, approximate=False)
    assert _Reader(broker, position).reads() == (0, 6, 0)
    forget(broker)
    first.takes_over()
    first.writes(1)
    assert _Reader(broker, position).reads() == (1, 0, 1)


@pytest.mark.parametrize("options", [{"max_entries": 100}, {"max_age_ms": 20}])
def test_a_stream_keeps_what_was_asked_for(broker: Broker, options: dict[str, int]) -> None:
    """By number or by age, about: Redis drops a hundred entries at a time. Who comes too late knows how many."""
    writer = _Writer(broker, "first", **options)
    writer.takes_over()
    reader = _Reader(broker)
    assert reader.reads() == (0, 0, 0)
    writer.writes(350)
    now = time.time()
    until(lambda: time.time() > now + 0.1)
    writer.writes(1)
    kept = broker.client.xlen(KEYS.stream)
    assert 1 <= kept <= 210
    assert reader.reads() == (kept, 351 - kept, 0)


@pytest.mark.parametrize("start", ["", "yesterday", "1-", "5/x", 5, {"stream": "never"}, {"stream": 1}])
def test_a_place_that_is_none_is_refused(start: Any) -> None:
    """Before anything is read."""
    with pytest.raises(ConfigError, match="start cannot be"):
        check_start(start)
