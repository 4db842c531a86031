"""What the stream facade needs to know of an exchange: a description, so that a new exchange is new data here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

import attrs

from okx_sync.credentials import Credentials
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.recovery_source import Fetch, RecoverySource
from okx_sync.rows import Row

__all__ = ["ChannelInfo", "StreamSpec"]


class ChannelInfo(Protocol):
    """What the facade reads off a row of an exchange's channel table."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def model(self) -> type[Row]: ...
    @property
    def login(self) -> bool: ...
    @property
    def private(self) -> bool: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def snapshot(self) -> bool: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def sequenced(self) -> bool: ...
    @property
    def paged(self) -> bool: ...
    @property
    def partial(self) -> bool: ...
    @property
    def required(self) -> tuple[str, ...]: ...
    @property
    def gone(self) -> str: ...
    @property
    def coalesced_by(self) -> Callable[[Any], Hashable] | None: ...
    @property
    def lag_field(self) -> str | None: ...


@attrs.frozen(kw_only=True)
class StreamSpec:
    """``topic_for`` validates arguments and raises ``ConfigError``; ``login_paths`` are the paths on which every
    socket logs in; ``fetch`` reads REST, and ``recovery_source(topic, backfill)`` knows what to ask it after an
    outage (None for topics that cannot be recovered, and for public ones unless ``backfill`` is wanted).
    """

    dialect: Dialect
    environment: str
    credentials: Credentials | None
    lookup: Callable[[str], ChannelInfo]
    topic_for: Callable[..., Topic]
    url: Callable[[str], str]
    paths: tuple[str, ...]
    login_paths: frozenset[str]
    sync_clock: Callable[[], float]
    timeout_s: float
    proxy_url: str | None = None
    ca_file: str | None = None
    account: str | None = None
    fetch: Fetch | None = None
    recovery_source: Callable[[Topic, bool], RecoverySource | None] = lambda _topic, _backfill: None
