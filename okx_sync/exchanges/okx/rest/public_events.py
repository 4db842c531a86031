# mypy: disable-error-code="empty-body"
"""Group ``public``, what happened and what will: funding, settlements, options, event contracts; no key needed.

``after`` gives rows older than a cursor, ``before`` newer ones, both without the cursor's own row.
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models import (
    EstimatedPrice,
    EventContractMarket,
    OptionSummary,
    OptionTrade,
)
from okx_sync.exchanges.okx.models.rest_public_more import (
    BlockTradeRecord,
    DeliveryRecord,
    EstimatedSettlement,
    EventContractEvent,
    EventContractSeries,
    FundingRateRecord,
    Premium,
    SettlementRecord,
)
from okx_sync.exchanges.okx.models.words import EventMarketState, InstType, OptType
from okx_sync.rest import Group, get, paged

__all__ = ["PublicEvents"]


class PublicEvents(Group, group="public"):
    """Funding, settlements, options, event contracts."""

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
