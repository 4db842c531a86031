"""Orders that wait for a price, for V2 and V3: how the venue's algo orders are placed, found and told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.order_args import Args, OrderArgError, chosen, contracts, ids
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.rest.order_entry import accepted, checked
from okx_sync.paper.bitget.rest.positions import Held, held_of
from okx_sync.paper.bitget.stops import StopLeg, stop_request, stops_of
from okx_sync.paper.venue.algo_checks import price_of
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import BITGET

KINDS = {"fill_price": "last", "mark_price": "mark", "index_price": "index"}
UTA_KINDS = {"market": "last", "last": "last", "mark": "mark"}
STATES = {"live": "live", "effective": "executed", "canceled": "cancelled", "order_failed": "fail_execute"}
PROFIT_LOSS = ("profit_plan", "loss_plan", "moving_plan", "pos_profit", "pos_loss")
#: No such order: a plan of V2 futures, of V2 spot, of V3.
NO_PLAN = {"mix": "43025", "spot": "43025", "uta": "25204"}
NO_HELD = {"mix": "40837", "spot": "40837", "uta": "25601"}
WRONG_SIDE = {"mix": "40830", "spot": "40830", "uta": "25585"}


def place(call: BitgetCall, request: Mapping[str, Any]) -> Row:
    """Place an algo order whose id is the client's own."""
    known = call.known_as(str(request.get("algoClOrdId") or ""))
    before = call.venue.algos.find(call.account, {"algoClOrdId": known}) if known else None
    if before is not None and before.state != "live":
        before.algoClOrdId = ""
    ack = call.venue.place_algo(call.account, {**request, "algoClOrdId": known}, rules=BITGET)
    row = accepted(call, ack)
    placed = call.venue.algos.find(call.account, {"algoId": row["orderId"]})
    if placed is not None and plan_type(placed) in PROFIT_LOSS:
        stops_of(call.venue).watch(placed)
    return row


def plans_of(call: BitgetCall, wanted: Sequence[VenueInstrument], *, done: bool) -> Iterator[VenueAlgoOrder]:
    """Yield orders of kinds that Bitget has, newest first: ended ones, or those that wait."""
    theirs, mine = call.text("orderId"), call.known_as(call.text("clientOid"))
    for algo in call.venue.algos.of(call.account, done=done):
        is_meant = theirs in ("", str(algo.id)) and mine in ("", algo.algoClOrdId)
        if is_meant and algo.instrument in wanted and plan_type(algo):
            yield algo


def find(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument] = ()) -> VenueAlgoOrder:
    """Return the waiting order that is meant; refused when there is none, or when it has ended."""
    found = checked(call, lambda: dict(ids(args)))
    names = {"algoId": found["ordId"], "algoClOrdId": found["clOrdId"]}
    algo = call.venue.algos.find(call.account, names)
    if algo is None or algo.state != "live" or (wanted and algo.instrument not in wanted):
        raise call.refuse(NO_PLAN, "The order does not exist")
    return algo


def cancel(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    """Cancel a waiting order."""
    return accepted(call, call.venue.cancel_algo(call.account, {"algoId": str(algo.id)}))


def amend(call: BitgetCall, algo: VenueAlgoOrder, changes: Mapping[str, str]) -> Row:
    """Change what is given of a waiting order."""
    given = {name: value for name, value in changes.items() if value}
    ack = call.venue.amend_algo(call.account, {"algoId": str(algo.id), **given})
    return accepted(call, ack)


# --- what is placed


def price_or_market(given: str) -> str:
    """Return a price to order at; the market's where it is empty or zero."""
    value = number(given or "0")
    if value is None or value < 0:
        raise OrderArgError("executePrice")
    return given if value else MARKET


def positive(args: Args, name: str) -> str:
    """Return a number above zero as text."""
    value = number(args.get(name))
    if value is None or value <= 0:
        raise OrderArgError(name)
    return text(value)


def share(args: Args, name: str) -> str:
    """Return a percentage as the venue's share, up to 10 %."""
    value = number(args.get(name))
    if value is None or not 0 < value <= 10:
        raise OrderArgError(name)
    return text(value / 100)


def trigger_kind(args: Args, name: str, kinds: Mapping[str, str] = KINDS, default: str = "fill_price") -> str:
    """Return which price is watched."""
    return chosen(args, name, kinds, default)


def position_for(call: BitgetCall, one: VenueInstrument, side: str) -> Held:
    """Return the position that a stop is for; `side` is `long` or `short`, or (one-way) `buy` or `sell`."""
    wanted = {"buy": "long", "sell": "short"}.get(side.lower(), side.lower())
    for held in held_of(call.account, [one]):
        if held.side == wanted:
            return held
    raise call.refuse(NO_HELD, "There is no position for this order")


def stop(
    call: BitgetCall, held: Held, leg: str, trigger: Mapping[str, str], size: str = "", client_id: str = ""
) -> Row:
    """Return the request of a take profit (`tp`) or stop loss (`sl`); without a size it is for the whole position."""
    _check_side(call, held, leg, trigger)
    asked = StopLeg(trigger["px"], trigger["kind"], trigger["order_px"])
    return {**stop_request(held.position, leg, asked, size), "algoClOrdId": client_id}


def _check_side(call: BitgetCall, held: Held, leg: str, trigger: Mapping[str, str]) -> None:
    """Refuse a stop that would fire at once."""
    now = price_of(call.venue.engine, held.instrument, trigger["kind"])
    above = (held.side == "long") == (leg == "tp")
    px = Decimal(trigger["px"])
    if px <= now if above else px >= now:
        word = "above" if above else "below"
        raise BitgetRestError(WRONG_SIDE[call.words], f"The trigger price must be {word} the present price")


def size_of_stop(one: VenueInstrument, args: Args, name: str, *, whole: bool) -> str:
    """Return a stop's size in contracts; empty for the whole position."""
    return "" if whole else contracts(one, args, name)


# --- what is told


def is_whole(algo: VenueAlgoOrder) -> bool:
    """Tell whether a stop is for the whole position, whatever its size."""
    return algo.sz >= algo.instrument.maxMktSz


def plan_type(algo: VenueAlgoOrder) -> str:
    """Return V2's plan type; empty for kinds that Bitget does not have."""
    closes = algo.closes_only
    if algo.ordType == "trigger":
        return "normal_plan"
    if algo.ordType == "move_order_stop":
        return "moving_plan" if closes else "track_plan"
    if algo.ordType not in ("conditional", "oco"):
        return ""
    is_profit = bool(algo.given["tpTriggerPx"])
    if is_whole(algo):
        return "pos_profit" if is_profit else "pos_loss"
    return "profit_plan" if is_profit else "loss_plan"


def coins_of(algo: VenueAlgoOrder) -> str:
    """Return an order's size in coins; empty when it is for the whole position."""
    return "" if is_whole(algo) else text(algo.sz * algo.instrument.ctVal)


def condition(algo: VenueAlgoOrder) -> tuple[str, str, str]:
    """Return trigger price, which price is watched (the venue's word), and the price to order at (empty: market)."""
    given = algo.given
    if algo.ordType == "move_order_stop":
        return given["activePx"], "last", ""
    prefix = "" if algo.ordType == "trigger" else "tp" if given["tpTriggerPx"] else "sl"
    order_px = given["ordPx"] if not prefix else given[f"{prefix}OrdPx"]
    name = f"{prefix}TriggerPx" if prefix else "triggerPx"
    return given[name], given[f"{name}Type"] or "last", "" if order_px in ("", MARKET) else order_px
