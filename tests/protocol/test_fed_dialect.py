"""A dialect on a connection that is not the exchange's: our own words for requests, the exchange's for all else."""

from __future__ import annotations

import pytest

from okx_sync.errors import SubscriptionError
from okx_sync.exchanges.bitget.dialect import dialect_for as bitget
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for as bybit
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Ack, Failure, Garbage, Pong, Push
from okx_sync.protocol.fed_dialect import FED_PING, acked, fed, pong, read_request, refused

TOPICS = [Topic.of("tickers", instId="BTC-USDT"), Topic.of("books", instId="X", instType="Y"), Topic.of("account")]


def test_requests_are_read_as_they_were_made() -> None:
    """Operation, id, and each topic with its arguments; a ping is no request."""
    dialect = fed(OkxDialect("okx"))
    for op in ("subscribe", "unsubscribe"):
        request = read_request(dialect.ask_frame(op, TOPICS, "r7"))
        assert request is not None
        assert (request.op, request.id, request.topics) == (op, "r7", TOPICS)
    assert read_request(FED_PING) is None
    assert dialect.ping_frame == FED_PING


def test_answers() -> None:
    """An ack is of a whole request, a refusal names its topic."""
    dialect = fed(OkxDialect("okx"))
    request = read_request(dialect.ask_frame("subscribe", TOPICS, "r7"))
    assert request is not None
    assert dialect.read(acked(request)) == Ack("subscribe", None, "r7")
    assert dialect.read(pong()) == Pong()
    failure = dialect.read(refused(request, TOPICS[1], "nobody publishes it"))
    assert isinstance(failure, Failure)
    assert dialect.blame(failure, TOPICS) == TOPICS[1]
    error = dialect.error(failure.code, failure.message, TOPICS[1].arg)
    assert isinstance(error, SubscriptionError)
    assert (error.message, error.arg) == ("nobody publishes it", TOPICS[1].arg)
    assert isinstance(dialect.read(b'\x01{"is":"something"}'), Garbage)


def test_a_request_holds_a_thousand_topics() -> None:
    """And no topic is lost between two of them."""
    many = [Topic.of("tickers", instId=str(number)) for number in range(2_500)]
    batches = list(fed(OkxDialect("okx")).batches(many))
    assert [len(batch) for batch in batches] == [1_000, 1_000, 500]
    assert [topic for batch in batches for topic in batch] == many


def test_messages_of_the_exchange_are_read_as_before() -> None:
    """By each exchange's own words, heads included."""
    frame = b'{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","last":"1"}]}'
    plain: Dialect = OkxDialect("okx")
    dialect = fed(plain)
    event, known = dialect.read(frame), plain.read(frame)
    assert isinstance(event, Push)
    assert isinstance(known, Push)
    assert (event.arg, event.rows) == (known.arg, known.rows)
    assert dialect.head(frame, event) == plain.head(frame, known) is not None
    assert dialect.name == "okx"


@pytest.mark.parametrize(
    "frame",
    [
        b'{"event":"notice","code":"64008","msg":"The service will be upgraded","connId":"1"}',
        b'{"event":"subscribe","arg":{"channel":"tickers","instId":"A"},"connId":"1"}',
        b'{"event":"error","code":"60018","msg":"no such channel","connId":"1"}',
        b'{"id":"1","op":"order","code":"0","msg":"","data":[]}',
        b"pong",
    ],
)
def test_what_was_said_of_another_connection(frame: bytes) -> None:
    """A restart that the exchange announced to a publisher, or in a recording, makes nobody else change sockets."""
    assert fed(OkxDialect("okx")).read(frame) == Pong()


@pytest.mark.parametrize(
    "plain", [bybit(BybitConfig()), bitget("v2"), bitget("v3")], ids=lambda one: type(one).__name__
)
def test_the_others_keep_what_they_know(plain: Dialect) -> None:
    """What a dialect was made with is kept."""
    assert vars(fed(plain)) == vars(plain)
    assert isinstance(fed(plain), type(plain))
