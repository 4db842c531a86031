"""A stream as one member of a group sees it: what came again counts apart, and who notices a loss tells it."""

from __future__ import annotations

import pytest

from okx_sync.fanout.followed_stream import GroupStats
from okx_sync.fanout.shared_stream import SharedStream
from okx_sync.fanout.start_place import StartPlace
from tests.fanout.test_followed_stream import BTC, FACTS, KEYS, entry, take


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def stream(told: list[str]) -> SharedStream:
    """A stream that a member has joined."""
    made = SharedStream(KEYS, told.append)
    made.begin(FACTS, StartPlace())
    made.connected(FACTS)
    made.follow(BTC, is_state=False)
    return made


def test_what_comes_again_counts_apart(stream: SharedStream, told: list[str]) -> None:
    """Entries between are those of other members: nothing is missing. What cannot be read came to nobody."""
    stream.again = frozenset({(4, 0), (5, 0)})
    assert take(stream, entry(4, 4, [(BTC, b"one"), (BTC, b"two")])) == ([b"one", b"two"], None)
    bad = entry(5, 6, [(BTC, b"three")], count=2)
    assert take(stream, bad) == ([], None)
    assert take(stream, entry(9, 20, [(BTC, b"four")])) == ([b"four"], None)
    stats = stream.stats
    assert (stats.received, stats.redelivered, stats.missing) == (1, 2, 2)
    assert told == ["2 messages of books are missing: their entry cannot be read"]
    stream.caught_up(FACTS)
    assert len(told) == 1


def test_what_the_group_misses(stream: SharedStream, told: list[str]) -> None:
    """With its number, or that nobody knows it; the sums are those of all members."""
    stream.missed(0, 0)
    stream.missed(3, 1)
    stream.group = GroupStats(handled=7, missing=3)
    assert told == [
        "3 messages of books are missing in the group",
        "Redis has forgotten what was sent of books: nobody knows what the group missed",
    ]
    assert (stream.stats.missing, stream.stats.interruptions, stream.stats.group) == (3, 1, stream.group)


@pytest.mark.parametrize(("was", "interruptions"), [(b"a", 1), (b"", 0)])
def test_another_publisher(stream: SharedStream, told: list[str], was: bytes, interruptions: int) -> None:
    """The one member that is given its entry tells that nobody published for a time, unless it is the first of all."""
    details = {b"name": b"second", b"was": was, b"was_name": b"first", b"was_heartbeat": b"17"}
    assert take(stream, entry(5, 1, [], "epoch", "b", base=5, details=details)) == ([], None)
    assert stream.stats.publisher == "second"
    assert stream.stats.interruptions == interruptions
    assert len(told) == interruptions
    assert all("since the last sign of life of first at 17 ms" in reason for reason in told)
