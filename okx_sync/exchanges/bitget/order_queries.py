"""What is asked of Bitget's REST about the instrument of an order that is to be sent: of V2 or V3, as the order is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.exchanges.bitget.account_queries import ClassicQueries, UnifiedQueries
from okx_sync.exchanges.bitget.classic_orders import FUTURES, margin_coin
from okx_sync.exchanges.bitget.products import CATEGORIES, category_of, product_of
from okx_sync.exchanges.waiting_orders import as_order
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.rows.tolerant import each
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import OrderUpdate, PositionUpdate, Side

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups

__all__ = ["BitgetOrderQueries"]

_V3: Final = "/api/v3/"
_SPOT: Final = "/api/v2/spot/"
_MODE_S: Final = 10.0
_ON_THE_WIRE: Final[dict[str, Side]] = {"long": "buy", "short": "sell"}
_PLANS: Final[dict[str, tuple[str, ...]]] = {
    "modify-tpsl-order": ("profit_loss",),
    "modify-plan-order": ("normal_plan", "track_plan", "profit_loss"),
}


class _Coin(NamedTuple):
    """What one unit of a size is worth: a coin of the base currency, of every product."""

    contract_value: Decimal = Decimal(1)
    is_inverse: bool = False


class BitgetOrderQueries:
    """Asks about orders for ``KnownFacts`` (``OrderQueries``). Methods raise ``OkxError``.

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], Any]) -> None:
        self._rest = rest
        self._modes: dict[str, tuple[float, bool]] = {}  # by product type: when it was asked, and the answer

    def contract(self, order: OrderIntent) -> _Coin:  # noqa: ARG002
        """Return what a unit of its size is worth."""
        return _Coin()

    def prices(self, order: OrderIntent) -> BestPrices:
        """Return the best prices by its ticker; margin has those of spot."""
        category: Any = "SPOT" if order.product == "MARGIN" else order.product
        rows = self._groups().uta.get_tickers(category, order.inst_id)
        if len(rows) != 1:
            raise DecodeError(f"Bitget told {len(rows)} tickers of {order.inst_id}, not one")
        return BestPrices(rows[0].bid1Price or None, rows[0].ask1Price or None)

    def open_orders(self, order: OrderIntent) -> OpenOrders:
        """List the open orders on its instrument; those that wait for a price are not among them."""
        product: Any = order.product
        if _is_unified(order):
            rows: Iterable[Any] = self._groups().uta.iter_open_orders(product, order.inst_id, limit=100)
            listed, unread = each(rows, lambda row: row.to_update())
            return OpenOrders(list(listed), unread)
        listing = self._groups().mix.iter_open_orders
        # Those without fills first, so that one which is filled meanwhile is seen.
        rows = [row for word in ("live", "partially_filled") for row in listing(product, order.inst_id, status=word)]
        found, lost = each(rows, lambda row: row.to_update())
        return OpenOrders(list({one.order_id: one for one in found}.values()), lost)

    def positions(self, order: OrderIntent) -> list[PositionUpdate]:
        """List the positions in its instrument, in base currency."""
        product: Any = order.product
        name = order.inst_id or ""
        rows: Iterable[Any]
        if _is_unified(order):
            rows = self._groups().uta.get_positions(product, name)
        else:
            rows = self._groups().mix.get_position(name, product, margin_coin(product, name))
        return [row.to_update() for row in rows]

    def look_up(self, order: OrderIntent, known: OrderState) -> OrderState | OrderUpdate | None:
        """Return an order as it is now; None for one that Bitget does not know."""
        if order.waits:
            return self._waiting(order)
        if order.path.startswith(_SPOT):
            row = self._groups().spot.get_order(order.order_id, None if order.order_id else order.client_order_id)
            name, order_id = row.symbol or "", row.orderId or ""
            side: Any = row.side
            price = row.price or None
            return OrderState(inst_id=name, order_id=order_id, status="live", side=side, size=row.size, price=price)
        if not _is_unified(order):
            return ClassicQueries(self._rest, ()).look_up(known)
        if known.sent_at is not None:
            return UnifiedQueries(self._rest).look_up(known)
        # A change need not name the instrument; its order is named by an id, and there.
        return (
            self._groups().uta.get_order(order.order_id, None if order.order_id else order.client_order_id).to_update()
        )

    def _waiting(self, order: OrderIntent) -> OrderState | None:
        """Find an order that waits for a price among those that do."""
        groups = self._groups()
        rows: Iterable[Any]
        if _is_unified(order):
            rows = (row for category in CATEGORIES for row in groups.uta.get_open_strategy_orders(category))
        elif order.path.startswith(_SPOT):
            rows = groups.spot.iter_open_plan_orders()
        else:
            product: Any = order.product
            plans: Any = _PLANS.get(order.path.rpartition("/")[2], ())
            rows = (row for plan in plans for row in groups.mix.iter_open_plan_orders(product, plan, order.inst_id))
        name = order.order_id or order.client_order_id
        for row in rows:
            if name in (row.orderId, row.clientOid):
                return as_order(row.to_algo_updates()[0], stops_close=True)
        return None

    def dearest(self, known: OrderState | OrderUpdate) -> Decimal | None:
        """Return the price of an order."""
        return known.price

    def as_meant(self, order: OrderIntent) -> OrderIntent:
        """Return an order as Bitget takes it: in one-way mode nobody looks at the position that it names."""
        if order.position_side is None or self._is_hedged(order):
            return order
        side = order.side if _is_unified(order) else _ON_THE_WIRE[order.position_side]
        return attrs.evolve(order, side=side, position_side=None, closes=False)

    def _is_hedged(self, order: OrderIntent) -> bool:
        """Tell whether the account is in hedge mode, asked once in a while: it cannot change while anything is open."""
        key, now = order.product or "", self._rest().clock.monotonic()
        asked_at, is_hedged = self._modes.get(key, (float("-inf"), False))
        if now - asked_at > _MODE_S:
            product: Any = order.product
            name = order.inst_id or ""
            if _is_unified(order):
                mode = self._groups().uta.get_account_settings().holdMode
            else:
                mode = self._groups().mix.get_account(name, product, margin_coin(product, name)).posMode
            if mode is None:
                raise DecodeError("Bitget does not tell the position mode")
            is_hedged = mode.startswith("hedge")
            self._modes[key] = (now, is_hedged)
        return is_hedged

    def has_positions(self, order: OrderIntent) -> bool:
        """Tell whether its instrument is a contract."""
        return order.product in FUTURES

    def check_instrument(self, order: OrderIntent) -> None:
        """Raise ``ConfigError`` for an instrument that does not exist."""
        product: Any = order.product
        if not any(row.symbol == order.inst_id for row in self._groups().uta.get_instruments(product)):
            raise ConfigError(f"Bitget has no {product} instrument {order.inst_id!r}", hint="as in BTCUSDT")

    def is_of(self, known: OrderState, product: str | None) -> bool:
        """Tell whether an order is of this product type: as its row tells it, as it was placed, or by its name."""
        told = getattr(known.raw, "category", None) or known.product
        if told is None and known.raw is not None:
            told = product_of(known.inst_id, known.raw)
        return (told or category_of(known.inst_id)).upper() == product

    def _groups(self) -> BitgetGroups:
        groups: BitgetGroups = self._rest()
        return groups


def _is_unified(order: OrderIntent) -> bool:
    return order.path.startswith(_V3)
