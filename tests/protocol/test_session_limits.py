"""A session with an exchange that is stricter than OKX: no repeats, whole requests refused, few messages a second."""

from __future__ import annotations

import pytest

from okx_sync.protocol.events import Ack, Failure
from okx_sync.protocol.link_events import Confirmed, Refused
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.session import Session
from okx_sync.timing import RateBucket
from tests.clocks import HandClock
from tests.protocol.toy_dialect import NOW, A, B, C, Toy


class Strict(Toy):
    """See the module."""

    repeats = False
    all_or_nothing = True


@pytest.fixture
def clock() -> HandClock:
    """Time that a test moves."""
    return HandClock()


@pytest.fixture
def session(clock: HandClock) -> Session:
    """Open, and asked for A, B and C in request r1."""
    made = Session(Strict(), RequestIds(), RateBucket(1000, 3600.0, clock, per_second=3))
    assert made.opened([A, B, C], login=False, now=NOW) == ["subscribe r1 a() b() c()"]
    return made


def agreed(session: Session, request_id: str = "r1") -> None:
    """The exchange agrees to a whole request."""
    session.apply(Ack("subscribe", None, request_id), None, NOW)


def test_asking_again_leaves_first(session: Session) -> None:
    """A topic that is active is unsubscribed and subscribed anew; the answers confirm it once."""
    agreed(session)
    session.ask(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()", "subscribe r3 a()"]
    assert session.apply(Ack("unsubscribe", None, "r2"), None, NOW) == []
    assert session.apply(Ack("subscribe", None, "r3"), None, NOW) == [Confirmed(A)]


def test_wanting_again_before_the_unsubscribe_was_sent(session: Session) -> None:
    """The exchange has the topic still, so that it is left first; left once more, the unsubscribe alone is sent."""
    agreed(session)
    session.leave(A)
    session.ask(A)
    session.leave(B)
    session.ask(B)
    session.leave(B)
    assert session.frames(NOW) == ["unsubscribe r2 a() b()", "subscribe r3 a()"]
    session.apply(Ack("unsubscribe", None, "r2"), None, NOW)
    assert session.topics == {A: "asked", C: "active"}


def test_the_rest_of_a_refused_request_is_asked_again_at_once(session: Session) -> None:
    """One bad topic has the whole request refused: its caller hears of it, the others do not wait for an answer."""
    (outcome,) = session.apply(Failure("refuse", "no such topic: b()", "r1"), None, NOW)
    assert isinstance(outcome, Refused)
    assert outcome.topic == B
    assert session.frames(NOW) == ["subscribe r2 a() c()"]
    assert session.apply(Ack("subscribe", None, "r2"), None, NOW) == [Confirmed(A), Confirmed(C)]


def test_a_second_has_room_for_so_many_requests(session: Session, clock: HandClock) -> None:
    """What does not fit is sent later, in one request; nothing is forgotten."""
    agreed(session)
    for topic in (A, B):
        session.leave(topic)
        sent = session.frames(NOW)
        assert len(sent) == 1
    session.leave(C)
    session.ask(A)
    assert session.frames(NOW) == []
    clock.forward(1.0)
    assert session.frames(NOW) == ["unsubscribe r4 c()", "subscribe r5 a()"]


def test_a_fresh_snapshot_is_asked_for_even_when_the_budget_is_spent(session: Session, clock: HandClock) -> None:
    """Unsubscribe and subscribe both go out in the end, in this order."""
    agreed(session)
    session.ask(B)
    assert len(session.frames(NOW)) == 2
    session.ask(A, afresh=True)
    assert session.frames(NOW) == []
    clock.forward(1.0)
    assert session.frames(NOW) == ["unsubscribe r4 a()", "subscribe r5 a()"]


def test_who_waits_for_the_budget_is_told_how_long(clock: HandClock) -> None:
    """Which limit it is, and when the next request may go; nothing while there is no need to wait."""
    session = Session(Strict(), RequestIds(), RateBucket(3, 3600.0, clock, per_second=2))
    session.opened([A], login=False, now=NOW)
    assert session.held_back() is None
    for topic in (B, C):
        session.ask(topic)
        clock.forward(0.1)
        session.frames(NOW)
    assert session.held_back(C) == "waiting for the 2 requests a second of one connection, next in 0.8 s"
    assert session.held_back(B) is None
    assert session.held_back(over_s=1) is None
    clock.forward(1)
    assert session.frames(NOW)
    assert session.held_back() is None
    session.ask(A)
    clock.forward(600)
    assert session.frames(NOW) == []
    assert session.held_back() == "waiting for the 3 requests an hour of one connection, next in 2999 s"
    clock.forward(3600)
    assert session.frames(NOW)
