"""``LinkState``: what is told to whom, in which order, from under the one lock of a link."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from okx_sync.errors import OkxError, OkxTimeoutError
from okx_sync.protocol.events import LoggedIn, StreamReply
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.transport.connection import Role
from okx_sync.transport.link_state import GATHER_S, run_all
from tests.protocol.toy_dialect import A, B, C, ack
from tests.transport.link_parts import EveryEventDialect, LinkParts, control, hear
from tests.transport.peer import frame


def test_a_link_is_up_once_its_socket_is_logged_in_where_that_is_needed() -> None:
    """An open socket alone is not enough; one without a login is up at once."""
    stage = LinkParts()
    assert not stage.core.is_up
    conn = stage.conn()
    stage.open(conn, login=True)
    assert not stage.core.is_up
    conn.session.apply(LoggedIn({}), None, stage.clock.monotonic())
    assert stage.core.is_up


def test_requests_go_to_the_current_socket_while_it_is_up() -> None:
    """And nowhere while there is none."""
    stage = LinkParts()
    assert stage.core.for_requests is None
    conn = stage.conn()
    assert stage.core.for_requests is None
    stage.open(conn)
    assert stage.core.for_requests is conn


def test_requests_pass_over_a_socket_that_takes_no_more() -> None:
    """Once its successor has restored all topics; until then it is the only one there is."""
    stage = LinkParts()
    old, new = stage.conn(), stage.conn(Role.SUCCESSOR)
    stage.open(old)
    stage.open(new, A)
    old.refuses_requests = True
    assert stage.core.for_requests is old
    new.session.apply(ack(A), A, stage.clock.monotonic())
    assert stage.core.for_requests is new


def test_a_change_is_asked_on_every_open_socket() -> None:
    """On the one that is to take over as well, but not on one that still connects."""
    stage = LinkParts()
    old, new = stage.conn(), stage.conn(Role.SUCCESSOR)
    stage.open(old)
    assert stage.core.open_conns() == [old]
    stage.open(new)
    assert stage.core.open_conns() == [old, new]


def test_what_a_session_may_say_now_is_sent() -> None:
    """In the step in which it is recorded as asked."""
    stage = LinkParts()
    with stage.connected() as (conn, peer), stage.core.lock:
        conn.session.ask(A)
        stage.core.advance(conn)
        assert hear(peer) == "subscribe r1 a()"
        assert conn.session.topics == {A: "asked"}


def test_what_is_asked_soon_after_a_request_goes_with_the_next() -> None:
    """The first goes at once; the thread that sends the others is woken once for all of them."""
    stage = LinkParts()
    woken: list[None] = []
    stage.core.wake_to_send = lambda: woken.append(None)
    with stage.connected() as (conn, peer), stage.core.lock:
        for topic in (A, B, C):
            conn.session.ask(topic)
            stage.core.send_soon()
        stage.core.advance(conn)  # an answer came meanwhile: that is no reason to send it before its time
        assert conn.session.topics == {A: "asked"}
        assert len(woken) == 1
        stage.clock.forward(GATHER_S)
        stage.core.send_planned(stage.clock.monotonic())
        assert [hear(peer), hear(peer)] == ["subscribe r1 a()", "subscribe r2 b() c()"]
        stage.clock.forward(GATHER_S)
        conn.session.leave(A)
        stage.core.send_soon()
        assert hear(peer) == "unsubscribe r3 a()"


class Paced(EveryEventDialect):
    """One request a second."""

    control_per_s = 1


def test_the_pace_of_requests_is_the_exchanges_unless_the_options_say_another() -> None:
    """And none where neither counts what is said in a second."""
    assert LinkParts().core.requests_per_s is None
    assert LinkParts(Paced()).core.requests_per_s == 1
    assert LinkParts(Paced(), control_per_s=9).core.requests_per_s == 9


def test_what_the_pace_keeps_waiting_goes_out_as_soon_as_that_allows() -> None:
    """The thread that sends it is woken, whether it was asked just now or an answer made room for it."""
    stage = LinkParts(Paced())
    woken: list[None] = []
    stage.core.wake_to_send = lambda: woken.append(None)
    with stage.connected() as (conn, peer), stage.core.lock:
        conn.session.ask(A)
        stage.core.send_soon()
        assert (stage.core.is_gathering, woken) == (False, [])
        stage.clock.forward(0.25)
        conn.session.ask(B)
        stage.core.send_soon()
        assert (stage.core.is_gathering, woken) == (True, [None])
        assert stage.core.gather_until == pytest.approx(stage.clock.monotonic() + 0.75)
        stage.clock.forward(0.75)
        stage.core.send_planned(stage.clock.monotonic())
        assert [hear(peer), hear(peer)] == ["subscribe r1 a()", "subscribe r2 b()"]
        conn.session.ask(C)
        stage.core.advance(conn)
        assert stage.core.gather_until == pytest.approx(stage.clock.monotonic() + 1.0)


def test_of_two_sockets_whose_pace_keeps_something_waiting_the_first_to_go_on_counts() -> None:
    """While one takes over from the other: neither waits for the other's pace."""
    stage = LinkParts(Paced())
    with stage.connected() as (old, _peer), stage.core.lock:
        new = stage.conn(Role.SUCCESSOR)
        stage.open(new)
        assert old.session._budget.try_take()
        stage.clock.forward(0.25)
        assert new.session._budget.try_take()
        for conn in (old, new):
            conn.session.ask(A)
        stage.core.send_planned(stage.clock.monotonic())
        assert stage.core.gather_until == pytest.approx(stage.clock.monotonic() + 0.75)


