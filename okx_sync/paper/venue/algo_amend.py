"""Changing algo orders that wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from okx_sync.paper.venue import attached_checks
from okx_sync.paper.venue.algo_checks import AnyTriggers, parent_of, triggers_of, work_of
from okx_sync.paper.venue.algo_orders import STOPS, TrailingTrigger, VenueAlgoOrder
from okx_sync.paper.venue.attached_orders import LEGS, AttachedOrder
from okx_sync.paper.venue.number_text import number
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, not_amendable, objects, positive, words
from okx_sync.paper.venue.order_engine import OrderEngine

_TRIGGERS = {
    "newTriggerPx": "triggerPx",
    "newTriggerPxType": "triggerPxType",
    "newOrdPx": "ordPx",
    "newTpTriggerPx": "tpTriggerPx",
    "newTpTriggerPxType": "tpTriggerPxType",
    "newTpOrdPx": "tpOrdPx",
    "newSlTriggerPx": "slTriggerPx",
    "newSlTriggerPxType": "slTriggerPxType",
    "newSlOrdPx": "slOrdPx",
}
_TRAILS = {
    "newCallbackRatio": "callbackRatio",
    "newCallbackSpread": "callbackSpread",
    "newActivePx": "activePx",
    "newTriggerPxType": "triggerPxType",
}
_AMENDABLE = {
    "trigger": _TRIGGERS,
    "conditional": _TRIGGERS,
    "oco": _TRIGGERS,
    "move_order_stop": _TRAILS,
}
_CHASES = {"newChaseVal": "chaseVal", "newMaxChaseVal": "maxChaseVal"}


def amend_algo(
    engine: OrderEngine,
    algo: VenueAlgoOrder,
    args: Mapping[str, Any],
    check: Callable[[OrderEngine, VenueAlgoOrder, AnyTriggers], None],
) -> None:
    """Change a waiting order as a request says; `VenueRefusal`, and nothing changed, for a bad one.

    ``check`` has a last look at what it would wait for then.
    """
    names = _AMENDABLE.get(algo.ordType)
    if names is None:
        raise not_amendable()
    given = dict(algo.given)
    given["sz"] = words(args, "newSz", given["sz"])
    for new, name in names.items():
        given[name] = words(args, new, given[name])
    if algo.ordType in STOPS:
        _drop_legs(given)
    # One distance takes the place of the other.
    for name, other in (("callbackRatio", "callbackSpread"), ("callbackSpread", "callbackRatio")):
        if words(args, f"new{name[0].upper()}{name[1:]}"):
            given[other] = words(args, f"new{other[0].upper()}{other[1:]}")
    size = algo.sz if algo.is_whole else positive(given, "sz", "newSz")
    # One that has lost a leg is one-way, whatever it was called when it was placed.
    kind = "conditional" if algo.ordType == "oco" else algo.ordType
    both = algo.ordType == "oco" or not algo.rules.guards_stops
    triggers = triggers_of(engine, algo.instrument, kind, algo.side, given, both=both)
    check(engine, algo, triggers)
    made = replace(algo, given=given, sz=size, triggers=triggers)
    attached, chase = _attached(engine, made, args), _chase(made, args)
    for new_one, old in zip(triggers, algo.triggers, strict=False):
        if isinstance(new_one, TrailingTrigger) and isinstance(old, TrailingTrigger):
            new_one.extreme = old.extreme  # what the market did is not undone
    algo.given, algo.sz, algo.triggers, algo.uTime = given, size, triggers, engine.ms
    algo.attached, algo.chase = attached, chase


def _drop_legs(given: dict[str, str]) -> None:
    """Take away a leg that has a zero for its trigger or its order."""
    for leg in LEGS:
        if any(number(given[leg + part]) == 0 for part in ("TriggerPx", "OrdPx")):
            given |= dict.fromkeys((f"{leg}TriggerPx", f"{leg}TriggerPxType", f"{leg}OrdPx"), "")
    if not any(given[f"{leg}TriggerPx"] for leg in LEGS):
        text = "Order modification unsuccessful. The stop order must have either take profit or stop loss attached."
        raise VenueRefusal("51531", text)


def _attached(engine: OrderEngine, algo: VenueAlgoOrder, args: Mapping[str, Any]) -> list[AttachedOrder]:
    """Return what the order of a trigger is to bring along. The request names none of them: their places count."""
    rows = objects(args, "attachAlgoOrds")
    if rows and algo.rules.attaches_to_position:
        made = attached_checks.read(args, engine.new_id)
    elif len(rows) > len(algo.attached):
        raise bad_parameter("attachAlgoOrds")
    else:
        made = [one.copy() for one in algo.attached]
        for one, row in zip(made, rows, strict=False):
            attached_checks.change(one, row)
    kept = [one for one in made if not one.is_empty]
    if kept:
        attached_checks.check(kept, parent_of(algo))
    return kept


def _chase(algo: VenueAlgoOrder, args: Mapping[str, Any]) -> dict[str, str] | None:
    """Return how the chase of a trigger is to follow. At the best price or behind it: that stays as it was."""
    rows = objects(args, "advChaseParams")
    if not rows:
        return algo.chase
    if algo.chase is None or len(rows) != 1:
        raise bad_parameter("advChaseParams")
    made = algo.chase | {name: words(rows[0], new, algo.chase[name]) for new, name in _CHASES.items()}
    was_behind, is_behind = (bool(number(one["chaseVal"] or "0")) for one in (algo.chase, made))
    if was_behind != is_behind or (made["maxChaseVal"] and not made["maxChaseType"]):
        raise bad_parameter("advChaseParams")
    work_of("chase", made)
    return made
