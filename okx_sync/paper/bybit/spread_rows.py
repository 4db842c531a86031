"""Orders on spreads as REST lists them and `spread.order` pushes them."""

from __future__ import annotations

from okx_sync.paper.bybit.identifiers import order_id, spread_symbol
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue.number_text import blank
from okx_sync.paper.venue.spread_orders import VenueSpreadOrder
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_IN_FORCE = {"limit": "GTC", "post_only": "PostOnly", "ioc": "IOC", "market": "IOC"}


def order_ids(ids: ClientIds, one: VenueSpreadOrder) -> Row:
    """Return the two ids of an order."""
    return {"orderId": order_id(int(one.ordId)), "orderLinkId": ids.given(one.clOrdId)}


def order_row(venue: Venue, ids: ClientIds, one: VenueSpreadOrder) -> Row:
    """Return what listings and pushes have in common."""
    is_open = one.state == "live"
    return {
        "symbol": spread_symbol(venue.spreads.get(one.sprdId)),
        "orderType": "Market" if one.ordType == "market" else "Limit",
        **order_ids(ids, one),
        "side": one.side.capitalize(),
        "timeInForce": _IN_FORCE[one.ordType],
        "leavesQty": one.sz if is_open else "0",
        "orderStatus": "New" if is_open else "Cancelled",
        "cumExecQty": "0",
        "price": one.px,
        "qty": one.sz,
    }


def pushed_row(venue: Venue, ids: ClientIds, one: VenueSpreadOrder) -> Row:
    """Return the row of a push: of the spread itself, whose legs have none before a fill."""
    is_open = one.state == "live"
    return order_row(venue, ids, one) | {
        "category": "combination",
        "parentOrderId": "",
        "cancelType": "UNKNOWN" if is_open else "CancelByUser",
        "rejectReason": "EC_NoError" if is_open else "EC_PerCancelRequest",
        "leavesValue": "",
        **blank("avgPrice cumExecValue cumExecFee feeCurrency isLeverage"),
        "createdTime": str(one.cTime),
        "updatedTime": str(one.uTime),
        "createType": "CreateByUser",
        "closedPnl": "",
        "cumFeeDetail": {},
    }
