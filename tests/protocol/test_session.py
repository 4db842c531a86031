"""``Session``: login, asks, acks and refusals on one socket, without a socket."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from okx_sync.errors import OkxError, SubscriptionError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, ConnCount, Failure, LoggedIn, Notice, Pong, Unknown
from okx_sync.protocol.link_events import Broken, Confirmed, LoginDone, LoginRefused, Refused, Restart, Trouble
from okx_sync.protocol.session_state import TRANSITIONS, State, Step
from tests.protocol.toy_dialect import NOW, A, B, D, ack, active, make, opened

# -- states --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, get_args(Step))))
def test_every_pair_of_state_and_step_is_decided(state: State, step: Step) -> None:
    """A pair in the table leads to its state; any other is a bug of ours and raises, changing nothing."""
    session = make()
    session.state = state
    if (state, step) in TRANSITIONS:
        session._step(step)
        assert session.state is TRANSITIONS[state, step]
    else:
        with pytest.raises(RuntimeError, match="cannot take the step"):
            session._step(step)
        assert session.state is state


def test_the_table_has_no_way_back_from_closed() -> None:
    """A socket that has ended stays ended."""
    assert {after for (before, _), after in TRANSITIONS.items() if before is State.CLOSED} == {State.CLOSED}


def test_closing_is_possible_in_every_state() -> None:
    """A socket may die at any moment."""
    assert all(TRANSITIONS[state, "closed"] is State.CLOSED for state in State)


# -- login ---------------------------------------------------------------------------------------------------


def test_nothing_is_asked_before_the_login_is_accepted() -> None:
    """Login first: topics to restore and topics wished for meanwhile wait for its answer."""
    session = make()
    assert session.opened([A], login=True, now=NOW) == ["login now"]
    session.ask(B)
    assert session.frames(NOW) == []
    assert session.apply(LoggedIn({}), None, NOW) == [LoginDone()]
    assert session.is_authenticated
    assert session.frames(NOW) == ["subscribe r1 a() b()"]


def test_an_error_without_an_id_during_the_login_is_its_refusal() -> None:
    """A login has no id, so there is one at a time and the next anonymous error is about it."""
    session = make()
    session.opened([], login=True, now=NOW)
    [outcome] = session.apply(Failure("fatal", "bad key"), None, NOW)
    assert isinstance(outcome, LoginRefused)
    assert (outcome.verdict, outcome.error.code) == ("fatal", "fatal")
    assert session.state is State.CLOSED
    assert session.frames(NOW) == []


def test_an_error_that_names_a_topic_is_not_taken_for_a_refused_login() -> None:
    """A public socket that logs in late may still have subscribes in flight, and those may fail without an id."""
    session = opened(A, B)
    session.log_in(NOW)
    [outcome] = session.apply(Failure("refuse", "wrong channel a()"), None, NOW)
    assert isinstance(outcome, Refused)
    assert outcome.topic == A
    assert session.state is State.LOGGING_IN


def test_an_error_with_an_id_during_the_login_is_about_its_request() -> None:
    """The id decides, not the moment."""
    session = opened(A)
    session.log_in(NOW)
    [outcome] = session.apply(Failure("refuse", "no", "r1"), None, NOW)
    assert isinstance(outcome, Refused)


def test_late_login_on_an_open_socket() -> None:
    """A socket without login can log in later, once: again, or while it is under way, nothing is sent."""
    session = active(A)
    assert session.log_in(NOW) == ["login now"]
    assert session.log_in(NOW) == []
    session.ask(B)
    assert session.frames(NOW) == []
    session.apply(LoggedIn({}), None, NOW)
    assert session.frames(NOW) == ["subscribe r2 b()"]
    assert session.log_in(NOW) == []


def test_a_login_that_nobody_answers_breaks_the_socket() -> None:
    """After the ack deadline a fresh socket is needed; said once."""
    session = make()
    session.opened([A], login=True, now=NOW)
    assert session.tick(NOW + 9.9) == []
    [outcome] = session.tick(NOW + 10)
    assert isinstance(outcome, Broken)
    assert session.tick(NOW + 20) == []


def test_a_login_answer_nobody_waits_for_is_ignored() -> None:
    """A second "logged in" changes nothing."""
    assert active(A).apply(LoggedIn({}), None, NOW) == []


def test_a_login_without_credentials_is_a_bug() -> None:
    """It is never planned; if it were, it would be told rather than skipped."""
    with pytest.raises(RuntimeError, match="without credentials"):
        make(can_log_in=False).opened([], login=True, now=NOW)


# -- acks ----------------------------------------------------------------------------------------------------


def test_an_ack_confirms_its_topic_once() -> None:
    """One ``Confirmed`` per subscribe; a repeated ack is harmless."""
    session = opened(A, B)
    assert session.topics == {A: "asked", B: "asked"}
    assert session.apply(ack(A, "r1"), A, NOW) == [Confirmed(A)]
    assert session.apply(ack(A, "r1"), A, NOW) == []
    assert session.topics == {A: "active", B: "asked"}


def test_restored_is_said_only_when_every_topic_is_answered() -> None:
    """Acked and refused topics both count as answered."""
    session = opened(A, B)
    assert not session.is_settled
    session.apply(ack(A), A, NOW)
    assert not session.is_settled
    session.apply(Failure("refuse", "no", "r1"), None, NOW)
    assert session.is_settled


def test_topics_are_restored_in_the_order_of_their_wishes() -> None:
    """So that logs of two runs can be compared."""
    session = make()
    topics = [Topic.of(f"t{number}") for number in range(7)]
    frames = session.opened(topics, login=False, now=NOW)
    assert frames == ["subscribe r1 t0() t1() t2()", "subscribe r2 t3() t4() t5()", "subscribe r3 t6()"]


def test_an_ack_is_told_by_its_id_when_two_topics_fit() -> None:
    """An exchange may leave out of ``arg`` what tells two topics apart; the request's id still does."""
    wide, narrow = Topic.of("orders"), Topic.of("orders", instType="SPOT")
    session = make()
    session.opened([], login=False, now=NOW)
    session.ask(wide)
    session.frames(NOW)
    session.ask(narrow)
    session.frames(NOW)
    echoed = {"channel": "orders", "instType": "SPOT"}
    assert session.apply(Ack("subscribe", echoed, "r1"), narrow, NOW) == [Confirmed(wide)]
    assert session.apply(Ack("subscribe", echoed, "r2"), narrow, NOW) == [Confirmed(narrow)]


