"""REST endpoints of spread trading, answered from the spread markets and the accounts' orders on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from okx_sync.paper.okx.envelope import batch_code
from okx_sync.paper.okx.rest.call import NO_INSTRUMENT, RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.spread_orders import VenueSpreadOrder
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.types import Row

#: Epoch ms at which all spreads were listed.
_LISTED = "1704067200000"
_ORDER = ("sprdId", "ordId", "clOrdId", "tag", "px", "sz", "ordType", "side", "state")


def _market(call: RestCall, sprd_id: str) -> SpreadMarket:
    if sprd_id not in call.venue.spreads.ids:
        raise RestError("51001", NO_INSTRUMENT)
    return call.venue.spreads.get(sprd_id)


def _row(market: SpreadMarket) -> Row:
    one = market.instrument
    return {
        "sprdId": market.sprdId,
        "sprdType": "linear",
        "state": "live",
        "baseCcy": one.baseCcy,
        "szCcy": one.baseCcy,
        "quoteCcy": one.quoteCcy,
        "tickSz": text(one.tickSz),
        "minSz": text(one.minSz),
        "lotSz": text(one.lotSz),
        "listTime": _LISTED,
        "expTime": "",
        "uTime": _LISTED,
        "legs": [{"instId": market.near.instId, "side": "sell"}, {"instId": market.far.instId, "side": "buy"}],
    }


def _spreads(call: RestCall) -> Sequence[Row]:
    rows = [_row(call.venue.spreads.get(one)) for one in call.venue.spreads.ids]
    wanted = {name: call.text(name) for name in ("sprdId", "baseCcy", "state")}
    leg = call.text("instId")
    return [
        row
        for row in rows
        if all(value in ("", row[name]) for name, value in wanted.items())
        and (not leg or leg in {one["instId"] for one in row["legs"]})
    ]


def _books(call: RestCall) -> Sequence[Row]:
    book, depth = _market(call, call.text("sprdId")).book, call.integer("sz", 5, 400)
    asks, bids = ([[px, sz, count] for px, sz, _, count in book.levels(side, depth)] for side in ("asks", "bids"))
    return [{"asks": asks, "bids": bids, "ts": str(call.server.clock.now_ms())}]


def _public_trades(call: RestCall) -> Sequence[Row]:
    wanted = call.text("sprdId")
    markets = [_market(call, one) for one in ((wanted,) if wanted else call.venue.spreads.ids)]
    rows = [row for market in markets for row in market.trades]
    return sorted(rows, key=lambda row: int(row["ts"]), reverse=True)[:100]


# --- orders


def _act(name: str, row: Callable[[OrderAck], Row]) -> Callable[[RestCall], RestAnswer]:
    """Make an endpoint that does something with one order."""

    def answer(call: RestCall) -> RestAnswer:
        ack: OrderAck = getattr(call.venue.spread_orders, name)(call.account, call.params)
        code, msg = batch_code([ack.sCode])
        return RestAnswer([row(ack)], code, msg)

    return answer


def _mass_cancel(call: RestCall) -> Sequence[Row]:
    call.venue.spread_orders.cancel_all(call.account, call.text("sprdId"))
    return [{"result": True}]


def _cancel_all_after(call: RestCall) -> Sequence[Row]:
    account, now, seconds = call.account, call.server.clock.now_ms(), call.countdown()
    action = partial(call.venue.spread_orders.cancel_all, account)
    call.server.rearm((f"{account.uid} spreads", ""), seconds, action)
    return [{"triggerTime": str(now + seconds * 1000) if seconds else "0", "ts": str(now)}]


def _order_row(order: VenueSpreadOrder) -> Row:
    return {
        **blank("fillPx tradeId avgPx cancelSource"),
        **blank("fillSz accFillSz pendingFillSz pendingSettleSz canceledSz", "0"),
        **{name: getattr(order, name) for name in _ORDER},
        **({"pendingFillSz": order.sz} if order.state == "live" else {"canceledSz": order.sz, "cancelSource": "1"}),
        "uTime": str(order.uTime),
        "cTime": str(order.cTime),
    }


def _order(call: RestCall) -> Sequence[Row]:
    ord_id, client_id = call.text("ordId"), call.text("clOrdId")
    for one in call.venue.spread_orders.of(call.account):
        if one.ordId == ord_id or (not ord_id and one.clOrdId == client_id != ""):
            return [_order_row(one)]
    raise RestError("51603", "Order does not exist")


def _orders(state: str) -> Callable[[RestCall], Sequence[Row]]:
    """Make an endpoint that lists orders of a state, newest first; nothing fills those on spreads."""

    def answer(call: RestCall) -> Sequence[Row]:
        found = [one for one in reversed(call.venue.spread_orders.of(call.account)) if one.state == state]
        wanted = {name: call.text(name) for name in ("sprdId", "ordType", "state")}
        chosen = (one for one in found if all(text in ("", getattr(one, name)) for name, text in wanted.items()))
        return [_order_row(one) for one in chosen][: call.integer("limit", 100, 100)]

    return answer


def _fills(_: RestCall) -> Sequence[Row]:
    """Return none: nothing fills orders on spreads."""
    return []


def _signed(method: str, path: str, answer: Callable[[RestCall], Any], limit: int, *required: str) -> RestEndpoint:
    whole, trades = f"/api/v5/sprd/{path}", method == "POST"
    return RestEndpoint(method, whole, answer, limit, required=required, private=True, trades=trades)


ENDPOINTS = (
    _signed("POST", "order", _act("place", OrderAck.place_row), 20, "sprdId", "side", "ordType", "sz"),
    _signed("POST", "cancel-order", _act("cancel", OrderAck.cancel_row), 20),
    _signed("POST", "amend-order", _act("amend", OrderAck.amend_row), 20),
    _signed("POST", "mass-cancel", _mass_cancel, 10),
    _signed("POST", "cancel-all-after", _cancel_all_after, 2, "timeOut"),
    _signed("GET", "order", _order, 20),
    _signed("GET", "orders-pending", _orders("live"), 10),
    _signed("GET", "orders-history", _orders("canceled"), 20),
    _signed("GET", "orders-history-archive", _orders("canceled"), 20),
    _signed("GET", "trades", _fills, 20),
    RestEndpoint("GET", "/api/v5/sprd/spreads", _spreads, 20),
    RestEndpoint("GET", "/api/v5/sprd/books", _books, 20, required=("sprdId",)),
    RestEndpoint("GET", "/api/v5/sprd/public-trades", _public_trades, 20),
)
