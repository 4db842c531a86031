"""``Handover``: the moment at which a new socket takes over, step by step and without a network."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from okx_sync.delivery.router import Batch, Router
from okx_sync.errors import OkxError
from okx_sync.protocol.assemble import PageAssembler
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.pending import RequestIds
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.handover import Handover
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.link_state import Gathering, LinkState
from okx_sync.transport.options import LinkOptions, WireOptions
from okx_sync.transport.socket import Wire
from okx_sync.types import StateEvent
from okx_sync.worker import Worker
from tests.clocks import HandClock
from tests.protocol.toy_dialect import NOW, A, B, Toy, ack, make


class UnconnectedLink:
    """A link with sockets that were never connected."""

    def __init__(self, **options: Any) -> None:
        self.no_thread: OkxError | None = None
        self.clock = HandClock()
        self.told: list[StateEvent] = []
        self.opened = 0
        self.router = Router(self.clock, lambda error: None)
        hooks = LinkHooks(
            sink=lambda: Batch(self.router),
            state=self.told.append,
            error=lambda error: None,
            refused=lambda topic, error: None,
            failed=lambda error: None,
            sync_clock=lambda: True,
            tick=lambda: None,
        )
        self.core = LinkState(
            "public", Toy(), hooks, self.clock, RequestIds(), LinkOptions(drain_s=0.3, **options), None, Gathering()
        )
        self.handover = Handover(self.core, self.open_successor)

    def open_successor(self) -> None:
        if self.no_thread is not None:
            raise self.no_thread
        self.opened += 1

    def conn(self, epoch: int, role: Role) -> LinkConnection:
        """A socket that has asked for A."""
        session, worker = make(), Worker("okx-test", lambda _worker: None)
        session.opened([A], login=False, now=NOW)
        conn = LinkConnection(epoch, role, session, PageAssembler(Toy()), Batch(self.router), worker)
        conn.wire = Wire("ws://localhost/", WireOptions(), on_open=lambda: None, on_frames=lambda frames: None)
        return conn

    def with_both(self) -> tuple[LinkConnection, LinkConnection]:
        old, new = self.conn(1, Role.CURRENT), self.conn(2, Role.SUCCESSOR)
        old.session.apply(ack(A), A, NOW)
        self.core.current, self.core.successor = old, new
        return old, new

    def step(self, seconds: float = 0.0) -> list[str]:
        """One step after a while; returns the kinds of the events it told."""
        self.clock.forward(seconds)
        before = len(self.told)
        self.handover.step()
        return [event.kind for event in self.told[before:]]


def test_a_new_socket_is_opened_when_the_exchange_announces_the_end() -> None:
    """Once; while it does not come up, another is tried after some seconds."""
    stage = UnconnectedLink()
    stage.core.current = old = stage.conn(1, Role.CURRENT)
    assert stage.step() == []
    old.restart_message = "upgrade soon"
    assert stage.step() == ["replacing"]
    assert stage.core.overlap is not None
    assert stage.step(1) == []
    assert stage.step(5) == ["replacing"]
    assert stage.opened == 2


def test_the_switch_waits_for_all_acks_and_a_moment_more() -> None:
    """Then the new socket is the current one and the old one is nothing any more."""
    stage = UnconnectedLink()
    old, new = stage.with_both()
    assert stage.step(60) == []
    new.session.apply(ack(A), A, NOW)
    assert stage.step() == []
    assert stage.step(0.2) == []
    assert stage.step(0.2)[-1] == "replaced"
    assert stage.core.current is new
    assert stage.core.successor is None
    assert (old.role, new.role) == (Role.GONE, Role.CURRENT)
    assert old in stage.core.retiring


def test_the_switch_happens_between_two_batches_of_the_old_socket() -> None:
    """While its reader is busy, or waits for a slow consumer, the switch is put off."""
    stage = UnconnectedLink()
    old, new = stage.with_both()
    new.session.apply(ack(A), A, NOW)
    stage.step()
    with old.feeding:
        stage.step(1)
        assert stage.core.current is old
    stage.step()
    assert stage.core.current is new


def test_replies_are_waited_for_on_the_old_socket_but_not_for_ever() -> None:
    """After some seconds a call fails instead: its reply could only come on the socket that goes."""
    stage = UnconnectedLink()
    _, new = stage.with_both()
    new.session.apply(ack(A), A, NOW)
    reply: Future[StreamReply] = Future()
    stage.core.calls.start("r9", reply, NOW + 60, epoch=1)
    stage.step()
    stage.step(4)
    assert not reply.done()
    stage.step(1)
    assert reply.exception(0) is not None
    assert stage.core.current is new


def test_only_acked_topics_are_confirmed_by_the_switch() -> None:
    """Who subscribed meanwhile and has no answer yet goes on waiting for it, on the new socket."""
    stage = UnconnectedLink()
    _, new = stage.with_both()
    new.session.apply(ack(A), A, NOW)
    new.session.ask(B)
    new.session.frames(NOW)
    first: Future[None] = Future()
    second: Future[None] = Future()
    stage.core.waiters = {A: [first], B: [second]}
    stage.step()
    stage.step(1)
    assert stage.core.current is new
    assert first.done()
    assert not second.done()
    stage.core.confirm(new, B)
    assert second.done()


def test_a_new_socket_takes_over_at_once_when_the_old_one_is_gone() -> None:
    """Nobody is left to drain."""
    stage = UnconnectedLink()
    _, new = stage.with_both()
    stage.core.current = None
    new.session.apply(ack(A), A, NOW)
    stage.step()
    assert stage.core.current is new


def test_a_new_socket_that_cannot_restore_all_takes_over_from_one_that_is_gone() -> None:
    """Its requests are used up: it would be ready in an hour. So it is replaced in its turn."""
    stage = UnconnectedLink()
    old, new = stage.with_both()
    while new.session._budget.try_take():
        pass
    new.session.ask(A)
    assert stage.step(60) == []
    assert (old.role, new.role) == (Role.CURRENT, Role.SUCCESSOR)
    stage.core.current = None
    assert stage.step() == ["connected", "replaced"]
    assert new.role is Role.CURRENT
    assert stage.step() == ["replacing"]
    assert "cannot be asked for again" in str(new.restart_message)


def test_the_switch_waits_until_the_loss_of_the_old_socket_is_told() -> None:
    """Its own thread tells of it; what the new one begins with comes behind that, and its end behind both."""
    stage = UnconnectedLink()
    _, new = stage.with_both()
    stage.core.current = None
    stage.core.loss_told.clear()
    new.session.apply(ack(A), A, NOW)
    begins: list[bool] = []
    waiter: Future[None] = Future()
    waiter.add_done_callback(lambda _: begins.append(not new.beginning_told.is_set()))
    stage.core.waiters = {A: [waiter]}
    assert stage.step() == []
    assert stage.core.current is None
    stage.core.loss_told.set()
    assert stage.step()[-1] == "replaced"
    assert begins == [True]
    assert new.beginning_told.is_set()


def test_requests_go_out_on_the_new_socket_once_the_old_one_takes_no_more() -> None:
    """As soon as it is ready, and the switch does not end those: only what waits on the old socket is lost."""
    stage = UnconnectedLink()
    old, new = stage.with_both()
    assert stage.core.for_requests is old
    old.refuses_requests = True
    assert stage.core.for_requests is old
    new.session.apply(ack(A), A, NOW)
    assert stage.core.for_requests is new
    waiting: dict[int, Future[StreamReply]] = {1: Future(), 2: Future()}
    for epoch, reply in waiting.items():
        stage.core.calls.start(f"r{epoch}", reply, NOW + 60, epoch)
    stage.step()
    stage.step(6)
    assert stage.core.current is new
    assert waiting[1].exception(0) is not None
    assert not waiting[2].done()


def test_a_socket_is_replaced_when_it_has_reached_its_age() -> None:
    """Where an age was given, and while the socket is up."""
    stage = UnconnectedLink(rotate_s=3600)
    stage.core.current = old = stage.conn(1, Role.CURRENT)
    old.opened_at = stage.clock.monotonic()
    assert stage.step(3599) == []
    assert stage.step(1) == ["replacing"]
    assert old.restart_message == "planned rotation"


def test_a_hand_over_for_which_there_is_no_thread_is_tried_again() -> None:
    """Some seconds later; the old socket goes on meanwhile."""
    stage = UnconnectedLink()
    stage.core.current = old = stage.conn(1, Role.CURRENT)
    old.restart_message = "upgrade soon"
    stage.no_thread = OkxError("the thread cannot be started")
    assert stage.step() == []
    stage.no_thread = None
    assert stage.step(1) == []
    assert stage.step(5) == ["replacing"]
    assert stage.core.current is old


def test_the_step_in_which_the_old_socket_dies_does_not_switch() -> None:
    """Its thread may be changing the roles while the switch waits for a batch to end: the next step looks anew."""
    stage = UnconnectedLink()
    old, new = stage.with_both()
    new.session.apply(ack(A), A, NOW)
    stage.core.successor = None
    stage.handover._switch(old, new, NOW)
    assert (old.role, new.role) == (Role.CURRENT, Role.SUCCESSOR)
    assert not old.feeding.locked()
