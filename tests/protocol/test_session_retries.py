"""``Session`` when things go wrong: blame, splits, retries, deadlines, budgets, and changes of mind."""

from __future__ import annotations

import pytest

from okx_sync.errors import SubscriptionError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Failure
from okx_sync.protocol.link_events import Broken, Confirmed, Refused
from okx_sync.protocol.session import Session
from tests.clocks import HandClock
from tests.protocol.toy_dialect import NOW, A, B, C, ack, active, make, opened


def refused(session: Session, failure: Failure, now: float = NOW) -> list[Topic]:
    """The topics that ``failure`` makes the session give up."""
    return [one.topic for one in session.apply(failure, None, now) if isinstance(one, Refused)]


# -- blame and split ---------------------------------------------------------------------------------------------


def test_one_topic_of_a_request_is_to_blame_without_being_named() -> None:
    """There is nobody else it could be."""
    session = opened(A, B)
    session.apply(ack(B, "r1"), B, NOW)
    assert refused(session, Failure("refuse", "no", "r1")) == [A]


def test_a_named_topic_of_a_batch_is_refused_alone() -> None:
    """The others stay asked, and nothing is sent again."""
    session = opened(A, B, C)
    assert refused(session, Failure("refuse", "wrong b()", "r1")) == [B]
    assert session.topics == {A: "asked", C: "asked"}
    assert session.frames(NOW) == []


def test_a_named_topic_is_found_without_an_id_too() -> None:
    """Errors about malformed requests come without one."""
    session = opened(A, B)
    assert refused(session, Failure("refuse", "wrong b()")) == [B]


def test_a_batch_with_a_bad_topic_that_nobody_names_is_asked_one_by_one() -> None:
    """So the bad one is found, and the good ones are not lost with it."""
    session = opened(A, B, C)
    assert session.apply(Failure("refuse", "something", "r1"), None, NOW) == []
    assert session.frames(NOW) == ["subscribe r2 a()", "subscribe r3 b()", "subscribe r4 c()"]
    assert session.apply(ack(A, "r2"), A, NOW) == [Confirmed(A)]
    assert refused(session, Failure("refuse", "something", "r3")) == [B]
    assert session.apply(ack(C, "r4"), C, NOW) == [Confirmed(C)]
    assert session.is_settled


def test_too_many_requests_do_not_split_a_batch() -> None:
    """The rate is to blame and not a topic: a batch cut into single requests would make it worse."""
    session = opened(A, B, C)
    assert session.apply(Failure("backoff", "slow down", "r1"), None, NOW) == []
    assert session.frames(NOW) == []
    session.tick(NOW + 1)
    assert session.frames(NOW + 1) == ["subscribe r2 a() b() c()"]


def test_a_topic_that_was_left_is_not_asked_again_by_a_split() -> None:
    """Otherwise the exchange would go on sending what nobody wants."""
    session = opened(A, B)
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()"]
    session.apply(Failure("refuse", "something", "r1"), None, NOW)
    assert session.frames(NOW) == ["subscribe r3 b()"]


# -- verdicts ----------------------------------------------------------------------------------------------------


def test_retry_asks_again_later_and_later_and_then_gives_the_socket_up() -> None:
    """An error inside the exchange: three more tries after 1, 2 and 4 seconds, then a fresh socket."""
    session, now = opened(A), NOW
    for number, delay in enumerate((1.0, 2.0, 4.0), start=1):
        assert session.apply(Failure("retry", "internal", f"r{number}"), None, now) == []
        session.tick(now + delay - 0.1)
        assert session.frames(now + delay - 0.1) == []
        now += delay
        session.tick(now)
        assert session.frames(now) == [f"subscribe r{number + 1} a()"]
    [outcome] = session.apply(Failure("retry", "internal", "r4"), None, now)
    assert isinstance(outcome, Broken)


def test_backoff_holds_everything_back_and_never_gives_up() -> None:
    """ "Too many requests" is about the socket: other topics wait as well, at most a minute at a time."""
    session, now = opened(A, budget=2000), NOW
    session.apply(Failure("backoff", "slow down", "r1"), None, now)
    session.ask(B)
    assert session.frames(now + 0.9) == []
    for _ in range(1200):  # the doubling must stop somewhere
        now += 60
        session.tick(now)
        assert session.frames(now)
        assert session.apply(Failure("backoff", "slow down a()"), None, now) == []
    assert session.topics[A] == "asked"


