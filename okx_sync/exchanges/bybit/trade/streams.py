# mypy: disable-error-code="empty-body"
"""Typed methods for orders and executions of V5. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.trade.models import Execution, FastExecution, Order
    from okx_sync.exchanges.bybit.words import OptionalCategory

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """Orders and executions. Nothing is pushed on subscribing: ask REST for what there is already."""

    @channel(
        "order",
        path="private",
        private=True,
        cadence="on each change of an order",
        key=("orderId",),
        identity=("orderId", "updatedTime", "orderStatus", "cumExecQty"),
    )
    def subscribe_orders(
        self,
        category: OptionalCategory = None,
        callback: Callable[[Order], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """Subscribe to the account's orders.

        Args:
            category: Only those of this market: ``spot``, ``linear``, ``inverse`` or ``option``; of all when left out.
            callback: Called with each ``Order``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/order
        """

    @channel(
        "execution",
        path="private",
        private=True,
        cadence="on each fill, funding fee, settlement and the like",
        key=("execId",),
        identity=("execId",),
    )
    def subscribe_executions(
        self,
        category: OptionalCategory = None,
        callback: Callable[[Execution], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Execution]:
        """Subscribe to the account's fills, funding fees, settlements and the like.

        Args:
            category: Only those of this market: ``spot``, ``linear``, ``inverse`` or ``option``; of all when left out.
            callback: Called with each ``Execution``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/execution
        """

    @channel(
        "execution.fast",
        path="private",
        private=True,
        cadence="on each fill, sooner than execution and with less in it",
        key=("execId",),
        identity=("execId",),
    )
    def subscribe_fast_executions(
        self,
        category: OptionalCategory = None,
        callback: Callable[[FastExecution], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[FastExecution]:
        """Subscribe to the account's fills, sooner than ``subscribe_executions`` and with less in them.

        Args:
            category: Only those of this market: ``spot``, ``linear``, ``inverse`` or ``option``; of all when left out.
            callback: Called with each ``FastExecution``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/fast-execution
        """
