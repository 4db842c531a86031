"""The state that all parts of one link share: its wishes, who waits for what, and which socket is the current one.

The lock here is *the* lock of the link: it guards every field below it and the sessions of the link's sockets. Frames
are recorded and sent in one step under it; user code never runs under it. Work that must happen without the lock is
returned as a list of actions.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, Final

from okx_sync.errors import ConnectionLost, OkxError, OkxTimeoutError
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.pending import PendingCalls, RequestIds
from okx_sync.protocol.session_state import State
from okx_sync.protocol.subscriptions import Subscriptions, WantedTopic
from okx_sync.state_event import StateEvent, StateKind
from okx_sync.timing import Clock
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.load import SocketLoad, most_topics
from okx_sync.transport.options import LinkOptions

__all__ = ["GATHER_S", "Action", "Gathering", "LinkState", "Tap", "run_all"]

Action = Callable[[], None]
Tap = Callable[[int, list[bytes]], object]
"""``tap(epoch, frames)`` is called with what a socket received, on the thread that reads it. It must not raise."""
GATHER_S: Final = 0.005
"""How long after a request what is asked is kept for the next one, so that many calls need few requests."""
_LONG_S: Final = 2.0  # a wait that is worth an event
_TRIP_S: Final = 60.0  # how long a ping's round trip tells how far a socket is behind: a busy one may see no other


def run_all(actions: Iterable[Action]) -> None:
    """Run what a locked step left to be done without the lock."""
    for action in actions:
        action()


class Gathering:
    """Whether the links of a client keep what they are asked, to send it together; ``blocks`` of code that want it.

    What is kept longer than a tick of the heartbeat lasts goes out with the next one.
    """

    def __init__(self) -> None:
        # Their owner guards both; links only look.
        self.blocks = 0
        self.since = 0.0

    def begin(self, now: float) -> None:
        """Count one more block; ``now``: monotonic seconds."""
        if not self.blocks:
            self.since = now
        self.blocks += 1

    def end(self) -> None:
        """Count one block less."""
        self.blocks -= 1

    def keeps(self, now: float, at_most_s: float) -> bool:
        """Tell whether a block wants what is planned kept, and has wanted so for less than ``at_most_s``."""
        return self.blocks > 0 and now - self.since < at_most_s


class LinkState:
    """What the parts of one link share, see the module."""

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        hooks: LinkHooks,
        clock: Clock,
        ids: RequestIds,
        options: LinkOptions,
        account: str | None,
        gathering: Gathering,
        shard: int = 0,
    ) -> None:
        self.name = name
        self.shard = shard
        self.label = f"{name}/{shard}" if shard else name
        self.gathering = gathering
        self.is_gathering = False  # something is kept or waits, and the heartbeat sends it at ``gather_until``
        self.gather_until = 0.0
        self.dialect = dialect
        self.hooks = hooks
        self.clock = clock
        self.ids = ids
        self.options = options
        self.requests_per_hour = min(options.control_per_hour, dialect.control_per_hour or options.control_per_hour)
        """How many control requests one socket may send in an hour."""
        self.requests_per_s = dialect.control_per_s if options.control_per_s is None else options.control_per_s
        """How many of them in a second; None where nobody counts."""
        self.most_topics = most_topics(dialect, options)
        self.account = account
        self.lock = threading.RLock()
        self.subscriptions = Subscriptions(dialect)
        self.waiters: dict[Topic, list[Future[None]]] = {}
        self.up_waiters: list[Future[None]] = []
        self.calls: PendingCalls[Future[StreamReply]] = PendingCalls()
        self.current: LinkConnection | None = None
        self.successor: LinkConnection | None = None
        self.retiring: list[LinkConnection] = []
        self.overlap: HandoverDedup | None = None
        self.lost_at: float | None = None  # wall time of the last data before the present outage
        # Set but while a thread is about to tell of a loss: no other may tell of the end of that outage before.
        self.loss_told = threading.Event()
        self.loss_told.set()
        self.resynced = False  # the clock was set once for the present refusal
        self.unrouted = 0
        self.tap: Tap | None = None  # sees each batch of messages as it was received
        self.least_trip_s: float | None = None  # the shortest round trip of a ping so far
        self.is_held_back = False  # topics wait for the budget of requests, and that was told
        self.always_login = False
        self.epoch = 0  # number of the newest socket
        self.reconnects = 0
        self.closing = False
        self.failure: Exception | None = None  # why the link has given up
        self.trouble: OkxError | None = None  # why its latest attempt to connect came to nothing
        self.hurry_handover: Callable[[], None] = lambda: None  # wakes the thread that replaces sockets
        self.wake_to_send: Callable[[], None] = lambda: None  # the same thread, for what was kept

    # -- what the owner of the link asks; these take the lock ----------------------------------------------------

    def waiting(self) -> list[Topic]:
        """Return the topics that may be asked for elsewhere.

        They wait for the budget of requests, for room, or for a connection that has never come about.
        """
        with self.lock:
            conn, topics = self.current, list[Topic]()
            if conn is not None and conn.opened_at is not None and self.successor is None:
                topics = conn.session.waiting()
            elif self.trouble is not None and not self.reconnects:
                topics = list(self.subscriptions)
            return [topic for topic in topics if not self.keeps_here(topic)]

    def take_waiting(self, topic: Topic) -> tuple[WantedTopic, list[Future[None]]] | None:
        """Take out a topic that is yet to be asked for, and whoever waits for that; None when it has been asked for."""
        with self.lock:
            wish, conn = self.subscriptions.get(topic), self.current
            if wish is None or (conn is not None and conn.opened_at is not None and not conn.session.drop_plan(topic)):
                return None
            self.subscriptions.forget(topic)
            return wish, self.waiters.pop(topic, [])

    def load(self) -> SocketLoad:
        """Return how much of what the exchange allows one socket is used."""
        with self.lock:
            conn, wanted = self.current, self.subscriptions
            is_over = self.closing or self.failure is not None
            if conn is None or conn.opened_at is None:
                return SocketLoad(
                    is_up=False,
                    is_blocked=self.trouble is not None,
                    is_over=is_over,
                    requests=self.requests_per_hour,
                    topics=len(wanted),
                    length=wanted.length,
                )
            session, now = conn.session, self.clock.monotonic()
            requests, next_s = session.spare()
            busy_since, least_s = conn.delivering_since, self.least_trip_s
            trip_s = conn.round_trip_s if now - conn.heartbeat_at <= _TRIP_S else None
            return SocketLoad(
                is_up=session.state is State.READY,
                is_over=is_over,
                requests=requests,
                next_s=next_s,
                topics=max(len(wanted), len(session.topics)),
                length=max(wanted.length, session.topics.length),
                lag_s=max(
                    0.0 if busy_since is None else now - busy_since,
                    0.0 if trip_s is None or least_s is None else trip_s - least_s,
                ),
            )

    # -- all of these under the lock -----------------------------------------------------------------------------

    @property
    def is_up(self) -> bool:
        """A socket is open and logged in where that is needed."""
        return self.current is not None and self.current.session.state is State.READY

    @property
    def for_requests(self) -> LinkConnection | None:
        """The socket on which requests go out; None while there is none.

        One on which the exchange takes no more is passed over as soon as its successor is ready.
        """
        new = self.successor
        if self.current is not None and self.current.refuses_requests and new is not None and new.session.is_settled:
            return new
        return self.current if self.is_up else None

    def keeps_here(self, topic: Topic) -> bool:
        """Tell whether a topic is account data: that stays on the first socket of its path, full or not."""
        wish = self.subscriptions.get(topic)
        return wish is not None and wish.kind.lossless

    def describe(self) -> dict[str, Any]:
        """Return plain facts for ``status()``."""
        conn = self.current
        state = "failed" if self.failure else (conn.session.state.value if conn else "down")
        trip = None if conn is None or conn.round_trip_s is None else conn.round_trip_s * 1000
        return {
            "connected": self.is_up,
            "state": state,
            "epoch": self.epoch,
            "reconnects": self.reconnects,
            "topics": len(self.subscriptions),
            "length": self.subscriptions.length,
            "requests": 0 if conn is None else conn.session.requests_used,
            "requests_per_hour": self.requests_per_hour,
            "held_back": None if conn is None else conn.session.held_back(),
            "pending_calls": len(self.calls),
            "unrouted": self.unrouted,
            "round_trip_ms": trip,
            "silent_s": None if conn is None or not conn.last_in else self.clock.monotonic() - conn.last_in,
        }

    def take_waiters(self) -> list[Future[None]]:
        """Take out everybody who waits for an ack or for the connection."""
        waiters = [future for futures in self.waiters.values() for future in futures] + self.up_waiters
        self.waiters.clear()
        self.up_waiters = []
        return waiters

    def open_conns(self) -> list[LinkConnection]:
        """Return the sockets on which a change of wishes must be asked now."""
        return [c for c in (self.current, self.successor) if c is not None and c.opened_at is not None]

    def send_soon(self, *, is_waited_for: bool = False) -> None:
        """Send what is planned, or keep it for some milliseconds when the latest request is not older than that.

        While a block of code gathers it is kept for the end of that, unless somebody waits for it.
        """
        if self.gathering.blocks and not is_waited_for:
            return
        now = self.clock.monotonic()
        if now >= self.gather_until:
            self.send_planned(now)
        elif not self.is_gathering:
            self.is_gathering = True
            self.wake_to_send()

    def send_planned(self, now: float) -> None:
        """Send what is planned at ``now``, on every socket, whatever gathers."""
        self.is_gathering = False
        self.gather_until = now + GATHER_S
        conns = self.open_conns()
        for conn in conns:
            self.send(conn, conn.session.frames(now, collect=True))
        if self.requests_per_s is not None:
            self._keep_pace(conns, now)

    def advance(self, conn: LinkConnection, frames: Sequence[str] = ()) -> None:
        """Send ``frames``, which the session has recorded, and what it may send now unless that is gathered."""
        is_kept, now = self.is_gathering or self.gathering.blocks, self.clock.monotonic()
        more = () if is_kept else conn.session.frames(now, collect=True)
        self.send(conn, (*frames, *more))
        if self.requests_per_s is not None and not is_kept:
            self._keep_pace((conn,), now)

    def _keep_pace(self, conns: Iterable[LinkConnection], now: float) -> None:
        """Have the heartbeat send what the exchange's pace keeps waiting on sockets as soon as that allows it."""
        waits = [wait_s for conn in conns if (wait_s := conn.session.paced_s()) > 0]
        if waits:
            self.is_gathering, self.gather_until = True, now + min(waits)
            self.wake_to_send()

    def send(self, conn: LinkConnection, frames: Iterable[str]) -> None:
        """Send ``frames``; a socket that cannot take them is of no use."""
        try:
            for frame in frames:
                conn.wire.send(frame)
        except ConnectionLost as error:
            conn.wire.kill(f"sending failed: {error.message}")

    def confirm(self, conn: LinkConnection, topic: Topic) -> None:
        """Tell those who wait that the exchange agreed to ``topic``."""
        if conn.role is Role.CURRENT:
            for waiter in self.waiters.pop(topic, []):
                waiter.set_result(None)

    def refuse(self, topic: Topic, error: OkxError) -> list[Action]:
        """Give the refusal of ``topic`` to whoever waits for it, and never ask for it again."""
        self.subscriptions.forget(topic)
        waiters = self.waiters.pop(topic, [])

        def tell() -> None:
            # The owner first: whoever waits may ask for the same topic again as soon as it wakes up.
            self.hooks.refused(topic, error)
            for waiter in waiters:
                waiter.set_exception(error)

        return [tell]

    def expire_calls(self, now: float) -> list[Action]:
        """Fail the requests whose reply is overdue at ``now``."""
        error = "no reply came in time; the exchange may or may not have acted"
        return [_failer(call, OkxTimeoutError(error)) for call in self.calls.expire(now)]

    def tell_held_back(self) -> list[Action]:
        """Make the event that topics wait to be asked for, once for each time that they begin to."""
        reason = None if self.current is None else self.current.session.held_back(over_s=_LONG_S)
        is_news = reason is not None and not self.is_held_back
        self.is_held_back = reason is not None
        return [partial(self.hooks.state, self.event("throttled", self.epoch, reason=reason))] if is_news else []

    def announce(self, conn: LinkConnection) -> list[Action]:
        """Make the state events that have become true, in their fixed order."""
        if conn.role is not Role.CURRENT or conn.session.state is not State.READY:
            return []
        events: list[StateEvent] = []
        if not conn.is_announced:
            conn.is_announced = True
            self.trouble = None
            events.append(self.event("connected", conn.epoch))
        for up in self.up_waiters:  # of a socket that is long open, those who asked it to log in
            up.set_result(None)
        self.up_waiters.clear()
        if not conn.was_restored and conn.session.is_settled:
            conn.was_restored = True
            now = self.clock.time()
            since, self.lost_at = (self.lost_at or now), None
            events.append(self.event("restored", conn.epoch))
            events.append(self.event("gap", conn.epoch, from_at=_utc(since), to_at=_utc(now)))
        if conn.has_data and not conn.has_reported_data and conn.was_restored and conn.beginning_told.is_set():
            conn.has_reported_data = True
            events.append(self.event("first_data", conn.epoch))
        return [partial(self.hooks.state, event) for event in events]

    def event(self, kind: StateKind, epoch: int, **details: Any) -> StateEvent:
        """Make a state event of this link, stamped now."""
        at = _utc(self.clock.time())
        return StateEvent(
            kind=kind, path=self.name, shard=self.shard, epoch=epoch, at=at, account=self.account, **details
        )


def _failer(call: Future[StreamReply], error: OkxError) -> Action:
    return lambda: call.set_exception(error)


def _utc(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
