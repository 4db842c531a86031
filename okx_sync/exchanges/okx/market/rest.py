# mypy: disable-error-code="empty-body"
"""Group ``market``: prices, books, candles, prints; no key needed. (OKX API guide: Order Book Trading > Market Data.)

Lists come newest first. ``after`` gives rows older than a cursor, ``before`` rows newer than it, both without
the cursor's own row.
"""

from __future__ import annotations

from typing import Literal

from okx_sync.exchanges.okx.block.models import BlockTicker
from okx_sync.exchanges.okx.market.models import (
    BinaryBook,
    BookUpdate,
    CallAuction,
    Candle,
    ExchangeRate,
    IndexCandle,
    IndexComponents,
    MarkPriceCandle,
    OptionFamilyTrades,
    PlatformVolume,
    RpiBookUpdate,
    SpreadCandle,
    Ticker,
    Trade,
)
from okx_sync.exchanges.okx.public.models import IndexTicker
from okx_sync.exchanges.okx.spread.models import SpreadTicker
from okx_sync.exchanges.okx.words import Bar, CandleBar, InstType
from okx_sync.rest import Group, Seek, get, paged

__all__ = ["Market"]


class Market(Group, group="market"):
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

    @get("/api/v5/market/books-full", "10/2s ip", channel="books-full")
    def get_books_full(self, inst_id: str, sz: int | None = None) -> BookUpdate:
        """The order book of up to 5000 levels a side (default 1), renewed once a second."""

    @get("/api/v5/market/books-rpi", "20/2s ip", channel="books-rpi")
    def get_books_rpi(self, inst_id: str, sz: int | None = None) -> RpiBookUpdate:
        """The order book with the sizes that only some accounts can take; ``sz`` up to 400 levels a side."""

    @get("/api/v5/market/books-sbe", "10/10s ip+instIdCode", binary=True)
    def get_books_sbe(self, inst_id_code: int, source: int) -> BinaryBook:
        """The order book in binary form (SBE), undecoded. ``inst_id_code`` is in ``Instrument.instIdCode``."""

    @get("/api/v5/market/call-auction-details", "20/2s ip")
    def get_call_auction_details(self, inst_id: str) -> CallAuction:
        """Where a call auction would match if it ended now."""

    @get("/api/v5/market/option/instrument-family-trades", "20/2s ip")
    def get_option_family_trades(self, inst_family: str) -> list[OptionFamilyTrades]:
        """The newest trades of an options family, calls and puts apart; sizes in contracts."""

    @get("/api/v5/market/platform-24-volume", "2/2s ip")
    def get_platform_volume(self) -> PlatformVolume:
        """What was traded on the whole exchange in 24 h, in USD and CNY."""

    @get("/api/v5/market/exchange-rate", "1/2s ip")
    def get_exchange_rate(self) -> ExchangeRate:
        """CNY for one USD, average of two weeks."""

    @get("/api/v5/market/index-components", "20/2s ip")
    def get_index_components(self, index: str) -> IndexComponents:
        """Markets and weights that make an index ("BTC-USDT")."""

    @get("/api/v5/market/block-ticker", "20/2s ip")
    def get_block_ticker(self, inst_id: str) -> BlockTicker:
        """Block volume of an instrument in 24 h."""

    @get("/api/v5/market/block-tickers", "20/2s ip")
    def get_block_tickers(self, inst_type: InstType, inst_family: str | None = None) -> list[BlockTicker]:
        """Block volumes of SPOT, SWAP, FUTURES or OPTION instruments in 24 h."""

    @get("/api/v5/market/sprd-ticker", "20/2s ip")
    def get_spread_ticker(self, sprd_id: str) -> SpreadTicker:
        """Best prices, last trade and 24 h figures of a spread."""
