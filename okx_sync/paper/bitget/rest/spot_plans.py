"""V2 plan orders on the spot market: orders that wait for a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import SIDES, OrderArgError, chosen, contracts, stp_mode, v2_id, word
from okx_sync.paper.bitget.plan_facts import condition
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, find_pair, get, listed, pairs_of, post
from okx_sync.paper.bitget.rest.mix_plans import sub_orders
from okx_sync.paper.bitget.rest.order_entry import checked
from okx_sync.paper.bitget.rest.spot_market import wanted_pairs
from okx_sync.paper.bitget.stops import watched_v2
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row

_STATES = {"live": "not_trigger", "effective": "triggered", "canceled": "cancelled", "order_failed": "fail_trigger"}


def _args(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    args, side = call.params, word(call.params, "side")
    if side not in SIDES:
        raise OrderArgError("side")
    is_limit = chosen(args, "orderType", {"limit": "limit", "market": "market"}) == "limit"
    if word(args, "force", "gtc") != "gtc":
        raise OrderArgError("force", "the paper exchange places the orders of plans as gtc only")
    # `total` counts quote currency, which only a market buy can.
    in_quote = word(args, "planType", "amount") == "total" and side == "buy" and not is_limit
    return {
        "instId": one.instId,
        "tdMode": "cash",
        "side": side,
        "ordType": "trigger",
        "sz": contracts(one, args, "size"),
        "tgtCcy": ("quote_ccy" if in_quote else "base_ccy") if not is_limit else "",
        "triggerPx": plans.positive(args, "triggerPrice"),
        "triggerPxType": plans.trigger_kind(args, "triggerType"),
        "orderPx": plans.positive(args, "executePrice") if is_limit else "-1",
        "algoClOrdId": v2_id(args),
        **stp_mode(args),
    }


def _place(call: BitgetCall) -> Row:
    one = call.pair()
    return plans.place(call, checked(call, lambda: _args(call, one)))


def _modify(call: BitgetCall) -> Row:
    algo = plans.find(call, call.params, pairs_of(call.venue))

    def changes() -> dict[str, Any]:
        is_limit = chosen(call.params, "orderType", {"limit": "limit", "market": "market"}) == "limit"
        return {
            "newTriggerPx": plans.positive(call.params, "triggerPrice"),
            "newOrdPx": plans.positive(call.params, "executePrice") if is_limit else "-1",
            "newSz": contracts(algo.instrument, call.params, "size"),
        }

    return plans.amend(call, algo, checked(call, changes))


def _plans(call: BitgetCall, wanted: Sequence[VenueInstrument], *, done: bool) -> Iterator[VenueAlgoOrder]:
    """Yield plan orders; take profit and stop loss are listed with plain orders."""
    return (one for one in plans.plans_of(call, wanted, done=done) if one.id not in call.settings.spot_stops)


def _cancel(call: BitgetCall) -> Row:
    plans.cancel(call, plans.find(call, call.params, pairs_of(call.venue)))
    return {"result": "success"}


def _cancel_all(call: BitgetCall) -> Row:
    """Cancel the waiting orders of the symbols of a list, or of all."""
    symbols = call.params.get("symbolList") or [symbol_of(one) for one in pairs_of(call.venue)]
    wanted = [one for one in (find_pair(call.venue, str(symbol)) for symbol in symbols) if one is not None]
    found = list(_plans(call, wanted, done=False))
    return {"successList": [plans.cancel(call, one) for one in found], "failureList": []}


def _row(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    waits = condition(algo)
    return {
        "orderId": str(algo.id),
        "clientOid": call.given(algo.algoClOrdId),
        "symbol": symbol_of(algo.instrument),
        "triggerPrice": waits.px,
        "orderType": "limit" if waits.limit_px else "market",
        "executePrice": waits.limit_px,
        "planType": "total" if algo.given["tgtCcy"] == "quote_ccy" else "amount",
        "size": text(algo.sz),
        "status": _STATES.get(algo.state, algo.state),
        "side": algo.side,
        "triggerType": watched_v2(waits.kind),
        "enterPointSource": "API",
        "cTime": str(algo.cTime),
        "uTime": str(algo.uTime),
    }


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        count = call.limit(20, 100)
        found = _plans(call, wanted_pairs(call), done=done)
        page = listed(
            call,
            found,
            row=lambda one: _row(call, one),
            at=lambda one: one.id,
            when=lambda one: one.cTime,
            default=20,
        )
        more = len(page.rows) == count
        return {"nextFlag": more, "idLessThan": page.next or None, "orderList": page.rows or None}

    return answer


def _sub_orders(call: BitgetCall) -> Sequence[Row]:
    return sub_orders(call)


_PATH = "v2/spot/trade"
_PLAN = "symbol side triggerPrice orderType size triggerType"
ENDPOINTS = (
    post(f"{_PATH}/place-plan-order", _place, 20, _PLAN),
    post(f"{_PATH}/modify-plan-order", _modify, 20, "triggerPrice orderType size"),
    post(f"{_PATH}/cancel-plan-order", _cancel, 20),
    post(f"{_PATH}/batch-cancel-plan-order", _cancel_all, 5),
    get(f"{_PATH}/current-plan-order", _listed(False), 20),
    get(f"{_PATH}/history-plan-order", _listed(True), 20),
    get(f"{_PATH}/plan-sub-order", _sub_orders, 20, "planOrderId"),
)
