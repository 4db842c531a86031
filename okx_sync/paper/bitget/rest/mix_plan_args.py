"""V2 plan orders on futures in the venue's words: what they name, and what they must leave empty."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.order_args import (
    Args,
    OrderArgError,
    chosen,
    contracts,
    margin_mode,
    mix_direction,
    needs,
    plain,
    stp_mode,
    v2_id,
)
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.stops import StopLeg, apart
from okx_sync.paper.venue.algo_checks import price_of
from okx_sync.paper.venue.algo_orders import MARKET
from okx_sync.paper.venue.attached_orders import STOP_LOSS, TAKE_PROFIT
from okx_sync.paper.venue.instruments import VenueInstrument

#: Plan types of orders that open or close by themselves.
PLANS = ("normal_plan", "track_plan")
#: Which leg each plan type of a position's stop is.
LEGS = {"profit_plan": TAKE_PROFIT, "pos_profit": TAKE_PROFIT, "loss_plan": STOP_LOSS, "pos_loss": STOP_LOSS}
NOT_TRAILING = "the paper exchange has no stops attached to a trailing order; place them by themselves"


def empty(args: Args, *names: str, why: str) -> None:
    """Refuse what such an order does not have."""
    for name in names:
        if plain(args, name) not in ("", "0"):
            raise OrderArgError(name, why)


def plan_args(call: BitgetCall, one: VenueInstrument) -> dict[str, Any]:
    """Return a trigger or trailing order in the venue's words."""
    args, kind = call.params, call.text("planType")
    shared = {
        "instId": one.instId,
        "tdMode": margin_mode(args, required=True),
        **mix_direction(call.account, args),
        "sz": contracts(one, args, "size"),
        "algoClOrdId": v2_id(args),
        **stp_mode(args),
    }
    return shared | (_trail(call, one, shared["side"]) if kind == "track_plan" else _trigger_order(args))


def _trigger_order(args: Args) -> dict[str, Any]:
    empty(args, "callbackRatio", why="for trailing orders only")
    is_limit = chosen(args, "orderType", {"limit": "limit", "market": "market"}) == "limit"
    if not is_limit:
        empty(args, "price", "executePrice", why="must be empty for a market order")
    # The page of the call names `price`; clients send `executePrice` too.
    price = "price" if plain(args, "price") else "executePrice"
    return {
        "ordType": "trigger",
        "triggerPx": plans.positive(args, "triggerPrice"),
        "triggerPxType": plans.trigger_kind(args, "triggerType"),
        "orderPx": plans.positive(args, price) if is_limit else MARKET,
        "attachAlgoOrds": apart(_stops_of_plan(args)),
    }


def _trail(call: BitgetCall, one: VenueInstrument, side: str) -> dict[str, Any]:
    args = call.params
    chosen(args, "orderType", {"market": "market"})
    empty(args, "price", "executePrice", why="must be empty for a trailing order")
    empty(args, "stopSurplusTriggerPrice", "stopLossTriggerPrice", why=NOT_TRAILING)
    kind = plans.trigger_kind(args, "triggerType")
    return trailing(call, one, side, kind) | {"callbackRatio": plans.share(args, "callbackRatio")}


def trailing(call: BitgetCall, one: VenueInstrument, side: str, kind: str) -> dict[str, str]:
    """Return when a trailing order begins to follow the market, and which price it follows."""
    active = activation(call, one, side, "triggerPrice", kind)
    return {"ordType": "move_order_stop", "activePx": active, "triggerPxType": kind}


def activation(call: BitgetCall, one: VenueInstrument, side: str, name: str, kind: str) -> str:
    """Return the price from which a trailing order follows the market, on the far side of the present one."""
    px = plans.positive(call.params, name)
    now, given = price_of(call.venue.engine, one, kind), Decimal(px)
    if side == "buy" and given > now:
        raise BitgetRestError("43034", "The trigger price should be ≤ the current market price")
    if side == "sell" and given < now:
        raise BitgetRestError("43035", "The trigger price should be ≥ the current market price")
    return px


def _stops_of_plan(args: Args) -> dict[str, StopLeg]:
    """Return the stops that the order of a plan will bring; a trigger of zero stands for none."""
    made = {}
    for leg, name in ((TAKE_PROFIT, "stopSurplus"), (STOP_LOSS, "stopLoss")):
        needs(args, f"{name}TriggerPrice", f"{name}ExecutePrice")
        if plain(args, f"{name}TriggerPrice") not in ("", "0"):
            made[leg] = stop_leg(args, f"{name}TriggerPrice", f"{name}TriggerType", f"{name}ExecutePrice", kind="")
    return made


def stop_leg(args: Args, price: str, watched: str, execute: str, kind: str = "fill_price") -> StopLeg:
    """Return a stop; `kind` is the price that is watched where none is named, an empty one must be named."""
    order_px = plans.price_or_market(plain(args, execute))
    return StopLeg(plans.positive(args, price), plans.trigger_kind(args, watched, default=kind), order_px)
