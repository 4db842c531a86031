"""Requests and their answers, in all the ways in which exchanges give them."""

from __future__ import annotations

from typing import ClassVar

import pytest

from okx_sync.protocol.events import Ack, Failure
from okx_sync.protocol.link_events import Confirmed, Refused
from okx_sync.protocol.pending import PendingAsks, RequestIds
from okx_sync.protocol.session import Session
from okx_sync.timing import RateBucket
from tests.clocks import HandClock
from tests.protocol.toy_dialect import NOW, A, B, D, Toy


class Anonymous(Toy):
    """Its answers have no ids."""

    echoes_ids: ClassVar[bool] = False


def _session(dialect: Toy) -> Session:
    session = Session(dialect, RequestIds(), RateBucket(1000, 3600.0, HandClock()))
    session.opened([A, B], login=False, now=NOW)
    return session


def test_an_ack_of_a_whole_request() -> None:
    """One ack without an arg, with the id of the request: all its topics are active."""
    session = _session(Toy())
    assert session.apply(Ack("subscribe", None, "r1"), None, NOW) == [Confirmed(A), Confirmed(B)]
    assert session.is_settled


def test_an_ack_of_a_part_of_a_request() -> None:
    """Topics that the ack names as failed are refused with its reason, the others are active."""
    session = _session(Toy())
    agreed, refused = session.apply(Ack("subscribe", None, "r1", failed=(B.arg,), reason="no such thing"), None, NOW)
    assert agreed == Confirmed(A)
    assert isinstance(refused, Refused)
    assert refused.topic == B
    assert "no such thing" in str(refused.error)
    assert session.topics == {A: "active"}
    assert session.is_settled


def test_an_ack_of_an_unknown_request_changes_nothing() -> None:
    """With an id that is not ours it is about nothing of ours."""
    session = _session(Toy())
    assert session.apply(Ack("subscribe", None, "x9"), None, NOW) == []
    assert session.topics == {A: "asked", B: "asked"}


def test_without_ids_an_ack_is_about_the_oldest_request_of_its_kind() -> None:
    """The exchange answers in the order in which it was asked."""
    session = _session(Anonymous())
    session.ask(D)
    session.frames(NOW)
    assert session.apply(Ack("subscribe", None), None, NOW) == [Confirmed(A), Confirmed(B)]
    assert session.apply(Ack("subscribe", None), None, NOW) == [Confirmed(D)]


def test_without_ids_an_error_is_about_the_oldest_request() -> None:
    """It names neither request nor topic: the topics of that request are asked one by one."""
    session = _session(Anonymous())
    session.ask(D)
    session.frames(NOW)
    assert session.apply(Failure("refuse", "no"), None, NOW) == []
    assert session.frames(NOW) == ["subscribe r3 a()", "subscribe r4 b()"]
    assert session.apply(Ack("subscribe", D.arg), D, NOW) == [Confirmed(D)]


def test_with_ids_an_error_without_one_is_about_no_request() -> None:
    """Where answers have ids, one without is not laid at the door of whatever was asked last."""
    asks = PendingAsks(Toy(), 10.0)
    asks.start("subscribe", [A], "r1", NOW)
    assert asks.about(Failure("x", "no")) is None
    assert asks.about(Failure("x", "no", "r1")) is not None


class AllOrNothing(Toy):
    """One bad topic has the whole request rejected."""

    all_or_nothing: ClassVar[bool] = True


def test_the_rest_of_a_rejected_request_is_asked_again_at_once() -> None:
    """The topic that is named is refused; the others, of which nothing is wrong, go out again together."""
    session = Session(AllOrNothing(), RequestIds(), RateBucket(1000, 3600.0, HandClock()))
    session.opened([A, B, D], login=False, now=NOW)
    (refused,) = session.apply(Failure("refuse", "no such topic: b()", "r1"), None, NOW)
    assert isinstance(refused, Refused)
    assert refused.topic == B
    assert session.frames(NOW) == ["subscribe r2 a() d()"]


@pytest.mark.parametrize("answered", ["r1", None])
def test_unsubscribing_a_whole_request(answered: str | None) -> None:
    """The same for unsubscribing: the topics are gone with the one ack."""
    session = _session(Anonymous() if answered is None else Toy())
    session.apply(Ack("subscribe", None, answered), None, NOW)
    session.leave(A)
    session.leave(B)
    session.frames(NOW)
    assert session.apply(Ack("unsubscribe", None, None if answered is None else "r2"), None, NOW) == []
    assert session.topics == {}


def test_an_ack_of_one_topic_goes_to_the_one_it_is_routed_to() -> None:
    """Where its request has several that match; without a request that is known, to the routed one as well."""
    asks = PendingAsks(Toy(), 10.0)
    asks.start("subscribe", [A, B], "r1", NOW)
    assert asks.topics_of(Ack("subscribe", A.arg, "r1"), A) == ([A], [])
    assert asks.topics_of(Ack("subscribe", D.arg), D) == ([D], [])


def test_an_ack_of_a_topic_that_nobody_wants_any_more_is_known_by_its_arg() -> None:
    """Among the topics that wait for such an answer, with its id or without; what was not asked for is nobody's."""
    asks = PendingAsks(Toy(), 10.0)
    asks.start("subscribe", [B], "r1", NOW)
    asks.start("unsubscribe", [B, A], "r2", NOW)
    for answered in (None, "r2"):
        assert asks.topics_of(Ack("unsubscribe", A.arg, answered), None) == ([A], [])
        assert asks.topics_of(Ack("unsubscribe", D.arg, answered), None) == ([], [])
    assert asks.topics_of(Ack("subscribe", A.arg), None) == ([], [])


def test_a_request_whose_answer_does_not_come_in_time_is_taken_out() -> None:
    """Only that one, and only once."""
    asks = PendingAsks(Toy(), 10.0)
    asks.start("subscribe", [A], "r1", NOW)
    asks.start("subscribe", [B], "r2", NOW + 1)
    assert [list(ask.open) for ask in asks.expire(NOW + 10)] == [[A]]
    assert asks.expire(NOW + 10) == []
    assert asks.suspects(None) == [B]
