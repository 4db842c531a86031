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
        """Totals of a period. ``begin``, ``end`` in ms, for ``period_type`` custom."""

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
        """Invitees. Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are."""

    iter_invitees = paged(get_invitees, same="uid")

    @get("/api/v5/affiliate/invitee/detail", "3/1s user", auth=True)
    def get_invitee(self, uid: str, period_type: str | None = None) -> InviteeDetail:
        """One invitee."""

    @get("/api/v5/affiliate/link/list", "3/1s user", auth=True)
    def get_links(
        self,
        page: int | None = None,
        limit: int | None = None,
        link_type: str | None = None,
        link_status: str | None = None,
    ) -> list[InviteLink]:
        """Links to invite with.

        Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are.
        """

    iter_links = paged(get_links, same="channelId")

    @get("/api/v5/affiliate/co-inviter/list", "3/1s user", auth=True)
    def get_co_inviters(
        self, page: int | None = None, limit: int | None = None, link_status: str | None = None
    ) -> list[CoInviterLink]:
        """Links that are shared with another inviter.

        Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are.
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
        """Sub-affiliates. Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are."""

    iter_sub_affiliates = paged(get_sub_affiliates, same="subAffiliateUid")

    @get("/api/v5/affiliate/tvb/performance/summary", "3/1s user", auth=True)
    def get_tvb_performance(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Volume-bonus programme: totals. Fields are not documented."""

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
        """Volume-bonus programme: invitees. Fields are not documented."""

    iter_tvb_invitees = paged(get_tvb_invitees)

    @get("/api/v5/affiliate/tvb/invitee/detail", "3/1s user", auth=True)
    def get_tvb_invitee(self, uid: str) -> list[AnyRow]:
        """Volume-bonus programme: one invitee. Fields are not documented."""

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
        """Volume-bonus programme: links. Fields are not documented."""

    iter_tvb_links = paged(get_tvb_links)

    @get("/api/v5/affiliate/tvb/tier-breakdown", "3/1s user", auth=True)
    def get_tvb_tiers(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Volume-bonus programme: volume by fee tier. Fields are not documented."""


class Broker(Group, group="broker"):
    """Rebate files and, for DMA brokers, the clients' sub-accounts."""

    @get("/api/v5/broker/dma/subaccount-info", "10/1s user", auth=True)
    def get_dma_subaccounts(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaSubAccounts:
        """Clients' sub-accounts. Pages of ``limit`` (100) by number; ``totalPage`` tells how many there are."""

    iter_dma_subaccounts = paged(get_dma_subaccounts, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount-trade-fee", "1/1s user", auth=True)
    def get_dma_trade_fees(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaTradeFees:
        """Fee rates of clients' sub-accounts.

        Pages of ``limit`` (100) by number; ``totalPage`` tells how many there are.
        """

    iter_dma_trade_fees = paged(get_dma_trade_fees, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount/apikey", "1/1s user", auth=True)
    def get_dma_api_keys(self, sub_acct: str, api_key: str | None = None) -> list[SubAccountKey]:
        """API keys of a client's sub-account."""

    @post("/api/v5/broker/dma/subaccount/apikey", "40/1s user")
    def create_dma_api_key(
        self, sub_acct: str, label: str, passphrase: str, ip: str | None = None, perm: str | None = None
    ) -> NewSubAccountKey:
        """Make an API key for a client's sub-account. The secret key is told only now.

        Needs a key with the right to trade.
        """

    @post("/api/v5/broker/dma/trades", "1/1h user")
    def request_dma_trades(self, begin: str, end: str) -> FileRequest:
        """Have a file of the clients' trades made. ``begin``, ``end``: days, ``"20260131"``.

        Needs a key with the right to read.
        """

    @get("/api/v5/broker/dma/rebate-per-orders", "2/60s user", auth=True)
    def get_dma_rebate_files(self, type_: str, begin: int | None = None, end: int | None = None) -> list[BrokerFile]:
        """Files of rebates. ``type_``: ``"true"`` all, ``"false"`` those from ``begin`` to ``end`` (ms)."""

    @post("/api/v5/broker/fd/rebate-per-orders", "1/1h user")
    def request_fd_rebates(self, begin: str, end: str, broker_type: str | None = None) -> FileRequest:
        """Have a file of rebates made. ``begin``, ``end``: days, ``"20260131"``.

        Needs a key with the right to read.
        """

    @get("/api/v5/broker/fd/rebate-per-orders", "2/60s user", auth=True)
    def get_fd_rebate_files(
        self, type_: str, begin: int | None = None, end: int | None = None, broker_type: str | None = None
    ) -> list[BrokerFile]:
        """Files of rebates. ``type_``: ``"true"`` all, ``"false"`` those from ``begin`` to ``end`` (ms)."""

    @get("/api/v5/broker/fd/if-rebate", "2/1s user", auth=True)
    def get_fd_rebate_state(self, api_key: str, broker_type: str | None = None) -> list[FdRebateState]:
        """Whether trades of a user (by API key) bring a rebate."""


class Glp(Group, group="glp"):
    """Performance in the market-maker programme. OKX must have enrolled the account."""

    @get("/api/v5/users/glp/todayperformance", "5/2s user", auth=True)
    def get_today(self) -> GlpToday:
        """Volumes and shares of today and of the month so far."""

    @get("/api/v5/users/glp/historicalperformance", "5/2s user", auth=True)
    def get_history(
        self, program: str, begin: str | None = None, end: str | None = None, limit: int | None = None
    ) -> list[GlpDay]:
        """Volumes and shares, day by day. ``begin``, ``end``: days at UTC+8, ``"2026-01-31"``."""


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
        """Technical indicators of an instrument. No key needed."""

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
        """Instruments that meet bounds on price, volume, funding, open interest. No key needed."""

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
        """Instruments by change of their open interest. No key needed."""

    @post("/api/v5/aigc/mcp/oi-history", "10/1s ip", auth=False, reads=True)
    def get_oi_history(
        self, inst_id: str, bar: str | None = None, limit: int | None = None, ts: int | None = None
    ) -> list[AnyRow]:
        """Open interest of an instrument over time; ``ts`` in ms. No key needed."""

    @get("/api/v5/orbit/currency-sentiment-query", "20/1s user", auth=True)
    def get_sentiment(self, ccy: str | None = None, period: str | None = None) -> list[SentimentReport]:
        """What people say about currencies; ``ccy``: several joined by commas."""

    @get("/api/v5/orbit/currency-sentiment-ranking", "20/1s user", auth=True)
    def get_sentiment_ranking(
        self, period: str | None = None, sort_by: str | None = None, limit: int | None = None
    ) -> list[SentimentReport]:
        """Currencies ranked by what people say about them."""

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
        """News. ``begin``, ``end`` in ms; go on with ``nextCursor`` of the answer as ``cursor``."""

    @get("/api/v5/orbit/news-detail", "20/1s user", auth=True)
    def get_news(self, id_: str) -> NewsItem:
        """One piece of news with its text."""

    @get("/api/v5/orbit/news-platform", "20/1s user", auth=True)
    def get_news_platforms(self) -> list[AnyRow]:
        """Where news comes from."""


class Skills(Group, group="skills"):
    """The market place of skills for OKX's own agent tools. Not documented: rows may change."""

    @get("/api/v5/skill/categories", "5/1s user", auth=True)
    def get_categories(self) -> list[AnyRow]:
        """Categories."""

    @get("/api/v5/skill/search", "5/1s user", auth=True)
    def search(
        self,
        keyword: str | None = None,
        categories: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Skills. Pages of ``limit`` by number."""

    iter_search = paged(search)

    @post("/api/v5/skill/download/presign", "5/1s user")
    def get_download_token(self, name: str, type_: str | None = None) -> SkillToken:
        """A token for ``download``. Needs a key with the right to read."""

    @get("/api/v5/skill/file", "5/1s ip", binary=True)
    def download(self, token: str) -> BinaryFile:
        """The archive of a skill. No key needed."""
