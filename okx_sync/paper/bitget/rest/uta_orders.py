"""V3 orders of a unified account: `/api/v3/trade/`, without strategy orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import Args, contracts, is_yes, plain, step_price, uta_args, v3_legs, without_zero
from okx_sync.paper.bitget.rest.call import SPOT_CATEGORIES, BitgetCall, BitgetRestError, get, listed, post
from okx_sync.paper.bitget.rest.codes import NO_POSITION, OK
from okx_sync.paper.bitget.rest.order_entry import (
    amend,
    attach_instead,
    cancel,
    checked,
    known_order,
    open_order,
    place,
    refuse_unchanged,
    uta_batch,
)
from okx_sync.paper.bitget.rest.orders import (
    fill_id,
    filled_at,
    fills_of,
    order_id,
    ordered_at,
    orders_of,
    uta_fill,
    uta_order,
)
from okx_sync.paper.bitget.rest.positions import close, held_of
from okx_sync.paper.bitget.stops import legs_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.types import Row

_DONE = {"code": OK, "msg": "success"}
#: Seconds after which all orders are cancelled.
_COUNTDOWN = range(5, 61)


def _place_one(call: BitgetCall, args: Args) -> Row:
    category = plain(args, "category").upper()
    if category not in (*SPOT_CATEGORIES, *call.products):
        raise call.wrong("category")
    one = call.named(category, plain(args, "symbol"))
    return place(call, checked(call, lambda: uta_args(call.account, one, args)))


def _place(call: BitgetCall) -> Row:
    return _place_one(call, call.params)


def _place_batch(call: BitgetCall) -> Sequence[Row]:
    return uta_batch(call, call.body, _place_one)


def _modify_one(call: BitgetCall, args: Args) -> Row:
    """Change price, size or the stops that it brings; the order keeps its id. A stop that is not named stays."""
    order = open_order(call, args)
    price, size = plain(args, "price"), plain(args, "qty")
    legs = checked(call, lambda: dict(v3_legs(args)))
    if not price and not size and not legs:
        raise BitgetRestError("25200", "price or qty is needed")
    if legs and not order.instrument.is_swap:
        raise call.refuse({"uta": "25593"}, "Orders of this market cannot bring take profit and stop loss")
    if price:
        price = checked(call, lambda: {"px": step_price(order.instrument, args)})["px"]
    if size and (number(size) or 0) <= 0:
        raise call.wrong("qty")
    request: dict[str, Any] = {"newPx": price, "cxlOnFail": is_yes(args, "autoCancel")}
    if size:
        request["newSz"] = contracts(order.instrument, args, "qty")
    if legs:
        request |= attach_instead(call, without_zero({**legs_of(order.attached), **legs}))
    else:
        refuse_unchanged(call, order, price, size)
    return amend(call, order, request)


def _modify(call: BitgetCall) -> Row:
    return _modify_one(call, call.params)


def _modify_batch(call: BitgetCall) -> Sequence[Row]:
    return uta_batch(call, call.body, _modify_one)


def _cancel_one(call: BitgetCall, args: Args) -> Row:
    return cancel(call, open_order(call, args))


def _cancel(call: BitgetCall) -> Row:
    return _cancel_one(call, call.params)


def _cancel_batch(call: BitgetCall) -> Sequence[Row]:
    return uta_batch(call, call.body, _cancel_one)


def _cancel_all(call: BitgetCall) -> Row:
    wanted = call.instruments()
    found = [order for order in call.account.orders.values() if order.instrument in wanted]
    return {"list": [cancel(call, order) | _DONE for order in found] or None}


def _close_positions(call: BitgetCall) -> Row:
    wanted, side = call.instruments(), call.text("posSide")
    found = [held for held in held_of(call.account, wanted) if side in ("", held.side)]
    if not found:
        raise call.refuse(NO_POSITION, "No position to close")
    return {"list": [close(call, held) | _DONE for held in found]}


def _countdown(call: BitgetCall) -> str:
    """Cancel all orders after so many seconds, once, unless called again; 0 calls it off."""
    seconds = call.whole("countdown")
    if seconds is None or (seconds and seconds not in _COUNTDOWN):
        raise call.wrong("countdown")
    account = call.account
    call.server.rearm((account.uid, "bitget"), seconds, lambda: call.venue.cancel_all(account))
    return "success"


# --- listings


def _wanted(call: BitgetCall) -> list[VenueInstrument]:
    """Return the instruments of a category, or of all of them where none is named."""
    if call.text("category"):
        return call.instruments()
    symbol, every = call.text("symbol"), list(call.venue.instruments.values())
    return [one for one in every if symbol in ("", one.baseCcy + one.quoteCcy)]


def _info(call: BitgetCall) -> Row:
    return uta_order(call, known_order(call, call.params))


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        found = orders_of(call, _wanted(call), done=done)
        page = listed(call, found, row=lambda one: uta_order(call, one), at=order_id, when=ordered_at)
        return page.keyed("list", "cursor")

    return answer


def _fills(call: BitgetCall) -> Any:
    found = fills_of(call, _wanted(call))
    page = listed(call, found, row=lambda one: uta_fill(call, one), at=fill_id, when=filled_at, begun=True)
    return page.keyed("list", "cursor")


def max_open(call: BitgetCall) -> Row:
    """Answer how much can be bought and sold now."""
    one, price = call.instrument(), call.text("price")
    row = call.venue.max_size_row(call.account, {"instId": one.instId, "tdMode": "cross", "px": price})
    free = call.venue.max_avail_size_row(call.account, {"instId": one.instId, "tdMode": "cross"})
    buy, sell = (text((number(row[name]) or 0) * one.ctVal) for name in ("maxBuy", "maxSell"))
    is_buy = call.one_of("side", ("buy", "sell")) == "buy"
    return {
        "available": free["availBuy" if is_buy else "availSell"],
        "maxOpen": buy if is_buy else sell,
        "buyOpenCost": "0",
        "sellOpenCost": "0",
        "maxBuyOpen": buy,
        "maxSellOpen": sell,
        "maxBuyAvailable": free["availBuy"],
        "maxSellAvailable": free["availSell"],
    }


_PATH = "v3/trade"
ENDPOINTS = (
    post(f"{_PATH}/place-order", _place, 10, "category symbol qty side orderType"),
    post(f"{_PATH}/place-batch", _place_batch, 5, is_list=True),
    post(f"{_PATH}/modify-order", _modify, 10),
    post(f"{_PATH}/batch-modify-order", _modify_batch, 10, is_list=True),
    post(f"{_PATH}/cancel-order", _cancel, 10),
    post(f"{_PATH}/cancel-batch", _cancel_batch, 5, is_list=True),
    post(f"{_PATH}/cancel-symbol-order", _cancel_all, 5, "category"),
    post(f"{_PATH}/close-positions", _close_positions, 5, "category"),
    post(f"{_PATH}/countdown-cancel-all", _countdown, 1, "countdown"),
    get(f"{_PATH}/order-info", _info, 20),
    get(f"{_PATH}/unfilled-orders", _listed(False), 20),
    get(f"{_PATH}/history-orders", _listed(True), 20, "category"),
    get(f"{_PATH}/fills", _fills, 20),
    post("v3/account/max-open-available", max_open, 5, "category symbol orderType side", trades=False),
)
