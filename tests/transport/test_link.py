"""``Link``: wishes, requests and closing, over real sockets to a scripted peer."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConnectionLost, OkxError, OkxTimeoutError, StreamClosed
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.transport.connection import Role, Sink
from okx_sync.transport.link import Link
from okx_sync.transport.options import WireOptions
from tests.loopback.conftest import until
from tests.protocol.toy_dialect import A, B, C
from tests.transport.link_parts import LinkParts, control, data, hear
from tests.transport.peer import CLOSE, PATIENCE_S, Listener, Peer, frame

PLAIN = TopicKind()


@attrs.define
class Rig:
    """A link, the port it connects to, and what its owner is told."""

    link: Link
    listener: Listener
    stage: LinkParts

    def up(self) -> Peer:
        """The link's next connection, once it is up."""
        up = self.link.start()
        peer = self.listener.accept()
        up.result(PATIENCE_S)
        return peer


@contextlib.contextmanager
def rig(**words: Any) -> Iterator[Rig]:
    """A link that is closed behind the block. ``words``: of ``Link`` and of ``LinkOptions``."""
    own = {name: words.pop(name) for name in ("login", "always_login", "account") if name in words}
    stage = LinkParts(**words)
    with Listener() as listener:
        link = Link(
            "public",
            listener.url,
            stage.dialect,
            stage.hooks,
            stage.clock,
            RequestIds(),
            stage.options,
            WireOptions(),
            **own,
        )
        try:
            yield Rig(link, listener, stage)
        finally:
            link.begin_close()
            listener.hang_up()  # no link waits for a goodbye
            assert link.close(PATIENCE_S)


def acked(one: Rig, peer: Peer, topic: Any = A) -> None:
    """Subscribe a topic, and have it acked."""
    done = one.link.want(topic, PLAIN, str(topic))
    request_id = hear(peer).split()[1]
    peer.send(frame(control("ack", arg=topic.arg, id=request_id)))
    done.result(PATIENCE_S)


def test_nothing_happens_before_the_first_wish() -> None:
    """No thread, no connection; and closing such a link tells nothing."""
    with rig() as one:
        assert not one.link.is_started
        assert one.link.describe()["state"] == "down"
    assert one.stage.kinds == []


def test_start_is_done_when_the_link_is_up() -> None:
    """And at once on a link that is."""
    with rig() as one:
        one.up()
        assert one.link.start().done()
        assert one.link.is_connected
        assert one.link.is_started
        one.stage.clock.forward(7)
        assert one.link.connected_for(one.stage.clock.monotonic()) == 7


def test_threads_can_be_started_without_waiting() -> None:
    """The connection comes by itself."""
    with rig() as one:
        one.link.ensure_running()
        one.listener.accept()
        until(lambda: one.link.is_connected)


def test_a_wish_is_done_with_its_ack() -> None:
    """A second one for the same topic at once: it is active."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        assert one.link.topics == 1
        assert one.link.want(A, PLAIN, "a").done()


def test_a_wish_can_ask_again_for_a_new_snapshot() -> None:
    """Though the topic is active."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        again = one.link.want(A, PLAIN, "a", again=True)
        assert hear(peer).split()[0::2] == ["subscribe", "a()"]
        assert not again.done()


