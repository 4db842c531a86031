"""OKX's rules for algo orders: on which side of the price they may be, what goes together, how many may wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.algo_checks import price_of
from okx_sync.paper.venue.algo_orders import MARKET, STOPS, TrailingTrigger, Trigger, VenueAlgoOrder
from okx_sync.paper.venue.attached_checks import check_kind
from okx_sync.paper.venue.number_text import flag, number
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, not_amendable, words
from okx_sync.paper.venue.order_engine import OrderEngine

#: (leg, whether it waits for a price above) -> codes by the kind of price, and what it cannot be.
_WRONG_SIDES = {
    ("tp", False): ({"last": "51277", "mark": "51300", "index": "51305"}, "higher"),
    ("sl", True): ({"last": "51278", "mark": "51302", "index": "51306"}, "lower"),
    ("tp", True): ({"last": "51279", "mark": "51303", "index": "51307"}, "lower"),
    ("sl", False): ({"last": "51280", "mark": "51304", "index": "51308"}, "higher"),
}
#: Kinds that are counted together -> how many of them may wait on an instrument, and what it says.
_LIMITS = (
    (STOPS, 100, "51261", "Each user can hold up to {} pending stop orders at the same time."),
    (("trigger",), 500, "51299", "Order did not go through. You can hold a maximum of {} orders of this type."),
    (("move_order_stop",), 50, "51260", "Maximum of {} pending trailing stop orders can be held at the same time."),
    (("smart_iceberg",), 100, "51262", "Maximum {} pending iceberg orders can be held at the same time."),
    (("twap",), 20, "51263", "Maximum {} pending time-weighted orders can be held at the same time."),
)
_VARIANCES = (Decimal("0.0001"), Decimal("0.01"))
_LEAST_INTERVAL_S = 1
_AMENDABLE = ("trigger", *STOPS)
_AT_ONCE = {"triggerAction": "start", "triggerStrategy": "instant"}
#: What the venue does not carry out, by name -> values that ask for nothing.
_NOT_CARRIED_OUT: dict[str, tuple[object, ...]] = {
    "tpOrdKind": ("condition",),
    "tpTriggerRatio": (),
    "slTriggerRatio": (),
    "quickMgnType": (),
    "pxAmendType": ("0",),
    "triggerParams": ([], [_AT_ONCE]),
}


def check_new(
    engine: OrderEngine, algo: VenueAlgoOrder, args: Mapping[str, Any], waiting: Collection[VenueAlgoOrder]
) -> None:
    """Refuse a new order that OKX would; ``waiting`` are the orders of all accounts that are live."""
    _check_carried_out(algo, args)
    _check_kinds(algo)
    _check_strategy(algo)
    check_triggers(engine, algo, algo.triggers)
    if algo.reduceOnly and algo.posSide == "net" and algo.rules.readings.reduce_only_algo_in_net_mode == "refuse":
        raise VenueRefusal("51205", "Reduce Only is not available.")
    if algo.ends_with_position and not algo.reduceOnly:
        raise bad_parameter("cxlOnClosePos without reduceOnly")
    if algo.is_whole:
        _check_whole(algo, waiting)
    _check_count(algo, waiting)


def check_triggers(engine: OrderEngine, algo: VenueAlgoOrder, triggers: Sequence[Trigger | TrailingTrigger]) -> None:
    """Refuse a take profit or stop loss that would fire at once, where the order is under such a rule."""
    if not algo.rules.guards_stops:
        return
    instrument = algo.instrument
    for trigger in triggers:
        if isinstance(trigger, TrailingTrigger) or trigger.name not in ("tp", "sl"):
            continue
        codes, word = _WRONG_SIDES[trigger.name, trigger.above]
        now = price_of(engine, instrument, trigger.kind)
        if trigger.px < now if trigger.above else trigger.px > now:
            stop = "." if trigger.kind == "last" else ""
            what = f"{trigger.name.upper()} trigger price"
            raise VenueRefusal(codes[trigger.kind], f"{what} cannot be {word} than the {trigger.kind} price{stop}")


def check_amendment(algo: VenueAlgoOrder, args: Mapping[str, Any]) -> None:
    """Refuse a change that OKX does not make of this kind of order."""
    if algo.ordType not in _AMENDABLE:
        raise not_amendable()
    if algo.ordType == "conditional":
        for leg in ("tp", "sl"):
            new = words(args, f"new{leg.capitalize()}TriggerPx", "0")
            if not algo.given[f"{leg}TriggerPx"] and number(new) != 0:
                what = "Take profit/Stop loss conditions cannot be added to or removed from stop orders."
                raise VenueRefusal("51526", f"Order modification unsuccessful. {what}")
    if not algo.is_whole:
        return
    closes = "of a stop order that closes an entire position. Please modify the trigger price instead."
    if words(args, "newSz"):
        raise VenueRefusal("51524", f"Unable to modify the order quantity {closes}")
    for leg in ("Tp", "Sl"):
        # Zero takes the leg away, and the market price is what it has.
        if words(args, f"new{leg}OrdPx") not in ("", "0", MARKET):
            raise VenueRefusal("51523", f"Unable to modify the order price {closes}")


# --- new orders


def _check_carried_out(algo: VenueAlgoOrder, args: Mapping[str, Any]) -> None:
    """Refuse what the venue does not do, rather than leave it out."""
    for name, harmless in _NOT_CARRIED_OUT.items():
        value = args.get(name)
        if value not in (None, "", *harmless):
            raise bad_parameter(f"{name}: the paper exchange does not carry it out")
    if args.get("attachAlgoOrds") and (algo.ordType != "trigger" or algo.chase is not None):
        raise bad_parameter("attachAlgoOrds")
    if words(args, "advanceOrdType") and algo.ordType != "trigger":
        raise bad_parameter("advanceOrdType")
    if args.get("cxlOnClosePos") not in (None, "") and algo.ordType not in STOPS and flag(args["cxlOnClosePos"]):
        raise bad_parameter("cxlOnClosePos")


def _check_kinds(algo: VenueAlgoOrder) -> None:
    if algo.ordType == "trigger" and algo.given["tgtCcy"]:
        raise VenueRefusal("51281", "Trigger order do not support the tgtCcy parameter.")
    for name in ("triggerPxType", "tpTriggerPxType", "slTriggerPxType"):
        check_kind(algo.instrument, algo.given[name], name)


def _check_strategy(algo: VenueAlgoOrder) -> None:
    given = algo.given
    if algo.ordType == "chase" and bool(given["maxChaseType"]) != bool(given["maxChaseVal"]):
        raise bad_parameter("maxChaseType and maxChaseVal")
    if algo.ordType != "twap":
        return
    least, most = _VARIANCES
    if given["pxVar"] and not least <= Decimal(given["pxVar"]) <= most:
        raise VenueRefusal("51282", f"The range of Price variance is {least}~{most}")
    interval = number(given["timeInterval"])
    if interval is None or interval < _LEAST_INTERVAL_S:
        raise VenueRefusal("51283", f"The range of Time interval is {_LEAST_INTERVAL_S}~")
    if Decimal(given["szLimit"]) > algo.sz:
        raise VenueRefusal("51264", "Average amount exceeds the limit of per time-weighted order.")


def _check_whole(algo: VenueAlgoOrder, waiting: Collection[VenueAlgoOrder]) -> None:
    if algo.ordType not in STOPS or not algo.instrument.is_swap:
        raise VenueRefusal("51327", "closeFraction is only available for Expiry Futures and Perpetual Futures")
    if algo.posSide == "net" and not algo.reduceOnly:
        raise VenueRefusal("51328", "closeFraction is only available for reduceOnly orders")
    if algo.posSide != "net" and (algo.posSide == "long") == algo.is_buy:
        raise VenueRefusal("51331", "closeFraction is only available for close position orders")
    if any(trigger.order_px != MARKET for trigger in algo.triggers):
        raise VenueRefusal("51330", "closeFraction is only available for stop market orders")
    for other in waiting:
        if other.account is algo.account and other.is_whole and other.position_key == algo.position_key:
            raise VenueRefusal("51088", "You can only place 1 TP/SL order to close an entire position")


def _check_count(algo: VenueAlgoOrder, waiting: Collection[VenueAlgoOrder]) -> None:
    for kinds, most, code, text in _LIMITS:
        if algo.ordType not in kinds:
            continue
        same = (one for one in waiting if one.account is algo.account and one.instrument is algo.instrument)
        if sum(one.ordType in kinds for one in same) >= most:
            raise VenueRefusal(code, text.format(most))