def test_relogin_needs_a_fresh_socket() -> None:
    """The exchange has forgotten the login: only a new socket can log in again."""
    [outcome] = opened(A).apply(Failure("relogin", "log in first", "r1"), None, NOW)
    assert isinstance(outcome, Broken)


def test_relogin_without_credentials_is_a_refusal() -> None:
    """A fresh socket would not help."""
    session = make(can_log_in=False)
    session.opened([A], login=False, now=NOW)
    assert refused(session, Failure("relogin", "log in first", "r1")) == [A]


def test_tries_are_counted_anew_after_a_refusal() -> None:
    """Subscribing the same topic later on the same socket starts with a clean slate."""
    session = opened(A)
    for number in (1, 2, 3):
        session.apply(Failure("retry", "internal", f"r{number}"), None, NOW)
        session.tick(NOW + 60)
        session.frames(NOW + 60)
    assert refused(session, Failure("refuse", "no", "r4")) == [A]
    session.ask(A)
    session.frames(NOW)
    assert session.apply(Failure("retry", "internal", "r5"), None, NOW) == []


def test_a_failed_topic_that_was_left_is_not_asked_again() -> None:
    """A retry is for those who still want the topic."""
    session = opened(A)
    session.leave(A)
    session.frames(NOW)
    assert session.apply(Failure("retry", "internal", "r1"), None, NOW) == []
    session.apply(Ack("unsubscribe", A.arg, "r2"), None, NOW)
    session.tick(NOW + 60)
    assert session.frames(NOW + 60) == []
    assert session.topics == {}


# -- deadlines -----------------------------------------------------------------------------------------------------


def test_an_ack_that_does_not_come_is_asked_for_alone_and_then_given_up() -> None:
    """Three requests of ten seconds each, from the second on one by one; then the caller gets an error."""
    session = opened(A, B)
    session.apply(ack(B), B, NOW)
    assert session.tick(NOW + 9.9) == []
    assert session.tick(NOW + 10) == []
    assert session.frames(NOW + 10) == ["subscribe r2 a()"]
    assert session.tick(NOW + 20) == []
    assert session.frames(NOW + 20) == ["subscribe r3 a()"]
    [outcome] = session.tick(NOW + 30)
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.error, SubscriptionError)
    assert outcome.error.retryable
    assert outcome.error.arg == A.arg
    assert session.frames(NOW + 40) == []


def test_a_late_ack_still_counts() -> None:
    """The first request was given up, the second is in flight, and the answer to the first arrives."""
    session = opened(A)
    session.tick(NOW + 10)
    session.frames(NOW + 10)
    assert session.apply(ack(A, "r1"), A, NOW + 11) == [Confirmed(A)]
    assert session.tick(NOW + 60) == []


def test_an_unsubscribe_that_nobody_answers_is_done() -> None:
    """There is nothing to wait for: what still arrives is ignored anyway."""
    session = active(A)
    session.leave(A)
    session.frames(NOW)
    assert session.tick(NOW + 10) == []
    assert session.topics == {}
    assert session.frames(NOW + 10) == []


def test_a_refused_unsubscribe_is_done() -> None:
    """The exchange says that there is no such subscription: that is what was wanted."""
    session = active(A)
    session.leave(A)
    session.frames(NOW)
    assert session.apply(Failure("refuse", "no such channel", "r2"), None, NOW) == []
    assert session.topics == {}


# -- budget --------------------------------------------------------------------------------------------------------


def test_a_spent_budget_keeps_the_rest_for_later() -> None:
    """The exchange counts requests per hour: what does not fit waits, and is sent when there is room again."""
    clock = HandClock()
    session = make(2, clock=clock)
    topics = [Topic.of(f"t{number}") for number in range(8)]
    assert len(session.opened(topics, login=False, now=NOW)) == 2
    assert session.frames(NOW) == []
    clock.forward(3600)
    assert session.frames(NOW + 3600) == ["subscribe r3 t6() t7()"]


