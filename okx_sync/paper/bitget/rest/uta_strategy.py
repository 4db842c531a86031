"""V3 strategy orders: triggers, and take profit and stop loss of positions."""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bitget.order_args import SIDES, Args, OrderArgError, chosen, contracts, is_yes, v3_id, word
from okx_sync.paper.bitget.plan_facts import condition, stops_in, strategy_type
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, get, listed, post
from okx_sync.paper.bitget.rest.codes import WRONG_VALUE
from okx_sync.paper.bitget.rest.order_entry import checked
from okx_sync.paper.bitget.rest.orders import category_of
from okx_sync.paper.bitget.rows_v3 import strategy_row
from okx_sync.paper.bitget.stops import StopLeg, watched_v3
from okx_sync.paper.bitget.summaries import is_hedged
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.known_parameters import DROPPED, unknown_in
from okx_sync.paper.venue.number_text import blank
from okx_sync.paper.venue.types import Row

_KINDS = {"limit": "limit", "market": ""}
_LEGS = (("tp", "takeProfit"), ("sl", "stopLoss"))
_TYPES = ("tpsl", "trigger")
_KNOWN = frozenset(
    blank(
        """category symbol posSide qty clientOid type tpslMode side reduceOnly takeProfit stopLoss tpTriggerBy
        slTriggerBy tpOrderType slOrderType tpLimitPrice slLimitPrice triggerPrice triggerBy triggerOrderType
        triggerOrderPrice requestTime receiveWindow"""
    )
)


def _order_px(args: Args, kind: str, price: str) -> str:
    """Return the price to order at; the market's unless the kind is `limit`."""
    return plans.positive(args, price) if chosen(args, kind, _KINDS, "market") else MARKET


def _leg(args: Args, leg: str, name: str) -> StopLeg:
    kind = plans.trigger_kind(args, f"{leg}TriggerBy", plans.UTA_KINDS, "market")
    return StopLeg(plans.positive(args, name), kind, _order_px(args, f"{leg}OrderType", f"{leg}LimitPrice"))


def _stops(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    """Return take profit and stop loss of a position: one order with one or two triggers."""
    held = plans.position_for(call, one, call.need("posSide"))
    whole = call.one_of("tpslMode", ("full", "partial"), "full") == "full"

    def request() -> dict[str, Any]:
        args = call.params
        legs = {leg: _leg(args, leg, name) for leg, name in _LEGS if call.text(name)}
        if not legs:
            raise OrderArgError("takeProfit", "takeProfit or stopLoss is needed")
        size = plans.size_of_stop(one, args, "qty", whole=whole)
        return plans.stop(call, held, legs, size, v3_id(args))

    return checked(call, request)


def _trigger(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    def request() -> dict[str, Any]:
        args, side, held = call.params, word(call.params, "side"), word(call.params, "posSide")
        if side not in SIDES:
            raise OrderArgError("side")
        if any(call.text(name) for _, name in _LEGS):
            raise OrderArgError("takeProfit", "the paper exchange has no stops attached to a trigger order")
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
    one, kind = call.instrument(), call.text("type", "tpsl").lower()
    if (name := unknown_in(call.params, _KNOWN)) is not None:
        raise call.refuse(WRONG_VALUE, f"{name}: {DROPPED}")
    if kind not in _TYPES:
        raise call.refuse(WRONG_VALUE, f"type: the paper exchange carries out {' and '.join(_TYPES)} only")
    if kind == "trigger":
        return plans.place(call, _trigger(call, one))
    if not one.is_swap:
        raise call.wrong("category")
    return plans.place(call, _stops(call, one))


def _modify(call: BitgetCall) -> Row:
    algo = plans.find(call, call.params)
    if not strategy_type(algo):
        raise call.refuse(plans.NO_PLAN, "The order does not exist")
    change = _trigger_changes if algo.ordType == "trigger" else _stop_changes
    return plans.amend(call, algo, checked(call, lambda: change(call, algo)))


def _trigger_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    args, made = call.params, _new_size(call, algo)
    if call.text("triggerPrice"):
        made["newTriggerPx"] = plans.positive(args, "triggerPrice")
    if call.text("triggerBy"):
        made["newTriggerPxType"] = plans.trigger_kind(args, "triggerBy", plans.UTA_KINDS)
    if call.text("triggerOrderType"):
        made["newOrdPx"] = _order_px(args, "triggerOrderType", "triggerOrderPrice")
    elif call.text("triggerOrderPrice"):
        if not condition(algo).limit_px:
            raise OrderArgError("triggerOrderPrice", "only an order of type limit has a price")
        made["newOrdPx"] = plans.positive(args, "triggerOrderPrice")
    return made


def _stop_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    before, legs = stops_in(algo), {}
    for leg, name in _LEGS:
        asked = _changed_leg(call, leg, name, before.get(leg))
        if asked is not None:
            legs[leg] = asked
    made = _new_size(call, algo)
    plans.check_change(call, algo, legs, made.get("newSz", ""))
    for leg, stop in legs.items():
        for part, value in stop.given(leg).items():
            made[f"new{part[0].upper()}{part[1:]}"] = value
    return made


def _changed_leg(call: BitgetCall, leg: str, name: str, before: StopLeg | None) -> StopLeg | None:
    """Return a stop as it is to be, None where nothing of it is named: what is not named stays."""
    parts = (name, f"{leg}TriggerBy", f"{leg}OrderType", f"{leg}LimitPrice")
    if not any(call.text(part) for part in parts):
        return None
    old = before or StopLeg("")
    known = {
        name: old.px,
        f"{leg}TriggerBy": watched_v3(old.kind),
        f"{leg}OrderType": "limit" if old.limit_px else "market",
        f"{leg}LimitPrice": old.limit_px,
    }
    return _leg({**known, **{part: call.text(part) for part in parts if call.text(part)}}, leg, name)


def _new_size(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    """Return the change of a size; an order for the whole of a position has none."""
    return {"newSz": contracts(algo.instrument, call.params, "qty")} if call.text("qty") and not algo.is_whole else {}


def _cancel(call: BitgetCall) -> None:
    plans.cancel(call, plans.find(call, call.params))


# --- listings


def _row(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    return {
        **strategy_row(algo),
        "clientOid": call.given(algo.algoClOrdId),
        "category": category_of(call, algo.instrument),
        "marginMode": "isolated" if algo.given["tdMode"] == "isolated" else "crossed",
    }


def _kind(call: BitgetCall) -> str:
    """Return the type that a listing is to have; empty for all."""
    return call.one_of("type", ("", *_TYPES))


def _open(call: BitgetCall) -> Any:
    kind = _kind(call)
    found = plans.plans_of(call, call.instruments(), done=False, kind=strategy_type)
    return [_row(call, one) for one in found if kind in ("", strategy_type(one))]


def _history(call: BitgetCall) -> Any:
    kind = _kind(call)
    ended = plans.plans_of(call, call.instruments(), done=True, kind=strategy_type)
    found = (one for one in ended if kind in ("", strategy_type(one)))
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
