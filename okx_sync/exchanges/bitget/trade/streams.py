# mypy: disable-error-code="empty-body"
"""Typed methods for orders, fills and trigger orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import channel, models, seed_channel, v1_channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.trade.models import AlgoOrder, Fill, Order
    from okx_sync.exchanges.bitget.words import InstType

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """Orders, fills and trigger orders."""

    @channel(
        "orders",
        path="private",
        private=True,
        of="instId",
        cadence="on each change of an order",
        key=("orderId",),
        identity=("orderId", "status", "accBaseVolume", "uTime"),
    )
    @v1_channel(
        "orders",
        path="private",
        private=True,
        model=models.V1Order,
        cadence="on each change of an order",
        key=("ordId",),
        identity=("ordId", "status", "accFillSz", "uTime"),
    )
    @seed_channel(
        "orders",
        model=models.SeedOrder,
        cadence="on each change of an order",
        key=("orderId",),
        identity=("orderId", "status", "filledSize", "timestamp"),
    )
    def subscribe_orders(
        self,
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """Subscribe to the account's orders; those of before are told when they change.

        Args:
            inst_id: Only orders in this instrument, such as ``BTCUSDT``; in all when left out, and in V1 always.
            callback: Called with each ``Order`` (``V1Order`` in V1, ``SeedOrder`` in the seed protocol); without it,
                iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``USDT-FUTURES`` (the default), ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins; in V1 ``UMCBL`` (the default), ``DMCBL`` or ``CMCBL``, with the same
                ``S``; in the seed protocol ``FUTURES`` by default.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Order-Channel
        """

    @channel(
        "fill",
        path="private",
        private=True,
        of="instId",
        cadence="on each fill",
        key=("symbol", "tradeId", "orderId"),
        identity=("symbol", "tradeId", "orderId"),
    )
    def subscribe_fill(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """Subscribe to the fills of the account's orders; those of before are not told.

        The seed protocol has ``subscribe_execution``.

        Args:
            inst_id: Only fills in this instrument, such as ``BTCUSDT``; in all when left out.
            callback: Called with each ``Fill``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``USDT-FUTURES`` (the default), ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Fill-Channel
        """

    @channel(
        "orders-algo",
        path="private",
        private=True,
        of="instId",
        cadence="when a trigger order is made, changed, canceled or triggered",
        key=("orderId",),
        identity=("orderId", "status", "uTime"),
    )
    def subscribe_orders_algo(
        self,
        inst_id: str | None = None,
        callback: Callable[[AlgoOrder], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AlgoOrder]:
        """Subscribe to the account's trigger orders, take-profits and stop-losses.

        V1 has ``subscribe("ordersAlgo")``.

        Args:
            inst_id: Only orders in this instrument, such as ``BTCUSDT``; in all when left out.
            callback: Called with each ``AlgoOrder``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``USDT-FUTURES`` (the default), ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Plan-Order-Channel
        """
