"""Placing, changing and cancelling orders over REST, for V2 and V3: one order, or each of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import Args, OrderArgError, ids, plain
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.rest.codes import EMPTY, NO_IDS, NO_ORDER, NOTHING_OPEN, OK, SAME, TOO_MANY, verdict
from okx_sync.paper.bitget.rest.order_limits import check_limits, check_worth
from okx_sync.paper.bitget.stops import Legs, apart, together
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.paper.venue.types import Row

#: An order that does not fit the position mode; a price off its step; a client's id that is too long.
_MODE = {"mix": "40774", "spot": "40774", "uta": "25236"}
_OFF_STEP = {"mix": "45115", "spot": "43028", "uta": "25244"}
_LONG_ID = {"mix": "40304", "spot": "40304", "uta": "25200"}
One = Callable[[BitgetCall, Args], Row]


def checked(call: BitgetCall, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return an order in the venue's words, or refuse it in Bitget's."""
    try:
        made = make()
    except OrderArgError as no:
        codes = {"mode": _MODE, "id": _LONG_ID, "ids": NO_IDS, "step": _OFF_STEP}.get(no.kind)
        if codes is not None:
            raise call.refuse(codes, str(no)) from None
        raise BitgetRestError(call.wrong(no.name).code, str(no)) from None
    if made.get("clOrdId"):
        made["clOrdId"] = call.known_as(made["clOrdId"])
    return made


def accepted(call: BitgetCall, ack: OrderAck, side: str = "") -> Row:
    """Return the ids of an order that was accepted; a refusal is raised."""
    code, message = verdict(ack, call.words, side)
    if code != OK:
        raise BitgetRestError(code, message)
    return {"orderId": ack.ordId or ack.algoId, "clientOid": call.given(ack.clOrdId or ack.algoClOrdId)}


def place(call: BitgetCall, request: Mapping[str, Any]) -> Row:
    """Place an order that `checked` has made.

    One that only closes makes older ones of its kind give way where all of them together exceed the position; in
    one-way mode its id is not told then.
    """
    check_limits(call, request)
    free_client_id(call, str(request["clOrdId"]))
    row = accepted(call, call.venue.place(call.account, request, via="rest", rules=call.rules), str(request["side"]))
    order = call.account.by_id[int(row["orderId"])]
    return {**row, "orderId": None} if order.sent_away and order.posSide == "net" else row


def free_client_id(call: BitgetCall, known: str) -> None:
    """Let a client's id be used again once its order is done: it is unique among open orders only."""
    before = call.account.by_client.get(known)
    if before is not None and before.is_done:
        del call.account.by_client[known]


def find_order(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument] = ()) -> VenueOrder | None:
    """Return the order that is meant, alive or done, on one of these instruments; None when there is none."""
    found = checked(call, lambda: dict(ids(args)))
    order = call.account.find(found["ordId"], found["clOrdId"])
    return order if order is not None and (not wanted or order.instrument in wanted) else None


def open_order(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument] = ()) -> VenueOrder:
    """Return the open order that is meant; refused when there is none, or when it is done."""
    order = find_order(call, args, wanted)
    if order is None:
        raise call.refuse({**NOTHING_OPEN, "mix": "43001"}, "The order does not exist")
    if order.is_done:
        raise call.refuse(NOTHING_OPEN, "The order was filled or cancelled before")
    return order


def known_order(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument] = ()) -> VenueOrder:
    """Return the order that is meant, alive or done; refused when there is none."""
    order = find_order(call, args, wanted)
    if order is None:
        raise call.refuse(NO_ORDER, "The data of the order cannot be found, please confirm the order number")
    return order


def cancel(call: BitgetCall, order: VenueOrder) -> Row:
    """Cancel an open order."""
    request = {"instId": order.instrument.instId, "ordId": order.ordId}
    return accepted(call, call.venue.cancel(call.account, request, via="rest"))


def cancel_each(call: BitgetCall, orders: Iterable[VenueOrder]) -> list[Row]:
    """Cancel orders; returns their ids."""
    return [cancel(call, order) for order in list(orders)]


def replace(call: BitgetCall, order: VenueOrder, request: Mapping[str, Any], *, untouched: bool = False) -> Row:
    """Cancel an order and place another instead, or do neither; ``untouched``: nor where some of it has been filled."""
    check_worth(call, order.instrument, request)
    free_client_id(call, str(request["clOrdId"]))
    # The new order brings what the old one was to bring.
    kept = {**request, "attachAlgoOrds": [one.waiting_row() for one in order.attached]}
    ack = call.venue.replace(call.account, order, kept, via="rest", rules=call.rules, untouched=untouched)
    return accepted(call, ack, order.side)


def attach_instead(call: BitgetCall, legs: Legs) -> Row:
    """Return the part of an amendment that lets an order bring these stops, instead of those that it was to bring."""
    rows = together(legs) if call.endpoint.is_v3 else apart(legs)
    return {"attachAlgoOrds": rows or [{}]}


def amend(call: BitgetCall, order: VenueOrder, changes: Mapping[str, Any]) -> Row:
    """Change an open order, which keeps its id."""
    request = {"instId": order.instrument.instId, "ordId": order.ordId, **changes}
    return accepted(call, call.venue.amend(call.account, request, via="rest"), order.side)


def unchanged(order: VenueOrder, price: str, size: str) -> bool:
    """Tell whether a price and a size (in coins; empty: as it is) are those that the order has."""
    instrument = order.instrument
    same_price = not price or (order.px is not None and number(price) == instrument.px(order.px))
    return same_price and (not size or number(size) == instrument.coins(order.lots))


def refuse_unchanged(call: BitgetCall, order: VenueOrder, price: str, size: str) -> None:
    """Refuse a change that changes nothing."""
    if unchanged(order, price, size):
        raise call.refuse(SAME, "Order size and price have not changed")


def batch(call: BitgetCall, items: Any, one: One, most: int, *, ids_of: str = "clientOid") -> Row:
    """Do `one` for each item of a V2 batch: what was accepted, and what was refused with code and text."""
    done: list[Row] = []
    failed: list[Row] = []
    for item in batch_items(call, items, most):
        try:
            done.append(one(call, item))
        except BitgetRestError as no:
            told = {"orderId": plain(item, "orderId"), "clientOid": plain(item, ids_of)}
            failed.append(told | {"errorMsg": no.message, "errorCode": no.code})
    return {"successList": done, "failureList": failed}


def uta_batch(call: BitgetCall, items: Any, one: One, most: int = 20) -> list[Row]:
    """Do `one` for each item of a V3 batch: a row each, with its code and text."""
    made = []
    for item in batch_items(call, items, most):
        try:
            made.append({**one(call, item), "code": OK, "msg": "success"})
        except BitgetRestError as no:
            told = {"orderId": plain(item, "orderId"), "clientOid": plain(item, "clientOid")}
            made.append(told | {"code": no.code, "msg": no.message})
    return made


def batch_items(call: BitgetCall, items: Any, most: int) -> list[Args]:
    """Return the items of a batch, which must be objects, and not too many."""
    if not isinstance(items, list) or not items:
        raise call.refuse(EMPTY, "The list of orders cannot be empty")
    if len(items) > most:
        raise call.refuse(TOO_MANY, f"A batch has at most {most} orders")
    return [item if isinstance(item, dict) else {} for item in items]
