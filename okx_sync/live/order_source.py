"""``OrderSource``: what an exchange provides for live orders, over its streams and REST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import OkxError
from okx_sync.state.orders.cancel_all import CancelVerdict
from okx_sync.state.orders.close_position import CloseRequest, PreparedCloses
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = ["OrderSource"]


class OrderSource(Protocol):
    """What an exchange provides for live orders. Methods that ask or send raise ``OkxError``."""

    @property
    def path(self) -> str:
        """The path on which the account's orders live."""

    @property
    def can_ask(self) -> bool:
        """False when there is nobody to ask what the stream did not tell."""

    @property
    def no_source(self) -> str | None:
        """Why nobody tells which orders are open; None where the stream or REST does."""

    @property
    def needs_fills(self) -> bool:
        """True where the stream of orders does not name fills, so that theirs is followed in any case."""

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of orders."""

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed it from the stream of fills as well."""

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return all open orders, or those of an instrument, oldest first."""

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now; None when the exchange does not know it."""

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of one order, oldest first."""

    def new_id(self) -> str:
        """See ``OrderActions``; so for the rest."""

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        """Check an order; see ``OrderActions.new_order``."""

    def place(self, new: PreparedOrder) -> str | None:
        """Place an order; see ``OrderActions.place``."""

    def cancel(self, order: OrderState) -> bool:
        """Cancel an order; see ``OrderActions.cancel``."""

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        """See ``OrderActions.replacement``."""

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Amend an order; see ``OrderActions.amend``."""

    def closings(self, request: CloseRequest) -> PreparedCloses:
        """Say how positions are closed; see ``OrderActions.closings``."""

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        """Cancel several orders; see ``OrderActions.cancel_many``."""
