"""Changing a resting order's price or size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.checks import bad_parameter, find_instrument, find_order, price_ticks, size_lots, words
from okx_sync.paper.venue.desk import RESTS, WOULD_TAKE, Desk
from okx_sync.paper.venue.margin import available_cash, available_equity, needed
from okx_sync.paper.venue.orders import OrderAck, Refused
from okx_sync.paper.venue.records import Account, Order, promised_ccy
from okx_sync.paper.venue.texts import flag, number
from okx_sync.paper.venue.types import opposite

_GONE = ("51503", "Order modification failed as the order has been filled, canceled or does not exist.")


def amend(desk: Desk, account: Account, args: Mapping[str, Any]) -> OrderAck:
    """trade/amend-order. An accepted request may still fail for lack of money: that outcome is pushed as
    ``amendResult`` -1 (or 1 with ``cxlOnFail``, which cancels the order).
    """
    request_id = words(args, "reqId")
    given = {name: words(args, name) for name in ("ordId", "clOrdId", "reqId")}
    ids = {**given, "ts": str(desk.ms)}
    try:
        find_instrument(desk.instruments, args)
        order = find_order(account, args, _GONE)
        px, lots = _wanted(order, args)
        desk.check_px(order, px)
    except Refused as no:
        return OrderAck(**ids, sCode=no.code, sMsg=no.message, subCode=no.sub_code)
    ids |= {"ordId": order.ordId, "clOrdId": order.clOrdId}
    if not _affordable(desk, order, px, lots):
        _fail(desk, order, request_id, cancel=flag(args.get("cxlOnFail")))
    else:
        _change(desk, order, px, lots, request_id)
    return OrderAck(**ids)


def _wanted(order: Order, args: Mapping[str, Any]) -> tuple[int, int]:
    if order.px is None or order.ordType not in RESTS:
        raise Refused("51502", "Order modification is not supported for this order type.")
    given_px, given_sz = words(args, "newPx"), words(args, "newSz")
    if not given_px and not given_sz:
        raise Refused("51500", "You must enter a price, quantity, or TP/SL.")
    px = price_ticks(order.instrument, given_px, "newPx") if given_px else order.px
    if not given_sz:
        return px, order.lots
    size = number(given_sz)
    if size is None or size <= 0:
        raise bad_parameter("newSz")
    return px, size_lots(order.instrument, size)


def _affordable(desk: Desk, order: Order, px: int, lots: int) -> bool:
    account, ccy = order.account, promised_ccy(order)
    free = available_equity if order.instrument.is_swap else available_cash
    cost = needed(order, order.instrument.px(px), max(0, lots - order.filled), account)
    return cost - order.frozen <= free(account, ccy, desk.prices)


def _fail(desk: Desk, order: Order, reqId: str, *, cancel: bool) -> None:
    told = {
        "reqId": reqId,
        "amendResult": "1" if cancel else "-1",
        "amendSource": "1",
        "code": "51008",
        "msg": f"Order modification failed. Insufficient {promised_ccy(order)} balance in account.",
    }
    if cancel:
        desk.end(order, "1", **told)
    else:
        desk.tell_amended(order, **told)


def _change(desk: Desk, order: Order, px: int, lots: int, reqId: str) -> None:
    told = {"reqId": reqId, "amendResult": "0", "amendSource": "1"}
    book = desk.books[order.instrument.instId]
    if px == order.px and order.filled < lots <= order.lots:
        # Only smaller: the order keeps its place in the queue.
        book.reduce(order.id, order.lots - lots)
        _resize(order, lots)
        desk.ledger.promise(order)
        desk.tell_amended(order, **told)
        desk.tell_frozen(order)
        return
    book.remove(order.id)
    order.px = px
    _resize(order, lots)
    if lots <= order.filled:
        order.state = "filled"
        _resize(order, order.filled)
        order.account.orders.pop(order.id, None)
        desk.ledger.promise(order)
        desk.tell_amended(order, **told)
        desk.tell_frozen(order)
        return
    best = book.best_px(opposite(order.side))
    if order.ordType == "post_only" and best is not None and best * order.sign <= px * order.sign:
        desk.end(order, WOULD_TAKE, **told)
        return
    desk.tell_amended(order, **told)
    desk.work(order)


def _resize(order: Order, lots: int) -> None:
    order.lots = lots
    order.sz = order.instrument.sz(lots)
