"""The pace of asking for snapshots."""

from __future__ import annotations

from itertools import pairwise

from okx_sync.state.resync import Resync
from tests.clocks import HandClock


def test_one_request_for_one_gap() -> None:
    """However many changes arrive while the snapshot is on its way."""
    resync = Resync(HandClock())
    assert resync.lost()
    assert [resync.is_due() for _ in range(500)].count(True) == 1
    assert not any(resync.lost() for _ in range(500))
    resync.settled()
    assert not resync.is_due()


def test_nothing_is_asked_without_need() -> None:
    """A tick alone never asks."""
    clock = HandClock()
    resync = Resync(clock)
    clock.forward(10_000)
    assert not resync.is_due()


def test_a_stream_that_breaks_again_is_asked_ever_more_rarely() -> None:
    """1, 2, 4 seconds and so on up to the cap; each later request waits for its time."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, cap_s=10, calm_s=1000)
    asked: list[float] = []
    for _ in range(6000):
        resync.lost()
        if resync.is_due():
            asked.append(clock.monotonic())
            resync.settled()
        clock.forward(0.01)
    steps = [round(later - earlier, 1) for earlier, later in pairwise(asked)]
    assert steps == [1, 2, 4, 8, 10, 10, 10, 10]


def test_a_calm_stretch_forgets_the_past() -> None:
    """After it, the first gap is answered at once again, and so is the pace after it."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, calm_s=60)
    for _ in range(5):
        resync.lost()
        clock.forward(20)
        assert resync.is_due()
        resync.settled()
    clock.forward(16 + 60)
    assert resync.lost()
    assert resync.is_due()
    resync.settled()
    resync.lost()
    assert not resync.is_due()
    clock.forward(1)
    assert resync.is_due()


def test_a_snapshot_that_never_comes_is_asked_for_again() -> None:
    """But not before the time that an answer may take."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, answer_s=20)
    resync.lost()
    assert resync.is_due()
    clock.forward(19)
    assert not resync.is_due()
    clock.forward(1)
    assert resync.is_due()


def test_a_snapshot_that_is_expected_anyway_is_not_asked_for() -> None:
    """A new subscription brings one: changes that come before it are no news and no reason to ask."""
    clock = HandClock()
    resync = Resync(clock, answer_s=20)
    resync.expect()
    assert not resync.lost()
    assert not resync.is_due()
    clock.forward(20)
    assert resync.is_due()