def test_a_call_that_waits_alone_is_asked_at_once() -> None:
    """However soon after the last request it comes: no time passes here."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        acked(one, peer, B)
        now = one.stage.clock.monotonic()
        one.link.want(C, PLAIN, "c", waits=True)
        assert one.link._core.current is not None
        assert one.link._core.current.session.topics[C] == "asked"
        assert one.stage.clock.monotonic() == now


def test_several_calls_that_wait_are_asked_together() -> None:
    """The first goes at once; those that come while its answer is awaited are gathered for some milliseconds."""
    with rig() as one:
        peer = one.up()
        with one.link._core.lock:  # so that the thread that sends them sees all
            for topic in (A, B, C):
                one.link.want(topic, PLAIN, str(topic), waits=True)
        assert [hear(peer), hear(peer)] == ["subscribe r1 a()", "subscribe r2 b() c()"]


def test_topics_that_are_left_in_masses_need_few_requests() -> None:
    """As those that are asked."""
    with rig() as one:
        peer = one.up()
        for topic in (A, B, C):
            acked(one, peer, topic)
        with one.link._core.lock:
            one.stage.clock.forward(1)
            for topic in (A, B, C):
                one.link.unwant(topic)
        assert [hear(peer), hear(peer)] == ["unsubscribe r4 a()", "unsubscribe r5 b() c()"]


def test_a_wish_that_needs_a_login_logs_in_first() -> None:
    """On the socket that is open already."""
    with rig(login=lambda: "login now") as one:
        peer = one.up()
        one.link.want(A, TopicKind(login=True), "a")
        assert hear(peer) == "login now"
        peer.send(frame(control("login")))
        assert hear(peer) == "subscribe r1 a()"


def test_a_link_can_be_told_to_log_in() -> None:
    """Done once the login is accepted; every later socket logs in as well."""
    with rig(login=lambda: "login now") as one:
        peer = one.up()
        done = one.link.log_in()
        assert hear(peer) == "login now"
        assert not done.done()
        peer.send(frame(control("login")))
        done.result(PATIENCE_S)
        peer.close()
        assert hear(one.listener.accept()) == "login now"


def test_without_credentials_there_is_no_login() -> None:
    """The link is up without it."""
    with rig() as one:
        one.up()
        assert one.link.log_in().done()


def test_who_waits_for_the_ack_of_a_topic_that_is_left_is_told() -> None:
    """And the exchange is asked to stop; leaving it once more does nothing."""
    with rig() as one:
        peer = one.up()
        done = one.link.want(A, PLAIN, "a")
        assert hear(peer) == "subscribe r1 a()"
        one.link.unwant(A)
        assert hear(peer) == "unsubscribe r2 a()"
        assert isinstance(done.exception(PATIENCE_S), StreamClosed)
        one.link.unwant(A)
        assert one.link.topics == 0


def test_a_topic_can_be_asked_again_afresh() -> None:
    """After an unsubscribe; one that nobody wants is not asked."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        one.link.ask_again(B)
        one.link.ask_again(A, afresh=True)
        assert [hear(peer).split()[0] for _ in range(2)] == ["unsubscribe", "subscribe"]


def test_a_request_gets_its_reply() -> None:
    """By its id."""
    with rig() as one:
        peer = one.up()
        reply = one.link.request(lambda request_id: f"order {request_id}", 9)
        assert one.link.describe()["pending_calls"] == 1
        peer.send(frame(control("reply", id=hear(peer).split()[1], rows=[7])))
        assert reply.result(PATIENCE_S).rows == [7]


def test_a_request_without_a_reply_ends_with_its_time() -> None:
    """A caller who cannot wait for the next tick can have that looked at."""
    with rig(tick_s=60, ping_s=240, pong_s=240, ack_s=240) as one:
        one.up()
        reply = one.link.request(lambda request_id: f"order {request_id}", 9)
        one.stage.clock.forward(9)
        one.link.expire_calls()
        assert isinstance(reply.exception(PATIENCE_S), OkxTimeoutError)


def test_what_needs_a_connection_says_so_when_there_is_none() -> None:
    """And may be tried again."""
    with rig() as one:
        error = one.link.request(str, 9).exception(0)
        assert isinstance(error, ConnectionLost)
        assert error.retryable
        with pytest.raises(ConnectionLost, match="not connected"):
            one.link.send("hello")
        with one.link.between_batches() as sink:
            assert sink is None
        assert one.link.connected_for(one.stage.clock.monotonic()) == 0


def test_a_request_that_cannot_be_sent_fails_at_once() -> None:
    """Its reply is not waited for."""
    with rig() as one:
        one.up()
        with one.link._core.lock:  # so that the end of the socket is not seen before the request is made
            assert one.link._core.current is not None
            one.link._core.current.wire.kill("cut")
            reply = one.link.request(lambda request_id: f"order {request_id}", 9)
            assert isinstance(reply.exception(0), ConnectionLost)
            assert one.link.describe()["pending_calls"] == 0


def test_a_frame_can_be_sent_as_it_is() -> None:
    """For what the client has no words for."""
    with rig() as one:
        peer = one.up()
        one.link.send("hello")
        assert hear(peer) == "hello"


def test_between_batches_the_sockets_own_thread_waits() -> None:
    """What the guest hands on and what the socket brings never mix; the guest's thread counts as the link's own."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        kept = one.stage.sinks[-1]
        with one.link.between_batches() as sink:
            peer.send(frame(data("a", 1)))
            was_own_thread = one.link.is_own_thread
            assert sink is kept
            assert kept.rows == []
        assert was_own_thread
        assert not one.link.is_own_thread
        until(lambda: kept.rows == [1])


def test_between_batches_nothing_is_done_on_a_socket_that_has_been_replaced() -> None:
    """The role is looked at once the socket's thread is out of the way."""
    with rig() as one:
        one.up()
        conn = one.link._core.current
        assert conn is not None
        given: list[Sink | None] = []

        def visit() -> None:
            with one.link.between_batches() as sink:
                given.append(sink)

        guest = threading.Thread(target=visit)
        with conn.feeding:
            guest.start()
            conn.role = Role.GONE
        guest.join(PATIENCE_S)
        conn.role = Role.CURRENT
        assert given == [None]


