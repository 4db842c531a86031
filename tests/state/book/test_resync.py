"""The pace of asking for snapshots."""

from __future__ import annotations

from itertools import pairwise

from okx_sync.state.book.resync import Resync
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


def late(clock: HandClock, resync: Resync, seconds: int) -> list[int]:
    """Seconds, of the next so many, at which a snapshot should be fetched elsewhere; each attempt is over at once."""
    begin, found = clock.monotonic(), []
    for _ in range(seconds * 10):
        clock.forward(0.1)
        if resync.is_late():
            found.append(round(clock.monotonic() - begin))
            resync.fetched()
    return found


def test_a_stream_that_owes_its_snapshot_is_helped_ever_more_rarely() -> None:
    """A few seconds after the request, then 1, 2, 4, 8 seconds later; with the next request it starts anew."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, patience_s=3, answer_s=20)
    resync.expect()
    resync.lost()
    assert late(clock, resync, 19) == [3, 4, 6, 10, 18]
    clock.forward(2)
    assert resync.is_due()
    assert late(clock, resync, 5) == [3, 4]
    resync.settled()
    assert late(clock, resync, 60) == []


def test_nothing_is_fetched_for_a_stream_that_is_silent() -> None:
    """Without changes there is nothing that a fetched snapshot could be joined with."""
    clock = HandClock()
    resync = Resync(clock)
    resync.expect()
    assert late(clock, resync, 10) == []
    resync.lost()
    assert late(clock, resync, 6) == [0, 1, 3]


def test_there_is_one_fetch_at_a_time() -> None:
    """However long it takes."""
    clock = HandClock()
    resync = Resync(clock, patience_s=3)
    resync.lost()
    assert resync.is_due()
    clock.forward(3)
    assert resync.is_late()
    clock.forward(1000)
    assert not resync.is_late()
    resync.fetched()
    assert resync.is_late()


def test_what_the_next_socket_brings_unasked_is_waited_for() -> None:
    """However long it takes to come up. Its first change is no news; from then on the snapshot may take its time."""
    clock = HandClock()
    resync = Resync(clock, patience_s=3, answer_s=20)
    resync.promise()
    clock.forward(1000)
    assert not resync.is_due()
    assert not resync.is_late()
    assert not resync.lost()
    assert not resync.is_due()
    assert late(clock, resync, 5) == [3, 4]
    clock.forward(16)
    assert resync.is_due()


def test_a_snapshot_of_no_use_is_told_once_and_not_asked_for_in_a_loop() -> None:
    """Crossed sides, a side that is missing: told once for each request, asked for again as if none had come."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, cap_s=60, answer_s=20)
    resync.expect()
    assert resync.lost(was_whole=True)
    asked: list[float] = []
    for _ in range(2000):
        assert not resync.lost(was_whole=True)
        if resync.is_due():
            asked.append(clock.monotonic())
        clock.forward(0.1)
    steps = [round(later - earlier) for earlier, later in pairwise(asked)]
    assert len(asked) <= 8
    assert min(steps) >= 20
    resync.settled()
    assert resync.lost()
    assert resync.lost(was_whole=True)
    assert not resync.lost(was_whole=True)


def test_a_doubtful_book_is_followed_by_a_second_one_soon() -> None:
    """The first times; then as rarely as any other that does not help."""
    clock = HandClock()
    resync = Resync(clock, first_s=1, patience_s=3)
    resync.expect()
    resync.lost()
    clock.forward(3)
    steps = []
    for _ in range(6):
        began = clock.monotonic()
        while not resync.is_late():
            clock.forward(0.05)
        steps.append(round(clock.monotonic() - began, 1))
        resync.doubted()
        resync.fetched()
    assert max(steps[:4]) <= 0.3
    assert steps[4:] == [8.0, 16.0]
