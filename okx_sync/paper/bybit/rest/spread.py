"""Spread trading: a perpetual against its spot pair. Orders are taken in, amended and cancelled; nothing fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okx_sync.paper.bybit.feeds.spread import spread_ticker
from okx_sync.paper.bybit.identifiers import order_id, spread_symbol, symbol_of, trade_id, venue_order_id
from okx_sync.paper.bybit.order_args import chosen
from okx_sync.paper.bybit.rest.call import PARAMS, BybitCall, BybitEndpoint, BybitRestError
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.spread_rows import order_ids, order_row
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.spread_orders import VenueSpreadOrder
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.types import Row

_KINDS = {"GTC": "limit", "IOC": "ioc", "PostOnly": "post_only"}
_GONE = {"51400", "51503", "51603"}
_LISTED_MS = "1704067200000"


def _markets(call: BybitCall) -> list[SpreadMarket]:
    """Return the spreads that `symbol` and `baseCoin` choose."""
    spreads = call.venue.spreads
    wanted, base = call.text("symbol"), call.text("baseCoin")
    every = [spreads.get(one) for one in spreads.ids]
    found = [one for one in every if wanted in ("", spread_symbol(one)) and base in ("", one.near.baseCcy)]
    if wanted and not found:
        raise BybitRestError(PARAMS, "Not supported symbols")
    return found


# --- the market


def _instruments(call: BybitCall) -> Row:
    rows = [_instrument_row(market) for market in _markets(call)]
    return {"list": rows, "nextPageCursor": ""}


def _instrument_row(market: SpreadMarket) -> Row:
    one = market.instrument
    legs = [(symbol_of(market.far), "LinearPerpetual"), (symbol_of(market.near), "Spot")]
    return {
        "symbol": spread_symbol(market),
        "contractType": "FundingRateArb",
        "status": "Trading",
        "baseCoin": market.near.baseCcy,
        "quoteCoin": market.near.quoteCcy,
        "settleCoin": market.far.settleCcy,
        "tickSize": text(one.tickSz),
        "minPrice": text(-1_000_000 * one.tickSz),
        "maxPrice": text(1_000_000 * one.tickSz),
        "lotSize": text(one.lotSz),
        "minSize": text(one.minSz),
        "maxSize": text(one.maxMktSz),
        "launchTime": _LISTED_MS,
        "deliveryTime": "0",
        "legs": [{"symbol": symbol, "contractType": kind} for symbol, kind in legs],
    }


def _book(call: BybitCall) -> Row:
    (market,) = _markets(call)
    sides = {
        side[0]: [[px, size] for px, size, *_ in market.book.levels(side, call.integer("limit", 1, 25))]
        for side in ("bids", "asks")
    }
    version, now = market.book.version, call.now
    return {"s": spread_symbol(market), **sides, "ts": now, "u": version, "seq": version, "cts": now}


def _trades(call: BybitCall) -> Row:
    (market,) = _markets(call)
    rows = [
        {
            "execId": trade_id(market.instrument, one["tradeId"]),
            "symbol": spread_symbol(market),
            "price": one["px"],
            "size": one["sz"],
            "side": one["side"].capitalize(),
            "time": one["ts"],
            "seq": one["tradeId"],
        }
        for one in reversed(market.trades)
    ]
    return {"list": rows[: call.integer("limit", 500, 1000)]}


def _tickers(call: BybitCall) -> Row:
    (market,) = _markets(call)
    return {"list": [spread_ticker(market)]}


# --- orders


def _request(call: BybitCall) -> dict[str, Any]:
    written, link = call.text("orderId"), call.text("orderLinkId")
    known = {"ordId": venue_order_id(written)} if written else {}
    return {**known, "clOrdId": call.ids.known_as(link)}


def _told(call: BybitCall, ack: OrderAck) -> Row:
    if not ack.ok:
        if ack.sCode in _GONE:
            raise BybitRestError(110001, "order not exists or too late to cancel")
        code = 110072 if ack.sCode == "51016" else PARAMS
        raise BybitRestError(code, f"params error: {ack.sMsg}")
    return {"orderId": order_id(int(ack.ordId)), "orderLinkId": call.ids.given(ack.clOrdId)}


def _create(call: BybitCall) -> Row:
    (market,) = _markets(call)
    try:
        is_market = chosen(call.params, "orderType", {"Market": "market", "Limit": ""}) == "market"
        kind = "market" if is_market else chosen(call.params, "timeInForce", _KINDS, "GTC")
        side = chosen(call.params, "side", {"Buy": "buy", "Sell": "sell"})
    except ValueError as problem:
        raise BybitRestError(PARAMS, f"params error: {problem}") from None
    request = {"sprdId": market.sprdId, "side": side, "ordType": kind, "sz": call.text("qty"), "px": call.text("price")}
    return _told(call, call.venue.spread_orders.place(call.account, _request(call) | request))


def _amend(call: BybitCall) -> Row:
    changes = {"newSz": call.text("qty"), "newPx": call.text("price")}
    return _told(call, call.venue.spread_orders.amend(call.account, _request(call) | changes))


def _cancel(call: BybitCall) -> Row:
    return _told(call, call.venue.spread_orders.cancel(call.account, _request(call)))


def _cancel_all(call: BybitCall) -> Row:
    if not call.text("symbol") and call.params.get("cancelAll") is not True:
        raise BybitRestError(PARAMS, "Missing some parameters that must be filled in, symbol or cancelAll")
    wanted = {market.sprdId for market in _markets(call)}
    gone = [one for one in call.venue.spread_orders.of(call.account) if one.state == "live" and one.sprdId in wanted]
    for one in gone:
        call.venue.spread_orders.cancel(call.account, {"ordId": one.ordId})
    return {"list": [_ids(call, one) for one in gone], "success": "1"}


def _ids(call: BybitCall, one: VenueSpreadOrder) -> Row:
    return order_ids(call.ids, one)


def _order_row(call: BybitCall, one: VenueSpreadOrder) -> Row:
    return order_row(call.venue, call.ids, one) | {"baseCoin": call.venue.spreads.get(one.sprdId).near.baseCcy}


def _orders(call: BybitCall, *, is_open: bool, row: Callable[[VenueSpreadOrder], Mapping[str, Any]]) -> Row:
    wanted = {market.sprdId for market in _markets(call)}
    named = _request(call)
    found = [
        one
        for one in reversed(call.venue.spread_orders.of(call.account))
        if (one.state == "live") == is_open
        and one.sprdId in wanted
        and named.get("ordId") in (None, one.ordId)
        and named["clOrdId"] in ("", one.clOrdId)
    ]
    return page(call, found, lambda one: (one.cTime, int(one.ordId)), lambda one: dict(row(one)), most=50, default=20)


def _open_orders(call: BybitCall) -> Row:
    return _orders(
        call,
        is_open=True,
        row=lambda one: _order_row(call, one) | {"createdTime": str(one.cTime), "updatedTime": str(one.uTime)},
    )


def _history(call: BybitCall) -> Row:
    call.window(7)
    return _orders(call, is_open=False, row=lambda one: _past_row(call, one))


def _past_row(call: BybitCall, one: VenueSpreadOrder) -> Row:
    market = call.venue.spreads.get(one.sprdId)
    sides = one.side.capitalize(), "Sell" if one.side == "buy" else "Buy"
    return _order_row(call, one) | {
        "contractType": "FundingRateArb",
        "cxlRejReason": "EC_PerCancelRequest",
        "orderQty": one.sz,
        "createdAt": str(one.cTime),
        "updatedAt": str(one.uTime),
        "settleCoin": market.far.settleCcy,
        "leg1Symbol": symbol_of(market.far),
        "leg1ProdType": "Futures",
        "leg1Side": sides[0],
        "leg2Symbol": symbol_of(market.near),
        "leg2ProdType": "Spot",
        "leg2Side": sides[1],
        **blank("leg1OrderId leg2OrderId"),
    }


def _no_executions(call: BybitCall) -> Row:
    call.window(7)
    return {"list": [], "nextPageCursor": ""}


def _most(call: BybitCall) -> Row:
    """Return what is free to trade a spread with, in its settlement coin."""
    (market,) = _markets(call)
    call.one_of("side", ("Buy", "Sell", "1", "2"))  # the page has numbers, other requests have words
    return {"ab": text(margin.available_equity(call.account, market.far.settleCcy, call.venue.prices))}


def _public(path: str, answer: Callable[[BybitCall], Any], *required: str) -> BybitEndpoint:
    return BybitEndpoint("GET", f"/v5/spread/{path}", answer, 0, required=required, private=False)


def _get(path: str, answer: Callable[[BybitCall], Any], *required: str) -> BybitEndpoint:
    return BybitEndpoint("GET", f"/v5/spread/{path}", answer, 50, required=required)


def _post(path: str, answer: Callable[[BybitCall], Any], *required: str, limit: int = 20) -> BybitEndpoint:
    return BybitEndpoint("POST", f"/v5/spread/order/{path}", answer, limit, required=required, trades=True)


_ID = "orderId|orderLinkId"

ENDPOINTS = (
    _public("instrument", _instruments),
    _public("orderbook", _book, "symbol"),
    _public("recent-trade", _trades, "symbol"),
    _public("tickers", _tickers, "symbol"),
    _get("order/realtime", _open_orders),
    _get("order/history", _history),
    _get("execution/list", _no_executions),
    _get("max-qty", _most, "symbol", "side", "orderPrice"),
    _post("create", _create, "symbol", "side", "orderType", "qty"),
    _post("amend", _amend, "symbol", _ID),
    _post("cancel", _cancel, _ID),
    _post("cancel-all", _cancel_all, limit=5),
)
