"""``Connector``: one socket after another, over real sockets to a scripted peer."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConnectionLost, OkxError, OkxWebSocketError
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.timing import RateBucket
from okx_sync.transport.connection import Role
from okx_sync.transport.connector import Connector
from okx_sync.transport.handover import Handover
from okx_sync.transport.hooks import Login
from okx_sync.transport.options import WireOptions
from tests.clocks import HandClock
from tests.loopback.conftest import until
from tests.protocol.toy_dialect import A
from tests.transport.link_parts import EveryEventDialect, LinkParts, control, hear
from tests.transport.peer import PATIENCE_S, Listener, Peer, close_frame, frame


@attrs.define
class Rig:
    """A connector, the port it connects to, and what the owner of the link is told."""

    connector: Connector
    listener: Listener
    stage: LinkParts

    def run(self) -> None:
        """Have it connect."""
        with self.stage.core.lock:
            self.connector.ensure()

    def up(self) -> Peer:
        """Its next connection, once it is announced."""
        seen = self.stage.kinds.count("connected")
        self.run()
        peer = self.listener.accept()
        self.until("connected", seen + 1)
        return peer

    def until(self, kind: str, times: int = 1) -> None:
        """Wait for the ``times``-th state event of a kind."""
        until(lambda: self.stage.kinds.count(kind) >= times, what=kind)

    def ended(self) -> bool:
        """True when all its threads have ended in time."""
        return all(worker.join(PATIENCE_S) for worker in self.connector.workers)


@contextlib.contextmanager
def rig(dialect: EveryEventDialect | None = None, login: Login | None = None, **options: Any) -> Iterator[Rig]:
    """A connector whose threads have ended behind the block."""
    stage = LinkParts(dialect, **options)
    stage.core.always_login = login is not None
    with Listener() as listener:
        one = Rig(Connector(stage.core, listener.url, WireOptions(), login), listener, stage)
        try:
            yield one
        finally:
            stage.core.closing = True
            with stage.core.lock:
                for worker in one.connector.workers:
                    worker.ask_to_stop()
                one.connector.hurry()
            for wire in list(one.connector.left.wires.values()):
                wire.kill("the test is over")
            assert one.ended()


class _WaitedFor(threading.Event):
    """An event that says that a thread waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_waited_for = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Say so, and wait."""
        self.is_waited_for.set()
        return super().wait(timeout)


def sign() -> str:
    """A login request."""
    return "login now"


def refuse(one: Rig, verdict: str) -> Peer:
    """Take the next connection and refuse its login."""
    peer = one.listener.accept()
    assert hear(peer) == "login now"
    peer.send(frame(control("failure", code=verdict, message="not so")))
    return peer


def test_one_thread_serves_a_link_however_often_it_is_asked_for() -> None:
    """It is started when there is none."""
    with rig() as one:
        one.up()
        one.run()
        assert [worker.name for worker in one.connector.workers] == ["okx-ws-public-0"]


def test_an_open_socket_asks_for_all_that_is_wanted() -> None:
    """And its session counts what the exchange allows."""

    class Strict(EveryEventDialect):
        control_per_s = 1

    with rig(Strict()) as one:
        one.stage.core.subscriptions.want(A, TopicKind(), "a")
        assert hear(one.up()) == "subscribe r1 a()"


def test_a_lost_socket_is_followed_by_another() -> None:
    """The owner is told of the loss, of each attempt, of the new connection and of the gap."""
    with rig() as one:
        one.up().close()
        one.listener.accept()
        one.until("gap")
        assert one.stage.kinds == ["connected", "lost", "reconnecting", "connected", "restored", "gap"]
        assert one.stage.core.reconnects == 1
        assert one.stage.states[2].attempt == 1


def test_the_reason_of_a_loss_says_what_a_close_code_means() -> None:
    """In the words of the exchange's dialect."""
    with rig() as one:
        one.up().send(close_frame(4008, "too much"))
        one.until("lost")
        assert one.stage.states[1].reason == "closed by the exchange with code 4008: too much (too many topics)"


