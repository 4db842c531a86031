# mypy: disable-error-code="empty-body"
"""Groups ``public`` (reference data), ``status`` (maintenance) and ``support`` (announcements); no key needed.

(OKX API guide: Public Data, Status, Announcement.)

``after`` gives rows older than a cursor, ``before`` newer ones, both without the cursor's own row.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import DateAggrType, TdMode
from okx_sync.exchanges.okx.block.models import BlockTradeRecord
from okx_sync.exchanges.okx.market.models import OptionTrade
from okx_sync.exchanges.okx.public.models import (
    Announcements,
    AnnouncementType,
    ContractCoin,
    DataFiles,
    DeliveryRecord,
    EconomicEvent,
    EstimatedPrice,
    EstimatedSettlement,
    EventContractEvent,
    EventContractMarket,
    EventContractSeries,
    FundingRate,
    FundingRateRecord,
    Instrument,
    MarketMakerInstrument,
    MarkPrice,
    OpenInterest,
    OptionSummary,
    Premium,
    PriceLimit,
    SettlementRecord,
    SystemStatus,
    SystemTime,
    TickBands,
    Underlyings,
)
from okx_sync.exchanges.okx.risk.models import DiscountRate, HedgeCurrency, InsuranceFund, LoanQuotas, PositionTier
from okx_sync.exchanges.okx.words import EventMarketState, InstType, OptType, StatusState
from okx_sync.rest import Group, Number, get, paged

__all__ = ["Public", "Status", "Support"]


class Public(Group, group="public"):
    """Instruments, prices, funding, settlements, event contracts, tiers and collateral, the exchange's clock."""

    @get("/api/v5/public/time", "10/2s ip")
    def get_time(self) -> SystemTime:
        """Ask for the exchange's clock, in ms since the epoch.

        Source: GET /api/v5/public/time
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time
        """

    @get("/api/v5/public/instruments", "20/2s ip+instType")
    def get_instruments(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        series_id: str | None = None,
    ) -> list[Instrument]:
        """Get the instruments of a type with their tick, lot and contract sizes.

        Args:
            inst_type: Kind of instrument, ``EVENTS`` (event contracts) included.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            inst_family: Family of the contracts, such as ``BTC-USD``; needed for options.
            series_id: Id of a series of event contracts; needed for these.

        Source: GET /api/v5/public/instruments
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments
        """

    @get("/api/v5/public/mark-price", "10/2s ip+instId")
    def get_mark_price(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[MarkPrice]:
        """Get the mark prices of MARGIN, SWAP, FUTURES or OPTION instruments.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.

        Source: GET /api/v5/public/mark-price
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price
        """

    @get("/api/v5/public/funding-rate", "10/2s ip+instId")
    def get_funding_rate(self, inst_id: str) -> list[FundingRate]:
        """Get current and next funding of a perpetual, rates as ratios.

        Args:
            inst_id: Id of the perpetual, such as ``BTC-USDT-SWAP``; ``ANY`` for all of them.

        Source: GET /api/v5/public/funding-rate
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate
        """

    @get("/api/v5/public/open-interest", "20/2s ip+instId")
    def get_open_interest(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[OpenInterest]:
        """Get the open interest in contracts, coins and USD.

        Args:
            inst_type: Kind of contract: ``SWAP``, ``FUTURES`` or ``OPTION``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            inst_family: Family of the contracts, such as ``BTC-USD``; options need it.

        Source: GET /api/v5/public/open-interest
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-open-interest
        """

    @get("/api/v5/public/price-limit", "20/2s ip")
    def get_price_limit(self, inst_id: str) -> PriceLimit:
        """Get the highest buying and lowest selling price that the exchange accepts now.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/public/price-limit
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-limit-price
        """

    @get("/api/v5/public/underlying", "20/2s ip")
    def get_underlyings(self, inst_type: InstType) -> list[Underlyings]:
        """List the underlying indices of SWAP, FUTURES or OPTION instruments.

        Args:
            inst_type: Kind of contract: ``SWAP``, ``FUTURES`` or ``OPTION``.

        Source: GET /api/v5/public/underlying
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-underlying
        """

    @get("/api/v5/public/position-tiers", "10/2s ip")
    def get_position_tiers(
        self,
        inst_type: InstType,
        td_mode: TdMode,
        inst_id: str | Sequence[str] | None = None,
        inst_family: str | Sequence[str] | None = None,
        *,
        ccy: str | None = None,
        tier: str | None = None,
    ) -> list[PositionTier]:
        """Get margin and leverage by size of position; sizes in contracts.

        With ``ccy`` in effect, sizes are amounts borrowed in that currency.

        Args:
            inst_type: Kind of instrument: ``MARGIN``, ``SWAP``, ``FUTURES`` or ``OPTION``.
            td_mode: Margin mode: ``cross`` or ``isolated``.
            inst_id: One instrument or a list of them, at most 5; MARGIN only, which needs this or ``ccy``.
            inst_family: One family of contracts or a list of them, at most 5; needed for derivatives.
            ccy: The margin's currency, for MARGIN in cross margin; ``inst_id`` goes before it.
            tier: Only the tier with this number.

        Source: GET /api/v5/public/position-tiers
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers
        """

    @get("/api/v5/public/discount-rate-interest-free-quota", "2/2s ip")
    def get_discount_rates(self, ccy: str | None = None, discount_lv: str | None = None) -> list[DiscountRate]:
        """Get how much currencies count as collateral, and what is free of interest.

        Rates are ratios, quotas are in the currency.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            discount_lv: Only this discount level; OKX calls the parameter deprecated.

        Source: GET /api/v5/public/discount-rate-interest-free-quota
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-discount-rate-and-interest-free-quota
        """

    @get("/api/v5/public/interest-rate-loan-quota", "2/2s ip")
    def get_loan_quotas(self) -> list[LoanQuotas]:
        """Get borrowing rates (per day, ratios) and quotas of all currencies.

        Source: GET /api/v5/public/interest-rate-loan-quota
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-interest-rate-and-loan-quota
        """

    @get("/api/v5/public/insurance-fund", "10/2s ip")
    def get_insurance_fund(
        self,
        inst_type: InstType,
        inst_family: str | None = None,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[InsuranceFund]:
        """Get the balance of the fund that covers losses of liquidations, newest first.

        Args:
            inst_type: Kind of instrument: ``MARGIN``, ``SWAP``, ``FUTURES`` or ``OPTION``.
            inst_family: Family of the contracts, such as ``BTC-USD``; needed for derivatives.
            ccy: Currency, such as ``BTC``; for MARGIN.
            type_: Only changes of this kind: ``regular_update``, ``liquidation_balance_deposit``, ``bankruptcy_loss``,
                ``platform_revenue`` or ``adl``; all when left out.
            before: Only rows newer than this time, in ms since the epoch.
            after: Only rows older than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/public/insurance-fund
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-security-fund
        """

    iter_insurance_fund = paged(get_insurance_fund, items=lambda fund: fund.details, tied="ts")

    @get("/api/v5/public/instrument-tick-bands", "5/2s ip")
    def get_instrument_tick_bands(self, inst_type: InstType, inst_family: str | None = None) -> list[TickBands]:
        """Get the tick sizes of options by price.

        Args:
            inst_type: Kind of instrument: ``OPTION``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.

        Source: GET /api/v5/public/instrument-tick-bands
        """

    @get("/api/v5/public/convert-contract-coin", "10/2s ip")
    def convert_contract_coin(
        self,
        inst_id: str,
        sz: Number,
        px: Number | None = None,
        type_: str | None = None,
        *,
        unit: str | None = None,
        op_type: str | None = None,
    ) -> ContractCoin:
        """Turn an amount of coins into contracts, or contracts into coins.

        Args:
            inst_id: Id of the contract, such as ``BTC-USDT-SWAP``.
            sz: How much to convert: coins (or USDT, see ``unit``) with ``type_="1"``, contracts with "2".
            px: Price to convert at; needed for coin-margined contracts and between USDT and contracts.
            type_: Direction: ``1`` coins into contracts (the default), ``2`` contracts into coins.
            unit: What the amount that is no contracts counts: ``coin`` (the default) or ``usds`` (USDT or USDC).
            op_type: How contracts are rounded: ``open`` down, ``close`` (the default) to the nearest.

        Source: GET /api/v5/public/convert-contract-coin
            https://www.okx.com/docs-v5/en/#public-data-rest-api-unit-convert
        """

    @get("/api/v5/public/delta-hedge-currencies", "20/2s ip")
    def get_delta_hedge_currencies(self, ccy: str | None = None) -> list[HedgeCurrency]:
        """List the currencies that share an underlying, ETH and BETH for example.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/public/delta-hedge-currencies
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-delta-hedge-currencies
        """

    @get("/api/v5/public/mm-instrument-types", "5/2s ip")
    def get_market_maker_instruments(
        self, inst_type: InstType | None = None, inst_id: str | None = None
    ) -> list[MarketMakerInstrument]:
        """List the classes of instruments as market-maker programs count them.

        Args:
            inst_type: Only ``SPOT`` or ``SWAP``; both when left out.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/public/mm-instrument-types
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mm-instrument-types
        """

    @get("/api/v5/public/economic-calendar", "1/5s ip", auth=True)
    def get_economic_calendar(
        self,
        region: str | None = None,
        importance: str | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[EconomicEvent]:
        """Get releases of economic data of the last 3 months and to come, newest first.

        Needs a key, though the group is public.

        Args:
            region: Only this country, region or body, in small letters: ``united_states``, ``euro_area``, ``g20``.
            importance: Only this importance: ``1`` low, ``2`` medium, ``3`` high.
            before: Only rows newer than this time, in ms since the epoch.
            after: Only rows older than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/public/economic-calendar
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-economic-calendar-data
        """

    iter_economic_calendar = paged(get_economic_calendar, tied="date", same="calendarId")

    @get("/api/v5/public/market-data-history", "5/2s ip")
    def get_market_data_files(
        self,
        module: str,
        inst_type: InstType,
        date_aggr_type: DateAggrType,
        begin: int,
        end: int,
        inst_id_list: str | Sequence[str] | None = None,
        inst_family_list: str | Sequence[str] | None = None,
    ) -> list[DataFiles]:
        """Get links to files of historical data, newest first.

        Of the times only the day counts: in UTC for order books, in UTC+8 for the rest.

        Args:
            module: What the files hold: ``1`` trades, ``2`` candles of 1 minute, ``3`` funding, ``4`` order books of
                400 levels, ``5`` of 5000, ``6`` of 50, ``11`` borrowing rates.
            inst_type: Kind of instrument: ``SPOT``, ``FUTURES``, ``SWAP`` or ``OPTION``.
            date_aggr_type: A file for each day or for each month.
            begin: First day, as a time in ms since the epoch; at most 10 days (or months) before ``end``.
            end: Last day, as a time in ms since the epoch, itself included.
            inst_id_list: One instrument or a list of them, at most 10, or ``ANY``; needed for SPOT and only there.
            inst_family_list: One family of contracts or a list of them, at most 10, or ``ANY``; needed for derivatives.

        Source: GET /api/v5/public/market-data-history
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-historical-market-data
        """

    @get("/api/v5/public/funding-rate-history", "10/2s ip+instId")
    def get_funding_rate_history(
        self, inst_id: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[FundingRateRecord]:
        """Get funding settlements of the last 3 months (rates are ratios), newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 400.

        Source: GET /api/v5/public/funding-rate-history
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate-history
        """

    iter_funding_rate_history = paged(get_funding_rate_history, key="fundingTime", time="fundingTime", most=400)

    @get("/api/v5/public/premium-history", "20/2s ip")
    def get_premium_history(
        self, inst_id: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Premium]:
        """Get the premium of a perpetual over its index, last 6 months, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/public/premium-history
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-premium-history
        """

    iter_premium_history = paged(get_premium_history, tied="ts")

    @get("/api/v5/public/opt-summary", "20/2s ip+instFamily")
    def get_option_summary(self, inst_family: str, exp_time: str | None = None) -> list[OptionSummary]:
        """Get Greeks and volatilities of a family's options.

        Args:
            inst_family: Family of the contracts, such as ``BTC-USD``.
            exp_time: Only options that expire on this day, six digits: ``260925``.

        Source: GET /api/v5/public/opt-summary
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-option-market-data
        """

    @get("/api/v5/public/option-trades", "20/2s ip", need_one=("inst_id", "inst_family"))
    def get_option_trades(
        self, inst_id: str | None = None, inst_family: str | None = None, opt_type: OptType | None = None
    ) -> list[OptionTrade]:
        """Get the newest 100 trades of an option or a family; sizes in contracts.

        Args:
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            opt_type: Only calls (``C``) or only puts (``P``).

        Raises:
            ConfigError: Neither ``inst_id`` nor ``inst_family`` is given. Nothing was sent.

        Source: GET /api/v5/public/option-trades
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-option-trades
        """

    @get("/api/v5/public/block-trades", "20/2s ip")
    def get_block_trades(self, inst_id: str) -> list[BlockTradeRecord]:
        """Get the newest legs of block trades in an instrument, 15 minutes late.

        Sizes are in contracts, or in coins for SPOT.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/public/block-trades
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-public-single-leg-transactions-of-block-trades
        """

    @get("/api/v5/public/estimated-price", "10/2s ip+instId")
    def get_estimated_price(self, inst_id: str) -> list[EstimatedPrice]:
        """Get the price at which a contract would be delivered, exercised or settled now.

        There is one only in the hour before.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/public/estimated-price
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-estimated-delivery-exercise-price
        """

    @get("/api/v5/public/estimated-settlement-info", "10/2s ip+instId")
    def get_estimated_settlement(self, inst_id: str) -> list[EstimatedSettlement]:
        """Get the next settlement of an expiry future and its estimated price.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/public/estimated-settlement-info
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-estimated-future-settlement-price
        """

    @get("/api/v5/public/settlement-history", "40/2s ip+instFamily")
    def get_settlement_history(
        self, inst_family: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[SettlementRecord]:
        """Get the settlements of expiry futures of the last 3 months, newest first.

        Args:
            inst_family: Family of the contracts, such as ``BTC-USD``.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/public/settlement-history
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-futures-settlement-history
        """

    iter_settlement_history = paged(get_settlement_history, tied="ts")

    @get("/api/v5/public/delivery-exercise-history", "40/2s ip+instType+instFamily")
    def get_delivery_history(
        self,
        inst_type: InstType,
        inst_family: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[DeliveryRecord]:
        """Get deliveries of futures and exercises of options, 3 months, newest first.

        Args:
            inst_type: Kind of contract: ``FUTURES`` or ``OPTION``.
            inst_family: Family of the contracts, such as ``BTC-USD``.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/public/delivery-exercise-history
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-delivery-exercise-history
        """

    iter_delivery_history = paged(get_delivery_history, tied="ts")

    @get("/api/v5/public/event-contract/series", "10/2s ip")
    def get_event_series(self, series_id: str | None = None) -> list[EventContractSeries]:
        """Get the series of event contracts.

        Args:
            series_id: Only this series of event contracts, by its id.

        Source: GET /api/v5/public/event-contract/series
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-series
        """

    @get("/api/v5/public/event-contract/events", "10/2s ip")
    def get_event_events(
        self,
        series_id: str,
        event_id: str | None = None,
        state: EventMarketState | None = None,
        *,
        limit: int | None = None,
        before: int | None = None,
        after: int | None = None,
    ) -> list[EventContractEvent]:
        """Get the events of a series, newest first.

        Args:
            series_id: Id of the series of event contracts.
            event_id: Only this event of the series, by its id.
            state: Only events in this state.
            limit: Rows per call, at most and by default 100.
            before: Only rows that expire after this time, in ms since the epoch.
            after: Only rows that expire before this time, in ms since the epoch.

        Source: GET /api/v5/public/event-contract/events
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-events
        """

    iter_event_events = paged(get_event_events, tied="expTime", same="eventId")

    @get("/api/v5/public/event-contract/markets", "10/2s ip")
    def get_event_markets(
        self,
        series_id: str,
        event_id: str | None = None,
        inst_id: str | None = None,
        state: EventMarketState | None = None,
        *,
        limit: int | None = None,
        before: int | None = None,
        after: int | None = None,
    ) -> list[EventContractMarket]:
        """Get the markets of a series or of one of its events, newest first.

        Args:
            series_id: Id of the series of event contracts.
            event_id: Only this event of the series, by its id.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            state: Only markets in this state.
            limit: Rows per call, at most and by default 100.
            before: Only rows that expire after this time, in ms since the epoch.
            after: Only rows that expire before this time, in ms since the epoch.

        Source: GET /api/v5/public/event-contract/markets
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-markets
        """

    iter_event_markets = paged(get_event_markets, tied="expTime", same="instId")


class Status(Group, group="status"):
    """Maintenance of the exchange."""

    @get("/api/v5/system/status", "1/5s ip")
    def get_status(self, state: StatusState | None = None) -> list[SystemStatus]:
        """Get maintenance windows of the exchange.

        Args:
            state: Only windows in this state; without it those that are scheduled, ongoing or ``pre_open``.

        Source: GET /api/v5/system/status
            https://www.okx.com/docs-v5/en/#status-get-status
        """


class Support(Group, group="support"):
    """Announcements."""

    @get("/api/v5/support/announcements", "5/2s ip")
    def get_announcements(self, ann_type: str | None = None, page: int | None = None) -> Announcements:
        """Get a page of 20 announcements, newest first.

        How many pages there are is in ``totalPage``.

        Args:
            ann_type: Only announcements of this kind, a word from ``get_announcement_types``.
            page: Number of the page, from 1 (the default).

        Source: GET /api/v5/support/announcements
            https://www.okx.com/docs-v5/en/#announcement-get-announcements
        """

    iter_announcements = paged(get_announcements, items=lambda page: page.details, most=20)

    @get("/api/v5/support/announcement-types", "1/2s ip")
    def get_announcement_types(self) -> list[AnnouncementType]:
        """List the kinds of announcements.

        Source: GET /api/v5/support/announcement-types
            https://www.okx.com/docs-v5/en/#announcement-get-announcement-types
        """
