# mypy: disable-error-code="empty-body"
"""Typed methods for orders, fills and trigger orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import channel, models, seed_channel, v1_channel, v3_channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.bitget.subscribe_options import ProductOptions
    from okx_sync.exchanges.bitget.trade.models import AlgoOrder, Fill, Order
    from okx_sync.exchanges.bitget.v3.models import V3Fill, V3Order, V3StrategyOrder
    from okx_sync.exchanges.bitget.words import InstType

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """Orders, fills and trigger orders."""

    @inst_id_or_list
    @channel(
        "orders",
        path="private",
        private=True,
        of="instId",
        cadence="on each change of an order",
        key=("orderId",),
        identity=("orderId", "status", "accBaseVolume", "uTime"),
    )
    @v3_channel(
        "order",
        path="private",
        private=True,
        model=models.V3Order,
        cadence="on each change of an order",
        key=("orderId",),
        identity=("orderId", "orderStatus", "cumExecQty", "updatedTime"),
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
        callback: Callable[[Order], object] | Callable[[V3Order], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Order | V3Order]:
        """Subscribe to the account's orders; those of before are told when they change.

        Args:
            inst_id: Only orders in this instrument, such as ``BTCUSDT``; in all when left out, and in V1 and V3 always.
            callback: Called with each ``Order`` (``V3Order`` in V3, ``V1Order`` in V1, ``SeedOrder`` in the seed
                protocol); without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins; in V1 ``UMCBL`` (the
                default), ``DMCBL`` or ``CMCBL``, with the same ``S``; in the seed protocol ``FUTURES`` by default.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Order-Channel
        """

    @inst_id_or_list
    @channel(
        "fill",
        path="private",
        private=True,
        of="instId",
        cadence="on each fill",
        key=("symbol", "tradeId", "orderId"),
        identity=("symbol", "tradeId", "orderId"),
    )
    @v3_channel(
        "fill",
        path="private",
        private=True,
        model=models.V3Fill,
        cadence="on each fill",
        key=("symbol", "execId", "orderId"),
        identity=("symbol", "execId", "orderId"),
    )
    def subscribe_fill(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | Callable[[V3Fill], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Fill | V3Fill]:
        """Subscribe to the fills of the account's orders; those of before are not told.

        The seed protocol has ``subscribe_execution``.

        Args:
            inst_id: Only fills in this instrument, such as ``BTCUSDT``; in all when left out, and in V3 always.
            callback: Called with each ``Fill`` (``V3Fill`` in V3); without it, iterate the subscription or call its
                ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Fill-Channel
        """

    @inst_id_or_list
    @channel(
        "orders-algo",
        path="private",
        private=True,
        of="instId",
        cadence="when a trigger order is made, changed, canceled or triggered",
        key=("orderId",),
        identity=("orderId", "status", "uTime"),
    )
    @v3_channel(
        "strategy-order",
        path="private",
        private=True,
        model=models.V3StrategyOrder,
        cadence="when a trigger order is made, changed, canceled or triggered",
        key=("orderId",),
        identity=("orderId", "status", "updatedTime"),
    )
    def subscribe_orders_algo(
        self,
        inst_id: str | None = None,
        callback: Callable[[AlgoOrder], object] | Callable[[V3StrategyOrder], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[AlgoOrder | V3StrategyOrder]:
        """Subscribe to the account's trigger orders, take-profits and stop-losses.

        V1 has ``subscribe("ordersAlgo")``.

        Args:
            inst_id: Only orders in this instrument, such as ``BTCUSDT``; in all when left out, and in V3 always.
            callback: Called with each ``AlgoOrder`` (``V3StrategyOrder`` in V3); without it, iterate the subscription
                or call its ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Plan-Order-Channel
        """