def test_asking_again_is_confirmed_by_the_newer_answer() -> None:
    """Two requests for one topic in flight: the snapshot the newcomer waits for comes with the second."""
    session = opened(A)
    session.ask(A)
    assert session.frames(NOW) == ["subscribe r2 a()"]
    assert session.apply(ack(A, "r1"), A, NOW) == []
    assert session.apply(ack(A, "r2"), A, NOW) == [Confirmed(A)]


def test_an_answer_settles_the_requests_before_it() -> None:
    """The exchange answers in order: when the second is acked, nobody waits for the first any more."""
    session = opened(A)
    session.ask(A)
    session.frames(NOW)
    assert session.apply(ack(A, "r2"), A, NOW) == [Confirmed(A)]
    assert session.tick(NOW + 60) == []


def test_an_ack_for_a_topic_nobody_wants_any_more() -> None:
    """It is found by its ``arg`` among what this socket asked, and confirms nothing."""
    session = opened(A)
    session.leave(A)
    assert session.frames(NOW) == ["unsubscribe r2 a()"]
    assert session.apply(ack(A, "r1"), None, NOW) == []
    assert session.topics == {A: "leaving"}
    assert session.apply(Ack("unsubscribe", A.arg, "r2"), None, NOW) == []
    assert session.topics == {}


def test_an_ack_for_nothing_we_know_is_ignored() -> None:
    """For example the echo of a raw frame of the user's."""
    assert active(A).apply(Ack("subscribe", D.arg, "x"), None, NOW) == []


# -- events that are not answers -------------------------------------------------------------------------------


def test_a_restart_notice_asks_for_a_new_socket() -> None:
    """Other notices ask for nothing."""
    assert active(A).apply(Notice("64008", "soon", restart=True), None, NOW) == [Restart("soon")]
    assert active(A).apply(Notice("1", "hello"), None, NOW) == []


def test_too_many_connections_end_the_subscriptions_of_that_channel() -> None:
    """After a normal ack: the topics of the channel are refused with an error that says why, others live on."""
    two = Topic.of("a", instId="X")
    session = active(A, two, B)
    outcomes = session.apply(ConnCount("a", "31", exceeded=True), None, NOW)
    assert [outcome.topic for outcome in outcomes if isinstance(outcome, Refused)] == [A, two]
    assert all("31" in str(outcome.error) for outcome in outcomes if isinstance(outcome, Refused))
    assert session.topics == {B: "active"}
    assert session.frames(NOW + 60) == []


@pytest.mark.parametrize("event", [ConnCount("a", "2", exceeded=False), Pong(), Unknown({})], ids=repr)
def test_information_changes_nothing(event: ConnCount | Pong | Unknown) -> None:
    """A count, a pong or an unknown message is no reason to do anything."""
    session = active(A)
    assert session.apply(event, None, NOW) == []
    assert session.topics == {A: "active"}


def test_an_error_about_nothing_we_asked_is_told_as_trouble() -> None:
    """Whether it has no id or one that is not ours; it never hits the topic that happens to be in flight."""
    for event in (Failure("refuse", "?"), Failure("refuse", "?", "mine")):
        [outcome] = active(A).apply(event, None, NOW)
        assert isinstance(outcome, Trouble)
        assert isinstance(outcome.error, OkxError)
    session = opened(A)
    [outcome] = session.apply(Failure("refuse", "?", "mine"), None, NOW)
    assert isinstance(outcome, Trouble)
    assert session.topics == {A: "asked"}


def test_refused_errors_carry_the_topic() -> None:
    """The user sees which topic was refused and with which code."""
    session = opened(A)
    [outcome] = session.apply(Failure("refuse", "no such thing", "r1"), None, NOW)
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.error, SubscriptionError)
    assert (outcome.error.code, outcome.error.arg) == ("refuse", A.arg)
    assert session.topics == {}


def test_describe_is_plain_text() -> None:
    """For ``status()``."""
    assert active(A).describe() == {"state": "ready", "topics": {"a()": "active"}}
