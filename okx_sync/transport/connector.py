"""The link thread: one socket after another, and what to do when a socket ends.

``Connector`` starts the threads of one link. Normally there is one; while a new socket is made before the old one
breaks, there are two. A socket that was replaced or lost has the role ``GONE``: whatever it still says changes nothing.
"""

from __future__ import annotations

import threading
import weakref
from functools import partial
from typing import TYPE_CHECKING

from okx_sync.dropped import weakly
from okx_sync.errors import ConnectionLost, OkxWebSocketError
from okx_sync.logs import get_logger
from okx_sync.protocol.assemble import PageAssembler
from okx_sync.protocol.link_events import LoginRefused
from okx_sync.protocol.session import Session
from okx_sync.protocol.socket_topics import SocketTopics
from okx_sync.state_event import StateEvent
from okx_sync.timing import Backoff, Clock, RateBucket
from okx_sync.transport.connect_limiter import limiter_for
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.hooks import Login
from okx_sync.transport.leftovers import Leftovers
from okx_sync.transport.link_state import LinkState, run_all
from okx_sync.transport.loan import ReadingTerms
from okx_sync.transport.options import WireOptions
from okx_sync.transport.receiver import Receiver
from okx_sync.worker import Worker

if TYPE_CHECKING:
    from okx_sync.transport.ending import AnyWire, Ending, WireMaker

__all__ = ["Connector"]

log = get_logger("ws")

_OFF_S = 1.0  # a login signed with a clock that is off by less is taken


