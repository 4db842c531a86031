"""Closing a whole position of spot margin, at the market, by hand or by the exchange."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from okx_sync.paper.venue.margin_positions import TAKER, MarginPosition
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.position_closing import close_position, make_way, receipt
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row, Side

#: A price that nobody trades at, which is moved to the limit.
_FAR = {"buy": Decimal(2), "sell": Decimal("0.5")}


def close_at_market(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Close a whole position (trade/close-position): on a contract, or of spot margin."""
    instrument = engine.instruments.get(words(args, "instId"))
    close = close_position if instrument is None or instrument.is_swap else close_pair
    return close(engine, account, args)


def close_pair(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Close a position of spot margin (trade/close-position): no more is traded than gives back what is owed."""
    mode, name = words(args, "mgnMode"), words(args, "instId")
    ccy = words(args, "ccy")
    if mode == "cross" and not ccy:
        raise VenueRefusal("50014", "Parameter ccy can not be empty.")
    position = account.margins.get((name, mode, ccy if mode == "cross" else ""))
    if position is None or not position.is_open:
        raise VenueRefusal("51023", "Position doesn't exist.")
    make_way(engine, account, position, args)
    ack = trade_out(engine, account, position, **{name: words(args, name) for name in ("clOrdId", "tag")})
    return receipt(ack, name, position.posSide)


def trade_out(
    engine: OrderEngine, account: VenueAccount, position: MarginPosition, category: str = "normal", **ids: str
) -> OrderAck:
    """Place the market order that ends a position. A long one sells until what it owes is received, fee included."""
    instrument = position.instrument
    side: Side = "sell" if position.is_long else "buy"
    px = engine.prices.mark(instrument) * _FAR[side]
    request = {
        "instId": instrument.instId,
        "tdMode": position.mgnMode,
        "ccy": position.ccy,
        "side": side,
        "ordType": "ioc",
        "px": text(instrument.on_tick(px)),
        "pxAmendType": "1",
        "sz": text(instrument.sz(abs(position.lots))),
        "reduceOnly": True,
    }
    facts: dict[str, Any] = {"ordType": "market", "px": None, "category": category}
    if position.is_long and category == "normal":
        best = engine.books[instrument.instId].best_px("buy") or engine.prices.fair(instrument)
        unit = instrument.tickSz * instrument.lotSz
        facts["budget"] = int((position.liab / (1 - TAKER) / unit).to_integral_value(ROUND_CEILING)) + best
    return engine.place(account, request | ids, **facts)
