"""``LiveObject``: one lock, waiting, and listeners that hear of everything in its order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import fork
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.state.live_object import LiveObject

PATIENCE_S = 5.0


class Counter(LiveObject):
    """The smallest live object there is: a number that goes up."""

    def __init__(self) -> None:
        super().__init__("the counter")
        self.value = 0

    def on_step(self, fn: Callable[[int], object]) -> Callable[[int], object]:
        """Hear of each number."""
        return self._listen("step", fn)

    def step(self) -> None:
        """Go up by one, and tell."""
        with self._lock:
            self.value += 1
            self._outbox.extend((emit, self.value) for emit in self._listeners.get("step", ()))
            self._changes.note()
        self._hand_on()

    def step_twice(self) -> None:
        """Go up by two, and tell of the end."""
        with self._taking():
            self.value += 2
            self._outbox.extend((emit, self.value) for emit in self._listeners.get("step", ()))


def test_listeners_hear_each_event_in_its_order() -> None:
    """All of them, and the method works as a decorator."""
    counter, other = Counter(), list[int]()
    heard: list[int] = []

    @counter.on_step
    def first(value: int) -> None:
        heard.append(value)

    assert counter.on_step(other.append) == other.append
    first(0)
    counter.step()
    counter.step()
    assert (heard, other) == ([0, 1, 2], [1, 2])


def test_what_cannot_be_called_with_an_event_is_no_listener() -> None:
    """That is said when it is given, not when the first event comes."""
    with pytest.raises(ConfigError, match="listener"):
        Counter().on_step(lambda: None)  # type: ignore[arg-type, misc]


def test_a_listener_that_changes_the_object_is_told_of_that_later() -> None:
    """Behind the event that it hears: nobody hears of things in the wrong order."""
    counter, heard = Counter(), list[int]()

    def once_more(value: int) -> None:
        if value == 1:
            counter.step()
        heard.append(value)

    counter.on_step(once_more)
    counter.step()
    assert heard == [1, 2]


def test_a_listener_that_raises_keeps_nothing_from_the_others() -> None:
    """The first error comes out of the call that fed, once all are told."""
    counter, heard = Counter(), list[int]()
    counter.on_step(lambda value: 1 // 0)
    counter.on_step(heard.append)
    with pytest.raises(ZeroDivisionError):
        counter.step()
    assert heard == [1]
    with pytest.raises(ZeroDivisionError):
        counter.step()
    assert heard == [1, 2]


def test_what_is_taken_in_is_told_when_the_lock_is_free() -> None:
    """Another thread may read while a listener runs."""
    counter, free = Counter(), list[bool]()

    def look() -> None:
        free.append(counter._lock.acquire(timeout=PATIENCE_S))
        counter._lock.release()

    def listen(_value: int) -> None:
        other = threading.Thread(target=look)
        other.start()
        other.join(PATIENCE_S)

    counter.on_step(listen)
    counter.step_twice()
    assert (counter.value, free) == (2, [True])


def test_a_listener_that_is_interrupted_does_not_silence_the_object() -> None:
    """Ctrl-C comes out at once; what was not told by then is told with the next event, in its order."""
    counter, heard = Counter(), list[int]()

    def interrupted(value: int) -> None:
        if value == 1:
            raise KeyboardInterrupt

    counter.on_step(interrupted)
    counter.on_step(heard.append)
    with pytest.raises(KeyboardInterrupt):
        counter.step()
    assert heard == []
    counter.step()
    assert heard == [1, 2]


def test_while_one_thread_tells_the_others_leave_their_events_to_it() -> None:
    """So no listener overlaps with itself, and no lock is held while it runs."""
    counter, heard = Counter(), list[int]()
    entered, go_on = threading.Event(), threading.Event()

    def slow(value: int) -> None:
        entered.set()
        assert go_on.wait(PATIENCE_S)
        heard.append(value)

    counter.on_step(slow)
    teller = threading.Thread(target=counter.step)
    teller.start()
    assert entered.wait(PATIENCE_S)
    counter.step()  # returns at once
    assert (counter.value, heard) == (2, [])
    go_on.set()
    teller.join(PATIENCE_S)
    assert heard == [1, 2]


def test_waiting_ends_with_the_change_that_makes_it_true() -> None:
    """Whichever thread makes it."""
    counter = Counter()

    def feed() -> None:
        for _ in range(3):
            counter.step()

    feeder = threading.Thread(target=feed)
    feeder.start()
    assert counter.wait_until(lambda it: it.value == 3, PATIENCE_S)
    feeder.join(PATIENCE_S)
    assert not counter.wait_until(lambda it: it.value == 4, 0)


def test_closing_wakes_whoever_waits() -> None:
    """With the reason; the first one counts, and closing again is harmless."""
    told: list[str] = []
    with Counter() as counter:

        def wait() -> None:
            with pytest.raises(StreamClosed) as caught:
                counter.wait_until(lambda it: False)
            told.append(str(caught.value))

        waiter = threading.Thread(target=wait)
        waiter.start()
        counter.close("the day is over")
        waiter.join(PATIENCE_S)
    assert counter.is_closed
    assert len(told) == 1
    assert "the counter is closed: the day is over" in told[0]


def test_what_is_the_parents_is_not_closed_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lock may be held by a thread that the child does not have."""
    counter: Any = Counter()
    monkeypatch.setattr(fork, "is_from_parent", lambda thing: thing is counter)
    counter.close()
    assert not counter.is_closed


def test_what_is_no_function_is_not_waited_for() -> None:
    """A comparison that was written without its lambda is told as that."""
    with pytest.raises(ConfigError, match=r"must be a function, not True.*lambda"):
        LiveObject("it").wait_until(True, 1)  # type: ignore[arg-type]
