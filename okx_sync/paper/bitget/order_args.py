"""Orders of Bitget in the venue's words: V2 futures, V2 spot, V3. What is wrong with one is a ``OrderArgError``.

Sizes are in coins on every contract. Where both directions are held apart, the two APIs mean opposite things by the
side of a closing order: V2 the direction of the position, V3 that of the order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from okx_sync.paper.bitget.stops import StopLeg, apart, together
from okx_sync.paper.bitget.summaries import is_hedged
from okx_sync.paper.venue.algo_orders import MARKET
from okx_sync.paper.venue.attached_orders import STOP_LOSS, TAKE_PROFIT
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.known_parameters import DROPPED, unknown_in
from okx_sync.paper.venue.number_text import blank, number, text
from okx_sync.paper.venue.records import VenueAccount

Args = Mapping[str, Any]
SIDES = ("buy", "sell")
OPPOSITE = {"buy": "sell", "sell": "buy"}
FORCES = {"gtc": "limit", "": "limit", "post_only": "post_only", "ioc": "ioc", "fok": "fok", "rpi": "post_only"}
STP_MODES = ("cancel_taker", "cancel_maker", "cancel_both")
V2_ID = re.compile(r"[0-9A-Za-z+_#:.\-]{0,50}\Z")
V3_ID = re.compile(r"[.A-Z:/a-z0-9_\-]{0,32}\Z")
#: What an order may bring along. Where that is not offered it is refused rather than ignored.
_PRESETS = tuple(
    blank(
        """presetStopSurplusPrice presetStopLossPrice presetStopSurplusExecutePrice presetStopLossExecutePrice
        presetTakeProfitPrice executeTakeProfitPrice executeStopLossPrice takeProfit stopLoss tpLimitPrice
        slLimitPrice"""
    )
)
#: What an order may say, in each API; `requestTime` and `receiveWindow` say how late it may come.
_EACH = ("symbol", "side", "orderType", "price", "clientOid", "stpMode", "requestTime", "receiveWindow")
_MIX = frozenset(
    (*_EACH, *blank("productType marginMode marginCoin size force tradeSide reduceOnly orderList"), *_PRESETS[:4])
)
_SPOT = frozenset((*_EACH, *blank("size force tpslType batchMode orderList")))
_UTA = frozenset(
    (
        *_EACH,
        *blank("category qty timeInForce posSide reduceOnly marginMode takeProfit stopLoss tpTriggerBy slTriggerBy"),
        *blank("tpOrderType slOrderType tpLimitPrice slLimitPrice"),
    )
)


class OrderArgError(ValueError):
    """A parameter of an order is wrong: its name, and a word on why where the name does not tell."""

    def __init__(self, name: str, why: str = "", kind: str = "value") -> None:
        super().__init__(f"Parameter verification failed {name}" if not why else f"{name}: {why}")
        self.name = name
        self.kind = kind


def word(args: Args, name: str, default: str = "") -> str:
    """Return a text, `default` where there is none; upper and lower case are the same."""
    value = args.get(name)
    return default if value is None or value == "" else str(value).lower()


def plain(args: Args, name: str) -> str:
    """Return a text as it is."""
    value = args.get(name)
    return "" if value is None else str(value)


def chosen(args: Args, name: str, allowed: Mapping[str, str], default: str = "") -> str:
    """Return what a word means; it must be one of some."""
    given = word(args, name, default)
    if given not in allowed:
        raise OrderArgError(name)
    return allowed[given]


def needs(args: Args, name: str, *others: str) -> None:
    """Refuse what says more of something that is not there."""
    for other in others:
        if plain(args, other) not in ("", "0") and not plain(args, name):
            raise OrderArgError(other, f"{name} is needed, too")


def contracts(instrument: VenueInstrument, args: Args, name: str) -> str:
    """Return a size in coins as the venue counts it."""
    size = number(args.get(name))
    if size is None or size <= 0:
        raise OrderArgError(name)
    return text(size / instrument.ctVal)


def is_yes(args: Args, name: str) -> bool:
    """Return a yes or no, in any of the spellings that are in use."""
    return word(args, name) in ("yes", "true", "1")


def _client_id(args: Args, name: str, shape: re.Pattern[str]) -> str:
    given = plain(args, name)
    if not shape.match(given):
        raise OrderArgError(name, "length or letters are not allowed", "id")
    return given


def v2_id(args: Args, name: str = "clientOid") -> str:
    """Return a client's id as V2 allows it."""
    return _client_id(args, name, V2_ID)


