# mypy: disable-error-code="empty-body"
"""The part of group ``spot`` that needs no key: coins, pairs, prices, books, candles, trades.

Pages: "Spot / Market" of Bitget's API guide. ``iter_`` methods read a listing to its end, however many requests that
takes.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.spot.market_models import (
    SpotAuction,
    SpotBook,
    SpotCandle,
    SpotCoin,
    SpotMergedBook,
    SpotSymbol,
    SpotTicker,
    SpotTrade,
    SpotVipLevel,
)
from okx_sync.exchanges.bitget.spot.words import Granularity
from okx_sync.rest import Group, Tokens, Windows, get, paged

__all__ = ["SpotMarket"]


class SpotMarket(Group, group="spot"):
    """Public data of spot."""

    @get("/api/v2/spot/public/coins", "3/1s ip")
    def get_coins(self, coin: str | None = None) -> list[SpotCoin]:
        """List coins with their chains: fees, limits and confirmations of deposits and withdrawals.

        Args:
            coin: Only this coin, such as ``BTC``.

        Source: GET /api/v2/spot/public/coins
            https://www.bitget.com/api-doc/spot/market/Get-Coin-List
        """

    @get("/api/v2/spot/public/symbols", "20/1s ip")
    def get_symbols(self, symbol: str | None = None) -> list[SpotSymbol]:
        """List pairs with their trading rules.

        Args:
            symbol: Only this pair, such as ``BTCUSDT``.

        Source: GET /api/v2/spot/public/symbols
            https://www.bitget.com/api-doc/spot/market/Get-Symbols
        """

    @get("/api/v2/spot/market/tickers", "20/1s ip")
    def get_tickers(self, symbol: str | None = None) -> list[SpotTicker]:
        """List best prices, last trades and figures of 24 hours.

        Args:
            symbol: Only this pair, such as ``BTCUSDT``.

        Source: GET /api/v2/spot/market/tickers
            https://www.bitget.com/api-doc/spot/market/Get-Tickers
        """

    @get("/api/v2/spot/market/orderbook", "20/1s ip")
    def get_order_book(self, symbol: str, type_: str | None = None, limit: int | None = None) -> SpotBook:
        """Get the order book, best prices first.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            type_: How far prices are merged: ``step0`` (not at all, the default) to ``step5``.
            limit: Price levels per side: 1 to 150; 150 when left out.

        Source: GET /api/v2/spot/market/orderbook
            https://www.bitget.com/api-doc/spot/market/Get-Orderbook
        """

    @get("/api/v2/spot/market/merge-depth", "20/1s ip")
    def get_merged_order_book(
        self, symbol: str, precision: str | None = None, limit: str | int | None = None
    ) -> SpotMergedBook:
        """Get the order book with levels put together, best prices first.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            precision: How coarse: ``scale0`` (not merged, the default) to ``scale3``; where a pair has fewer, the
                coarsest that it has.
            limit: Price levels per side: 1, 5, 15, 50 or ``max``; 100 when left out.

        Source: GET /api/v2/spot/market/merge-depth
            https://www.bitget.com/api-doc/spot/market/Merge-Orderbook
        """

    @get("/api/v2/spot/market/candles", "20/1s ip")
    def get_candles(
        self,
        symbol: str,
        granularity: Granularity,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
    ) -> list[SpotCandle]:
        """List recent candles, oldest first, the open one included.

        How far back depends on the length of a candle: a month for the shortest, 360 days for ``6h``; further back
        ``get_candles_history`` goes.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            granularity: Length of a candle, such as ``1min``, ``4h``, ``1day``; with ``utc`` days begin at 00:00 UTC.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per request: 1 to 1000; 100 when left out.

        Source: GET /api/v2/spot/market/candles
            https://www.bitget.com/api-doc/spot/market/Get-Candle-Data
        """

    iter_candles = paged(get_candles, key="ts", time="ts", most=1000, open_end=True)

    @get("/api/v2/spot/market/history-candles", "20/1s ip")
    def get_candles_history(
        self, symbol: str, granularity: Granularity, end_time: int, limit: int | None = None
    ) -> list[SpotCandle]:
        """List candles before a moment, oldest first.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            granularity: Length of a candle, such as ``1min``, ``4h``, ``1day``; with ``utc`` days begin at 00:00 UTC.
            end_time: Moment in epoch ms before which they began; whether one of that moment comes, nobody says.
            limit: Rows per request: 1 to 200; 100 when left out.

        Source: GET /api/v2/spot/market/history-candles
            https://www.bitget.com/api-doc/spot/market/Get-History-Candle-Data
        """

    iter_candles_history = paged(get_candles_history, key="ts", time="ts", most=200, open_end=True)

    @get("/api/v2/spot/market/fills", "10/1s ip")
    def get_trades(self, symbol: str, limit: int | None = None) -> list[SpotTrade]:
        """List the newest public trades, newest first.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            limit: Rows per request: 1 to 500; 100 when left out.

        Source: GET /api/v2/spot/market/fills
            https://www.bitget.com/api-doc/spot/market/Get-Recent-Trades
        """

    @get("/api/v2/spot/market/fills-history", "10/1s ip")
    def get_trades_history(
        self,
        symbol: str,
        limit: int | None = None,
        id_less_than: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
    ) -> list[SpotTrade]:
        """List public trades of the last 90 days, newest first.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.
            limit: Rows per page: 1 to 1000; 500 when left out.
            id_less_than: Only trades before the one of this id; ``iter_`` sets it.
            start_time: First moment in epoch ms; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms.

        Source: GET /api/v2/spot/market/fills-history
            https://www.bitget.com/api-doc/spot/market/Get-Market-Trades
        """

    iter_trades_history = paged(
        get_trades_history,
        tokens=Tokens("id_less_than", row="tradeId"),
        windows=Windows("start_time", "end_time", 7, 90),
        time="ts",
        most=1000,
    )

    @get("/api/v2/spot/market/vip-fee-rate", "10/1s ip")
    def get_vip_fee_rates(self) -> list[SpotVipLevel]:
        """List the VIP levels: what they need, their fees, how much they may withdraw.

        Source: GET /api/v2/spot/market/vip-fee-rate
            https://www.bitget.com/api-doc/spot/market/Get-VIP-Fee-Rate
        """

    @get("/api/v2/spot/market/auction", "20/1s ip")
    def get_call_auction(self, symbol: str) -> SpotAuction:
        """Get the state of the call auction of a new pair.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.

        Source: GET /api/v2/spot/market/auction
            https://www.bitget.com/api-doc/spot/market/Get-Auction
        """