def test_a_block_that_gathers_keeps_all_but_what_somebody_waits_for() -> None:
    """A call of another thread that waits for its answer does not wait for the block."""
    stage = LinkParts()
    with stage.connected() as (conn, peer), stage.core.lock:
        stage.core.gathering.begin(stage.clock.monotonic())
        conn.session.ask(A)
        stage.core.send_soon()
        stage.core.advance(conn)
        assert conn.session.topics == {}
        stage.core.send_soon(is_waited_for=True)
        assert hear(peer) == "subscribe r1 a()"


def test_a_socket_that_cannot_take_what_is_recorded_is_cut() -> None:
    """It is of no use: the next one asks for everything."""
    stage = LinkParts()
    conn = stage.conn()
    stage.core.advance(conn, ["subscribe r1 a()"])
    assert conn.wire.run().reason == "sending failed: the socket is closed"


def test_only_the_current_socket_confirms() -> None:
    """A successor's ack says nothing about what is delivered now."""
    stage = LinkParts()
    old, new = stage.conn(), stage.conn(Role.SUCCESSOR)
    waiter: Future[None] = Future()
    stage.core.waiters = {A: [waiter]}
    stage.core.confirm(new, A)
    assert not waiter.done()
    stage.core.confirm(old, A)
    assert waiter.done()


def test_a_refusal_is_told_to_the_owner_before_anybody_wakes_up() -> None:
    """Who waits may ask for the same topic again as soon as it wakes up. Nothing is told under the lock."""
    stage = LinkParts()
    waiter: Future[None] = Future()
    told: list[bool] = []
    stage.core.subscriptions.want(A, TopicKind(), "a")
    stage.core.waiters = {A: [waiter]}
    waiter.add_done_callback(lambda _future: told.append(bool(stage.refused)))
    error = OkxError("no such topic")
    actions = stage.core.refuse(A, error)
    assert (stage.refused, waiter.done()) == ([], False)
    assert A not in stage.core.subscriptions
    run_all(actions)
    assert stage.refused == [(A, error)]
    assert waiter.exception(0) is error
    assert told == [True]


def test_calls_that_are_overdue_fail_and_the_others_wait_on() -> None:
    """With an error that leaves open whether the exchange has acted."""
    stage = LinkParts()
    calls: list[Future[StreamReply]] = [Future(), Future()]
    for number, call in enumerate(calls):
        stage.core.calls.start(f"c{number}", call, 100.0 + number)
    run_all(stage.core.expire_calls(100.0))
    assert isinstance(calls[0].exception(0), OkxTimeoutError)
    assert not calls[1].done()


def test_everybody_who_waits_can_be_taken_at_once() -> None:
    """For an ack or for the connection, and each only once."""
    stage = LinkParts()
    one: Future[None] = Future()
    two: Future[None] = Future()
    up: Future[None] = Future()
    stage.core.waiters, stage.core.up_waiters = {A: [one], B: [two]}, [up]
    assert stage.core.take_waiters() == [one, two, up]
    assert stage.core.take_waiters() == []


def test_states_are_announced_once_and_in_their_order() -> None:
    """After an outage: connected, restored with the last ack, the gap from the loss until now, then the first data."""
    stage = LinkParts()
    stage.core.lost_at = stage.clock.time() - 30
    conn = stage.conn()
    conn.was_restored = False
    stage.open(conn, A)
    conn.has_data = True
    run_all(stage.core.announce(conn))
    assert stage.kinds == ["connected"]
    conn.session.apply(ack(A), A, stage.clock.monotonic())
    run_all(stage.core.announce(conn))
    run_all(stage.core.announce(conn))
    assert stage.kinds == ["connected", "restored", "gap", "first_data"]
    gap = stage.states[2]
    assert gap.from_at is not None
    assert gap.to_at is not None
    assert (gap.to_at - gap.from_at).total_seconds() == 30
    assert stage.core.lost_at is None


def test_the_first_data_of_a_socket_that_takes_over_waits_until_its_beginning_is_told() -> None:
    """Another thread tells that: the data must not be first."""
    stage = LinkParts()
    conn = stage.conn()
    stage.open(conn, A)
    conn.has_data = conn.was_restored = True
    conn.beginning_told.clear()
    run_all(stage.core.announce(conn))
    run_all(stage.core.announce(conn))
    assert stage.kinds == ["connected"]
    conn.beginning_told.set()
    run_all(stage.core.announce(conn))
    assert stage.kinds == ["connected", "first_data"]


