"""Rows of what is going to happen, and how it turned out.

Event contracts, the economic calendar, the state of the exchange itself, announcements.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import EventMarketState, StatusState
from okx_sync.rows import Row, model


@model
class EventContractMarket(Row):
    """A market of an event contract (channel ``event-contract-markets``). Times are epoch ms."""

    # "BTC-ABOVE-DAILY"
    seriesId: str | None = None
    eventId: str | None = None
    instId: str | None = None
    listTime: int | None = None
    # When the strike price is fixed, for up-or-down markets.
    fixTime: int | None = None
    expTime: int | None = None
    state: EventMarketState | None = None
    # "0" not known yet, "1" yes, "2" no.
    outcome: str | None = None
    # The outcome is yes for a value from here ...
    floorStrike: Decimal | None = None
    # ... up to here. Text, as it is a number or "INF" for no upper bound; None for markets without one.
    capStrike: str | None = None
    # Once expired.
    settleValue: Decimal | None = None
    disputed: bool | None = None
    # Markets on a price that is hit: "up" from below, "dn" from above.
    hitDir: str | None = None


@model
class EconomicEvent(Row):
    """A release of economic data, planned or out (channel ``economic-calendar``).

    Figures are text in the unit that ``unit`` names, as they are published ("3.2%", "187.5K").
    """

    calendarId: str | None = None
    event: str | None = None
    # Country or union.
    region: str | None = None
    category: str | None = None
    actual: str | None = None
    # Of the period before (as corrected), and as it was published at first.
    previous: str | None = None
    forecast: str | None = None
    prevInitial: str | None = None
    # Epoch ms: of the release, of the period it is about.
    date: int | None = None
    refDate: int | None = None
    unit: str | None = None
    ccy: str | None = None
    # "1" low, "2" medium, "3" high.
    importance: str | None = None
    # REST only: "0" when the hour of the release is known, "1" when only the day is; epoch ms of the last change.
    dateSpan: str | None = None
    uTime: int | None = None
    # Epoch ms of the push.
    ts: int | None = None


@model
class SystemStatus(Row):
    """A planned or running maintenance (channel ``status``, REST ``system/status``). Times are epoch ms."""

    title: str | None = None
    state: StatusState | None = None
    begin: int | None = None
    end: int | None = None
    # From when orders can be canceled and placed post-only again, before all is open.
    preOpenBegin: int | None = None
    # Link to details.
    href: str | None = None
    # "0" WebSocket, "5" trading, "6" block, "7" bots, "8"/"9" trading in batches, "10" spread, "11" copy, "99" other.
    serviceType: str | None = None
    system: str | None = None
    # Why a plan was changed.
    scheDesc: str | None = None
    # "1" scheduled, "2" unscheduled, "3" disruption.
    maintType: str | None = None
    # "1" production, "2" demo.
    env: str | None = None
    # Epoch ms of the push.
    ts: int | None = None


@model
class AnnouncementType(Row):
    """A kind of announcement (``support/announcement-types``)."""

    annType: str | None = None
    annTypeDesc: str | None = None


@model
class Announcement(Row):
    """One announcement. Times are epoch ms."""

    title: str | None = None
    annType: str | None = None
    url: str | None = None
    pTime: int | None = None
    # When it was shown to the public.
    businessPTime: int | None = None


@model
class Announcements(Row):
    """A page of announcements, newest first (``support/announcements``)."""

    totalPage: int | None = None
    details: tuple[Announcement, ...] = ()


@model
class EventContractEvent(Row):
    """An event of a series (``public/event-contract/events``). Times are epoch ms."""

    seriesId: str | None = None
    eventId: str | None = None
    fixTime: int | None = None
    expTime: int | None = None
    # "preopen", "live", "settling", "expired".
    state: str | None = None


@model
class EventSettlement(Row):
    """How a series is settled."""

    method: str | None = None
    closeEarly: bool | None = None
    # Where the result comes from.
    srcName: str | None = None
    underlying: str | None = None


@model
class EventContractSeries(Row):
    """A series of event contracts (``public/event-contract/series``)."""

    seriesId: str | None = None
    # "daily", "weekly", ...
    freq: str | None = None
    title: str | None = None
    category: str | None = None
    settlement: EventSettlement | None = None
