"""Private REST endpoints that trade: orders, batches, lists of orders and fills, algo orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from okx_sync.paper.okx import order_precheck
from okx_sync.paper.okx.account_modes import mass_cancel_refusal
from okx_sync.paper.okx.batches import Batch, amended_again, placed_again
from okx_sync.paper.okx.envelope import batch_code
from okx_sync.paper.okx.rest.call import RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.okx.rest.market import TYPES
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

BATCH = 20
ALGO_BATCH = 10
#: How many tags of an account may have a timer of their own.
TAG_TIMERS = 20
Act = Callable[[Venue, VenueAccount, Mapping[str, Any]], OrderAck]
Print = Callable[[OrderAck], Row]
Again = Callable[[VenueAccount, Batch, int], dict[int, OrderAck]]


def _place(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.place(account, args, via="rest")


def _cancel(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.cancel(account, args, via="rest")


def _amend(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.amend(account, args, via="rest")


def _place_algo(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.place_algo(account, args)


def _cancel_algo(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.cancel_algo(account, args)


def _amend_algo(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.amend_algo(account, args)


def _algo(call: RestCall) -> Sequence[Row]:
    if not call.text("algoId") and not call.text("algoClOrdId"):
        raise RestError("50015", "Either parameter algoId or algoClOrdId is required", 400)
    row = call.venue.algo_row(call.account, call.params)
    if row is None:
        raise RestError("51603", "Order does not exist")
    return [row]


def _write(act: Act, row: Print, most: int = BATCH, *, again: Again | None = None) -> Callable[[RestCall], RestAnswer]:
    """Make an endpoint that sends one object, or each of a list, to the venue, but those that ``again`` refuses."""

    def answer(call: RestCall) -> RestAnswer:
        items = call.items
        if call.endpoint.is_batch and (not items or len(items) != len(call.body)):
            raise RestError("50002", "JSON syntax error", 400)
        if len(items) > most:
            raise RestError("51111", f"Maximum {most} orders can be placed in bulk")
        refused = {} if again is None else again(call.account, items, call.server.clock.now_ms())
        acks = (refused.get(place) or act(call.venue, call.account, item) for place, item in enumerate(items))
        rows = [row(ack) for ack in acks]
        code, msg = batch_code([one["sCode"] for one in rows])
        return RestAnswer(rows, code, msg, is_timed=True)

    return answer


def _order(call: RestCall) -> Sequence[Row]:
    if not call.text("ordId") and not call.text("clOrdId"):
        raise RestError("51003", "Either client order ID or order ID is required")
    ids = {name: call.text(name) for name in ("instId", "ordId", "clOrdId")}
    row = call.venue.order_row(call.account, **ids)
    if row is None:
        raise RestError("51603", "Order does not exist")
    return [row]


def _listed(name: str, days: int | None = None) -> Callable[[RestCall], Sequence[Row]]:
    """Make an endpoint that lists from the venue, of the last ``days``, with the query as its filters."""

    def answer(call: RestCall) -> Sequence[Row]:
        filters = call.filters() if days is None else call.recent(days)
        if "instType" in filters and filters["instType"] not in TYPES:
            raise RestError("51000", "Parameter instType error", 400)
        rows: Sequence[Row] = getattr(call.venue, name)(call.account, filters)
        return rows

    return answer


def _algos(history: bool) -> Callable[[RestCall], Sequence[Row]]:
    def answer(call: RestCall) -> Sequence[Row]:
        return call.venue.algo_rows(call.account, call.filters(), history=history)

    return answer


def _close_position(call: RestCall) -> Sequence[Row]:
    call.instrument()
    call.one_of("mgnMode", ("cross", "isolated"))
    try:
        return [call.venue.close_position(call.account, call.params)]
    except VenueRefusal as no:
        status = {"51000": 400, "50014": 400, "51115": 429}.get(no.code, 200)
        raise RestError(no.code, no.message, status) from None


def _order_precheck(call: RestCall) -> Sequence[Row]:
    """Return what an order would do; accounts of several currencies alone may ask."""
    return [order_precheck.precheck(call.venue, call.account, call.params)]


def _mass_cancel(call: RestCall) -> Sequence[Row]:
    """Refuse: it is for options under market maker protection, in portfolio margin, which no account here has."""
    code, text = mass_cancel_refusal(call.params)
    raise RestError(code, text, 400 if code in ("51000", "50014") else 200)


def _cancel_all_after(call: RestCall) -> Sequence[Row]:
    """Cancel all orders unless called again in time, as a dead man's switch; 0 switches it off."""
    account, tag, seconds = call.account, call.text("tag"), call.countdown()
    if tag and seconds:
        armed = call.server.armed(account.uid)
        if tag not in armed and len(armed - {""}) >= TAG_TIMERS:
            raise RestError("51071", "You've reached the maximum limit for tag level cancel all after timers.")
    call.server.rearm((account.uid, tag), seconds, lambda: call.venue.cancel_all(account, tag=tag))
    now = call.server.clock.now_ms()
    return [{"triggerTime": str(now + seconds * 1000) if seconds else "0", "tag": tag, "ts": str(now)}]


