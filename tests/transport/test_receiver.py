"""``Receiver``: what becomes of each message of a socket. Its batches are fed by hand, as the socket's thread would."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from okx_sync.errors import DecodeError, OkxError, SubscriptionError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Event, Push, StreamReply
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.link_events import Broken, LoginDone, LoginRefused, Trouble
from okx_sync.protocol.session_state import State
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.receiver import act
from tests.protocol.toy_dialect import A, B
from tests.transport.link_parts import EveryEventDialect, LinkParts, RecordingSink, control, data, feed, hear
from tests.transport.peer import frame

PLAIN = TopicKind()


def subscribed(
    *topics: Topic, dialect: EveryEventDialect | None = None
) -> tuple[LinkParts, LinkConnection, RecordingSink]:
    """A link with an open socket on which ``topics`` were acked; its sink keeps what it gets."""
    stage = LinkParts(dialect)
    for topic in topics:
        stage.core.subscriptions.want(topic, PLAIN, str(topic))
    conn = stage.conn()
    stage.open(conn, *topics)
    feed(conn, [control("ack", arg=topic.arg, id="r1") for topic in topics])
    return stage, conn, stage.sinks[-1]


def overlapping(
    kind: TopicKind = PLAIN, dialect: EveryEventDialect | None = None
) -> tuple[LinkParts, LinkConnection, LinkConnection]:
    """Two sockets with topic A, the new one of which holds back what it brings."""
    stage = LinkParts(dialect)
    stage.core.subscriptions.want(A, kind, "a")
    old, new = stage.conn(), stage.conn(Role.SUCCESSOR)
    stage.core.overlap = new.holding = HandoverDedup(stage.dialect)
    for conn in (old, new):
        stage.open(conn, A)
        conn.has_reported_data = True
    return stage, old, new


def switch(stage: LinkParts, old: LinkConnection, new: LinkConnection) -> None:
    """What a hand-over does to the two."""
    old.role, new.role = Role.GONE, Role.CURRENT
    stage.core.current, stage.core.successor, stage.core.overlap = new, None, None
    new.settled_by = stage.clock.monotonic() + 2


def test_a_push_goes_to_the_sink_of_its_socket() -> None:
    """Over a real connection, and the sink is told where a batch ends."""
    stage = LinkParts()
    stage.core.subscriptions.want(A, PLAIN, "a")
    with stage.connected(A) as (conn, peer):
        assert hear(peer) == "subscribe r1 a()"
        peer.send(
            frame(control("ack", arg=A.arg, id="r1")) + frame(data("a", 1, 2)) + frame(control("notice", message=""))
        )
        peer.close()
        stage.ending()
    assert stage.sinks[-1].rows == [1, 2]
    assert stage.sinks[-1].flushes
    assert conn.delivering_since is None


def test_data_of_a_topic_that_nobody_wants_is_counted() -> None:
    """And told to nobody: it may be late data of a topic that was left."""
    stage, conn, kept = subscribed(A)
    feed(conn, [data("b", 1)])
    assert (stage.core.unrouted, kept.rows, stage.errors) == (1, [], [])


def test_what_cannot_be_read_is_told_and_the_rest_goes_on() -> None:
    """Garbage as well as a message of a kind that nobody knows."""
    stage, conn, kept = subscribed(A)
    feed(conn, [b"{", control("odd"), data("a", 1)])
    assert [type(error) for error in stage.errors] == [DecodeError, DecodeError]
    assert kept.rows == [1]


@pytest.mark.parametrize(
    ("trouble", "told"), [(ValueError("bad row"), "bad row"), (SystemExit("a bug"), "SystemExit: a bug")]
)
def test_a_message_that_cannot_be_handled_does_not_stop_the_stream(trouble: BaseException, told: str) -> None:
    """The error is told, and the batch goes on behind it."""
    stage, conn, kept = subscribed(A)
    kept.trouble = trouble
    feed(conn, [data("a", 1), data("a", 2)])
    assert kept.rows == [2]
    assert [str(error) for error in stage.errors] == [told]


def test_messages_whose_head_is_known_go_on_as_they_are() -> None:
    """From the second batch on, once the first data was reported: nobody parses them here."""
    _, conn, kept = subscribed(A)
    feed(conn, [data("a", 1)])
    feed(conn, [data("a", 2), data("a", 3)])
    assert kept.rows == [1]
    assert kept.frames == [data("a", 2), data("a", 3)]


def test_a_message_that_the_sink_does_not_take_is_parsed_here() -> None:
    """Its topic needs it parsed."""
    _, conn, kept = subscribed(A)
    kept.takes = False
    feed(conn, [data("a", 1)])
    feed(conn, [data("a", 2)])
    assert kept.rows == [1, 2]


def test_a_topic_without_heads_is_not_searched_for_ever() -> None:
    """After some messages without one no more are looked at."""
    looked: list[bytes] = []

    class Counting(EveryEventDialect):
        def head(self, frame: bytes, push: Push) -> bytes | None:
            looked.append(frame)
            return None

    _, conn, kept = subscribed(A, dialect=Counting())
    feed(conn, [data("a", number) for number in range(8)])
    assert len(looked) == 5
    assert len(kept.rows) == 8


def test_a_snapshot_in_pages_is_delivered_as_one() -> None:
    """When its last page has come."""
    stage = LinkParts()
    stage.core.subscriptions.want(A, TopicKind(paged=True), "a")
    conn = stage.conn()
    stage.open(conn, A)
    feed(conn, [data("a", 1, page=[1, False])])
    assert stage.sinks[-1].rows == []
    feed(conn, [data("a", 2, page=[2, True])])
    assert stage.sinks[-1].rows == [1, 2]


def test_first_data_is_told_once_per_socket() -> None:
    """Behind "connected", and not again for each push."""
    stage, conn, _ = subscribed(A)
    feed(conn, [data("a", 1)])
    feed(conn, [data("a", 2)])
    assert stage.kinds == ["connected", "first_data"]


def test_a_socket_that_was_replaced_or_lost_changes_nothing() -> None:
    """Whatever it still says."""
    stage, conn, kept = subscribed(A)
    conn.role = Role.GONE
    feed(conn, [data("a", 1), b"{", control("reply", id="r9")])
    assert (kept.rows, stage.errors) == ([], [])


def test_a_control_message_behind_the_loss_of_its_socket_changes_nothing() -> None:
    """The role may change between two messages of a batch."""
    stage, conn, _ = subscribed(A)

    class Leaving(RecordingSink):
        def add(self, route: object, push: Push) -> None:
            conn.role = Role.GONE

    conn.sink = Leaving()
    feed(conn, [data("a", 1), control("notice", message="soon", restart=True)])
    assert conn.restart_message is None
    assert stage.errors == []


def test_a_new_socket_holds_back_until_it_takes_over() -> None:
    """Then it delivers what the old one has not."""
    stage, old, new = overlapping()
    feed(old, [data("a", 1)])
    feed(new, [data("a", 1), data("a", 2)])
    assert [kept.rows for kept in stage.sinks] == [[1], []]
    switch(stage, old, new)
    feed(new, [data("a", 3)])
    assert [kept.rows for kept in stage.sinks] == [[1], [2, 3]]


def test_a_take_over_within_a_batch_releases_what_was_held_first() -> None:
    """The role is looked at for each push."""

    class Switching(EveryEventDialect):
        def read(self, frame: bytes) -> Event:
            if b"3" in frame:
                switch(stage, old, new)
            return super().read(frame)

    stage, old, new = overlapping(dialect=Switching())
    feed(new, [data("a", 2), data("a", 3)])
    assert stage.sinks[-1].rows == [2, 3]


@pytest.mark.parametrize("by", ["pong", "time"])
def test_the_overlap_is_over_with_the_first_pong_or_after_some_seconds(by: str) -> None:
    """From then on nothing that the old socket has delivered can come: a book that lagged starts from its snapshot."""
    stage, old, new = overlapping(TopicKind(sequenced=True))
    feed(old, [data("a", 1, seq=[4, 5])])
    feed(new, [data("a", 2, seq=[2, 3])])
    switch(stage, old, new)
    feed(new, [control("notice", message="takes over")])
    assert stage.sinks[-1].rows == []
    if by == "time":
        stage.clock.forward(2)
    feed(new, [b"pong" if by == "pong" else control("notice", message="later")])
    assert stage.sinks[-1].rows == [2]
    assert new.holding is None


def test_a_pong_tells_the_round_trip() -> None:
    """From the ping to its answer."""
    stage, conn, _ = subscribed()
    conn.pinged_at = stage.clock.monotonic()
    stage.clock.forward(0.25)
    feed(conn, [b"pong"])
    assert conn.round_trip_s == 0.25


def test_an_ack_wakes_who_waits_for_it() -> None:
    """For that topic, and nobody else."""
    stage = LinkParts()
    conn = stage.conn()
    first: Future[None] = Future()
    second: Future[None] = Future()
    stage.core.waiters = {A: [first], B: [second]}
    for topic in (A, B):
        stage.core.subscriptions.want(topic, PLAIN, "")
    stage.open(conn, A, B)
    feed(conn, [control("ack", arg=A.arg, id="r1")])
    assert (first.done(), second.done()) == (True, False)


def test_a_refused_topic_is_told_to_its_owner_and_to_who_waits() -> None:
    """And it is not wanted any more."""
    stage = LinkParts()
    conn = stage.conn()
    waiter: Future[None] = Future()
    stage.core.waiters = {A: [waiter]}
    stage.core.subscriptions.want(A, PLAIN, "")
    stage.open(conn, A)
    feed(conn, [control("failure", id="r1", code="refuse", message="no such a()")])
    assert [topic for topic, _ in stage.refused] == [A]
    assert isinstance(waiter.exception(0), SubscriptionError)
    assert A not in stage.core.subscriptions


def test_a_reply_goes_to_the_call_that_waits_for_it() -> None:
    """As does a failure that carries its id, as an error."""
    stage, conn, _ = subscribed()
    calls: list[Future[StreamReply]] = [Future(), Future()]
    for number, call in enumerate(calls):
        stage.core.calls.start(f"c{number}", call, stage.clock.monotonic() + 9)
    feed(conn, [control("reply", id="c0", rows=[7]), control("failure", id="c1", code="refuse", message="no")])
    assert calls[0].result(0).rows == [7]
    assert isinstance(calls[1].exception(0), OkxError)


def test_a_reply_that_nobody_waits_for_is_told_as_an_error() -> None:
    """It came too late, or its request was sent by hand."""
    stage, conn, _ = subscribed()
    feed(conn, [control("reply", id="late")])
    assert "nobody waits for" in str(stage.errors[0])


def test_a_reply_may_say_that_the_server_restarts() -> None:
    """Then no more requests go to this socket, and its replacement is begun at once."""
    stage, conn, _ = subscribed()
    hurried: list[bool] = []
    stage.core.hurry_handover = lambda: hurried.append(True)
    call: Future[StreamReply] = Future()
    stage.core.calls.start("c1", call, stage.clock.monotonic() + 9)
    feed(conn, [control("reply", id="c1", restart=True)])
    assert call.result(0).restart
    assert (conn.restart_message, conn.refuses_requests, hurried) == ("done", True, [True])


def test_an_announced_restart_is_noted_for_the_hand_over() -> None:
    """With its words; any other notice only goes to the log."""
    _, conn, _ = subscribed()
    feed(conn, [control("notice", message="have a nice day")])
    assert conn.restart_message is None
    feed(conn, [control("notice", message="upgrade soon", restart=True)])
    assert conn.restart_message == "upgrade soon"


def test_an_error_that_belongs_to_nothing_is_told() -> None:
    """It has no caller."""
    stage, conn, _ = subscribed()
    feed(conn, [control("failure", id="foreign", code="refuse", message="who are you")])
    assert [str(error) for error in stage.errors] == [str(stage.dialect.error("refuse", "who are you"))]


def test_a_refused_login_ends_the_socket() -> None:
    """And what it asks for is kept for whoever decides about another attempt."""
    stage = LinkParts()
    with stage.connected(login=True) as (conn, peer):
        assert hear(peer) == "login now"
        peer.send(frame(control("failure", code="fatal", message="bad key")))
        assert "the login was refused" in stage.ending().reason
        assert conn.login_refused is not None
        assert conn.login_refused.verdict == "fatal"


def test_an_accepted_login_lets_the_conversation_go_on() -> None:
    """What was wanted meanwhile is asked, and the clock may be set anew for the next refusal."""
    stage = LinkParts()
    stage.core.resynced = True
    with stage.connected(A, login=True) as (conn, peer):
        assert hear(peer) == "login now"
        peer.send(frame(control("login")))
        assert hear(peer) == "subscribe r1 a()"
        assert conn.session.state is State.READY
        assert not stage.core.resynced


def test_what_a_session_concludes_is_carried_out() -> None:
    """A socket that is of no use is cut, an error is told without the lock, a login opens the way again."""
    stage, conn, _ = subscribed()
    refused = LoginRefused("retry", OkxError("not now"))
    actions = act(stage.core, conn, [LoginDone(), Trouble(OkxError("odd")), Broken("asked too often"), refused])
    assert stage.errors == []
    for action in actions:
        action()
    assert [str(error) for error in stage.errors] == ["odd"]
    assert conn.login_refused is refused
    assert conn.wire.run().reason == "asked too often"
