# mypy: disable-error-code="empty-body"
"""Group ``market``: prices, books, candles, prints; no key needed. (OKX API guide: Order Book Trading > Market Data.)

Lists come newest first. ``after`` gives rows older than a cursor, ``before`` rows newer than it, both without
the cursor's own row.
"""

from __future__ import annotations

from typing import Literal

from okx_sync.exchanges.okx.models import BookUpdate, Candle, IndexTicker, Ticker, Trade
from okx_sync.exchanges.okx.models.words import CandleBar, InstType
from okx_sync.exchanges.okx.rest.market_candles import MarketCandles
from okx_sync.exchanges.okx.rest.market_more import MarketMore
from okx_sync.rest import Seek, get, paged

__all__ = ["Market"]


class Market(MarketCandles, MarketMore, group="market"):
    """Tickers, order books, candles, public trades, index prices."""

    @get("/api/v5/market/ticker", "20/2s ip")
    def get_ticker(self, inst_id: str) -> Ticker:
        """Best prices, last trade and 24 h figures of an instrument."""

    @get("/api/v5/market/tickers", "20/2s ip")
    def get_tickers(self, inst_type: InstType, inst_family: str | None = None) -> list[Ticker]:
        """Tickers of all SPOT, SWAP, FUTURES or OPTION instruments."""

    @get("/api/v5/market/books", "40/2s ip", channel="books")
    def get_books(self, inst_id: str, sz: int | None = None) -> BookUpdate:
        """The order book, best prices first. ``sz`` levels per side: 1 (default) to 400."""

    @get("/api/v5/market/candles", "40/2s ip", channel="candle{bar}")
    def get_candles(
        self,
        inst_id: str,
        bar: CandleBar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
        adjust: str | None = None,
    ) -> list[Candle]:
        """Recent candles, the open one included: at most 1440 in all, ``limit`` (300) per call.

        Parameters: ``bar`` from ``"1s"`` to ``"3M"``, with ``utc`` behind it for days that open at UTC+0;
        ``after``, ``before`` in ms; ``adjust`` for equity swaps.
        """

    @get("/api/v5/market/history-candles", "20/2s ip", channel="candle{bar}")
    def get_history_candles(
        self,
        inst_id: str,
        bar: CandleBar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
        adjust: str | None = None,
    ) -> list[Candle]:
        """Candles of the past years; parameters as for ``get_candles``."""

    iter_candles = paged(get_history_candles, recent=get_candles, key="ts", time="ts", most=300)

    @get("/api/v5/market/trades", "100/2s ip")
    def get_trades(self, inst_id: str, limit: int | None = None) -> list[Trade]:
        """The newest public trades, at most ``limit`` (500; default 100)."""

    @get("/api/v5/market/history-trades", "20/2s ip")
    def get_history_trades(
        self,
        inst_id: str,
        type_: Literal["1", "2"] | str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[Trade]:
        """Public trades of the last 3 months. ``type_``: the cursor is a ``"1"`` tradeId or ``"2"`` time in ms."""

    iter_history_trades = paged(
        get_history_trades, key="tradeId", time="ts", seek=Seek("type_", by_time="2", by_id="1")
    )

    @get("/api/v5/market/index-tickers", "20/2s ip", need_one=("quote_ccy", "inst_id"))
    def get_index_tickers(self, quote_ccy: str | None = None, inst_id: str | None = None) -> list[IndexTicker]:
        """Index prices: of one index, or of all in a quote currency (USD, USDT, BTC, USDC)."""
