"""Putting a new order in the place of a resting one: the old is cancelled and the new one accepted, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.balances import NOTHING
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_engine import BY_USER, OrderEngine
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.wire_rules import WireRules

#: Why the old order ended, as `cancelSourceReason` has it.
REPLACED = "modify_limit_order"
_GONE = ("51503", "Your order has already been filled or canceled.")
_TOUCHED = ("51506", "The order has been filled in part.")


def replace(
    engine: OrderEngine,
    account: VenueAccount,
    old: VenueOrder,
    args: Mapping[str, Any],
    rules: WireRules | None = None,
    *,
    untouched: bool = False,
) -> OrderAck:
    """Replace a resting order. What it has tied up may be used by the new one.

    The market has moved on since the request was looked at: an order that ended in that moment is refused, and one that
    was filled in part where it must be ``untouched``.
    """
    client_id = str(args.get("clOrdId") or "")
    if old.is_done or (untouched and old.filled):
        code, message = _GONE if old.is_done else _TOUCHED
        return OrderAck("", client_id, "", str(engine.ms), code, message)
    promised, before = old.promised, dict(account.orders)
    account.freeze(old, NOTHING)
    del account.orders[old.id]
    try:
        order = engine.checked(account, args, rules)
    except VenueRefusal as no:
        return OrderAck("", client_id, "", str(engine.ms), no.code, no.message, no.sub_code)
    finally:
        # In its place again, which listings go by.
        account.orders.clear()
        account.orders.update(before)
        account.freeze(old, promised)
    engine.end(old, BY_USER, REPLACED)
    engine.accept(order)
    return OrderAck(order.ordId, order.clOrdId, order.tag, str(engine.ms), sMsg="Order placed")
