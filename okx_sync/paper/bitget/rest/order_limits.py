"""What Bitget asks of an order beyond what the venue does: an open symbol, a least worth, not too many of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.rest.call import BitgetCall
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.types import is_closing

#: The least value of an order on a contract that opens something, in quote currency.
LEAST_WORTH = Decimal(5)
#: How many orders may be open on one symbol, and in V3 on all futures, and on all spot pairs.
MOST_OF_SYMBOL, MOST_OF_PRODUCT = 200, {"mix": 1000, "spot": 1000, "uta": 400}
_CLOSED = {
    "suspend": ({"mix": "40844", "spot": "41114", "uta": "25102"}, "The symbol is under maintenance"),
    "restrictedAPI": ({"mix": "22004", "spot": "22004", "uta": "25013"}, "The symbol takes no orders over the API"),
    "preopen": ({"mix": "40844", "spot": "43120", "uta": "25103"}, "The symbol is not open yet"),
}
_GONE = ({"mix": "40845", "spot": "41113", "uta": "25104"}, "The symbol has been removed")
_OPEN_STATES = ("live", "limit_open")
_TOO_CHEAP = {"mix": "45110", "spot": "45110", "uta": "25611"}
_TOO_MANY_OF_SYMBOL = {"mix": "45118", "spot": "45118", "uta": "25211"}
_TOO_MANY = {"mix": "45133", "spot": "45133", "uta": "25567"}


def check_limits(call: BitgetCall, request: Mapping[str, Any]) -> None:
    """Refuse an order that Bitget does not take, whatever the venue says."""
    one = call.venue.instruments[request["instId"]]
    if one.state not in _OPEN_STATES:
        raise call.refuse(*_CLOSED.get(one.state, _GONE))
    check_worth(call, one, request)
    _check_count(call, one)


def check_worth(call: BitgetCall, one: VenueInstrument, request: Mapping[str, Any]) -> None:
    """Refuse an order that opens too little."""
    closes = request.get("reduceOnly") or is_closing(str(request.get("posSide")), str(request["side"]))
    size = Decimal(request["sz"])
    if not one.is_swap or closes or size < one.minSz:
        return  # the venue says no to one that is too small
    price = Decimal(request.get("px") or call.venue.prices.last[one.instId])
    if size * one.ctVal * price < LEAST_WORTH:
        raise call.refuse(_TOO_CHEAP, f"less than the minimum amount {LEAST_WORTH} USDT")


def _check_count(call: BitgetCall, one: VenueInstrument) -> None:
    kin = [order.instrument for order in call.account.orders.values() if order.instrument.is_swap == one.is_swap]
    if len(kin) >= MOST_OF_PRODUCT[call.words]:
        raise call.refuse(_TOO_MANY, "Exceeded the maximum quantity of orders")
    if sum(other is one for other in kin) >= MOST_OF_SYMBOL:
        raise call.refuse(_TOO_MANY_OF_SYMBOL, f"Reached the upper limit of {MOST_OF_SYMBOL} open orders of a symbol")
