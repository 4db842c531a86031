"""Typed methods for the state of the exchange, event contracts and the economic calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.events.models import EconomicEvent, EventContractMarket, SystemStatus
    from okx_sync.exchanges.okx.words import EventsInstType

__all__ = ["EventStreams"]


class EventStreams(Streams):
    """State of the exchange, event contracts, the economic calendar."""

    def subscribe_status(
        self, callback: Callable[[SystemStatus], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SystemStatus]:
        """Maintenance of the exchange, planned or running.

        Pushed at first with the latest record, then on each change. Path public; no login.
        """
        return self.subscribe("status", callback, **options)

    def subscribe_event_contract_markets(
        self,
        inst_type: EventsInstType = "EVENTS",
        callback: Callable[[EventContractMarket], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[EventContractMarket]:
        """Markets of event contracts: state, strike, outcome.

        Pushed when the state or the strike of a market changes; the full list comes from REST
        ``public/event-contract/markets``. Path public; no login.
        """
        return self.subscribe("event-contract-markets", callback, instType=inst_type, **options)

    def subscribe_economic_calendar(
        self, callback: Callable[[EconomicEvent], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[EconomicEvent]:
        """Releases of economic data, planned and out.

        Pushed on a new event or a change of one. Path business, with a login; fee tier VIP1 or above (else 64003).
        The demo system does not have it.
        """
        return self.subscribe("economic-calendar", callback, **options)
