"""What writes to Redis: it tells of a loss once, keeps what waits, goes on by itself, and ends quietly."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from okx_sync import ConnectionLost
from okx_sync.exchanges.okx.channels import topic_for
from okx_sync.fanout.broker_writer import BrokerWriter
from okx_sync.fanout.published_stream import PublishedStream, PublishTerms
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.stream_keys import StreamKeys
from tests.fanout.conftest import Broker
from tests.loopback.conftest import Heard

TICKERS = topic_for("tickers", instId="BTC-USDT")
TERMS = PublishTerms(name="first", lease_ms=60_000, max_entries=100, max_age_ms=0, max_waiting=100)


def writer(broker: Broker, report: Any = lambda _: None) -> BrokerWriter:
    """A writer whose every turn has a sign of life and snapshots."""
    return BrokerWriter(BrokerAddress(broker.url), 0.0, 0.0, report)


def published(name: str) -> PublishedStream:
    """A stream of one topic."""
    stream = PublishedStream(StreamKeys(name), "public", TERMS, threading.Event())
    stream.add(TICKERS, None)
    return stream


def test_nobody_is_there() -> None:
    """It is said at once, with the address."""
    with pytest.raises(ConnectionLost, match=r"Redis at redis://127\.0\.0\.1:1/0 is lost: ConnectionError") as told:
        BrokerWriter(BrokerAddress("redis://127.0.0.1:1/0"), 1.0, 1.0, lambda _: None)
    assert told.value.retryable


def test_a_loss_is_told_once_and_what_waits_is_written_later(broker: Broker) -> None:
    """Also what was put while it lasted; the topics are told again to a Redis that has forgotten them."""
    errors, stream = Heard(), published("one")
    made = writer(broker, errors)
    assert made.turn([stream])
    broker.kill()
    stream.put(TICKERS, b"1")
    assert [made.turn([stream]) for _ in range(2)] == [False, False]
    assert len(errors) == 1
    assert stream.stats.waiting == 1
    broker.start()
    assert made.turn([stream])
    assert (stream.stats.sent, stream.stats.waiting) == (1, 0)
    assert made.refusal is None
    broker.kill()
    assert not made.turn([stream])
    assert len(errors) == 2
    made.close([stream])
    broker.start()


def test_one_stream_that_is_refused_leaves_others_alone(broker: Broker) -> None:
    """Its messages wait, and are written once its key is free again; the first error is told."""
    errors, bad, good = Heard(), published("bad"), published("good")
    made = writer(broker, errors)
    assert made.turn([bad, good])
    for stream in (bad, good):
        stream.put(TICKERS, b"1")
    broker.client.delete(bad.keys.stream)
    broker.client.set(bad.keys.stream, "another program's")
    for _ in range(2):
        assert not made.turn([bad, good])
    assert (bad.stats.waiting, bad.stats.sent, good.stats.sent) == (1, 0, 1)
    (error,) = errors
    assert "does not take bad: ResponseError: WRONGTYPE" in str(error)
    broker.client.delete(bad.keys.stream)
    assert made.turn([bad, good])
    assert bad.stats.sent == 1
    made.close([bad, good])


def test_the_end_lets_others_go_on(broker: Broker) -> None:
    """The lease is given back; where that cannot be, it runs out."""
    stream = published("one")
    made = writer(broker)
    made.turn([stream])
    made.close([stream])
    assert not broker.client.exists(stream.keys.lease)
    other = writer(broker)
    other.turn([stream])
    broker.client.set(stream.keys.lease, "text", ex=60)
    broker.client.config_set("maxmemory", 1)
    other.close([stream])
    assert broker.client.exists(stream.keys.lease)
