"""Changing a resting order's price or size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.algo_orders import SOURCES
from okx_sync.paper.venue.margin import available_cash, available_equity, needed
from okx_sync.paper.venue.number_text import flag, number
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, find_instrument, find_order, price_ticks, size_lots, words
from okx_sync.paper.venue.order_engine import RESTS, WOULD_TAKE, OrderEngine
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, promised_ccy
from okx_sync.paper.venue.types import opposite

_GONE = ("51503", "Order modification failed as the order has been filled, canceled or does not exist.")


def amend(engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any], *, by_venue: bool = False) -> OrderAck:
    """Amend an order (trade/amend-order); those of a chase are for the venue alone.

    An accepted request may still fail for lack of money: that outcome is pushed as ``amendResult`` -1 (or 1 with
    ``cxlOnFail``, which cancels the order).
    """
    request_id = words(args, "reqId")
    given = {name: words(args, name) for name in ("ordId", "clOrdId", "reqId")}
    ids = {**given, "ts": str(engine.ms)}
    try:
        find_instrument(engine.instruments, args)
        order = find_order(account, args, _GONE)
        attachments = engine.attachments
        if order.source == SOURCES["chase"] and not by_venue:
            raise VenueRefusal("51506", "Order modification unavailable for the order type.")
        px, lots = _wanted(order, args, is_more=attachments is not None and attachments.names(args))
        engine.check_px(order, px)
        attached = order.attached if attachments is None else attachments.amended(order, args, px, lots)
    except VenueRefusal as no:
        return OrderAck(**ids, sCode=no.code, sMsg=no.message, subCode=no.sub_code)
    ids |= {"ordId": order.ordId, "clOrdId": order.clOrdId}
    if not _affordable(engine, order, px, lots):
        _fail(engine, order, request_id, cancel=flag(args.get("cxlOnFail")))
    else:
        order.attached = attached
        _change(engine, order, px, lots, request_id)
    return OrderAck(**ids)


def _wanted(order: VenueOrder, args: Mapping[str, Any], *, is_more: bool) -> tuple[int, int]:
    """Return the new price and size. ``is_more``: there is something else to change."""
    if order.px is None or order.ordType not in RESTS:
        raise VenueRefusal("51506", "Order modification unavailable for the order type.")
    given_px, given_sz = words(args, "newPx"), words(args, "newSz")
    if not given_px and not given_sz and not is_more:
        raise VenueRefusal("51500", "You must enter a price, quantity, or TP/SL.")
    px = price_ticks(order.instrument, given_px, "newPx") if given_px else order.px
    if not given_sz:
        return px, order.lots
    size = number(given_sz)
    if size is None or size <= 0:
        raise bad_parameter("newSz")
    return px, size_lots(order.instrument, size)


def _affordable(engine: OrderEngine, order: VenueOrder, px: int, lots: int) -> bool:
    account, ccy = order.account, promised_ccy(order)
    free = available_equity if order.instrument.is_swap else available_cash
    cost = needed(order, order.instrument.px(px), max(0, lots - order.filled), account)
    return cost - order.frozen <= free(account, ccy, engine.prices)


def _fail(engine: OrderEngine, order: VenueOrder, reqId: str, *, cancel: bool) -> None:
    told = {
        "reqId": reqId,
        "amendResult": "1" if cancel else "-1",
        "amendSource": "1",
        "code": "51008",
        "msg": f"Order modification failed. Insufficient {promised_ccy(order)} balance in account.",
    }
    if cancel:
        engine.end(order, "1", **told)
    else:
        engine.tell_amended(order, **told)


def _change(engine: OrderEngine, order: VenueOrder, px: int, lots: int, reqId: str) -> None:
    told = {"reqId": reqId, "amendResult": "0", "amendSource": "1"}
    book = engine.books[order.instrument.instId]
    if px == order.px and order.filled < lots <= order.lots:
        # Only smaller: the order keeps its place in the queue.
        book.reduce(order.id, order.lots - lots)
        _resize(order, lots)
        engine.settlement.promise(order)
        engine.tell_amended(order, **told)
        engine.tell_frozen(order)
        return
    book.remove(order.id)
    order.px = px
    _resize(order, lots)
    if lots <= order.filled:
        order.state = "filled"
        _resize(order, order.filled)
        order.account.orders.pop(order.id, None)
        engine.settlement.promise(order)
        engine.tell_amended(order, **told)
        engine.tell_frozen(order)
        return
    best = book.best_px(opposite(order.side))
    if order.ordType == "post_only" and best is not None and best * order.sign <= px * order.sign:
        engine.end(order, WOULD_TAKE, **told)
        return
    engine.tell_amended(order, **told)
    engine.work(order)


def _resize(order: VenueOrder, lots: int) -> None:
    order.lots = lots
    order.sz = order.instrument.sz(lots)
