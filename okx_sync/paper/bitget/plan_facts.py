"""What the venue's algo orders are to Bitget: plan orders of V2, strategy orders of V3, for listings and pushes."""

from __future__ import annotations

from okx_sync.paper.bitget.stops import StopLeg, legs_in, legs_of
from okx_sync.paper.venue.algo_orders import FIRING, MARKET, STOPS, VenueAlgoOrder
from okx_sync.paper.venue.number_text import ZERO, text

#: The venue's states in the words of V2, and of V3.
V2_STATES = {
    "live": "live",
    FIRING: "executing",
    "effective": "executed",
    "canceled": "cancelled",
    "order_failed": "fail_execute",
    "partially_effective": "executed",
}
V3_STATES = {
    "live": "pending",
    FIRING: "submitting",
    "effective": "success",
    "canceled": "cancelled",
    "order_failed": "failed",
    "partially_effective": "success",
}
_FIRED = {"tp": "takeProfit", "sl": "stopLoss"}
#: Plan types of stops of a position.
PROFIT_LOSS = ("profit_plan", "loss_plan", "moving_plan", "pos_profit", "pos_loss")


def plan_type(algo: VenueAlgoOrder) -> str:
    """Return V2's plan type; empty for kinds that Bitget does not have."""
    if algo.ordType == "trigger":
        return "normal_plan"
    if algo.ordType == "move_order_stop":
        return "moving_plan" if algo.closes_only and algo.ends_with_position else "track_plan"
    if algo.ordType not in STOPS:
        return ""
    is_profit = bool(algo.given["tpTriggerPx"])
    if algo.is_whole:
        return "pos_profit" if is_profit else "pos_loss"
    return "profit_plan" if is_profit else "loss_plan"


def strategy_type(algo: VenueAlgoOrder) -> str:
    """Return V3's type of a strategy order; empty for kinds that it does not have."""
    return "trigger" if algo.ordType == "trigger" else "tpsl" if algo.ordType in STOPS else ""


def coins_of(algo: VenueAlgoOrder) -> str:
    """Return an order's size in coins; empty when it is for the whole position."""
    return "" if algo.is_whole else text(algo.sz * algo.instrument.ctVal)


def ordered_coins(algo: VenueAlgoOrder) -> str:
    """Return how many coins it has ordered."""
    return text(sum((order.sz for order in algo.orders), ZERO) * algo.instrument.ctVal)


def condition(algo: VenueAlgoOrder) -> StopLeg:
    """Return what an order waits for first, and the price that it orders at."""
    given = algo.given
    if algo.ordType == "trigger":
        return StopLeg(given["triggerPx"], given["triggerPxType"] or "last", given["ordPx"])
    if algo.ordType == "move_order_stop":
        return StopLeg(given["activePx"], given["triggerPxType"] or "last")
    return next(iter(legs_in([given]).values()), StopLeg("", "last", MARKET))


def stops_in(algo: VenueAlgoOrder) -> dict[str, StopLeg]:
    """Return the stops that it is, or those that its order will bring."""
    return legs_in([algo.given]) if algo.ordType in STOPS else legs_of(algo.attached)


def position_side(algo: VenueAlgoOrder) -> str:
    """Return the direction of the position that a stop closes; in one-way mode a trigger order has none."""
    if algo.posSide != "net":
        return algo.posSide
    if algo.ordType not in STOPS:
        return ""
    return "long" if algo.side == "sell" else "short"


def fired_side(algo: VenueAlgoOrder) -> str:
    """Return V3's word for the side of a stop that has fired; empty before."""
    return "" if algo.met is None else _FIRED.get(algo.met.name, "")
