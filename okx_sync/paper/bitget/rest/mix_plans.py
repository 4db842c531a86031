"""V2 plan orders on futures: triggers, trailing orders, take profit and stop loss of positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from okx_sync.paper.bitget import plan_facts
from okx_sync.paper.bitget.order_args import stp_mode, v2_id
from okx_sync.paper.bitget.plan_facts import PROFIT_LOSS, condition, plan_type
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, get, listed, post
from okx_sync.paper.bitget.rest.mix_plan_args import LEGS, PLANS, empty, plan_args, stop_leg, trailing
from okx_sync.paper.bitget.rest.mix_plan_changes import modify_plan, modify_stop
from okx_sync.paper.bitget.rest.order_entry import batch, checked
from okx_sync.paper.bitget.stops import v2_plan_stops, watched_v2
from okx_sync.paper.bitget.summaries import is_hedged, position_words
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.attached_orders import STOP_LOSS, TAKE_PROFIT
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

BATCH = 50


# --- placing


def _place(call: BitgetCall) -> Row:
    one = call.contract()
    call.one_of("planType", PLANS)
    return plans.place(call, checked(call, lambda: plan_args(call, one)))


def _place_tpsl(call: BitgetCall) -> Row:
    """Place one stop of a position; `moving_plan` follows the price at a distance."""
    one, kind = call.contract(), call.one_of("planType", PROFIT_LOSS)
    held = plans.position_for(call, one, call.need("holdSide"))

    def request() -> dict[str, Any]:
        args, client_id = call.params, v2_id(call.params)
        size = plans.size_of_stop(one, args, "size", whole=kind.startswith("pos_"))
        if kind != "moving_plan":
            empty(args, "rangeRate", why="for moving_plan only")
            leg = stop_leg(args, "triggerPrice", "triggerType", "executePrice")
            return plans.stop(call, held, {LEGS[kind]: leg}, size, client_id) | stp_mode(args)
        empty(args, "executePrice", why="must be empty for moving_plan")
        side = "sell" if held.side == "long" else "buy"
        return {
            "instId": one.instId,
            "tdMode": held.position.mgnMode,
            "side": side,
            "posSide": held.position.posSide,
            **trailing(call, one, side, plans.trigger_kind(args, "triggerType")),
            "sz": size,
            "callbackRatio": plans.share(args, "rangeRate"),
            "reduceOnly": not held.is_hedged,
            "cxlOnClosePos": True,
            "algoClOrdId": client_id,
            **stp_mode(args),
        }

    return plans.place(call, checked(call, request))


def _place_both(call: BitgetCall) -> Sequence[Row]:
    """Place take profit, stop loss or both; each has an id of its own."""
    one = call.contract()
    held = plans.position_for(call, one, call.need("holdSide"))
    legs = [
        (leg, name)
        for leg, name in ((TAKE_PROFIT, "stopSurplus"), (STOP_LOSS, "stopLoss"))
        if call.text(f"{name}TriggerPrice")
    ]
    if not legs:
        raise call.wrong("stopSurplusTriggerPrice")

    def request(leg: str, name: str) -> dict[str, Any]:
        args = call.params
        size = plans.size_of_stop(one, args, f"{name}Size", whole=not call.text(f"{name}Size"))
        asked = stop_leg(args, f"{name}TriggerPrice", f"{name}TriggerType", f"{name}ExecutePrice")
        return plans.stop(call, held, {leg: asked}, size, v2_id(args, f"{name}ClientOid")) | stp_mode(args)

    requests = [checked(call, partial(request, leg, name)) for leg, name in legs]
    made = []
    for (_, name), one_request in zip(legs, requests, strict=True):
        placed = plans.place(call, one_request)
        ids = blank("stopSurplusClientOid stopLossClientOid") | {f"{name}ClientOid": placed["clientOid"]}
        made.append({"orderId": placed["orderId"], **ids})
    return made


# --- cancelling


def is_wanted(algo: VenueAlgoOrder, kind: str) -> bool:
    """Tell whether an order is of a plan type, or of the group `profit_loss`."""
    found = plan_type(algo)
    return kind in ("", found) or (kind == "profit_loss" and found in PROFIT_LOSS)


def _plan_kind(call: BitgetCall, default: str = "") -> str:
    return call.one_of("planType", (*PLANS, *PROFIT_LOSS, "profit_loss"), default)


def _cancel(call: BitgetCall) -> Row:
    """Cancel the orders of `orderIdList`, or all of a plan type (`normal_plan` when none is named)."""
    wanted, items = call.contracts(), call.params.get("orderIdList")
    if items:
        call.need("symbol")
        return batch(call, items, lambda call, item: plans.cancel(call, plans.find(call, item, wanted)), BATCH)
    kind = _plan_kind(call, "normal_plan")
    found = [one for one in plans.plans_of(call, wanted, done=False) if is_wanted(one, kind)]
    return {"successList": [plans.cancel(call, one) for one in found], "failureList": []}


# --- listings


def _row(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    one, hedged, waits = algo.instrument, is_hedged(algo.account), condition(algo)
    side, trade_side = position_words(algo.posSide, algo.side)
    trail = algo.trail
    return {
        **v2_plan_stops(plan_facts.stops_in(algo)),
        "planType": plan_type(algo),
        "symbol": symbol_of(one),
        "size": plan_facts.coins_of(algo),
        "orderId": str(algo.id),
        "executeOrderId": algo.orders[-1].ordId if algo.orders else "",
        "clientOid": call.given(algo.algoClOrdId),
        "price": waits.limit_px,
        "executePrice": waits.limit_px,
        "priceAvg": "",
        "baseVolume": text(algo.filled * one.ctVal),
        "callbackRatio": text(100 * trail.ratio) if trail and trail.ratio else "",
        "triggerPrice": waits.px,
        "triggerType": watched_v2(waits.kind),
        "planStatus": plan_facts.V2_STATES.get(algo.state, algo.state),
        "side": side,
        "posSide": algo.posSide,
        "marginCoin": one.settleCcy,
        "marginMode": "isolated" if algo.given["tdMode"] == "isolated" else "crossed",
        "enterPointSource": "API",
        "tradeSide": trade_side,
        "posMode": "hedge_mode" if hedged else "one_way_mode",
        "orderType": "limit" if waits.limit_px else "market",
        "orderSource": plan_type(algo),
        "cTime": str(algo.cTime),
        "uTime": str(algo.uTime),
    }


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        kind, status = _plan_kind(call), call.text("planStatus")
        found = (
            one
            for one in plans.plans_of(call, call.contracts(), done=done)
            if is_wanted(one, kind) and status in ("", plan_facts.V2_STATES.get(one.state))
        )
        page = listed(call, found, row=lambda one: _row(call, one), at=lambda one: one.id, when=lambda one: one.cTime)
        return page.keyed("entrustedList")

    return answer


def sub_orders(call: BitgetCall) -> Sequence[Row]:
    """Answer the orders that a plan has placed."""
    algo = call.venue.algos.find(call.account, {"algoId": call.need("planOrderId")})
    if algo is None:
        raise call.refuse(plans.NO_PLAN, "The order does not exist")
    return [
        {
            "orderId": one.ordId,
            "price": "" if one.px is None else text(one.instrument.px(one.px)),
            "type": "market" if one.px is None else "limit",
            "status": one.state,
        }
        for one in algo.orders
    ]


_PATH = "v2/mix/order"
_COIN = "marginCoin productType symbol"
_PLAN = f"planType {_COIN} marginMode size triggerPrice triggerType side orderType"
ENDPOINTS = (
    post(f"{_PATH}/place-plan-order", _place, 10, _PLAN),
    post(f"{_PATH}/place-tpsl-order", _place_tpsl, 10, f"{_COIN} planType triggerPrice holdSide"),
    post(f"{_PATH}/place-pos-tpsl", _place_both, 10, f"{_COIN} holdSide"),
    post(f"{_PATH}/modify-plan-order", modify_plan, 10, "productType"),
    post(f"{_PATH}/modify-tpsl-order", modify_stop, 10, f"{_COIN} triggerPrice"),
    post(f"{_PATH}/cancel-plan-order", _cancel, 10, "productType"),
    get(f"{_PATH}/orders-plan-pending", _listed(False), 10, "planType productType"),
    get(f"{_PATH}/orders-plan-history", _listed(True), 10, "planType productType"),
    get(f"{_PATH}/plan-sub-order", sub_orders, 10, "planType planOrderId productType"),
)
