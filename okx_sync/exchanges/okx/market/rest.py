# mypy: disable-error-code="empty-body"
"""Groups ``market`` (prices, books, candles, prints) and ``rubik`` (statistics of trading); no key needed.

(OKX API guide: Order Book Trading > Market Data, Trading Statistics.)

Lists come newest first. ``after`` gives rows older than a cursor, ``before`` rows newer than it, both without
the cursor's own row.
"""

from __future__ import annotations

from typing import Literal

from okx_sync.exchanges.okx.block.models import BlockTicker
from okx_sync.exchanges.okx.market.models import (
    AccountRatio,
    BinaryBook,
    BookUpdate,
    CallAuction,
    Candle,
    ExchangeRate,
    ExpiryInterest,
    IndexCandle,
    IndexComponents,
    InterestVolume,
    MarkPriceCandle,
    OpenInterestPoint,
    OptionFamilyTrades,
    OptionTakerVolume,
    PlatformVolume,
    PositionRatio,
    PutCallRatio,
    Ratio,
    RpiBookUpdate,
    SpreadCandle,
    StrikeInterest,
    SupportedCoins,
    TakerVolume,
    Ticker,
    Trade,
)
from okx_sync.exchanges.okx.public.models import IndexTicker
from okx_sync.exchanges.okx.spread.models import SpreadTicker
from okx_sync.exchanges.okx.words import Bar, CandleBar, InstType
from okx_sync.rest import Group, Seek, get, paged

__all__ = ["Market", "Rubik"]


