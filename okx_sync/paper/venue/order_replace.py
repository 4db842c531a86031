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


def replace(
    engine: OrderEngine,
    account: VenueAccount,
    old: VenueOrder,
    args: Mapping[str, Any],
    rules: WireRules | None = None,
) -> OrderAck:
    """Replace a resting order. What it has tied up may be used by the new one."""
    promised, client_id, before = old.promised, str(args.get("clOrdId") or ""), dict(account.orders)
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
