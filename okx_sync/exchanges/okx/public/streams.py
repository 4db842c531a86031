# mypy: disable-error-code="empty-body"
"""Typed methods for reference data: instruments, funding, prices other than trades, options, events."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.public.models import (
        EconomicEvent,
        EstimatedPrice,
        EventContractMarket,
        FundingRate,
        IndexTicker,
        Instrument,
        MarkPrice,
        OpenInterest,
        OptionSummary,
        PriceLimit,
        SystemStatus,
    )
    from okx_sync.exchanges.okx.words import EstimatedPriceInstType, EventsInstType, InstType

__all__ = ["EventStreams", "PublicStreams"]


class PublicStreams(Streams):
    """Instruments, funding, open interest, prices other than trades, options."""

    @channel(
        "instruments",
        path="public",
        cadence="when a state, a trading parameter or a listing or expiry time changes; no full list at first",
        key=("instId",),
        quiet=True,
    )
    def subscribe_instruments(
        self,
        inst_type: InstType,
        callback: Callable[[Instrument], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Instrument]:
        """Changes of trading rules of all instruments of a type; the full list comes from REST ``get_instruments``."""

    @channel(
        "open-interest",
        path="public",
        cadence="every 3 s when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_open_interest(
        self,
        inst_id: str,
        callback: Callable[[OpenInterest], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[OpenInterest]:
        """Open interest of a derivative, in contracts, coins and USD."""

    @channel(
        "funding-rate",
        path="public",
        cadence="every 30 to 90 s",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_funding_rate(
        self,
        inst_id: str,
        callback: Callable[[FundingRate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[FundingRate]:
        """Funding rate of a perpetual, and when it is settled."""

    @channel(
        "price-limit",
        path="public",
        cadence="every 200 ms when a limit changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
        quiet=True,
    )
    def subscribe_price_limit(
        self,
        inst_id: str,
        callback: Callable[[PriceLimit], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[PriceLimit]:
        """Highest buy and lowest sell price that OKX accepts now."""

    # Around maintenance two pushes may share a ts, so ts names no event here.
    @channel(
        "mark-price",
        path="public",
        cadence="every 200 ms when it changed, else every 10 s",
        key=("instId",),
        snapshot=True,
    )
    def subscribe_mark_price(
        self,
        inst_id: str,
        callback: Callable[[MarkPrice], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[MarkPrice]:
        """Mark price of an instrument."""

    @channel(
        "index-tickers",
        path="public",
        cadence="every 100 ms when it changed, else every 60 s",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_index_tickers(
        self,
        inst_id: str,
        callback: Callable[[IndexTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[IndexTicker]:
        """Price of an index (``inst_id="BTC-USDT"``)."""

    @channel(
        "opt-summary",
        path="public",
        cadence="on a change, all options of the family at once",
        key=("instId",),
        identity=("instId", "ts"),
    )
    def subscribe_opt_summary(
        self,
        inst_family: str,
        callback: Callable[[OptionSummary], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[OptionSummary]:
        """Greeks and volatilities of all options of a family (``inst_family="BTC-USD"``), one object for each."""

    @channel(
        "estimated-price",
        path="public",
        cadence="about every 200 ms in the 30 minutes before delivery, exercise or settlement",
        one_of=("instFamily", "instId"),
        key=("instId", "settleType"),
        identity=("instId", "settleType", "ts"),
        quiet=True,
    )
    def subscribe_estimated_price(
        self,
        inst_type: EstimatedPriceInstType,
        inst_family: str | None = None,
        callback: Callable[[EstimatedPrice], object] | None = None,
        *,
        inst_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[EstimatedPrice]:
        """Price at which contracts of a family, or one contract, would be delivered, exercised or settled now.

        One of ``inst_family`` and ``inst_id`` is needed.
        """


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
