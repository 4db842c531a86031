"""A session with an exchange that is stricter than OKX: no repeats, whole requests refused, few messages a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Failure
from okx_sync.protocol.link_events import Confirmed, Refused
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.session import Session
from okx_sync.protocol.socket_topics import SocketTopics
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


def test_what_waits_for_the_pace_alone_says_how_long(session: Session, clock: HandClock) -> None:
    """Until the second has room again; not while nothing is planned."""
    agreed(session)
    assert session.paced_s() == 0.0
    clock.forward(0.25)
    session.ask(A)
    assert len(session.frames(NOW)) == 2  # with the one before, as many as a second may have
    assert session.paced_s() == 0.0
    session.leave(B)
    assert session.frames(NOW) == []
    assert session.paced_s() == pytest.approx(0.75)
    clock.forward(0.75)
    assert session.paced_s() == 0.0
    assert session.frames(NOW) == ["unsubscribe r4 b()"]


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


# -- the reserve ---------------------------------------------------------------------------------------------------

HOUR = 3600.0


def with_reserve(clock: HandClock) -> Session:
    """Open, with A active; 10 of 12 requests an hour are for everything, of which one is used, 2 for repairs."""
    made = Session(Toy(), RequestIds(), RateBucket(12, HOUR, clock))
    made.opened([A], login=False, now=NOW)
    made.apply(Ack("subscribe", A.arg, "r1"), A, NOW)
    return made


def spend(session: Session) -> int:
    """Ask for one topic after another, until no more go out; returns how many did."""
    for number in range(100):
        session.ask(Topic.of(f"t{number}"))
        if not session.frames(NOW):
            return number
    raise AssertionError("nothing ever stops it")


def test_ordinary_requests_leave_the_reserve_alone(clock: HandClock) -> None:
    """However they come, at a call or at a tick: what is left below the reserve is not for them."""
    session = with_reserve(clock)
    assert spend(session) == 9
    session.leave(Topic.of("t1"))
    assert session.frames(NOW) == []
    assert session.frames(NOW, collect=True) == []
    clock.forward(HOUR)
    assert len(session.frames(NOW)) == 2, "the wish and the leaving that waited"


def test_a_repair_goes_out_of_the_reserve(clock: HandClock) -> None:
    """A book with a gap is asked for anew though the budget of the hour is spent; nothing else goes with it."""
    session = with_reserve(clock)
    spend(session)
    session.ask(A, afresh=True, repair=True)
    assert session.frames(NOW, collect=True) == ["unsubscribe r11 a()", "subscribe r12 a()"]
    session.ask(A, repair=True)
    assert session.frames(NOW) == [], "the reserve is spent, too"
    clock.forward(HOUR)
    (sent,) = session.frames(NOW)
    assert "a()" in sent
    assert "t9()" in sent


def test_a_repair_that_was_answered_is_none_any_more(clock: HandClock) -> None:
    """The next ask for the same topic is an ordinary one; so it is once the topic was left."""
    session = with_reserve(clock)
    spend(session)
    session.ask(A, repair=True)
    (sent,) = session.frames(NOW)
    session.apply(Ack("subscribe", A.arg, sent.split()[1]), A, NOW)
    session.ask(A)
    assert session.frames(NOW) == []
    session.ask(A, repair=True)
    session.leave(A)
    assert session.frames(NOW) == [], "to leave a topic repairs nothing"


def test_a_repair_that_is_refused_for_now_stays_one(clock: HandClock) -> None:
    """When it is asked for again it may use the reserve as well."""
    session = with_reserve(clock)
    spend(session)
    session.ask(A, repair=True)
    (sent,) = session.frames(NOW)
    session.apply(Failure("backoff", "too many requests", sent.split()[1]), A, NOW)
    session.tick(NOW + 1)
    assert session.frames(NOW + 1) == ["subscribe r12 a()"]


def test_topics_that_are_this_sockets_own_and_wait(clock: HandClock) -> None:
    """What was asked for before, and repairs once the reserve is spent; not what may go elsewhere, nor what leaves."""
    session = with_reserve(clock)
    assert session.stranded(60.0) == 0
    spend(session)
    session.leave(Topic.of("t0"))
    assert (session.stranded(60.0), session.leftovers(60.0)) == (0, 1)
    session.ask(Topic.of("t1"))
    session.ask(A, repair=True)
    assert session.stranded(60.0) == 1
    session.frames(NOW)
    session.ask(A, repair=True)
    assert session.frames(NOW)
    session.ask(A, repair=True)
    assert session.frames(NOW) == []
    assert session.stranded(60.0) == 2
    assert session.stranded(HOUR) == 0, "who can wait for so long"
    clock.forward(HOUR)
    assert session.stranded(60.0) == 0


def test_a_new_socket_may_use_all_of_it_to_restore(clock: HandClock) -> None:
    """What an outage took away is a repair."""

    class Single(Toy):
        def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
            return ([topic] for topic in topics)

    session = Session(Single(), RequestIds(), RateBucket(12, HOUR, clock))
    wanted = [Topic.of(f"t{number}") for number in range(14)]
    assert len(session.opened(wanted, login=False, now=NOW) + session.frames(NOW)) == 12


def test_who_waits_for_more_than_the_reserve_is_told_of_it(clock: HandClock) -> None:
    """Why it waits, though not all requests were made; a repair does not wait yet."""
    session = with_reserve(clock)
    clock.forward(600)
    number = spend(session)
    text = "waiting for the 12 requests an hour of one connection, 2 of which are kept for repairs, next in 3000 s"
    assert session.held_back(Topic.of(f"t{number}")) == session.held_back() == text
    session.ask(A, repair=True)
    assert session.held_back(A) is None


# -- what a socket has left for new topics ---------------------------------------------------------------------------


def test_new_topics_may_cost_what_is_neither_kept_nor_scarce(clock: HandClock) -> None:
    """With the seconds until there is more; what is planned counts as well."""
    session = with_reserve(clock)
    assert session.spare() == (7, 0.0)
    assert session.requests_used == 1
    clock.forward(600)
    number = spend(session)
    free, wait_s = session.spare()
    assert free <= 0
    assert 0 < wait_s <= HOUR
    assert session.waiting() == [Topic.of(f"t{number}")]
    clock.forward(HOUR)
    assert session.spare()[0] > 0
    assert session.waiting() == []


def test_a_plan_can_be_dropped_until_it_was_sent(clock: HandClock) -> None:
    """What was asked for, or was there before, stays."""
    session = with_reserve(clock)
    waits = Topic.of(f"t{spend(session)}")
    assert session.drop_plan(waits)
    assert not session.drop_plan(waits)
    assert not session.drop_plan(A)
    assert not session.drop_plan(Topic.of("t0"))
    assert session.waiting() == []


def test_what_does_not_fit_waits_for_a_place(clock: HandClock) -> None:
    """No request of the budget goes for it; it is asked for when another topic has left."""
    topics = SocketTopics(Toy(), most=1)
    session = Session(Toy(), RequestIds(), RateBucket(12, HOUR, clock), topics=topics)
    session.opened([A], login=False, now=NOW)
    session.apply(Ack("subscribe", A.arg, "r1"), A, NOW)
    session.ask(B)
    for _ in range(20):
        assert session.frames(NOW) == []
    assert session.requests_used == 1
    assert session.waiting() == [B]
    assert session.held_back(B) == "waiting for a place among the 1 topics of one connection"
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()"]
    session.apply(Ack("unsubscribe", A.arg, "r2"), A, NOW)
    assert session.frames(NOW) == ["subscribe r3 b()"]
    assert session.held_back() is None


def test_a_new_socket_is_restored_though_not_all_fit(clock: HandClock) -> None:
    """The others wait; an outage is over without them."""
    session = Session(Toy(), RequestIds(), RateBucket(12, HOUR, clock), topics=SocketTopics(Toy(), most=1))
    assert session.opened([A, B], login=False, now=NOW) == ["subscribe r1 a()"]
    session.apply(Ack("subscribe", A.arg, "r1"), A, NOW)
    assert session.is_settled
    assert session.waiting() == [B]