def v3_id(args: Args, name: str = "clientOid") -> str:
    """Return a client's id as V3 allows it."""
    return _client_id(args, name, V3_ID)


def only(args: Args, known: Collection[str]) -> None:
    """Refuse a parameter that would be dropped."""
    if (name := unknown_in(args, known)) is not None:
        raise OrderArgError(name, DROPPED)


def _no_presets(args: Args) -> None:
    for name in _PRESETS:
        if plain(args, name) not in ("", "0"):
            raise OrderArgError(name, "the paper exchange has no stops attached to such an order; place a plan order")


def _leg(args: Args, name: str, kind: str, order_px: str) -> StopLeg:
    price, limit = number(args.get(name)), number(order_px or "0")
    if price is None or price < 0:
        raise OrderArgError(name)
    if limit is None or limit < 0:
        raise OrderArgError(name, "the price to order at is wrong")
    return StopLeg(text(price), kind, text(limit) if limit else MARKET)


def v2_legs(args: Args, prefix: str = "preset") -> dict[str, StopLeg]:
    """Return the stops that an order of V2 futures brings; a price of zero stands for none."""
    made = {}
    for leg, name in ((TAKE_PROFIT, "StopSurplus"), (STOP_LOSS, "StopLoss")):
        price = f"{prefix}{name}Price"
        needs(args, price, f"{prefix}{name}ExecutePrice")
        if plain(args, price):
            made[leg] = _leg(args, price, "last", plain(args, f"{prefix}{name}ExecutePrice"))
    return made


def without_zero(legs: Mapping[str, StopLeg]) -> dict[str, StopLeg]:
    """Return stops without those that are none."""
    return {leg: stop for leg, stop in legs.items() if stop.px != "0"}


def v3_legs(args: Args) -> dict[str, StopLeg]:
    """Return the stops that an order of V3 brings; a price of zero stands for none."""
    made = {}
    for leg, name in ((TAKE_PROFIT, "takeProfit"), (STOP_LOSS, "stopLoss")):
        needs(args, name, f"{leg}LimitPrice")
        if plain(args, name):
            kind = chosen(args, f"{leg}TriggerBy", {"market": "last", "last": "last", "mark": "mark"}, "market")
            is_limit = chosen(args, f"{leg}OrderType", {"limit": "y", "market": ""}, "market")
            made[leg] = _leg(args, name, kind, plain(args, f"{leg}LimitPrice") if is_limit else "")
    return made


def step_price(instrument: VenueInstrument, args: Args, name: str = "price") -> str:
    """Return a price that is a multiple of its step."""
    price, step = number(args.get(name)), instrument.px(instrument.tick_step)
    if price is None or price <= 0:
        raise OrderArgError(name)
    if price % step:
        raise OrderArgError(name, f"must be a multiple of {text(step)}", "step")
    return text(price)


def _priced(instrument: VenueInstrument, args: Args, force: str) -> dict[str, str]:
    """Return kind and price of an order."""
    if chosen(args, "orderType", {"limit": "limit", "market": "market"}) == "market":
        return {"ordType": "market"}
    return {"ordType": chosen(args, force, FORCES, "gtc"), "px": step_price(instrument, args)}


def stp_mode(args: Args) -> dict[str, str]:
    """Return what becomes of an order that would meet one of its own account."""
    mode = word(args, "stpMode", "none")
    if mode not in ("none", *STP_MODES):
        raise OrderArgError("stpMode")
    return {} if mode == "none" else {"stpMode": mode}


