"""OKX's side of ``ws.orders``: which channels feed it, how it asks REST, and how its orders are sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.okx.normalize_orders import fill_update, order_update
from okx_sync.models.neutral import FillUpdate, OrderUpdate
from okx_sync.state.live_orders import OrderManager
from okx_sync.state.order_state import NewOrder, OrderState

if TYPE_CHECKING:
    from okx_sync.okx_client import OkxClient

__all__ = ["OkxOrders", "Sender"]

_UNKNOWN_ORDER: Final = "51603"
_GONE: Final = frozenset({"51400", "51401", "51402", "51603"})  # filled, canceled, or never existed
_CANCELING: Final = "51410"


class Sender(Protocol):
    """What sends orders, with the names and parameters of ``client.trade``: a ``WsClient``, or REST."""

    @property
    def place_order(self) -> Callable[..., Any]:
        """Returns the receipt."""

    @property
    def cancel_order(self) -> Callable[..., Any]:
        """The same."""

    @property
    def amend_order(self) -> Callable[..., Any]:
        """The same."""


class OkxOrders:
    """Parameters: ``subscribe`` of the client; ``rest`` gives its REST client; ``sender`` sends the orders."""

    path = "private"
    can_ask = True
    no_source = None
    needs_fills = False

    def __init__(
        self, subscribe: Callable[..., Subscription[Any]], rest: Callable[[], OkxClient], sender: Sender
    ) -> None:
        self._subscribe = subscribe
        self._rest = rest
        self._sender = sender

    # -- streams -------------------------------------------------------------------------------------------------

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the channel ``orders``, all types of instrument. Raises what ``subscribe`` raises."""
        return [self._subscribe("orders", manager.apply, instType="ANY", inline=True)]

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the channel ``fills`` as well. Raises what ``subscribe`` raises."""
        return [self._subscribe("fills", manager.apply, inline=True)]

    # -- REST ------------------------------------------------------------------------------------------------------

    def open_orders(self) -> list[OrderUpdate]:
        """All open orders, oldest first. Raises ``OkxError``."""
        return [_fetched(order_update(row)) for row in self._rest().trade.iter_orders_pending()][::-1]

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """One order as it is now; None when OKX does not know it. Raises ``OkxError``."""
        try:
            # With both ids given OKX takes ordId.
            row = self._rest().trade.get_order(order.inst_id, order.order_id, order.client_order_id)
        except OkxApiError as error:
            if error.code == _UNKNOWN_ORDER:
                return None
            raise
        return _fetched(order_update(row))

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Its fills, oldest first. Raises ``OkxError``."""
        found: list[FillUpdate] = []
        after: str | None = None
        while True:
            rows = self._rest().trade.get_fills(inst_id=order.inst_id, ord_id=order.order_id, after=after, limit=100)
            fills = (fill_update(row) for row in rows)
            found += [attrs.evolve(fill, recovered=True) for fill in fills if fill is not None]
            if len(rows) < 100:
                return found[::-1]
            after = rows[-1].billId

    # -- requests ----------------------------------------------------------------------------------------------------

    def new_id(self) -> str:
        """An id of our own."""
        from okx_sync.exchanges.okx.rest.dialect import new_cl_ord_id  # streams alone do without REST

        return new_cl_ord_id()

    def place(self, new: NewOrder) -> str | None:
        """Send it. Raises ``ConfigError`` without ``td_mode``, and what ``place_order`` raises."""
        options = dict(new.options)
        td_mode = options.pop("td_mode", None)
        if not td_mode:
            raise ConfigError("td_mode is missing", hint="td_mode='cash' for SPOT, 'cross' or 'isolated' for the rest")
        if new.expires_at is not None:
            options["exp_time"] = new.expires_at
        receipt = self._sender.place_order(
            new.inst_id, td_mode, new.side, new.order_type, new.size, new.price, new.client_order_id, **options
        )
        order_id: str | None = receipt.ordId
        return order_id

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone. Raises what ``cancel_order`` raises."""
        try:
            self._sender.cancel_order(order.inst_id, *_name(order))
        except OkxApiError as error:
            if error.code in _GONE:
                return False
            if error.code != _CANCELING:
                raise
        return True

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change. Raises what ``amend_order`` raises."""
        given = {"new_sz": size, "new_px": price, **options}
        wanted = {name: value for name, value in given.items() if value is not None}
        self._sender.amend_order(order.inst_id, *_name(order), **wanted)


def _name(order: OrderState) -> tuple[str | None, str | None]:
    """One of the two ids, the exchange's if it is known."""
    return (order.order_id, None) if order.order_id else (None, order.client_order_id)


def _fetched(update: OrderUpdate) -> OrderUpdate:
    """Marked as asked for, its fill too."""
    fill = None if update.fill is None else attrs.evolve(update.fill, recovered=True)
    return attrs.evolve(update, fill=fill, recovered=True)
