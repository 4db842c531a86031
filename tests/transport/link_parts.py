"""The parts of a link by themselves: a clock moved by hand, a dialect of every event, sockets to a scripted peer."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from okx_sync.protocol.assemble import PageAssembler
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Ack, Event, Failure, LoggedIn, Notice, Push, StreamReply, Unknown
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.session import Session
from okx_sync.timing import RateBucket
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.ending import Ending
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.link_state import Gathering, LinkState
from okx_sync.transport.options import LinkOptions, WireOptions
from okx_sync.transport.receiver import Receiver
from okx_sync.transport.socket import Wire
from okx_sync.types import StateEvent
from okx_sync.worker import Worker
from tests.clocks import HandClock
from tests.protocol.toy_dialect import Toy
from tests.transport.peer import PATIENCE_S, Listener, Peer, on_thread

# Quick where real time passes; moving the clock by a minute is not yet a sleep of the machine.
OPTIONS: dict[str, Any] = {
    "tick_s": 0.02,
    "backoff_s": 0.001,
    "backoff_cap_s": 0.002,
    "connects_per_s": 1000,
    "wake_s": 60.0,
}


class EveryEventDialect(Toy):
    """The toy exchange, whose control messages come over the wire as well: ``{"event": "ack", ...}``."""

    head_end = b',"data"'

    def read(self, frame: bytes) -> Event:
        found = super().read(frame) if b'"event"' not in frame else None
        return self._control(orjson.loads(frame)) if found is None else found

    def _control(self, message: dict[str, Any]) -> Event:
        match message.pop("event"):
            case "ack":
                return Ack("subscribe", message["arg"], message.get("id"))
            case "failure":
                return Failure(message["code"], message["message"], message.get("id"))
            case "login":
                return LoggedIn(message)
            case "notice":
                return Notice("64008", message["message"], message.get("restart", False))
            case "reply":
                answer = message["id"], "order", message.get("code", "0"), "done", message.get("rows", [])
                return StreamReply(*answer, message, message.get("restart", False))
        return Unknown(message)

    def head(self, frame: bytes, push: Push) -> bytes | None:
        return None if "headless" in push.message else frame[: frame.find(self.head_end)]


def control(event: str, **words: Any) -> bytes:
    """A control message on the wire."""
    return orjson.dumps({"event": event, **words})


def data(channel: str, *rows: Any, **words: Any) -> bytes:
    """A push on the wire; further ``words`` go on its envelope."""
    return orjson.dumps({"arg": {"channel": channel}, "data": list(rows), **words})


class RecordingSink:
    """A sink that keeps what it is given: rows of pushes, and messages as they are on the wire."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.frames: list[bytes] = []
        self.flushes = 0
        self.takes = True
        self.trouble: BaseException | None = None

    def add(self, route: Any, push: Push) -> None:
        del route
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble
        self.rows += push.rows

    deliver = add

    def take(self, route: Any, frame: bytes) -> bool:
        del route
        if self.takes:
            self.frames.append(frame)
        return self.takes

    def begin(self, now: float, messages: int) -> Callable[[Any, bytes], bool]:
        del now, messages
        return self.take

    def flush(self) -> None:
        self.flushes += 1


class LinkParts:
    """The owner of a link, who notes everything it is told; ``core`` is the shared state of that link."""

    def __init__(self, dialect: Dialect | None = None, **options: Any) -> None:
        self.clock = HandClock()
        self.dialect = dialect or EveryEventDialect()
        self.options = LinkOptions(**{**OPTIONS, **options})
        self.states: list[StateEvent] = []
        self.errors: list[Exception] = []
        self.refused: list[tuple[Topic, Exception]] = []
        self.failed: list[Exception] = []
        self.sinks: list[RecordingSink] = []
        self.endings: queue.Queue[Ending] = queue.Queue()
        self._opened = threading.Event()
        self.ticked = threading.Event()
        self.orphaned = threading.Event()
        self.clock_syncs = 0
        self.offsets: list[float] = []  # what the exchange's clock is found to be ahead, one after another
        self.tick_trouble: BaseException | None = None
        self.hooks = LinkHooks(
            sink=self._sink,
            state=self.states.append,
            error=self.errors.append,
            refused=lambda topic, error: self.refused.append((topic, error)),
            failed=self.failed.append,
            sync_clock=self._sync_clock,
            tick=self._tick,
            orphaned=self.orphaned.set,
        )
        self.core = LinkState(
            "public", self.dialect, self.hooks, self.clock, RequestIds(), self.options, None, Gathering()
        )

    def _sink(self) -> RecordingSink:
        self.sinks.append(RecordingSink())
        return self.sinks[-1]

    def _sync_clock(self) -> bool:
        self.clock_syncs += 1
        if not self.offsets:
            return False
        self.clock.offset_s = self.offsets.pop(0)
        return True

    def _tick(self) -> None:
        self.ticked.set()
        if self.tick_trouble is not None:
            raise self.tick_trouble

    @property
    def kinds(self) -> list[str]:
        """The kinds of the state events so far."""
        return [event.kind for event in self.states]

    def conn(self, role: Role = Role.CURRENT, url: str = "ws://localhost/") -> LinkConnection:
        """A socket of the link that is not connected yet."""
        core = self.core
        core.epoch += 1
        session = Session(
            self.dialect,
            core.ids,
            RateBucket(1000, 3600.0, self.clock, per_second=core.requests_per_s),
            login_frame=lambda: "login now",
            ack_s=10.0,
        )
        worker = Worker("okx-test", lambda _worker: None)
        conn = LinkConnection(core.epoch, role, session, PageAssembler(self.dialect), self._sink(), worker)
        conn.reader = receiver = Receiver(core, conn)
        conn.wire = Wire(url, WireOptions(), on_open=self._opened.set, on_frames=receiver.feed)
        conn.was_restored = True
        if role is Role.CURRENT:
            core.current = conn
        elif role is Role.SUCCESSOR:
            core.successor = conn
        return conn

    def open(self, conn: LinkConnection, *topics: Topic, login: bool = False) -> list[str]:
        """Begin the conversation on a socket; returns what it would send."""
        now = self.clock.monotonic()
        conn.opened_at = conn.last_in = conn.heartbeat_at = now
        return conn.session.opened(topics, login=login, now=now)

    @contextlib.contextmanager
    def connected(self, *topics: Topic, login: bool = False) -> Iterator[tuple[LinkConnection, Peer]]:
        """An open socket and its peer, which has been sent what there is to say about ``topics``."""
        with Listener() as listener:
            conn = self.conn(url=listener.url)
            with on_thread(lambda: self.endings.put(conn.wire.run())):
                peer = listener.accept()
                assert self._opened.wait(PATIENCE_S)
                with self.core.lock:
                    self.core.advance(conn, self.open(conn, *topics, login=login))
                try:
                    yield conn, peer
                finally:
                    conn.wire.kill("the test is over")
                    peer.close()

    def ending(self) -> Ending:
        """How the next socket ended; waits for that."""
        return self.endings.get(timeout=PATIENCE_S)


def feed(conn: LinkConnection, frames: list[bytes]) -> None:
    """A batch of messages, as the thread of the socket would bring it."""
    assert isinstance(conn.reader, Receiver)
    conn.reader.feed(frames)


def hear(peer: Peer) -> str:
    """The next text that the client sends."""
    return peer.read()[1].decode()
