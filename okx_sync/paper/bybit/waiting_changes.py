"""What an amendment changes of an order that waits for a price, in the venue's words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.order_args import (
    PRICE_TYPES,
    OrderRefusal,
    check_stops,
    chosen,
    given,
    price_text,
)
from okx_sync.paper.bybit.stops import FULL, Stop, bound_of, price_of
from okx_sync.paper.venue.algo_orders import MARKET, Trigger, VenueAlgoOrder
from okx_sync.paper.venue.venue import Venue

Args = Mapping[str, Any]
#: Kinds whose trigger can be changed -> the venue's name of it; of take profit and stop loss with the leg in it.
_TRIGGERS = {"trigger": "newTriggerPx", "conditional": "new{}TriggerPx", "move_order_stop": "newActivePx"}


def changes_of(venue: Venue, algo: VenueAlgoOrder, request: Args, args: Args) -> dict[str, str]:
    """Return the changes that `args` ask for; `request` has the new size and price in the venue's units."""
    bound, changes = bound_of(algo), dict[str, str]()
    leg = algo.triggers[0].name.capitalize() if algo.ordType == "conditional" else ""
    if request.get("newSz"):
        if bound is not None and bound.mode == FULL:
            raise ValueError("qty of a stop for the whole position cannot be changed")
        changes["newSz"] = request["newSz"]
    if given(args, "triggerPrice") or given(args, "triggerBy"):
        changes |= _trigger(venue, algo, args, leg)
    if request.get("newPx"):
        if algo.ordType not in ("trigger", "conditional") or algo.triggers[0].order_px == MARKET:
            raise ValueError("price of a market order cannot be changed")
        changes[f"new{leg}OrdPx"] = request["newPx"]
    return changes


def _trigger(venue: Venue, algo: VenueAlgoOrder, args: Args, leg: str) -> dict[str, str]:
    if algo.ordType not in _TRIGGERS:
        raise ValueError("the triggers of an OCO order cannot be changed")
    name, trigger = _TRIGGERS[algo.ordType].format(leg), algo.triggers[0]
    if algo.ordType == "move_order_stop":
        if given(args, "triggerBy"):
            raise ValueError("triggerBy of a trailing stop cannot be changed")
        return {name: price_text(algo.instrument, args, "triggerPrice")}
    kind = chosen(args, "triggerBy", PRICE_TYPES) if given(args, "triggerBy") else trigger.kind
    assert trigger.px is not None  # only a trailing stop may have none
    px = Decimal(price_text(algo.instrument, args, "triggerPrice")) if given(args, "triggerPrice") else trigger.px
    _check_side(venue, algo, px, kind)
    return {name: str(px), f"{name}Type": kind}


def _check_side(venue: Venue, algo: VenueAlgoOrder, px: Decimal, kind: str) -> None:
    """Refuse a trigger beyond which the price is already: an order waits for what it waited for before."""
    now, trigger = price_of(venue, algo.instrument, kind), algo.triggers[0]
    if leg := (trigger.name if algo.ordType == "conditional" else ""):
        check_stops({leg: Stop(leg, px)}, now, is_long=algo.side == "sell")
    elif algo.instrument.is_swap and isinstance(trigger, Trigger):
        check_direction(px, now, is_above=trigger.above)


def check_direction(px: Decimal, now: Decimal, *, is_above: bool) -> None:
    """Refuse a trigger price that the market is beyond already."""
    if is_above and px <= now:
        raise OrderRefusal(110092, f"expect Rising, but trigger_price[{px}] <= current[{now}]")
    if not is_above and px >= now:
        raise OrderRefusal(110093, f"expect Falling, but trigger_price[{px}] >= current[{now}]")
