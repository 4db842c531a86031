# mypy: disable-error-code="empty-body"
"""Typed methods for tickers, trades, candles and order books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import channel, models, v1_channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.market.models import BookUpdate, Candle, Ticker, Trade
    from okx_sync.exchanges.bitget.words import Bar, InstType

__all__ = ["MarketStreams"]


class MarketStreams(Streams):
    """Tickers, trades, candles and order books."""

    @channel(
        "ticker",
        path="public",
        cadence="on a change, every 100 to 300 ms",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v1_channel(
        "ticker",
        path="public",
        model=models.V1Ticker,
        cadence="on a change",
        key=("instId",),
        identity=("instId", "systemTime"),
        snapshot=True,
    )
    def subscribe_ticker(
        self,
        inst_id: str,
        callback: Callable[[Ticker], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Ticker]:
        """Best prices, last trade, funding and 24 h figures of an instrument."""

    @channel(
        "trade",
        path="public",
        cadence="recent trades at first, then on each trade",
        key=("instId",),
        identity=("instId", "tradeId"),
        quiet=True,
    )
    @v1_channel(
        "trade",
        path="public",
        model=models.V1Trade,
        cadence="recent trades at first, then on each trade",
        key=("instId",),
        quiet=True,
    )
    def subscribe_trade(
        self,
        inst_id: str,
        callback: Callable[[Trade], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Trade]:
        """Public trades of an instrument."""

    @channel(
        "candle{bar}",
        path="public",
        cadence="recent bars at first, then every 500 ms",
        key=("instId", "bar", "ts"),
        snapshot=True,
    )
    @v1_channel(
        "candle{bar}",
        path="public",
        cadence="recent bars at first, then on a change",
        key=("instId", "bar", "ts"),
        snapshot=True,
    )
    def subscribe_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        callback: Callable[[Candle], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Candle]:
        """Candles of an instrument. ``1m`` is a minute, ``1M`` a month; those ending in ``utc`` open at UTC+0."""

    @channel(
        "books",
        path="public",
        cadence="a snapshot, then changes every 150 ms",
        identity=("instId", "ts", "pseq", "seq"),
        snapshot=True,
        sequenced=True,
    )
    @v1_channel("books", path="public", cadence="a snapshot, then changes", snapshot=True, sequenced=True)
    def subscribe_books(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """Order book of all levels: a snapshot, then changes."""

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

    @channel(
        "books1",
        path="public",
        cadence="the whole book of the best level every 100 ms when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_books1(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The best level of both sides."""

    @channel(
        "books5",
        path="public",
        cadence="the whole book of the best 5 levels every 150 ms when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v1_channel(
        "books5",
        path="public",
        cadence="the whole book of the best 5 levels",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_books5(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The five best levels of both sides, whole each time."""

    @channel(
        "books15",
        path="public",
        cadence="the whole book of the best 15 levels every 150 ms when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v1_channel(
        "books15",
        path="public",
        cadence="the whole book of the best 15 levels",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_books15(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """The fifteen best levels of both sides, whole each time."""
