# mypy: disable-error-code="empty-body"
"""Typed methods for the offers of Bybit Earn. None needs credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.earn.models import (
        DiscountBuyOffer,
        DoubleWinOffer,
        DualAssetOffers,
        SmartLeverageOffer,
    )

__all__ = ["EarnStreams"]


class EarnStreams(Streams):
    """Offers of structured products; every push has the whole list."""

    @channel(
        "earn.dualassets.offers",
        path="/v5/public/fp",
        cadence="the whole list when it changes",
        key=("p",),
        snapshot=True,
        quiet=True,
    )
    def subscribe_dual_asset_offers(
        self,
        callback: Callable[[DualAssetOffers], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[DualAssetOffers]:
        """Subscribe to the offers of dual asset products.

        Args:
            callback: Called with each ``DualAssetOffers``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel earn.dualassets.offers, path /v5/public/fp
        """

    @channel(
        "earn.doublewin.offers",
        path="/v5/public/fp",
        cadence="the whole list when it changes",
        key=("p",),
        snapshot=True,
        quiet=True,
    )
    def subscribe_double_win_offers(
        self,
        callback: Callable[[DoubleWinOffer], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[DoubleWinOffer]:
        """Subscribe to the offers of double-win products.

        Args:
            callback: Called with each ``DoubleWinOffer``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel earn.doublewin.offers, path /v5/public/fp
        """

    @channel(
        "earn.discountbuy.offers",
        path="/v5/public/fp",
        cadence="the whole list when it changes",
        key=("p",),
        snapshot=True,
        quiet=True,
    )
    def subscribe_discount_buy_offers(
        self,
        callback: Callable[[DiscountBuyOffer], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[DiscountBuyOffer]:
        """Subscribe to the offers of discount buying.

        Args:
            callback: Called with each ``DiscountBuyOffer``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel earn.discountbuy.offers, path /v5/public/fp
        """

    @channel(
        "earn.smartleverage.offers",
        path="/v5/public/fp",
        cadence="the whole list when it changes, at least every 30 s",
        key=("p",),
        snapshot=True,
        quiet=True,
    )
    def subscribe_smart_leverage_offers(
        self,
        callback: Callable[[SmartLeverageOffer], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SmartLeverageOffer]:
        """Subscribe to the offers of smart leverage.

        Args:
            callback: Called with each ``SmartLeverageOffer``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: channel earn.smartleverage.offers, path /v5/public/fp
        """
