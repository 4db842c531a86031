"""What the stream facade needs to know of an exchange: a description, so that a new exchange is new data here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol
from urllib.parse import urlsplit

import attrs

from okx_sync.credentials import Credentials
from okx_sync.delivery.mailbox import Policy
from okx_sync.errors import ConfigError
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.recovery_source import Fetch, RecoverySource
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.rows import Row
from okx_sync.transport.ending import WireMaker

__all__ = ["ChannelInfo", "StreamSpec"]


class ChannelInfo(Protocol):
    """What the facade reads off a row of an exchange's channel table."""

    @property
    def name(self) -> str:
        """The channel's name, as users write it."""

    @property
    def path(self) -> str:
        """The path on which the channel lives."""

    @property
    def model(self) -> type[Row]:
        """The class of its rows."""

    @property
    def login(self) -> bool:
        """Whether it needs a login."""

    @property
    def private(self) -> bool:
        """Whether it carries the account's own data."""

    @property
    def key(self) -> tuple[str, ...]:
        """The wire fields that tell its rows apart."""

    @property
    def snapshot(self) -> bool:
        """Whether the first push after the subscribe carries the present state."""

    @property
    def quiet(self) -> bool:
        """Whether silence means nothing, as only events make it push."""

    @property
    def sequenced(self) -> bool:
        """Whether its updates carry sequence numbers, as those of a book."""

    @property
    def paged(self) -> bool:
        """Whether its snapshots come in pages."""

    @property
    def partial(self) -> bool:
        """Whether rows of updates carry only what changed."""

    @property
    def required(self) -> tuple[str, ...]:
        """The wire arguments that a topic must have."""

    @property
    def gone(self) -> str:
        """That the exchange has ended it, and what took its place; empty while it is served."""

    @property
    def coalesced_by(self) -> Callable[[Any], Hashable] | None:
        """The function that gives the key on which the policy ``latest`` coalesces; None for one row per topic."""

    @property
    def lag_field(self) -> str | None:
        """The field by which lag is measured; None where no time of a row says it."""


@attrs.frozen(kw_only=True)
class StreamSpec:
    """An exchange's streams as data.

    ``topic_for`` validates arguments and raises ``ConfigError``; ``login_paths`` are the paths on which every socket
    logs in; ``guard`` is asked before anything is sent that changes something; ``fetch`` reads REST, and
    ``recovery_source(topic, backfill)`` knows what to ask it after an outage (None for topics that cannot be recovered,
    and for public ones unless ``backfill`` is wanted); ``spare_paths`` are those whose work REST takes over, so that a
    link there that has given up is no reason to end anything else; ``make_wire(path)`` makes what the links of a path
    connect with, where that is no WebSocket of the exchange, and ``shard_of(path, topic)`` which of the exchange's
    connections such a link has a topic of (None: unknown); ``policy`` is that of subscriptions which name none.
    ``sync_clock()`` measures what the exchange's clock is ahead, seconds; with ``times=`` several times, of which the
    quickest counts.
    """

    dialect: Dialect
    environment: str
    credentials: Credentials | None
    lookup: Callable[[str], ChannelInfo]
    topic_for: Callable[..., Topic]
    url: Callable[[str], str]
    paths: tuple[str, ...]
    login_paths: frozenset[str]
    sync_clock: Callable[..., float]
    timeout_s: float
    proxy_url: str | None = None
    ca_file: str | None = None
    account: str | None = None
    guard: WriteGuard = attrs.field(factory=WriteGuard)
    fetch: Fetch | None = None
    recovery_source: Callable[[Topic, bool], RecoverySource | None] = lambda _topic, _backfill: None
    spare_paths: frozenset[str] = frozenset()
    make_wire: Callable[[str], WireMaker] | None = None
    shard_of: Callable[[str, Topic], int | None] | None = None
    policy: Policy | None = None

    def path_at(self, route: str) -> str | None:
        """Return the name of the path whose address ends in ``route`` (``"/v5/private"``); None where none does."""
        for path in self.paths:
            try:
                if urlsplit(self.url(path)).path == route:
                    return path
            except ConfigError:  # one that this site or environment does not have
                continue
        return None
