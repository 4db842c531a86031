"""Closing a whole position at the market, and what becomes of the orders that were to close it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.closing_orders import CLOSED, orders_closing, request_to_close
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import flag
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import position_side, words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.swap_positions import VenuePosition
from okx_sync.paper.venue.types import Row


def close_position(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Close a position with a market order (trade/close-position).

    Orders that wait to close it are in the way, unless ``autoCxl`` has them canceled first.
    """
    mode, side = words(args, "mgnMode"), position_side(account, args)
    position = account.position(words(args, "instId"), mode, side)
    if position is None or not position.lots:
        raise VenueRefusal("51023", "Position doesn't exist.")
    if position.instrument.sz(abs(position.lots)) > position.instrument.maxMktSz:
        raise VenueRefusal("51108", "Positions exceed the limit for closing out with the market price.")
    make_way(engine, account, position, args)
    request = request_to_close(position)
    ack = engine.place(account, request | {name: words(args, name) for name in ("clOrdId", "tag")})
    return receipt(ack, request["instId"], side)


def make_way(
    engine: OrderEngine, account: VenueAccount, position: VenuePosition | MarginPosition, args: Mapping[str, Any]
) -> None:
    """Cancel the orders that wait to close a position. VenueRefusal where the request does not say so."""
    waiting = orders_closing(position, account)
    if waiting and not flag(args.get("autoCxl")):
        raise VenueRefusal("51115", "Cancel all pending close-orders before liquidation.")
    for order in waiting:
        engine.end(order, CLOSED)


def receipt(ack: OrderAck, name: str, side: str) -> Row:
    """Return what is answered of the order that closes a position. VenueRefusal where that was refused."""
    if not ack.ok:
        raise VenueRefusal(ack.sCode, ack.sMsg, ack.subCode)
    return {"instId": name, "posSide": side, "clOrdId": ack.clOrdId, "tag": ack.tag}
