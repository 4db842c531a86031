"""``DropReports``: dropped events are told at once and then in sums, and nothing of them is forgotten."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.drop_reports import DropReports
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, recording_owner
from tests.protocol.toy_dialect import A, B


@attrs.frozen
class Rig:
    """Reports on a clock that is moved by hand, two subscriptions, and what was told of them."""

    reports: DropReports
    clock: HandClock
    one: Subscription[Any]
    other: Subscription[Any]
    told: list[tuple[str, int]]


@pytest.fixture
def rig() -> Iterator[Rig]:
    """Nothing has been dropped yet."""
    clock, told = HandClock(), list[tuple[str, int]]()
    with recording_owner() as owner:
        reports = DropReports(clock, lambda sub, number: told.append((sub.topic.channel, number)))
        yield Rig(reports, clock, Subscription(owner, A), Subscription(owner, B), told)


def test_the_first_drop_is_told_at_once(rig: Rig) -> None:
    """Of each subscription: what one loses says nothing of the other."""
    rig.reports.add(rig.one, 3)
    rig.reports.add(rig.other, 1)
    assert rig.told == [("a", 3), ("b", 1)]


def test_after_that_sums_are_told_once_a_second(rig: Rig) -> None:
    """All that was told adds up to all that was dropped."""
    rig.reports.add(rig.one, 1)
    for _ in range(5):
        rig.clock.forward(0.1)
        rig.reports.add(rig.one, 2)
        rig.reports.tick()
    assert rig.told == [("a", 1)]
    rig.clock.forward(0.5)
    rig.reports.tick()
    rig.reports.tick()
    assert rig.told == [("a", 1), ("a", 10)]
    rig.clock.forward(1.0)
    rig.reports.tick()  # nothing new
    rig.reports.add(rig.one, 4)
    assert rig.told == [("a", 1), ("a", 10), ("a", 4)]


def test_a_drop_after_a_second_is_told_with_what_came_before_it(rig: Rig) -> None:
    """Without waiting for the next tick."""
    rig.reports.add(rig.one, 1)
    rig.reports.add(rig.one, 2)
    rig.clock.forward(1.0)
    rig.reports.add(rig.one, 3)
    assert rig.told == [("a", 1), ("a", 5)]


def test_what_is_left_is_told_at_the_end(rig: Rig) -> None:
    """Once; of one that has nothing left, and of one that never dropped anything, nothing is told."""
    rig.reports.add(rig.one, 1)
    rig.reports.add(rig.one, 2)
    for _ in range(2):
        rig.reports.finish(rig.one)
        rig.reports.finish(rig.other)
    assert rig.told == [("a", 1), ("a", 2)]


def test_an_ended_subscription_is_not_kept(rig: Rig) -> None:
    """Even when something was dropped of it after its end."""
    with recording_owner() as owner:
        late: Subscription[Any] = Subscription(owner, A)
        rig.reports.finish(late)
        rig.reports.add(late, 1)
        gone = weakref.ref(late)
        del late
    gc.collect()
    assert gone() is None
    rig.clock.forward(2)
    rig.reports.tick()
    assert rig.told == [("a", 1)]


def test_no_lock_is_held_while_it_is_told(rig: Rig) -> None:
    """Whoever hears of it may take locks of its own, and wait for another thread that drops something."""
    told = list[str]()

    def tell(sub: Subscription[Any], _number: int) -> None:
        told.append(sub.topic.channel)
        if sub is rig.one:
            thread = threading.Thread(target=reports.add, args=(rig.other, 5))
            thread.start()
            thread.join(PATIENCE_S)
            assert not thread.is_alive()

    reports = DropReports(rig.clock, tell)
    reports.add(rig.one, 1)
    reports.add(rig.one, 1)
    rig.clock.forward(1)
    reports.tick()
    reports.add(rig.one, 1)
    reports.finish(rig.one)
    assert told.count("a") == 3
    assert "b" in told