def margin_mode(args: Args, *, required: bool) -> str:
    """Return the venue's margin mode."""
    modes = {"crossed": "cross", "cross": "cross", "isolated": "isolated"}
    return chosen(args, "marginMode", modes, "" if required else "crossed")


def mix_direction(account: VenueAccount, args: Args) -> dict[str, Any]:
    """Return side, position side and reduce-only of an order or plan on V2 futures."""
    side = word(args, "side")
    if side not in SIDES:
        raise OrderArgError("side")
    if not is_hedged(account):
        return {"side": side, "reduceOnly": is_yes(args, "reduceOnly")}
    trade_side = word(args, "tradeSide")
    if trade_side not in ("open", "close"):
        raise OrderArgError("tradeSide", "open or close is needed in hedge mode", "mode")
    held = "long" if side == "buy" else "short"
    return {"side": OPPOSITE[side] if trade_side == "close" else side, "posSide": held}


def mix_args(account: VenueAccount, instrument: VenueInstrument, args: Args) -> dict[str, Any]:
    """Return an order on V2 futures."""
    only(args, _MIX)
    return {
        "instId": instrument.instId,
        "tdMode": margin_mode(args, required=True),
        **mix_direction(account, args),
        **_priced(instrument, args, "force"),
        **stp_mode(args),
        "sz": contracts(instrument, args, "size"),
        "clOrdId": v2_id(args),
        "attachAlgoOrds": apart(without_zero(v2_legs(args))),
    }


def spot_args(instrument: VenueInstrument, args: Args) -> dict[str, Any]:
    """Return an order on V2 spot: a market buy is sized in quote currency."""
    _no_presets(args)
    only(args, _SPOT | {"triggerPrice"} if word(args, "tpslType") == "tpsl" else _SPOT)
    side = word(args, "side")
    if side not in SIDES:
        raise OrderArgError("side")
    return {
        "instId": instrument.instId,
        "tdMode": "cash",
        "side": side,
        **_priced(instrument, args, "force"),
        **stp_mode(args),
        "sz": contracts(instrument, args, "size"),
        "clOrdId": v2_id(args),
    }


def uta_direction(account: VenueAccount, args: Args) -> dict[str, Any]:
    """Return side, position side and reduce-only of an order on V3 futures."""
    side, held = word(args, "side"), word(args, "posSide")
    if side not in SIDES:
        raise OrderArgError("side")
    if not is_hedged(account):
        return {"side": side, "reduceOnly": is_yes(args, "reduceOnly")}
    if held not in ("long", "short"):
        raise OrderArgError("posSide", "long or short is needed in hedge mode", "mode")
    return {"side": side, "posSide": held}


def uta_args(account: VenueAccount, instrument: VenueInstrument, args: Args) -> dict[str, Any]:
    """Return an order of V3: a market buy of a coin is sized in quote currency, everything else in coins."""
    only(args, _UTA)
    made: dict[str, Any] = {"instId": instrument.instId, **_priced(instrument, args, "timeInForce"), **stp_mode(args)}
    if instrument.is_swap:
        made |= {"tdMode": margin_mode(args, required=False), **uta_direction(account, args)}
        made["attachAlgoOrds"] = together(without_zero(v3_legs(args)))
    else:
        _no_presets(args)
        side = word(args, "side")
        if side not in SIDES:
            raise OrderArgError("side")
        made |= {"tdMode": "cash", "side": side}
    return made | {"sz": contracts(instrument, args, "qty"), "clOrdId": v3_id(args)}


def ids(args: Args) -> dict[str, str]:
    """Return which order is meant: by the exchange's id where it is given, else by the client's."""
    theirs, mine = plain(args, "orderId"), plain(args, "clientOid")
    if not theirs and not mine:
        raise OrderArgError("orderId", "orderId or clientOid is needed", "ids")
    return {"ordId": theirs, "clOrdId": "" if theirs else mine}
