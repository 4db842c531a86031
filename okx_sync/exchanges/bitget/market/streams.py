# mypy: disable-error-code="empty-body"
"""Typed methods for tickers, trades, candles and order books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import V3_INTERVALS, channel, models, v1_channel, v3_channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.bitget.market.models import BookUpdate, Candle, Ticker, Trade
    from okx_sync.exchanges.bitget.subscribe_options import ProductOptions
    from okx_sync.exchanges.bitget.v3.models import V3BookUpdate, V3Candle, V3Ticker, V3Trade
    from okx_sync.exchanges.bitget.words import Bar, InstType

__all__ = ["MarketStreams"]


class MarketStreams(Streams):
    """Tickers, trades, candles and order books."""

    @inst_id_or_list
    @channel(
        "ticker",
        path="public",
        cadence="on a change, every 100 to 300 ms",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v3_channel(
        "ticker",
        path="public",
        model=models.V3Ticker,
        cadence="on a change, spot every 200 to 300 ms, futures every 300 to 400 ms",
        key=("symbol",),
        identity=("symbol", "ts"),
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
        callback: Callable[[Ticker], object] | Callable[[V3Ticker], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Ticker | V3Ticker]:
        """Subscribe to the best prices, last trade, funding and 24 h figures of an instrument.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``Ticker`` (``V3Ticker`` in V3, ``V1Ticker`` in V1); without it, iterate the
                subscription or call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Tickers-Channel
        """

    @inst_id_or_list
    @channel(
        "trade",
        path="public",
        cadence="recent trades at first, then on each trade",
        key=("instId",),
        identity=("instId", "tradeId"),
        quiet=True,
    )
    @v3_channel(
        "publicTrade",
        path="public",
        model=models.V3Trade,
        cadence="on each trade",
        key=("symbol",),
        identity=("symbol", "i"),
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
        callback: Callable[[Trade], object] | Callable[[V3Trade], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Trade | V3Trade]:
        """Subscribe to the public trades of an instrument.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``Trade`` (``V3Trade`` in V3, ``V1Trade`` in V1); without it, iterate the
                subscription or call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/New-Trades-Channel
        """

    @inst_id_or_list
    @channel(
        "candle{bar}",
        path="public",
        cadence="recent bars at first, then every 500 ms",
        key=("instId", "bar", "ts"),
        snapshot=True,
    )
    @v3_channel(
        "kline",
        path="public",
        asks={"bar": "interval"},
        values={"interval": V3_INTERVALS},
        model=models.V3Candle,
        cadence="every second while there are trades, else once a bar",
        key=("symbol", "interval", "start"),
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
        callback: Callable[[Candle], object] | Callable[[V3Candle], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Candle | V3Candle]:
        """Subscribe to candles of an instrument's trades.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            bar: Length of a candle: ``1m`` (a minute, the default) up to ``1M`` (a month); those that end in ``utc``
                open at UTC+0.
            callback: Called with each ``Candle`` (``V3Candle`` in V3); without it, iterate the subscription or call its
                ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Candlesticks-Channel
        """

    @inst_id_or_list
    @channel(
        "books",
        path="public",
        cadence="a snapshot, then changes every 150 ms",
        identity=("instId", "ts", "pseq", "seq"),
        snapshot=True,
        sequenced=True,
    )
    @v3_channel(
        "books",
        path="public",
        model=models.V3BookUpdate,
        cadence="a snapshot, then changes, spot every 200 ms, futures every 150 ms",
        identity=("symbol", "ts", "pseq", "seq"),
        snapshot=True,
        sequenced=True,
    )
    @v1_channel("books", path="public", cadence="a snapshot, then changes", snapshot=True, sequenced=True)
    def subscribe_books(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | Callable[[V3BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate | V3BookUpdate]:
        """Subscribe to the order book of an instrument, all levels: a snapshot, then changes to it.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate`` (``V3BookUpdate`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """

    @inst_id_or_list
    def subscribe_orderbook(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | Callable[[V3BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate | V3BookUpdate]:
        """Subscribe to the order book of an instrument, all levels; the same as ``subscribe_books``.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate`` (``V3BookUpdate`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """
        return self.subscribe_books(inst_id, callback, inst_type=inst_type, **options)

    @inst_id_or_list
    @channel(
        "books1",
        path="public",
        cadence="the whole book of the best level every 100 ms when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v3_channel(
        "books1",
        path="public",
        model=models.V3BookUpdate,
        cadence="the whole book of the best level when it changed, every 20 to 100 ms",
        key=("symbol",),
        identity=("symbol", "ts"),
        snapshot=True,
    )
    def subscribe_books1(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | Callable[[V3BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate | V3BookUpdate]:
        """Subscribe to the best level of both sides of an order book, whole each time.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate`` (``V3BookUpdate`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """

    @inst_id_or_list
    @channel(
        "books5",
        path="public",
        cadence="the whole book of the best 5 levels every 150 ms when it changed",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    @v3_channel(
        "books5",
        path="public",
        model=models.V3BookUpdate,
        cadence="the whole book of the best 5 levels when it changed, spot every 200 ms, futures every 150 ms",
        key=("symbol",),
        identity=("symbol", "ts"),
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
        callback: Callable[[BookUpdate], object] | Callable[[V3BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate | V3BookUpdate]:
        """Subscribe to the five best levels of both sides of an order book, whole each time.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate`` (``V3BookUpdate`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """

    @inst_id_or_list
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
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate]:
        """Subscribe to the fifteen best levels of both sides of an order book, whole each time.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V1 ``MC`` (futures, the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """

    @inst_id_or_list
    @channel(
        "books50",
        path="public",
        cadence="the best 50 levels every 150 ms when they changed",
        identity=("instId", "ts", "pseq", "seq"),
        snapshot=True,
        sequenced=True,
    )
    @v3_channel(
        "books50",
        path="public",
        model=models.V3BookUpdate,
        cadence="the best 50 levels when they changed, spot every 200 ms, futures every 150 ms",
        identity=("symbol", "ts", "pseq", "seq"),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_books50(
        self,
        inst_id: str,
        callback: Callable[[BookUpdate], object] | Callable[[V3BookUpdate], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[BookUpdate | V3BookUpdate]:
        """Subscribe to the fifty best levels of both sides of an order book.

        Each push is the whole book, until Bitget begins to send changes: ``action`` tells which it is.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            callback: Called with each ``BookUpdate`` (``V3BookUpdate`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, else by name: ``USDT-FUTURES``, ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V3 in small letters or in these, and ``spot``; in V1 ``MC`` (futures,
                the default) or ``SP`` (spot).
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
        """
