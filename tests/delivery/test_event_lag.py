"""How long events take; what is not known is not told."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.delivery.event_lag import EventLag
from tests.clocks import HandClock
from tests.delivery.following import WALL, Stream, lag, tick, us
from tests.delivery.owner import recording_owner


def test_the_exchanges_time() -> None:
    """With a clock that was measured: to the socket, and from there; both are of the same events."""
    with recording_owner(HandClock()) as owner:
        owner.clock.offset_s = 10.0  # the exchange is ahead
        stream = Stream(owner, inline=True, callback=lambda _: None)
        stream.bring(tick(ago_ms=-9_900), after_s=0.25)
        sink = stream.sinks[0]
        assert us(lag(sink, "exchange_to_socket")) == (1, 100_000)
        assert us(lag(sink)) == (1, 250_000)
        assert us(lag(sink, "exchange_to_consumer")) == (1, 350_000)


@pytest.mark.parametrize(
    ("frame", "stamp"),
    [(tick(), None), (tick(ago_ms="soon"), "ts"), (tick(recovered=True), "ts"), (tick(), "other")],
    ids=["no field", "unreadable", "told by REST", "another row"],
)
def test_without_a_time_of_the_exchange(frame: bytes, stamp: str | None) -> None:
    """Only what is known is told: from the socket on."""
    with recording_owner(HandClock()) as owner:
        owner.clock.offset_s = 0.0
        stream = Stream(owner, inline=True, callback=lambda _: None, stamp=stamp)
        stream.bring(frame)
        sink = stream.sinks[0]
        assert us(lag(sink)) == (1, 0)
        assert lag(sink, "exchange_to_socket") is lag(sink, "exchange_to_consumer") is None
        assert sink.lag is not None
        assert sink.lag.unstamped == 1


def test_without_a_measured_clock() -> None:
    """Ours may be off by anything: no way from the exchange is told, although there is a time."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=lambda _: None)
        stream.bring(tick())
        sink = stream.sinks[0]
        assert us(lag(sink)) == (1, 0)
        assert lag(sink, "exchange_to_socket") is None
        assert sink.lag is not None
        assert sink.lag.unstamped == 0


def test_looking_at_the_time_reads_nothing() -> None:
    """What its consumers read is learned from the rows; a row whose time was measured is as fresh as any."""
    got: list[Any] = []
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, inline=True, callback=got.append)
        stream.bring(tick())
        assert us(lag(stream.sinks[0])) == (1, 0)
        assert "ts" not in vars(got[0])
        assert got[0].ts == int(WALL * 1000)


def test_a_message_without_events_says_nothing() -> None:
    """Nothing has reached anybody."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner)
        stream.sinks[0].reached((), 0.0)
        assert stream.sinks[0].lag is None
        assert EventLag().unstamped == 0


def test_one_that_was_dropped_is_given_up_after_a_while() -> None:
    """A full mailbox may throw away what is followed; it is still told how long that has waited until then."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, maxsize=1)
        sink = stream.sinks[0]
        stream.bring(tick(1))
        first = owner.clock.monotonic()
        owner.clock.sleep(59.0)
        stream.bring(tick(2))
        assert sink.followed_since == first
        owner.clock.sleep(2.0)
        stream.bring(tick(3))
        owner.clock.sleep(3.0)
        assert sink.get(1).n == 3
        assert us(lag(sink)) == (1, 3_000_000)
