"""What the connections of one path have in common: where topics may be, what they need, and what is told of them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync import ConfigError
from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.fanout.followed_path import FollowedPath, FollowTerms
from okx_sync.fanout.group_reader import GroupReader
from okx_sync.fanout.group_rules import group_terms
from okx_sync.fanout.redis_library import BrokerAddress, BrokerConnection
from okx_sync.fanout.shared_stream import SharedStream
from okx_sync.fanout.start_place import Start, StartPlace
from okx_sync.fanout.stream_keys import Place, StreamKeys
from okx_sync.fanout.stream_reader import StreamReader
from okx_sync.protocol.dialect import Topic
from tests.fanout.test_followed_stream import FACTS

PLACE = Place("okx", "okx global live", "main")
TICKERS, BOOKS, POSITIONS, ORDERS = (
    topic_for("tickers", instId="BTC-USDT"),
    topic_for("books", instId="BTC-USDT"),
    topic_for("positions", instType="ANY"),
    topic_for("orders", instType="ANY"),
)
UNLISTED = Topic("sprd-unheard-of", ())


class Told:
    """Keeps the state events that are reported."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    def state(self, event: Any) -> None:
        """Take an event."""
        self.events.append(event)


def terms(start: Start = "latest") -> FollowTerms:
    return FollowTerms(BrokerAddress("redis://127.0.0.1:1/0"), PLACE, start, lookup)


KEYS = StreamKeys("books")


@pytest.mark.parametrize(
    ("start", "found"),
    [("latest", None), ("earliest", (0, 0)), ("17-3", (17, 3)), ({"books": "17-3"}, (17, 3)), ({"other": "1"}, None)],
)
def test_where_streams_begin(start: Start, found: Any) -> None:
    """Behind all, before all, at an id of Redis, or each where it is said; one that was left, behind all."""
    path = FollowedPath("public", terms(start))
    assert path.start_of(KEYS).at == found
    path.dropped.add(KEYS)
    assert path.start_of(KEYS).at is None


@pytest.mark.parametrize("start", ["yesterday", "", "1-2-3", 17, None])
def test_a_beginning_that_cannot_be_is_refused(start: Any) -> None:
    """With what it may be."""
    with pytest.raises(ConfigError, match="start cannot be"):
        terms(start)


def test_where_a_topic_may_be() -> None:
    """In the stream of its channel, or in one of its own; account data and unknown channels belong to the account."""
    path = FollowedPath("public", terms())
    assert [keys.name for keys in path.candidates(TICKERS)] == [
        "okx:okx global live:-:public:tickers",
        'okx:okx global live:-:public:tickers:["tickers",[["instId","BTC-USDT"]]]',
    ]
    assert all(":main:" in keys.name for topic in (POSITIONS, UNLISTED) for keys in path.candidates(topic))


def test_what_topics_need() -> None:
    """Books and account data cannot go on behind a gap; what has a snapshot begins with it."""
    path = FollowedPath("public", terms())
    topics = (TICKERS, BOOKS, POSITIONS, ORDERS, UNLISTED)
    assert [path.is_state(topic) for topic in topics] == [False, True, True, True, False]
    assert [path.has_snapshots(topic) for topic in topics] == [False, True, True, False, False]


def test_a_topic_is_waited_for() -> None:
    """By who said so, and once it was published; who waits hears why."""
    asked, told = terms(), Told()
    path = FollowedPath("public", asked)
    path.waits(TICKERS, "nobody has published it")  # nobody listens yet
    asked.report_to(told)  # type: ignore[arg-type]
    assert not path.is_patient(TICKERS)
    asked.patient.add(TICKERS)
    path.known.add(BOOKS)
    assert path.is_patient(TICKERS)
    assert path.is_patient(BOOKS)
    path.waits(TICKERS, "nobody has published it")
    (event,) = told.events
    assert (event.kind, event.path, event.topic) == ("stale", "public", "tickers(instId=BTC-USDT)")
    assert event.reason == "nobody has published it"


def test_a_stream_outlives_its_connections_until_it_is_dropped() -> None:
    """It is made once, tells its gaps on its path, and is forgotten with its topics when it is left."""
    asked, told = terms(), Told()
    asked.report_to(told)  # type: ignore[arg-type]
    path = FollowedPath("public", asked)
    (keys, own) = path.candidates(TICKERS)
    assert path.stream(keys) is path.stream(keys)
    path.stream(keys).begin(FACTS, StartPlace())
    path.stream(keys).caught_up(attrs.evolve(FACTS, last=FACTS.last + 2))
    assert [(event.kind, event.path) for event in told.events] == [("gap", "public")]
    path.known |= {TICKERS, BOOKS}
    path.drop(keys)
    assert path.known == {BOOKS}
    assert path.streams == {}
    assert path.dropped == {keys}
    assert own not in path.dropped
    assert path.address.shown == "redis://127.0.0.1:1/0"


def test_who_is_not_there_is_named() -> None:
    """A publisher of another environment, or of another account's name, is another one."""
    address = BrokerAddress("redis://127.0.0.1:1/0")
    path = FollowedPath("private", terms())
    assert path.nobody(TICKERS) == "nobody has published tickers(instId=BTC-USDT) of okx global live"
    assert path.nobody(POSITIONS).endswith(f"of okx global live, account {PLACE.account!r}")
    nameless = FollowTerms(address, attrs.evolve(PLACE, account=""), "latest", lookup)
    told = FollowedPath("private", nameless).nobody(POSITIONS)
    assert told.endswith("of okx global live, without an account's name (account=)")


def test_a_member_of_a_group_follows_topics_of_their_own() -> None:
    """Each in its own stream, whose state nobody has: what is missing ends nothing."""
    group = group_terms("all", 1.0)
    asked = FollowTerms(BrokerAddress("redis://127.0.0.1:1/0"), PLACE, "latest", lookup, group)
    path = FollowedPath("public", asked)
    (keys,) = path.candidates(TICKERS)
    assert "BTC-USDT" in keys.name
    assert not path.is_state(BOOKS)
    assert "per_topic=True" in path.nobody(TICKERS)
    assert type(path.stream(keys)) is SharedStream
    assert not path.is_heard(TICKERS)
    asked.is_heard = TICKERS.__eq__
    assert path.is_heard(TICKERS)
    broker = BrokerConnection(None, is_cluster=False)
    assert type(path.reader(broker)) is GroupReader
    assert type(FollowedPath("public", terms()).reader(broker)) is StreamReader
