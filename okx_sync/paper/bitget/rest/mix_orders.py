"""V2 orders on futures: `/api/v2/mix/order/`, without plan orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import Args, mix_args, step_price, v2_id, v2_legs, without_zero
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError, get, listed, post
from okx_sync.paper.bitget.rest.codes import NO_POSITION, NOTHING_OPEN
from okx_sync.paper.bitget.rest.order_entry import (
    amend,
    attach_instead,
    batch,
    cancel,
    cancel_each,
    checked,
    find_order,
    known_order,
    open_order,
    place,
    refuse_unchanged,
    replace,
)
from okx_sync.paper.bitget.rest.orders import (
    fill_id,
    filled_at,
    fills_of,
    mix_fill,
    mix_order,
    order_id,
    ordered_at,
    orders_of,
)
from okx_sync.paper.bitget.rest.positions import Held, close, held_of
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.types import Row

BATCH = 50
SECOND_MS = 1000


def _place_one(call: BitgetCall, one: VenueInstrument, args: Args) -> Row:
    return place(call, checked(call, lambda: mix_args(call.account, one, args)))


def _place(call: BitgetCall) -> Row:
    return _place_one(call, call.contract(), call.params)


def _place_batch(call: BitgetCall) -> Row:
    one, shared = call.contract(), {"marginMode": call.need("marginMode")}

    def place_item(call: BitgetCall, item: Args) -> Row:
        return _place_one(call, one, {**item, **shared})

    return batch(call, call.params.get("orderList"), place_item, BATCH)


def _cancel(call: BitgetCall) -> Row:
    """Cancel an order, which may be asked for once in a second."""
    one, now, asked = call.contract(), call.server.clock.now_ms(), call.settings.cancels
    known = find_order(call, call.params, [one])
    if known is not None and now - asked.get(known.id, 0) < SECOND_MS:
        raise BitgetRestError("45129", "Cancel order is too frequent")
    order = open_order(call, call.params, [one])
    for id_ in [id_ for id_, at in asked.items() if now - at >= SECOND_MS]:
        del asked[id_]
    asked[order.id] = now
    return cancel(call, order)


def _cancel_batch(call: BitgetCall) -> Row:
    """Cancel the orders of `orderIdList`, or without one all of a symbol or of the product."""
    wanted = call.contracts()
    items = call.params.get("orderIdList")
    if items:
        return batch(call, items, lambda call, item: cancel(call, open_order(call, item, wanted)), BATCH)
    return _cancel_all_of(call, wanted)


def _cancel_all(call: BitgetCall) -> Row:
    return _cancel_all_of(call, call.contracts())


def _cancel_all_of(call: BitgetCall, wanted: Sequence[VenueInstrument]) -> Row:
    done = cancel_each(call, (one for one in call.account.orders.values() if one.instrument in wanted))
    if not done:
        raise call.refuse(NOTHING_OPEN, "No order to cancel")
    return {"successList": done, "failureList": []}


def _modify(call: BitgetCall) -> Row:
    """Put a new order with a new id in the place of an old one; the new id is not told.

    Where only the stops that it brings are changed the order stays; that which is not named is taken back. Beside a
    price and a size the stops are not looked at.
    """
    one = call.contract()
    order = open_order(call, call.params, [one])
    price, size = call.text("newPrice"), call.text("newSize")
    legs = checked(call, lambda: dict(v2_legs(call.params, "newPreset")))
    if legs and not price and not size:
        return amend(call, order, attach_instead(call, without_zero(legs)))
    if not price or not size:
        raise BitgetRestError("40925", "Both newPrice and newSize are needed")
    if order.px is None or order.filled:
        raise BitgetRestError("40922", "Only a limit order that has not traded can be modified")
    refuse_unchanged(call, order, price, size)
    price = checked(call, lambda: {"px": step_price(one, call.params, "newPrice")})["px"]
    coins, client_id = number(size), checked(call, lambda: {"clOrdId": v2_id(call.params, "newClientOid")})
    request = {
        "instId": one.instId,
        "tdMode": order.tdMode,
        "side": order.side,
        "posSide": order.posSide,
        "ordType": order.ordType,
        "px": price,
        "sz": "0" if coins is None else text(coins / one.ctVal),
        "reduceOnly": order.reduceOnly,
        **client_id,
    }
    return replace(call, order, request, untouched=True) | {"orderId": None}


# --- positions


def _close_positions(call: BitgetCall) -> Row:
    """Close at the market: all of a product, of a symbol, or one side of it in hedge mode."""
    wanted, side = call.contracts(), call.text("holdSide")
    done: list[Row] = []
    failed: list[Row] = []
    found = [one for one in held_of(call.account, wanted) if not one.is_hedged or side in ("", one.side)]
    if not found:
        raise call.refuse(NO_POSITION, "No position to close")
    for one in found:
        told = {"symbol": symbol_of(one.instrument)}
        try:
            done.append(close(call, one) | told)
        except BitgetRestError as no:
            failed.append({"orderId": "", "clientOid": "", **told, "errorMsg": no.message, "errorCode": no.code})
    return {"successList": done, "failureList": failed}


def _reverse(call: BitgetCall) -> Row:
    """Turn a position round: close it and open as much on the other side. Returns the ids of the opening order."""
    one, side = call.contract(), call.one_of("side", ("buy", "sell"))
    found = [held for held in held_of(call.account, [one]) if not held.is_hedged or held.opened_by == side]
    if not found:
        raise call.refuse(NO_POSITION, "No position to reverse")
    held = found[0]
    asked = number(call.text("size") or text(held.coins))
    if asked is None or asked <= 0:
        raise call.wrong("size")
    size = text(min(asked, held.coins) / one.ctVal)
    client_id = checked(call, lambda: {"clOrdId": v2_id(call.params)})
    opening = _opening(held, size) | client_id
    close(call, held, size)
    return place(call, opening)


def _opening(held: Held, size: str) -> Row:
    """Return an order that opens as much on the other side."""
    turned = {"posSide": "short" if held.side == "long" else "long"} if held.is_hedged else {}
    shared = {"instId": held.instrument.instId, "tdMode": held.position.mgnMode, "ordType": "market", "sz": size}
    return {**shared, "side": "sell" if held.side == "long" else "buy", **turned}


# --- listings


def _detail(call: BitgetCall) -> Row:
    row = mix_order(call, known_order(call, call.params, [call.contract()]))
    return {**row, "state": row["status"], "newTradeSide": row["tradeSide"]}


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        found = orders_of(call, call.contracts(), done=done)
        status = call.text("status")
        wanted = (order for order in found if status in ("", order.state))
        page = listed(call, wanted, row=lambda one: mix_order(call, one), at=order_id, when=ordered_at)
        return page.keyed("entrustedList")

    return answer


def _fills(call: BitgetCall) -> Any:
    found = fills_of(call, call.contracts())
    page = listed(call, found, row=lambda one: mix_fill(call, one), at=fill_id, when=filled_at, begun=True)
    return page.keyed("fillList")


_PATH = "v2/mix/order"
_ONE = "symbol productType"
_ORDER = f"{_ONE} marginMode marginCoin size side orderType"
ENDPOINTS = (
    post(f"{_PATH}/place-order", _place, 10, _ORDER),
    post(f"{_PATH}/batch-place-order", _place_batch, 5, f"{_ONE} marginMode marginCoin"),
    post(f"{_PATH}/modify-order", _modify, 10, f"{_ONE} newClientOid"),
    post(f"{_PATH}/cancel-order", _cancel, 10, _ONE),
    post(f"{_PATH}/batch-cancel-orders", _cancel_batch, 10, "productType"),
    post(f"{_PATH}/cancel-all-orders", _cancel_all, 10, "productType"),
    post(f"{_PATH}/close-positions", _close_positions, 1, "productType"),
    post(f"{_PATH}/click-backhand", _reverse, 10, f"{_ONE} marginCoin side"),
    get(f"{_PATH}/detail", _detail, 10, _ONE),
    get(f"{_PATH}/orders-pending", _listed(False), 10, "productType"),
    get(f"{_PATH}/orders-history", _listed(True), 10, "productType"),
    get(f"{_PATH}/fills", _fills, 10, "productType"),
    get(f"{_PATH}/fill-history", _fills, 10, "productType"),
)
