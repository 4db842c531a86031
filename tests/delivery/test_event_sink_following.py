"""An event that is followed is measured when its consumer gets it, whichever way it takes."""

from __future__ import annotations

import queue
from typing import Any

import pytest

from tests.clocks import HandClock
from tests.delivery.following import Stream, lag, tick, us
from tests.delivery.owner import HeldCallback, recording_owner, until


def test_a_callback_on_a_thread_of_its_own() -> None:
    """When it gets the event: the one that is followed waits behind one that takes long."""
    held, got = HeldCallback(), list[int]()

    def callback(event: Any) -> None:
        if not got:
            held()
        got.append(event.n)

    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, callback=callback)
        stream.bring(tick(1))
        assert held.entered.wait(5)
        owner.clock.sleep(1.0)
        stream.bring(tick(2))
        assert stream.sinks[0].followed_since == owner.clock.monotonic()
        owner.clock.sleep(3.0)
        held.go_on.set()
        until(lambda: got == [1, 2])
        assert us(lag(stream.sinks[0])) == (2, 3_000_000)
        assert stream.sinks[0].followed_since is None


@pytest.mark.parametrize("take", ["get", "recv", "several"])
def test_a_reader(take: str) -> None:
    """When it takes the event out: of its subscription, of the client, and where several have the topic."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner)
        if take == "several":
            stream.add()
        stream.bring(tick(7))
        owner.clock.sleep(2.0)
        for sink in stream.sinks:
            event = owner.inbox.recv(1) if take == "recv" else sink.get(1)
            assert event.n == 7
            assert us(lag(sink)) == (1, 2_000_000)


def test_what_several_read_from_the_client() -> None:
    """Rows that were decoded for several consumers are measured as ``recv()`` gives them out, too."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner)
        stream.add()
        stream.bring(tick(7))
        owner.clock.sleep(2.0)
        assert [owner.inbox.recv(1).n for _ in range(2)] == [7, 7]
        assert [us(lag(sink)) for sink in stream.sinks] == [(1, 2_000_000)] * 2


def test_one_that_waits_is_not_forgotten() -> None:
    """While nothing is dropped it will come, however late; that is what somebody wants to know."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner)
        stream.bring(tick(1))
        owner.clock.sleep(600.0)
        stream.bring(tick(2))
        assert stream.sinks[0].get(1).n == 1
        assert us(lag(stream.sinks[0])) == (1, 600_000_000)


def test_where_newer_ones_take_the_place_of_older_ones() -> None:
    """Policy ``latest``: the newest is followed."""
    with recording_owner(HandClock()) as owner:
        stream = Stream(owner, policy="latest")
        stream.bring(tick(1))
        owner.clock.sleep(5.0)
        stream.bring(tick(2))
        owner.clock.sleep(1.0)
        assert stream.sinks[0].get(1).n == 2
        assert us(lag(stream.sinks[0])) == (1, 1_000_000)


def test_a_queue_of_the_users_is_not_seen_into() -> None:
    """Who takes something out, and when, is the user's."""
    with recording_owner(HandClock()) as owner:
        own: queue.Queue[Any] = queue.Queue()
        stream = Stream(owner, queue=own)
        stream.bring(tick())
        assert own.get(timeout=1).n == 1
        assert stream.sinks[0].lag is None
        assert stream.sinks[0].followed_since is None
