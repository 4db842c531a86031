"""Typed methods for orders and executions of V5. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.trade.models import Execution, FastExecution, Order
    from okx_sync.exchanges.bybit.words import OptionalCategory

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """Orders and executions. Nothing is pushed on subscribing: ask REST for what there is already."""

    def subscribe_orders(
        self,
        category: OptionalCategory = None,
        callback: Callable[[Order], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """Orders, of all markets or of one.

        Pushed on each change of an order. Path private, with a login.
        """
        return self.subscribe("order", callback, category=category, **options)

    def subscribe_executions(
        self,
        category: OptionalCategory = None,
        callback: Callable[[Execution], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Execution]:
        """Fills, funding fees, settlements and the like, of all markets or of one.

        Pushed on each of them. Path private, with a login.
        """
        return self.subscribe("execution", callback, category=category, **options)

    def subscribe_fast_executions(
        self,
        category: OptionalCategory = None,
        callback: Callable[[FastExecution], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[FastExecution]:
        """Fills, sooner than ``subscribe_executions`` and with less in them.

        Pushed on each fill. Path private, with a login.
        """
        return self.subscribe("execution.fast", callback, category=category, **options)