def test_calls_that_wait_on_a_lost_socket_fail() -> None:
    """Their replies could only come on it."""
    with rig() as one:
        peer = one.up()
        call: Future[StreamReply] = Future()
        one.stage.core.calls.start("c1", call, one.stage.clock.monotonic() + 9, epoch=1)
        peer.close()
        assert isinstance(call.exception(PATIENCE_S), ConnectionLost)


def test_trouble_with_what_an_open_socket_brought_is_told() -> None:
    """A message that is too large ends it; the owner hears why."""
    with rig() as one:
        one.stage.core.options = one.stage.options
        small = Connector(one.stage.core, one.listener.url, WireOptions(max_message_bytes=1 << 16), None)
        one.connector = small
        one.up().send(frame(b"x" * (1 << 17)))
        until(lambda: one.stage.errors)
        assert "max_message_bytes" in str(one.stage.errors[0])


def test_attempts_are_counted_until_a_socket_has_lived_long_enough() -> None:
    """Then the count starts anew, and with it the delay."""
    with rig(healthy_s=30) as one:
        one.up().close()
        one.listener.accept().close()
        one.until("reconnecting", 2)
        peer = one.listener.accept()
        one.until("connected", 3)
        one.stage.clock.forward(30)
        peer.close()
        one.until("reconnecting", 3)
        attempts = [event.attempt for event in one.stage.states if event.kind == "reconnecting"]
        assert attempts == [1, 2, 1]


def test_a_server_that_says_when_to_come_back_is_heeded() -> None:
    """Up to a minute; hurry() ends the wait."""
    with rig() as one:
        one.run()
        peer = one.listener.accept_raw()
        peer.read_request()
        peer.send(b"HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n")
        one.until("reconnecting")
        assert one.stage.states[0].delay_s == 60
        with one.stage.core.lock:
            one.connector.hurry()
        one.listener.accept()
        one.until("connected")


def test_after_so_many_attempts_it_gives_up() -> None:
    """Whoever waits is told, the owner as well, and nothing is wanted any more."""
    with rig(max_reconnect_attempts=1) as one:
        core = one.stage.core
        waiter: Future[None] = Future()
        core.subscriptions.want(A, TopicKind(), "a")
        core.waiters = {A: [waiter]}
        one.run()
        for _ in range(2):
            one.listener.accept_raw().close()
        assert one.ended()
        error = waiter.exception(PATIENCE_S)
        assert isinstance(error, ConnectionLost)
        assert error.retryable
        assert core.failure is error
        assert one.stage.failed == [error]
        assert one.stage.refused == [(A, error)]
        assert one.stage.kinds == ["reconnecting", "failed"]
        assert A not in core.subscriptions


def test_what_will_never_work_is_not_tried_again() -> None:
    """A URL that leads to no WebSocket, before any socket was open."""
    with rig() as one:
        one.run()
        peer = one.listener.accept_raw()
        peer.read_request()
        peer.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        one.until("failed")
        assert isinstance(one.stage.failed[0], OkxWebSocketError)


def test_a_login_that_is_refused_for_good_ends_the_link() -> None:
    """With the exchange's error."""
    with rig(login=sign) as one:
        one.run()
        refuse(one, "fatal")
        one.until("failed")
        assert isinstance(one.stage.failed[0], OkxError)
        assert one.stage.clock_syncs == 0


def test_a_login_that_may_work_later_is_tried_again() -> None:
    """The clock has nothing to do with it."""
    with rig(login=sign) as one:
        one.run()
        refuse(one, "retry")
        assert hear(one.listener.accept()) == "login now"
        assert (one.stage.clock_syncs, one.stage.failed) == (0, [])


def test_a_login_refused_because_of_the_clock_is_signed_anew_once() -> None:
    """After the clock was set; a second refusal is the end."""
    with rig(login=sign) as one:
        one.stage.offsets = [30.0]
        one.run()
        refuse(one, "resync")
        refuse(one, "resync")
        one.until("failed")
        assert one.stage.clock_syncs == 1


def test_where_the_clock_is_but_a_suspect_it_must_have_been_off() -> None:
    """Else another login would be refused as well."""
    with rig(login=sign) as one:
        one.stage.offsets = [0.2]
        one.run()
        refuse(one, "recheck")
        one.until("failed")
        assert one.stage.clock_syncs == 1


