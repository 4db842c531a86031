"""Order requests of Bybit V5 in the venue's words, and the venue's verdicts in Bybit's codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from okx_sync.paper.bybit.identifiers import venue_order_id
from okx_sync.paper.bybit.stops import FULL, KINDS, MOST_PARTIAL, PARTIAL, STOP_LOSS, TAKE_PROFIT, TP_SL, Stop, StopPlan
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.known_parameters import DROPPED, unknown_in
from okx_sync.paper.venue.number_text import blank, flag, number, text
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.types import Side

CATEGORIES = ("linear", "spot")
LINK_LENGTH = 36
#: The least value of an order that opens a contract, in quote currency.
MIN_NOTIONAL = Decimal(5)
#: The most value of an order on a spot pair, in quote currency.
MAX_AMOUNT = Decimal(1_000_000)
_MAX_TICKS = 19_999_998
_LINK = re.compile(r"[0-9A-Za-z_-]*\Z")
_KINDS = {"GTC": "limit", "IOC": "ioc", "FOK": "fok", "PostOnly": "post_only"}
SIDES: dict[str, Side] = {"Buy": "buy", "Sell": "sell"}
_INDEXES = {"0": "", "1": "long", "2": "short"}
_UNITS = {"baseCoin": "base_ccy", "quoteCoin": "quote_ccy"}
STOP_NAMES = {TAKE_PROFIT: "takeProfit", STOP_LOSS: "stopLoss"}
_SELF_MATCHES = {"None": "", "CancelMaker": "cancel_maker", "CancelTaker": "cancel_taker", "CancelBoth": "cancel_both"}
W = TypeVar("W", bound=str)
PRICE_TYPES = {"LastPrice": "last", "MarkPrice": "mark", "IndexPrice": "index"}
#: Kinds of orders by `orderFilter`; those of the spot market that wait for a price.
PLAIN, STOP = "Order", "StopOrder"
_WAITING = (STOP, TP_SL)
OPEN = "OpenOrder"
FILTERS = (PLAIN, *_WAITING, "OcoOrder", "BidirectionalTpslOrder", OPEN)
#: What an order may say; anything else is refused rather than ignored. No order here improves the price of retail
#: traders, so that `rpiTakerAccess` changes nothing.
_KNOWN = frozenset(
    blank(
        """category symbol isLeverage side orderType qty marketUnit slippageToleranceType slippageTolerance price
        triggerDirection orderFilter triggerPrice triggerBy timeInForce positionIdx orderLinkId takeProfit stopLoss
        tpTriggerBy slTriggerBy reduceOnly closeOnTrigger smpType tpslMode tpLimitPrice slLimitPrice tpOrderType
        slOrderType bboSideType bboLevel rpiTakerAccess"""
    )
)
#: The venue's code -> Bybit's, with Bybit's text.
_VERDICTS = {
    "51000": (10001, "params error"),
    "51001": (10001, "params error: symbol invalid"),
    "51003": (10001, "params error: orderId or orderLinkId is required"),
    "51005": (10001, "The number of contracts exceeds maximum limit allowed"),
    "51006 buy": (110121, "Order price is higher than the highest price that is allowed."),
    "51006 sell": (110120, "Order price is lower than the lowest price that is allowed."),
    "51008": (110007, "CheckMarginRatio failed: ab not enough for new order"),
    "51016": (110072, "OrderLinkedID is duplicate"),
    "51020": (10001, "The number of contracts is less than the minimum"),
    "51022": (110074, "Contract is not live"),
    "51065": (110072, "OrderLinkedID is duplicate"),
    "51121": (10001, "Qty invalid"),
    "51169": (110017, "current position is zero, cannot fix reduce-only order qty"),
    "51202": (10001, "The number of contracts exceeds maximum limit allowed"),
    "51400": (110001, "order not exists or too late to cancel"),
    "51500": (10001, "The order remains unchanged as the parameters entered match the existing ones."),
    "51171": (110017, "current position is zero, cannot fix reduce-only order qty"),
    "51506": (10001, "The order cannot be modified"),
    "51503": (110001, "order not exists or too late to replace"),
}
#: The same for spot pairs, where it differs.
_SPOT_VERDICTS = {
    "51001": (170121, "Invalid symbol."),
    "51005": (170381, "Order quantity exceeds the maximum limit."),
    "51006 buy": (170193, "Buy order price cannot be higher than the highest price that is allowed."),
    "51006 sell": (170194, "Sell order price cannot be lower than the lowest price that is allowed."),
    "51008": (170131, "Insufficient balance."),
    "51016": (170141, "Duplicate clientOrderId"),
    "51020": (170136, "Order quantity is below the lower limit."),
    "51022": (170121, "Invalid symbol."),
    "51065": (170141, "Duplicate clientOrderId"),
    "51121": (170137, "Order volume decimal too long"),
    "51202": (170382, "Order quantity exceeds the maximum limit of market orders."),
    "51400": (170213, "Order does not exist."),
    "51503": (170213, "Order does not exist."),
}


#: The venue's code for a price beyond the limits; Bybit's codes tell the sides apart.
_BEYOND = "51006"


class OrderRefusal(Exception):  # noqa: N818 - a verdict, not a failure of ours
    """An order that is refused with a code of Bybit's own."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def verdict(ack: OrderAck, category: str = "linear", side: str = "") -> tuple[int, str]:
    """Return code and text of the venue's answer about an order of a side; 0 when it was accepted."""
    if ack.ok:
        return 0, "OK"
    code = f"{ack.sCode} {side}" if ack.sCode == _BEYOND else ack.sCode
    known = _SPOT_VERDICTS.get(code) if category == "spot" else None
    return known or _VERDICTS.get(code, (10001, ack.sMsg))


