"""Typed methods for orders, fills and trigger orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.trade.models import AlgoOrder, Fill, Order
    from okx_sync.exchanges.bitget.words import InstType

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """Orders, fills and trigger orders."""

    def subscribe_orders(
        self,
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """Orders of the account, of all instruments or one. No snapshot.

        Pushed on each change of an order. Path private, with a login. All protocols.
        """
        return self.subscribe("orders", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_fill(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """Fills of the account's orders, of all instruments or one. No snapshot.

        Pushed on each fill. Path private, with a login. V2 only; the seed protocol has ``subscribe_execution``.
        """
        return self.subscribe("fill", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_orders_algo(
        self,
        inst_id: str | None = None,
        callback: Callable[[AlgoOrder], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AlgoOrder]:
        """Trigger orders, take-profits and stop-losses. No snapshot.

        Pushed when one is made, changed, canceled or triggered. Path private, with a login. V2 only;
        V1 has ``subscribe("ordersAlgo")``.
        """
        return self.subscribe("orders-algo", callback, instId=inst_id, instType=inst_type, **options)
