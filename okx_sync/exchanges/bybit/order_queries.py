"""What is asked of Bybit's REST about the instrument of an order that is to be sent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from okx_sync.errors import ConfigError, DecodeError, OkxApiError
from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.rows.tolerant import each
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import OrderUpdate, PositionUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.groups import BybitGroups

__all__ = ["BybitOrderQueries"]

_SPREAD: Final = "/v5/spread/"
_CONTRACTS: Final = ("linear", "inverse", "option")


class _Unit(NamedTuple):
    """What one unit of a size is worth: a coin, or of an inverse contract a dollar."""

    contract_value: Decimal
    is_inverse: bool


class BybitOrderQueries:
    """Asks about orders for ``KnownFacts`` (``OrderQueries``). Methods raise ``OkxError``.

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], Any]) -> None:
        self._rest = rest
        self._account = BybitAccountQueries(rest, "linear")

    def contract(self, order: OrderIntent) -> _Unit:
        """Return what a unit of its size is worth. Raises ``ConfigError`` for a spread."""
        self._check(order)
        return _Unit(Decimal(1), order.product == "inverse")

    def prices(self, order: OrderIntent) -> BestPrices:
        """Return the best prices by its ticker."""
        self._check(order)
        rows = self._groups().market.get_tickers(order.product, order.inst_id)  # type: ignore[arg-type]
        if len(rows) != 1:
            raise DecodeError(f"Bybit told {len(rows)} tickers of {order.inst_id}, not one")
        return BestPrices(rows[0].bid1Price or None, rows[0].ask1Price or None)

    def open_orders(self, order: OrderIntent) -> OpenOrders:
        """List the open orders on its instrument; conditional ones are among them."""
        rows = self._groups().order.iter_open_orders(order.product, order.inst_id, limit=50)  # type: ignore[arg-type]
        found, lost = each(rows, lambda row: row.to_update())
        return OpenOrders(list(found), lost)

    def positions(self, order: OrderIntent) -> list[PositionUpdate]:
        """List the positions in its instrument: base currency, of inverse contracts dollars."""
        rows = self._groups().position.get_positions(order.product, order.inst_id)  # type: ignore[arg-type]
        return [row.to_update() for row in rows]

    def look_up(self, order: OrderIntent, known: OrderState) -> OrderUpdate | None:
        """Return an order as it is now; None for one that Bybit does not know, and for one on a spread."""
        if order.path.startswith(_SPREAD):
            return None
        found = self._account.look_up(known)
        return None if found is None else attrs.evolve(found, price=self.dearest(found))

    def dearest(self, known: OrderState | OrderUpdate) -> Decimal | None:
        """Return the highest of the prices of an order, its trigger's among them."""
        prices = (known.price, getattr(known.raw, "triggerPrice", None))
        return max((price for price in prices if price), default=None)

    def as_meant(self, order: OrderIntent) -> OrderIntent:
        """Return the order as it is: Bybit refuses one that does not fit the position mode."""
        return order

    def has_positions(self, order: OrderIntent) -> bool:
        """Tell whether its instrument is a contract."""
        return order.product in _CONTRACTS

    def check_instrument(self, order: OrderIntent) -> None:
        """Raise ``ConfigError`` for an instrument that does not exist."""
        try:
            rows = self._groups().market.get_instruments(order.product, order.inst_id)  # type: ignore[arg-type]
        except OkxApiError as error:
            if error.retryable:
                raise
            rows = []
        if not any(row.symbol == order.inst_id for row in rows):
            raise ConfigError(f"Bybit has no {order.product} instrument {order.inst_id!r}", hint="as in BTCUSDT")

    def is_of(self, known: OrderState, product: str | None) -> bool:
        """Tell whether an order is of this category; one that does not say it counts."""
        return (getattr(known.raw, "category", None) or known.product) in (None, product)

    def _check(self, order: OrderIntent) -> None:
        if order.path.startswith(_SPREAD) or order.product is None:
            raise ConfigError(f"{order.inst_id} has neither a category nor a contract value that is known")

    def _groups(self) -> BybitGroups:
        groups: BybitGroups = self._rest()
        return groups