class Market(Group, group="market"):
    """Tickers, order books, candles, public trades, index prices."""

    @get("/api/v5/market/ticker", "20/2s ip")
    def get_ticker(self, inst_id: str) -> Ticker:
        """Get the best prices, last trade and 24 h figures of an instrument.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/market/ticker
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-ticker
        """

    @get("/api/v5/market/tickers", "20/2s ip")
    def get_tickers(self, inst_type: InstType, inst_family: str | None = None) -> list[Ticker]:
        """Get the tickers of all SPOT, SWAP, FUTURES or OPTION instruments.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.

        Source: GET /api/v5/market/tickers
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-tickers
        """

    @get("/api/v5/market/books", "40/2s ip", channel="books")
    def get_books(self, inst_id: str, sz: int | None = None) -> BookUpdate:
        """Get the order book, best prices first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            sz: Price levels per side, 1 (the default) to 400.

        Source: GET /api/v5/market/books
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book
        """

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
        """Get recent candles, newest first, the open one included.

        At most 1440 candles back in all; ``get_history_candles`` has older ones.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            bar: Time that one candle spans, from ``1s`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most 300 and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            adjust: ``forward`` for prices and sizes adjusted for splits, of equity perpetuals only; without it they are
                as traded.

        Source: GET /api/v5/market/candles
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks
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
        """Get candles of the past years, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            bar: Time that one candle spans, from ``1s`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most 300 and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            adjust: ``forward`` for prices and sizes adjusted for splits, of equity perpetuals only; without it they are
                as traded.

        Source: GET /api/v5/market/history-candles
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks-history
        """

    iter_candles = paged(get_history_candles, recent=get_candles, key="ts", time="ts", most=300)

    @get("/api/v5/market/trades", "100/2s ip")
    def get_trades(self, inst_id: str, limit: int | None = None) -> list[Trade]:
        """Get the newest public trades.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            limit: Rows per call, at most 500 and by default 100.

        Source: GET /api/v5/market/trades
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades
        """

    @get("/api/v5/market/history-trades", "20/2s ip")
    def get_history_trades(
        self,
        inst_id: str,
        type_: Literal["1", "2"] | str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[Trade]:
        """Get public trades of the last 3 months, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            type_: What the cursors are: ``1`` trade ids (the default), ``2`` times.
            after: Only rows older than this cursor: a trade id, or a time in ms since the epoch.
            before: Only rows newer than this cursor: a trade id, or a time in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/market/history-trades
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades-history
        """

    iter_history_trades = paged(
        get_history_trades, key="tradeId", time="ts", seek=Seek("type_", by_time="2", by_id="1")
    )

    @get("/api/v5/market/index-tickers", "20/2s ip", need_one=("quote_ccy", "inst_id"))
    def get_index_tickers(self, quote_ccy: str | None = None, inst_id: str | None = None) -> list[IndexTicker]:
        """Get the price of one index, or of all in a quote currency.

        Args:
            quote_ccy: Only indices in this currency: USD, USDT, BTC or USDC.
            inst_id: Only the index of this id, such as ``BTC-USD``.

        Raises:
            ConfigError: Neither ``quote_ccy`` nor ``inst_id`` is given. Nothing was sent.

        Source: GET /api/v5/market/index-tickers
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-tickers
        """

    @get("/api/v5/market/index-candles", "20/2s ip", channel="index-candle{bar}")
    def get_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[IndexCandle]:
        """Get recent candles of an index, newest first.

        At most 1440 candles back in all.

        Args:
            inst_id: Id of the index, such as ``BTC-USD``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/index-candles
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-candlesticks
        """

    @get("/api/v5/market/history-index-candles", "10/2s ip", channel="index-candle{bar}")
    def get_history_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[IndexCandle]:
        """Get candles of an index of the past years, newest first.

        Args:
            inst_id: Id of the index, such as ``BTC-USD``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/history-index-candles
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-candlesticks-history
        """

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
        """Get recent candles of the mark price, newest first.

        At most 1440 candles back in all.

        Args:
            inst_id: Id of the instrument whose mark price is meant, such as ``BTC-USD-SWAP``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/mark-price-candles
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price-candlesticks
        """

    @get("/api/v5/market/history-mark-price-candles", "20/2s ip", channel="mark-price-candle{bar}")
    def get_history_mark_price_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[MarkPriceCandle]:
        """Get candles of the mark price of the past years, newest first.

        Args:
            inst_id: Id of the instrument whose mark price is meant, such as ``BTC-USD-SWAP``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/history-mark-price-candles
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price-candlesticks-history
        """

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
        """Get recent candles of a spread, newest first.

        At most 1440 candles back in all.

        Args:
            sprd_id: Id of the spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most 300 and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/sprd-candles
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-candlesticks
        """

    @get("/api/v5/market/sprd-history-candles", "20/2s ip", channel="sprd-candle{bar}")
    def get_spread_history_candles(
        self,
        sprd_id: str,
        bar: Bar = "1m",
        limit: int | None = None,
        after: int | None = None,
        before: int | None = None,
    ) -> list[SpreadCandle]:
        """Get candles of a spread of the past years, newest first.

        Args:
            sprd_id: Id of the spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            bar: Time that one candle spans, from ``1m`` to ``3M`` (``1M`` is a month). From ``6H`` up candles open at
                UTC+8, with ``utc`` behind at UTC+0.
            limit: Rows per call, at most and by default 100.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.

        Source: GET /api/v5/market/sprd-history-candles
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-candlesticks-history
        """

    iter_spread_candles = paged(get_spread_history_candles, recent=get_spread_candles, key="ts", time="ts")

    @get("/api/v5/market/books-full", "10/2s ip", channel="books-full")
    def get_books_full(self, inst_id: str, sz: int | None = None) -> BookUpdate:
        """Get the order book with many levels, renewed once a second.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            sz: Price levels per side, 1 (the default) to 5000.

        Source: GET /api/v5/market/books-full
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-full-order-book
        """

    @get("/api/v5/market/books-rpi", "20/2s ip", channel="books-rpi")
    def get_books_rpi(self, inst_id: str, sz: int | None = None) -> RpiBookUpdate:
        """Get the order book with the sizes that only some accounts can take.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            sz: Price levels per side, 1 (the default) to 400.

        Source: GET /api/v5/market/books-rpi
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-rpi-order-book
        """

    @get("/api/v5/market/books-sbe", "10/10s ip+instIdCode", binary=True)
    def get_books_sbe(self, inst_id_code: int, source: int) -> BinaryBook:
        """Get the order book in binary form (SBE), not decoded.

        Args:
            inst_id_code: Number of the instrument, the code in ``Instrument.instIdCode``.
            source: Code of the source of the book; ``0`` is the normal one.

        Source: GET /api/v5/market/books-sbe
            https://www.okx.com/docs-v5/en/#order-book-trading-sbe-market-data
        """

    @get("/api/v5/market/call-auction-details", "20/2s ip")
    def get_call_auction_details(self, inst_id: str) -> CallAuction:
        """Show where a call auction would match if it ended now.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/market/call-auction-details
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-call-auction-details
        """

    @get("/api/v5/market/option/instrument-family-trades", "20/2s ip")
    def get_option_family_trades(self, inst_family: str) -> list[OptionFamilyTrades]:
        """Get the newest trades of an options family, calls and puts apart.

        Sizes are in contracts.

        Args:
            inst_family: Family of the contracts, such as ``BTC-USD``.

        Source: GET /api/v5/market/option/instrument-family-trades
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-option-trades-by-instrument-family
        """

    @get("/api/v5/market/platform-24-volume", "2/2s ip")
    def get_platform_volume(self) -> PlatformVolume:
        """Get what was traded on the whole exchange in 24 h, in USD and CNY.

        Source: GET /api/v5/market/platform-24-volume
            https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-24h-total-volume
        """

    @get("/api/v5/market/exchange-rate", "1/2s ip")
    def get_exchange_rate(self) -> ExchangeRate:
        """Get CNY for one USD, the average of two weeks.

        Source: GET /api/v5/market/exchange-rate
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-exchange-rate
        """

    @get("/api/v5/market/index-components", "20/2s ip")
    def get_index_components(self, index: str) -> IndexComponents:
        """Get the markets and weights that make an index.

        Args:
            index: Id of the index, such as ``BTC-USDT``.

        Source: GET /api/v5/market/index-components
            https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-components
        """

    @get("/api/v5/market/block-ticker", "20/2s ip")
    def get_block_ticker(self, inst_id: str) -> BlockTicker:
        """Get the block volume of an instrument in 24 h.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: GET /api/v5/market/block-ticker
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-block-ticker
        """

    @get("/api/v5/market/block-tickers", "20/2s ip")
    def get_block_tickers(self, inst_type: InstType, inst_family: str | None = None) -> list[BlockTicker]:
        """Get the block volumes of SPOT, SWAP, FUTURES or OPTION instruments in 24 h.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.

        Source: GET /api/v5/market/block-tickers
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-block-tickers
        """

    @get("/api/v5/market/sprd-ticker", "20/2s ip")
    def get_spread_ticker(self, sprd_id: str) -> SpreadTicker:
        """Get the best prices, last trade and 24 h figures of a spread.

        Args:
            sprd_id: Id of the spread, such as ``BTC-USDT_BTC-USDT-SWAP``.

        Source: GET /api/v5/market/sprd-ticker
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-ticker-public
        """


class Rubik(Group, group="rubik"):
    """Taker volumes, long and short, open interest, options."""

    @get("/api/v5/rubik/stat/trading-data/support-coin", "5/2s ip")
    def get_supported_coins(self) -> SupportedCoins:
        """List the currencies that these figures exist for.

        Source: GET /api/v5/rubik/stat/trading-data/support-coin
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-support-coin
        """

    @get("/api/v5/rubik/stat/taker-volume", "5/2s ip")
    def get_taker_volume(
        self,
        ccy: str,
        inst_type: InstType,
        period: str | None = None,
        *,
        begin: int | None = None,
        end: int | None = None,
    ) -> list[TakerVolume]:
        """Get what takers sold and bought in a currency, in coins, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            inst_type: Market: ``SPOT`` or ``CONTRACTS`` (all derivatives).
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/taker-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-taker-volume
        """

    @get("/api/v5/rubik/stat/taker-volume-contract", "5/2s ip+instId")
    def get_taker_volume_contract(
        self,
        inst_id: str,
        period: str | None = None,
        unit: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[TakerVolume]:
        """Get what takers sold and bought of a contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            unit: What volumes are counted in: ``0`` coins, ``1`` contracts (the default), ``2`` USD.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/taker-volume-contract
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-taker-volume
        """

    iter_taker_volume_contract = paged(get_taker_volume_contract, key="ts", time="ts")

    @get("/api/v5/rubik/stat/margin/loan-ratio", "5/2s ip")
    def get_margin_loan_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Get loans in quote currency divided by loans in the coin, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/margin/loan-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-margin-long-short-ratio
        """

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio", "5/2s ip")
    def get_long_short_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Get accounts that are long divided by accounts that are short, newest first.

        All contracts of a currency together.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-long-short-ratio
        """

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract", "5/2s ip+instId")
    def get_long_short_ratio_contract(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[AccountRatio]:
        """Get accounts long divided by accounts short in a contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio-contract
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-long-short-ratio
        """

    iter_long_short_ratio_contract = paged(get_long_short_ratio_contract, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader", "5/2s ip+instId")
    def get_top_trader_account_ratio(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[AccountRatio]:
        """Get accounts long divided by accounts short among the largest 5 % of accounts.

        Of one contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-top-traders-contract-long-short-ratio
        """

    iter_top_trader_account_ratio = paged(get_top_trader_account_ratio, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader", "5/2s ip+instId")
    def get_top_trader_position_ratio(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[PositionRatio]:
        """Get long positions divided by short ones among the largest 5 % of accounts.

        Of one contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader
        """

    iter_top_trader_position_ratio = paged(get_top_trader_position_ratio, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/open-interest-history", "10/2s ip+instId")
    def get_open_interest_history(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[OpenInterestPoint]:
        """Get the open interest of a contract in contracts, coins and USD, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/open-interest-history
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-open-interest-history
        """

    iter_open_interest_history = paged(get_open_interest_history, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/open-interest-volume", "5/2s ip")
    def get_open_interest_volume(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[InterestVolume]:
        """Get open interest and volume of all contracts of a currency, in USD, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/contracts/open-interest-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contracts-open-interest-and-volume
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume", "5/2s ip")
    def get_option_open_interest_volume(self, ccy: str, period: str | None = None) -> list[InterestVolume]:
        """Get open interest and volume of a currency's options, in coins, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-options-open-interest-and-volume
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-ratio", "5/2s ip")
    def get_option_ratio(self, ccy: str, period: str | None = None) -> list[PutCallRatio]:
        """Get puts divided by calls, of open interest and of volume, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-put-call-ratio
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-expiry", "5/2s ip")
    def get_option_expiries(self, ccy: str, period: str | None = None) -> list[ExpiryInterest]:
        """Get open interest and volume of a currency's options by expiry, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-expiry
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-open-interest-and-volume-expiry
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-strike", "5/2s ip")
    def get_option_strikes(self, ccy: str, exp_time: str, period: str | None = None) -> list[StrikeInterest]:
        """Get open interest and volume of a currency's options by strike, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            exp_time: Day of expiry as eight digits, year first: ``20260925``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-strike
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-open-interest-and-volume-strike
        """

    @get("/api/v5/rubik/stat/option/taker-block-volume", "5/2s ip", flat=True)
    def get_option_taker_volume(self, ccy: str, period: str | None = None) -> OptionTakerVolume:
        """Get what takers buy and sell in a currency's options, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/taker-block-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-taker-flow
        """