def _post(path: str, answer: Callable[[RestCall], Any], limit: int, **more: Any) -> RestEndpoint:
    return RestEndpoint("POST", "/api/v5/trade/" + path, answer, limit, private=True, trades=True, **more)


def _get(path: str, answer: Callable[[RestCall], Any], limit: int, **more: Any) -> RestEndpoint:
    return RestEndpoint("GET", "/api/v5/trade/" + path, answer, limit, private=True, **more)


_single: dict[str, Any] = {"per": "instId"}
_counted: dict[str, Any] = {"per": "instId", "counts_orders": True}
_CLOSED_TOO_FAST = ("51113", "Market-price liquidation requests too frequent.")


def _batch(single: str, expires: bool = True) -> dict[str, Any]:
    path = "/api/v5/trade/" + single
    return {"per": "instId", "is_batch": True, "single": path, "expires": expires, "counts_orders": expires}


ENDPOINTS = (
    _post("order", _write(_place, OrderAck.place_row), 60, expires=True, **_counted),
    _post("cancel-order", _write(_cancel, OrderAck.cancel_row), 60, **_single),
    _post("amend-order", _write(_amend, OrderAck.amend_row), 60, expires=True, **_counted),
    _post("batch-orders", _write(_place, OrderAck.place_row, again=placed_again), 300, **_batch("order")),
    _post("cancel-batch-orders", _write(_cancel, OrderAck.cancel_row), 300, **_batch("cancel-order", False)),
    _post("amend-batch-orders", _write(_amend, OrderAck.amend_row, again=amended_again), 300, **_batch("amend-order")),
    _post(
        "close-position",
        _close_position,
        20,
        required=("instId", "mgnMode"),
        too_fast=_CLOSED_TOO_FAST,
        **_single,
    ),
    _post("order-precheck", _order_precheck, 5, required=("instId", "tdMode", "side", "ordType", "sz")),
    _post("mass-cancel", _mass_cancel, 5, required=("instType", "instFamily")),
    _post("cancel-all-after", _cancel_all_after, 1, seconds=1.0, per="tag", required=("timeOut",)),
    _get("order", _order, 60, required=("instId",), **_single),
    _get("orders-pending", _listed("pending"), 60),
    _get("orders-history", _listed("history", 7), 40, required=("instType",)),
    _get("orders-history-archive", _listed("history", 90), 20, required=("instType",)),
    _get("fills", _listed("fills", 3), 60),
    _get("fills-history", _listed("fills", 90), 10, required=("instType",)),
    _post("order-algo", _write(_place_algo, OrderAck.algo_row), 20, **_single),
    _post("cancel-algos", _write(_cancel_algo, OrderAck.algo_row, ALGO_BATCH), 20, per="instId", is_batch=True),
    _post("amend-algos", _write(_amend_algo, OrderAck.algo_amend_row), 20, **_single),
    _get("order-algo", _algo, 20),
    _get("orders-algo-pending", _algos(False), 20, required=("ordType",)),
    _get("orders-algo-history", _algos(True), 20, required=("ordType",)),
)
