# mypy: disable-error-code="empty-body"
"""Typed methods for the USDC perpetual streams of before V5 (``BybitConfig(protocol="seed")``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import models, seed_channel
from okx_sync.exchanges.one_or_list import symbol_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.market.models import SeedBookUpdate
    from okx_sync.exchanges.bybit.seed.models import (
        InstrumentInfo,
        SeedCandle,
        SeedFill,
        SeedOrder,
        SeedPosition,
        SeedTrade,
        ServiceSwitch,
    )
    from okx_sync.exchanges.bybit.words import Period

__all__ = ["SeedStreams"]


class SeedStreams(Streams):
    """USDC perpetuals as Bybit served them until October 2023."""

    @symbol_or_list
    @seed_channel(
        "orderBookL2_25",
        model=models.SeedBookUpdate,
        path="public",
        cadence="a snapshot of 25 levels, then changes",
        identity=("crossSeq",),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_perp_book25(
        self,
        symbol: str,
        callback: Callable[[SeedBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedBookUpdate]:
        """Subscribe to the order book of a perpetual, 25 levels: a snapshot, then changes to it.

        Args:
            symbol: USDC perpetual, such as ``BTCPERP``.
            callback: Called with each ``SeedBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel orderBookL2_25, path public
        """

    @symbol_or_list
    @seed_channel(
        "orderBook_200.100ms",
        model=models.SeedBookUpdate,
        path="public",
        cadence="a snapshot of 200 levels, then changes every 100 ms",
        identity=("crossSeq",),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_perp_book200(
        self,
        symbol: str,
        callback: Callable[[SeedBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedBookUpdate]:
        """Subscribe to the order book of a perpetual, 200 levels: a snapshot, then changes to it.

        Args:
            symbol: USDC perpetual, such as ``BTCPERP``.
            callback: Called with each ``SeedBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel orderBook_200.100ms, path public
        """

    @symbol_or_list
    @seed_channel("trade", path="public", cadence="on each trade", key=("symbol",), identity=("tradeId",), quiet=True)
    def subscribe_perp_trades(
        self, symbol: str, callback: Callable[[SeedTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedTrade]:
        """Subscribe to every public trade of a perpetual.

        Args:
            symbol: USDC perpetual, such as ``BTCPERP``.
            callback: Called with each ``SeedTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel trade, path public
        """

    @symbol_or_list
    @seed_channel(
        "instrument_info.100ms",
        path="public",
        cadence="every 100 ms when something changed",
        key=("symbol",),
        snapshot=True,
        partial=True,
    )
    def subscribe_instrument_info(
        self,
        symbol: str,
        callback: Callable[[InstrumentInfo], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[InstrumentInfo]:
        """Subscribe to the prices and 24 h figures of a perpetual; each event is whole.

        Args:
            symbol: USDC perpetual, such as ``BTCPERP``.
            callback: Called with each ``InstrumentInfo``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel instrument_info.100ms, path public
        """

    @symbol_or_list
    @seed_channel(
        "candle.{period}",
        path="public",
        cadence="while the candle grows, and when it ends",
        key=("symbol", "start"),
        identity=("start", "timestamp"),
        quiet=True,
    )
    def subscribe_perp_candles(
        self,
        symbol: str,
        period: Period = "1",
        callback: Callable[[SeedCandle], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedCandle]:
        """Subscribe to candles of a perpetual's trades.

        Args:
            symbol: USDC perpetual, such as ``BTCPERP``.
            period: Length of a candle in minutes (``1``, the default, ``3``, ``5``, ``15``, ``30``, ``60``, ``120``,
                ``240``, ``360``, ``720``), or ``D``, ``W``, ``M``: a day, a week, a month.
            callback: Called with each ``SeedCandle``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel candle.{period}, path public
        """

    @seed_channel(
        "user.openapi.perp.order",
        path="private",
        private=True,
        cadence="all open orders, then each one that changes",
        key=("orderId",),
        snapshot=True,
    )
    def subscribe_perp_orders(
        self, callback: Callable[[SeedOrder], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedOrder]:
        """Subscribe to the account's orders: all that are open, then each one that changes.

        Args:
            callback: Called with each ``SeedOrder``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel user.openapi.perp.order, path private
        """

    @seed_channel(
        "user.openapi.perp.position",
        path="private",
        private=True,
        cadence="all positions, then each one that changes",
        key=("symbol", "side"),
        snapshot=True,
    )
    def subscribe_perp_positions(
        self, callback: Callable[[SeedPosition], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedPosition]:
        """Subscribe to the account's positions: all, then each one that changes.

        Args:
            callback: Called with each ``SeedPosition``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel user.openapi.perp.position, path private
        """

    @seed_channel(
        "user.openapi.perp.trade",
        path="private",
        private=True,
        cadence="on each fill",
        key=("tradeId",),
        identity=("tradeId",),
    )
    def subscribe_perp_fills(
        self, callback: Callable[[SeedFill], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedFill]:
        """Subscribe to the account's fills.

        Args:
            callback: Called with each ``SeedFill``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel user.openapi.perp.trade, path private
        """

    @seed_channel(
        "user.service",
        path="private",
        private=True,
        cadence="when a service such as portfolio margin is switched on or off",
        key=("serviceType",),
    )
    def subscribe_service(
        self, callback: Callable[[ServiceSwitch], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[ServiceSwitch]:
        """Subscribe to services of the account, such as portfolio margin, being switched on or off.

        Args:
            callback: Called with each ``ServiceSwitch``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel user.service, path private
        """