def test_a_scarce_budget_collects_wishes_into_batches() -> None:
    """With few requests left, wishes wait for the next tick and go out together."""
    session = active(A, budget=12)  # 2 of which are for repairs, and 2 more are not for single wishes
    for _ in range(7):
        session.ask(A)
        assert session.frames(NOW, collect=True)
    for topic in (B, C):
        session.ask(topic)
        assert session.frames(NOW, collect=True) == []
    assert session.frames(NOW) == ["subscribe r9 b() c()"]


def test_a_login_counts_as_a_request() -> None:
    """Login, subscribe and unsubscribe share one limit."""
    session = make(1)
    session.opened([A], login=True, now=NOW)
    assert not session._budget.try_take()


# -- changes of mind -----------------------------------------------------------------------------------------------


def test_leaving_before_asking_sends_nothing() -> None:
    """The plan is dropped."""
    session = active(A)
    session.ask(B)
    session.leave(B)
    assert session.frames(NOW) == []


def test_wanting_again_before_the_unsubscribe_was_sent_asks_once_more() -> None:
    """The exchange then sends a new snapshot; no unsubscribe goes out."""
    session = active(A)
    session.leave(A)
    session.ask(A)
    assert session.frames(NOW) == ["subscribe r2 a()"]
    assert session.apply(ack(A, "r2"), A, NOW) == [Confirmed(A)]


def test_wanting_again_while_the_unsubscribe_is_in_flight() -> None:
    """The late ack of the unsubscribe does not end the new wish."""
    session = active(A)
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()"]
    session.ask(A)
    assert session.frames(NOW) == ["subscribe r3 a()"]
    session.apply(Ack("unsubscribe", A.arg, "r2"), A, NOW)
    assert session.topics == {A: "asked"}
    assert session.apply(ack(A, "r3"), A, NOW) == [Confirmed(A)]


@pytest.mark.parametrize("with_id", [True, False])
def test_the_ack_of_a_former_wish_does_not_confirm_the_new_one(with_id: bool) -> None:
    """Asked, left and wanted again in one breath: only the last answer counts."""
    session = opened(A)
    session.leave(A)
    session.frames(NOW)
    session.ask(A)
    assert session.frames(NOW) == ["subscribe r3 a()"]
    assert session.apply(ack(A, "r1" if with_id else None), A, NOW) == []
    session.apply(Ack("unsubscribe", A.arg, "r2" if with_id else None), A, NOW)
    assert session.apply(ack(A, "r3" if with_id else None), A, NOW) == [Confirmed(A)]
    assert session.topics == {A: "active"}


def test_a_failure_of_a_former_wish_does_not_end_the_new_one() -> None:
    """The request that is still in flight decides."""
    session = opened(A)
    session.ask(A)
    session.frames(NOW)
    assert session.apply(Failure("refuse", "no", "r1"), None, NOW) == []
    assert session.apply(ack(A, "r2"), A, NOW) == [Confirmed(A)]


def test_leaving_twice_with_a_wish_between_still_unsubscribes() -> None:
    """Left, wanted and left again before anything was sent: the exchange must hear of it."""
    session = active(A)
    session.leave(A)
    session.ask(A)
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()"]
    session.apply(Ack("unsubscribe", A.arg, "r2"), None, NOW)
    assert session.topics == {}


def test_leaving_again_while_the_unsubscribe_is_in_flight_sends_no_second_one() -> None:
    """One is enough."""
    session = active(A)
    session.leave(A)
    session.frames(NOW)
    session.ask(A)
    session.leave(A)
    assert session.frames(NOW) == []


def test_unsubscribes_go_out_before_subscribes() -> None:
    """An exchange that limits topics has room before new ones are asked for."""
    session = active(A)
    session.ask(B)
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()", "subscribe r3 b()"]


def test_leaving_a_topic_settles_a_socket_that_waited_for_it_only() -> None:
    """A restored socket does not wait for a topic that nobody wants any more."""
    session = opened(A)
    session.leave(A)
    assert session.is_settled
