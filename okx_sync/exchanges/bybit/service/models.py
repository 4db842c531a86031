"""Maintenance, announcements, rate limits, demo accounts. Pages of the V5 documentation with these names."""

from __future__ import annotations

from okx_sync.rows import Row, envelope, model, wire

__all__ = ["Announcement", "AnnouncementType", "ApiRateLimit", "DemoMember", "DisconnectProtection", "SystemStatus"]


@model
class SystemStatus(Row):
    """A maintenance or an incident (channel ``system.status``, and ``GET /v5/system/status``)."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made; None over REST."""
    id: str | None = None
    title: str | None = None
    state: str | None = None
    """``"scheduled"``, ``"ongoing"``, ``"completed"`` or ``"canceled"``."""
    begin: int | None = None
    """Epoch ms of the start."""
    end: int | None = None
    """Epoch ms of the end, expected while it lasts."""
    href: str | None = None
    """Address of a page about it."""
    serviceTypes: tuple[str, ...] = ()
    """Codes of what is concerned: 1 trading, 2 trading over HTTP, 3 over streams, 4 public streams, 5 market data."""
    product: tuple[str, ...] = ()
    """Codes of the products: 1 futures, 2 spot, 3 options, 4 spreads."""
    uidSuffix: tuple[str, ...] = ()
    """Last digits of the UIDs that are concerned; none where all are."""
    maintainType: str | None = None
    """1 planned, 2 temporary, 3 incident."""
    env: str | None = None
    """1 live, 2 demo trading (both as codes)."""


@model
class DisconnectProtection(Row):
    """A push of ``dcp.*``: Bybit documents none. That the topic is subscribed is all that counts."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""


@model
class AnnouncementType(Row):
    """Kind of an announcement."""

    title: str | None = None
    key: str | None = None


@model
class Announcement(Row):
    """An announcement (``GET /v5/announcements/index``)."""

    title: str | None = None
    description: str | None = None
    type: AnnouncementType | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None
    dateTimestamp: int | None = None
    """Epoch ms of the day."""
    startDataTimestamp: int | None = wire("startDataTimestamp", also=("startDateTimestamp",))
    """Epoch ms of the start of an event. Bybit's page writes both names."""
    endDataTimestamp: int | None = wire("endDataTimestamp", also=("endDateTimestamp",))
    """Epoch ms of the end of an event. Bybit's page writes both names."""
    publishTime: int | None = None
    """Epoch ms of the publication."""


@model
class ApiRateLimit(Row):
    """Rate limit of accounts (``GET /v5/apilimit/query``)."""

    uids: str | None = None
    """UIDs, joined by commas."""
    bizType: str | None = None
    """``"SPOT"``, ``"DERIVATIVES"`` or ``"OPTIONS"``."""
    rate: int | None = None
    """Requests per second."""


@model
class DemoMember(Row):
    """A demo account that was opened (``POST /v5/user/create-demo-member``)."""

    subMemberId: str | None = None
    """UID of the demo account."""
