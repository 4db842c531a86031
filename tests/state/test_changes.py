"""Waiting for changes: none is missed, the end is told, and time runs out as asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from okx_sync.errors import StreamClosed
from okx_sync.state.changes import Changes
from okx_sync.timing import Clock

WAIT_S = 10


class Number:
    """A number that can be waited for; ``end``: why it changes no more."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.changes = Changes(self.lock, Clock())
        self.value = 0
        self.end: str | None = None

    def set(self, value: int, end: str | None = None) -> None:
        """Change it, as a thread that feeds it would."""
        with self.lock:
            self.value, self.end = value, end
            self.changes.note()

    def wait(self, value: int, timeout: float | None = WAIT_S) -> bool:
        """Wait until it is at least ``value``."""
        return self.changes.wait(lambda: self.value >= value, lambda: self.end, timeout)


@pytest.fixture
def number() -> Iterator[Number]:
    """One, and no thread left behind."""
    before = threading.active_count()
    yield Number()
    assert threading.active_count() == before


def test_what_holds_already_is_not_waited_for(number: Number) -> None:
    """True at once, even with no time at all, and even after the end."""
    number.set(3, end="over")
    assert number.wait(3, timeout=0)


def test_every_change_is_looked_at(number: Number) -> None:
    """Of a thousand changes made by another thread none is slept through: the wait ends with the right one."""

    def count() -> None:
        for value in range(1, 1001):
            number.set(value)

    thread = threading.Thread(target=count)
    thread.start()
    assert all(number.wait(value) for value in range(1, 1001))
    thread.join()


def test_a_change_between_the_look_and_the_sleep_is_not_missed(number: Number) -> None:
    """What changes while the condition is being looked at is looked at again, without another change."""

    def holds() -> bool:
        seen = number.value
        if not seen:
            number.set(1)
        return bool(seen)

    assert number.changes.wait(holds, lambda: None, WAIT_S)


def test_time_runs_out(number: Number) -> None:
    """False, not an error, when the time is over."""
    assert not number.wait(1, timeout=0.01)


def test_the_end_is_told(number: Number) -> None:
    """Who waits when the end comes hears why, and who begins to wait after it, too."""
    told: list[str] = []

    def wait() -> None:
        with pytest.raises(StreamClosed) as caught:
            number.wait(1)
        told.append(str(caught.value))

    thread = threading.Thread(target=wait)
    thread.start()
    number.set(0, end="it was closed")
    thread.join(WAIT_S)
    wait()
    assert len(told) == 2
    assert all("it was closed" in text for text in told)


@pytest.fixture
def wakings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows whenever this thread wakes who waits for a condition."""
    calls, here, notify_all = list[int](), threading.get_ident(), threading.Condition.notify_all

    def counted(condition: threading.Condition) -> None:
        if threading.get_ident() == here:
            calls.append(1)
        notify_all(condition)

    monkeypatch.setattr(threading.Condition, "notify_all", counted)
    return calls


def test_all_who_wait_are_woken(number: Number) -> None:
    """Each of several threads hears of a change."""
    heard: list[bool] = []
    threads = [threading.Thread(target=lambda: heard.append(number.wait(5))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for value in range(1, 6):
        number.set(value)
    for thread in threads:
        thread.join(WAIT_S)
    assert heard == [True] * 3


def test_where_nobody_waits_nobody_is_woken(number: Number, wakings: list[int]) -> None:
    """Neither before the first wait nor after one, however it ended: a change costs no more than its number."""

    def interrupted() -> str | None:
        raise KeyboardInterrupt

    number.set(1)
    assert number.wait(1)
    assert not number.wait(9, timeout=0.01)
    with pytest.raises(KeyboardInterrupt):
        number.changes.wait(lambda: False, interrupted, WAIT_S)
    number.set(2, end="over")
    with pytest.raises(StreamClosed):
        number.wait(9)
    number.set(3)
    assert not wakings
