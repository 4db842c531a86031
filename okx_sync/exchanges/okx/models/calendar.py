"""What is going to happen, and how it turned out: event contracts and the economic calendar."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import EventMarketState
from okx_sync.models import Row, model


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
