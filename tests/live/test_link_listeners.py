"""``LinkListeners``: who hears of a lost link first."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.live.link_listeners import LinkListener, LinkListeners
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from okx_sync.types import StateEvent, StateKind
from tests.delivery.owner import PATIENCE_S, until


class Noted(LinkListener):
    """A listener that notes what it is told, and on which thread."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self._name = name
        self._notes = notes
        self.thread = 0

    def lost(self, reason: str) -> None:
        self._note(f"lost: {reason}")

    def restored(self) -> None:
        self._note("restored")

    def _note(self, what: str) -> None:
        self.thread = threading.get_ident()
        self._notes.append(f"{self._name} {what}")


@pytest.fixture
def reporter() -> Iterator[Reporter]:
    """One whose threads have ended behind the test."""
    pool = CallbackPool("okx-test-listeners", Clock())
    yield Reporter(pool)
    assert pool.close(PATIENCE_S)


def event(kind: StateKind, reason: str | None = None, error: Exception | None = None) -> StateEvent:
    at = dt.datetime.now(dt.UTC)
    return StateEvent(kind=kind, path="public", epoch=1, at=at, reason=reason, error=error)


def test_they_hear_of_it_before_the_user(reporter: Reporter) -> None:
    """On the thread that made the event, so that nothing looks complete to anybody who knows of the loss."""
    notes = list[str]()
    listeners = LinkListeners(reporter)
    first, second = Noted("books", notes), Noted("orders", notes)
    for one in (first, second, first):
        listeners.add("public", one)
    listeners.add("private", Noted("positions", notes))
    reporter.on_state(lambda one: notes.append(f"user {one.kind}"))
    listeners.tell(event("lost", "a reset"))
    told = "lost: the public link was lost: a reset"
    assert notes[:2] == [f"books {told}", f"orders {told}"]
    assert first.thread == second.thread == threading.get_ident()
    until(lambda: notes[2:] == ["user lost"])


def test_whoever_has_left_hears_no_more(reporter: Reporter) -> None:
    """Also one who leaves while it is told, and one who has left already."""
    notes = list[str]()
    listeners = LinkListeners(reporter)

    class Leaving(Noted):
        def lost(self, reason: str) -> None:
            super().lost(reason)
            listeners.remove("public", self)

    for one in (Leaving("books", notes), Noted("orders", notes)):
        listeners.add("public", one)
    listeners.tell(event("lost", "a reset"))
    listeners.remove("public", Noted("rules", notes))
    listeners.remove("private", Noted("rules", notes))
    listeners.tell(event("restored"))
    assert [note.partition(":")[0] for note in notes] == ["books lost", "orders lost", "orders restored"]


@pytest.mark.parametrize("kind", ["connected", "reconnecting", "gap", "replaced", "first_data", "closed"])
def test_other_events_are_for_the_user_alone(reporter: Reporter, kind: StateKind) -> None:
    """Nothing can have been missed by them that was not told as a loss."""
    notes, heard = list[str](), list[str]()
    listeners = LinkListeners(reporter)
    listeners.add("public", Noted("books", notes))
    reporter.on_state(lambda one: heard.append(one.kind))
    listeners.tell(event(kind))
    until(lambda: heard == [kind])
    assert notes == []


def test_a_link_that_has_given_up_is_lost_and_a_restored_one_is_told(reporter: Reporter) -> None:
    """The error says why where there is no other reason."""
    notes = list[str]()
    listeners = LinkListeners(reporter)
    listeners.add("public", Noted("books", notes))
    listeners.tell(event("failed", error=ValueError("no such key")))
    listeners.tell(event("restored"))
    assert notes == ["books lost: the public link was lost: no such key", "books restored"]
