"""What the server saw and sent, for tests to look at: connections, requests, frames, pushes.

Written on the loop thread, read from any other; one lock guards all of it and is never held
while anything else runs.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

FRAMES_KEPT = 100_000
REQUESTS_KEPT = 20_000
LOOK_EACH_S = 0.002


@dataclass(slots=True)
class Connection:
    """One WebSocket connection as the server knows it.

    `asked` counts how often each topic was asked for on this connection, so a topic with a count
    above one is a duplicate; `topics` are those active now. `closed_code` is the code of the close
    frame, None when there was none; `closed_by` says in a word or two who ended it and why.
    """

    id: int
    path: str
    connId: str
    connected_at: float
    open: bool = True
    account: str = ""
    logged_in: bool = False
    topics: tuple[str, ...] = ()
    logins: int = 0
    subscribes: int = 0
    unsubscribes: int = 0
    pings: int = 0
    orders: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    closed_code: int | None = None
    closed_by: str = ""

    @property
    def duplicates(self) -> dict[str, int]:
        """Topics asked for more than once on this connection."""
        return {topic: times for topic, times in self.asked.items() if times > 1}


@dataclass(frozen=True, slots=True)
class Request:
    """One REST request. `headers` have lower-case names and no signature or passphrase."""

    at: float
    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    status: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame from a client; `at` is `time.monotonic()`. Login secrets are masked in `text`."""

    at: float
    connection: int
    direction: str
    text: str


class Journal:
    """Everything noted so far; each read is a snapshot."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = 0
        self._connections: dict[int, Connection] = {}
        self._requests: deque[Request] = deque(maxlen=REQUESTS_KEPT)
        self._frames: deque[Frame] = deque(maxlen=FRAMES_KEPT)
        self._pushed: Counter[tuple[int, str]] = Counter()
        self._accepted = 0
        self._problems: list[BaseException] = []

    def connection_opened(self, path: str, connId: str, at: float) -> Connection:
        """Note a new connection; the record is changed through `update` only."""
        with self._changed:
            record = Connection(len(self._connections) + 1, path, connId, at)
            self._connections[record.id] = record
            self._touch()
        return record

    def update(self, record: Connection, **changes: Any) -> None:
        """Set fields of a connection's record."""
        with self._changed:
            for name, value in changes.items():
                setattr(record, name, value)
            self._touch()

    def count(self, record: Connection, name: str) -> None:
        """Count one login, subscribe, unsubscribe, ping or order message."""
        with self._changed:
            setattr(record, name, getattr(record, name) + 1)
            self._touch()

    def asked(self, record: Connection, topic: str) -> None:
        """Count that the client asked for a topic."""
        with self._changed:
            record.asked[topic] += 1
            self._touch()

    def frame_in(self, connection: int, text: str) -> None:
        """Keep a frame that came in."""
        with self._changed:
            self._frames.append(Frame(time.monotonic(), connection, "in", text))
            self._touch()

    def pushed(self, connection: int, topic: str, frames: int = 1) -> None:
        """Count data frames that went out."""
        with self._changed:
            self._pushed[connection, topic] += frames
            self._touch()

    def request(self, request: Request) -> None:
        """Keep a REST request and what it was answered."""
        with self._changed:
            self._requests.append(request)
            self._touch()

    def accepted(self) -> None:
        """Count a TCP connection, refused ones included."""
        with self._changed:
            self._accepted += 1
            self._touch()

    def problem(self, error: BaseException) -> None:
        """Keep an error of our own, so that `PaperExchange.stop` can report it."""
        with self._changed:
            self._problems.append(error)
            self._touch()

    def tick(self) -> None:
        """Time passed: whoever waits looks again."""
        with self._changed:
            self._touch()

    def _touch(self) -> None:
        self._version += 1
        self._changed.notify_all()

    @property
    def connections(self) -> list[Connection]:
        """Copies of all connection records, oldest first."""
        with self._changed:
            return [replace(one, asked=Counter(one.asked)) for one in self._connections.values()]

    @property
    def requests(self) -> list[Request]:
        """The REST requests, oldest first."""
        with self._changed:
            return list(self._requests)

    @property
    def frames(self) -> list[Frame]:
        """The frames that came in, oldest first."""
        with self._changed:
            return list(self._frames)

    @property
    def pushes(self) -> Counter[tuple[int, str]]:
        """Data frames sent, per (connection id, topic)."""
        with self._changed:
            return Counter(self._pushed)

    @property
    def tcp_connections(self) -> int:
        """TCP connections that arrived, refused ones included."""
        with self._changed:
            return self._accepted

    @property
    def problems(self) -> list[BaseException]:
        """Errors of the server itself; an empty list in a healthy run."""
        with self._changed:
            return list(self._problems)

    def wait_for(self, predicate: Callable[[], object], timeout: float) -> bool:
        """Wait until `predicate()` is true; it runs in the caller's thread, without our lock."""
        deadline = time.monotonic() + timeout
        while True:
            with self._changed:
                seen = self._version
            looked_at = time.monotonic()
            if predicate():
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._wait_for_change(seen, left)
            # In a flood of frames everything changes all the time; looking must not eat the processor.
            time.sleep(max(0.0, min(looked_at + LOOK_EACH_S, deadline) - time.monotonic()))

    def _wait_for_change(self, seen: int, timeout: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen, timeout)
