"""Reads and checks requests about algo orders: what each kind needs, and what of it may change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.algo_orders import ADVANCED, MARKET, PLAIN, Algo, Trail, Trigger, Work
from okx_sync.paper.venue.algo_work import Chase, Distance, Iceberg, Twap
from okx_sync.paper.venue.checks import bad_parameter, client_id, find_instrument, words
from okx_sync.paper.venue.desk import Desk
from okx_sync.paper.venue.instruments import Instrument
from okx_sync.paper.venue.orders import Refused
from okx_sync.paper.venue.records import Account
from okx_sync.paper.venue.texts import blank, flag, number
from okx_sync.paper.venue.types import SIDES

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


def price_of(desk: Desk, instrument: Instrument, kind: str) -> Decimal:
    """The present ``last``, ``index`` or ``mark`` price."""
    if kind == "mark":
        return desk.prices.mark(instrument)
    return desk.prices.index(instrument) if kind == "index" else desk.prices.last[instrument.instId]


def parse_algo(desk: Desk, account: Account, args: Mapping[str, Any], id: int) -> Algo:  # noqa: A002
    """A new algo order from a request's parameters; `Refused` for a bad one."""
    instrument = find_instrument(desk.instruments, args)
    kind, side = words(args, "ordType"), words(args, "side")
    if kind not in (*PLAIN, *ADVANCED) or (kind == "chase" and not instrument.is_swap):
        raise bad_parameter("ordType")
    if side not in SIDES:
        raise bad_parameter("side")
    given = {name: words(args, name) for name in _GIVEN}
    given["ordPx"] = words(args, "orderPx")
    return Algo(
        account,
        instrument,
        id,
        kind,
        side,
        words(args, "posSide", "net"),
        given,
        _positive(given, "sz"),
        _triggers(desk, instrument, kind, side, given),
        _work(kind, given),
        desk.ms,
        client_id(args, "algoClOrdId"),
        flag(args.get("reduceOnly")),
        uTime=desk.ms,
    )


def amend_algo(desk: Desk, algo: Algo, args: Mapping[str, Any]) -> None:
    """Change a waiting order as a request says; `Refused`, and nothing changed, for a bad one."""
    names = _AMENDABLE.get(algo.ordType)
    if names is None:
        raise Refused("51502", "Order modification is not supported for this order type.")
    given = dict(algo.given)
    given["sz"] = words(args, "newSz", given["sz"])
    for new, name in names.items():
        given[name] = words(args, new, given[name])
    # One distance takes the place of the other.
    for name, other in (("callbackRatio", "callbackSpread"), ("callbackSpread", "callbackRatio")):
        if words(args, f"new{name[0].upper()}{name[1:]}"):
            given[other] = words(args, f"new{other[0].upper()}{other[1:]}")
    size = _positive(given, "sz", "newSz")
    triggers = _triggers(desk, algo.instrument, algo.ordType, algo.side, given)
    for new_one, old in zip(triggers, algo.triggers, strict=False):
        if isinstance(new_one, Trail) and isinstance(old, Trail):
            new_one.extreme = old.extreme  # what the market did is not undone
    algo.given, algo.sz, algo.triggers, algo.uTime = given, size, triggers, desk.ms


def _triggers(
    desk: Desk, instrument: Instrument, kind: str, side: str, given: Mapping[str, str]
) -> list[Trigger | Trail]:
    if kind == "move_order_stop":
        return [_trail(side, given)]
    if kind == "trigger":
        px, px_type = _positive(given, "triggerPx"), given["triggerPxType"] or "last"
        if not given["ordPx"]:
            raise bad_parameter("orderPx")
        return [Trigger("trigger", px_type, px, px > price_of(desk, instrument, px_type), given["ordPx"])]
    found: list[Trigger | Trail] = []
    if kind not in ("conditional", "oco"):
        return found
    for name, above in (("tp", side == "sell"), ("sl", side == "buy")):
        if given[f"{name}TriggerPx"]:
            px, px_type = _positive(given, f"{name}TriggerPx"), given[f"{name}TriggerPxType"] or "last"
            found.append(Trigger(name, px_type, px, above, given[f"{name}OrdPx"] or MARKET))
    if len(found) < (2 if kind == "oco" else 1):
        raise bad_parameter("tpTriggerPx or slTriggerPx")
    return found


def _trail(side: str, given: Mapping[str, str]) -> Trail:
    ratio, spread = _one_of(given, "callbackRatio", "callbackSpread")
    if ratio is not None and ratio >= 1:
        raise bad_parameter("callbackRatio")
    return Trail(side == "buy", ratio, spread, _positive(given, "activePx") if given["activePx"] else None)


def _work(kind: str, given: Mapping[str, str]) -> Work | None:
    if kind == "chase":
        most = _chased(given, "maxChaseType", "maxChaseVal") if given["maxChaseVal"] else None
        return Chase(_chased(given, "chaseType", "chaseVal"), most)
    if kind not in ("iceberg", "twap"):
        return None
    distance = Distance(*_one_of(given, "pxVar", "pxSpread"))
    sz_limit, px_limit = _positive(given, "szLimit"), _positive(given, "pxLimit")
    if sz_limit > _positive(given, "sz"):
        raise bad_parameter("szLimit")
    if kind == "iceberg":
        return Iceberg(distance, sz_limit, px_limit)
    return Twap(distance, sz_limit, px_limit, int(_positive(given, "timeInterval") * 1000))


def _chased(given: Mapping[str, str], kind: str, name: str) -> Distance:
    value = number(given[name] or "0")
    if value is None or value < 0:
        raise bad_parameter(name)
    if given[kind] not in ("", "distance", "ratio"):
        raise bad_parameter(kind)
    return Distance(value, None) if given[kind] == "ratio" else Distance(None, value)


def _one_of(given: Mapping[str, str], first: str, second: str) -> tuple[Decimal | None, Decimal | None]:
    """Two parameters of which exactly one is to be given."""
    if bool(given[first]) == bool(given[second]):
        raise bad_parameter(f"{first} or {second}")
    return (_positive(given, first), None) if given[first] else (None, _positive(given, second))


def _positive(given: Mapping[str, str], name: str, called: str = "") -> Decimal:
    value = number(given[name])
    if value is None or value <= 0:
        raise bad_parameter(called or name)
    return value
