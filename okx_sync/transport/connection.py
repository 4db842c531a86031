"""One socket as a link sees it: the wire, its conversation, and what is known of its health."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from okx_sync.protocol.assemble import PageAssembler
from okx_sync.protocol.events import Push
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.link_events import LoginRefused
from okx_sync.protocol.session import Session
from okx_sync.worker import Worker

if TYPE_CHECKING:
    from okx_sync.transport.ending import AnyWire

__all__ = ["LinkConnection", "Role", "Sink"]


class Sink(Protocol):
    """The place where a socket's pushes go. Used on one thread at a time."""

    def add(self, route: Any, push: Push) -> None:
        """Take a push for the target that its wish carries."""

    def deliver(self, route: Any, push: Push) -> None:
        """Take a push as :meth:`add` does, one that has been held back and is due now."""

    def take(self, route: Any, frame: bytes) -> bool:
        """Take a whole message as it is on the wire; return False, and do nothing, when it must be parsed first."""

    def begin(self, now: float, messages: int) -> Callable[[Any, bytes], bool]:
        """Note the time at which the next pushes, until :meth:`flush`, have arrived: ``now``, monotonic seconds.

        ``messages``: how many there are; 0: they have arrived before, nobody knows when. Returns the function that
        does :meth:`take` for these.
        """

    def flush(self) -> object:
        """Hand on what has been collected; true when another thread was given callbacks to run."""


class Role(Enum):
    """The role of a socket in its link."""

    CURRENT = "current"
    SUCCESSOR = "successor"
    GONE = "gone"


class LinkConnection:
    """State of one socket. Fields are guarded by the link's lock unless they say otherwise."""

    def __init__(
        self, epoch: int, role: Role, session: Session, pages: PageAssembler, sink: Sink, worker: Worker
    ) -> None:
        self.epoch = epoch
        self.role = role
        self.session = session
        self.pages = pages
        self.sink = sink
        self.worker = worker
        # What a successor holds back until it takes over, and until nothing old can come; used on its own thread only.
        self.holding: HandoverDedup | None = None
        self.was_released = False
        self.settled_by = 0.0  # set before it takes over
        # Set right after, as they need us; the wire does not keep us alive, and so neither does its thread. What reads
        # the wire is only held here.
        self.reader: object = None
        self.wire: AnyWire = None  # type: ignore[assignment]
        # Held by the socket's thread while it hands on a batch, so that a take-over happens between two batches.
        self.feeding = threading.Lock()
        self.opened_at: float | None = None
        self.is_announced = False  # "connected" was reported
        self.was_restored = False  # "restored" was reported, or nothing had been lost
        # Set but while another thread tells of its beginning: its own must not tell of its end before.
        self.beginning_told = threading.Event()
        self.beginning_told.set()
        self.has_data = False
        self.has_reported_data = False
        self.login_refused: LoginRefused | None = None
        self.signed_offset_s = 0.0  # how far ahead the exchange's clock was taken to be when the login was signed
        self.restart_message: str | None = None  # the exchange announced that it will close this socket
        self.refuses_requests = False  # it restarts already, and takes no request on this socket any more
        self.retire_by: float | None = None
        # Written by the socket's thread, read by the heartbeat thread; single words, no lock.
        self.last_in = 0.0
        self.delivering_since: float | None = None
        # Written and read by the heartbeat thread, but for the round trip.
        self.pinged_at: float | None = None
        self.heartbeat_at = 0.0  # when the latest ping went out, answered or not; before the first: when it opened
        self.pong_within: float = 0.0
        self.round_trip_s: float | None = None