class Connector:
    """Connects, and goes on connecting, until told to stop or until the exchange says that it is pointless.

    Args:
        login: Makes a signed login request; None without credentials.
        make_wire: Makes a connection attempt; None for a WebSocket.
    """

    def __init__(
        self,
        core: LinkState,
        url: str,
        wire_options: WireOptions,
        login: Login | None,
        make_wire: WireMaker | None = None,
    ) -> None:
        if make_wire is None:
            # The library takes a while to load: here, since a thread that loads it cannot be told to stop.
            from okx_sync.transport.socket import Wire

            make_wire = Wire
        self._core = core
        self._url = url
        self._make_wire: WireMaker = make_wire
        self._wire_options = wire_options
        self._login = login
        self._backoff = Backoff(core.options.backoff_s, core.options.backoff_cap_s)
        self.left = Leftovers(core.label)
        self._lending = None if core.hooks.lend is None else ReadingTerms(core.hooks.lend, self.left.readers)
        self.turns = limiter_for(url, core.options.connects_per_s, core.clock, core.dialect.connects)
        """Places among the attempts to connect of this process."""
        # Below: guarded by the core's lock.
        self._conns: dict[Worker, LinkConnection] = {}
        self._main: Worker | None = None
        self._attempt = 0
        self._is_clock_off = False  # a successor could not log in because of it

    # -- threads -----------------------------------------------------------------------------------------------

    @property
    def workers(self) -> list[Worker]:
        """The threads; not all of them may be alive."""
        return self.left.workers

    def ensure(self) -> None:
        """Start the link thread unless it runs (under the lock)."""
        if self._core.current is not None:
            self._main = self._core.current.worker  # after a hand-over it is another one
        if self._main is None or not self._main.is_alive:
            self._main = self._start(Role.CURRENT)

    def open_successor(self) -> None:
        """Start a second thread whose first socket is to take over (under the lock)."""
        self._start(Role.SUCCESSOR)

    def hurry(self) -> None:
        """End a wait for the next attempt, which then counts as the first (under the lock)."""
        self._attempt = 0
        self.left.hurry.set()

    def _start(self, role: Role) -> Worker:
        self.left.workers = [worker for worker in self.workers if worker.is_alive]
        taken = {worker.name for worker in self.workers}
        names = (f"okx-ws-{self._core.label}-{number}" for number in range(len(taken) + 1))
        body = partial(_serve, weakref.ref(self), self.left)
        worker = Worker(next(n for n in names if n not in taken), body, weakly(self._crashed))
        if role is Role.SUCCESSOR:
            self._new_conn(role, worker)
        self.workers.append(worker)  # first: a thread that begins while a signal's handler raises is to be ended, too
        try:
            worker.start()
        except BaseException:
            self.workers.remove(worker)
            if role is Role.SUCCESSOR:
                self._core.successor = self._core.overlap = None
                del self._conns[worker], self.left.wires[worker]
            raise
        return worker

    def _crashed(self, error: BaseException) -> None:
        """Report a bug of this package as the end of the link, so that it does not look like a quiet market."""
        self._fail(OkxWebSocketError(f"the {self._core.label} link died: {type(error).__name__}: {error}"), error)

    def begin(self, worker: Worker) -> AnyWire | None:
        """Make the next socket of a thread; None when the thread is to end."""
        with self._core.lock:  # whoever starts a thread holds it until that has begun
            if worker.stopping:
                return None
            conn = self._conns.get(worker)
        if conn is None:
            conn = self._new_conn(Role.CURRENT, worker)
        if self._is_clock_off:
            self._is_clock_off = not self._core.hooks.sync_clock()
        return conn.wire

    # -- the beginning of a socket -----------------------------------------------------------------------------

    def _new_conn(self, role: Role, worker: Worker) -> LinkConnection:
        core = self._core
        with core.lock:
            core.epoch += 1
            dialect = core.dialect
            session = Session(
                dialect,
                core.ids,
                RateBucket(core.requests_per_hour, 3600.0, core.clock, per_second=core.requests_per_s),
                login_frame=self._login,
                ack_s=core.options.ack_s,
                topics=SocketTopics(dialect, core.most_topics, core.keeps_here),
            )
            conn = LinkConnection(core.epoch, role, session, PageAssembler(dialect), core.hooks.sink(), worker)
            conn.reader = receiver = Receiver(core, conn)
            conn.wire = self._make_wire(
                self._url,
                self._wire_options,
                on_open=partial(weakly(self._opened), worker),
                on_frames=weakly(receiver.feed),
                lending=self._lending,
            )
            self._conns[worker], self.left.wires[worker] = conn, conn.wire
            conn.was_restored = core.lost_at is None
            if role is Role.SUCCESSOR:
                core.successor = conn
                conn.holding = core.overlap
            else:
                core.current = conn
            return conn

    def _opened(self, worker: Worker) -> None:
        core = self._core
        with core.lock:
            conn = self._conns[worker]
            now = core.clock.monotonic()
            conn.opened_at = conn.last_in = conn.heartbeat_at = now
            conn.signed_offset_s = core.clock.offset_s
            login = self._login is not None and (core.always_login or core.subscriptions.needs_login)
            topics = list(core.subscriptions)
            core.advance(conn, conn.session.opened(topics, login=login, now=now))
            actions = core.announce(conn)
        run_all(actions)

    # -- the end of a socket -------------------------------------------------------------------------------------

    def ended(self, worker: Worker, ending: Ending) -> float | None:
        """Tidy up after a socket; returns seconds until the next attempt, None when this thread is done."""
        core = self._core
        self._conns[worker].beginning_told.wait()
        with core.lock:
            conn = self._conns.pop(worker)
            self.left.wires.pop(worker, None)
            role, conn.role = conn.role, Role.GONE
            conn.session.closed()
            core.retiring = [one for one in core.retiring if one is not conn]
            if role is Role.GONE:  # another socket has taken over
                return None
            core.trouble = ending.error
            calls = core.calls.drain(conn.epoch)
            if role is Role.SUCCESSOR:
                core.successor = core.overlap = None
                refused = conn.login_refused
                self._is_clock_off = refused is not None and refused.verdict == "resync"
            else:
                lost = self._lose(conn, ending)
                heir = core.successor
                self._main = worker if heir is None else heir.worker
        if role is Role.CURRENT and lost is not None:
            try:
                core.hooks.state(lost)
            finally:
                core.loss_told.set()
        for call in calls:
            call.set_exception(ConnectionLost(f"the socket was lost: {ending.reason}"))
        if ending.opened and ending.error is not None:  # something about what it brought
            core.hooks.error(ending.error)
        if role is Role.SUCCESSOR:
            core.loss_told.wait()
            return 0.0 if core.current is None and not core.closing else None
        if core.closing or worker.stopping or heir is not None:
            return None
        return self._next_attempt(conn, ending)

    def _lose(self, conn: LinkConnection, ending: Ending) -> StateEvent | None:
        """Take the current socket out (under the lock). Return the event of that, if it had been up."""
        core = self._core
        core.current = None
        lost = None
        if conn.is_announced and not core.closing:
            core.reconnects += 1
            if core.lost_at is None:
                core.lost_at = core.clock.time() - max(0.0, core.clock.monotonic() - conn.last_in)
            lost = core.event("lost", conn.epoch, reason=self._why(ending))
            core.loss_told.clear()
        if core.successor is not None:  # it will take over as soon as it is ready
            core.successor.was_restored = core.lost_at is None
        return lost

    def _next_attempt(self, conn: LinkConnection, ending: Ending) -> float | None:
        """Return the seconds until the next attempt to connect, which is reported; None when the link gives up."""
        core, most = self._core, self._core.options.max_reconnect_attempts
        fatal = self._fatal(conn, ending)  # which may start the count anew
        why = self._why(ending)
        with core.lock:
            if conn.opened_at is not None and core.clock.monotonic() - conn.opened_at >= core.options.healthy_s:
                self._attempt = 0
            attempt = self._attempt = self._attempt + 1
            delay = max(self._backoff.delay(attempt), min(ending.retry_after or 0.0, 60.0))
            event = core.event("reconnecting", conn.epoch, reason=why, attempt=attempt, delay_s=delay)
        if fatal is None and most is not None and attempt > most:
            fatal = ConnectionLost(
                f"the {core.label} link has no connection after {most} attempts to reconnect: {why}",
                retryable=True,
                hint="max_reconnect_attempts says how many there may be; reconnect() starts again",
            )
        if fatal is not None:
            self._fail(fatal)
            return None
        log.warning("link %s: %s", core.label, event)  # one kind per link: a server that flaps is logged as a count
        core.hooks.state(event)
        return delay

    def _why(self, ending: Ending) -> str:
        hint = self._core.dialect.close_hint(ending.code) or (None if ending.error is None else ending.error.hint)
        return f"{ending.reason} ({hint})" if hint else ending.reason

    def _fatal(self, conn: LinkConnection, ending: Ending) -> Exception | None:
        """Return the error to give up with, or None when another attempt makes sense."""
        core, refused = self._core, conn.login_refused
        if refused is not None:
            if refused.verdict == "retry":
                return None
            if refused.verdict in ("resync", "recheck") and not core.resynced and self._is_cured(conn, refused):
                core.resynced = True
                self._attempt = 0
                return None
            return refused.error
        # Once it has been up, or the first of its path, whatever is in the way now may go away again.
        return ending.error if ending.lasting and core.reconnects == 0 and not core.shard else None

    def _is_cured(self, conn: LinkConnection, refused: LoginRefused) -> bool:
        """Measure the clock. Where it is but a suspect, it must have been off to be worth another login."""
        if not self._core.hooks.sync_clock():
            return False
        return refused.verdict == "resync" or abs(self._core.clock.offset_s - conn.signed_offset_s) > _OFF_S

    def _fail(self, error: Exception, cause: BaseException | None = None) -> None:
        """Give up: tell every waiter, the user, and whoever asks later."""
        core = self._core
        if error.__cause__ is None and cause is not error:
            error.__cause__ = cause
        with core.lock:
            core.failure = error
            self._main = None  # this thread is about to end, reconnect() needs another
            for conn in core.open_conns():
                conn.role = Role.GONE
                conn.wire.kill("the link has given up")
            core.current = core.successor = core.overlap = None
            calls = core.calls.drain()
            waiters = core.take_waiters()
            topics = list(core.subscriptions)
            for topic in topics:
                core.subscriptions.forget(topic)
        log.error("link %s has given up: %s", core.label, error)
        # The owner first: whoever waits may start the link again as soon as it wakes up.
        for topic in topics:
            core.hooks.refused(topic, error)
        core.hooks.failed(error)
        core.hooks.state(core.event("failed", core.epoch, reason=str(error), error=error))
        for call in calls:
            call.set_exception(ConnectionLost("the link has given up"))
        for waiter in waiters:
            waiter.set_exception(error)


