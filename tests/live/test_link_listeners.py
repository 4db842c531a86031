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

    def lost(self, path: str, reason: str) -> None:
        self._note(f"lost {path}: {reason}")

    def restored(self, path: str) -> None:
        self._note(f"restored {path}")

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


def test_they_hear_of_it_in_order_and_before_the_user(reporter: Reporter) -> None:
    """On the thread that made the event, so that nothing looks complete to anybody who knows of the loss."""
    notes = list[str]()
    listeners = LinkListeners(reporter)
    first, second = Noted("books", notes), Noted("orders", notes)
    listeners.add(first, second)
    listeners.add(Noted("rules", notes))
    reporter.on_state(lambda one: notes.append(f"user {one.kind}"))
    listeners.tell(event("lost", "a reset"))
    told = "lost public: the public link was lost: a reset"
    assert notes[:3] == [f"books {told}", f"orders {told}", f"rules {told}"]
    assert first.thread == second.thread == threading.get_ident()
    until(lambda: notes[3:] == ["user lost"])


@pytest.mark.parametrize("kind", ["connected", "reconnecting", "gap", "replaced", "first_data", "closed"])
def test_other_events_are_for_the_user_alone(reporter: Reporter, kind: StateKind) -> None:
    """Nothing can have been missed by them that was not told as a loss."""
    notes, heard = list[str](), list[str]()
    listeners = LinkListeners(reporter)
    listeners.add(Noted("books", notes))
    reporter.on_state(lambda one: heard.append(one.kind))
    listeners.tell(event(kind))
    until(lambda: heard == [kind])
    assert notes == []


def test_a_link_that_has_given_up_is_lost_and_a_restored_one_is_told(reporter: Reporter) -> None:
    """The error says why where there is no other reason."""
    notes = list[str]()
    listeners = LinkListeners(reporter)
    listeners.add(Noted("books", notes))
    listeners.tell(event("failed", error=ValueError("no such key")))
    listeners.tell(event("restored"))
    assert notes == ["books lost public: the public link was lost: no such key", "books restored public"]
