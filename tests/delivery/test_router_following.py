"""``Batch`` chooses the events that are followed, by chance, and few of them."""

from __future__ import annotations

from typing import Any

from okx_sync.delivery.push_callback import AssembledPushCallback
from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from tests.clocks import HandClock
from tests.delivery.following import Stream, lag, tick, us
from tests.delivery.numbers import Numbers
from tests.delivery.owner import recording_owner
from tests.protocol.toy_dialect import A


def test_an_inline_callback() -> None:
    """Measured when it begins, not when it returns."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: owner.clock.sleep(5.0))
        stream.bring(tick(), after_s=0.25)
        assert us(lag(stream.sinks[0])) == (1, 250_000)


def test_local_state() -> None:
    """Callbacks that take pushes as a whole are measured as others."""

    class State(AssembledPushCallback):
        def __call__(self, whole: Any) -> None:
            """Keep nothing."""

    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=State())
        stream.bring(tick(), after_s=0.5)
        assert us(lag(stream.sinks[0])) == (1, 500_000)


def test_what_was_parsed_for_an_inline_callback() -> None:
    """A push that had to be looked at is measured as one that was not."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: None)
        stream.route.buffer = RecoveryBuffer(Numbers(), A, 0)
        stream.route.settle()
        stream.bring(tick(), after_s=0.5)
        assert us(lag(stream.sinks[0])) == (1, 500_000)


def test_some_are_followed() -> None:
    """One of a read, and none of the reads right behind it, so that it costs next to nothing."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: None)
        for _ in range(5):
            stream.bring(*[tick()] * 10)
        assert us(lag(stream.sinks[0])) == (1, 0)
        owner.clock.sleep(1.0)
        stream.bring(tick())
        assert us(lag(stream.sinks[0])) == (2, 0)


def test_each_message_of_a_read_may_be_the_one() -> None:
    """Else those behind it, which wait longer, would never be told of."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: owner.clock.sleep(0.001))
        for _ in range(60):
            owner.clock.sleep(1.0)
            stream.bring(*[tick()] * 10)
        found = lag(stream.sinks[0])
        assert found is not None
        assert found.p50_us > 0
        assert 7_000 <= found.max_us <= 9_001


def test_of_many_topics_some_are_followed() -> None:
    """However many a read brings something for."""
    with recording_owner(HandClock()) as owner:
        streams = [Stream(owner) for _ in range(12)]
        batch = streams[0].batch
        take = batch.begin(owner.clock.monotonic(), 12)
        for stream in streams:
            take(stream.route, tick())
        batch.flush()
        assert sum(stream.sinks[0].followed_since is not None for stream in streams) == 4


def test_what_has_waited_before_is_not_measured() -> None:
    """Nobody knows when it came: what REST told, what a new socket held back, what waited for a recovery."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: None)
        stream.bring(tick(), messages=0)
        assert stream.sinks[0].lag is None
        stream.route.buffer = RecoveryBuffer(Numbers(), A, 0, max_bytes=1)
        stream.route.settle()
        stream.route.buffer.hold()
        stream.bring(tick())
        assert stream.sinks[0].received == 2
        assert stream.sinks[0].lag is None


def test_an_inline_callback_beside_a_reader() -> None:
    """Both get each event once, whichever is measured."""
    got: list[Any] = []
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=got.append)
        reader = stream.add()
        for number in range(3):
            stream.bring(tick(number))
            owner.clock.sleep(1.0)
        assert [event.n for event in got] == [reader.get(1).n for _ in range(3)] == [0, 1, 2]
        assert us(lag(stream.sinks[0])) == (3, 0)
