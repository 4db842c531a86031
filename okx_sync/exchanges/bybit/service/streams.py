# mypy: disable-error-code="empty-body"
"""Typed methods for news of the service itself: maintenance, protection against lost connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.service.models import DisconnectProtection, SystemStatus
    from okx_sync.exchanges.bybit.words import Protected

__all__ = ["ServiceStreams"]


class ServiceStreams(Streams):
    """News of the service itself."""

    @channel(
        "system.status",
        path="/v5/public/misc/status",
        cadence="on each change of an announced maintenance or an incident",
        key=("id",),
        quiet=True,
    )
    def subscribe_system_status(
        self,
        callback: Callable[[SystemStatus], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SystemStatus]:
        """Subscribe to maintenances and incidents.

        Breaks of less than 10 seconds are not announced. The first use opens a connection of its own.

        Args:
            callback: Called with each ``SystemStatus``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/system/system-status
        """

    @channel(
        "dcp.{product}",
        path="private",
        private=True,
        cadence="never: that it is subscribed is what counts",
    )
    def subscribe_disconnect_protection(
        self,
        product: Protected,
        callback: Callable[[DisconnectProtection], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[DisconnectProtection]:
        """Subscribe to nothing but the protection against lost connections (DCP).

        Bybit cancels the orders of the product when every private connection that has subscribed this is gone for the
        time window of ``client.order.set_disconnect_cancel_all``. For institutional clients only.

        Args:
            product: Whose orders are protected: ``future``, ``spot`` or ``option``.
            callback: Called with each ``DisconnectProtection``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/dcp
        """
