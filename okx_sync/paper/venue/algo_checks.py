"""Reads requests for algo orders, and checks that each kind has what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from okx_sync.paper.venue import attached_checks
from okx_sync.paper.venue.account_levels import FUTURES_MODE
from okx_sync.paper.venue.algo_orders import (
    ADVANCED,
    MARKET,
    PLAIN,
    STOPS,
    AlgoStrategy,
    TrailingTrigger,
    Trigger,
    VenueAlgoOrder,
)
from okx_sync.paper.venue.algo_strategies import Chase, Iceberg, PriceDistance, Twap
from okx_sync.paper.venue.attached_orders import LEGS
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, blank, flag, number
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, client_id, find_instrument, objects, positive, words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import SIDES
from okx_sync.paper.venue.wire_rules import WireRules

AnyTriggers: TypeAlias = list[Trigger | TrailingTrigger]
_GIVEN = tuple(
    blank(
        """ccy sz tdMode tgtCcy tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx
        triggerPxType tag tradeQuoteCcy callbackRatio callbackSpread activePx pxVar pxSpread szLimit pxLimit
        timeInterval chaseType chaseVal maxChaseType maxChaseVal closeFraction advanceOrdType lmtOrderNumber
        aggressiveness stpMode"""
    )
)
_CHASE = ("chaseType", "chaseVal", "maxChaseType", "maxChaseVal")


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
    if not instrument.is_swap and account.level == FUTURES_MODE and words(args, "tdMode") in ("cross", "isolated"):
        raise attached_checks.none_on_margin()
    given = {name: words(args, name) for name in _GIVEN}
    given["ordPx"] = words(args, "orderPx")
    made = VenueAlgoOrder(
        account,
        instrument,
        id,
        kind,
        side,
        words(args, "posSide", "net"),
        given,
        _size(given),
        triggers_of(engine, instrument, kind, side, given),
        work_of(kind, given),
        engine.ms,
        client_id(args, "algoClOrdId"),
        flag(args.get("reduceOnly")),
        uTime=engine.ms,
        rules=rules,
        is_whole=bool(given["closeFraction"]),
        ends_with_position=flag(args.get("cxlOnClosePos")),
    )
    if kind == "trigger":
        _read_order(engine, made, args)
    return made


def _size(given: Mapping[str, str]) -> Decimal:
    """Return the size; of an order that closes a whole position it is known when it fires."""
    if not given["closeFraction"]:
        return positive(given, "sz")
    if given["sz"]:
        raise VenueRefusal("50024", "Parameter sz and closeFraction can not exist at the same time.")
    if number(given["closeFraction"]) != 1:
        raise bad_parameter("closeFraction")
    return ZERO


def _read_order(engine: OrderEngine, algo: VenueAlgoOrder, args: Mapping[str, Any]) -> None:
    """Read what a trigger order says of the order that it will place: its type, and what that brings along."""
    kind, given = algo.given["advanceOrdType"], algo.given
    if kind not in ("", "fok", "ioc", "chase"):
        raise bad_parameter("advanceOrdType")
    if kind in ("fok", "ioc") and given["ordPx"] == MARKET:
        raise bad_parameter("orderPx: a price is needed with advanceOrdType")
    if kind == "chase":
        rows = objects(args, "advChaseParams")
        if not algo.instrument.is_swap or len(rows) != 1:
            raise bad_parameter("advChaseParams")
        algo.chase = {name: words(rows[0], name) for name in _CHASE}
        work_of("chase", algo.chase)
    algo.attached = attached_checks.read(args, engine.new_id)
    if algo.attached:
        attached_checks.check(algo.attached, parent_of(algo))


def parent_of(algo: VenueAlgoOrder) -> attached_checks.Parent:
    """Return what counts of a trigger order for what its order brings along: the price it will have."""
    trigger = algo.triggers[0]
    assert trigger.px is not None
    px = trigger.px if trigger.order_px == MARKET else Decimal(trigger.order_px)
    negative = algo.rules.readings.stop_loss_ratio == "error-list"
    closes = algo.reduceOnly, algo.closes_only
    return attached_checks.Parent(algo.instrument, algo.is_buy, px, px, algo.sz, *closes, negative)


def triggers_of(
    engine: OrderEngine,
    instrument: VenueInstrument,
    kind: str,
    side: str,
    given: dict[str, str],
    *,
    both: bool = False,
) -> AnyTriggers:
    """Return what an order waits for. ``both``: a one-way order may have two legs, since it was an oco."""
    if kind == "move_order_stop":
        return [_trail(side, given)]
    if kind == "trigger":
        px, px_type = positive(given, "triggerPx"), _kind(given, "triggerPxType")
        if not given["ordPx"] and given["advanceOrdType"] != "chase":
            raise bad_parameter("orderPx")
        if given["ordPx"] not in ("", MARKET):
            positive(given, "ordPx", "orderPx")
        return [Trigger("trigger", px_type, px, px > price_of(engine, instrument, px_type), given["ordPx"] or MARKET)]
    if kind not in STOPS:
        return []
    if kind == "conditional" and given["tpTriggerPx"] and given["slTriggerPx"] and not both:
        # Of a one-way order with two sides only the stop loss works.
        given |= dict.fromkeys(("tpTriggerPx", "tpTriggerPxType", "tpOrdPx"), "")
    found: AnyTriggers = [_leg(leg, side, given) for leg in LEGS if given[f"{leg}TriggerPx"] or given[f"{leg}OrdPx"]]
    if len(found) < (2 if kind == "oco" else 1):
        raise bad_parameter("tpTriggerPx or slTriggerPx")
    return found


def _leg(leg: str, side: str, given: Mapping[str, str]) -> Trigger:
    """Return the trigger of a take profit or stop loss, which needs both of its prices."""
    px, order_px = positive(given, f"{leg}TriggerPx"), given[f"{leg}OrdPx"]
    if order_px != MARKET:
        positive(given, f"{leg}OrdPx")
    return Trigger(leg, _kind(given, f"{leg}TriggerPxType"), px, (leg == "tp") == (side == "sell"), order_px)


def _kind(given: Mapping[str, str], name: str) -> str:
    kind = given[name] or "last"
    if kind not in attached_checks.PRICE_KINDS:
        raise bad_parameter(name)
    return kind


def _trail(side: str, given: Mapping[str, str]) -> TrailingTrigger:
    ratio, spread = _one_of(given, "callbackRatio", "callbackSpread")
    if ratio is not None:
        attached_checks.check_callback(given)
    active = positive(given, "activePx") if given["activePx"] else None
    return TrailingTrigger(side == "buy", ratio, spread, active, kind=_kind(given, "triggerPxType"))


def work_of(kind: str, given: Mapping[str, str]) -> AlgoStrategy | None:
    """Return what an order of a kind does while it is live; None for one that waits."""
    if kind == "chase":
        most = _chased(given, "maxChaseType", "maxChaseVal") if given["maxChaseVal"] else None
        return Chase(_chased(given, "chaseType", "chaseVal"), most)
    if kind == "smart_iceberg":
        return _iceberg(given)
    if kind != "twap":
        return None
    distance = PriceDistance(*_one_of(given, "pxVar", "pxSpread"))
    sz_limit, px_limit = positive(given, "szLimit"), positive(given, "pxLimit")
    return Twap(distance, sz_limit, px_limit, int(positive(given, "timeInterval") * 1000))


def _iceberg(given: Mapping[str, str]) -> Iceberg:
    parts, sz_limit = positive(given, "lmtOrderNumber"), positive(given, "szLimit")
    if parts % 1:
        raise bad_parameter("lmtOrderNumber")
    if given["aggressiveness"] not in ("radical", "mid", "conservative"):
        raise bad_parameter("aggressiveness")
    if sz_limit > positive(given, "sz"):
        raise bad_parameter("szLimit")
    px_limit = positive(given, "pxLimit") if given["pxLimit"] else None
    return Iceberg(int(parts), sz_limit, given["aggressiveness"], px_limit)


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
    return (positive(given, first), None) if given[first] else (None, positive(given, second))
