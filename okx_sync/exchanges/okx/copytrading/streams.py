# mypy: disable-error-code="empty-body"
"""Typed methods for notes to lead traders and to those who copy them. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.copytrading.models import CopyNotification, LeadNotification
    from okx_sync.exchanges.okx.words import SwapInstType

__all__ = ["CopyTradingStreams"]


class CopyTradingStreams(Streams):
    """Notes to lead traders and to those who copy them."""

    # Notes are told apart by nothing but all they say, and a newer one replaces none: no key, no identity.
    @channel("copytrading-lead-notification", path="business", private=True, cadence="when a lead trade fails")
    def subscribe_copytrading_lead_notification(
        self,
        inst_type: SwapInstType = "SWAP",
        inst_id: str | None = None,
        callback: Callable[[LeadNotification], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LeadNotification]:
        """Subscribe to notes to a lead trader: a lead trade failed, and why.

        Args:
            inst_type: Always ``SWAP``, which is the default.
            inst_id: Only notes on this perpetual, such as ``BTC-USDT-SWAP``; on all when left out.
            callback: Called with each ``LeadNotification``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-ws-lead-trading-notification-channel
        """

    @channel(
        "copytrading-notification",
        path="business",
        private=True,
        cadence="when copying a trade fails",
        note="no longer documented by OKX, use copytrading-lead-notification",
    )
    def subscribe_copytrading_notification(
        self,
        inst_type: SwapInstType = "SWAP",
        inst_id: str | None = None,
        callback: Callable[[CopyNotification], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[CopyNotification]:
        """Subscribe to notes to a copy trader, from before ``copytrading-lead-notification``.

        OKX does not document the channel any longer.

        Args:
            inst_type: Always ``SWAP``, which is the default.
            inst_id: Only notes on this perpetual, such as ``BTC-USDT-SWAP``; on all when left out.
            callback: Called with each ``CopyNotification``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: channel copytrading-notification, path business
        """
