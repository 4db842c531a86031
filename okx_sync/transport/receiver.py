"""Receiving on one socket: pushes go to its sink, control messages to its session. Runs on the socket's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

from okx_sync.errors import DecodeError, OkxError
from okx_sync.logs import get_logger
from okx_sync.protocol.events import (
    Ack,
    Event,
    Failure,
    Garbage,
    Notice,
    Pong,
    Push,
    StreamReply,
    Unknown,
    shorten,
    unread,
)
from okx_sync.protocol.foreign_text import without_secrets
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.link_events import (
    Broken,
    Confirmed,
    LoginDone,
    LoginRefused,
    Outcome,
    Refused,
    Restart,
    Trouble,
)
from okx_sync.protocol.subscriptions import WantedTopic
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.link_state import Action, LinkState, run_all

__all__ = ["Receiver", "act"]

log = get_logger("ws")

_IDS = ("id", "req_id", "reqId")
_TRIES = 5  # how many messages without a head a topic may have before no more are looked at: one may just be odd


class Receiver:
    """Feeds one socket's messages into a link."""

    def __init__(self, core: LinkState, conn: LinkConnection) -> None:
        self._core = core
        self._conn = conn
        self._read = core.dialect.read

    def feed(self, frames: list[bytes]) -> object:
        """Take a batch of messages; true when another thread was given callbacks to run.

        The hot path: for pushes no lock is taken but the socket's own.
        """
        conn, clock = self._conn, self._core.clock
        conn.last_in = clock.monotonic()
        handed_over: object = False
        with conn.feeding:
            if conn.role is Role.GONE:
                return handed_over
            conn.delivering_since = conn.last_in
            if self._core.tap is not None:
                self._core.tap(conn.epoch, frames)
            if conn.holding is not None and conn.role is Role.CURRENT:
                self._take_over(conn.holding)
            take = conn.sink.begin(conn.last_in, len(frames) if conn.holding is None else 0)
            rest = iter(frames)
            while True:
                try:
                    self._hand_on(rest, take)
                    handed_over = conn.sink.flush()
                    break
                except BaseException as error:
                    # Nothing may stop the stream; the shared iterator goes on behind the frame at fault.
                    log.exception("link %s: a message could not be handled", self._core.label)
                    told = error if isinstance(error, Exception) else OkxError(f"{type(error).__name__}: {error}")
                    self._core.hooks.error(told)
            # A mailbox with policy "block" may have kept us; the peer was not silent for that long. The heartbeat looks
            # at both, so the time comes first.
            conn.last_in = clock.monotonic()
            conn.delivering_since = None
        return handed_over

    def _hand_on(self, frames: Iterator[bytes], take: Callable[[Any, bytes], bool]) -> None:
        """Hand on the messages whose head tells the topic as they are, and parse the others here.

        Not while two sockets overlap, nor before the first data was reported: then each push is looked at.
        """
        core, conn, end = self._core, self._conn, self._core.dialect.head_end
        subscriptions = core.subscriptions
        is_plain = bool(end) and conn.holding is None and conn.has_reported_data
        for frame in frames:
            wish = subscriptions.heads.get(frame[: frame.find(end)]) if is_plain else None
            if wish is None or core.overlap is not None or not take(wish.target, frame):
                self._parse(frame)

    def _parse(self, frame: bytes) -> None:
        event = self._read(frame)
        if type(event) is not Push:
            self._control(without_secrets(event))
            return
        event.size = len(frame)
        wish = self._core.subscriptions.route(event.arg)
        if wish is None:
            self._core.unrouted += 1
            log.debug("%s: data for a topic that is not subscribed: %s", self._core.label, event.arg)
            return
        if wish.headless < _TRIES and not wish.kind.paged:
            self._learn(wish, frame, event)
        self._push(wish, event)

    def _learn(self, wish: WantedTopic, frame: bytes, push: Push) -> None:
        """Remember the head of this message: those that begin like it need not be parsed to know their topic."""
        dialect, subscriptions = self._core.dialect, self._core.subscriptions
        if frame[: frame.find(dialect.head_end)] in subscriptions.heads:
            return
        head = dialect.head(frame, push)
        if head is None:
            wish.headless += 1
        else:
            subscriptions.learn(head, push.arg, wish)

    def _push(self, wish: WantedTopic, push: Push) -> None:
        conn = self._conn
        if wish.kind.paged:
            whole = conn.pages.collect(wish.topic, push)
            if whole is None:
                return
            push = whole
        if conn.holding is None:
            self._deliver(wish, push)
        elif conn.role is Role.SUCCESSOR:
            conn.holding.hold(wish, push)
        else:
            if not conn.was_released:  # we have taken over in the middle of this batch
                self._take_over(conn.holding)
            for one in conn.holding.after(wish, push):
                self._deliver(wish, one)

    def _deliver(self, wish: WantedTopic, push: Push) -> None:
        core, conn = self._core, self._conn
        overlap = core.overlap  # read once: a successor that dies takes it away
        if overlap is not None:
            overlap.delivered(wish, push)
        conn.sink.add(wish.target, push)
        if not conn.has_reported_data:
            self._first_data()

    def _take_over(self, held: HandoverDedup) -> None:
        """Deliver what was held back and was not delivered by the old socket, before anything newer."""
        conn = self._conn
        if not conn.was_released:
            conn.was_released = True
            for wish, push in held.release():
                self._deliver(wish, push)
        elif conn.last_in >= conn.settled_by:
            self._settle(held)

    def _settle(self, held: HandoverDedup) -> None:
        """End the overlap: the old socket can bring nothing any more."""
        self._conn.holding = None
        for wish, push in held.finish():
            self._deliver(wish, push)

    def _first_data(self) -> None:
        """Report the first data of a socket: once, and after "restored" where there is one."""
        with self._core.lock:
            self._conn.has_data = True
            actions = self._core.announce(self._conn)
        run_all(actions)

    def _control(self, event: Event) -> None:
        core, conn = self._core, self._conn
        if isinstance(event, Unknown) and (call := self._waiting_for(event)) is not None:
            call.set_result(StreamReply("", "", "", "", [], event.message))
        elif isinstance(event, Garbage | Unknown):
            core.hooks.error(unread(event))
        elif isinstance(event, Pong):
            if conn.holding is not None and conn.was_released:
                self._settle(conn.holding)
            if conn.pinged_at is not None:
                trip_s = conn.round_trip_s = core.clock.monotonic() - conn.pinged_at
                core.least_trip_s = trip_s if core.least_trip_s is None else min(trip_s, core.least_trip_s)
        else:
            with core.lock:
                actions = self._apply(event)
            run_all(actions)

    def _waiting_for(self, event: Unknown) -> Future[StreamReply] | None:
        """Return the request that a message of an unknown kind answers, by any of the names that its id may have."""
        core, message = self._core, event.message
        if type(message) is not dict:
            return None
        with core.lock:
            for name in _IDS:
                if type(number := message.get(name)) is str and (call := core.calls.resolve(number)) is not None:
                    return call
        return None

    def _apply(self, event: Event) -> list[Action]:
        core, conn = self._core, self._conn
        if conn.role is Role.GONE:
            return []
        if isinstance(event, StreamReply | Failure):
            if isinstance(event, StreamReply) and event.restart:
                conn.restart_message, conn.refuses_requests = event.message, True
                core.hurry_handover()
            call = core.calls.resolve(event.request_id)
            if call is not None:
                return [lambda: _answer(core, call, event)]
            if isinstance(event, StreamReply):  # too late, or sent by hand
                error = DecodeError("a reply that nobody waits for came in", text=shorten(event.raw))
                return [_error_action(core, error)]
        if isinstance(event, Notice) and not event.restart:
            log.warning("link %s: the exchange announces: %s %s", core.label, event.code, event.message)
        wish = core.subscriptions.route(event.arg) if isinstance(event, Ack) and event.arg is not None else None
        topic = None if wish is None else wish.topic
        return act(core, conn, conn.session.apply(event, topic, core.clock.monotonic()))


def act(core: LinkState, conn: LinkConnection, outcomes: list[Outcome]) -> list[Action]:
    """Carry out what a session concluded (under the lock); returns what must run without it."""
    actions: list[Action] = []
    for outcome in outcomes:
        match outcome:
            case Confirmed(topic):
                core.confirm(conn, topic)
            case Refused(topic, error):
                actions += core.refuse(topic, error)
            case LoginRefused(_, error):
                conn.login_refused = outcome
                conn.wire.kill(f"the login was refused: {error.message}")
            case Broken(reason):
                conn.wire.kill(reason)
            case Restart(message):
                conn.restart_message = message
            case Trouble(error):
                actions.append(_error_action(core, error))
            case LoginDone():
                core.resynced = False
    core.advance(conn)
    return actions + core.announce(conn)


def _error_action(core: LinkState, error: OkxError) -> Action:
    return lambda: core.hooks.error(error)


def _answer(core: LinkState, call: Future[StreamReply], event: StreamReply | Failure) -> None:
    if isinstance(event, StreamReply):
        call.set_result(event)
    else:
        call.set_exception(core.dialect.error(event.code, event.message))
