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
        """Orders of the account, of all instruments or one. No snapshot."""

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
        """Fills of the account's orders, of all instruments or one. No snapshot.

        The seed protocol has ``subscribe_execution``.
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
        """Trigger orders, take-profits and stop-losses. No snapshot.

        V1 has ``subscribe("ordersAlgo")``.
        """
