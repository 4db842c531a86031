"""``OrderSender``: sends orders over the streams of an exchange; ``BatchCancels``: cancels several by one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.errors import OkxError
from okx_sync.state.orders.cancel_all import CancelVerdict
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

__all__ = ["BatchCancels", "OrderSender"]


class OrderSender(Protocol):
    """Sends orders. All of these raise ``OkxError``; see ``OrderActions``."""

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Check an order; see ``OrderActions.new_order``."""

    def place(self, new: PreparedOrder) -> str | None:
        """Place an order; see ``OrderActions.place``."""

    def cancel(self, order: OrderState) -> bool:
        """Cancel an order; see ``OrderActions.cancel``."""

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Amend an order; see ``OrderActions.amend``."""


class BatchCancels(Protocol):
    """Cancels several orders by one request."""

    @property
    def cancels_at_once(self) -> int:
        """How many orders one request may name."""

    def cancel_batch(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        """Request the end of these orders; returns a verdict on each, in their order. Raises ``OkxError``."""
