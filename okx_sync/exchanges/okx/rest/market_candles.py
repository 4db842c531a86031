# mypy: disable-error-code="empty-body"
"""Group ``market``, candles of indices, mark prices and spreads; no key needed.

Bars are as in ``get_candles``; the open one comes first.
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models import IndexCandle, MarkPriceCandle, SpreadCandle
from okx_sync.exchanges.okx.models.words import Bar
from okx_sync.rest import Group, get, paged

__all__ = ["MarketCandles"]


class MarketCandles(Group, group="market"):
    """Candles of indices, mark prices and spreads."""

    @get("/api/v5/market/index-candles", "20/2s ip", channel="index-candle{bar}")
    def get_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[IndexCandle]:
        """Candles of an index, newest first, 1440 in all. ``after``, ``before`` in ms, ``limit`` up to 100."""

    @get("/api/v5/market/history-index-candles", "10/2s ip", channel="index-candle{bar}")
    def get_history_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[IndexCandle]:
        """Candles of an index of the past years, newest first. ``after``, ``before`` in ms, ``limit`` up to 100."""

    iter_index_candles = paged(get_history_index_candles, recent=get_index_candles, key="ts", time="ts")

    @get("/api/v5/market/mark-price-candles", "20/2s ip", channel="mark-price-candle{bar}")
    def get_mark_price_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[MarkPriceCandle]:
        """Candles of the mark price, newest first, 1440 in all. ``after``, ``before`` in ms, ``limit`` up to 100."""

    @get("/api/v5/market/history-mark-price-candles", "20/2s ip", channel="mark-price-candle{bar}")
    def get_history_mark_price_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[MarkPriceCandle]:
        """Candles of the mark price of past years, newest first. ``after``, ``before`` in ms, ``limit`` up to 100."""

    iter_mark_price_candles = paged(get_history_mark_price_candles, recent=get_mark_price_candles, key="ts", time="ts")

    @get("/api/v5/market/sprd-candles", "40/2s ip", channel="sprd-candle{bar}")
    def get_spread_candles(
        self,
        sprd_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[SpreadCandle]:
        """Candles of a spread, newest first, 1440 in all. ``after``, ``before`` in ms, ``limit`` up to 300."""

    @get("/api/v5/market/sprd-history-candles", "20/2s ip", channel="sprd-candle{bar}")
    def get_spread_history_candles(
        self,
        sprd_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[SpreadCandle]:
        """Candles of a spread of the past years, newest first. ``after``, ``before`` in ms, ``limit`` up to 100."""

    iter_spread_candles = paged(get_spread_history_candles, recent=get_spread_candles, key="ts", time="ts")