def max_price(instrument: VenueInstrument) -> Decimal:
    """Return the highest price that an order on a contract may have."""
    return instrument.px(instrument.tick_step) * _MAX_TICKS


def min_amount(instrument: VenueInstrument) -> Decimal:
    """Return the least value of an order on a spot pair, in quote currency."""
    return (instrument.minSz * instrument.start_px).quantize(Decimal("0.01"))


def given(args: Mapping[str, Any], name: str) -> bool:
    """Tell whether an optional price or size is given; 0 means none."""
    return args.get(name) not in (None, "", "0", 0)


def chosen(args: Mapping[str, Any], name: str, words: Mapping[str, W], default: str = "") -> W:
    """Return the venue's word for a parameter; ValueError for a word that is none."""
    value = args.get(name)
    word = default if value is None or value == "" else str(value)
    if word not in words:
        raise ValueError(f"{name} invalid")
    return words[word]


def _link(args: Mapping[str, Any]) -> str:
    link = str(args.get("orderLinkId") or "")
    if len(link) > LINK_LENGTH:
        raise ValueError("orderLinkId is too long")
    if not _LINK.match(link):
        raise ValueError("orderLinkId may have letters, digits, dashes and underscores")
    return link


def contracts(instrument: VenueInstrument, size: object, name: str = "Qty") -> str:
    """Return a size in coins as the venue counts it."""
    coins = number(size)
    if coins is None or coins <= 0:
        raise ValueError(f"{name} invalid")
    return text(coins / instrument.ctVal)


def _size(instrument: VenueInstrument, args: Mapping[str, Any]) -> str:
    """Return the size of an order: "0" with both flags closes the position, up to the most that one order may have."""
    closes = flag(args.get("reduceOnly")) and flag(args.get("closeOnTrigger"))
    if closes and instrument.is_swap and number(args.get("qty")) == 0:
        return text(instrument.maxMktSz)
    return contracts(instrument, args.get("qty"))


def price_text(instrument: VenueInstrument, args: Mapping[str, Any], name: str = "price") -> str:
    """Return a price in whole ticks; the exchange cuts none."""
    price = number(args.get(name))
    if price is None or price <= 0:
        raise ValueError(f"{name} invalid")
    if price % instrument.px(instrument.tick_step):
        if not instrument.is_swap:
            raise OrderRefusal(170134, "Order price has too many decimals.")
        raise ValueError(f"{name} is no multiple of the tick size")
    return text(price)


def order_filter(args: Mapping[str, Any], kinds: Sequence[str] = (PLAIN, *_WAITING)) -> str:
    """Return the kind of a spot order that is placed or, with all `kinds`, cancelled."""
    kind = str(args.get("orderFilter") or PLAIN)
    if kind not in kinds:
        raise OrderRefusal(170201, "Your order type is invalid.")
    return kind


