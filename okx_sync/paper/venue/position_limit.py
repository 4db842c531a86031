"""How large a position may become at its leverage, counting the orders that could add to it."""

from __future__ import annotations

from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.position_tiers import most_lots
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.paper.venue.types import SIDES


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


def _positions(order: VenueOrder) -> list[tuple[str, str, str]]:
    """Return the positions that are added up with an order: in cross long/short mode, both directions are."""
    name, mode, side = order.position_key
    sides = ("long", "short") if mode == "cross" and side != "net" else (side,)
    return [(name, mode, one) for one in sides]


def _held(order: VenueOrder) -> int:
    found = [order.account.positions[key].lots for key in _positions(order) if key in order.account.positions]
    return sum(lots * order.sign if order.posSide == "net" else abs(lots) for lots in found)


def _waiting(order: VenueOrder) -> int:
    """Return the lots of the other orders that could add to the position; in net mode, those of the same side."""
    waiting = order.account.waiting
    if order.posSide == "net":
        lots = waiting[order.position_key, order.side]
    else:
        lots = sum(waiting[key, side] for key in _positions(order) for side in SIDES)
    return lots - order.promised.lots


def _sub_code(order: VenueOrder, verb: str) -> str:
    if order.posSide == "net":
        last = "4" if order.side == "buy" else "5"
    else:
        last = "1" if order.tdMode == "isolated" else "2"
    return f"110{last}" if verb == "Order failed" else f"111{last}"
