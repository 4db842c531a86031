"""Orders that bring take profit and stop loss along, for V2 futures and V3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.order_args import Args, without_stops
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.rest.order_entry import checked, place
from okx_sync.paper.bitget.stops import StopLeg, stops_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.types import Row, is_closing

#: A stop on the wrong side of the order's price; a stop of an order that opens nothing.
_WRONG_SIDE = {"mix": "40895", "spot": "40895", "uta": "25585"}
_OPENS_NOTHING = {"mix": "40017", "spot": "40017", "uta": "25612"}
Make = Callable[[VenueAccount, VenueInstrument, Args], dict[str, Any]]


def place_with_stops(
    call: BitgetCall, one: VenueInstrument, args: Args, make: Make, legs_of: Callable[[Args], dict[str, StopLeg]]
) -> Row:
    """Place an order, and let it bring the stops that it names."""
    if not one.is_swap:
        return place(call, checked(call, lambda: make(call.account, one, args)))
    legs = checked(call, lambda: dict(legs_of(args)))
    request = checked(call, lambda: make(call.account, one, without_stops(args)))
    check_legs(call, request, legs)
    row = place(call, request)
    order = call.account.find(row["orderId"], "")
    if order is not None and legs:
        stops_of(call.venue).attach(order, legs)
        call.venue.algos.run()
    return row


def check_legs(call: BitgetCall, request: Mapping[str, Any], legs: Mapping[str, StopLeg]) -> None:
    """Refuse stops of an order that only closes, and stops on the wrong side of its price."""
    side, held = request["side"], request.get("posSide", "net")
    if legs and (request.get("reduceOnly") or is_closing(held, side)):
        raise call.refuse(_OPENS_NOTHING, "Only an order that opens a position can bring stops")
    price = Decimal(request.get("px") or call.venue.prices.last[request["instId"]])
    for leg, stop in legs.items():
        above = (side == "buy") == (leg == "tp")
        if Decimal(stop.px) <= price if above else Decimal(stop.px) >= price:
            word = "above" if above else "below"
            raise BitgetRestError(_WRONG_SIDE[call.words], f"The trigger price must be {word} the price of the order")


def change_stops(call: BitgetCall, order: VenueOrder, legs: Mapping[str, StopLeg]) -> None:
    """Change what an order brings; zero takes a stop back, what is not named stays."""
    known, px = stops_of(call.venue), order.px
    kept = {**known.legs(order), **legs}
    wanted = {leg: stop for leg, stop in kept.items() if stop.px != "0"}
    price = {} if px is None else {"px": order.instrument.px(px)}
    facts = {"instId": order.instrument.instId, "side": order.side, "posSide": order.posSide, **price}
    check_legs(call, {**facts, "reduceOnly": order.reduceOnly}, wanted)
    known.attach(order, wanted)