def _serve(ref: weakref.ref[Connector], left: Leftovers, worker: Worker) -> None:
    """Run the link thread. It holds nothing while it waits and reads, see ``okx_sync.dropped``."""
    left.readers.add(threading.get_ident())
    try:
        _stay_connected(ref, left, worker)
    finally:
        left.readers.discard(threading.get_ident())


def _stay_connected(ref: weakref.ref[Connector], left: Leftovers, worker: Worker) -> None:
    delay: float | None = 0.0
    while delay is not None and (runners := ref()) is not None:
        turns = runners.turns
        del runners
        if not _take_turn(turns, left.hurry, worker) or (runners := ref()) is None:
            return
        wire = runners.begin(worker)
        del runners
        if wire is None:
            return
        ending = wire.run()
        if (runners := ref()) is None:
            return
        delay = runners.ended(worker, ending)
        del runners, wire, ending
        if delay is not None:
            _pause(left.hurry, worker, delay)


def _take_turn(turns: RateBucket, hurry: threading.Event, worker: Worker) -> bool:
    """Wait for a place among the attempts to connect; False when the thread is to end: then others get the place."""
    at, wait_s = turns.book()
    end = Clock.monotonic() + wait_s
    while not worker.stopping and (wait_s := end - Clock.monotonic()) > 0:
        hurry.wait(wait_s)  # close() ends it; reconnect() does not: it has to wait for its turn as well
        hurry.clear()
    if worker.stopping:
        turns.give_back(at)
    return not worker.stopping


def _pause(hurry: threading.Event, worker: Worker, seconds: float) -> None:
    """Wait before the next attempt; ``reconnect()`` and ``close()`` end it early."""
    if seconds > 0 and not worker.stopping:
        hurry.wait(seconds)
    hurry.clear()
