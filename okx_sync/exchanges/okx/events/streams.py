# mypy: disable-error-code="empty-body"
"""Typed methods for the state of the exchange, event contracts and the economic calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.events.models import EconomicEvent, EventContractMarket, SystemStatus
    from okx_sync.exchanges.okx.words import EventsInstType

__all__ = ["EventStreams"]


class EventStreams(Streams):
    """State of the exchange, event contracts, the economic calendar."""

    @channel(
        "status",
        path="public",
        cadence="the latest record at first, then on each change",
        key=("title", "begin"),
        snapshot=True,
        quiet=True,
    )
    def subscribe_status(
        self, callback: Callable[[SystemStatus], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SystemStatus]:
        """Maintenance of the exchange, planned or running."""

    @channel(
        "event-contract-markets",
        path="public",
        cadence="when a market's state or strike changes; no list at first",
        omits=("instType",),
        key=("instId",),
        quiet=True,
    )
    def subscribe_event_contract_markets(
        self,
        inst_type: EventsInstType = "EVENTS",
        callback: Callable[[EventContractMarket], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[EventContractMarket]:
        """Markets of event contracts: state, strike, outcome.

        The full list comes from REST ``public/event-contract/markets``.
        """

    @channel(
        "economic-calendar",
        path="business",
        login=True,
        cadence="on a new event or a change of one",
        key=("calendarId",),
        identity=("calendarId", "ts"),
        quiet=True,
        fee_tier="VIP1",
        note="not on the demo system",
    )
    def subscribe_economic_calendar(
        self, callback: Callable[[EconomicEvent], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[EconomicEvent]:
        """Releases of economic data, planned and out.

        The demo system does not have it.
        """
