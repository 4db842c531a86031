"""The part of ``OkxClient`` that looks up orders whose answer was lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.lazy import LateName
from okx_sync.rest.lost_orders import LostOrders

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.order_lookup import OrderLookup
    from okx_sync.exchanges.okx.trade.models import Order

    _LostOrders = LostOrders[Order, OrderLookup]
else:
    _LostOrders = LostOrders

__all__ = ["OkxLostOrders"]

_NOT_FOUND: Final = "51603"


class OkxLostOrders(_LostOrders):
    """The part of ``OkxClient`` that looks up orders whose answer was lost."""

    _lookup_class = LateName("okx_sync.exchanges.okx.order_lookup", "OrderLookup")
    _order_call = "get_order(inst_id, ord_id, cl_ord_id)"

    if TYPE_CHECKING:

        def get_order(self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None) -> Order:
            """Get one order, as the client does."""

    def _find_order(self, asked: Mapping[str, str]) -> Order | None:
        if "algoId" in asked or "algoClOrdId" in asked:
            raise ConfigError("this is an algo order", hint="call algo.get_algo_order(algo_cl_ord_id=...)")
        if "instId" not in asked:
            raise ConfigError("this is no order on an instrument", hint="call spread.get_order(cl_ord_id=...)")
        try:
            # With both ids given OKX takes ordId, which the order of a lost placement does not have.
            return self.get_order(asked["instId"], asked.get("ordId"), asked.get("clOrdId"))
        except OkxApiError as error:
            if error.code != _NOT_FOUND:
                raise
            return None
