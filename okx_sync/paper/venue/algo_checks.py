"""Reads and checks requests about algo orders: what each kind needs, and what of it may change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.algo_orders import (
    ADVANCED,
    MARKET,
    PLAIN,
    AlgoStrategy,
    TrailingTrigger,
    Trigger,
    VenueAlgoOrder,
)
from okx_sync.paper.venue.algo_strategies import Chase, Iceberg, PriceDistance, Twap
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, flag, number
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, client_id, find_instrument, words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import SIDES
from okx_sync.paper.venue.wire_rules import WireRules

_GIVEN = tuple(
    blank(
        """ccy sz tdMode tgtCcy tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx
        triggerPxType tag tradeQuoteCcy callbackRatio callbackSpread activePx pxVar pxSpread szLimit pxLimit
        timeInterval chaseType chaseVal maxChaseType maxChaseVal"""
    )
)
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
_TRAILS = {"newCallbackRatio": "callbackRatio", "newCallbackSpread": "callbackSpread", "newActivePx": "activePx"}
_AMENDABLE = {
    "trigger": _TRIGGERS,
    "conditional": _TRIGGERS,
    "oco": _TRIGGERS,
    "move_order_stop": _TRAILS,
}


def price_of(engine: OrderEngine, instrument: VenueInstrument, kind: str) -> Decimal:
    """Return the present ``last``, ``index`` or ``mark`` price."""
    if kind == "mark":
        return engine.prices.mark(instrument)
    return engine.prices.index(instrument) if kind == "index" else engine.prices.last[instrument.instId]


def parse_algo(
    engine: OrderEngine,
    account: VenueAccount,
    args: Mapping[str, Any],
    id: int,  # noqa: A002
    rules: WireRules,
) -> VenueAlgoOrder:
    """Return a new algo order from a request's parameters; `VenueRefusal` for a bad one."""
    instrument = find_instrument(engine.instruments, args)
    kind, side = words(args, "ordType"), words(args, "side")
    if kind not in (*PLAIN, *ADVANCED) or (kind == "chase" and not instrument.is_swap):
        raise bad_parameter("ordType")
    if side not in SIDES:
        raise bad_parameter("side")
    given = {name: words(args, name) for name in _GIVEN}
    given["ordPx"] = words(args, "orderPx")
    return VenueAlgoOrder(
        account,
        instrument,
        id,
        kind,
        side,
        words(args, "posSide", "net"),
        given,
        _positive(given, "sz"),
        _triggers(engine, instrument, kind, side, given),
        _work(kind, given),
        engine.ms,
        client_id(args, "algoClOrdId"),
        flag(args.get("reduceOnly")),
        uTime=engine.ms,
        rules=rules,
    )


def amend_algo(engine: OrderEngine, algo: VenueAlgoOrder, args: Mapping[str, Any]) -> None:
    """Change a waiting order as a request says; `VenueRefusal`, and nothing changed, for a bad one."""
    names = _AMENDABLE.get(algo.ordType)
    if names is None:
        raise VenueRefusal("51502", "Order modification is not supported for this order type.")
    given = dict(algo.given)
    given["sz"] = words(args, "newSz", given["sz"])
    for new, name in names.items():
        given[name] = words(args, new, given[name])
    # One distance takes the place of the other.
    for name, other in (("callbackRatio", "callbackSpread"), ("callbackSpread", "callbackRatio")):
        if words(args, f"new{name[0].upper()}{name[1:]}"):
            given[other] = words(args, f"new{other[0].upper()}{other[1:]}")
    size = _positive(given, "sz", "newSz")
    triggers = _triggers(engine, algo.instrument, algo.ordType, algo.side, given)
    for new_one, old in zip(triggers, algo.triggers, strict=False):
        if isinstance(new_one, TrailingTrigger) and isinstance(old, TrailingTrigger):
            new_one.extreme = old.extreme  # what the market did is not undone
    algo.given, algo.sz, algo.triggers, algo.uTime = given, size, triggers, engine.ms


def _triggers(
    engine: OrderEngine, instrument: VenueInstrument, kind: str, side: str, given: Mapping[str, str]
) -> list[Trigger | TrailingTrigger]:
    if kind == "move_order_stop":
        return [_trail(side, given)]
    if kind == "trigger":
        px, px_type = _positive(given, "triggerPx"), given["triggerPxType"] or "last"
        if not given["ordPx"]:
            raise bad_parameter("orderPx")
        return [Trigger("trigger", px_type, px, px > price_of(engine, instrument, px_type), given["ordPx"])]
    found: list[Trigger | TrailingTrigger] = []
    if kind not in ("conditional", "oco"):
        return found
    for name, above in (("tp", side == "sell"), ("sl", side == "buy")):
        if given[f"{name}TriggerPx"]:
            px, px_type = _positive(given, f"{name}TriggerPx"), given[f"{name}TriggerPxType"] or "last"
            found.append(Trigger(name, px_type, px, above, given[f"{name}OrdPx"] or MARKET))
    if len(found) < (2 if kind == "oco" else 1):
        raise bad_parameter("tpTriggerPx or slTriggerPx")
    return found


def _trail(side: str, given: Mapping[str, str]) -> TrailingTrigger:
    ratio, spread = _one_of(given, "callbackRatio", "callbackSpread")
    if ratio is not None and ratio >= 1:
        raise bad_parameter("callbackRatio")
    return TrailingTrigger(side == "buy", ratio, spread, _positive(given, "activePx") if given["activePx"] else None)


def _work(kind: str, given: Mapping[str, str]) -> AlgoStrategy | None:
    if kind == "chase":
        most = _chased(given, "maxChaseType", "maxChaseVal") if given["maxChaseVal"] else None
        return Chase(_chased(given, "chaseType", "chaseVal"), most)
    if kind not in ("iceberg", "twap"):
        return None
    distance = PriceDistance(*_one_of(given, "pxVar", "pxSpread"))
    sz_limit, px_limit = _positive(given, "szLimit"), _positive(given, "pxLimit")
    if sz_limit > _positive(given, "sz"):
        raise bad_parameter("szLimit")
    if kind == "iceberg":
        return Iceberg(distance, sz_limit, px_limit)
    return Twap(distance, sz_limit, px_limit, int(_positive(given, "timeInterval") * 1000))


def _chased(given: Mapping[str, str], kind: str, name: str) -> PriceDistance:
    value = number(given[name] or "0")
    if value is None or value < 0:
        raise bad_parameter(name)
    if given[kind] not in ("", "distance", "ratio"):
        raise bad_parameter(kind)
    return PriceDistance(value, None) if given[kind] == "ratio" else PriceDistance(None, value)


def _one_of(given: Mapping[str, str], first: str, second: str) -> tuple[Decimal | None, Decimal | None]:
    """Return two parameters of which exactly one is to be given."""
    if bool(given[first]) == bool(given[second]):
        raise bad_parameter(f"{first} or {second}")
    return (_positive(given, first), None) if given[first] else (None, _positive(given, second))


def _positive(given: Mapping[str, str], name: str, called: str = "") -> Decimal:
    value = number(given[name])
    if value is None or value <= 0:
        raise bad_parameter(called or name)
    return value
