# mypy: disable-error-code="empty-body"
"""Typed methods for the account's orders and fills. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.trade.models import Fill, Order
    from okx_sync.exchanges.okx.words import InstTypeOrAny

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """The account's orders and fills."""

    @channel(
        "orders",
        path="private",
        private=True,
        cadence="on each change of an order; no snapshot",
        key=("instId", "ordId"),
        identity=("instId", "ordId", "uTime", "state", "accFillSz", "reqId"),
    )
    def subscribe_orders(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """The account's orders of a type of instrument: new, filled, amended, canceled."""

    @channel(
        "fills",
        path="private",
        private=True,
        cadence="on each fill in the order book; no snapshot",
        key=("instId", "tradeId"),
        identity=("instId", "tradeId"),
        fee_tier="VIP4",
    )
    def subscribe_fills(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """The account's fills in the order book, sooner than ``subscribe_orders``."""
