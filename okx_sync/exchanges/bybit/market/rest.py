# mypy: disable-error-code="empty-body"
"""Group ``market``: prices, books, candles, trades, instruments; no key needed.

Pages: "Market" of the V5 documentation. Bybit counts these calls by address: 600 in 5 s, all together. Lists
come newest first. ``iter_`` methods read a listing to its end, however many requests that takes.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.market.instrument_models import Instrument, InstrumentTicker
from okx_sync.exchanges.bybit.market.models import (
    AdlPool,
    DeliveryPrice,
    FeeGroup,
    FundingRate,
    HistoricalVolatility,
    IndexComponents,
    InsuranceFund,
    LongShortRatio,
    OpenInterest,
    OrderPriceLimit,
    PriceCandle,
    PublicTrade,
    RestBook,
    RiskLimit,
    RpiBook,
    ServerTime,
    TradeCandle,
)
from okx_sync.exchanges.bybit.words import Category, Interval
from okx_sync.rest import Group, Tokens, get, paged

__all__ = ["Market"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")


class Market(Group, group="market"):
    """Prices, books, candles, trades and instruments."""

    @get("/v5/market/time")
    def get_server_time(self) -> ServerTime:
        """Get Bybit's clock.

        Source: GET /v5/market/time
            https://bybit-exchange.github.io/docs/v5/market/time
        """

    @get("/v5/market/instruments-info")
    def get_instruments(
        self,
        category: Category,
        symbol: str | None = None,
        status: str | None = None,
        base_coin: str | None = None,
        symbol_type: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[Instrument]:
        """List instruments with their trading rules.

        Of spot all come on one page; else a page has 500 unless ``limit`` says otherwise.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            status: Only instruments in this state, such as ``PreLaunch``; those that are traded when left
                out.
            base_coin: Only instruments on this currency, such as ``BTC``.
            symbol_type: Only instruments of this region or kind.
            limit: Rows per page: 1 to 1000.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/market/instruments-info
            https://bybit-exchange.github.io/docs/v5/market/instrument
        """

    iter_instruments = paged(get_instruments, tokens=_TOKENS, most=1000)

    @get("/v5/market/tickers")
    def get_tickers(
        self, category: Category, symbol: str | None = None, base_coin: str | None = None, exp_date: str | None = None
    ) -> list[InstrumentTicker]:
        """List best prices, last trades and 24 h figures.

        Options need ``symbol`` or ``base_coin``.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            base_coin: Only instruments on this currency, such as ``BTC``.
            exp_date: Only options that end on this day, such as ``25DEC26``.

        Source: GET /v5/market/tickers
            https://bybit-exchange.github.io/docs/v5/market/tickers
        """

    @get("/v5/market/orderbook")
    def get_order_book(self, category: Category, symbol: str, limit: int | None = None) -> RestBook:
        """Get the order book, best prices first.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Price levels per side: 1 to 1000 (options: 25); 1 when left out, 25 for contracts.

        Source: GET /v5/market/orderbook
            https://bybit-exchange.github.io/docs/v5/market/orderbook
        """

    @get("/v5/market/full_orderbook")
    def get_full_order_book(self, category: Category, symbol: str) -> RestBook:
        """Get the whole order book, up to 10000 levels per side, without retail price improvement orders.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /v5/market/full_orderbook
        """

    @get("/v5/market/rpi_orderbook")
    def get_rpi_order_book(self, symbol: str, limit: int, category: Category | None = None) -> RpiBook:
        """Get the order book with retail price improvement orders.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Price levels per side: 1 to 50.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.

        Source: GET /v5/market/rpi_orderbook
            https://bybit-exchange.github.io/docs/v5/market/rpi-orderbook
        """

    @get("/v5/market/kline")
    def get_candles(
        self,
        symbol: str,
        interval: Interval,
        category: Category | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[TradeCandle]:
        """List candles, newest first, the open one included.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, or ``D``, ``W``, ``M`` for a day, week, month.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.
            start: First moment in epoch ms, included.
            end: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 1000; 200 when left out.

        Source: GET /v5/market/kline
            https://bybit-exchange.github.io/docs/v5/market/kline
        """

    iter_candles = paged(get_candles, key="startTime", time="startTime", most=1000)

    @get("/v5/market/mark-price-kline")
    def get_mark_price_candles(
        self,
        symbol: str,
        interval: Interval,
        category: Category | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[PriceCandle]:
        """List candles of the mark price, newest first.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, or ``D``, ``W``, ``M`` for a day, week, month.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.
            start: First moment in epoch ms, included.
            end: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 1000 (options: 500); 200 when left out.

        Source: GET /v5/market/mark-price-kline
            https://bybit-exchange.github.io/docs/v5/market/mark-kline
        """

    iter_mark_price_candles = paged(get_mark_price_candles, key="startTime", time="startTime", most=500)

    @get("/v5/market/index-price-kline")
    def get_index_price_candles(
        self,
        symbol: str,
        interval: Interval,
        category: Category | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[PriceCandle]:
        """List candles of the index price, newest first.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, or ``D``, ``W``, ``M`` for a day, week, month.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.
            start: First moment in epoch ms, included.
            end: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 1000; 200 when left out.

        Source: GET /v5/market/index-price-kline
            https://bybit-exchange.github.io/docs/v5/market/index-kline
        """

    iter_index_price_candles = paged(get_index_price_candles, key="startTime", time="startTime", most=1000)

    @get("/v5/market/premium-index-price-kline")
    def get_premium_index_candles(
        self,
        symbol: str,
        interval: Interval,
        category: Category | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[PriceCandle]:
        """List candles of the premium index, newest first.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval: Length of a candle: minutes, or ``D``, ``W``, ``M`` for a day, week, month.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.
            start: First moment in epoch ms, included.
            end: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 1000; 200 when left out.

        Source: GET /v5/market/premium-index-price-kline
            https://bybit-exchange.github.io/docs/v5/market/premium-index-kline
        """

    iter_premium_index_candles = paged(get_premium_index_candles, key="startTime", time="startTime", most=1000)

    @get("/v5/market/recent-trade")
    def get_trades(
        self,
        category: Category,
        symbol: str | None = None,
        base_coin: str | None = None,
        option_type: str | None = None,
        limit: int | None = None,
    ) -> list[PublicTrade]:
        """List the newest public trades.

        All but options need ``symbol``.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            base_coin: Only instruments on this currency, such as ``BTC``.
            option_type: Only ``"Call"`` or ``"Put"``; for options.
            limit: Rows per page: 1 to 1000 (spot: 60).

        Source: GET /v5/market/recent-trade
            https://bybit-exchange.github.io/docs/v5/market/recent-trade
        """

    @get("/v5/market/funding/history")
    def get_funding_rate_history(
        self,
        category: Category,
        symbol: str,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
    ) -> list[FundingRate]:
        """List funding settlements, newest first.

        Bybit refuses ``start_time`` without ``end_time``.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 200; 200 when left out.

        Source: GET /v5/market/funding/history
            https://bybit-exchange.github.io/docs/v5/market/history-fund-rate
        """

    iter_funding_rate_history = paged(
        get_funding_rate_history, key="fundingRateTimestamp", time="fundingRateTimestamp", most=200
    )

    @get("/v5/market/open-interest")
    def get_open_interest(
        self,
        category: Category,
        symbol: str,
        interval_time: str,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[OpenInterest]:
        """List open interest over time, newest first.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            interval_time: Minutes, hours or days of a step: ``5min``, ``15min``, ``30min``, ``1h``, ``4h`` or ``1d``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 200; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/market/open-interest
            https://bybit-exchange.github.io/docs/v5/market/open-interest
        """

    iter_open_interest = paged(get_open_interest, tokens=_TOKENS, time="timestamp", most=200)

    @get("/v5/market/account-ratio")
    def get_long_short_ratio(
        self,
        category: Category,
        symbol: str,
        period: str,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[LongShortRatio]:
        """List how many accounts were long and short, newest first.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            period: Minutes, hours or days of a step: ``5min``, ``15min``, ``30min``, ``1h``, ``4h`` or ``1d``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 500; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/market/account-ratio
            https://bybit-exchange.github.io/docs/v5/market/long-short-ratio
        """

    iter_long_short_ratio = paged(get_long_short_ratio, tokens=_TOKENS, time="timestamp", most=500)

    @get("/v5/market/historical-volatility")
    def get_historical_volatility(
        self,
        category: Category,
        base_coin: str | None = None,
        quote_coin: str | None = None,
        period: int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
    ) -> list[HistoricalVolatility]:
        """List the volatility of an option's underlying, a value for each hour.

        Two years back at most, 30 days in one request.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            base_coin: Only instruments on this currency, such as ``BTC``.
            quote_coin: Only underlyings that are quoted in this currency, such as ``USDT``.
            period: Days over which it is measured: 7, 14, 21, 30, 60, 90, 180 or 270; 7 when left out.
            start_time: First moment in epoch ms; both or none, 30 days apart at most.
            end_time: Last moment in epoch ms; both or none, 30 days apart at most.

        Source: GET /v5/market/historical-volatility
            https://bybit-exchange.github.io/docs/v5/market/iv
        """

    @get("/v5/market/delivery-price")
    def get_delivery_prices(
        self,
        category: Category,
        symbol: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[DeliveryPrice]:
        """List what contracts were settled at, newest first.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            base_coin: Only instruments on this currency, such as ``BTC``.
            settle_coin: Only contracts that are settled in this currency.
            limit: Rows per page: 1 to 200; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/market/delivery-price
            https://bybit-exchange.github.io/docs/v5/market/delivery-price
        """

    iter_delivery_prices = paged(get_delivery_prices, tokens=_TOKENS, time="deliveryTime", most=200)

    @get("/v5/market/new-delivery-price")
    def get_new_delivery_prices(
        self, category: Category, base_coin: str, settle_coin: str | None = None
    ) -> list[DeliveryPrice]:
        """List the settlements of options on a currency.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            base_coin: Only instruments on this currency, such as ``BTC``.
            settle_coin: Only contracts that are settled in this currency.

        Source: GET /v5/market/new-delivery-price
            https://bybit-exchange.github.io/docs/v5/market/new-delivery-price
        """

    @get("/v5/market/price-limit")
    def get_price_limit(self, symbol: str, category: Category | None = None) -> OrderPriceLimit:
        """Get the highest price of a buy order and the lowest of a sell order.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one; ``"linear"`` when left out.

        Source: GET /v5/market/price-limit
            https://bybit-exchange.github.io/docs/v5/market/order-price-limit
        """

    @get("/v5/market/risk-limit")
    def get_risk_limits(
        self, category: Category, symbol: str | None = None, cursor: str | None = None
    ) -> list[RiskLimit]:
        """List tiers of position sizes with margins and leverage.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where
                there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/market/risk-limit
            https://bybit-exchange.github.io/docs/v5/market/risk-limit
        """

    iter_risk_limits = paged(get_risk_limits, tokens=_TOKENS)

    @get("/v5/market/insurance")
    def get_insurance_fund(self, coin: str | None = None) -> list[InsuranceFund]:
        """List the insurance pools.

        Args:
            coin: Only the pools of this currency.

        Source: GET /v5/market/insurance
            https://bybit-exchange.github.io/docs/v5/market/insurance
        """

    @get("/v5/market/adlAlert")
    def get_adl_alerts(self, symbol: str | None = None) -> list[AdlPool]:
        """List how near insurance pools are to auto-deleveraging.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /v5/market/adlAlert
            https://bybit-exchange.github.io/docs/v5/market/adl-alert
        """

    @get("/v5/market/index-price-components")
    def get_index_components(self, index_name: str) -> IndexComponents:
        """Get the markets that an index is made of.

        Args:
            index_name: Name of the index, such as ``BTCUSDT``.

        Source: GET /v5/market/index-price-components
            https://bybit-exchange.github.io/docs/v5/market/index-components
        """

    @get("/v5/market/fee-group-info")
    def get_fee_groups(self, product_type: str, group_id: str | None = None) -> list[FeeGroup]:
        """List groups of contracts with their fees.

        Args:
            product_type: Kind of product, such as ``contract``.
            group_id: Only the group of this id.

        Source: GET /v5/market/fee-group-info
            https://bybit-exchange.github.io/docs/v5/market/fee-group-info
        """
