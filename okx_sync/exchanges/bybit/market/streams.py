# mypy: disable-error-code="empty-body"
"""Typed methods for public data of V5: books, trades, tickers, candles, risk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import DEPTHS, TOP, channel
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
        """Order book of 1, 50, 200 or 1000 levels, of options 25 or 100: a snapshot, then changes; 1 level is whole."""

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
        """Every public trade of an instrument; of options, those of all on ``base_coin``."""

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
        """Best prices, last trade and 24 h figures of an instrument, always whole."""

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
        """Candles: minutes (1, 3, 5, 15, 30, 60, 120, 240, 360, 720), or D, W, M."""

    @channel("allLiquidation", path="public", cadence="every 500 ms when there were any", key=("s",), quiet=True)
    def subscribe_liquidations(
        self, symbol: str, callback: Callable[[Liquidation], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Liquidation]:
        """Every liquidation in a symbol."""

    @channel("priceLimit", path="public", cadence="every 300 ms when it changed", key=("symbol",), quiet=True)
    def subscribe_price_limit(
        self, symbol: str, callback: Callable[[PriceLimit], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[PriceLimit]:
        """Highest price of a buy order and lowest of a sell order."""

    @channel("insurance", path="public", cadence="every second when it changed", key=("coin", "symbols"), quiet=True)
    def subscribe_insurance(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[Insurance], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Insurance]:
        """Balances of the insurance pools of USDT, USDC or inverse contracts."""

    @channel("adlAlert", path="public", cadence="every second", key=("c", "s"), quiet=True)
    def subscribe_adl_alerts(
        self,
        coin: PoolCoin = "USDT",
        callback: Callable[[AdlAlert], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlAlert]:
        """How near the pools of USDT, USDC or inverse contracts are to auto-deleveraging."""
