"""Typed methods for tickers, trades, candles and order books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.market.models import BookUpdate, Candle, Ticker, Trade
    from okx_sync.exchanges.bitget.words import Bar, InstType

__all__ = ["MarketStreams"]


class MarketStreams(Streams):
    """Tickers, trades, candles and order books."""

    def subscribe_ticker(
        self,
        inst_id: str,
        callback: Callable[[Ticker], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Ticker]:
        """Best prices, last trade, funding and 24 h figures of an instrument.

        Pushed on a change, every 100 to 300 ms. Path public; no login. V2 and V1.
        """
        return self.subscribe("ticker", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_trade(
        self,
        inst_id: str,
        callback: Callable[[Trade], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Trade]:
        """Public trades of an instrument.

        Pushed on each trade; the first push brings recent ones. Path public; no login. V2 and V1.
        """
        return self.subscribe("trade", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        callback: Callable[[Candle], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Candle]:
        """Candles of an instrument. ``1m`` is a minute, ``1M`` a month; those ending in ``utc`` open at UTC+0.

        Pushed every 500 ms; the first push brings recent bars. Path public; no login. V2 and V1.
        """
        return self.subscribe("candle{bar}", callback, instId=inst_id, instType=inst_type, bar=bar, **options)

    def subscribe_books(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """Order book of all levels: a snapshot, then changes.

        Pushed every 150 ms when it changed. Path public; no login. V2 and V1.
        """
        return self.subscribe("books", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_orderbook(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The same as ``subscribe_books``."""
        return self.subscribe_books(inst_id, callback, inst_type=inst_type, **options)

    def subscribe_books1(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The best level of both sides.

        Pushed every 100 ms when it changed. Path public; no login. V2 only.
        """
        return self.subscribe("books1", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_books5(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The five best levels of both sides, whole each time.

        Pushed every 150 ms when they changed. Path public; no login. V2 and V1.
        """
        return self.subscribe("books5", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_books15(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The fifteen best levels of both sides, whole each time.

        Pushed every 150 ms when they changed. Path public; no login. V2 and V1.
        """
        return self.subscribe("books15", callback, instId=inst_id, instType=inst_type, **options)
