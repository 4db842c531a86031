# mypy: disable-error-code="empty-body"
"""Market data of group ``uta``: prices, books, candles, trades, instruments; no key needed.

Pages: "Market" of Bitget's UTA guide. Bitget counts these calls by address. Lists come newest first. ``iter_`` methods
read a listing to its end, however many requests that takes.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.uta.instrument_models import UtaInstrument
from okx_sync.exchanges.bitget.uta.market_models import (
    UtaBook,
    UtaCandle,
    UtaCoinDiscount,
    UtaFeeGroup,
    UtaFundingRate,
    UtaIndexComponents,
    UtaLiquidation,
    UtaMarginLoan,
    UtaOpenInterest,
    UtaOpenInterestLimit,
    UtaPastFunding,
    UtaPositionTier,
    UtaPublicTrade,
    UtaReserveProof,
    UtaRiskReserve,
    UtaRiskReserveFund,
    UtaRpiBook,
    UtaRpiSymbol,
    UtaServerTime,
    UtaTicker,
)
from okx_sync.exchanges.bitget.uta.words import CandleTypeArg, CategoryArg, FuturesArg, IntervalArg
from okx_sync.rest import Group, Tokens, get, paged

__all__ = ["UtaMarket"]


class UtaMarket(Group, group="uta"):
    """Prices, books, candles, trades and instruments."""

    @get("/api/v3/market/time")
    def get_server_time(self) -> UtaServerTime:
        """Get Bitget's clock.

        Source: GET /api/v3/market/time
        """

    @get("/api/v3/market/instruments", "20/1s ip")
    def get_instruments(self, category: CategoryArg, symbol: str | None = None) -> list[UtaInstrument]:
        """List instruments with their trading rules; ``to_spec()`` of a row gives them in neutral form.

        Args:
            category: Kind of product: ``"SPOT"``, ``"MARGIN"``, ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or
                ``"USDC-FUTURES"``.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /api/v3/market/instruments
            https://www.bitget.com/api-doc/uta/public/Instruments
        """

    @get("/api/v3/market/tickers", "20/1s ip")
    def get_tickers(self, category: CategoryArg, symbol: str | None = None) -> list[UtaTicker]:
        """List best prices, last trades and 24 h figures.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures; margin has the prices of spot.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /api/v3/market/tickers
            https://www.bitget.com/api-doc/uta/public/Tickers
        """

    @get("/api/v3/market/orderbook", "20/1s ip")
    def get_order_book(self, category: CategoryArg, symbol: str, limit: int | None = None) -> UtaBook:
        """Get the order book, best prices first.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Price levels per side: 1 to 200; 5 when left out.

        Source: GET /api/v3/market/orderbook
            https://www.bitget.com/api-doc/uta/public/OrderBook
        """

    @get("/api/v3/market/rpi-orderbook", "10/1s ip")
    def get_rpi_order_book(self, category: CategoryArg, symbol: str, limit: int | None = None) -> UtaRpiBook:
        """Get the order book with retail price improvement orders.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Price levels per side.

        Source: GET /api/v3/market/rpi-orderbook
        """

    @get("/api/v3/market/rpi-symbols", "10/1s ip")
    def get_rpi_symbols(self, category: CategoryArg | None = None) -> list[UtaRpiSymbol]:
        """List the instruments that have retail price improvement orders.

        Args:
            category: Kind of product; all when left out.

        Source: GET /api/v3/market/rpi-symbols
        """

    @get("/api/v3/market/fills", "20/1s ip")
    def get_trades(self, category: CategoryArg, symbol: str, limit: int | None = None) -> list[UtaPublicTrade]:
        """List the newest public trades.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Rows: 1 to 100; 100 when left out.

        Source: GET /api/v3/market/fills
            https://www.bitget.com/api-doc/uta/public/Fills
        """

    @get("/api/v3/market/candles", "20/1s ip")
    def get_candles(
        self,
        category: CategoryArg,
        symbol: str,
        interval: IntervalArg,
        start_time: int | None = None,
        end_time: int | None = None,
        type_: CandleTypeArg | None = None,
        limit: int | None = None,
    ) -> list[UtaCandle]:
        """List recent candles, the open one included.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, hours or a day, such as ``"1m"``, ``"4H"`` or ``"1D"``.
            start_time: First moment in epoch ms.
            end_time: Moment before which candles open, in epoch ms.
            type_: Which price: ``"market"`` (the default), ``"mark"``, ``"index"`` or ``"premium"``.
            limit: Rows per page: the page says 1 to 100, and 1000 when left out.

        Source: GET /api/v3/market/candles
            https://www.bitget.com/api-doc/uta/public/Get-Candle-Data
        """

    @get("/api/v3/market/history-candles", "20/1s ip")
    def get_candles_history(
        self,
        category: CategoryArg,
        symbol: str,
        interval: IntervalArg,
        start_time: int | None = None,
        end_time: int | None = None,
        type_: CandleTypeArg | None = None,
        limit: int | None = None,
    ) -> list[UtaCandle]:
        """List candles of the last 90 days.

        Args:
            category: Kind of product: ``"SPOT"`` or one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, hours or a day, such as ``"1m"``, ``"4H"`` or ``"1D"``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            type_: Which price: ``"market"`` (the default), ``"mark"``, ``"index"`` or ``"premium"``.
            limit: Rows per page: 1 to 100; 100 when left out.

        Source: GET /api/v3/market/history-candles
            https://www.bitget.com/api-doc/uta/public/Get-History-Candle-Data
        """

    iter_candles = paged(get_candles_history, recent=get_candles, key="ts", time="ts", most=100, open_end=True)

    @get("/api/v3/market/current-fund-rate", "20/1s ip")
    def get_funding_rate(self, symbol: str, category: FuturesArg | None = None) -> list[UtaFundingRate]:
        """Get the funding rate of the next settlement.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            category: Kind of futures, where the name alone leaves it open.

        Source: GET /api/v3/market/current-fund-rate
            https://www.bitget.com/api-doc/uta/public/Get-Current-Funding-Rate
        """

    @get(
        "/api/v3/market/history-fund-rate",
        "20/1s ip",
        list_key="resultList",
        wires={"page": "cursor"},
    )
    def get_funding_rate_history(
        self, category: FuturesArg, symbol: str, page: int | None = None, limit: int | None = None
    ) -> list[UtaPastFunding]:
        """List funding settlements, newest first.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            page: Number of the page: 1 to 100; 1 when left out. Bitget calls it ``cursor``; ``iter_`` does that.
            limit: Rows per page: 1 to 200; 200 when left out.

        Source: GET /api/v3/market/history-fund-rate
            https://www.bitget.com/api-doc/uta/public/Get-History-Funding-Rate
        """

    iter_funding_rate_history = paged(get_funding_rate_history, same="fundingRateTimestamp", most=200)

    @get("/api/v3/market/open-interest", "20/1s ip", list_key="list")
    def get_open_interest(self, category: FuturesArg, symbol: str | None = None) -> list[UtaOpenInterest]:
        """List open interest.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /api/v3/market/open-interest
            https://www.bitget.com/api-doc/uta/public/Get-Open-Interest
        """

    @get("/api/v3/market/oi-limit", "10/1s ip")
    def get_contracts_oi(self, category: FuturesArg, symbol: str | None = None) -> list[UtaOpenInterestLimit]:
        """List how much open interest contracts may have.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /api/v3/market/oi-limit
            https://www.bitget.com/api-doc/uta/public/Get-Contracts-Oi
        """

    @get("/api/v3/market/position-tier", "20/1s ip")
    def get_position_tiers(
        self, category: CategoryArg, symbol: str | None = None, coin: str | None = None
    ) -> list[UtaPositionTier]:
        """List tiers of position sizes with margin and leverage.

        Args:
            category: Kind of product: ``"MARGIN"`` or one of the futures.
            symbol: Name of the instrument, for futures.
            coin: Currency, for margin trading.

        Source: GET /api/v3/market/position-tier
            https://www.bitget.com/api-doc/uta/public/Get-Position-Tier-Data
        """

    @get("/api/v3/market/index-components", "10/1s ip")
    def get_index_components(self, symbol: str, category: FuturesArg | None = None) -> UtaIndexComponents:
        """Get the markets that an index is made of.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            category: Kind of futures.

        Source: GET /api/v3/market/index-components
        """

    @get("/api/v3/market/liquidations", "5/1s ip", list_key="list")
    def get_liquidations(
        self, category: FuturesArg, symbol: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[UtaLiquidation]:
        """List liquidations of anybody's positions, newest first.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Rows per page.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/market/liquidations
        """

    iter_liquidations = paged(get_liquidations, tokens=Tokens("cursor", beside="cursor"), time="ts")

    @get("/api/v3/market/discount-rate", "20/1s ip")
    def get_discount_rate(self) -> list[UtaCoinDiscount]:
        """List how much of each coin counts as margin.

        Source: GET /api/v3/market/discount-rate
            https://www.bitget.com/api-doc/uta/public/Get-Discount-Rate
        """

    @get("/api/v3/market/margin-loans", "20/1s ip")
    def get_margin_loans(self, coin: str) -> UtaMarginLoan:
        """Get interest and limits of borrowing a coin.

        Args:
            coin: Currency, such as ``USDT``.

        Source: GET /api/v3/market/margin-loans
            https://www.bitget.com/api-doc/uta/public/Get-Margin-Loans
        """

    @get("/api/v3/market/fee-group", "5/1s ip")
    def get_market_fee_group(self, category: CategoryArg, group: str | None = None) -> list[UtaFeeGroup]:
        """List groups of instruments with the fees of each VIP level.

        Args:
            category: Kind of product.
            group: Only the group of this name.

        Source: GET /api/v3/market/fee-group
        """

    @get("/api/v3/market/proof-of-reserves", "20/1s ip")
    def get_proof_of_reserves(self) -> UtaReserveProof:
        """Get Bitget's proof of reserves.

        Source: GET /api/v3/market/proof-of-reserves
            https://www.bitget.com/api-doc/uta/public/Get-Proof-Of-Reserves
        """

    @get("/api/v3/market/risk-reserve", "20/1s ip")
    def get_risk_reserve(self, category: FuturesArg, symbol: str, margin_coin: str | None = None) -> UtaRiskReserve:
        """Get the risk reserve of a contract, a record for each day.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            margin_coin: Only the reserve in this currency, such as ``USDT``.

        Source: GET /api/v3/market/risk-reserve
            https://www.bitget.com/api-doc/uta/public/Get-Risk-Reserve
        """

    @get("/api/v3/market/risk-reserve-hour", "20/1s ip")
    def get_risk_reserve_hour(
        self, category: FuturesArg, symbol: str, margin_coin: str | None = None
    ) -> UtaRiskReserve:
        """Get the risk reserve of a contract, a record for each hour.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            margin_coin: Only the reserve in this currency, such as ``USDT``.

        Source: GET /api/v3/market/risk-reserve-hour
        """

    @get("/api/v3/market/risk-reserve-all", "3/1s ip", list_key="list")
    def get_risk_reserve_all(self, category: FuturesArg) -> list[UtaRiskReserveFund]:
        """List all risk reserves as they are now.

        Args:
            category: Kind of futures.

        Source: GET /api/v3/market/risk-reserve-all
        """
