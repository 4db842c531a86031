"""``Heartbeat``: pings, deadlines and waking up, by a clock moved by hand, on sockets to a real peer."""

from __future__ import annotations

import gc
from concurrent.futures import Future

import pytest

from okx_sync.errors import OkxTimeoutError
from okx_sync.protocol.events import StreamReply
from okx_sync.transport.connection import LinkConnection
from okx_sync.transport.heartbeat import Heartbeat
from okx_sync.transport.leftovers import Leftovers
from okx_sync.worker import Worker
from tests.loopback.conftest import until
from tests.protocol.toy_dialect import A, B
from tests.transport.link_parts import EveryEventDialect, LinkParts, control, hear
from tests.transport.peer import PATIENCE_S, Peer, frame


def heart(stage: LinkParts) -> Heartbeat:
    """The heartbeat of a link, its thread not started."""
    return Heartbeat(stage.core, lambda: None, Leftovers("public"))


def wait_to_be_stopped(worker: Worker) -> None:
    """The body of a thread that does nothing else."""
    worker.wait(PATIENCE_S)


def answer(conn: LinkConnection, peer: Peer) -> None:
    """The peer's pong, until it has been read."""
    conn.round_trip_s = None
    peer.send(frame(b"pong"))
    until(lambda: conn.round_trip_s is not None)


def test_a_ping_goes_out_after_some_silence_and_not_before() -> None:
    """The exchange drops a socket on which nothing moved."""
    stage = LinkParts(ping_s=18)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        stage.clock.forward(17.5)
        beat.tick()
        assert conn.pinged_at is None
        stage.clock.forward(0.5)
        beat.tick()
        assert hear(peer) == "ping"


def test_an_answered_ping_is_forgotten() -> None:
    """And the next one waits for the next silence."""
    stage = LinkParts(ping_s=18, pong_s=10, tick_s=0.5)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        stage.clock.forward(18)
        beat.tick()
        answer(conn, peer)
        stage.clock.forward(11)
        beat.tick()
        assert conn.pinged_at is None
        stage.clock.forward(7)
        beat.tick()
        assert [hear(peer), hear(peer)] == ["ping", "ping"]


def test_a_socket_without_a_sign_of_life_is_cut() -> None:
    """At the deadline of the ping, and the reason says so."""
    stage = LinkParts(ping_s=18, pong_s=10)
    with stage.connected():
        beat = heart(stage)
        stage.clock.forward(18)
        beat.tick()
        stage.clock.forward(9.9)
        beat.tick()
        assert stage.endings.empty()
        stage.clock.forward(0.1)
        beat.tick()
        assert stage.ending().reason == "no sign of life within 10 s of a ping"


def test_any_message_is_a_sign_of_life() -> None:
    """Not only the answer to the ping."""
    stage = LinkParts(ping_s=18, pong_s=10)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        stage.clock.forward(18)
        beat.tick()
        peer.send(frame(control("odd")))
        until(lambda: stage.errors)
        stage.clock.forward(10)
        beat.tick()
        assert conn.pinged_at is None
        assert stage.endings.empty()


def test_a_socket_that_still_connects_is_left_alone() -> None:
    """Its own limits apply."""
    stage = LinkParts()
    conn = stage.conn()
    beat = heart(stage)
    stage.clock.forward(3600)
    beat.tick()
    assert conn.pinged_at is None


def test_while_a_slow_consumer_is_waited_for_pings_go_out_without_a_deadline() -> None:
    """The answer cannot be read before the consumer is done, however long that takes."""
    stage = LinkParts(ping_s=18, pong_s=10)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        conn.delivering_since = stage.clock.monotonic()
        for _ in range(3):
            stage.clock.forward(18)
            beat.tick()
            beat.tick()
        assert [hear(peer) for _ in range(3)] == ["ping"] * 3
        assert stage.endings.empty()


@pytest.mark.parametrize(("wall", "mono"), [(60.0, 1.0), (60.0, 60.0)])
def test_after_sleep_the_socket_is_probed_at_once(wall: float, mono: float) -> None:
    """Whether the monotonic clock went on while the machine slept or not; an answer must come sooner than usual."""
    stage = LinkParts(ping_s=1000, pong_s=10, wake_s=5, wake_pong_s=3)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        conn.pinged_at = stage.clock.monotonic() - 20  # of before: nobody was awake to see the answer
        stage.clock.wall += wall
        stage.clock.mono += mono
        beat.tick()
        assert hear(peer) == "ping"
        assert stage.endings.empty()
        stage.clock.forward(3)
        beat.tick()
        assert stage.ending().reason == "no sign of life within 3 s of a ping"


def test_the_exchanges_own_rhythm_is_kept_while_data_flows() -> None:
    """Where it wants a ping that often, data or not."""

    class Rhythm(EveryEventDialect):
        ping_every_s = 20.0

    stage = LinkParts(Rhythm(), ping_s=1000)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        for _ in range(2):
            stage.clock.forward(20)
            conn.last_in = stage.clock.monotonic()
            beat.tick()
            assert hear(peer) == "ping"
            answer(conn, peer)