def waits(instrument: VenueInstrument, args: Mapping[str, Any]) -> bool:
    """Tell whether an order waits for a price; OrderRefusal where it cannot be told."""
    has_price = given(args, "triggerPrice")
    if instrument.is_swap:
        return has_price
    kind = order_filter(args)
    if kind in _WAITING and not has_price:
        raise OrderRefusal(170202, "The trigger price is required.")
    if kind == PLAIN and has_price:
        raise ValueError("triggerPrice needs orderFilter StopOrder or tpslOrder")
    return has_price


def place_args(instrument: VenueInstrument, args: Mapping[str, Any], margin_mode: str = "cross") -> dict[str, Any]:
    """Convert `order.create` to the venue's placing; ValueError names what is wrong."""
    if (name := unknown_in(args, _KNOWN)) is not None:
        raise ValueError(f"{name} is not supported: {DROPPED}")
    is_market = chosen(args, "orderType", {"Market": "market", "Limit": "limit"}) == "market"
    kind = "market" if is_market else chosen(args, "timeInForce", _KINDS, "GTC")
    made: dict[str, Any] = {
        "instId": instrument.instId,
        "tdMode": margin_mode if instrument.is_swap else "cash",
        "side": chosen(args, "side", SIDES),
        "ordType": kind,
        "sz": _size(instrument, args),
        "posSide": chosen(args, "positionIdx", _INDEXES, "0"),
        "clOrdId": _link(args),
        "reduceOnly": flag(args.get("reduceOnly")) or flag(args.get("closeOnTrigger")),
        "stpMode": chosen(args, "smpType", _SELF_MATCHES, "None"),
    }
    _check_spot_words(instrument, args)
    if not is_market:
        made["px"] = price_text(instrument, args)
    elif not instrument.is_swap:
        unit = "quoteCoin" if made["side"] == "buy" else "baseCoin"
        made["tgtCcy"] = chosen(args, "marketUnit", _UNITS, unit)
    return made


def _check_spot_words(instrument: VenueInstrument, args: Mapping[str, Any]) -> None:
    """Refuse what the spot market does not have, or has only with borrowed money."""
    if instrument.is_swap:
        return
    for name in ("reduceOnly", "closeOnTrigger"):
        if flag(args.get(name)):
            raise ValueError(f"{name} is not for spot orders")
    if given(args, "positionIdx"):
        raise ValueError("positionIdx is not for spot orders")
    if given(args, "isLeverage"):
        raise OrderRefusal(170036, "Spot margin trading is not supported by the paper exchange.")


def waiting_args(instrument: VenueInstrument, args: Mapping[str, Any], placed: Mapping[str, Any]) -> dict[str, Any]:
    """Convert an order that waits for a price to the venue's; `placed` is what `place_args` made of it."""
    if placed["ordType"] not in ("market", "limit"):
        raise ValueError("timeInForce of a conditional order must be GTC")
    names = ("instId", "tdMode", "side", "sz", "reduceOnly")
    return {
        **{name: placed[name] for name in names},
        "ordType": "trigger",
        "posSide": placed["posSide"] or "net",
        "algoClOrdId": placed["clOrdId"],
        "tgtCcy": placed.get("tgtCcy", ""),
        "stpMode": placed["stpMode"],
        # A word that comes back: which kind of waiting order of the spot market it is.
        "tag": "" if instrument.is_swap else order_filter(args),
        "triggerPx": price_text(instrument, args, "triggerPrice"),
        "triggerPxType": chosen(args, "triggerBy", PRICE_TYPES, "LastPrice"),
        "orderPx": placed.get("px", "-1"),
    }


def plan_of_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> StopPlan:
    """Return the mode and the take profit and stop loss that an order or a position is to have."""
    mode = str(args.get("tpslMode") or FULL)
    if mode not in (FULL, PARTIAL):
        raise ValueError("tpslMode invalid")
    wanted = {kind: name for kind, name in STOP_NAMES.items() if given(args, name)}
    for kind in STOP_NAMES.keys() - wanted.keys():
        needless = [name for name in _names_of(kind) if args.get(name) not in (None, "", "0")]
        if needless:
            raise ValueError(f"{needless[0]} needs {STOP_NAMES[kind]}")
    return StopPlan(mode, {kind: _stop(instrument, args, kind, name, mode) for kind, name in wanted.items()})


def _names_of(kind: str) -> tuple[str, ...]:
    return f"{kind}TriggerBy", f"{kind}OrderType", f"{kind}LimitPrice"


