# mypy: disable-error-code="empty-body"
"""Groups ``affiliate``, ``broker``, ``glp``, ``insight`` and ``skills``: OKX's programmes.

Affiliates, DMA and fully disclosed (FD) brokers, market makers, and services that OKX offers to its own agent tools.
Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Affiliate, Broker Program.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.exchanges.okx.programs.models import (
    AffiliatePerformance,
    BinaryFile,
    BrokerFile,
    CoInviterLink,
    DmaSubAccounts,
    DmaTradeFees,
    FdRebateState,
    FileRequest,
    GlpDay,
    GlpToday,
    Invitee,
    InviteeDetail,
    InviteLink,
    NewsItem,
    NewsPage,
    SentimentReport,
    SkillToken,
    SubAffiliate,
)
from okx_sync.exchanges.okx.shared_models import AnyRow
from okx_sync.exchanges.okx.subaccount.models import NewSubAccountKey, SubAccountKey
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Affiliate", "Broker", "Glp", "Insight", "Skills"]


class Affiliate(Group, group="affiliate"):
    """Invitees, links, sub-affiliates, commissions. Rates: 0.01 is one percent; volumes and amounts are in USDT."""

    @get("/api/v5/affiliate/performance/summary", "3/1s user", auth=True)
    def get_performance(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> AffiliatePerformance:
        """Get the totals of a period.

        Args:
            period_type: Time that figures are of: ``"today"``, ``"this_week"``, ``"this_month"``, ``"last_month"``,
                ``"last_7d"``, ``"last_30d"``, ``"total"``, or ``"custom"`` (``begin`` to ``end``, in ms since the
                epoch).
            begin: Start of a ``"custom"`` period, in ms since the epoch.
            end: End of a ``"custom"`` period, in ms since the epoch.

        Source: GET /api/v5/affiliate/performance/summary
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-performance-summary
        """

    @get("/api/v5/affiliate/invitee/list", "3/1s user", auth=True)
    def get_invitees(
        self,
        page: int | None = None,
        limit: int | None = None,
        *,
        period_type: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        keyword: str | None = None,
        commission_category: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
        kyc_status: str | None = None,
        sub_affiliate_uid: str | None = None,
        uid: str | None = None,
        join_time_begin: int | None = None,
        join_time_end: int | None = None,
    ) -> list[Invitee]:
        """Get the invitees.

        ``totalPage`` of a row tells how many pages there are.

        Args:
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.
            period_type: Time that figures are of: ``"today"``, ``"this_week"``, ``"this_month"``, ``"last_month"``,
                ``"last_7d"``, ``"last_30d"``, ``"total"``, or ``"custom"`` (``begin`` to ``end``, in ms since the
                epoch).
            begin: Start of a ``"custom"`` period, in ms since the epoch; at most 180 days ago.
            end: End of a ``"custom"`` period, in ms since the epoch; at most 90 days after its start.
            keyword: Only invitees with this UID or name of a channel.
            commission_category: Only commission of this kind: ``"SPOT"``, ``"DERIVATIVE"`` or ``"BSC"``.
            order_by: Field that rows are sorted by: ``"cTime"``, ``"depAmt"``, ``"vol"``, ``"fee"`` or ``"rebate"``.
            order_dir: ``"asc"`` or ``"desc"`` (the default).
            kyc_status: Only invitees in this state of verification: ``"unverified"`` or ``"verified"``.
            sub_affiliate_uid: Only invitees of the sub-affiliate of this UID.
            uid: Only the invitee of this UID.
            join_time_begin: Only invitees that joined at this time or later, in ms since the epoch.
            join_time_end: Only invitees that joined at this time or earlier, in ms since the epoch.

        Source: GET /api/v5/affiliate/invitee/list
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-invitee-list
        """

    iter_invitees = paged(get_invitees, same="uid")

    @get("/api/v5/affiliate/invitee/detail", "3/1s user", auth=True)
    def get_invitee(self, uid: str, period_type: str | None = None) -> InviteeDetail:
        """Get one invitee.

        Args:
            uid: OKX's UID of the invitee, as lists tell it.
            period_type: Time that figures are of, such as ``"today"``, ``"last_7d"`` (days) or ``"total"``.

        Source: GET /api/v5/affiliate/invitee/detail
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-the-invitee-39-s-detail
        """

    @get("/api/v5/affiliate/link/list", "3/1s user", auth=True)
    def get_links(
        self,
        page: int | None = None,
        limit: int | None = None,
        link_type: str | None = None,
        link_status: str | None = None,
    ) -> list[InviteLink]:
        """Get the links to invite with.

        ``totalPage`` of a row tells how many pages there are.

        Args:
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.
            link_type: Only links of this kind: ``"standard"`` or ``"co_inviter"``.
            link_status: Only links in this state: ``"normal"`` or ``"abnormal"``.

        Source: GET /api/v5/affiliate/link/list
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-link-list
        """

    iter_links = paged(get_links, same="channelId")

    @get("/api/v5/affiliate/co-inviter/list", "3/1s user", auth=True)
    def get_co_inviters(
        self, page: int | None = None, limit: int | None = None, link_status: str | None = None
    ) -> list[CoInviterLink]:
        """Get the links that are shared with another inviter.

        ``totalPage`` of a row tells how many pages there are.

        Args:
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.
            link_status: Only links in this state: ``"normal"`` or ``"abnormal"``.

        Source: GET /api/v5/affiliate/co-inviter/list
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-co-inviter-link-list
        """

    iter_co_inviters = paged(get_co_inviters, same="channelId")

    @get("/api/v5/affiliate/sub-affiliate/list", "3/1s user", auth=True)
    def get_sub_affiliates(
        self,
        page: int | None = None,
        limit: int | None = None,
        *,
        keyword: str | None = None,
        commission_category: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
    ) -> list[SubAffiliate]:
        """Get the sub-affiliates.

        ``totalPage`` of a row tells how many pages there are.

        Args:
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.
            keyword: Only the sub-affiliate with this UID.
            commission_category: Only commission of this kind: ``"SPOT"``, ``"DERIVATIVE"`` or ``"BSC"``.
            order_by: Field that rows are sorted by: ``"cTime"``, ``"depAmt"``, ``"vol"``, ``"fee"`` or ``"rebate"``.
            order_dir: ``"asc"`` or ``"desc"`` (the default).

        Source: GET /api/v5/affiliate/sub-affiliate/list
            https://www.okx.com/docs-v5/en/#affiliate-rest-api-get-sub-affiliate-list
        """

    iter_sub_affiliates = paged(get_sub_affiliates, same="subAffiliateUid")

    @get("/api/v5/affiliate/tvb/performance/summary", "3/1s user", auth=True)
    def get_tvb_performance(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Get the totals of the volume-bonus programme.

        Fields are not documented.

        Args:
            period_type: Time that figures are of, in OKX's words; ``begin`` and ``end`` (ms since the epoch) for a
                custom one.
            begin: Start of a ``"custom"`` period, in ms since the epoch.
            end: End of a ``"custom"`` period, in ms since the epoch.

        Source: GET /api/v5/affiliate/tvb/performance/summary
        """

    @get("/api/v5/affiliate/tvb/invitee/list", "3/1s user", auth=True)
    def get_tvb_invitees(
        self,
        period_type: str | None = None,
        begin: int | None = None,
        *,
        end: int | None = None,
        fee_tier: str | None = None,
        trade_type: str | None = None,
        keyword: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Get the invitees of the volume-bonus programme.

        Fields are not documented.

        Args:
            period_type: Time that figures are of, in OKX's words; ``begin`` and ``end`` (ms since the epoch) for a
                custom one.
            begin: Start of a ``"custom"`` period, in ms since the epoch.
            end: End of a ``"custom"`` period, in ms since the epoch.
            fee_tier: Only invitees of this fee tier; its words are not documented.
            trade_type: Only trades of this kind; its words are not documented.
            keyword: Only rows that match this text.
            order_by: Field that rows are sorted by; its words are not documented.
            order_dir: ``"asc"`` or ``"desc"`` (the default).
            page: Number of the page; the first is 1.
            limit: Rows per call.

        Source: GET /api/v5/affiliate/tvb/invitee/list
        """

    iter_tvb_invitees = paged(get_tvb_invitees)

    @get("/api/v5/affiliate/tvb/invitee/detail", "3/1s user", auth=True)
    def get_tvb_invitee(self, uid: str) -> list[AnyRow]:
        """Get one invitee of the volume-bonus programme.

        Fields are not documented.

        Args:
            uid: OKX's UID of the invitee, as lists tell it.

        Source: GET /api/v5/affiliate/tvb/invitee/detail
        """

    @get("/api/v5/affiliate/tvb/link/list", "3/1s user", auth=True)
    def get_tvb_links(
        self,
        period_type: str | None = None,
        begin: int | None = None,
        *,
        end: int | None = None,
        page: int | None = None,
        limit: int | None = None,
        link_type: str | None = None,
        link_status: str | None = None,
    ) -> list[AnyRow]:
        """Get the links of the volume-bonus programme.

        Fields are not documented.

        Args:
            period_type: Time that figures are of, in OKX's words; ``begin`` and ``end`` (ms since the epoch) for a
                custom one.
            begin: Start of a ``"custom"`` period, in ms since the epoch.
            end: End of a ``"custom"`` period, in ms since the epoch.
            page: Number of the page; the first is 1.
            limit: Rows per call.
            link_type: Only links of this kind: ``"standard"`` or ``"co_inviter"``.
            link_status: Only links in this state: ``"normal"`` or ``"abnormal"``.

        Source: GET /api/v5/affiliate/tvb/link/list
        """

    iter_tvb_links = paged(get_tvb_links)

    @get("/api/v5/affiliate/tvb/tier-breakdown", "3/1s user", auth=True)
    def get_tvb_tiers(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Get the volume of the volume-bonus programme by fee tier.

        Fields are not documented.

        Args:
            period_type: Time that figures are of, in OKX's words; ``begin`` and ``end`` (ms since the epoch) for a
                custom one.
            begin: Start of a ``"custom"`` period, in ms since the epoch.
            end: End of a ``"custom"`` period, in ms since the epoch.

        Source: GET /api/v5/affiliate/tvb/tier-breakdown
        """


class Broker(Group, group="broker"):
    """Rebate files and, for DMA brokers, the clients' sub-accounts."""

    @get("/api/v5/broker/dma/subaccount-info", "10/1s user", auth=True)
    def get_dma_subaccounts(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaSubAccounts:
        """Get the clients' sub-accounts.

        ``totalPage`` tells how many pages there are.

        Args:
            sub_acct: Only the sub-account of this name; all when left out.
            uid: Only the sub-account of this UID; all when left out.
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/broker/dma/subaccount-info
        """

    iter_dma_subaccounts = paged(get_dma_subaccounts, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount-trade-fee", "1/1s user", auth=True)
    def get_dma_trade_fees(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaTradeFees:
        """Get the fee rates of clients' sub-accounts.

        ``totalPage`` tells how many pages there are.

        Args:
            sub_acct: Only the sub-account of this name; all when left out.
            uid: Only the sub-account of this UID; all when left out.
            page: Number of the page; the first is 1.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/broker/dma/subaccount-trade-fee
        """

    iter_dma_trade_fees = paged(get_dma_trade_fees, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount/apikey", "1/1s user", auth=True)
    def get_dma_api_keys(self, sub_acct: str, api_key: str | None = None) -> list[SubAccountKey]:
        """Get the API keys of a client's sub-account.

        Args:
            sub_acct: Name of the sub-account.
            api_key: Only this API key; all when left out.

        Source: GET /api/v5/broker/dma/subaccount/apikey
        """

    @post("/api/v5/broker/dma/subaccount/apikey", "40/1s user")
    def create_dma_api_key(
        self, sub_acct: str, label: str, passphrase: str, ip: str | None = None, perm: str | None = None
    ) -> NewSubAccountKey:
        """Make an API key for a client's sub-account.

        The secret key is shown only now.

        Needs a key with the right to trade.

        Args:
            sub_acct: Name of the sub-account.
            label: Note that describes the key.
            passphrase: Passphrase to use the key with.
            ip: Addresses that may use the key, joined by commas.
            perm: Rights of the key: ``"read_only"``, ``"trade"``, joined by commas.

        Source: POST /api/v5/broker/dma/subaccount/apikey
        """

    @post("/api/v5/broker/dma/trades", "1/1h user")
    def request_dma_trades(self, begin: str, end: str) -> FileRequest:
        """Have a file of the clients' trades made.

        Needs a key with the right to read.

        Args:
            begin: First day, such as ``"20260131"``.
            end: Last day, such as ``"20260131"``.

        Source: POST /api/v5/broker/dma/trades
        """

    @get("/api/v5/broker/dma/rebate-per-orders", "2/60s user", auth=True)
    def get_dma_rebate_files(self, type_: str, begin: int | None = None, end: int | None = None) -> list[BrokerFile]:
        """Get the files of rebates.

        Args:
            type_: ``"true"`` for all, ``"false"`` for those from ``begin`` to ``end``.
            begin: Only files of this time or later, in ms since the epoch.
            end: Only files of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/broker/dma/rebate-per-orders
        """

    @post("/api/v5/broker/fd/rebate-per-orders", "1/1h user")
    def request_fd_rebates(self, begin: str, end: str, broker_type: str | None = None) -> FileRequest:
        """Have a file of rebates made.

        Needs a key with the right to read.

        Args:
            begin: First day, such as ``"20260131"``.
            end: Last day, such as ``"20260131"``.
            broker_type: Kind of broker, in OKX's words.

        Source: POST /api/v5/broker/fd/rebate-per-orders
        """

    @get("/api/v5/broker/fd/rebate-per-orders", "2/60s user", auth=True)
    def get_fd_rebate_files(
        self, type_: str, begin: int | None = None, end: int | None = None, broker_type: str | None = None
    ) -> list[BrokerFile]:
        """Get the files of rebates.

        Args:
            type_: ``"true"`` for all, ``"false"`` for those from ``begin`` to ``end``.
            begin: Only files of this time or later, in ms since the epoch.
            end: Only files of this time or earlier, in ms since the epoch.
            broker_type: Kind of broker, in OKX's words.

        Source: GET /api/v5/broker/fd/rebate-per-orders
        """

    @get("/api/v5/broker/fd/if-rebate", "2/1s user", auth=True)
    def get_fd_rebate_state(self, api_key: str, broker_type: str | None = None) -> list[FdRebateState]:
        """Get whether the trades of a user bring a rebate.

        Args:
            api_key: API key that the user trades with.
            broker_type: Kind of broker, in OKX's words.

        Source: GET /api/v5/broker/fd/if-rebate
        """


class Glp(Group, group="glp"):
    """Performance in the market-maker programme. OKX must have enrolled the account."""

    @get("/api/v5/users/glp/todayperformance", "5/2s user", auth=True)
    def get_today(self) -> GlpToday:
        """Get volumes and shares of today and of the month so far.

        Source: GET /api/v5/users/glp/todayperformance
        """

    @get("/api/v5/users/glp/historicalperformance", "5/2s user", auth=True)
    def get_history(
        self, program: str, begin: str | None = None, end: str | None = None, limit: int | None = None
    ) -> list[GlpDay]:
        """Get volumes and shares, day by day.

        Args:
            program: Programme, in OKX's words.
            begin: First day at UTC+8, such as ``"2026-01-31"``.
            end: Last day at UTC+8, such as ``"2026-01-31"``.
            limit: Rows per call, at most 100, by default 31.

        Source: GET /api/v5/users/glp/historicalperformance
        """


class Insight(Group, group="insight"):
    """Screeners, indicators, news and sentiment, made for OKX's own agent tools. Not documented: rows may change."""

    @post("/api/v5/aigc/mcp/indicators", "5/1s ip", auth=False, reads=True)
    def get_indicators(
        self,
        inst_id: str,
        timeframes: Sequence[str] | None = None,
        indicators: Mapping[str, Any] | None = None,
        backtest_time: int | None = None,
    ) -> list[AnyRow]:
        """Compute technical indicators of an instrument.

        No key needed.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            timeframes: Times that one candle spans; their words are not documented.
            indicators: Indicators by name, each with its settings.
            backtest_time: Time to compute them for; OKX does not document its unit, nor whether it is ms.

        Source: POST /api/v5/aigc/mcp/indicators
        """

    @post("/api/v5/aigc/mcp/market-filter", "5/1s ip", auth=False, reads=True)
    def filter_market(
        self,
        inst_type: InstType,
        base_ccy: str | None = None,
        quote_ccy: str | None = None,
        *,
        settle_ccy: str | None = None,
        inst_family: str | None = None,
        ct_type: str | None = None,
        min_last: Number | None = None,
        max_last: Number | None = None,
        min_chg24h_pct: Number | None = None,
        max_chg24h_pct: Number | None = None,
        min_market_cap_usd: Number | None = None,
        max_market_cap_usd: Number | None = None,
        min_vol_usd24h: Number | None = None,
        max_vol_usd24h: Number | None = None,
        min_funding_rate: Number | None = None,
        max_funding_rate: Number | None = None,
        min_oi_usd: Number | None = None,
        max_oi_usd: Number | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Get the instruments that meet bounds on price, volume, funding and open interest.

        No key needed.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            base_ccy: Only instruments of this base currency.
            quote_ccy: Only instruments of this quote currency.
            settle_ccy: Only contracts settled in this currency.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            ct_type: Only contracts of this kind, such as ``"linear"`` or ``"inverse"``.
            min_last: Lowest last price.
            max_last: Highest last price.
            min_chg24h_pct: Least change in 24 hours, named as percent.
            max_chg24h_pct: Most change in 24 hours, named as percent.
            min_market_cap_usd: Least market value, in USD.
            max_market_cap_usd: Most market value, in USD.
            min_vol_usd24h: Least volume in 24 hours, in USD.
            max_vol_usd24h: Most volume in 24 hours, in USD.
            min_funding_rate: Lowest funding rate that may be; OKX does not tell whether in percent.
            max_funding_rate: Highest funding rate that may be; OKX does not tell whether in percent.
            min_oi_usd: Least open interest, in USD.
            max_oi_usd: Most open interest, in USD.
            sort_by: Field that rows are sorted by; its words are not documented.
            sort_order: Direction of sorting; its words are not documented.
            limit: Rows per call.

        Source: POST /api/v5/aigc/mcp/market-filter
        """

    @post("/api/v5/aigc/mcp/oi-change-filter", "5/1s ip", auth=False, reads=True)
    def filter_oi_change(
        self,
        inst_type: InstType,
        bar: str | None = None,
        min_oi_usd: Number | None = None,
        *,
        min_vol_usd24h: Number | None = None,
        min_abs_oi_delta_pct: Number | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Get the instruments by change of their open interest.

        No key needed.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            bar: Time that one row spans, such as minutes or hours; its words are not documented.
            min_oi_usd: Least open interest, in USD.
            min_vol_usd24h: Least volume in 24 hours, in USD.
            min_abs_oi_delta_pct: Least change of open interest up or down, named as percent.
            sort_by: Field that rows are sorted by; its words are not documented.
            sort_order: Direction of sorting; its words are not documented.
            limit: Rows per call.

        Source: POST /api/v5/aigc/mcp/oi-change-filter
        """

    @post("/api/v5/aigc/mcp/oi-history", "10/1s ip", auth=False, reads=True)
    def get_oi_history(
        self, inst_id: str, bar: str | None = None, limit: int | None = None, ts: int | None = None
    ) -> list[AnyRow]:
        """Get the open interest of an instrument over time.

        No key needed.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            bar: Time that one row spans, such as minutes or hours; its words are not documented.
            limit: Rows per call.
            ts: Time that rows are asked for, in ms since the epoch.

        Source: POST /api/v5/aigc/mcp/oi-history
        """

    @get("/api/v5/orbit/currency-sentiment-query", "20/1s user", auth=True)
    def get_sentiment(self, ccy: str | None = None, period: str | None = None) -> list[SentimentReport]:
        """Get what people say about currencies.

        Args:
            ccy: Currencies, joined by commas.
            period: Time that figures are of; OKX does not document its words, such as hours or days.

        Source: GET /api/v5/orbit/currency-sentiment-query
        """

    @get("/api/v5/orbit/currency-sentiment-ranking", "20/1s user", auth=True)
    def get_sentiment_ranking(
        self, period: str | None = None, sort_by: str | None = None, limit: int | None = None
    ) -> list[SentimentReport]:
        """Get the currencies ranked by what people say about them.

        Args:
            period: Time that figures are of; OKX does not document its words, such as hours or days.
            sort_by: Field that rows are sorted by; its words are not documented.
            limit: Rows per call.

        Source: GET /api/v5/orbit/currency-sentiment-ranking
        """

    @get("/api/v5/orbit/news-search", "20/1s user", auth=True)
    def search_news(
        self,
        sort_by: str,
        importance: str | None = None,
        platform: str | None = None,
        *,
        ccy_list: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        detail_lvl: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        keyword: str | None = None,
        sentiment: str | None = None,
    ) -> list[NewsPage]:
        """Search the news.

        Go on with ``nextCursor`` of the answer as ``cursor``.

        Args:
            sort_by: Field that rows are sorted by; its words are not documented.
            importance: Only news of this importance; its words are not documented.
            platform: Only news of this platform, from ``get_news_platforms``.
            ccy_list: Only news about these currencies, joined by commas.
            begin: Only news of this time or later, in ms since the epoch.
            end: Only news of this time or earlier, in ms since the epoch.
            detail_lvl: How much detail of each; its words are not documented.
            limit: Rows per call.
            cursor: Where to go on: ``nextCursor`` of the page before.
            keyword: Only news that has this text.
            sentiment: Only news of this mood; its words are not documented.

        Source: GET /api/v5/orbit/news-search
        """

    @get("/api/v5/orbit/news-detail", "20/1s user", auth=True)
    def get_news(self, id_: str) -> NewsItem:
        """Get one piece of news with its text.

        Args:
            id_: Id of the piece, as ``search_news`` tells it.

        Source: GET /api/v5/orbit/news-detail
        """

    @get("/api/v5/orbit/news-platform", "20/1s user", auth=True)
    def get_news_platforms(self) -> list[AnyRow]:
        """Get where news comes from.

        Source: GET /api/v5/orbit/news-platform
        """


class Skills(Group, group="skills"):
    """The market place of skills for OKX's own agent tools. Not documented: rows may change."""

    @get("/api/v5/skill/categories", "5/1s user", auth=True)
    def get_categories(self) -> list[AnyRow]:
        """Get the categories of skills.

        Source: GET /api/v5/skill/categories
        """

    @get("/api/v5/skill/search", "5/1s user", auth=True)
    def search(
        self,
        keyword: str | None = None,
        categories: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Search the skills.

        Args:
            keyword: Only skills that have this text.
            categories: Only skills of these categories.
            page: Number of the page; the first is 1.
            limit: Rows per call.

        Source: GET /api/v5/skill/search
        """

    iter_search = paged(search)

    @post("/api/v5/skill/download/presign", "5/1s user")
    def get_download_token(self, name: str, type_: str | None = None) -> SkillToken:
        """Get a token for ``download``.

        Needs a key with the right to read.

        Args:
            name: Name of the skill, as ``search`` tells it.
            type_: Kind of the file; its words are not documented.

        Source: POST /api/v5/skill/download/presign
        """

    @get("/api/v5/skill/file", "5/1s ip", binary=True)
    def download(self, token: str) -> BinaryFile:
        """Get the archive of a skill.

        No key needed.

        Args:
            token: Token from ``get_download_token``.

        Source: GET /api/v5/skill/file
        """
