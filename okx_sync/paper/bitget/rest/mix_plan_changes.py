"""Changing V2 plan orders on futures."""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bitget.order_args import Args, OrderArgError, contracts, plain
from okx_sync.paper.bitget.plan_facts import PROFIT_LOSS, condition, plan_type
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall
from okx_sync.paper.bitget.rest.mix_plan_args import LEGS, NOT_TRAILING, PLANS, activation, empty, stop_leg
from okx_sync.paper.bitget.rest.order_entry import checked
from okx_sync.paper.bitget.stops import StopLeg, apart, legs_of, watched_v2
from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.attached_orders import STOP_LOSS, TAKE_PROFIT
from okx_sync.paper.venue.number_text import number
from okx_sync.paper.venue.types import Row

_NAMES = ((TAKE_PROFIT, "StopSurplus"), (STOP_LOSS, "StopLoss"))


def modify_plan(call: BitgetCall) -> Row:
    """Change a trigger or a trailing order."""
    algo = plans.find(call, call.params, call.contracts())
    if plan_type(algo) not in PLANS:
        raise call.refuse(plans.NO_PLAN, "The order does not exist")
    change = _trail_changes if algo.ordType == "move_order_stop" else _trigger_changes
    return plans.amend(call, algo, checked(call, lambda: change(call, algo)))


def _trail_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    args = call.params
    empty(args, "newPrice", why="must be empty for a trailing order")
    stops = [f"new{words}{part}" for _, words in _NAMES for part in ("TriggerPrice", "ExecutePrice", "TriggerType")]
    empty(args, *stops, why=NOT_TRAILING)
    made = {"newCallbackRatio": plans.share(args, "newCallbackRatio"), **_new_size(algo, args)}
    return made | _new_trigger(call, algo, "newActivePx")


def _new_trigger(call: BitgetCall, algo: VenueAlgoOrder, name: str) -> dict[str, str]:
    """Return the change of what an order waits for; which price is watched changes with the trigger only."""
    args, kind = call.params, condition(algo).kind
    if plain(args, "newTriggerType"):
        kind = plans.trigger_kind(args, "newTriggerType")
        if not plain(args, "newTriggerPrice"):
            raise OrderArgError("newTriggerType", "newTriggerPrice is needed, too")
    if not plain(args, "newTriggerPrice"):
        return {}
    is_trailing = algo.ordType == "move_order_stop"
    px = plans.positive(args, "newTriggerPrice")
    if is_trailing:
        px = activation(call, algo.instrument, algo.side, "newTriggerPrice", kind)
    return {name: px, "newTriggerPxType": kind}


def _trigger_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    args = call.params
    empty(args, "newCallbackRatio", why="for trailing orders only")
    made: dict[str, Any] = {**_new_size(algo, args), **_new_trigger(call, algo, "newTriggerPx")}
    if plain(args, "newPrice"):
        if not condition(algo).limit_px:
            raise OrderArgError("newPrice", "must be empty for a market order")
        made["newOrdPx"] = plans.positive(args, "newPrice")
    before = legs_of(algo.attached)
    wanted = {leg: _changed_stop(args, f"new{name}", before.get(leg)) for leg, name in _NAMES}
    legs = {leg: stop for leg, stop in wanted.items() if stop is not None}
    if legs != before:
        made["attachAlgoOrds"] = apart(legs) or [{}]
    return made


def _changed_stop(args: Args, name: str, before: StopLeg | None) -> StopLeg | None:
    """Return a stop of a plan as it is to be; a trigger of zero takes it away, what is not named stays."""
    px, execute = plain(args, f"{name}TriggerPrice"), plain(args, f"{name}ExecutePrice")
    if not px and before is None:
        empty(args, f"{name}ExecutePrice", f"{name}TriggerType", why=f"{name}TriggerPrice is needed, too")
    if (px and number(px) == 0) or (not px and before is None):
        return None
    old = before or StopLeg("")
    return StopLeg(
        plans.positive(args, f"{name}TriggerPrice") if px else old.px,
        plans.trigger_kind(args, f"{name}TriggerType", default="" if px else watched_v2(old.kind)),
        plans.price_or_market(execute) if execute else old.order_px,
    )


def _new_size(algo: VenueAlgoOrder, args: Args) -> dict[str, str]:
    return {"newSz": contracts(algo.instrument, args, "newSize")} if plain(args, "newSize") else {}


def modify_stop(call: BitgetCall) -> Row:
    """Change a stop of a position."""
    algo = plans.find(call, call.params, [call.contract()])
    if plan_type(algo) not in PROFIT_LOSS:
        raise call.refuse(plans.NO_PLAN, "The order does not exist")
    change = _moving_changes if algo.ordType == "move_order_stop" else _stop_changes
    return plans.amend(call, algo, checked(call, lambda: change(call, algo)))


def _moving_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    args, kind = call.params, condition(algo).kind
    empty(args, "executePrice", why="must be empty for moving_plan")
    if call.text("triggerType"):
        kind = plans.trigger_kind(args, "triggerType")
    made = {"newActivePx": activation(call, algo.instrument, algo.side, "triggerPrice", kind), "newTriggerPxType": kind}
    if call.text("rangeRate"):
        made["newCallbackRatio"] = plans.share(args, "rangeRate")
    return made | _size_of_stop(call, algo)


def _stop_changes(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, Any]:
    args, leg = call.params, LEGS[plan_type(algo)]
    empty(args, "rangeRate", why="for moving_plan only")
    size = _size_of_stop(call, algo)
    asked = stop_leg(args, "triggerPrice", "triggerType", "executePrice")
    if not call.text("triggerType"):
        asked = StopLeg(asked.px, condition(algo).kind, asked.order_px)
    plans.check_change(call, algo, {leg: asked}, size.get("newSz", ""))
    return {f"new{name[0].upper()}{name[1:]}": value for name, value in asked.given(leg).items()} | size


def _size_of_stop(call: BitgetCall, algo: VenueAlgoOrder) -> dict[str, str]:
    """Return the change of a size; a stop for the whole of a position has none."""
    return {} if algo.is_whole or not call.text("size") else {"newSz": contracts(algo.instrument, call.params, "size")}
