"""``OrderSender``: sends orders over the streams of an exchange without REST here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.state.orders.batch_cancel import CancelResult
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

__all__ = ["OrderSender"]


class OrderSender(Protocol):
    """Sends orders. All of these raise ``OkxError``; see ``OrderActions``."""

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Check an order; see ``OrderActions.new_order``."""

    def place(self, new: PreparedOrder) -> str | None:
        """Place an order; see ``OrderActions.place``."""

    def cancel(self, order: OrderState) -> bool:
        """Cancel an order; see ``OrderActions.cancel``."""

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        """Make the order that takes the place of one that is changed; see ``OrderActions.replacement``."""

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Cancel several orders, with one outcome for each; see ``OrderActions.cancel_many``."""

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Amend an order; see ``OrderActions.amend``."""
