"""One URL kept alive: connect, log in, subscribe, and start over whenever the socket ends, for as long as it takes.

This is the face of a link: wishes go in, futures come out. The threads behind it are in ``connector`` and
``heartbeat``, what they share is in ``link_state``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from okx_sync.errors import ConnectionLost, OkxError, StreamClosed
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.state_event import StateEvent, StateKind
from okx_sync.timing import Clock
from okx_sync.transport.connection import LinkConnection, Role, Sink
from okx_sync.transport.connector import Connector
from okx_sync.transport.ending import WireMaker
from okx_sync.transport.handover import Handover
from okx_sync.transport.heartbeat import Heartbeat
from okx_sync.transport.hooks import LinkHooks, Login
from okx_sync.transport.link_state import Gathering, LinkState, Tap, run_all
from okx_sync.transport.options import LinkOptions, WireOptions

__all__ = ["Link"]

log = get_logger("ws")


class Link:
    """One URL kept alive, see the module. Threads start with the first wish (or :meth:`start`).

    Args:
        name: The path (``"public"``).
        login: Makes a signed login request; None without credentials.
        always_login: Log in even without a wish that needs it (the private path).
        account: Label put on state events.
        gathering: Of all links of a client, see :meth:`catch_up`.
        shard: Which of the links of its path it is; 0 is the first.
        make_wire: Makes a connection attempt; None for a WebSocket.
    """

    def __init__(
        self,
        name: str,
        url: str,
        dialect: Dialect,
        hooks: LinkHooks,
        clock: Clock,
        ids: RequestIds,
        options: LinkOptions,
        wire_options: WireOptions,
        *,
        login: Login | None = None,
        always_login: bool = False,
        account: str | None = None,
        gathering: Gathering | None = None,
        shard: int = 0,
        make_wire: WireMaker | None = None,
    ) -> None:
        self.name = name
        self.shard = shard
        self.url = url
        self._core = LinkState(name, dialect, hooks, clock, ids, options, account, gathering or Gathering(), shard)
        self._core.always_login = always_login
        # As LinkState documents them; they take the lock.
        self.load = self._core.load
        self.waiting = self._core.waiting
        self.take_waiting = self._core.take_waiting
        self._login = login
        self._connector = Connector(self._core, url, wire_options, login, make_wire)
        self._handover = Handover(self._core, self._connector.open_successor)
        self._heartbeat: Heartbeat | None = None  # guarded by the core's lock, as is the next
        self._was_closed = False

    # -- wishes ------------------------------------------------------------------------------------------------

    def ensure_running(self) -> None:
        """Start the threads. Raises ``OkxError`` when the system gives none; then nothing has begun."""
        core = self._core
        with core.lock:
            if core.current is None and not core.closing and core.failure is None:  # a socket has its threads
                self._ensure_threads()

    def start(self) -> Future[None]:
        """Connect now; the future is done once the socket is open (and logged in where that is needed)."""
        up: Future[None] = Future()
        with self._core.lock:
            if self._is_over(up):
                return up
            self._ensure_threads()  # first: without them nothing has begun
            if self._core.is_up:
                up.set_result(None)
            else:
                self._core.up_waiters.append(up)
        return up

    def want(
        self, topic: Topic, kind: TopicKind, target: Any, *, again: bool = False, waits: bool = False
    ) -> Future[None]:
        """Subscribe ``topic`` now and after every reconnect. The future is done on the ack, or fails on a refusal.

        ``again``: ask even if it is subscribed already, so that the exchange sends its snapshot anew. ``waits``: the
        caller waits for the ack of this one. Then it is asked at once, unless others wait as well: those and what
        nobody waits for are gathered, see ``LinkState.send_soon``.
        """
        done: Future[None] = Future()
        core = self._core
        with core.lock:
            conn = core.current
            if conn is None or core.closing:
                if self._is_over(done):
                    return done
                self._ensure_threads()  # first: without them nothing has begun
            new = core.subscriptions.want(topic, kind, target)
            if conn is not None and conn.session.topics.get(topic) == "active" and not (new or again):
                done.set_result(None)
                return done
            is_alone = waits and not core.waiters
            core.waiters.setdefault(topic, []).append(done)
            for one in core.open_conns():
                if new or again:
                    one.session.ask(topic)
                if kind.login and not one.session.is_authenticated:
                    core.send(one, self._log_in_frames(one))
            if is_alone:
                core.send_planned(core.clock.monotonic())
            else:
                core.send_soon(is_waited_for=waits)
        return done

    def unwant(self, topic: Topic) -> None:
        """Unsubscribe ``topic``; late pushes of it are ignored."""
        core = self._core
        with core.lock:
            if not core.subscriptions.forget(topic):
                return
            waiters = core.waiters.pop(topic, [])
            for conn in core.open_conns():
                conn.session.leave(topic)
            core.send_soon()
        for waiter in waiters:
            waiter.set_exception(StreamClosed(f"{topic} was unsubscribed"))

    def ask_again(self, topic: Topic, *, afresh: bool = False) -> None:
        """Send the subscribe of a topic once more, for a new snapshot; ``afresh``: after an unsubscribe.

        A repair: it may use the requests that are kept back for those.
        """
        core = self._core
        with core.lock:
            if topic in core.subscriptions:
                for conn in core.open_conns():
                    conn.session.ask(topic, afresh=afresh, repair=True)
                core.send_soon(is_waited_for=True)

    def catch_up(self) -> None:
        """Send the subscribes and unsubscribes that were kept while ``gathering``, unless another block still does."""
        core = self._core
        with core.lock:
            if not core.gathering.blocks:
                core.send_planned(core.clock.monotonic())

    def request(self, frame: Callable[[str], str], timeout: float) -> Future[StreamReply]:
        """Send ``frame(request_id)`` and expect a reply with that id within ``timeout`` seconds.

        The future fails with ``ConnectionLost`` when the socket goes away, and with ``OkxTimeoutError`` when no reply
        comes; in both cases the exchange may or may not have acted.
        """
        core = self._core
        reply: Future[StreamReply] = Future()
        with core.lock:
            conn = core.for_requests
            if conn is None:
                reply.set_exception(ConnectionLost(f"the {self.name} link is not connected", retryable=True))
                return reply
            request_id = core.ids.next()
            core.calls.start(request_id, reply, core.clock.monotonic() + timeout, conn.epoch)
            try:
                conn.wire.send(frame(request_id))
            except ConnectionLost as error:
                core.calls.resolve(request_id)
                reply.set_exception(error)
        return reply

    def expire_calls(self) -> None:
        """Fail the requests whose time is over now, for a caller who cannot wait for the next tick."""
        with self._core.lock:
            actions = self._core.expire_calls(self._core.clock.monotonic())
        run_all(actions)

    def send(self, text: str) -> None:
        """Send a frame as it is. Raises ``ConnectionLost`` when there is no open socket."""
        with self._core.lock:
            conn = self._core.current
            if conn is None or conn.opened_at is None:
                raise ConnectionLost(f"the {self.name} link is not connected", retryable=True)
            conn.wire.send(text)

    @contextmanager
    def between_batches(self) -> Iterator[Sink | None]:
        """Give the open socket's sink, to be handed something as if the socket had brought it; None without one.

        The socket's own thread waits meanwhile, so what this thread hands on and what the socket brings never mix.
        """
        core = self._core
        with core.lock:
            conn = core.current
        if conn is None:
            yield None
            return
        readers = self._connector.left.readers
        with conn.feeding:
            if conn.role is not Role.CURRENT:
                yield None
                return
            readers.add(threading.get_ident())
            conn.delivering_since = core.clock.monotonic()
            try:
                conn.sink.begin(conn.delivering_since, 0)
                yield conn.sink
                conn.sink.flush()
            finally:
                readers.discard(threading.get_ident())
                conn.last_in = core.clock.monotonic()
                conn.delivering_since = None

    def log_in(self) -> Future[None]:
        """Log in, on the open socket where there is one; the future is done once that is accepted."""
        core = self._core
        with core.lock:
            core.always_login = True
            for conn in core.open_conns():
                core.advance(conn, self._log_in_frames(conn))
        return self.start()

    def tap(self, see: Tap | None) -> None:
        """Have ``see`` called with what is received from now on, login answers included; None: nothing any more."""
        self._core.tap = see

    def wanted(self) -> list[Topic]:
        """Return the topics that this link should carry."""
        with self._core.lock:
            return list(self._core.subscriptions)

    def reconnect(self, reason: str = "reconnect() was called") -> None:
        """Drop the socket and connect afresh at once; also wakes a link that waits for its next attempt."""
        with self._core.lock:
            if self._core.closing:
                return
            self._core.failure = None
            if self._core.current is not None:
                self._core.current.wire.kill(reason)
            self._connector.hurry()
            if self._heartbeat is not None:
                self._ensure_threads()

    def replace(self, reason: str) -> None:
        """Open a new socket first, let it take over, then close the present one."""
        with self._core.lock:
            if self._core.current is not None:
                self._core.current.restart_message = reason
            if self._heartbeat is not None:
                self._heartbeat.nudge()

    # -- what others ask ---------------------------------------------------------------------------------------

    @property
    def is_started(self) -> bool:
        """True once anybody wished for anything, whatever became of it."""
        with self._core.lock:
            return self._heartbeat is not None

    @property
    def failure(self) -> Exception | None:
        """Why it has given up; None for a link that tries on."""
        return self._core.failure

    @property
    def trouble(self) -> OkxError | None:
        """Why the latest attempt to connect came to nothing; None when it is up, or where there is no more to say."""
        return self._core.trouble

    @property
    def is_connected(self) -> bool:
        """True while a socket is open and logged in where that is needed."""
        with self._core.lock:
            return self._core.is_up

    def connected_for(self, now: float) -> float:
        """Return the seconds since the present socket opened, 0 while there is none. ``now``: monotonic seconds."""
        with self._core.lock:
            conn = self._core.current
            return now - conn.opened_at if self._core.is_up and conn is not None and conn.opened_at else 0.0

    def held_back(self, topic: Topic | None = None) -> str | None:
        """Say why topics (or this one) were not asked for yet though the socket is open; None when none waits so."""
        core = self._core
        with core.lock:
            return None if core.current is None else core.current.session.held_back(topic)

    @property
    def label(self) -> str:
        """The path, with the number of the shard where that is not the first."""
        return self._core.label

    @property
    def topics(self) -> int:
        """How many topics this link should carry."""
        return len(self._core.subscriptions)

    @property
    def is_own_thread(self) -> bool:
        """True when called on a thread that reads this link's socket, or that keeps it from being read."""
        return threading.get_ident() in self._connector.left.readers

    def event(self, kind: StateKind, **details: Any) -> StateEvent:
        """Make a state event of this link."""
        return self._core.event(kind, self._core.epoch, **details)

    def describe(self) -> dict[str, Any]:
        """Return plain facts for ``status()``."""
        with self._core.lock:
            return {"url": self.url, **self._core.describe()}

    def begin_close(self) -> None:
        """Say goodbye and take no more wishes; :meth:`close` then waits for the threads."""
        core = self._core
        with core.lock:
            core.closing = True
            waiters = core.take_waiters()
            for worker in self._connector.left.workers:
                worker.ask_to_stop()
        for waiter in waiters:
            waiter.set_exception(StreamClosed("the client was closed"))
        self._connector.hurry()
        for conn in self._conns():
            conn.wire.close("closed by us")

    def _conns(self) -> list[LinkConnection]:
        core = self._core
        with core.lock:
            return [conn for conn in (core.current, core.successor, *core.retiring) if conn is not None]

    def close(self, timeout: float) -> bool:
        """End it for good; True when all threads ended in time. Idempotent and safe from any thread."""
        core = self._core
        if not core.closing:
            self.begin_close()
        end = core.clock.monotonic() + timeout
        with core.lock:
            runners, heartbeat = list(self._connector.left.workers), self._heartbeat
            first, self._was_closed = not self._was_closed, True
        waits = not self.is_own_thread  # which would wait for itself
        for runner in runners if waits else ():
            runner.join(0.3)  # the time for a polite goodbye
        for conn in self._conns():
            conn.wire.kill("closed by us")
        ended = [runner.join(max(0.0, end - core.clock.monotonic())) for runner in runners if waits]
        if heartbeat is not None:
            ended.append(heartbeat.stop(max(0.1, end - core.clock.monotonic())))
        if first and runners:
            core.hooks.state(core.event("closed", core.epoch))
        return all(ended)

    def _is_over(self, future: Future[None]) -> bool:
        """Tell whether the link has ended; whoever waits for it to come up gets the error."""
        if self._core.closing:
            future.set_exception(StreamClosed("the client was closed"))
        elif self._core.failure is not None:
            future.set_exception(self._core.failure)
        return future.done()

    def _log_in_frames(self, conn: LinkConnection) -> list[str]:
        return [] if self._login is None else conn.session.log_in(self._core.clock.monotonic())

    def _ensure_threads(self) -> None:
        """Start both threads, or none (under the lock). Raises ``OkxError`` when the system gives no more threads."""
        heartbeat = self._heartbeat
        if heartbeat is None:
            heartbeat = Heartbeat(self._core, self._handover.step, self._connector.left)
            heartbeat.start()
        try:
            self._connector.ensure()
        except BaseException:
            if self._heartbeat is None:
                heartbeat.stop(0)  # not waited for: it may want the lock
            raise
        self._heartbeat = heartbeat
        self._core.hurry_handover = heartbeat.nudge
        self._core.wake_to_send = heartbeat.wake_to_send
