"""V2 plan orders on futures: triggers, trailing orders, take profit and stop loss of positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from okx_sync.paper.bitget.order_args import Args, OrderArgError, contracts, margin_mode, mix_direction, plain, v2_id
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, get, listed, post
from okx_sync.paper.bitget.rest.order_entry import batch, checked
from okx_sync.paper.bitget.summaries import is_hedged
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

BATCH = 50
_STOPS = """stopSurplusTriggerPrice stopSurplusExecutePrice stopSurplusTriggerType stopLossTriggerPrice
stopLossExecutePrice stopLossTriggerType"""
_WORDS = {venue: bitget for bitget, venue in plans.KINDS.items()}
_LEGS = {"profit_plan": "tp", "pos_profit": "tp", "loss_plan": "sl", "pos_loss": "sl"}


def _plan_args(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    """Return a trigger or trailing order in the venue's words."""
    args = call.params
    for name in ("stopSurplusTriggerPrice", "stopLossTriggerPrice"):
        if plain(args, name) not in ("", "0"):
            raise OrderArgError(name, "the paper exchange has no orders attached to another; place them by themselves")
    shared = {
        "instId": one.instId,
        "tdMode": margin_mode(args, required=True),
        **mix_direction(call.account, args),
        "sz": contracts(one, args, "size"),
        "algoClOrdId": v2_id(args),
    }
    if call.text("planType") == "track_plan":
        ratio = plans.share(args, "callbackRatio")
        active = plans.positive(args, "triggerPrice")
        return {**shared, "ordType": "move_order_stop", "callbackRatio": ratio, "activePx": active}
    is_limit = call.text("orderType").lower() == "limit"
    price = plain(args, "price") or plain(args, "executePrice")
    return {
        **shared,
        "ordType": "trigger",
        "triggerPx": plans.positive(args, "triggerPrice"),
        "triggerPxType": plans.trigger_kind(args, "triggerType"),
        "orderPx": plans.price_or_market(price) if is_limit else "-1",
    }


def _place(call: BitgetCall) -> Row:
    one = call.contract()
    call.one_of("planType", ("normal_plan", "track_plan"))
    return plans.place(call, checked(call, lambda: _plan_args(call, one)))


def _trigger(args: Args, price: str, kind: str, execute: str) -> dict[str, str]:
    return {
        "px": plans.positive(args, price),
        "kind": plans.trigger_kind(args, kind),
        "order_px": plans.price_or_market(plain(args, execute)),
    }


def _place_tpsl(call: BitgetCall) -> Row:
    """Place one stop of a position; `moving_plan` follows the price at a distance."""
    one, kind = call.contract(), call.one_of("planType", plans.PROFIT_LOSS)
    held = plans.position_for(call, one, call.need("holdSide"))

    def request() -> dict[str, Any]:
        args, client_id = call.params, v2_id(call.params)
        size = plans.size_of_stop(one, args, "size", whole=kind.startswith("pos_"))
        if kind != "moving_plan":
            trigger = _trigger(args, "triggerPrice", "triggerType", "executePrice")
            return plans.stop(call, held, _LEGS[kind], trigger, size, client_id)
        return {
            "instId": one.instId,
            "tdMode": held.position.mgnMode,
            "side": "sell" if held.side == "long" else "buy",
            "posSide": held.position.posSide,
            "ordType": "move_order_stop",
            "sz": size,
            "callbackRatio": plans.share(args, "rangeRate"),
            "activePx": plans.positive(args, "triggerPrice"),
            "reduceOnly": not held.is_hedged,
            "algoClOrdId": client_id,
        }

    return plans.place(call, checked(call, request))


def _place_both(call: BitgetCall) -> Sequence[Row]:
    """Place take profit, stop loss or both; each has an id of its own."""
    one = call.contract()
    held = plans.position_for(call, one, call.need("holdSide"))
    legs = [
        (leg, name) for leg, name in (("tp", "stopSurplus"), ("sl", "stopLoss")) if call.text(f"{name}TriggerPrice")
    ]
    if not legs:
        raise call.wrong("stopSurplusTriggerPrice")

    def request(leg: str, name: str) -> dict[str, Any]:
        args = call.params
        size = plans.size_of_stop(one, args, f"{name}Size", whole=not call.text(f"{name}Size"))
        trigger = _trigger(args, f"{name}TriggerPrice", f"{name}TriggerType", f"{name}ExecutePrice")
        return plans.stop(call, held, leg, trigger, size, v2_id(args, f"{name}ClientOid"))

    requests = [checked(call, partial(request, leg, name)) for leg, name in legs]
    made = []
    for (_, name), one_request in zip(legs, requests, strict=True):
        placed = plans.place(call, one_request)
        ids = blank("stopSurplusClientOid stopLossClientOid") | {f"{name}ClientOid": placed["clientOid"]}
        made.append({"orderId": placed["orderId"], **ids})
    return made


