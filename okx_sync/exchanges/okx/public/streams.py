# mypy: disable-error-code="empty-body"
"""Typed methods for reference data: instruments, funding, prices other than trades, options, events."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.one_or_list import inst_family_or_list, inst_id_or_list
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
        """Subscribe to changes of the trading rules of all instruments of a kind.

        The full list comes from REST ``get_instruments``.

        Args:
            inst_type: Kind of instrument: ``SPOT``, ``MARGIN``, ``SWAP``, ``FUTURES``, ``OPTION`` or ``EVENTS``.
            callback: Called with each ``Instrument``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-instruments-channel
        """

    @inst_id_or_list
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
        """Subscribe to the open interest of a derivative, in contracts, coins and USD.

        Args:
            inst_id: Contract, such as ``BTC-USDT-SWAP``.
            callback: Called with each ``OpenInterest``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-open-interest-channel
        """

    @inst_id_or_list
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
        """Subscribe to the funding rate of a perpetual, and when it is settled.

        Args:
            inst_id: Perpetual, such as ``BTC-USDT-SWAP``.
            callback: Called with each ``FundingRate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-funding-rate-channel
        """

    @inst_id_or_list
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
        """Subscribe to the highest buy and the lowest sell price that OKX accepts now.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``PriceLimit``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-price-limit-channel
        """

    # Around maintenance two pushes may share a ts, so ts names no event here.
    @inst_id_or_list
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
        """Subscribe to the mark price of an instrument, at which positions in it are valued.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``MarkPrice``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-mark-price-channel
        """

    @inst_id_or_list
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
        """Subscribe to the price of an index and its 24 h figures.

        Args:
            inst_id: Index, such as ``BTC-USDT``.
            callback: Called with each ``IndexTicker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-index-tickers-channel
        """

    @inst_family_or_list
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
        """Subscribe to Greeks and volatilities of all options of a family, one object for each.

        Args:
            inst_family: Family of options, such as ``BTC-USD``.
            callback: Called with each ``OptionSummary``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-option-summary-channel
        """

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
        """Subscribe to the price at which contracts would be delivered, exercised or settled now.

        One of ``inst_family`` and ``inst_id`` is needed.

        Args:
            inst_type: Kind of contract: ``OPTION``, ``FUTURES``, ``SWAP`` or ``EVENTS``.
            inst_family: Family of contracts, such as ``BTC-USD``.
            callback: Called with each ``EstimatedPrice``; without it, iterate the subscription or call its ``get()``.
            inst_id: One contract, such as ``BTC-USD-261225``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-estimated-delivery-exercise-settlement-price-channel
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
        """Subscribe to maintenance of the exchange, planned or running.

        Args:
            callback: Called with each ``SystemStatus``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#status-ws-status-channel
        """

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
        """Subscribe to the state, strike and outcome of the markets of event contracts.

        The full list comes from REST ``public/event-contract/markets``.

        Args:
            inst_type: Always ``EVENTS``, which is the default.
            callback: Called with each ``EventContractMarket``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-event-contract-markets-channel
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
        """Subscribe to releases of economic data, planned and out.

        The demo system does not have it.

        Args:
            callback: Called with each ``EconomicEvent``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-economic-calendar-channel
        """
