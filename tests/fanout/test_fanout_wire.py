"""The connection of a following link: what it agrees to, refuses and waits for, and when it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from okx_sync import ConnectionLost
from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.fanout import fanout_wire
from okx_sync.fanout.broker_writer import BrokerWriter
from okx_sync.fanout.fanout_wire import FanoutWire
from okx_sync.fanout.followed_path import FollowedPath, FollowTerms
from okx_sync.fanout.late_joining import keeper_for
from okx_sync.fanout.published_stream import PublishedStream, PublishTerms
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.stream_keys import Place
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import fed
from okx_sync.transport.ending import Ending
from tests.fanout.conftest import Broker
from tests.loopback.conftest import until

PLACE = Place("okx", "okx global live", "main")
TICKERS, OTHERS, BOOKS, POSITIONS = (
    topic_for("tickers", instId="BTC-USDT"),
    topic_for("tickers", instId="ETH-USDT"),
    topic_for("books", instId="BTC-USDT"),
    topic_for("positions", instType="ANY"),
)
WORDS = fed(OkxDialect("okx global live"))


def ticker(last: int, topic: Topic = TICKERS) -> bytes:
    arg = {"channel": topic.channel, **dict(topic.args)}
    return orjson.dumps({"arg": arg, "data": [{"last": str(last)}]})


def account(size: int, event: str = "event_update") -> bytes:
    arg = {"channel": "positions", "instType": "ANY"}
    return orjson.dumps({"arg": arg, "eventType": event, "data": [{"pos": str(size)}]})


class Sender:
    """A publisher of one channel, whose turns the test makes."""

    def __init__(self, broker: Broker, *topics: Topic, name: str = "first") -> None:
        self.writer = BrokerWriter(BrokerAddress(broker.url), 0.0, 0.0, lambda _: None)
        info = lookup(topics[0].channel)
        self.keys = PLACE.keys("public", topics[0].channel, is_private=info.private)
        rules = PublishTerms(name=name, lease_ms=60_000, max_entries=1_000, max_age_ms=0, max_waiting=1_000)
        self.stream = PublishedStream(self.keys, "public", rules, threading.Event())
        for topic in topics:
            self.stream.add(topic, keeper_for(info, topic, WORDS.read))
        self.turn()

    def turn(self, *messages: tuple[Topic, bytes]) -> None:
        """Write messages, and a sign of life with snapshots."""
        for topic, frame in messages:
            self.stream.put(topic, frame)
        assert self.writer.turn([self.stream])

    def end(self) -> None:
        """Leave the lease to others."""
        self.writer.close([self.stream])


class Follower:
    """One connection after another of one path, each on a thread of its own."""

    def __init__(self, broker: Broker, start: str = "latest") -> None:
        self.terms = FollowTerms(BrokerAddress(broker.url), PLACE, start, lookup)
        self.terms.report_to(self)  # type: ignore[arg-type]
        self.path = FollowedPath("public", self.terms)
        self.events: list[Any] = []
        self.frames: list[bytes] = []
        self.wire: FanoutWire
        self._asked = 0
        self._thread: threading.Thread | None = None
        self._ending: Ending | None = None

    def state(self, event: Any) -> None:
        """Take a state event."""
        self.events.append(event)

    def connect(self) -> None:
        """Begin a connection, and wait until it is open."""
        opened = threading.Event()
        self._ending, self.frames = None, []
        wire = self.wire = FanoutWire(self.path, 5.0, opened.set, self.frames.extend)

        def run() -> None:
            self._ending = wire.run()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert opened.wait(10)

    def ask(self, *topics: Topic, op: Any = "subscribe") -> None:
        """Send a request."""
        self._asked += 1
        self.wire.send(WORDS.ask_frame(op, list(topics), str(self._asked)))

    def ended(self) -> Ending:
        """Wait for the end of the connection."""
        assert self._thread is not None
        self._thread.join(10)
        assert self._ending is not None
        return self._ending

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What was said of requests so far."""
        return [orjson.loads(frame[1:]) for frame in list(self.frames) if frame.startswith(b"\x01")]

    @property
    def messages(self) -> list[bytes]:
        """The messages so far."""
        return [frame for frame in list(self.frames) if not frame.startswith(b"\x01")]


@pytest.fixture
def feed(broker: Broker) -> Iterator[Follower]:
    """A follower of public data."""
    made = Follower(broker)
    yield made
    if made._thread is not None:
        made.wire.close("the test is over")
        made.ended()


