"""How large a position may become at its leverage, counting the orders that could add to it."""

from __future__ import annotations

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.position_tiers import most_lots
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.types import SIDES, Side


def check_position_limit(order: VenueOrder, lots: int, verb: str = "Order failed") -> None:
    """Refuse an order of so many lots with which a position could outgrow the tier of its leverage (51004)."""
    instrument, account = order.instrument, order.account
    if not instrument.is_swap or order.closes_only:
        return
    if lots - order.promised.lots > room(account, instrument, order.tdMode, order.posSide, order.side):
        lever = account.lever(instrument.instId, order.tdMode, order.posSide)
        sizes = f"can't be more than {text(instrument.sz(most_lots(instrument, lever)))}(contracts)"
        reason = f"the sum of current order size, position quantity, and pending orders {sizes}"
        at = f"which is the maximum position amount under current leverage ({text(lever)}x)"
        raise VenueRefusal("51004", f"{verb}. For {instrument.instId}, {reason} {at}.", _sub_code(order, verb))


def room(account: VenueAccount, instrument: VenueInstrument, mode: str, pos_side: str, side: Side) -> int:
    """Return the lots by which a position may still grow through orders of a side; below 0 when it is too large.

    In net mode the position counts as it is signed and the orders of the same side; in cross long/short mode both
    directions are added up.
    """
    name = instrument.instId
    most = most_lots(instrument, account.lever(name, mode, pos_side))
    if pos_side == "net":
        position = account.position(name, mode, pos_side)
        held = 0 if position is None else position.lots * (1 if side == "buy" else -1)
        return most - held - account.waiting[(name, mode, pos_side), side]
    keys = [(name, mode, one) for one in (("long", "short") if mode == "cross" else (pos_side,))]
    held = sum(abs(account.positions[key].lots) for key in keys if key in account.positions)
    return most - held - sum(account.waiting[key, one] for key in keys for one in SIDES)


def _sub_code(order: VenueOrder, verb: str) -> str:
    if order.posSide == "net":
        last = "4" if order.side == "buy" else "5"
    else:
        last = "1" if order.tdMode == "isolated" else "2"
    return f"110{last}" if verb == "Order failed" else f"111{last}"
