"""The faces of the server, its hub of feeds and its sessions, as feeds and handlers see them.

Whoever is called by the server takes these instead of importing it, so that imports run one way: interface, feeds and
sessions, server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from okx_sync.paper.server.book_sequence import BookSequence
from okx_sync.paper.server.channel_spec import ChannelSpec, topic_name
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.server.fault_rules import FaultRules
from okx_sync.paper.server.frame_writer import FrameWriter
from okx_sync.paper.server.journal import Connection, Journal
from okx_sync.paper.server.limits import Limits, SocketLimits
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.past_prices import PastPrices
from okx_sync.paper.venue.records import ApiKey, VenueAccount
from okx_sync.paper.venue.venue import Venue


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """What was chosen when the exchange was made."""

    demo: bool = False
    limits: bool = False
    real_checksums: bool = False
    page_rows: int = 100
    examples: bool = False
    socket: SocketLimits = field(default_factory=SocketLimits)


class SessionInterface(Protocol):
    """The server's end of one WebSocket connection, as its feeds and the server see it."""

    key: ApiKey | None
    wire: FrameWriter
    record: Connection

    @property
    def server(self) -> ServerInterface:
        """The server it belongs to."""

    @property
    def wire_name(self) -> str:
        """Which wire is spoken: it keeps the topics of different wires apart."""

    @property
    def feeds(self) -> Mapping[str, Callable[..., Any]]:
        """The makers of the wire's pushes, by the name that its channels use."""

    @property
    def path(self) -> str:
        """The path's name, as faults and the journal use it."""

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Print a push message as JSON."""

    def push(self, topic: str, payload: bytes) -> None:
        """Send a data frame of a topic."""

    def touch(self) -> None:
        """Note that something came or went."""

    def drop(self, how: str, code: int | None, reason: str) -> None:
        """End the connection by `rst`, `fin` or `close` (a close frame with `code`)."""


@dataclass(slots=True, eq=False)
class TopicSubscription:
    """One active topic of one connection. `shown` is the argument as pushes carry it."""

    session: SessionInterface
    topic: str
    channel: ChannelSpec
    arg: dict[str, Any]
    shown: dict[str, Any]

    @property
    def account(self) -> VenueAccount:
        """The account logged in on the connection; only for channels that need a login."""
        assert self.session.key is not None
        return self.session.key.account

    @property
    def shown_topic(self) -> str:
        """The topic as pushes carry it."""
        return topic_name(self.shown)

    def encode(self, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Return a push message of this topic; `envelope` are keys beside the data."""
        return self.session.encode(self, rows, envelope)

    def push(self, rows: Sequence[Any], **envelope: Any) -> None:
        """Send rows to this one subscriber."""
        self.session.push(self.topic, self.encode(rows, envelope))


class HubInterface(Protocol):
    """All live feeds."""

    @property
    def past_prices(self) -> PastPrices:
        """The prices of past beats, for feeds that follow a script."""

    def add(self, subscription: TopicSubscription) -> None:
        """Start pushing to a subscriber; what the channel says at once is sent here."""

    def remove(self, subscription: TopicSubscription) -> None:
        """Stop pushing to a subscriber; harmless when it was removed before."""

    def subscribers(self, topic: str) -> list[TopicSubscription]:
        """Return everyone subscribed to a topic, on any connection."""

    def topics(self) -> list[str]:
        """Return the topic of each active subscription, of all connections."""

    def showing(self, topic: str) -> list[TopicSubscription]:
        """Return everyone whose pushes carry this topic, on any connection."""

    def shown_topics(self) -> set[str]:
        """Return the topics that pushes of the active subscriptions carry."""

    def find(self, channel: str, inst_id: str) -> object | None:
        """Return the live feed of a channel and an instrument of the venue; None when nobody is subscribed."""


class PlayerInterface(Protocol):
    """A recording that is played instead of a live market."""

    def subscribed(self, server: ServerInterface, subscription: TopicSubscription) -> None:
        """Note that a topic was subscribed; the recording may start now, and may have told of it already."""


class ServerInterface(Protocol):
    """The server as feeds, sessions and REST handlers see it; everything is used on the loop thread."""

    venue: Venue
    clock: PaperClock
    options: ServerOptions
    journal: Journal
    rules: FaultRules
    sequence: BookSequence
    client_ids: ClientIds
    limits: Limits

    @property
    def hub(self) -> HubInterface:
        """The live feeds."""

    @property
    def player(self) -> PlayerInterface | None:
        """The recording that is played, if one is."""

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine in the background; its errors are noted, not lost."""

    def problem(self, error: BaseException) -> None:
        """Note an error of the server itself."""

    def rearm(self, name: tuple[str, str], seconds: float, action: Callable[[], object]) -> None:
        """Set a timer, named by its owner and a word, anew; 0 seconds only calls off the old one."""

    def armed(self, owner: str) -> set[str]:
        """Return the names that an owner has running timers under."""

    def exists(self, kind: str, name: str) -> bool:
        """Tell whether there is such an instrument, swap, index or spread."""

    def connections_of(self, account: VenueAccount, channel: str) -> int:
        """Count the connections of an account that have a channel."""

    def take_limit(self, path: str, uid: str, args: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
        """Take from the limit that REST and the WebSocket share for an order path; the refusal if it is used up."""

    def drop_if(self, event: str, session: SessionInterface, **facts: str) -> bool:
        """Drop the connection when a fault says so; whether it did."""

    async def lit(self) -> None:
        """Wait while everything is dark."""
