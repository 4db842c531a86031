"""``OrderLookup``: what OKX says over REST of an order whose answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from okx_sync.rest.order_identity import OrderFields
from okx_sync.rest.order_lookup import Lookup

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.trade.models import Order

    _Lookup = Lookup[Order]
else:
    _Lookup = Lookup

__all__ = ["FIELDS", "OrderLookup"]

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
class OrderLookup(_Lookup):
    """What OKX says over REST of an order whose answer was lost.

    ``status`` is ``"found"``, or ``"missing"``: it was not there, which does not say that it will not be: a request
    can be late. Failures to ask are raised instead. ``asked`` has ``instId``, ``clOrdId``, ``ordId``, as far as known.
    """

    fields: ClassVar[OrderFields] = FIELDS
