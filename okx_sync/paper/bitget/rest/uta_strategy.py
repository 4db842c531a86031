"""V3 strategy orders: triggers, and take profit and stop loss of positions."""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bitget.order_args import SIDES, Args, OrderArgError, chosen, contracts, is_yes, v3_id, word
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, get, listed, post
from okx_sync.paper.bitget.rest.order_entry import checked
from okx_sync.paper.bitget.rest.orders import category_of
from okx_sync.paper.bitget.summaries import is_hedged
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank
from okx_sync.paper.venue.types import Row

_KINDS = {"limit": "limit", "market": ""}
_STATES = {"live": "pending", "effective": "success", "canceled": "cancelled", "order_failed": "failed"}
_LEGS = (("tp", "takeProfit"), ("sl", "stopLoss"))


def _order_px(args: Args, kind: str, price: str) -> str:
    """Return the price to order at; the market's unless the kind is `limit`."""
    return plans.positive(args, price) if chosen(args, kind, _KINDS, "market") else MARKET


def _leg(call: BitgetCall, leg: str, name: str) -> dict[str, str]:
    args = call.params
    return {
        "px": plans.positive(args, name),
        "kind": plans.trigger_kind(args, f"{leg}TriggerBy", plans.UTA_KINDS, "market"),
        "order_px": _order_px(args, f"{leg}OrderType", f"{leg}LimitPrice"),
    }


