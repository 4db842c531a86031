"""``KeptLists``: a list answers for all whose time is in it, for a while, and no list for what came after it."""

from __future__ import annotations

import pytest

from okx_sync.exchanges.bitget.kept_lists import KeptLists, Rush
from tests.rest.toy_dialect import TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    """Stands still."""
    return TurnedClock()


class Asked:
    """Lists of one thing; ``since``: from when on each was asked for."""

    def __init__(self, clock: TurnedClock) -> None:
        self.lists = KeptLists(lambda: clock)
        self.since: list[int] = []

    def __call__(self, since: int, until: int, key: str = "fills") -> int:
        """Return how many lists were read."""
        before = len(self.since)
        self.lists.get((key,), since, until, lambda begin: self.since.append(begin))
        return len(self.since) - before


def test_a_list_answers_for_others(clock: TurnedClock) -> None:
    """What it has of the time that is asked for; one that must go further back has what the one before had, too."""
    asked, now = Asked(clock), round(clock.server_time() * 1000)
    assert [asked(now - 5_000, now), asked(now - 4_000, now - 1), asked(now - 4_000, now, "orders")] == [1, 0, 1]
    assert [asked(now - 6_000, now - 5_500), asked(now - 5_000, now)] == [1, 0]
    assert asked.since == [now - 5_000, now - 4_000, now - 6_000]
    clock.sleep(1)
    assert [asked(now - 500, now + 500), asked(now - 6_000, now)] == [1, 0]  # the newer goes back as far
    assert asked.since[-1] == now - 6_000
    assert asked(now - 600_000, now) == 1


def test_a_list_is_no_news_for_long(clock: TurnedClock) -> None:
    """It is read again after ten seconds, when it is to be forgotten, and where it ended too early."""
    asked, now = Asked(clock), round(clock.server_time() * 1000)
    assert [asked(now, now + 1), asked(now, now + 1)] == [1, 1]
    assert [asked(now, now), asked(now, now)] == [1, 0]
    asked.lists.clear()
    assert [asked(now, now), asked(now, now)] == [1, 0]
    clock.sleep(10)
    assert asked(now, now) == 1


def test_a_rush(clock: TurnedClock) -> None:
    """Four within three seconds are one; it is over after a pause."""
    rush = Rush(lambda: clock)
    assert [rush.is_on() for _ in range(5)] == [False, False, False, True, True]
    clock.sleep(3.1)
    assert not rush.is_on()
