# mypy: disable-error-code="empty-body"
"""Market data of V2 futures: contracts, prices, books, candles, trades, funding; no key needed.

Pages: "Contract / Market" of Bitget's API guide. ``iter_`` methods read a listing to its end, however many requests
that takes, newest rows first.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.mix.argument_words import CandlePrice, Granularity, ProductType
from okx_sync.exchanges.bitget.mix.instrument_models import MixContract
from okx_sync.exchanges.bitget.mix.market_models import (
    MixBook,
    MixCandle,
    MixFundingRate,
    MixFundingSettlement,
    MixFundingTime,
    MixOpenInterest,
    MixOpenInterestLimit,
    MixPositionTier,
    MixPrices,
    MixPublicTrade,
    MixTicker,
    MixVipFees,
)
from okx_sync.rest import Group, Tokens, Windows, get, paged

__all__ = ["MixMarket"]


class MixMarket(Group, group="mix"):
    """Contracts, prices, books, candles, trades and funding."""

    @get("/api/v2/mix/market/contracts", "20/1s ip", told=("productType",))
    def get_contracts(self, product_type: ProductType, symbol: str | None = None) -> list[MixContract]:
        """List contracts with their trading rules.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``.

        Source: GET /api/v2/mix/market/contracts
            https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts
        """

    @get("/api/v2/mix/market/ticker", "20/1s ip")
    def get_ticker(self, symbol: str, product_type: ProductType) -> MixTicker:
        """Get best prices, last trade and 24 h figures of a contract.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/ticker
            https://www.bitget.com/api-doc/contract/market/Get-Ticker
        """

    @get("/api/v2/mix/market/tickers", "20/1s ip")
    def get_tickers(self, product_type: ProductType) -> list[MixTicker]:
        """List best prices, last trades and 24 h figures of a product type.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/tickers
            https://www.bitget.com/api-doc/contract/market/Get-All-Symbol-Ticker
        """

    @get("/api/v2/mix/market/symbol-price", "20/1s ip")
    def get_symbol_price(self, symbol: str, product_type: ProductType) -> MixPrices:
        """Get last, index and mark price of a contract.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/symbol-price
            https://www.bitget.com/api-doc/contract/market/Get-Symbol-Price
        """

    @get("/api/v2/mix/market/merge-depth", "20/1s ip")
    def get_order_book(
        self, symbol: str, product_type: ProductType, precision: str | None = None, limit: int | str | None = None
    ) -> MixBook:
        """Get the order book, best prices first.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            precision: How far prices are merged: ``"scale0"`` (not, as when left out) to ``"scale3"``.
            limit: Price levels per side: 1, 5, 15, 50 or ``"max"``; 100 when left out.

        Source: GET /api/v2/mix/market/merge-depth
            https://www.bitget.com/api-doc/contract/market/Get-Merge-Depth
        """

    @get("/api/v2/mix/market/fills", "20/1s ip")
    def get_trades(self, symbol: str, product_type: ProductType, limit: int | None = None) -> list[MixPublicTrade]:
        """List the newest public trades.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            limit: Rows per page: 1 to 1000; 100 when left out. Pages of Bitget disagree: 100 is always taken.

        Source: GET /api/v2/mix/market/fills
            https://www.bitget.com/api-doc/contract/market/Get-Recent-Fills
        """

    @get("/api/v2/mix/market/fills-history", "10/1s ip")
    def get_trades_history(
        self,
        symbol: str,
        product_type: ProductType,
        limit: int | None = None,
        id_less_than: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
    ) -> list[MixPublicTrade]:
        """List public trades, newest first; 90 days back, 7 days in one request.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            limit: Rows per page: 1 to 1000; 500 when left out.
            id_less_than: Only trades older than the one of this id; ``iter_`` does that.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.

        Source: GET /api/v2/mix/market/fills-history
            https://www.bitget.com/api-doc/contract/market/Get-Fills-History
        """

    iter_trades_history = paged(
        get_trades_history,
        tokens=Tokens("id_less_than", row="tradeId"),
        windows=Windows("start_time", "end_time", 7, 90),
        time="ts",
        most=1000,
    )

    @get("/api/v2/mix/market/candles", "20/1s ip")
    def get_candles(
        self,
        symbol: str,
        product_type: ProductType,
        granularity: Granularity,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        k_line_type: CandlePrice | None = None,
    ) -> list[MixCandle]:
        """List the newest candles, oldest first, the open one included.

        How many days back depends on the length: a month of minutes, 83 days of hours, 360 days of ``6H``. Older ones:
        ``get_candles_history``.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            granularity: Length of a candle, such as ``"1m"``, ``"4H"`` or ``"1Dutc"``: days, weeks and months begin at
                midnight UTC+8, those with ``utc`` at midnight UTC.
            start_time: First moment in epoch ms, 90 days before ``end_time`` at most.
            end_time: Moment in epoch ms before which the candles opened. Pages count back from it.
            limit: Rows per page: 1 to 1000; 100 when left out.
            k_line_type: Price that they are of: ``"MARKET"`` (trades, as when left out), ``"MARK"`` or ``"INDEX"``.

        Source: GET /api/v2/mix/market/candles
            https://www.bitget.com/api-doc/contract/market/Get-Candle-Data
        """

    @get("/api/v2/mix/market/history-candles", "20/1s ip")
    def get_candles_history(
        self,
        symbol: str,
        product_type: ProductType,
        granularity: Granularity,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        k_line_type: CandlePrice | None = None,
    ) -> list[MixCandle]:
        """List candles of trades, oldest first; those that are over only.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            granularity: Length of a candle, such as ``"1m"``, ``"4H"`` or ``"1Dutc"``: days, weeks and months begin at
                midnight UTC+8, those with ``utc`` at midnight UTC.
            start_time: First moment in epoch ms, 90 days before ``end_time`` at most; one source says it is ignored.
            end_time: Moment in epoch ms before which the candles opened. Pages count back from it.
            limit: Rows per page: 1 to 200; 100 when left out.
            k_line_type: Price that they are of; one source has it, and ``"MARKET"`` is meant when left out.

        Source: GET /api/v2/mix/market/history-candles
            https://www.bitget.com/api-doc/contract/market/Get-History-Candle-Data
        """

    iter_candles = paged(get_candles_history, recent=get_candles, key="ts", time="ts", most=200, open_end=True)

    @get("/api/v2/mix/market/history-index-candles", "20/1s ip")
    def get_index_candles_history(
        self,
        symbol: str,
        product_type: ProductType,
        granularity: Granularity,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
    ) -> list[MixCandle]:
        """List candles of the index price, oldest first; those that are over only.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            granularity: Length of a candle, such as ``"1m"``, ``"4H"`` or ``"1Dutc"``: days, weeks and months begin at
                midnight UTC+8, those with ``utc`` at midnight UTC.
            start_time: First moment in epoch ms, 90 days before ``end_time`` at most; one source says it is ignored.
            end_time: Moment in epoch ms before which the candles opened. Pages count back from it.
            limit: Rows per page: 1 to 200; 100 when left out.

        Source: GET /api/v2/mix/market/history-index-candles
            https://www.bitget.com/api-doc/contract/market/Get-History-Index-Candle-Data
        """

    iter_index_candles = paged(get_index_candles_history, key="ts", time="ts", most=200, open_end=True)

    @get("/api/v2/mix/market/history-mark-candles", "20/1s ip")
    def get_mark_price_candles_history(
        self,
        symbol: str,
        product_type: ProductType,
        granularity: Granularity,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
    ) -> list[MixCandle]:
        """List candles of the mark price, oldest first; those that are over only.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            granularity: Length of a candle, such as ``"1m"``, ``"4H"`` or ``"1Dutc"``: days, weeks and months begin at
                midnight UTC+8, those with ``utc`` at midnight UTC.
            start_time: First moment in epoch ms, 90 days before ``end_time`` at most; one source says it is ignored.
            end_time: Moment in epoch ms before which the candles opened. Pages count back from it.
            limit: Rows per page: 1 to 200; 100 when left out.

        Source: GET /api/v2/mix/market/history-mark-candles
            https://www.bitget.com/api-doc/contract/market/Get-History-Mark-Candle-Data
        """

    iter_mark_price_candles = paged(get_mark_price_candles_history, key="ts", time="ts", most=200, open_end=True)

    @get("/api/v2/mix/market/current-fund-rate", "20/1s ip")
    def get_funding_rate(self, product_type: ProductType, symbol: str | None = None) -> list[MixFundingRate]:
        """List the funding rates in force.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All of the product type when left out.

        Source: GET /api/v2/mix/market/current-fund-rate
            https://www.bitget.com/api-doc/contract/market/Get-Current-Funding-Rate
        """

    @get("/api/v2/mix/market/history-fund-rate", "20/1s ip")
    def get_funding_rate_history(
        self, symbol: str, product_type: ProductType, page_size: int | None = None, page_no: int | None = None
    ) -> list[MixFundingSettlement]:
        """List funding settlements, newest first.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            page_size: Rows per page: 1 to 100; 20 when left out.
            page_no: Number of the page; 1 when left out; ``iter_`` does that.

        Source: GET /api/v2/mix/market/history-fund-rate
            https://www.bitget.com/api-doc/contract/market/Get-History-Funding-Rate
        """

    iter_funding_rate_history = paged(get_funding_rate_history, same="fundingTime", time="fundingTime", most=100)

    @get("/api/v2/mix/market/funding-time", "20/1s ip")
    def get_next_funding_time(self, symbol: str, product_type: ProductType) -> MixFundingTime:
        """Get when the next funding of a contract is.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/funding-time
            https://www.bitget.com/api-doc/contract/market/Get-Symbol-Next-Funding-Time
        """

    @get("/api/v2/mix/market/open-interest", "20/1s ip")
    def get_open_interest(self, symbol: str, product_type: ProductType) -> MixOpenInterest:
        """Get the open interest of a contract.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/open-interest
            https://www.bitget.com/api-doc/contract/market/Get-Open-Interest
        """

    @get("/api/v2/mix/market/oi-limit", "10/1s ip")
    def get_oi_limit(self, product_type: ProductType, symbol: str | None = None) -> list[MixOpenInterestLimit]:
        """List how large positions may be.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All of the product type when left out.

        Source: GET /api/v2/mix/market/oi-limit
            https://www.bitget.com/api-doc/contract/market/Get-Contracts-Oi
        """

    @get("/api/v2/mix/market/query-position-lever", "10/1s ip")
    def get_position_tiers(self, symbol: str, product_type: ProductType) -> list[MixPositionTier]:
        """List tiers of position sizes with margins and leverage.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/query-position-lever
            https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever
        """

    @get("/api/v2/mix/market/vip-fee-rate", "10/1s ip")
    def get_vip_fee_rates(self, product_type: ProductType | None = None) -> list[MixVipFees]:
        """List the fees of the VIP levels.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/market/vip-fee-rate
            https://www.bitget.com/api-doc/contract/market/Get-VIP-Fee-Rate
        """
