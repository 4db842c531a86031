"""How much of an order an account can pay for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.margin import free_for, needed
from okx_sync.paper.venue.number_text import ZERO
from okx_sync.paper.venue.order_checks import find_instrument, parse_order
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount


def affordable(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any]) -> Decimal:
    """Return the size to which an order has to be cut so that its money reaches; zero when there is none.

    The request must be one that only lacks money.
    """
    instrument = find_instrument(engine.instruments, args)
    order = parse_order(account, instrument, args, 0, engine.ms)
    free = free_for(order, engine.prices)
    if order.budget is not None:
        return min(order.sz, free)
    px = instrument.px(engine.px_to_trade(order) if order.px is None else order.px)
    low, high = 0, order.lots // instrument.lot_step
    while low < high:  # the cost grows with the size
        middle = (low + high + 1) // 2
        is_paid = needed(order, px, middle * instrument.lot_step) <= free
        low, high = (middle, high) if is_paid else (low, middle - 1)
    size = instrument.sz(low * instrument.lot_step)
    return size if size >= instrument.minSz else ZERO
