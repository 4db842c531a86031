# mypy: disable-error-code="empty-body"
"""The typed method for strategy orders of V5. It needs credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.strategy.models import Strategy

__all__ = ["StrategyStreams"]


class StrategyStreams(Streams):
    """Strategy orders of the account."""

    @channel(
        "strategy",
        path="private",
        private=True,
        cadence="on each change of a strategy order",
        key=("strategyId",),
    )
    def subscribe_strategies(
        self,
        callback: Callable[[Strategy], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Strategy]:
        """Subscribe to the account's strategy orders: TWAP, iceberg, chase, percentage of volume.

        Args:
            callback: Called with each ``Strategy``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/strategy
        """
