"""How large a position may become at its leverage, counting the orders that could add to it."""

from __future__ import annotations

from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.position_tiers import most_lots
from okx_sync.paper.venue.records import VenueOrder, VenuePosition


def check_position_limit(order: VenueOrder, lots: int, verb: str = "Order failed") -> None:
    """Refuse an order of so many lots with which a position could outgrow the tier of its leverage (51004)."""
    instrument = order.instrument
    if not instrument.is_swap or order.closes_only:
        return
    lever = order.account.lever(instrument.instId, order.tdMode, order.posSide)
    most = most_lots(instrument, lever)
    if lots + _held(order) + _waiting(order) > most:
        sizes = f"can't be more than {text(instrument.sz(most))}(contracts)"
        reason = f"the sum of current order size, position quantity, and pending orders {sizes}"
        at = f"which is the maximum position amount under current leverage ({text(lever)}x)"
        raise VenueRefusal("51004", f"{verb}. For {instrument.instId}, {reason} {at}.", _sub_code(order, verb))


def _counts(order: VenueOrder, other: VenueOrder | VenuePosition, mode: str) -> bool:
    """Tell whether something is added up with an order: in cross long/short mode, both directions are."""
    if other.instrument is not order.instrument or mode != order.tdMode:
        return False
    return order.posSide == other.posSide or (mode == "cross" and order.posSide != "net")


def _held(order: VenueOrder) -> int:
    found = [one for one in order.account.open_positions() if _counts(order, one, one.mgnMode)]
    return sum(one.lots * order.sign if order.posSide == "net" else abs(one.lots) for one in found)


def _waiting(order: VenueOrder) -> int:
    return sum(
        one.left
        for one in order.account.orders.values()
        if one is not order
        and not one.closes_only
        and _counts(order, one, one.tdMode)
        and (order.posSide != "net" or one.side == order.side)
    )


def _sub_code(order: VenueOrder, verb: str) -> str:
    if order.posSide == "net":
        last = "4" if order.side == "buy" else "5"
    else:
        last = "1" if order.tdMode == "isolated" else "2"
    return f"110{last}" if verb == "Order failed" else f"111{last}"