def _modify(call: BitgetCall) -> Row:
    algo = plans.find(call, call.params)
    names = {"newTriggerPrice": "newTriggerPx", "newCallbackRatio": "newCallbackRatio", "newPrice": "newOrdPx"}

    def changes() -> dict[str, Any]:
        args = call.params
        made = {new: plans.positive(args, old) for old, new in names.items() if call.text(old)}
        if algo.ordType == "move_order_stop":
            if "newTriggerPx" in made:
                made["newActivePx"] = made.pop("newTriggerPx")
            if call.text("newCallbackRatio"):
                made["newCallbackRatio"] = plans.share(args, "newCallbackRatio")
        if call.text("newTriggerType"):
            made["newTriggerPxType"] = plans.trigger_kind(args, "newTriggerType")
        if call.text("newSize"):
            made["newSz"] = contracts(algo.instrument, args, "newSize")
        return made

    return plans.amend(call, algo, checked(call, changes))


def _modify_tpsl(call: BitgetCall) -> Row:
    algo = plans.find(call, call.params, [call.contract()])

    def changes() -> dict[str, Any]:
        args = call.params
        size = (
            {} if plans.is_whole(algo) or not call.text("size") else {"newSz": contracts(algo.instrument, args, "size")}
        )
        if algo.ordType == "move_order_stop":
            ratio = {"newCallbackRatio": plans.share(args, "rangeRate")} if call.text("rangeRate") else {}
            return {"newActivePx": plans.positive(args, "triggerPrice"), **ratio, **size}
        leg = "Tp" if algo.given["tpTriggerPx"] else "Sl"
        trigger = _trigger(args, "triggerPrice", "triggerType", "executePrice")
        made = {f"new{leg}TriggerPx": trigger["px"], f"new{leg}OrdPx": trigger["order_px"]}
        if call.text("triggerType"):
            made[f"new{leg}TriggerPxType"] = trigger["kind"]
        return made | size

    return plans.amend(call, algo, checked(call, changes))


def is_wanted(algo: VenueAlgoOrder, kind: str) -> bool:
    """Tell whether an order is of a plan type, or of the group `profit_loss`."""
    found = plans.plan_type(algo)
    return kind in ("", found) or (kind == "profit_loss" and found in plans.PROFIT_LOSS)


def _cancel(call: BitgetCall) -> Row:
    """Cancel the orders of `orderIdList`, or all of a plan type (`normal_plan` when none is named)."""
    wanted, items = call.contracts(), call.params.get("orderIdList")
    if items:
        return batch(call, items, lambda call, item: plans.cancel(call, plans.find(call, item, wanted)), BATCH)
    kind = call.text("planType", "normal_plan")
    found = [one for one in plans.plans_of(call, wanted, done=False) if is_wanted(one, kind)]
    return {"successList": [plans.cancel(call, one) for one in found], "failureList": []}


# --- listings


def _row(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    one, hedged = algo.instrument, is_hedged(algo.account)
    trigger, kind, order_px = plans.condition(algo)
    closes = algo.closes_only
    # In hedge mode the side is that of the position.
    held_side = "buy" if algo.posSide == "long" else "sell"
    ratio = algo.given["callbackRatio"]
    return {
        **blank(_STOPS),
        "planType": plans.plan_type(algo),
        "symbol": symbol_of(one),
        "size": plans.coins_of(algo),
        "orderId": str(algo.id),
        "executeOrderId": algo.orders[-1].ordId if algo.orders else "",
        "clientOid": call.given(algo.algoClOrdId),
        "price": order_px,
        "executePrice": order_px,
        "priceAvg": "",
        "baseVolume": text(algo.filled * one.ctVal),
        "callbackRatio": text(100 * algo.trail.ratio) if ratio and algo.trail and algo.trail.ratio else "",
        "triggerPrice": trigger,
        "triggerType": _WORDS[kind],
        "planStatus": plans.STATES.get(algo.state, algo.state),
        "side": held_side if hedged else algo.side,
        "posSide": algo.posSide,
        "marginCoin": one.settleCcy,
        "marginMode": "isolated" if algo.given["tdMode"] == "isolated" else "crossed",
        "enterPointSource": "API",
        "tradeSide": ("close" if closes else "open") if hedged else f"{algo.side}_single",
        "posMode": "hedge_mode" if hedged else "one_way_mode",
        "orderType": "limit" if order_px else "market",
        "orderSource": plans.plan_type(algo),
        "cTime": str(algo.cTime),
        "uTime": str(algo.uTime),
    }


def _listed(done: bool) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        kind, status = call.need("planType"), call.text("planStatus")
        found = (
            one
            for one in plans.plans_of(call, call.contracts(), done=done)
            if is_wanted(one, kind) and status in ("", plans.STATES.get(one.state))
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
    post(f"{_PATH}/modify-plan-order", _modify, 10, "productType"),
    post(f"{_PATH}/modify-tpsl-order", _modify_tpsl, 10, f"{_COIN} triggerPrice"),
    post(f"{_PATH}/cancel-plan-order", _cancel, 10, "productType"),
    get(f"{_PATH}/orders-plan-pending", _listed(False), 10, "planType productType"),
    get(f"{_PATH}/orders-plan-history", _listed(True), 10, "planType productType"),
    get(f"{_PATH}/plan-sub-order", sub_orders, 10, "planType planOrderId productType"),
)