def test_a_published_topic_is_agreed_to_and_comes(broker: Broker, feed: Follower) -> None:
    """With the last ticker first; a ping is answered; what is left comes no more."""
    out = Sender(broker, TICKERS, OTHERS)
    out.turn((TICKERS, ticker(1)), (OTHERS, ticker(1, OTHERS)))
    feed.connect()
    feed.wire.send("ping")
    feed.ask(TICKERS)
    until(lambda: feed.messages)
    out.turn((OTHERS, ticker(2, OTHERS)), (TICKERS, ticker(2)))
    until(lambda: len(feed.messages) == 2)
    assert feed.messages == [ticker(1), ticker(2)]
    assert [one["is"] for one in feed.answers] == ["pong", "ack"]
    feed.ask(TICKERS, op="unsubscribe")
    until(lambda: len(feed.answers) == 3)
    out.turn((TICKERS, ticker(3)))
    feed.ask(OTHERS)
    until(lambda: len(feed.messages) > 2)
    assert feed.messages[2:] == [ticker(2, OTHERS)]


def test_what_nobody_publishes_is_refused(broker: Broker, feed: Follower) -> None:
    """With the reason: nobody ever, others of the channel, or nobody any more and who it was."""
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: len(feed.answers) == 2)
    out = Sender(broker, TICKERS)
    feed.ask(OTHERS)
    until(lambda: len(feed.answers) == 4)
    out.end()
    feed.ask(TICKERS)
    until(lambda: len(feed.answers) == 6)
    reasons = [one["reason"] for one in feed.answers if one["is"] == "refusal"]
    assert reasons[0] == "nobody has published tickers(instId=BTC-USDT) of okx global live"
    assert reasons[1] == "nobody publishes tickers(instId=ETH-USDT): first publishes others of this channel"
    assert reasons[2].startswith("nobody publishes tickers(instId=BTC-USDT) now: the last one, first, was last seen at")


def test_a_topic_is_waited_for(broker: Broker, feed: Follower) -> None:
    """Who waits hears so once, and is agreed to when it is published; also one that was had before."""
    feed.terms.patient.add(TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.events)
    out = Sender(broker, TICKERS)
    until(lambda: feed.answers)
    out.turn((TICKERS, ticker(1)))
    until(lambda: feed.messages)
    assert [(event.kind, event.topic) for event in feed.events] == [("stale", "tickers(instId=BTC-USDT)")]
    feed.ask(POSITIONS, op="unsubscribe")  # which was never asked for
    until(lambda: len(feed.answers) == 2)


def test_a_publisher_without_the_exchange_is_not_followed(broker: Broker, feed: Follower) -> None:
    """The refusal says so; a follower that is there already loses its connection with the publisher's reason."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    out.stream.tell("lost", 0, "reset by peer")
    out.turn()
    assert feed.ended().reason == "the publisher first lost its connection to the exchange: reset by peer"
    feed.path.known.clear()
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: len(feed.answers) == 2)
    assert (
        feed.answers[0]["reason"] == "the publisher first of tickers(instId=BTC-USDT) has no connection to the exchange"
    )


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("release", "has no publisher: the last one, first, was last seen at"),
        ("forget", "Redis knows nothing of okx:okx global live:-:public:tickers any more"),
        ("remove", "first publishes tickers(instId=BTC-USDT) no more"),
        ("kill", "was lost: ConnectionError"),
    ],
)
def test_when_a_connection_ends(broker: Broker, feed: Follower, harm: str, reason: str) -> None:
    """With a reason that says what has become of the publisher, or of Redis."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    if harm == "release":
        out.end()
    elif harm == "forget":
        broker.client.flushall()
    elif harm == "remove":
        out.stream.remove(TICKERS)
        out.turn()
    else:
        broker.kill()
    ending = feed.ended()
    assert ending.opened
    assert reason in ending.reason
    with pytest.raises(ConnectionLost, match="has ended"):
        feed.wire.send("ping")


def test_topics_that_change_end_nothing_that_is_followed(broker: Broker, feed: Follower) -> None:
    """Another topic begins and ends in the same stream."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    out.stream.add(OTHERS, None)
    out.turn()
    changes = int(broker.client.hget(out.keys.facts, "changes"))
    until(lambda: feed.path.streams[out.keys].changes == changes)
    feed.ask(TICKERS, op="unsubscribe")
    until(lambda: len(feed.answers) == 2)
    out.stream.remove(OTHERS)
    out.turn()
    until(lambda: feed.path.streams[out.keys].changes == changes + 1)
    assert feed._ending is None


def test_a_broker_that_is_not_there() -> None:
    """The connection was never open, and the error says where it should be."""
    path = FollowedPath("public", FollowTerms(BrokerAddress("redis://127.0.0.1:1/0"), PLACE, "latest", lookup))
    ending = FanoutWire(path, 1.0, lambda: None, lambda _: None).run()
    assert (ending.opened, ending.lasting) == (False, False)
    assert ending.error is not None
    assert "Redis at redis://127.0.0.1:1/0 cannot be reached" in ending.reason


def test_a_stream_goes_on_behind_a_lost_connection(broker: Broker, feed: Follower) -> None:
    """Nothing comes twice, and what came meanwhile comes; what was trimmed is told with its number."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    out.turn((TICKERS, ticker(1)))
    until(lambda: feed.messages)
    feed.wire.kill("cut")
    assert feed.ended().reason == "cut"
    out.turn((TICKERS, ticker(2)))
    out.turn((TICKERS, ticker(3)))
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: len(feed.messages) == 2)
    assert feed.messages == [ticker(2), ticker(3)]
    feed.wire.kill("cut")
    feed.ended()
    out.turn((TICKERS, ticker(4)))
    broker.client.xtrim(out.keys.stream, maxlen=0, approximate=False)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.events)
    assert feed.events[-1].reason == "1 messages of okx:okx global live:-:public:tickers are missing"


