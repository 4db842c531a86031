"""How far a follower is in a stream: what came, what is missing and how much, and when the connection must end."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync import DecodeError
from okx_sync.exchanges.okx.channels import topic_for
from okx_sync.fanout.entries import EntryKind, StreamEntry, pack
from okx_sync.fanout.followed_stream import FollowedStream, StreamFacts, only
from okx_sync.fanout.start_place import StartPlace
from okx_sync.fanout.stream_keys import StreamKeys, topic_number

BTC, ETH = (topic_for("books", instId=name) for name in ("BTC-USDT", "ETH-USDT"))
KEYS = StreamKeys("books")
FACTS = StreamFacts(
    epoch="a", publisher="first", last=3, last_id=(3, 0), snapped=(2, 0), heartbeat_ms=7, changes=1, lineage="x",
    base=0, is_up=True, is_held=True,
)  # fmt: skip


def entry(
    at: int, first: int, frames: list[tuple[Any, bytes]], kind: EntryKind = "", epoch: str = "a", **more: Any
) -> StreamEntry:
    """Make an entry; ``more``: other fields, and ``text`` and ``details`` of an event."""
    text, details = more.pop("text", b""), more.pop("details", {})
    data = text if kind else pack((topic_number(topic), frame) for topic, frame in frames)
    fields: dict[str, Any] = {"lineage": "x", "base": 0, "count": len(frames)} | more
    return StreamEntry(
        (at, 0), epoch, fields["lineage"], fields["base"], first, fields["count"], 0, kind, data, details
    )


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def stream(told: list[str]) -> FollowedStream:
    """A stream of which books of BTC are followed from now on."""
    made = FollowedStream(KEYS, told.append)
    made.begin(FACTS, StartPlace())
    made.connected(FACTS)
    made.follow(BTC, is_state=True)
    return made


def take(stream: FollowedStream, one: StreamEntry) -> tuple[list[bytes], str | None]:
    """Give an entry to it: the messages that came of it, and why the connection is to end."""
    out: list[bytes] = []
    return out, stream.take(one, out)


def test_facts_of_nobody_are_none() -> None:
    """All that may be missing has a value; where nobody ever published there are no facts."""
    assert StreamFacts.read([None] * 10, None) is None
    bare = StreamFacts.read([b"a", *[None] * 9], b"b")
    assert bare is not None
    assert (bare.publisher, bare.last, bare.last_id, bare.is_up, bare.lineage) == ("?", 0, (0, 0), False, "")
    full: list[bytes | None] = [b"a", b"first", b"3", b"3-0", b"2-0", b"7", b"1", b"1", b"x", b"0"]
    assert StreamFacts.read(full, b"a") == FACTS


def test_messages_of_followed_topics_come_out(stream: FollowedStream, told: list[str]) -> None:
    """Those of others count; those of a topic that was left stay where they are."""
    assert take(stream, entry(4, 4, [(BTC, b"one"), (ETH, b"two"), (BTC, b"three")])) == ([b"one", b"three"], None)
    stream.leave(BTC)
    stream.leave(ETH)
    assert take(stream, entry(5, 7, [(BTC, b"four")])) == ([], None)
    assert (stream.at, stream.stats.received, stream.stats.missing, told) == ((5, 0), 4, 0, [])
    assert stream.stats.publisher == "first"


def test_what_is_missing_is_told_with_its_number(stream: FollowedStream, told: list[str]) -> None:
    """A book cannot go on behind it; the connection ends so that it begins with a snapshot."""
    messages, ended = take(stream, entry(4, 6, [(BTC, b"one")]))
    assert (messages, ended) == ([b"one"], "2 messages of books are missing")
    assert told == ["2 messages of books are missing"]
    assert (stream.stats.received, stream.stats.missing) == (1, 2)


def test_a_topic_without_state_goes_on_behind_a_gap(told: list[str]) -> None:
    """It is told, and the connection stays."""
    stream = FollowedStream(KEYS, told.append)
    stream.begin(FACTS, StartPlace((1, 0)))  # from an id on: what comes first is the first
    stream.connected(attrs.evolve(FACTS, last_id=(1, 0)))
    stream.follow(BTC, is_state=False)
    assert take(stream, entry(2, 9, [(BTC, b"one")])) == ([b"one"], None)
    assert take(stream, entry(3, 11, [(BTC, b"two")])) == ([b"two"], None)
    assert told == ["1 messages of books are missing"]


def test_what_came_before_the_connection_ends_nothing(stream: FollowedStream, told: list[str]) -> None:
    """A loss that is over is told, and no reason to connect again."""
    stream.interrupted()
    stream.connected(attrs.evolve(FACTS, last_id=(9, 0)))
    stream.follow(BTC, is_state=True)
    assert take(stream, entry(4, 6, [(BTC, b"one")])) == ([b"one"], None)
    assert take(stream, entry(5, 7, [], "lost", text=b"cut"))[1] is None
    assert len(told) == 1
    assert stream.at == (5, 0)


def test_events_of_the_publisher(stream: FollowedStream, told: list[str]) -> None:
    """A gap of its own is told; its loss ends the connection with its reason; that it is back is no news here."""
    assert take(stream, entry(4, 4, [], "gap", text=b"trades: one is missing"))[1] is None
    assert told == ["the publisher first has a gap: trades: one is missing"]
    assert take(stream, entry(5, 4, [], "restored"))[1] is None
    ended = take(stream, entry(6, 4, [], "lost", text=b"reset by peer"))[1]
    assert ended == "the publisher first lost its connection to the exchange: reset by peer"


def test_another_publisher_goes_on(stream: FollowedStream, told: list[str]) -> None:
    """What was sent before it is accounted for by its base; how much there would have been is not known."""
    details = {b"name": b"second", b"was": b"a", b"was_name": b"first", b"was_heartbeat": b"17"}
    ended = take(stream, entry(5, 1, [], "epoch", "b", base=5, details=details))[1]
    assert ended == "the publisher second took over"
    assert told == [
        "2 messages of books are missing",
        "books had no publisher since the last sign of life of first at 17 ms: nobody knows how many messages are "
        "missing",
    ]
    assert stream.stats == attrs.evolve(stream.stats, publisher="second", missing=2, interruptions=1)
    assert take(stream, entry(6, 1, [(BTC, b"one")], epoch="b", base=5)) == ([b"one"], None)


def test_the_same_publisher_again(stream: FollowedStream, told: list[str]) -> None:
    """It writes its epoch anew when the broker had forgotten all: what is missing has its number."""
    assert take(stream, entry(4, 6, [], "epoch", "a", details={b"name": b"first"}))[1] is None
    assert told == ["2 messages of books are missing"]
    assert stream.stats.interruptions == 0


def test_an_epoch_that_nobody_announced(stream: FollowedStream, told: list[str]) -> None:
    """Its first message is trimmed: the change is noticed by the next one."""
    ended = take(stream, entry(5, 4, [(BTC, b"one")], epoch="b", base=0))[1]
    assert ended == "messages are missing between two publishers"
    assert told == ["books had no publisher for a time: nobody knows how many messages are missing"]


def test_a_broker_that_has_forgotten_all(stream: FollowedStream, told: list[str]) -> None:
    """Numbers of another lineage cannot be compared, and it is said so."""
    details = {b"name": b"second"}
    take(stream, entry(1, 1, [], "epoch", "b", lineage="y", details=details))
    assert told == [
        "books had no publisher for a time; Redis has forgotten what was sent before: nobody knows how many messages "
        "are missing"
    ]
    assert stream.stats.missing == 0


def test_the_end_of_what_is_there(stream: FollowedStream, told: list[str]) -> None:
    """Facts that were read before the stream say what must have come; those of another epoch are a change."""
    assert stream.caught_up(FACTS) is None
    assert stream.caught_up(attrs.evolve(FACTS, last=5)) == "2 messages of books are missing"
    other = attrs.evolve(FACTS, epoch="b", last=1, base=5)  # its first message is the sixth of all
    assert stream.caught_up(other) == "1 messages of books are missing"
    assert stream.stats.interruptions == 1
    fresh = FollowedStream(KEYS, told.append)
    fresh.begin(FACTS, StartPlace((0, 0)))
    assert fresh.caught_up(FACTS) is None


def test_a_snapshot_comes_in_its_place(stream: FollowedStream) -> None:
    """At once where the stream is there already; else before what follows it, or at the end."""
    number = topic_number(BTC)
    assert stream.insert(number, (3, 0), [b"now"], is_needed=True) == [b"now"]
    assert stream.due() == []
    assert stream.insert(number, (5, 0), [b"snapshot"], is_needed=True) == []
    assert stream.due() == []
    assert take(stream, entry(5, 4, [(BTC, b"one")])) == ([b"one"], None)
    assert take(stream, entry(6, 5, [(BTC, b"two")])) == ([b"snapshot", b"two"], None)
    stream.insert(number, (9, 0), [b"last"], is_needed=True)
    assert stream.due(at_end=True) == [b"last"]


def test_an_old_ticker_does_not_follow_a_new_one(stream: FollowedStream) -> None:
    """A snapshot that is not needed is left out once a message of its topic has come."""
    stream.insert(topic_number(BTC), (8, 0), [b"old"], is_needed=False)
    stream.insert(topic_number(ETH), (8, 0), [b"other"], is_needed=False)
    take(stream, entry(4, 4, [(BTC, b"new")]))
    assert stream.due(at_end=True) == [b"other"]
    stream.insert(topic_number(BTC), (8, 0), [b"old"], is_needed=True)
    stream.interrupted()
    assert stream.due(at_end=True) == []


def test_messages_of_one_topic() -> None:
    """Events among the entries have none."""
    entries = [entry(1, 1, [(BTC, b"one"), (ETH, b"two")]), entry(2, 3, [], "lost", text=b"cut")]
    assert only(topic_number(BTC), entries) == [b"one"]


@pytest.mark.parametrize("harm", ["data", "count"])
def test_messages_that_cannot_be_read_are_missing(told: list[str], harm: str) -> None:
    """Their number is known; a book begins anew behind them, other topics go on."""
    for is_state in (True, False):
        stream = FollowedStream(KEYS, told.append)
        stream.begin(FACTS, StartPlace())
        stream.connected(FACTS)
        stream.follow(BTC, is_state=is_state)
        bad = entry(4, 4, [(BTC, b"one"), (BTC, b"two")])
        bad = attrs.evolve(bad, data=bad.data[:-1]) if harm == "data" else attrs.evolve(bad, count=3)
        reason = f"{bad.count} messages of books are missing: their entry cannot be read"
        assert take(stream, bad) == ([], reason if is_state else None)
        assert (stream.stats.received, stream.stats.missing, told.pop()) == (0, bad.count, reason)
        assert only(topic_number(BTC), [bad]) == ([] if harm == "data" else [b"one", b"two"])


def test_entries_of_another_program_are_passed_over(stream: FollowedStream, told: list[str]) -> None:
    """The first of several in a row is told; numbers go on as if they were not there."""
    for at in (4, 5):
        stream.pass_over((at, 0), DecodeError("it has no number"))
    assert (stream.at, stream.stats.missing) == ((5, 0), 0)
    assert told == ["another program writes into books, from 4-0 on: it has no number"]
    assert take(stream, entry(6, 4, [(BTC, b"one")])) == ([b"one"], None)
    stream.pass_over((7, 0), DecodeError("it has no number"))
    assert len(told) == 2


def test_a_lease_that_is_no_epochs_is_none() -> None:
    """Whatever has written it, nobody publishes."""
    full: list[bytes | None] = [b"a", b"first", b"3", b"3-0", b"2-0", b"7", b"1", b"1", b"x", b"0"]
    for holder in (None, b"b"):
        facts = StreamFacts.read(full, holder)
        assert facts is not None
        assert not facts.is_held


def test_a_position_is_behind_a_whole_entry() -> None:
    """Whoever asks while an entry is read, on another thread say, gets no new id with an old number; nor a mixture."""
    asked: list[tuple[str, int, int]] = []

    def ask(_: str) -> None:
        now = followed.stats
        asked.append((now.position, now.received, now.missing))

    class Asking(list[bytes]):
        def __iadd__(self, more: Any) -> Any:  # type: ignore[misc]
            ask("in the midst")
            return super().__iadd__(more)

    followed = FollowedStream(KEYS, ask)
    followed.begin(FACTS, StartPlace())
    followed.connected(FACTS)
    followed.follow(BTC, is_state=True)
    followed.take(entry(4, 6, [(BTC, b"one")]), Asking())
    assert asked == [("3-0/x/4", 0, 0), ("4-0/x/7", 1, 2)]


def test_it_begins_where_another_one_was(told: list[str]) -> None:
    """A position has the number that should come next: what is missing since then is told; else that nobody knows."""
    stream = FollowedStream(KEYS, told.append)
    assert stream.stats.position == "latest"
    stream.begin(FACTS, StartPlace.read("1-0/x/2"))
    stream.connected(FACTS)
    assert take(stream, entry(4, 4, [(BTC, b"one")])) == ([], None)
    assert told == ["2 messages of books are missing"]
    assert stream.stats.position == "4-0/x/5"
    other = FollowedStream(KEYS, told.append)
    other.begin(FACTS, StartPlace((1, 0), is_cut=True))
    assert told[1:] == ["what followed 1-0 in books is kept no more: nobody knows how much"]
    assert other.stats.interruptions == 1
    assert other.stats.position == "1-0"
