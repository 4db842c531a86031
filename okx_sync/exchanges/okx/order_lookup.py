"""``OrderLookup``: what OKX says over REST of an order whose answer was lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.rest.order_identity import OrderFields
from okx_sync.rest.order_lookup import Lookup, LostOrders

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.trade.models import Order

__all__ = ["FIELDS", "OkxLostOrders", "OrderLookup"]

_NOT_FOUND: Final = "51603"

FIELDS: Final = OrderFields(
    instrument="instId",
    order_id="ordId",
    client_id="clOrdId",
    created="cTime",
    side="side",
    size="sz",
    status="state",
    canceled=("canceled", "mmp_canceled"),
    amended={"newSz": "sz", "newPx": "px", "newPxUsd": "pxUsd", "newPxVol": "pxVol"},
    resized=("reduceOnly", "amendSource"),  # it says so of any that it changes
    resizing=("reduceOnly",),
)
"""What OKX calls the facts of an order."""


@attrs.frozen(kw_only=True)
class OrderLookup(Lookup["Order"]):
    """What OKX says over REST of an order whose answer was lost.

    ``status`` is ``"found"``, or ``"missing"``: it was not there, which does not say that it will not be: a request
    can be late. Failures to ask are raised instead. ``asked`` has ``instId``, ``clOrdId``, ``ordId``, as far as known.
    """

    fields: ClassVar[OrderFields] = FIELDS


class OkxLostOrders(LostOrders["Order", OrderLookup]):
    """The part of ``OkxClient`` that looks up orders whose answer was lost."""

    _lookup_class = OrderLookup
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
