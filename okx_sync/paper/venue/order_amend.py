"""Changing a resting order's price or size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.algo_orders import SOURCES
from okx_sync.paper.venue.closing_orders import check_amended, make_room
from okx_sync.paper.venue.margin import free_for, needed
from okx_sync.paper.venue.number_text import flag, number
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import (
    bad_parameter,
    find_instrument,
    find_order,
    not_amendable,
    positive,
    price_ticks,
    size_lots,
    words,
)
from okx_sync.paper.venue.order_engine import BY_USER, RESTS, WOULD_TAKE, OrderEngine
from okx_sync.paper.venue.position_limit import check_position_limit
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, promised_ccy

_GONE = ("51503", "Your order has already been filled or canceled.")
#: Refusals of the request itself: they say nothing against the new price or size, so that `cxlOnFail` spares the order.
_BAD_REQUEST = ("51000", "51500", "51506", "51512")


def amend(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any], *, by_venue: bool = False) -> OrderAck:
    """Amend an order (trade/amend-order); those of a chase are for the venue alone.

    An accepted request may still fail for lack of money: that outcome is pushed as ``amendResult`` -1 (or 1 with
    ``cxlOnFail``, which cancels the order). A request that is refused at once leaves the order as it is; with
    ``cxlOnFail`` the order is canceled, and its push has an empty ``amendResult``.
    """
    ids = {**{name: words(args, name) for name in ("ordId", "clOrdId", "reqId")}, "ts": str(engine.ms)}
    try:
        find_instrument(engine.instruments, args)
        order = find_order(account, args, _GONE)
    except VenueRefusal as no:
        return OrderAck(**ids, sCode=no.code, sMsg=no.message, subCode=no.sub_code)
    ids |= {"ordId": order.ordId, "clOrdId": order.clOrdId}
    cancel = flag(args.get("cxlOnFail"))
    try:
        if order.source == SOURCES["chase"] and not by_venue:
            raise not_amendable()
        px, lots = _wanted(engine, order, args)
        attached = order.attached
        if engine.attachments is not None:
            attached = engine.attachments.amended(order, args, px, lots)
    except VenueRefusal as no:
        if cancel and no.code not in _BAD_REQUEST:
            told = {"reqId": ids["reqId"], "amendSource": "1", "code": no.code, "msg": no.message}
            engine.end(order, BY_USER, amendResult="", **told)
        return OrderAck(**ids, sCode=no.code, sMsg=no.message, subCode=no.sub_code)
    if not _affordable(engine, order, px, lots):
        _fail(engine, order, ids["reqId"], cancel=cancel)
    else:
        order.attached = attached
        if attached:
            engine.parents[order.id] = order
        is_cut = bool(words(args, "newSz")) and order.instrument.sz(lots) != number(args["newSz"])
        _change(engine, order, px, lots, {"reqId": ids["reqId"], "amendSource": "2" if is_cut else "1"})
        make_room(engine, account, order.instrument)
    return OrderAck(**ids)


def _wanted(engine: OrderEngine, order: VenueOrder, args: Mapping[str, Any]) -> tuple[int, int]:
    """Return the price in ticks and the size in lots that the order is to have; `VenueRefusal` for wrong ones."""
    if order.px is None or order.ordType not in RESTS:
        raise not_amendable()
    given_px, given_sz = words(args, "newPx"), words(args, "newSz")
    is_more = engine.attachments is not None and engine.attachments.names(args)
    if not given_px and not given_sz and not is_more:
        raise VenueRefusal("51500", "You must enter a price, quantity, or TP/SL")
    moves = words(args, "pxAmendType", "0")
    if moves not in ("0", "1"):
        raise bad_parameter("pxAmendType")
    size = positive(args, "newSz") if given_sz else order.sz
    px = price_ticks(order.instrument, given_px, "newPx", order.rules) if given_px else order.px
    lots = size_lots(order.instrument, size) if given_sz else order.lots
    if given_px:
        px = engine.check_px(order, px, moves=moves == "1")
    if order.closes_only:
        lots = check_amended(order, px, lots)
    if order.rules.limits_positions and lots > order.lots:
        check_position_limit(order, lots - order.filled, "Order amendment failed")
    return px, lots


def _affordable(engine: OrderEngine, order: VenueOrder, px: int, lots: int) -> bool:
    cost = needed(order, order.instrument.px(px), max(0, lots - order.filled))
    return cost - order.frozen <= free_for(order, engine.prices)


def _fail(engine: OrderEngine, order: VenueOrder, reqId: str, *, cancel: bool) -> None:
    told = {
        "reqId": reqId,
        "amendResult": "1" if cancel else "-1",
        "amendSource": "1",
        "code": "51008",
        "msg": f"Order modification failed. Insufficient {promised_ccy(order)} balance in account.",
    }
    if cancel:
        engine.end(order, BY_USER, **told)
    else:
        engine.tell_amended(order, **told)


def _change(engine: OrderEngine, order: VenueOrder, px: int, lots: int, request: Mapping[str, str]) -> None:
    told = {**request, "amendResult": "0"}
    book = engine.books[order.instrument.instId]
    if px == order.px and order.filled < lots <= order.lots:
        # Only smaller: the order keeps its place in the queue.
        book.reduce(order.id, order.lots - lots)
        order.resize(lots)
        engine.settlement.promise(order)
        engine.tell_amended(order, **told)
        engine.tell_frozen(order)
        return
    book.remove(order.id)
    order.px = px
    order.resize(lots)
    if lots <= order.filled:
        order.state = "filled"
        order.resize(order.filled)
        order.account.orders.pop(order.id, None)
        engine.settlement.promise(order)
        engine.tell_amended(order, **told)
        engine.tell_frozen(order)
        return
    if order.ordType == "post_only" and engine.would_take(order):
        engine.end(order, WOULD_TAKE, **told)
        return
    engine.tell_amended(order, **told)
    engine.work(order)
