"""Private endpoints that trade: orders, batches, lists of orders and executions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice, takewhile
from typing import Any

from okx_sync.paper.bybit import rows
from okx_sync.paper.bybit.dead_man import watch
from okx_sync.paper.bybit.identifiers import category_of, symbol_of
from okx_sync.paper.bybit.order_args import FILTERS, OPEN, PLAIN, STOP, OrderRefusal, place_args
from okx_sync.paper.bybit.orders import BybitOrders, place
from okx_sync.paper.bybit.rest.call import (
    DAY_MS,
    FUTURES,
    LINEAR,
    MISSING,
    OPTION,
    PARAMS,
    SPOT,
    BybitAnswer,
    BybitCall,
    BybitEndpoint,
    BybitRestError,
)
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.settings import rules_of
from okx_sync.paper.bybit.stops import AnyOrder, bound_of
from okx_sync.paper.bybit.trading import BybitOrderRequests
from okx_sync.paper.bybit.wallet import wallet_row
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import parse_order
from okx_sync.paper.venue.position_tiers import maintenance_rate
from okx_sync.paper.venue.records import VenueBill, VenueFill
from okx_sync.paper.venue.types import Row

TOO_FAST = 10006
MOST_DONE = 500
BATCH = {SPOT: 10}
BATCH_MOST = 20
_RATES = {LINEAR: 10, "inverse": 10, OPTION: 10, SPOT: 20}
_CANCEL_ALL = {LINEAR: 10, "inverse": 10, OPTION: 1, SPOT: 20}
#: Fields of pushes that REST leaves out, and those that only REST has.
_PUSHED_ORDER = ("category", "closedPnl", "feeCurrency", "brokerOrderPrice")
_LISTED_ORDER = {"basePrice": "", "extraFees": ""}
_PUSHED_EXECUTION = ("category", "isLeverage", "execPnl", "marketUnit")
_UNFILLED_KEPT_MS = DAY_MS


def _trading(call: BybitCall) -> BybitOrderRequests:
    return BybitOrderRequests(call.venue, call.account, call.ids, "rest")


def _book(call: BybitCall) -> BybitOrders:
    return BybitOrders(call.venue, call.account, call.ids)


# --- writes


def _write(word: str) -> Callable[[BybitCall], Row]:
    """Make the endpoint of one order."""

    def answer(call: BybitCall) -> Row:
        outcome = _trading(call).do(word, call.category(), call.params)
        if outcome.code:
            raise BybitRestError(outcome.code, outcome.text)
        return outcome.ids

    return answer


def _batch(word: str) -> Callable[[BybitCall], BybitAnswer]:
    """Make the endpoint of many orders; each has its verdict in `retExtInfo`."""

    def answer(call: BybitCall) -> BybitAnswer:
        category, orders = call.category(), call.params["request"]
        if not isinstance(orders, list) or not all(isinstance(one, dict) for one in orders):
            raise BybitRestError(PARAMS, "params error: request invalid")
        most = BATCH.get(category, BATCH_MOST)
        if len(orders) > most:
            raise BybitRestError(PARAMS, f"The number of orders exceeds {most}")
        trading, told, verdicts = _trading(call), [], []
        for order in orders:
            row, verdict = _batch_row(call, trading, word, category, order)
            told.append(row)
            verdicts.append(verdict)
        return BybitAnswer({"list": told}, {"list": verdicts})

    return answer


def _batch_row(
    call: BybitCall, trading: BybitOrderRequests, word: str, category: str, order: Mapping[str, Any]
) -> tuple[Row, Row]:
    ids, code, message = (
        trading.do_one_of_many(word, category, order) if call.take() else ({}, TOO_FAST, "Too many visits!")
    )
    shown = ids or {"orderId": "", "orderLinkId": str(order.get("orderLinkId", ""))}
    created = {"createAt": str(call.now) if ids else ""} if word == "create" else {}
    row = {"category": category, "symbol": str(order.get("symbol", "")), **shown, **created}
    return row, {"code": code, "msg": message}


def _cancel_all(call: BybitCall) -> Row:
    category = call.category()
    if category != SPOT and not any(call.text(name) for name in ("symbol", "baseCoin", "settleCoin")):
        raise BybitRestError(PARAMS, f"{MISSING}, symbol or baseCoin or settleCoin")
    chosen = [one for one in _scope(call, category, _book(call).open()) if _is_cancelled(call, category, one)]
    return {"list": _trading(call).cancel_each(islice(chosen, MOST_DONE)), "success": "1"}


def _is_cancelled(call: BybitCall, category: str, order: AnyOrder) -> bool:
    """Tell whether an order is of the kind that is to go: on the spot market plain ones unless told otherwise."""
    wanted = call.text("orderFilter", PLAIN if category == SPOT else "")
    if wanted and wanted not in FILTERS:
        raise BybitRestError(PARAMS, "params error: orderFilter invalid")
    wanted = PLAIN if wanted == OPEN else wanted
    kind, stop_type = _book(call).filter_of(order), call.text("stopOrderType")
    if stop_type and wanted == STOP:
        return kind == STOP and (bound_of(order) is None) == (stop_type == "Stop")
    return wanted in ("", kind)


def _pre_check(call: BybitCall) -> Row:
    """Tell how much of the account its margins are before and after an order, in 1/10000."""
    category = call.category(LINEAR, *FUTURES, OPTION, SPOT)
    instrument = call.instrument(category)
    mode = "isolated" if call.settings.is_isolated else "cross"
    try:
        request = place_args(instrument, call.params, mode)
        order = parse_order(call.account, instrument, request, 0, call.now, rules_of(call.account, instrument))
    except (ValueError, OrderRefusal, VenueRefusal) as problem:
        raise BybitRestError(PARAMS, f"params error: {problem}") from None
    wallet = wallet_row(call.account, call.venue)
    equity = Decimal(wallet["totalEquity"]) or Decimal(1)
    px = instrument.px(order.px) if order.px is not None else call.venue.prices.last[instrument.instId]
    cost = margin.needed(order, px, order.lots) if instrument.is_swap else Decimal(0)
    rate = maintenance_rate(instrument, order.lots) + margin.fee_rate(instrument, "T")
    initial, needed = Decimal(wallet["totalInitialMargin"]), Decimal(wallet["totalMaintenanceMargin"])
    rates = {
        "preImrE4": initial,
        "preMmrE4": needed,
        "postImrE4": initial + cost,
        "postMmrE4": needed + (cost and instrument.coins(order.lots) * px * rate),
    }
    ids = {"orderId": "", "orderLinkId": call.text("orderLinkId")}
    return {**ids, **{name: int(part / equity * 10_000) for name, part in rates.items()}}


def _disconnect_cancel_all(call: BybitCall) -> Row:
    """Set how long private streams may be away before orders are cancelled."""
    product = call.one_of("product", ("SPOT", "DERIVATIVES", "OPTIONS"), "OPTIONS")
    seconds = call.integer("timeWindow", 0)
    if not 3 <= seconds <= 300:
        raise BybitRestError(PARAMS, "params error: timeWindow invalid")
    call.settings.dcp[product] = seconds
    watch(call.server, call.account, product)
    return {}


def _borrow_check(call: BybitCall) -> Row:
    """Tell how much of a pair may be bought or sold: nothing is borrowed here."""
    instrument, side = call.instrument(call.category(SPOT)), call.one_of("side", ("Buy", "Sell"))
    row = call.venue.max_size_row(call.account, {"instId": instrument.instId})
    free = call.venue.max_avail_size_row(call.account, {"instId": instrument.instId})
    size, amount = row["maxBuy" if side == "Buy" else "maxSell"], free["availBuy"]
    if side == "Sell":
        amount = text(Decimal(size) * call.venue.prices.last[instrument.instId])
    return {
        "symbol": symbol_of(instrument),
        "side": side,
        "maxTradeQty": size,
        "maxTradeAmount": amount,
        "spotMaxTradeQty": size,
        "spotMaxTradeAmount": amount,
        "borrowCoin": instrument.quoteCcy if side == "Buy" else instrument.baseCcy,
    }


# --- lists of orders


def _scope(call: BybitCall, category: str, orders: Iterator[AnyOrder]) -> Iterator[AnyOrder]:
    """Yield the orders of what `category`, `symbol`, `baseCoin` and `settleCoin` choose."""
    wanted = {one.instId for one in call.instruments(category)}
    return (order for order in orders if order.instrument.instId in wanted)


def _order_row(call: BybitCall) -> Callable[[AnyOrder], Row]:
    book = _book(call)

    def row(order: AnyOrder) -> Row:
        told = {name: value for name, value in book.row(order).items() if name not in _PUSHED_ORDER}
        return told | _LISTED_ORDER

    return row


def _named(call: BybitCall, category: str) -> Iterator[AnyOrder] | None:
    """Yield the one order that an id names, whatever its state; None when no id is given."""
    if not call.text("orderId") and not call.text("orderLinkId"):
        return None
    found = _book(call).find(call.params)
    if found is None or category_of(found.instrument) != category:
        return iter(())
    return iter((found,))


def _filtered(call: BybitCall, orders: Iterator[AnyOrder]) -> Iterator[AnyOrder]:
    book, wanted = _book(call), call.text("orderFilter")
    if not wanted:
        return orders
    if wanted not in FILTERS:
        raise BybitRestError(PARAMS, "params error: orderFilter invalid")
    wanted = PLAIN if wanted == OPEN else wanted
    return (order for order in orders if book.filter_of(order) == wanted)


def _open_orders(call: BybitCall) -> Row:
    category = call.category()
    named = _named(call, category)
    if category == LINEAR and named is None and not any(call.text(n) for n in ("symbol", "baseCoin", "settleCoin")):
        raise BybitRestError(PARAMS, f"{MISSING}, symbol or settleCoin or baseCoin")
    if named is not None:
        orders = named
    elif call.text("openOnly", "0") == "0":
        orders = _scope(call, category, _book(call).open())
    else:
        orders = islice(_scope(call, category, _book(call).done()), MOST_DONE)
    return page(call, _filtered(call, orders), place, _order_row(call), most=50, default=20, category=category)


def _history(call: BybitCall) -> Row:
    category, window = call.category(), call.window(7)
    named = _named(call, category)
    orders = _scope(call, category, _book(call).done()) if named is None else named
    kept = (one for one in orders if _is_kept(call, one) and (named is not None or _updated(one) in window))
    status = call.text("orderStatus")
    row = _order_row(call)
    if status:
        kept = (one for one in kept if row(one)["orderStatus"] == status)
    return page(call, _filtered(call, kept), place, row, most=50, default=20, category=category)


def _updated(order: AnyOrder) -> int:
    return order.uTime or order.cTime


def _is_kept(call: BybitCall, order: AnyOrder) -> bool:
    """Tell whether history has an order: done, and when nothing of it was filled, of the last day."""
    is_waiting = isinstance(order, VenueAlgoOrder)
    if (order.state == "live") if isinstance(order, VenueAlgoOrder) else not order.is_done:
        return False
    return bool(not is_waiting and order.filled) or _updated(order) >= call.now - _UNFILLED_KEPT_MS


# --- executions


def _executions(call: BybitCall) -> Row:
    category, window = call.category(), call.window(7)
    kind = call.text("execType")
    found: Iterator[VenueFill | VenueBill] = iter(())
    wanted = {one.instId for one in call.instruments(category)}
    # There may be many: those before the times asked for are not looked at.
    recent = takewhile(lambda one: one.ts >= window.start, reversed(call.account.fills))
    fills = (one for one in recent if one.order.instrument.instId in wanted)
    if call.text("orderId") or call.text("orderLinkId"):
        order = _book(call).find(call.params)
        found = (one for one in fills if one.order is order)
    else:
        bills = takewhile(lambda one: one.ts >= window.start, reversed(call.account.bills))
        fundings = (one for one in bills if rows.is_funding(one) and _instrument_of(one).instId in wanted)
        every: list[VenueFill | VenueBill] = [*fills, *fundings]
        found = iter(sorted(every, key=_place_of, reverse=True))
    row = _execution_row(call)
    chosen = (one for one in found if one.ts in window)
    if kind:
        chosen = (one for one in chosen if row(one)["execType"] == kind)
    return page(call, chosen, _place_of, row, most=100, default=50, category=category)


def _instrument_of(bill: VenueBill) -> VenueInstrument:
    assert bill.position is not None  # a funding fee has one
    return bill.position.instrument


def _place_of(one: VenueFill | VenueBill) -> tuple[int, int]:
    return one.ts, one.billId


def _execution_row(call: BybitCall) -> Callable[[VenueFill | VenueBill], Row]:
    def row(one: VenueFill | VenueBill) -> Row:
        made = rows.funding_row(one) if isinstance(one, VenueBill) else rows.execution_row(one, call.venue, call.ids)
        return {name: value for name, value in made.items() if name not in _PUSHED_EXECUTION} | {"execFeeV2": ""}

    return row


def _post(path: str, answer: Callable[[BybitCall], Any], limit: Any, *required: str, **more: Any) -> BybitEndpoint:
    return BybitEndpoint("POST", f"/v5/order/{path}", answer, limit, required=required, trades=True, **more)


_IDS = ("category", "symbol", "orderId|orderLinkId")
_ORDER = ("category", "symbol", "side", "orderType", "qty")
_ROWS = ("category", "request")

ENDPOINTS = (
    _post("create", _write("create"), _RATES, *_ORDER),
    _post("amend", _write("amend"), _RATES, *_IDS),
    _post("cancel", _write("cancel"), _RATES, *_IDS),
    _post("create-batch", _batch("create"), _RATES, *_ROWS, is_batch=True),
    _post("amend-batch", _batch("amend"), _RATES, *_ROWS, is_batch=True),
    _post("cancel-batch", _batch("cancel"), _RATES, *_ROWS, is_batch=True),
    _post("cancel-all", _cancel_all, _CANCEL_ALL, "category"),
    _post("pre-check", _pre_check, _RATES, *_ORDER),
    _post("disconnected-cancel-all", _disconnect_cancel_all, 5, "timeWindow"),
    BybitEndpoint("GET", "/v5/order/realtime", _open_orders, required=("category",)),
    BybitEndpoint("GET", "/v5/order/history", _history, required=("category",)),
    BybitEndpoint("GET", "/v5/order/spot-borrow-check", _borrow_check, required=("category", "symbol", "side")),
    BybitEndpoint("GET", "/v5/execution/list", _executions, required=("category",)),
)