def test_reconnect_drops_the_socket_and_connects_afresh() -> None:
    """With its topics; the new socket is the next epoch."""
    with rig() as one:
        peer = one.up()
        acked(one, peer)
        one.link.reconnect("to be sure")
        assert hear(one.listener.accept()) == "subscribe r2 a()"
        until(lambda: "lost" in one.stage.kinds)
        lost = next(event for event in one.stage.states if event.kind == "lost")
        assert lost.reason == "to be sure"
        assert one.link.describe()["epoch"] == 2
        assert one.link.describe()["reconnects"] == 1


def test_a_socket_can_be_replaced_before_it_is_closed() -> None:
    """The new one restores the topics, then takes over, then the old one says goodbye."""
    with rig(drain_s=0) as one:
        peer = one.up()
        acked(one, peer)
        one.link.replace("planned")
        new = one.listener.accept()
        request_id = hear(new).split()[1]
        new.send(frame(control("ack", arg=A.arg, id=request_id)))
        until(lambda: "replaced" in one.stage.kinds)
        assert CLOSE in [opcode for opcode, _ in peer.frames()]
        assert "lost" not in one.stage.kinds


def test_replacing_or_reconnecting_what_was_never_started_does_nothing() -> None:
    """There is no thread to do it."""
    with rig() as one:
        one.link.replace("planned")
        one.link.reconnect()
        assert not one.link.is_started


def test_closing_wakes_whoever_waits() -> None:
    """For an ack, for the connection, for a reply; and tells the end once."""
    with rig() as one:
        peer = one.up()
        ack = one.link.want(A, PLAIN, "a")
        reply: Future[StreamReply] = one.link.request(lambda request_id: f"order {request_id}", 9)
        peer.close()
        one.link.begin_close()
        assert one.link.close(PATIENCE_S)
        assert isinstance(ack.exception(PATIENCE_S), StreamClosed)
        assert isinstance(reply.exception(PATIENCE_S), ConnectionLost)
        assert one.link.close(PATIENCE_S)
        assert one.stage.kinds.count("closed") == 1


def test_a_closed_link_takes_no_more_wishes() -> None:
    """Whoever comes is told so at once; nothing starts again."""
    with rig() as one:
        assert one.link.close(PATIENCE_S)
        one.link.ensure_running()
        one.link.reconnect()
        for future in (one.link.start(), one.link.want(A, PLAIN, "a")):
            assert isinstance(future.exception(0), StreamClosed)
        assert not one.link.is_started


def test_a_link_that_has_given_up_says_why() -> None:
    """To whoever waits and to whoever comes later, until reconnect() starts it again."""
    with rig(max_reconnect_attempts=0) as one:
        up = one.link.start()
        one.listener.accept_raw().close()
        error = up.exception(PATIENCE_S)
        assert isinstance(error, ConnectionLost)
        until(lambda: "failed" in one.stage.kinds)
        assert one.link.failure is error
        assert one.link.trouble is not None
        assert one.link.describe()["state"] == "failed"
        assert one.link.start().exception(0) is error
        one.link.reconnect()
        assert one.link.describe()["state"] != "failed"
        one.listener.accept()
        until(lambda: one.link.is_connected)


def test_a_link_for_which_no_thread_is_to_be_had_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first wish says so, and the next one starts it."""

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with rig() as one:
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", none_left)
            with pytest.raises(OkxError, match="cannot be started"):
                one.link.start()
        assert not one.link.is_started
        one.up()


def test_the_heartbeat_is_ended_when_there_is_no_thread_for_the_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both threads or none."""
    start = threading.Thread.start

    def no_socket_thread(thread: threading.Thread) -> None:
        if thread.name.startswith("okx-ws-"):
            raise RuntimeError("can't start new thread")
        start(thread)

    with rig() as one:
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", no_socket_thread)
            with pytest.raises(OkxError, match="cannot be started"):
                one.link.start()
        assert not one.link.is_started
        until(lambda: not [thread for thread in threading.enumerate() if thread.name == "okx-ping-public"])


def test_events_of_a_link_carry_the_account() -> None:
    """For those who have several."""
    with rig(account="main") as one:
        event = one.link.event("lost", reason="gone")
        assert (event.account, event.path, event.epoch) == ("main", "public", 0)


def test_the_load_of_a_link_and_what_waits_on_it() -> None:
    """As its state has it: nothing waits while there is room."""
    with rig() as one:
        assert not one.link.load().is_up
        peer = one.up()
        acked(one, peer)
        load = one.link.load()
        assert (load.is_up, load.topics) == (True, 1)
        assert one.link.waiting() == []
        assert one.link.take_waiting(A) is None
        assert one.link.held_back(A) is None
        assert one.link.label == "public"
        assert not one.link.is_own_thread
