"""Orders that wait for a price, for V2 and V3: how the venue's algo orders are placed, found, changed and cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.order_args import Args, OrderArgError, chosen, contracts, ids
from okx_sync.paper.bitget.plan_facts import plan_type
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.rest.order_entry import accepted, checked
from okx_sync.paper.bitget.rest.positions import Held, held_of
from okx_sync.paper.bitget.stops import StopLeg
from okx_sync.paper.venue.algo_checks import price_of
from okx_sync.paper.venue.algo_orders import MARKET, STOPS, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, number, text
from okx_sync.paper.venue.position_stops import stop_request, whole_stop
from okx_sync.paper.venue.types import Row

KINDS = {"fill_price": "last", "mark_price": "mark", "index_price": "index"}
UTA_KINDS = {"market": "last", "last": "last", "mark": "mark"}
#: No such order: a plan of V2 futures, of V2 spot, of V3.
NO_PLAN = {"mix": "43025", "spot": "43025", "uta": "25204"}
NO_HELD = {"mix": "40837", "spot": "40837", "uta": "25601"}
_WRONG_HOLD = {"mix": "43011", "spot": "43011", "uta": "25200"}
#: A second stop for the whole of a position; stops for parts of it that are more than it.
_SECOND = {"tp": {"mix": "43030", "uta": "25594"}, "sl": {"mix": "43031", "uta": "25594"}}
_TOO_MUCH = {"mix": "40891", "uta": "25595"}
#: (leg, direction of the position) -> codes of V2 and V3 by the price that is watched, and where the trigger must be.
_WRONG_SIDES: dict[tuple[str, str], tuple[dict[str, tuple[str, str]], str]] = {
    ("tp", "long"): ({"last": ("40830", "25585"), "mark": ("40915", "25589")}, "above"),
    ("sl", "long"): ({"last": ("40834", "25586"), "mark": ("40917", "25590")}, "below"),
    ("tp", "short"): ({"last": ("40832", "25587"), "mark": ("45135", "25591")}, "below"),
    ("sl", "short"): ({"last": ("40836", "25588"), "mark": ("45122", "25592")}, "above"),
}
_HOLD_SIDES = {True: {"long": "long", "short": "short"}, False: {"buy": "long", "sell": "short"}}


def place(call: BitgetCall, request: Mapping[str, Any]) -> Row:
    """Place an algo order whose id is the client's own."""
    known = call.known_as(str(request.get("algoClOrdId") or ""))
    before = call.venue.algos.find(call.account, {"algoClOrdId": known}) if known else None
    if before is not None and before.state != "live":
        before.algoClOrdId = ""
    ack = call.venue.place_algo(call.account, {**request, "algoClOrdId": known}, rules=call.rules)
    return accepted(call, ack, str(request["side"]))


def plans_of(
    call: BitgetCall,
    wanted: Sequence[VenueInstrument],
    *,
    done: bool,
    kind: Callable[[VenueAlgoOrder], str] = plan_type,
) -> Iterator[VenueAlgoOrder]:
    """Yield orders of kinds that Bitget has, newest first: ended ones, or those that wait."""
    theirs, mine = call.text("orderId"), call.known_as(call.text("clientOid"))
    for algo in call.venue.algos.of(call.account, done=done):
        is_meant = theirs in ("", str(algo.id)) and mine in ("", algo.algoClOrdId)
        if is_meant and algo.instrument in wanted and kind(algo):
            yield algo


def find(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument] = ()) -> VenueAlgoOrder:
    """Return the waiting order that is meant; refused when there is none, or when it has ended."""
    found = checked(call, lambda: dict(ids(args)))
    names = {"algoId": found["ordId"], "algoClOrdId": found["clOrdId"]}
    algo = call.venue.algos.find(call.account, names)
    if algo is None or algo.state != "live" or not plan_type(algo) or (wanted and algo.instrument not in wanted):
        raise call.refuse(NO_PLAN, "The order does not exist")
    return algo


