# mypy: disable-error-code="empty-body"
"""Typed methods for public data of V5: books, trades, tickers, candles, risk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import DEPTHS, TOP, channel, models
from okx_sync.exchanges.one_or_list import symbol_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.market.book_update_models import FullBookUpdate, RpiBookUpdate
    from okx_sync.exchanges.bybit.market.models import (
        AdlAlert,
        BookUpdate,
        Candle,
        Insurance,
        Liquidation,
        PriceLimit,
        Ticker,
        Trade,
    )
    from okx_sync.exchanges.bybit.words import Depth, Interval, PoolCoin

__all__ = ["MarketStreams"]


class MarketStreams(Streams):
    """Public data of the client's category (``BybitConfig(category=...)``)."""

    @symbol_or_list
    @channel(
        "orderbook.{depth}",
        path="public",
        cadence="a snapshot, then changes every 20 ms (50 levels), 100 ms (200) or 200 ms (1000)",
        values={"depth": DEPTHS},
        identity=("s", "u"),
        snapshot=True,
        sequenced=True,
        note="500 levels were retired in September 2025; of options there are 25 and 100",
    )
    @channel(
        TOP,
        path="public",
        cadence="the best level, whole each time: every 10 ms when it changed; repeated after 3 s of no change",
        required=("symbol",),
        key=("s",),
        identity=("s", "u"),
        snapshot=True,
    )
    def subscribe_orderbook(
        self,
        symbol: str,
        depth: Depth | int = "50",
        callback: Callable[[BookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of an instrument: a snapshot, then changes to it; one level is whole each time.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            depth: How many levels of both sides: 1, 50 (the default), 200 or 1000; of options 25 or 100.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
        """

    @symbol_or_list
    @channel(
        "orderbook.rpi",
        model=models.RpiBookUpdate,
        path="public",
        cadence="a snapshot of 50 levels, then changes every 100 ms",
        identity=("s", "u"),
        snapshot=True,
        sequenced=True,
        note="not of options",
    )
    def subscribe_rpi_orderbook(
        self,
        symbol: str,
        callback: Callable[[RpiBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RpiBookUpdate]:
        """Subscribe to the order book with retail price improvement orders in it, 50 levels.

        A live book of it is ``order_book(symbol, "orderbook.rpi")``: its sizes are those of all orders.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``RpiBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook-rpi
        """

    @symbol_or_list
    @channel(
        "orderbook.full",
        model=models.FullBookUpdate,
        path="public",
        cadence="changes every 200 ms, and no snapshot",
        identity=("s", "u"),
        sequenced=True,
        note="of spot; of contracts where Bybit has begun it",
    )
    def subscribe_full_orderbook(
        self,
        symbol: str,
        callback: Callable[[FullBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[FullBookUpdate]:
        """Subscribe to the changes of the whole order book, without retail price improvement orders.

        The stream sends no snapshot. A live book of it, ``order_book(symbol, "orderbook.full")``, fetches one over REST
        (``client.market.get_full_order_book``), and again whenever Bybit begins the book anew.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``FullBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/full-orderbook
        """

    @symbol_or_list
    @channel(
        "publicTrade",
        path="public",
        cadence="on each trade, up to 1024 in a push",
        required=("symbol",),
        key=("s",),
        identity=("s", "i"),
        quiet=True,
    )
    def subscribe_trades(
        self,
        symbol: str | None = None,
        callback: Callable[[Trade], object] | None = None,
        *,
        base_coin: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Trade]:
        """Subscribe to every public trade of an instrument, or of all options on a coin.

        ``symbol`` is needed, or ``base_coin`` where the client's category is ``option``.

        Args:
            symbol: Instrument, such as ``BTCUSDT``; not for options.
            callback: Called with each ``Trade``; without it, iterate the subscription or call its ``get()``.
            base_coin: Coin that the options are on, such as ``BTC``; for options only.
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/trade
        """

    @symbol_or_list
    @channel(
        "tickers",
        path="public",
        cadence="every 100 ms (spot: 50 ms) when something changed",
        key=("symbol",),
        identity=("symbol", "cs"),
        snapshot=True,
        partial=True,
    )
    def subscribe_tickers(
        self, symbol: str, callback: Callable[[Ticker], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Ticker]:
        """Subscribe to the best prices, last trade and 24 h figures of an instrument; each event is whole.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``Ticker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/ticker
        """

    @symbol_or_list
    @channel(
        "kline.{interval}",
        path="public",
        cadence="every 1 to 60 s, and when a candle ends",
        key=("symbol", "start"),
        identity=("start", "timestamp"),
        quiet=True,
    )
    def subscribe_candles(
        self,
        symbol: str,
        interval: Interval = "1",
        callback: Callable[[Candle], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Candle]:
        """Subscribe to candles of an instrument's trades.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            interval: Length of a candle in minutes (``1``, the default, ``3``, ``5``, ``15``, ``30``, ``60``, ``120``,
                ``240``, ``360``, ``720``), or ``D``, ``W``, ``M``: a day, a week, a month.
            callback: Called with each ``Candle``; without it, iterate the subscription or call its ``get()``.
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/kline
        """

    @symbol_or_list
    @channel("allLiquidation", path="public", cadence="every 500 ms when there were any", key=("s",), quiet=True)
    def subscribe_liquidations(
        self, symbol: str, callback: Callable[[Liquidation], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Liquidation]:
        """Subscribe to every liquidation in an instrument.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``Liquidation``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation
        """

    @symbol_or_list
    @channel("priceLimit", path="public", cadence="every 300 ms when it changed", key=("symbol",), quiet=True)
    def subscribe_price_limit(
        self, symbol: str, callback: Callable[[PriceLimit], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[PriceLimit]:
        """Subscribe to the highest price of a buy order and the lowest of a sell order that Bybit accepts now.

        Args:
            symbol: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``PriceLimit``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/order-price-limit
        """

    @channel("insurance", path="public", cadence="every second when it changed", key=("coin", "symbols"), quiet=True)
    def subscribe_insurance(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[Insurance], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Insurance]:
        """Subscribe to the balances of the insurance pools of a settlement coin.

        Args:
            coin: Pool: ``USDT`` (the default), ``USDC``, or ``inverse`` for all inverse contracts.
            callback: Called with each ``Insurance``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/insurance-pool
        """

    @channel("adlAlert", path="public", cadence="every second", key=("c", "s"), quiet=True)
    def subscribe_adl_alerts(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[AdlAlert], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlAlert]:
        """Subscribe to how near the insurance pools of a settlement coin are to auto-deleveraging.

        Args:
            coin: Pool: ``USDT`` (the default), ``USDC``, or ``inverse`` for all inverse contracts.
            callback: Called with each ``AdlAlert``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/public/adl-alert
        """