def test_a_socket_that_is_not_the_current_one_announces_nothing() -> None:
    """Nor does one that is not logged in yet."""
    stage = LinkParts()
    new = stage.conn(Role.SUCCESSOR)
    stage.open(new)
    current = stage.conn()
    stage.open(current, login=True)
    assert stage.core.announce(new) == stage.core.announce(current) == []


def test_who_waits_for_the_connection_wakes_up_with_it() -> None:
    """Over a real socket: with the accepted login; and what was in the way before is forgotten."""
    stage = LinkParts()
    up: Future[None] = Future()
    stage.core.up_waiters, stage.core.trouble = [up], OkxError("was not there")
    with stage.connected(login=True) as (_, peer):
        assert hear(peer) == "login now"
        assert not up.done()
        peer.send(frame(control("login")))
        up.result(5)
        assert stage.core.trouble is None


def test_an_event_of_the_link_carries_its_name_its_socket_and_the_time() -> None:
    """In UTC."""
    stage = LinkParts()
    event = stage.core.event("lost", 3, reason="gone")
    assert (event.kind, event.path, event.epoch, event.reason) == ("lost", "public", 3, "gone")
    assert event.at.timestamp() == stage.clock.time()
    assert str(event.at.tzinfo) == "UTC"


def test_the_load_tells_what_is_used_of_what_the_exchange_allows() -> None:
    """Before a socket is open what is wanted counts; then its requests, its topics, and how far it is behind."""
    stage = LinkParts()
    stage.core.subscriptions.want(A, TopicKind())
    load = stage.core.load()
    assert (load.is_up, load.is_over, load.topics, load.next_s) == (False, False, 1, 0.0)
    assert load.requests == stage.core.requests_per_hour
    conn = stage.conn()
    stage.open(conn, A, B)
    load = stage.core.load()
    assert (load.is_up, load.topics, load.lag_s) == (True, 2, 0.0)
    assert 0 < load.requests < 1000  # some are for repairs only
    conn.round_trip_s, stage.core.least_trip_s = 0.5, 0.125
    assert stage.core.load().lag_s == 0.375
    stage.clock.forward(61.0)  # the ping that told so is too old to tell anything
    assert stage.core.load().lag_s == 0.0
    conn.delivering_since = stage.clock.monotonic()
    stage.clock.forward(2.0)
    assert stage.core.load().lag_s == 2.0
    stage.core.failure = OkxError("given up")
    assert stage.core.load().is_over


def test_topics_that_wait_for_the_limit_can_be_taken_elsewhere() -> None:
    """With whoever waits for them; account data stays, and so does what has been asked for."""
    stage = LinkParts()
    assert stage.core.waiting() == []
    assert stage.core.take_waiting(A) is None
    waiter: Future[None] = Future()
    stage.core.waiters[B] = [waiter]
    for topic in (A, B):
        stage.core.subscriptions.want(topic, TopicKind(), f"target of {topic}")
    stage.core.subscriptions.want(C, TopicKind(lossless=True))
    conn = stage.conn()
    stage.open(conn, A)
    while conn.session._budget.try_take():
        pass
    conn.session.ask(B)
    conn.session.ask(C)
    assert stage.core.waiting() == [B]
    assert stage.core.take_waiting(A) is None
    taken = stage.core.take_waiting(B)
    assert taken is not None
    assert (taken[0].target, taken[1]) == (f"target of {B}", [waiter])
    assert B not in stage.core.subscriptions
    assert stage.core.waiting() == []


def test_topics_of_a_link_that_has_never_been_up_can_be_taken_elsewhere() -> None:
    """Once an attempt has come to nothing; not those of one that was up before, which has to restore them."""
    stage = LinkParts()
    waiter: Future[None] = Future()
    stage.core.waiters[A] = [waiter]
    stage.core.subscriptions.want(A, TopicKind(), "target")
    stage.core.subscriptions.want(C, TopicKind(lossless=True))
    assert (stage.core.waiting(), stage.core.load().is_blocked) == ([], False)
    stage.core.trouble = OkxError("too many connections")
    assert (stage.core.waiting(), stage.core.load().is_blocked) == ([A], True)
    stage.core.reconnects = 1
    assert stage.core.waiting() == []
    taken = stage.core.take_waiting(A)
    assert taken is not None
    assert (taken[0].target, taken[1]) == ("target", [waiter])
    assert list(stage.core.subscriptions) == [C]


def test_that_topics_have_to_wait_is_told_once() -> None:
    """With the reason; and once more when they have to wait again."""
    stage = LinkParts()
    conn = stage.conn()
    stage.open(conn)
    assert stage.core.tell_held_back() == []
    while conn.session._budget.try_take():
        pass
    for _ in range(2):
        conn.session.ask(A)
        for _ in range(2):
            run_all(stage.core.tell_held_back())
        conn.session.leave(A)
        run_all(stage.core.tell_held_back())
    assert stage.kinds == ["throttled", "throttled"]
    assert "an hour" in str(stage.states[0].reason)
