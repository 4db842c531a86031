"""V2 orders on the spot market: `/api/v2/spot/trade/`, without plan orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import Args, plain, spot_args, v2_id
from okx_sync.paper.bitget.rest import spot_stops
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError, find_pair, get, listed, post
from okx_sync.paper.bitget.rest.order_entry import (
    batch,
    batch_items,
    cancel,
    cancel_each,
    checked,
    find_order,
    open_order,
    place,
    replace,
)
from okx_sync.paper.bitget.rest.orders import (
    fill_id,
    filled_at,
    fills_of,
    open_spot_order,
    order_id,
    ordered_at,
    orders_of,
    spot_fill,
    spot_order,
)
from okx_sync.paper.bitget.rest.spot_market import wanted_pairs
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.types import Row

BATCH = 50
#: What says which order is replaced, and what the new one is called.
_WHICH = ("orderId", "clientOid", "newClientOid")


def _pair_of(call: BitgetCall, item: Args) -> VenueInstrument:
    """Return the pair of one item of a batch, which may have a symbol of its own."""
    symbol = plain(item, "symbol") or call.text("symbol")
    found = find_pair(call.venue, symbol)
    if found is None:
        raise call.no_symbol(symbol)
    return found


def _place_one(call: BitgetCall, args: Args) -> Row:
    one = _pair_of(call, args)
    if spot_stops.is_stop(args):
        return spot_stops.place(call, one, args)
    return place(call, checked(call, lambda: spot_args(one, args)))


def _place(call: BitgetCall) -> Row:
    return _place_one(call, call.params)


def _place_batch(call: BitgetCall) -> Row:
    return batch(call, call.params.get("orderList"), _place_one, BATCH)


def _cancel(call: BitgetCall) -> Row:
    return _cancel_one(call, call.params)


def _cancel_one(call: BitgetCall, args: Args) -> Row:
    pairs = [_pair_of(call, args)]
    if spot_stops.is_stop(args):
        return spot_stops.cancel(call, args, pairs)
    return cancel(call, open_order(call, args, pairs))


def _cancel_batch(call: BitgetCall) -> Row:
    return batch(call, call.params.get("orderList"), _cancel_one, BATCH)


def _cancel_all(call: BitgetCall) -> Row:
    """Cancel every order of a pair; the answer names only the pair."""
    one = call.pair()
    cancel_each(call, (order for order in call.account.orders.values() if order.instrument is one))
    return {"symbol": call.text("symbol")}


def _replace_one(call: BitgetCall, args: Args) -> Row:
    """Put a new order in the place of an old one; what goes wrong stands in the row."""
    try:
        one = _pair_of(call, args)
        order = open_order(call, args, [one])
        if order.px is None:
            raise BitgetRestError("40922", "Only a limit order can be replaced")
        new = {name: value for name, value in args.items() if name not in _WHICH}
        wanted = {"side": order.side, "orderType": "limit", "force": order.ordType.replace("limit", "gtc"), **new}
        request = checked(call, lambda: spot_args(one, {**wanted, "clientOid": v2_id(args, "newClientOid")}))
        return replace(call, order, request) | {"success": "success", "msg": ""}
    except BitgetRestError as no:
        return {"orderId": None, "clientOid": None, "success": "failure", "msg": no.message}


def _replace(call: BitgetCall) -> Row:
    return _replace_one(call, call.params)


def _replace_batch(call: BitgetCall) -> Sequence[Row]:
    return [_replace_one(call, item) for item in batch_items(call, call.params.get("orderList"), BATCH)]


# --- listings


def _info(call: BitgetCall) -> Sequence[Row]:
    """Answer a list: of one order, or of none where there is none."""
    order = find_order(call, call.params)
    if order is not None and not order.instrument.is_swap:
        return [spot_order(call, order)]
    stop = spot_stops.find(call)
    return [] if stop is None else [spot_stops.row_of(call, stop)]


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    row = spot_order if done else open_spot_order

    def answer(call: BitgetCall) -> Any:
        if call.one_of("tpslType", ("normal", "tpsl"), "normal") == "tpsl":
            return spot_stops.rows(call, wanted_pairs(call), done=done)
        found = orders_of(call, wanted_pairs(call), done=done)
        return listed(call, found, row=lambda one: row(call, one), at=order_id, when=ordered_at).rows

    return answer


def _fills(call: BitgetCall) -> Any:
    found = fills_of(call, wanted_pairs(call))
    return listed(call, found, row=lambda one: spot_fill(call, one), at=fill_id, when=filled_at, begun=True).rows


_PATH = "v2/spot/trade"
ENDPOINTS = (
    post(f"{_PATH}/place-order", _place, 10, "symbol side orderType size"),
    post(f"{_PATH}/batch-orders", _place_batch, 5),
    post(f"{_PATH}/cancel-order", _cancel, 10, "symbol"),
    post(f"{_PATH}/batch-cancel-order", _cancel_batch, 10),
    post(f"{_PATH}/cancel-symbol-order", _cancel_all, 5, "symbol"),
    post(f"{_PATH}/cancel-replace-order", _replace, 5, "symbol price size"),
    post(f"{_PATH}/batch-cancel-replace-order", _replace_batch, 5),
    get(f"{_PATH}/orderInfo", _info, 20),
    get(f"{_PATH}/unfilled-orders", _listed(False), 20),
    get(f"{_PATH}/history-orders", _listed(True), 20),
    get(f"{_PATH}/fills", _fills, 10),
)
