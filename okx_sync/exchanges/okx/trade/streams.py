"""Typed methods for the account's orders and fills. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.trade.models import Fill, Order
    from okx_sync.exchanges.okx.words import InstTypeOrAny

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """The account's orders and fills."""

    def subscribe_orders(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """The account's orders of a type of instrument.

        Pushed on each change of an order (new, filled, amended, canceled); there is no snapshot of open orders.
        Path private, with a login.
        """
        return self.subscribe("orders", callback, instType=inst_type, instId=inst_id, instFamily=inst_family, **options)

    def subscribe_fills(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """The account's fills in the order book, sooner than ``subscribe_orders``.

        Pushed on each fill; no snapshot. Path private, with a login; fee tier VIP4 or above (else 64003).
        """
        return self.subscribe("fills", callback, instId=inst_id, **options)
