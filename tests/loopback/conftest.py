"""Real clients on real sockets against the paper exchange: how they are made, watched and waited for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import attrs
import pytest

from okx_sync import Config, LinkOptions, StateEvent, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock

PATIENCE_S = 20.0
"""How long a condition may take on a busy machine before a test gives up; it is never slept through."""

FAST = LinkOptions(
    ping_s=5.0,
    pong_s=5.0,
    ack_s=5.0,
    connect_s=2.0,
    backoff_s=0.02,
    backoff_cap_s=0.05,
    connects_per_s=10_000,
    control_per_s=10_000,
    drain_s=0.05,
    tick_s=0.05,
)
"""Backoff, ticks and the gates of connects and requests are short; deadlines that must not strike by accident, not."""

BRISK = attrs.evolve(FAST, ping_s=0.2, pong_s=0.4)
"""A heartbeat that notices a dead socket soon."""


def until(predicate: Callable[[], object], timeout: float = PATIENCE_S, *, what: str = "") -> None:
    """Wait until ``predicate()`` is true, looking every few milliseconds; fails the test when it never is."""
    deadline = time.monotonic() + timeout
    while not predicate():
        if time.monotonic() > deadline:
            pytest.fail(f"{what or 'a condition'} did not come true within {timeout:g} s")
        time.sleep(0.002)


class Heard:
    """A callback that keeps what it is given. ``list(heard)`` is a snapshot."""

    def __init__(self) -> None:
        self._events: list[Any] = []

    def __call__(self, event: Any) -> None:
        self._events.append(event)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._events))

    def forget(self) -> None:
        """Start anew."""
        self._events = []

    def until_more(self, number: int = 1) -> None:
        """Wait until ``number`` further events have come."""
        wanted = len(self) + number
        until(lambda: len(self) >= wanted, what=f"{number} more events")


class States(Heard):
    """A recorder of state events, for ``on_state``."""

    def kinds(self, path: str | None = None) -> list[str]:
        """What happened so far (on one path), in order."""
        return [event.kind for event in self.of(path)]

    def of(self, path: str | None = None, kind: str | None = None) -> list[StateEvent]:
        """The events of one path, of one kind."""
        return [one for one in self if path in (None, one.path) and kind in (None, one.kind)]

    def until(self, kind: str, times: int = 1, path: str | None = None) -> StateEvent:
        """Wait for the ``times``-th event of a kind, and return it."""
        until(lambda: len(self.of(path, kind)) >= times, what=f"{kind!r} number {times} (so far {self.kinds()})")
        return self.of(path, kind)[times - 1]


@attrs.frozen
class Watched:
    """A client with everything it tells: state events, and errors that have no caller."""

    ws: WsClient
    states: States
    errors: Heard


class Connect(Protocol):
    """Makes a watched client; all of them are closed at the end of the test."""

    def __call__(
        self, config: Config | None = None, options: LinkOptions = FAST, clock: Clock | None = None
    ) -> Watched: ...


def our_threads(prefix: str = "okx-") -> list[str]:
    """Names of the client's live threads, sorted; those of the paper exchange do not count."""
    names = [thread.name for thread in threading.enumerate()]
    return sorted(name for name in names if name.startswith(prefix) and not name.startswith("okx-paper"))


def of_connection(paper: PaperExchange, number: int, do: Callable[[Any], object]) -> None:
    """Do something to the server's end of one connection, where a fault would strike all of a path."""
    sessions = paper._server.sessions
    paper.run(lambda: do(next(session for session in sessions if session.record.id == number)))


@pytest.fixture
def connect(paper: PaperExchange) -> Iterator[Connect]:
    """Make clients of the paper exchange (for its first account by default); no thread of theirs may survive."""
    made: list[WsClient] = []

    def make(config: Config | None = None, options: LinkOptions = FAST, clock: Clock | None = None) -> Watched:
        ws = WsClient(config if config is not None else paper.config, options=options, clock=clock)
        made.append(ws)
        watched = Watched(ws, States(), Heard())
        ws.on_state(watched.states)
        ws.on_error(watched.errors)
        return watched

    yield make
    for ws in made:
        ws.close()
    until(lambda: not our_threads(), what=f"the end of {our_threads()}")