def _stops(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    """Return take profit and stop loss of a position: one order with one or two triggers."""
    held = plans.position_for(call, one, call.need("posSide"))

    def request() -> dict[str, Any]:
        args, legs = call.params, [(leg, name) for leg, name in _LEGS if call.text(name)]
        if not legs:
            raise OrderArgError("takeProfit", "takeProfit or stopLoss is needed")
        whole = call.text("tpslMode", "full").lower() == "full"
        size = plans.size_of_stop(one, args, "qty", whole=whole)
        made: dict[str, Any] = {}
        for leg, name in legs:
            made |= plans.stop(call, held, leg, _leg(call, leg, name), size, v3_id(args))
        return made | {"ordType": "oco" if len(legs) == 2 else "conditional"}

    return checked(call, request)


def _trigger(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    def request() -> dict[str, Any]:
        args, side, held = call.params, word(call.params, "side"), word(call.params, "posSide")
        if side not in SIDES:
            raise OrderArgError("side")
        hedged = is_hedged(call.account) and one.is_swap
        if hedged and held not in ("long", "short"):
            raise OrderArgError("posSide", "long or short is needed in hedge mode", "mode")
        return {
            "instId": one.instId,
            "tdMode": "cross" if one.is_swap else "cash",
            "side": side,
            "posSide": held if hedged else "net",
            "ordType": "trigger",
            "sz": contracts(one, args, "qty"),
            "tgtCcy": "" if one.is_swap else "base_ccy",
            "reduceOnly": one.is_swap and not hedged and is_yes(args, "reduceOnly"),
            "triggerPx": plans.positive(args, "triggerPrice"),
            "triggerPxType": plans.trigger_kind(args, "triggerBy", plans.UTA_KINDS, "market"),
            "orderPx": _order_px(args, "triggerOrderType", "triggerOrderPrice"),
            "algoClOrdId": v3_id(args),
        }

    return checked(call, request)


def _place(call: BitgetCall) -> Row:
    one = call.instrument()
    if call.one_of("type", ("tpsl", "trigger"), "tpsl") == "trigger":
        return plans.place(call, _trigger(call, one))
    if not one.is_swap:
        raise call.wrong("category")
    return plans.place(call, _stops(call, one))


def _modify(call: BitgetCall) -> Row:
    algo = plans.find(call, call.params)

    def changes() -> dict[str, Any]:
        args, made = call.params, {}
        if call.text("qty") and not plans.is_whole(algo):
            made["newSz"] = contracts(algo.instrument, args, "qty")
        if call.text("triggerPrice"):
            made["newTriggerPx"] = plans.positive(args, "triggerPrice")
        if call.text("triggerOrderType"):
            made["newOrdPx"] = _order_px(args, "triggerOrderType", "triggerOrderPrice")
        for leg, name in _LEGS:
            if call.text(name):
                trigger, prefix = _leg(call, leg, name), f"new{leg.capitalize()}"
                made |= {f"{prefix}TriggerPx": trigger["px"], f"{prefix}OrdPx": trigger["order_px"]}
                made[f"{prefix}TriggerPxType"] = trigger["kind"]
        return made

    return plans.amend(call, algo, checked(call, changes))


def _cancel(call: BitgetCall) -> None:
    plans.cancel(call, plans.find(call, call.params))


# --- listings


def _row(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    given, one = algo.given, algo.instrument
    made: Row = {
        **blank("tpTriggerBy slTriggerBy takeProfit stopLoss tpOrderType slOrderType tpLimitPrice slLimitPrice"),
        **blank("triggerBy triggerPrice triggerOrderType triggerOrderPrice triggerType"),
        "orderId": str(algo.id),
        "clientOid": call.given(algo.algoClOrdId),
        "category": category_of(call, one),
        "symbol": symbol_of(one),
        "qty": plans.coins_of(algo),
        "side": algo.side,
        "posSide": _pos_side(algo),
        "reduceOnly": "yes" if algo.reduceOnly else "no",
        "type": "trigger" if algo.ordType == "trigger" else "tpsl",
        "status": _STATES.get(algo.state, algo.state),
        "marginMode": "isolated" if given["tdMode"] == "isolated" else "crossed",
        "createdTime": str(algo.cTime),
        "updatedTime": str(algo.uTime),
    }
    if algo.ordType == "trigger":
        _, kind, order_px = plans.condition(algo)
        made |= {"triggerBy": _watched(kind), "triggerPrice": given["triggerPx"], "triggerType": _watched(kind)}
        return made | {"triggerOrderType": "limit" if order_px else "market", "triggerOrderPrice": order_px}
    for leg, name in _LEGS:
        if given[f"{leg}TriggerPx"]:
            order_px = given[f"{leg}OrdPx"]
            is_market = order_px in ("", MARKET)
            made |= {name: given[f"{leg}TriggerPx"], f"{leg}TriggerBy": _watched(given[f"{leg}TriggerPxType"])}
            made |= {f"{leg}OrderType": "market" if is_market else "limit"}
            made |= {f"{leg}LimitPrice": "" if is_market else order_px}
    return made


def _pos_side(algo: VenueAlgoOrder) -> str:
    """Return the direction of the position that an order is for."""
    if algo.posSide != "net" or algo.ordType == "trigger":
        return "" if algo.posSide == "net" else algo.posSide
    return "long" if algo.side == "sell" else "short"


def _watched(kind: str) -> str:
    return "mark" if kind == "mark" else "market"


def _open(call: BitgetCall) -> Any:
    kind = call.text("type")
    rows = [_row(call, one) for one in plans.plans_of(call, call.instruments(), done=False)]
    return [row for row in rows if kind in ("", row["type"])]


def _history(call: BitgetCall) -> Any:
    kind = call.text("type")
    found = (
        one
        for one in plans.plans_of(call, call.instruments(), done=True)
        if kind in ("", "trigger" if one.ordType == "trigger" else "tpsl")
    )
    page = listed(call, found, row=lambda one: _row(call, one), at=lambda one: one.id, when=lambda one: one.cTime)
    return page.keyed("list", "cursor")


_PATH = "v3/trade"
ENDPOINTS = (
    post(f"{_PATH}/place-strategy-order", _place, 10, "category symbol"),
    post(f"{_PATH}/modify-strategy-order", _modify, 10),
    post(f"{_PATH}/cancel-strategy-order", _cancel, 10),
    get(f"{_PATH}/unfilled-strategy-orders", _open, 20, "category"),
    get(f"{_PATH}/history-strategy-orders", _history, 20, "category"),
)
