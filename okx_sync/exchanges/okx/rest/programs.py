# mypy: disable-error-code="empty-body"
"""Groups ``glp``, ``insight``, ``skills``.

Programmes for market makers, and services that OKX offers to its own agent tools. Calls that only read need a key
with the right to read, unless they say that none is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.exchanges.okx.models.rest_any import AnyRow
from okx_sync.exchanges.okx.models.rest_programs import (
    BinaryFile,
    GlpDay,
    GlpToday,
    NewsItem,
    NewsPage,
    SentimentReport,
    SkillToken,
)
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Glp", "Insight", "Skills"]


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