def test_without_the_exchanges_time_a_refused_login_is_final() -> None:
    """Nothing is known that could make it work."""
    with rig(login=sign) as one:
        one.run()
        refuse(one, "resync")
        one.until("failed")


def successor(one: Rig) -> Peer:
    """Open a second socket beside the first."""
    core = one.stage.core
    with core.lock:
        core.overlap = HandoverDedup(core.dialect)
        one.connector.open_successor()
    peer = one.listener.accept()
    until(lambda: core.successor is not None and core.successor.opened_at is not None)
    return peer


def test_a_successor_has_a_thread_of_its_own_and_holds_back_what_it_brings() -> None:
    """Until it takes over."""
    with rig() as one:
        one.up()
        successor(one)
        new = one.stage.core.successor
        assert new is not None
        assert (new.role, new.holding) == (Role.SUCCESSOR, one.stage.core.overlap)
        assert [worker.name for worker in one.connector.workers] == ["okx-ws-public-0", "okx-ws-public-1"]


def test_a_successor_that_fails_leaves_the_current_socket_alone() -> None:
    """Its thread ends; nothing was lost."""
    with rig() as one:
        one.up()
        peer = successor(one)
        worker = one.connector.workers[1]
        peer.close()
        assert worker.join(PATIENCE_S)
        assert one.stage.core.successor is None
        assert one.stage.core.current is not None
        assert one.stage.kinds == ["connected"]


def test_when_the_current_socket_dies_first_its_successor_is_the_heir() -> None:
    """No third socket is opened; the loss is told."""
    with rig() as one:
        peer = one.up()
        successor(one)
        first = one.connector.workers[0]
        peer.close()
        assert first.join(PATIENCE_S)
        assert one.stage.kinds == ["connected", "lost"]
        assert one.stage.core.current is None
        assert one.stage.core.successor is not None


def test_the_loss_is_told_before_its_heir_takes_over() -> None:
    """However the threads meet: who heard of it last would wait for an end of the outage that was told already."""
    with rig() as one:
        core, peer = one.stage.core, one.up()
        successor(one)
        handover = Handover(core, lambda: None)
        call: Future[StreamReply] = Future()
        call.add_done_callback(lambda _: handover.step())  # on the thread that is about to tell of the loss
        core.calls.start("c1", call, one.stage.clock.monotonic() + 9, epoch=1)
        first = one.connector.workers[0]
        peer.close()
        assert first.join(PATIENCE_S)
        handover.step()
        assert one.stage.kinds == ["connected", "lost", "connected", "restored", "gap", "replaced"]


def test_what_has_just_taken_over_tells_of_its_end_behind_its_beginning() -> None:
    """Another thread tells of the beginning; the end waits for it."""
    with rig() as one:
        peer = one.up()
        conn = one.stage.core.current
        assert conn is not None
        conn.beginning_told = told = _WaitedFor()
        peer.close()
        assert told.is_waited_for.wait(PATIENCE_S)
        assert one.stage.kinds == ["connected"]
        told.set()
        one.until("lost")


def test_when_both_die_the_successors_thread_goes_on() -> None:
    """As the link's thread, with a socket that is the current one."""
    with rig() as one:
        peer = one.up()
        new = successor(one)
        first = one.connector.workers[0]
        peer.close()
        assert first.join(PATIENCE_S)
        new.close()
        one.listener.accept()
        one.until("connected", 2)
        one.run()  # starts nothing: there is a thread
        assert [worker.name for worker in one.connector.workers if worker.is_alive] == ["okx-ws-public-1"]


def test_a_replaced_socket_ends_in_silence() -> None:
    """Another has taken over: nothing is lost, nothing is tried again."""
    with rig() as one:
        peer = one.up()
        conn = one.stage.core.current
        assert conn is not None
        conn.role = Role.GONE
        one.stage.core.retiring.append(conn)
        peer.close()
        assert one.ended()
        assert one.stage.core.retiring == []
        assert one.stage.kinds == ["connected"]


