"""``BybitOrderLookup``: what Bybit says over REST of an order whose answer was lost.

Pages: "Get Open & Closed Orders" and "Get Order History" of the V5 documentation, and the same of spread trading.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, TypeVar

import attrs

from okx_sync.errors import ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.bybit.groups import BybitGroups
from okx_sync.rest.lost_orders import LostOrders
from okx_sync.rest.order_identity import OrderFields
from okx_sync.rest.order_lookup import Finder, Lookup
from okx_sync.timing import Deadline

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.spread.models import SpreadOrder
    from okx_sync.exchanges.bybit.trade.models import Order

__all__ = ["BybitLostOrders", "BybitOrderLookup"]

AnyOrder = TypeVar("AnyOrder", "Order", "SpreadOrder")
FoundOrder: TypeAlias = "Order | SpreadOrder"
"""What a look-up finds: an order on a market, or one on a spread."""
_NOT_FOUND: Final = "110001"
_SPREADS: Final = "/v5/spread/"

_FIELDS: Final = OrderFields(
    instrument="symbol",
    order_id="orderId",
    client_id="orderLinkId",
    created="createdTime",
    side="side",
    size="qty",
    status="orderStatus",
    canceled=("Cancelled", "PartiallyFilledCanceled", "Deactivated"),
    amended={"qty": "qty", "price": "price", "triggerPrice": "triggerPrice", "orderIv": "orderIv"},
    resized=("reduceOnly", "closeOnTrigger"),  # cut to the position
    resizing=("reduceOnly", "closeOnTrigger"),
)


@attrs.frozen(kw_only=True)
class BybitOrderLookup(Lookup["FoundOrder"]):
    """What Bybit says over REST of an order whose answer was lost.

    ``status`` is ``"found"``, or ``"missing"``: it was not there, which does not say that it will not be: a request is
    good for ``recv_window`` ms (5000 unless you say otherwise), and listings may come late. Failures to ask are raised
    instead. ``asked`` has ``category``, ``symbol``, ``orderLinkId``, ``orderId``, as far as known.
    """

    fields: ClassVar[OrderFields] = _FIELDS


class BybitLostOrders(BybitGroups, LostOrders["FoundOrder", BybitOrderLookup]):
    """The groups of ``BybitClient``, and the part of it that looks up orders whose answer was lost."""

    _order_call = "order.get_open_orders(category, symbol, order_id=..., order_link_id=...)"

    def _look_up(
        self, unknown: OrderStatusUnknown, number: int, deadline: Deadline, known_order_ids: Collection[str]
    ) -> BybitOrderLookup:
        """Look for the order of this number of a request, on a market or on a spread as the request was."""
        is_spread = (unknown.path or "").startswith(_SPREADS)
        find = self._find_spread_order if is_spread else self._find_order
        finder: Finder[FoundOrder, BybitOrderLookup] = Finder(BybitOrderLookup, find, self.clock, self.sync_clock)
        return finder.find(unknown, number, deadline, known_order_ids)

    def _find_order(self, asked: Mapping[str, str]) -> FoundOrder | None:
        order_id, order_link_id = _ids(asked)
        if "category" not in asked:
            hint = f"call {self._order_call}; for one on a spread, spread.get_spread_order_history(order_link_id=...)"
            raise ConfigError("this error does not tell the category of its order", hint=hint)
        return self._read_order(asked["category"], asked.get("symbol"), order_id, order_link_id)

    def _find_spread_order(self, asked: Mapping[str, str]) -> FoundOrder | None:
        order_id, order_link_id = _ids(asked)
        listings = (self.spread.get_spread_open_orders, self.spread.get_spread_order_history)
        return _first(listings, asked.get("symbol"), order_id, order_link_id)

    def _read_order(
        self, category: str, symbol: str | None, order_id: str | None, order_link_id: str | None
    ) -> Order | None:
        # Orders that are open or have just ended are in the first listing, older ones in the second.
        listings = (self.order.get_open_orders, self.order.get_order_history)
        return _first([functools.partial(one, category) for one in listings], symbol, order_id, order_link_id)

    def _known_order(self, category: str, symbol: str | None, order_id: str | None, order_link_id: str | None) -> Order:
        """Return one order. Raises ``ConfigError`` without an id, ``OkxApiError`` where Bybit does not know it."""
        if not order_id and not order_link_id:
            raise ConfigError("get_order needs order_id or order_link_id")
        found = self._read_order(category, symbol, order_id, order_link_id)
        if found is None:
            name = order_id or order_link_id
            hint = "it never existed, or ended long ago; what was placed a moment ago may come late"
            raise OkxApiError(f"no order {name} in category {category}", code=_NOT_FOUND, hint=hint)
        return found


def _ids(asked: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the ids of an order. Raises ``ConfigError`` where neither is known."""
    order_id, order_link_id = asked.get("orderId"), asked.get("orderLinkId")
    if not order_id and not order_link_id:
        hint = "see what is left with order.iter_open_orders(...); cancelling all may be asked for again"
        raise ConfigError("this error names no single order", hint=hint)
    return order_id, order_link_id


def _first(
    listings: Sequence[Callable[..., list[AnyOrder]]],
    symbol: str | None,
    order_id: str | None,
    order_link_id: str | None,
) -> AnyOrder | None:
    """Return the order of these ids from the first listing that has any."""
    for listing in listings:
        rows = listing(symbol, order_id=order_id, order_link_id=order_link_id)
        if rows:
            return next((row for row in rows if _is_meant(row, order_id, order_link_id)), rows[0])
    return None


def _is_meant(order: FoundOrder, order_id: str | None, order_link_id: str | None) -> bool:
    return order.orderId == order_id if order_id else order.orderLinkId == order_link_id
