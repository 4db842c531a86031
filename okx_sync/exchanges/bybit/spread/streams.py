# mypy: disable-error-code="empty-body"
"""Typed methods for spread trading: its books, trades and tickers, and the account's orders and fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel, models
from okx_sync.exchanges.one_or_list import symbol_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.market.models import BookUpdate, Trade
    from okx_sync.exchanges.bybit.spread.models import SpreadTicker
    from okx_sync.exchanges.bybit.spread.push_models import SpreadExecutionPush, SpreadOrderPush

__all__ = ["SpreadStreams"]


class SpreadStreams(Streams):
    """Spread trading, whatever the client's category is.

    On the wire the topics of its public streams have no ``spread.`` before them: they are told by their address.
    """

    @symbol_or_list
    @channel(
        "spread.orderbook.25",
        model=models.BookUpdate,
        path="/v5/public/spread",
        cadence="a snapshot of 25 levels, then changes every 20 ms",
        identity=("s", "u"),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_spread_orderbook(
        self,
        symbol: str,
        callback: Callable[[BookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of a spread, 25 levels: a snapshot, then changes to it.

        Args:
            symbol: Spread, such as ``SOLUSDT_SOL/USDT``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/spread/websocket/public/orderbook
        """

    @symbol_or_list
    @channel(
        "spread.publicTrade",
        model=models.Trade,
        path="/v5/public/spread",
        cadence="on each trade",
        key=("s",),
        identity=("s", "i"),
        quiet=True,
    )
    def subscribe_spread_trades(
        self,
        symbol: str,
        callback: Callable[[Trade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Trade]:
        """Subscribe to every public trade of a spread.

        Args:
            symbol: Spread, such as ``SOLUSDT_SOL/USDT``.
            callback: Called with each ``Trade``; without it, iterate the subscription or call its ``get()``.
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/spread/websocket/public/trade
        """

    @symbol_or_list
    @channel(
        "spread.tickers",
        path="/v5/public/spread",
        cadence="every 100 ms, whole each time",
        key=("symbol",),
        snapshot=True,
    )
    def subscribe_spread_tickers(
        self,
        symbol: str,
        callback: Callable[[SpreadTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadTicker]:
        """Subscribe to best prices and 24 h figures of a spread.

        Args:
            symbol: Spread, such as ``SOLUSDT_SOL/USDT``.
            callback: Called with each ``SpreadTicker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/spread/websocket/public/ticker
        """

    @channel(
        "spread.order",
        model=models.SpreadOrderPush,
        path="private",
        private=True,
        cadence="on each change of an order on a spread or on one of its legs",
        key=("orderId",),
        identity=("orderId", "updatedTime", "orderStatus", "cumExecQty"),
    )
    def subscribe_spread_orders(
        self,
        callback: Callable[[SpreadOrderPush], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadOrderPush]:
        """Subscribe to the account's orders on spreads, those on their legs included.

        Args:
            callback: Called with each ``SpreadOrderPush``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/spread/websocket/private/order
        """

    @channel(
        "spread.execution",
        model=models.SpreadExecutionPush,
        path="private",
        private=True,
        cadence="on each fill of a spread, and on each of its legs",
        key=("execId",),
        identity=("execId",),
    )
    def subscribe_spread_executions(
        self,
        callback: Callable[[SpreadExecutionPush], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadExecutionPush]:
        """Subscribe to the account's fills of spreads, those of their legs included.

        Args:
            callback: Called with each ``SpreadExecutionPush``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/spread/websocket/private/execution
        """
