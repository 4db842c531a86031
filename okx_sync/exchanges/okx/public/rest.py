# mypy: disable-error-code="empty-body"
"""Group ``public``: instruments and reference data; no key needed (OKX API guide: Public Data).

``after`` gives rows older than a cursor, ``before`` newer ones, both without the cursor's own row.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import DateAggrType, TdMode
from okx_sync.exchanges.okx.block.models import BlockTradeRecord
from okx_sync.exchanges.okx.events.models import (
    EconomicEvent,
    EventContractEvent,
    EventContractMarket,
    EventContractSeries,
)
from okx_sync.exchanges.okx.market.models import OptionTrade
from okx_sync.exchanges.okx.public.models import (
    ContractCoin,
    DataFiles,
    DeliveryRecord,
    EstimatedPrice,
    EstimatedSettlement,
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
    SystemTime,
    TickBands,
    Underlyings,
)
from okx_sync.exchanges.okx.risk.models import DiscountRate, HedgeCurrency, InsuranceFund, LoanQuotas, PositionTier
from okx_sync.exchanges.okx.words import EventMarketState, InstType, OptType
from okx_sync.rest import Group, Number, get, paged

__all__ = ["Public"]


class Public(Group, group="public"):
    """Instruments, prices, funding, settlements, event contracts, tiers and collateral, the exchange's clock."""

    @get("/api/v5/public/time", "10/2s ip")
    def get_time(self) -> SystemTime:
        """The exchange's clock, ``ts`` in ms."""

    @get("/api/v5/public/instruments", "20/2s ip+instType")
    def get_instruments(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        series_id: str | None = None,
    ) -> list[Instrument]:
        """Instruments of a type with their tick, lot and contract sizes.

        Parameters: ``inst_family`` (``"BTC-USD"``) is needed for options, ``series_id`` for event contracts.
        """

    @get("/api/v5/public/mark-price", "10/2s ip+instId")
    def get_mark_price(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[MarkPrice]:
        """Mark prices of MARGIN, SWAP, FUTURES or OPTION instruments."""

    @get("/api/v5/public/funding-rate", "10/2s ip+instId")
    def get_funding_rate(self, inst_id: str) -> list[FundingRate]:
        """Current and next funding of a perpetual; ``inst_id="ANY"`` for all of them."""

    @get("/api/v5/public/open-interest", "20/2s ip+instId")
    def get_open_interest(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[OpenInterest]:
        """Open interest in contracts, coins and USD. Options need ``inst_family``."""

    @get("/api/v5/public/price-limit", "20/2s ip")
    def get_price_limit(self, inst_id: str) -> PriceLimit:
        """The highest buying and lowest selling price that the exchange accepts now."""

    @get("/api/v5/public/underlying", "20/2s ip")
    def get_underlyings(self, inst_type: InstType) -> list[Underlyings]:
        """Underlying indices of SWAP, FUTURES or OPTION instruments."""

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
        """Margin and leverage by size of position; sizes in contracts.

        ``inst_family`` for derivatives, ``inst_id`` or ``ccy`` for MARGIN; up to 5 of them.
        """

    @get("/api/v5/public/discount-rate-interest-free-quota", "2/2s ip")
    def get_discount_rates(self, ccy: str | None = None, discount_lv: str | None = None) -> list[DiscountRate]:
        """How much currencies count as collateral, and what can be borrowed free of interest."""

    @get("/api/v5/public/interest-rate-loan-quota", "2/2s ip")
    def get_loan_quotas(self) -> list[LoanQuotas]:
        """Borrowing rates (per day, ratios) and quotas of all currencies."""

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
        """Balance of the fund that covers losses of liquidations, newest first.

        Cursors are times in ms, ``limit`` up to 100.

        ``inst_family`` for derivatives, ``ccy`` for MARGIN.
        """

    iter_insurance_fund = paged(get_insurance_fund, items=lambda fund: fund.details, tied="ts")

    @get("/api/v5/public/instrument-tick-bands", "5/2s ip")
    def get_instrument_tick_bands(self, inst_type: InstType, inst_family: str | None = None) -> list[TickBands]:
        """Tick sizes of options by price."""

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
        """Turn coins into contracts (``type_="1"``, the default) or contracts into coins ("2").

        ``unit``: "coin" (default) or "usds"; ``op_type``: "open" rounds down, "close" rounds up.
        """

    @get("/api/v5/public/delta-hedge-currencies", "20/2s ip")
    def get_delta_hedge_currencies(self, ccy: str | None = None) -> list[HedgeCurrency]:
        """Currencies that share an underlying, ETH and BETH for example."""

    @get("/api/v5/public/mm-instrument-types", "5/2s ip")
    def get_market_maker_instruments(
        self, inst_type: InstType | None = None, inst_id: str | None = None
    ) -> list[MarketMakerInstrument]:
        """Kinds of instruments as market-maker programs count them."""

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
        """Releases of economic data of the last 3 months and to come, newest first; needs a key.

        Cursors are times in ms.

        ``importance``: "1" low, "2" medium, "3" high; ``limit`` up to 100.
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
        """Links to files of historical data; ``begin``/``end`` ms.

        ``module``: "1" trades, "2" candles of 1 minute, "3" funding, "4" order book of 400 levels, "5" of 5000, "6"
        of 50.
        ``date_aggr_type``: "daily" or "monthly". SPOT needs ``inst_id_list``, derivatives ``inst_family_list``.
        """

    @get("/api/v5/public/funding-rate-history", "10/2s ip+instId")
    def get_funding_rate_history(
        self, inst_id: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[FundingRateRecord]:
        """Funding settlements of the last 3 months (rates are ratios), newest first.

        Cursors are times in ms, ``limit`` up to 400.
        """

    iter_funding_rate_history = paged(get_funding_rate_history, key="fundingTime", time="fundingTime", most=400)

    @get("/api/v5/public/premium-history", "20/2s ip")
    def get_premium_history(
        self, inst_id: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Premium]:
        """Premium of a perpetual over its index, last 6 months, newest first.

        Cursors are times in ms, ``limit`` up to 100.
        """

    iter_premium_history = paged(get_premium_history, tied="ts")

    @get("/api/v5/public/opt-summary", "20/2s ip+instFamily")
    def get_option_summary(self, inst_family: str, exp_time: str | None = None) -> list[OptionSummary]:
        """Greeks and volatilities of a family's options. ``exp_time`` is a day: "260925"."""

    @get("/api/v5/public/option-trades", "20/2s ip", need_one=("inst_id", "inst_family"))
    def get_option_trades(
        self, inst_id: str | None = None, inst_family: str | None = None, opt_type: OptType | None = None
    ) -> list[OptionTrade]:
        """The newest 100 trades of an option or a family; sizes in contracts."""

    @get("/api/v5/public/block-trades", "20/2s ip")
    def get_block_trades(self, inst_id: str) -> list[BlockTradeRecord]:
        """The newest legs of block trades in an instrument, 15 minutes late; sizes in contracts or coins."""

    @get("/api/v5/public/estimated-price", "10/2s ip+instId")
    def get_estimated_price(self, inst_id: str) -> list[EstimatedPrice]:
        """Price at which a contract would be delivered, exercised or settled now; only in the hour before."""

    @get("/api/v5/public/estimated-settlement-info", "10/2s ip+instId")
    def get_estimated_settlement(self, inst_id: str) -> list[EstimatedSettlement]:
        """The next settlement of an expiry future and its estimated price."""

    @get("/api/v5/public/settlement-history", "40/2s ip+instFamily")
    def get_settlement_history(
        self, inst_family: str, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[SettlementRecord]:
        """Settlements of expiry futures of the last 3 months, newest first.

        Cursors are times in ms, ``limit`` up to 100.
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
        """Deliveries of futures and exercises of options of the last 3 months, newest first.

        Cursors are times in ms, ``limit`` up to 100.
        """

    iter_delivery_history = paged(get_delivery_history, tied="ts")

    @get("/api/v5/public/event-contract/series", "10/2s ip")
    def get_event_series(self, series_id: str | None = None) -> list[EventContractSeries]:
        """Series of event contracts."""

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
        """Events of a series, newest first; cursors are expiry times in ms, ``limit`` up to 100.

        ``state``: "preopen", "live", "settling", "expired".
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
        """Markets of a series or of one of its events, newest first.

        Cursors are expiry times in ms, ``limit`` up to 100.

        ``state``: "preopen", "live", "settling", "expired".
        """

    iter_event_markets = paged(get_event_markets, tied="expTime", same="instId")