def test_a_socket_that_cannot_take_the_ping_is_cut() -> None:
    """It is of no use."""
    stage = LinkParts(ping_s=18)
    conn = stage.conn()
    stage.open(conn)
    stage.clock.forward(18)
    heart(stage).tick()
    assert conn.wire.run().reason == "the ping could not be sent: the socket is closed"


def test_a_replaced_socket_is_cut_once_its_time_is_over() -> None:
    """However long its peer takes to say goodbye."""
    stage = LinkParts()
    with stage.connected() as (conn, _):
        stage.core.current, stage.core.retiring = None, [conn]
        beat = heart(stage)
        conn.retire_by = stage.clock.monotonic() + 1
        beat.tick()
        assert stage.endings.empty()
        stage.clock.forward(1)
        beat.tick()
        assert stage.ending().reason == "replaced"


def test_a_call_whose_reply_is_overdue_fails() -> None:
    """With a timeout that leaves open whether the exchange has acted."""
    stage = LinkParts()
    reply: Future[StreamReply] = Future()
    stage.core.calls.start("r1", reply, stage.clock.monotonic() + 2)
    beat = heart(stage)
    beat.tick()
    assert not reply.done()
    stage.clock.forward(2)
    beat.tick()
    assert isinstance(reply.exception(0), OkxTimeoutError)


def test_a_subscribe_without_an_answer_is_asked_again() -> None:
    """When the time for its ack is over."""
    stage = LinkParts()
    with stage.connected(A) as (_, peer):
        beat = heart(stage)
        assert hear(peer) == "subscribe r1 a()"
        stage.clock.forward(10)
        beat.tick()
        assert hear(peer) == "subscribe r2 a()"


def test_a_login_without_an_answer_ends_the_socket() -> None:
    """A fresh one may fare better."""
    stage = LinkParts()
    with stage.connected(login=True) as (_, peer):
        beat = heart(stage)
        assert hear(peer) == "login now"
        stage.clock.forward(10)
        beat.tick()
        assert stage.ending().reason == "no answer to the login within 10 s"


def test_what_is_kept_goes_out_when_it_is_due() -> None:
    """The next round is waited for no longer than that; who has waited as long asks no clock."""
    stage = LinkParts(tick_s=0.5)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        for topic, waited_s in ((A, 0.0), (B, 0.25)):
            with stage.core.lock:
                conn.session.ask(topic)
                stage.core.is_gathering, stage.core.gather_until = True, stage.clock.monotonic() + 0.25
            assert beat.try_round(0.0) == pytest.approx(0.25)
            assert topic not in conn.session.topics
            if not waited_s:
                stage.clock.forward(0.25)
            assert beat.try_round(waited_s) == 0.5
            assert conn.session.topics[topic] == "asked"
        assert [hear(peer), hear(peer)] == ["subscribe r1 a()", "subscribe r2 b()"]


def test_a_tick_leaves_alone_what_a_block_has_just_begun_to_gather() -> None:
    """A block that takes longer than a tick lasts has what it planned sent by the next one."""
    stage = LinkParts(tick_s=0.5)
    with stage.connected() as (conn, peer):
        beat = heart(stage)
        with stage.core.lock:
            stage.core.gathering.begin(stage.clock.monotonic())
            conn.session.ask(A)
        stage.clock.forward(0.4)
        beat.tick()
        assert conn.session.topics == {}
        stage.core.gathering.begin(stage.clock.monotonic())  # one more makes the first no younger
        stage.clock.forward(0.1)
        beat.tick()
        assert hear(peer) == "subscribe r1 a()"
        stage.core.gathering.end()
        assert stage.core.gathering.keeps(stage.clock.monotonic(), 60)
        stage.core.gathering.end()
        assert not stage.core.gathering.keeps(stage.clock.monotonic(), 60)


def test_the_thread_ticks_when_nudged_and_ends_when_stopped() -> None:
    """A nudge need not wait for the regular time."""
    stage = LinkParts(tick_s=60, ping_s=240, pong_s=240, ack_s=240)
    beat = heart(stage)
    beat.start()
    beat.nudge()
    assert stage.ticked.wait(PATIENCE_S)
    assert beat.stop(PATIENCE_S)


def test_a_bug_in_a_tick_does_not_end_the_heartbeat() -> None:
    """Without it the link would be lost."""
    stage = LinkParts()
    stage.tick_trouble = SystemExit("a bug")
    beat = heart(stage)
    beat.start()
    for _ in range(2):
        stage.ticked.clear()
        assert stage.ticked.wait(PATIENCE_S)
    assert beat.stop(PATIENCE_S)


def test_a_dropped_link_is_ended_by_its_heartbeat() -> None:
    """The last thread that is left asks the others to stop and tells the owner's side."""
    stage = LinkParts()
    left = Leftovers("public")
    other = Worker("okx-test-other", wait_to_be_stopped)
    left.workers.append(other)
    other.start()
    beat = Heartbeat(stage.core, lambda: None, left)
    beat.start()
    del beat
    gc.collect()
    assert stage.orphaned.wait(PATIENCE_S)
    assert other.join(PATIENCE_S)
    assert left.hurry.is_set()