def test_a_successor_that_was_refused_because_of_the_clock_has_it_set() -> None:
    """Before the next socket signs."""
    with rig(login=sign) as one:
        one.run()
        current = one.listener.accept()
        assert hear(current) == "login now"
        current.send(frame(control("login")))
        one.until("connected")
        core = one.stage.core
        peer = successor(one)
        worker = one.connector.workers[1]
        assert hear(peer) == "login now"
        peer.send(frame(control("failure", code="resync", message="your clock")))
        assert worker.join(PATIENCE_S)
        one.stage.offsets = [30.0]
        current.close()
        one.listener.accept()
        until(lambda: core.current is not None and core.current.opened_at is not None)
        assert one.stage.clock_syncs == 1
        assert core.current is not None
        assert core.current.signed_offset_s == 30.0


def test_a_successor_for_which_there_is_no_thread_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The link goes on with the socket it has."""

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with rig() as one:
        one.up()
        monkeypatch.setattr(threading.Thread, "start", none_left)
        with one.stage.core.lock, pytest.raises(OkxError, match="cannot be started"):
            one.connector.open_successor()
        assert one.stage.core.successor is None
        assert len(one.connector.workers) == len(one.connector.left.wires) == 1


def test_a_bug_on_the_link_thread_does_not_look_like_a_quiet_market() -> None:
    """The link fails loudly, and whoever waits is told; its sockets are cut."""
    with rig() as one:
        call: Future[StreamReply] = Future()

        def broken() -> str:
            one.stage.core.calls.start("c1", call, one.stage.clock.monotonic() + 9, epoch=7)
            raise ZeroDivisionError("a bug")

        one.connector = Connector(one.stage.core, one.listener.url, WireOptions(), broken)
        one.stage.core.always_login = True
        one.run()
        one.listener.accept()
        one.until("failed")
        assert "ZeroDivisionError: a bug" in str(one.stage.failed[0])
        assert isinstance(one.stage.failed[0].__cause__, ZeroDivisionError)
        assert isinstance(call.exception(PATIENCE_S), ConnectionLost)
        assert one.ended()


def test_a_link_that_is_being_closed_opens_no_further_socket() -> None:
    """Its thread ends with the socket it has."""
    with rig() as one:
        peer = one.up()
        one.stage.core.closing = True
        peer.close()
        assert one.ended()
        assert one.stage.kinds == ["connected"]


def test_a_thread_that_is_told_to_stop_while_it_waits_opens_no_socket() -> None:
    """However long it was to wait."""
    with rig(backoff_s=1000, backoff_cap_s=1000) as one:
        one.up().close()
        one.until("reconnecting")
        for worker in one.connector.workers:
            worker.ask_to_stop()
        with one.stage.core.lock:
            one.connector.hurry()
        assert one.ended()
        assert one.stage.kinds == ["connected", "lost", "reconnecting"]


def test_the_turns_of_threads_that_are_told_to_stop_are_for_others() -> None:
    """Those of other clients, too. ``reconnect()`` jumps no queue."""
    with rig() as one:
        one.connector.turns = turns = RateBucket(1, 1000.0, HandClock())
        turns.book()
        with one.stage.core.lock:
            one.connector.ensure()
        until(lambda: turns.left()[0] < 0, what="the next in the queue")
        with one.stage.core.lock:
            one.connector.hurry()
        until(lambda: not one.connector.left.hurry.is_set(), what="its waking up")
        for worker in one.connector.workers:
            worker.ask_to_stop()
        with one.stage.core.lock:
            one.connector.hurry()
        assert one.ended()
        assert one.stage.core.epoch == 0, "no socket was made"
        assert turns.book()[1] == 1000.0


def test_the_thread_of_a_dropped_connector_ends_with_its_socket() -> None:
    """It does not keep the link alive while it reads."""
    stage = LinkParts()
    with Listener() as listener:
        connector = Connector(stage.core, listener.url, WireOptions(), None)
        with stage.core.lock:
            connector.ensure()
        peer = listener.accept()
        until(lambda: "connected" in stage.kinds)
        (worker,) = connector.workers
        del connector
        gc.collect()
        peer.close()
        assert worker.join(PATIENCE_S)
    assert stage.kinds == ["connected"]
