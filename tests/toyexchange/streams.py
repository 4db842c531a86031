"""The typed methods of the toy exchange's client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from tests.toyexchange.models import Holding, Order, Print, Quotes


class Subscriber(Streams):
    """One for each channel."""

    def subscribe_book(
        self, symbol: str, callback: Callable[[Quotes], object] | None = None, **options: Any
    ) -> Subscription[Quotes]:
        """A book and its changes."""
        return self.subscribe("book", callback, symbol=symbol, **options)

    def subscribe_prints(
        self, symbol: str, callback: Callable[[Print], object] | None = None, **options: Any
    ) -> Subscription[Print]:
        """Public trades."""
        return self.subscribe("prints", callback, symbol=symbol, **options)

    def subscribe_orders(
        self, callback: Callable[[Order], object] | None = None, **options: Any
    ) -> Subscription[Order]:
        """Orders of ours."""
        return self.subscribe("orders", callback, **options)

    def subscribe_holdings(
        self, callback: Callable[[Holding], object] | None = None, **options: Any
    ) -> Subscription[Holding]:
        """What we hold."""
        return self.subscribe("holdings", callback, **options)