def test_books_and_account_data_end_the_connection_behind_a_gap(broker: Broker, feed: Follower) -> None:
    """They begin again with what is laid down; what came since then follows it."""
    out = Sender(broker, POSITIONS)
    out.turn((POSITIONS, account(1, "snapshot")))
    feed.connect()
    feed.ask(POSITIONS)
    until(lambda: feed.messages)
    broker.client.hset(out.keys.facts, "last", 5)  # as if four had been written, and trimmed
    out.stream._next = 6
    assert "4 messages of" in feed.ended().reason
    feed.connect()
    feed.ask(POSITIONS)
    until(lambda: feed.messages)
    out.turn((POSITIONS, account(2)))
    until(lambda: len(feed.messages) > 1)
    assert feed.messages == [account(1, "snapshot"), account(2)]


def test_a_snapshot_that_is_not_there_yet_is_waited_for(broker: Broker, feed: Follower) -> None:
    """It comes as soon as the publisher has one."""
    out = Sender(broker, POSITIONS)
    feed.connect()
    feed.ask(POSITIONS)
    until(lambda: feed.answers)
    out.turn((POSITIONS, account(1, "snapshot")))
    until(lambda: account(1, "snapshot") in feed.messages)


def test_a_snapshot_that_cannot_be_read_is_waited_for(broker: Broker, feed: Follower) -> None:
    """Another program has written it: the next one takes its place."""
    out = Sender(broker, POSITIONS)
    out.turn((POSITIONS, account(1, "snapshot")))
    (number,) = broker.client.hkeys(out.keys.snapshots)
    broker.client.hset(out.keys.snapshots, number, "garbage")
    feed.connect()
    feed.ask(POSITIONS)
    until(lambda: feed.answers)
    assert feed.messages == []
    out.turn((POSITIONS, account(2)))
    until(lambda: len(feed.messages) > 1)
    assert feed.messages[-2:] == [account(1, "snapshot"), account(2)]


def test_what_another_program_has_written(broker: Broker, feed: Follower) -> None:
    """An entry is passed over; facts that cannot be read end the connection, and say which key it is."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    broker.client.xadd(out.keys.stream, {"foo": "bar"})
    out.turn((TICKERS, ticker(1)))
    until(lambda: feed.messages)
    assert [event.reason.partition(", from ")[0] for event in feed.events] == [
        f"another program writes into {out.keys.name}"
    ]
    broker.client.hset(out.keys.facts, "base", "none")
    ending = feed.ended()
    assert f"another program has written into {out.keys.facts}: invalid literal" in ending.reason
    assert not ending.lasting


def test_another_publisher_takes_over(broker: Broker, feed: Follower) -> None:
    """The connection ends with its name, and the next one follows it."""
    first = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    first.stream.release(broker.client)
    second = Sender(broker, TICKERS, name="second")
    reason = feed.ended().reason
    assert "second took over" in reason or "has no publisher" in reason
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    second.turn((TICKERS, ticker(2)))
    until(lambda: ticker(2) in feed.messages)


def test_many_messages_are_handed_on_in_pieces(broker: Broker) -> None:
    """From the earliest that is kept; all of them, in their order."""
    out = Sender(broker, TICKERS)
    frames = [ticker(number) for number in range(700)]
    for frame in frames:
        out.stream.put(TICKERS, frame)
    out.turn()
    feed = Follower(broker, "earliest")
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: len(feed.messages) >= 700)
    assert [frame for frame in feed.messages if frame in frames][:700] == frames
    feed.wire.close("done")
    assert feed.ended().reason == "done"


def test_a_stream_without_topics_is_left_after_a_while(
    broker: Broker, feed: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at once: a book is left only to be asked for again. What comes meanwhile is not missed."""
    out = Sender(broker, TICKERS)
    feed.connect()
    feed.ask(TICKERS)
    until(lambda: feed.answers)
    feed.ask(TICKERS, op="unsubscribe")
    feed.ask(TICKERS)
    until(lambda: len(feed.answers) == 3)
    looked = feed.wire._looked_at
    until(lambda: feed.wire._looked_at > looked)
    assert out.keys in feed.path.streams
    monkeypatch.setattr(fanout_wire, "_IDLE_STREAM_S", 0.0)
    feed.ask(TICKERS, op="unsubscribe")
    until(lambda: out.keys not in feed.path.streams)
    out.turn((TICKERS, ticker(1)))
    feed.ask(TICKERS)
    until(lambda: feed.messages)
    assert (feed.messages, feed.events) == ([ticker(1)], [])
    assert time.monotonic() > looked
