"""Orders of an exchange that has no REST side here: followed on its streams, sent by whoever can send.

Nobody can be asked what the streams did not tell. So the manager knows the orders that changed since it began, and
after a lost link it is not ``synced`` again: what the outage swallowed stays unknown, and the ``gap`` event says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.models.neutral import FillUpdate, OrderUpdate
from okx_sync.state.live_orders import OrderManager
from okx_sync.state.order_state import NewOrder, OrderState

__all__ = ["OrderSender", "StreamOrders"]


class OrderSender(Protocol):
    """Sends orders. All of these raise ``OkxError``; see ``OrderActions``."""

    def place(self, new: NewOrder) -> str | None: ...
    def cancel(self, order: OrderState) -> bool: ...
    def amend(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> None: ...


class StreamOrders:
    """An ``OrderSource``. ``orders`` and ``fills`` name channels whose rows have a ``to_update()``, which may find
    nothing in one; ``sender``: None where the exchange takes no orders on its streams.
    """

    can_ask = False

    def __init__(
        self,
        subscribe: Callable[..., Subscription[Any]],
        path: str,
        orders: str,
        fills: str | None,
        sender: OrderSender | None,
    ) -> None:
        self.path = path
        self.needs_fills = fills is not None
        self._subscribe = subscribe
        self._orders = orders
        self._fills = fills
        self._sender = sender

    def follow_orders(self, manager: OrderManager) -> Subscription[Any]:
        """Feed the manager from the stream of orders. Raises what ``subscribe`` raises."""
        return self._follow(self._orders, manager)

    def follow_fills(self, manager: OrderManager) -> Subscription[Any]:
        """Feed the manager from the stream of fills. Raises what ``subscribe`` raises."""
        if self._fills is None:
            raise ConfigError("this protocol has no stream of fills", hint="the stream of orders tells of them")
        return self._follow(self._fills, manager)

    def _follow(self, channel: str, manager: OrderManager) -> Subscription[Any]:
        return self._subscribe(channel, manager.apply, inline=True)

    def open_orders(self) -> list[OrderUpdate]:
        """Nobody to ask."""
        return []

    def look_up(self, order: OrderState) -> OrderUpdate | None:  # noqa: ARG002  as ``OrderSource`` has it
        """Nobody to ask."""
        return None

    def fills_of(self, order: OrderState) -> list[FillUpdate]:  # noqa: ARG002  as ``OrderSource`` has it
        """Nobody to ask."""
        return []

    def new_id(self) -> str:
        """An id of our own: letters and digits."""
        return uuid.uuid4().hex

    def place(self, new: NewOrder) -> str | None:
        """Send it. Raises ``ConfigError`` where no orders can be sent."""
        return self._sending().place(new)

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end. Raises as :meth:`place`."""
        return self._sending().cancel(order)

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change. Raises as :meth:`place`."""
        self._sending().amend(order, size, price, options)

    def _sending(self) -> OrderSender:
        if self._sender is None:
            raise ConfigError(
                "orders cannot be sent over these streams", hint="send them by other means; ws.orders follows them"
            )
        return self._sender
