"""Typed methods for the account's own data of V5. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.models import (
        Execution,
        FastExecution,
        Greeks,
        Order,
        Position,
        Wallet,
    )
    from okx_sync.exchanges.bybit.models.words import OptionalCategory, PositionCategory

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """Orders, executions, positions, wallet. Nothing is pushed on subscribing: ask REST for what there is already."""

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

    def subscribe_positions(
        self,
        category: PositionCategory | None = None,
        callback: Callable[[Position], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Position]:
        """Positions, of all markets or of one.

        Pushed on each change, and when an order was placed, amended or canceled. Path private, with a login.
        """
        return self.subscribe("position", callback, category=category, **options)

    def subscribe_wallet(
        self, callback: Callable[[Wallet], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Wallet]:
        """Totals of the account and the coins that changed.

        Pushed on each change of a balance; not when unrealised profit alone changes. Path private, with a login.
        """
        return self.subscribe("wallet", callback, **options)

    def subscribe_greeks(
        self, callback: Callable[[Greeks], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Greeks]:
        """Greeks of all options, by coin.

        Pushed when they change. Path private, with a login.
        """
        return self.subscribe("greeks", callback, **options)
