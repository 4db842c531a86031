"""What is asked of OKX's REST about the instrument of an order that is to be sent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from okx_sync.exchanges.okx.account_queries import OkxAccountQueries
from okx_sync.exchanges.waiting_orders import as_order
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import OrderUpdate, PositionUpdate

if TYPE_CHECKING:
    from okx_sync.state.instrument_spec import InstrumentSpec

__all__ = ["OkxOrderQueries"]

_SPREAD: Final = "/api/v5/sprd/"


class OkxOrderQueries:
    """Asks about orders for ``KnownFacts`` (``OrderQueries``). Methods raise ``OkxError``.

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], Any]) -> None:
        self._rest = rest
        self._account = OkxAccountQueries(rest)

    def contract(self, order: OrderIntent) -> InstrumentSpec:
        """Return the rules of its instrument. Raises ``ConfigError`` for one that does not exist."""
        spec: InstrumentSpec = self._rest().instruments.get(order.inst_id)
        return spec

    def prices(self, order: OrderIntent) -> BestPrices:
        """Return the best prices by its ticker."""
        row = self._rest().market.get_ticker(order.inst_id)
        return BestPrices(row.bidPx or None, row.askPx or None)

    def open_orders(self, order: OrderIntent) -> OpenOrders:
        """List the open orders on its instrument; algo orders, which wait for a price, are not among them."""
        return self._account.open_orders(order.inst_id)

    def positions(self, order: OrderIntent) -> list[PositionUpdate]:
        """List the positions in its instrument, in contracts."""
        return [row.to_update() for row in self._rest().account.get_positions(inst_id=order.inst_id)]

    def look_up(self, order: OrderIntent, known: OrderState) -> OrderState | OrderUpdate | None:
        """Return an order as it is now; None for one that OKX does not know, and for one on a spread."""
        if order.path.startswith(_SPREAD):
            return None
        if not order.waits:
            return self._account.look_up(known)
        row = self._rest().algo.get_algo_order(order.order_id, None if order.order_id else order.client_order_id)
        return as_order(row.to_algo_update())

    def dearest(self, known: OrderState | OrderUpdate) -> Decimal | None:
        """Return the price of an order."""
        return known.price

    def as_meant(self, order: OrderIntent) -> OrderIntent:
        """Return the order as it is: OKX refuses one that does not fit the position mode."""
        return order

    def has_positions(self, order: OrderIntent) -> bool:
        """Tell whether its instrument is a contract, by its name: no pair and no spread."""
        name = order.inst_id or ""
        return name.count("-") > 1 and not order.path.startswith(_SPREAD)

    def check_instrument(self, order: OrderIntent) -> None:
        """Raise ``ConfigError`` for an instrument that does not exist."""
        self.contract(order)

    def is_of(self, known: OrderState, product: str | None) -> bool:  # noqa: ARG002
        """Return True: no two instruments of OKX have one name."""
        return True
