"""Typed methods for public data of V5: books, trades, tickers, candles, risk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
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

    def subscribe_orderbook(
        self,
        symbol: str,
        depth: Depth | int = "50",
        callback: Callable[[BookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """Order book of 1, 50, 200 or 1000 levels (options: 25 or 100): a snapshot, then changes; level 1 always whole.

        Pushed every 10 ms (1 level), 20 ms (50), 100 ms (200) or 200 ms (1000) when it changed; level 1 is repeated
        after 3 s of no change. Path public; no login.
        """
        return self.subscribe("orderbook.{depth}", callback, symbol=symbol, depth=depth, **options)

    def subscribe_trades(
        self,
        symbol: str | None = None,
        callback: Callable[[Trade], object] | None = None,
        *,
        base_coin: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Trade]:
        """Every public trade of an instrument; of options, those of all on ``base_coin``.

        Pushed on each trade, up to 1024 in a push. Path public; no login.
        """
        return self.subscribe("publicTrade", callback, symbol=symbol, baseCoin=base_coin, **options)

    def subscribe_tickers(
        self, symbol: str, callback: Callable[[Ticker], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Ticker]:
        """Best prices, last trade and 24 h figures of an instrument, always whole.

        Pushed every 100 ms (spot: 50 ms) when something changed. Path public; no login.
        """
        return self.subscribe("tickers", callback, symbol=symbol, **options)

    def subscribe_candles(
        self,
        symbol: str,
        interval: Interval = "1",
        callback: Callable[[Candle], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Candle]:
        """Candles: minutes (1, 3, 5, 15, 30, 60, 120, 240, 360, 720), or D, W, M.

        Pushed every 1 to 60 s while a candle grows, and when it ends. Path public; no login.
        """
        return self.subscribe("kline.{interval}", callback, symbol=symbol, interval=interval, **options)

    def subscribe_liquidations(
        self, symbol: str, callback: Callable[[Liquidation], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Liquidation]:
        """Every liquidation in a symbol.

        Pushed every 500 ms when there were any. Path public; no login.
        """
        return self.subscribe("allLiquidation", callback, symbol=symbol, **options)

    def subscribe_price_limit(
        self, symbol: str, callback: Callable[[PriceLimit], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[PriceLimit]:
        """Highest price of a buy order and lowest of a sell order.

        Pushed every 300 ms when it changed. Path public; no login.
        """
        return self.subscribe("priceLimit", callback, symbol=symbol, **options)

    def subscribe_insurance(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[Insurance], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Insurance]:
        """Balances of the insurance pools of USDT, USDC or inverse contracts.

        Pushed every second when it changed. Path public; no login.
        """
        return self.subscribe("insurance", callback, coin=coin, **options)

    def subscribe_adl_alerts(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[AdlAlert], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlAlert]:
        """How near the pools of USDT, USDC or inverse contracts are to auto-deleveraging.

        Pushed every second. Path public; no login.
        """
        return self.subscribe("adlAlert", callback, coin=coin, **options)