def cancel(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    """Cancel a waiting order."""
    return accepted(call, call.venue.cancel_algo(call.account, {"algoId": str(algo.id)}))


def amend(call: BitgetCall, algo: VenueAlgoOrder, changes: Mapping[str, Any]) -> Row:
    """Change what is given of a waiting order."""
    given = {name: value for name, value in changes.items() if value}
    ack = call.venue.amend_algo(call.account, {"algoId": str(algo.id), **given})
    return accepted(call, ack, algo.side)


# --- what is placed


def price_or_market(given: str) -> str:
    """Return a price to order at; the market's where it is empty or zero."""
    value = number(given or "0")
    if value is None or value < 0:
        raise OrderArgError("executePrice")
    return text(value) if value else MARKET


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
    """Return the position that a stop is for. V2 names it `buy` or `sell` in one-way mode; else `long` or `short`."""
    by_position = call.endpoint.is_v3 or call.account.pos_mode == "long_short_mode"
    wanted = _HOLD_SIDES[by_position].get(side.lower())
    if wanted is None:
        names = " or ".join(_HOLD_SIDES[by_position])
        raise call.refuse(_WRONG_HOLD, f"The side of the position must be {names}")
    for held in held_of(call.account, [one]):
        if held.side == wanted:
            return held
    raise call.refuse(NO_HELD, "There is no position for this order")


def stop(call: BitgetCall, held: Held, legs: Mapping[str, StopLeg], size: str = "", client_id: str = "") -> Row:
    """Return the request of stops of a position that may be set; without a size they are for the whole of it."""
    given: dict[str, str] = {}
    for leg, asked in legs.items():
        check_side(call, held.instrument, held.side, leg, asked)
        if size:
            _check_parts(call, held, leg, Decimal(size))
        elif whole_stop(call.venue.algos, call.account, held.position, leg) is not None:
            raise call.refuse(_SECOND[leg], "The whole of the position has such an order already")
        given |= asked.given(leg)
    return {**stop_request(held.position, given, size), "algoClOrdId": client_id}


def check_side(call: BitgetCall, one: VenueInstrument, held_side: str, leg: str, asked: StopLeg) -> None:
    """Refuse a stop that would fire at once."""
    now, px = price_of(call.venue.engine, one, asked.kind), Decimal(asked.px)
    by_kind, where = _WRONG_SIDES[leg, held_side]
    if px <= now if where == "above" else px >= now:
        codes = by_kind["mark" if asked.kind == "mark" else "last"]
        watched = "mark" if asked.kind == "mark" else "current"
        word = "take profit" if leg == "tp" else "stop loss"
        message = f"The {word} price of a {held_side} position must be {where} the {watched} price"
        raise BitgetRestError(codes[call.endpoint.is_v3], message)


def _check_parts(call: BitgetCall, held: Held, leg: str, size: Decimal, but: VenueAlgoOrder | None = None) -> None:
    """Refuse stops of a kind for parts of a position that are more than it together."""
    others = (
        algo.sz
        for algo in call.venue.algos.waiting(call.account)
        if algo is not but and algo.position is held.position and algo.ordType in STOPS
        # A whole one has no size of its own.
        if algo.given[f"{leg}TriggerPx"]
    )
    if size + sum(others, ZERO) > held.instrument.sz(abs(held.position.lots)):
        raise call.refuse(_TOO_MUCH, "The orders are for more than the position")


def check_change(call: BitgetCall, algo: VenueAlgoOrder, legs: Mapping[str, StopLeg], size: str) -> None:
    """Refuse a change of a position's stop that a new one with the same values would be refused for."""
    for held in held_of(call.account, [algo.instrument]):
        if held.position is not algo.position:
            continue
        for leg, asked in legs.items():
            check_side(call, algo.instrument, held.side, leg, asked)
            if size:
                _check_parts(call, held, leg, Decimal(size), but=algo)


def size_of_stop(one: VenueInstrument, args: Args, name: str, *, whole: bool) -> str:
    """Return a stop's size in contracts; empty for the whole position."""
    return "" if whole else contracts(one, args, name)