def names_stops(args: Mapping[str, Any]) -> bool:
    """Tell whether a request says anything of a take profit or stop loss."""
    names = [*STOP_NAMES.values(), "tpslMode", *(name for kind in STOP_NAMES for name in _names_of(kind))]
    return any(args.get(name) not in (None, "") for name in names)


def args_of_plan(plan: StopPlan | None) -> dict[str, str]:
    """Return the parameters that ask for a plan."""
    if plan is None:
        return {}
    words = {value: word for word, value in PRICE_TYPES.items()}
    is_pair = plan.parent is not None and not plan.parent.instrument.is_swap
    made = {} if is_pair else {"tpslMode": plan.mode}
    for kind, stop in plan.stops.items():
        made |= {STOP_NAMES[kind]: text(stop.px), f"{kind}TriggerBy": words[stop.price_type]}
        if stop.order_px != "-1":
            made |= {f"{kind}OrderType": "Limit", f"{kind}LimitPrice": stop.order_px}
    return made


def _stop(instrument: VenueInstrument, args: Mapping[str, Any], kind: str, name: str, mode: str) -> Stop:
    kinds = {"Market": "market", "Limit": "limit"}
    is_limit = chosen(args, f"{kind}OrderType", kinds, "Market") == "limit"
    if args.get(f"{kind}OrderType") and not args.get("tpslMode") and instrument.is_swap:
        raise ValueError(f"tpslMode is required with {kind}OrderType")
    if not instrument.is_swap and args.get("tpslMode"):
        raise ValueError("tpslMode is not for spot orders")
    if is_limit and mode == FULL and instrument.is_swap:
        raise ValueError(f"{kind}OrderType Limit needs tpslMode Partial")
    if given(args, f"{kind}LimitPrice") and not is_limit:
        raise ValueError(f"{kind}LimitPrice needs {kind}OrderType Limit")
    order_px = price_text(instrument, args, f"{kind}LimitPrice") if is_limit else "-1"
    px = Decimal(price_text(instrument, args, name))
    return Stop(kind, px, chosen(args, f"{kind}TriggerBy", PRICE_TYPES, "LastPrice"), order_px)


def check_count(plan: StopPlan, there: int) -> None:
    """Refuse more stops of parts than a side of a position may have."""
    if plan.mode == PARTIAL and there + len(plan.stops) > MOST_PARTIAL:
        raise OrderRefusal(110061, f"There can be no more than {MOST_PARTIAL} take-profit and stop-loss orders")


def check_stops(stops: Mapping[str, Stop], base: Decimal, *, is_long: bool) -> None:
    """Refuse a take profit or stop loss on the wrong side of a price."""
    for kind in KINDS[:2]:
        stop = stops.get(kind)
        if stop is None:
            continue
        is_above = stop.px > base
        if stop.px == base or is_above != (is_long == (kind == TAKE_PROFIT)):
            name, sign = ("TakeProfit", ">") if kind == TAKE_PROFIT else ("StopLoss", "<")
            sign = sign if is_long else {">": "<", "<": ">"}[sign]
            side = "Buy" if is_long else "Sell"
            raise ValueError(f"{name}:{text(stop.px)} set for {side} position should be {sign} base_price:{text(base)}")


def said_in(args: Mapping[str, Any]) -> dict[str, object]:
    """Return fields of an order's row that say what was asked, and that the venue does not know."""
    said: dict[str, object] = {"closeOnTrigger": True} if flag(args.get("closeOnTrigger")) else {}
    if given(args, "bboSideType"):
        said["createType"] = "CreateByBboOrder"
    if given(args, "slippageToleranceType"):
        said |= {name: str(args[name]) for name in ("slippageToleranceType", "slippageTolerance")}
    return said


def cancel_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> dict[str, Any]:
    """Convert `order.cancel` to the venue's cancelling."""
    written = str(args.get("orderId") or "")
    known = {"ordId": venue_order_id(written)} if written else {}
    return {"instId": instrument.instId, **known, "clOrdId": _link(args)}


def amend_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> dict[str, Any]:
    """Convert `order.amend` to the venue's amending."""
    made = cancel_args(instrument, args)
    if args.get("qty"):
        made["newSz"] = contracts(instrument, args["qty"])
    if args.get("price"):
        made["newPx"] = price_text(instrument, args)
    return made
