"""``OrderActions``: how an order manager has orders sent, asked for and looked up, whatever exchange it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.errors import OkxError
from okx_sync.state.orders.close_position import CloseRequest, PreparedCloses
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import OrderUpdate

__all__ = ["OrderActions"]


class OrderActions(Protocol):
    """What an :class:`OrderManager` sends its requests by. No method is called under the manager's lock."""

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        """Make the order that ``words`` ask for: neutral ones (``NEW_ORDER_WORDS``), or the exchange's own.

        Raises ``ConfigError``, or whatever keeps it from being sent, as long as that can be known before.
        """

    def place(self, new: PreparedOrder) -> str | None:
        """Send it; returns the exchange's id if it tells.

        Raises ``OrderStatusUnknown`` when nobody knows whether it got there; any other ``OkxError`` says it did not.
        """

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when the exchange says that it is gone already."""

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        """Return the order that the exchange makes for a change; None where the order itself is changed.

        Its size, price and options are what :meth:`amend` is to be called with. Raises as :meth:`new_order`.
        """

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change."""

    def list_open(self, inst_id: str | None) -> list[OrderUpdate]:
        """List the orders that the exchange has as open, oldest first, of an instrument or all.

        Raises where the exchange cannot be asked.
        """

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[Any, OkxError | None]]:
        """Ask for the end of all of them: for each a ``CancelVerdict``, and the error if there is one."""

    def closings(self, request: CloseRequest) -> PreparedCloses:
        """Say how what is asked for is closed, each position by itself, checked and not sent.

        Raises ``ConfigError``, whatever keeps it from being sent, and what asking for the positions raises.
        """

    def settle(self, order: OrderHandle) -> None:
        """Find out soon, on another thread, what became of it, and feed the manager."""

    def row_lost(self, reason: str) -> None:
        """Look at the open orders again, soon, where that can be asked: a row could not be read."""

    def close(self) -> None:
        """Send and feed no more."""
