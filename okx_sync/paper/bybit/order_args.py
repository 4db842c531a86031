"""Order requests of Bybit V5 in the venue's words, and the venue's verdicts in Bybit's codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.bybit.identifiers import venue_order_id
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.order_acks import OrderAck

CATEGORIES = ("linear", "spot")
LINK_LENGTH = 36
_KINDS = {"GTC": "limit", "IOC": "ioc", "FOK": "fok", "PostOnly": "post_only"}
_SIDES = {"Buy": "buy", "Sell": "sell"}
_INDEXES = {"0": "", "1": "long", "2": "short"}
_UNITS = {"baseCoin": "base_ccy", "quoteCoin": "quote_ccy"}
#: Orders that wait for a price are not offered, rather than ignored.
_NOT_OFFERED = ("triggerPrice", "takeProfit", "stopLoss", "orderFilter")
#: The venue's code -> Bybit's, with Bybit's text.
_VERDICTS = {
    "51000": (10001, "params error"),
    "51001": (10001, "params error: symbol invalid"),
    "51003": (10001, "params error: orderId or orderLinkId is required"),
    "51005": (10001, "The number of contracts exceeds maximum limit allowed"),
    "51006": (110003, "Order price exceeds the allowable range."),
    "51008": (110007, "CheckMarginRatio failed: ab not enough for new order"),
    "51016": (110072, "OrderLinkedID is duplicate"),
    "51020": (10001, "The number of contracts is less than the minimum"),
    "51022": (110074, "Contract is not live"),
    "51121": (10001, "Qty invalid"),
    "51169": (110017, "current position is zero, cannot fix reduce-only order qty"),
    "51202": (10001, "The number of contracts exceeds maximum limit allowed"),
    "51400": (110001, "order not exists or too late to cancel"),
    "51500": (10001, "The order remains unchanged as the parameters entered match the existing ones."),
    "51502": (10001, "The order cannot be modified"),
    "51503": (110001, "order not exists or too late to replace"),
}


def verdict(ack: OrderAck) -> tuple[int, str]:
    """Return code and text of the venue's answer; 0 when the order was accepted."""
    return (0, "OK") if ack.ok else _VERDICTS.get(ack.sCode, (10001, ack.sMsg))


def _chosen(args: Mapping[str, Any], name: str, words: Mapping[str, str], default: str = "") -> str:
    given = args.get(name)
    word = default if given is None or given == "" else str(given)
    if word not in words:
        raise ValueError(f"{name} invalid")
    return words[word]


def _link(args: Mapping[str, Any]) -> str:
    given = str(args.get("orderLinkId") or "")
    if len(given) > LINK_LENGTH:
        raise ValueError("orderLinkId is too long")
    return given


def _contracts(instrument: VenueInstrument, given: object) -> str:
    """Return a size in coins as the venue counts it."""
    size = number(given)
    if size is None or size <= 0:
        raise ValueError("Qty invalid")
    return text(size / instrument.ctVal)


def place_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> dict[str, Any]:
    """Convert `order.create` to the venue's placing; ValueError names what is wrong."""
    for name in _NOT_OFFERED:
        if args.get(name) not in (None, "", "0", "Order"):
            raise ValueError(f"{name} is not supported")
    is_market = _chosen(args, "orderType", {"Market": "market", "Limit": "limit"}) == "market"
    kind = "market" if is_market else _chosen(args, "timeInForce", _KINDS, "GTC")
    made: dict[str, Any] = {
        "instId": instrument.instId,
        "tdMode": "cross" if instrument.is_swap else "cash",
        "side": _chosen(args, "side", _SIDES),
        "ordType": kind,
        "sz": _contracts(instrument, args.get("qty")),
        "posSide": _chosen(args, "positionIdx", _INDEXES, "0"),
        "clOrdId": _link(args),
        "reduceOnly": args.get("reduceOnly") is True,
    }
    if not is_market:
        price = number(args.get("price"))
        if price is None or price <= 0:
            raise ValueError("price invalid")
        made["px"] = text(price)
    elif not instrument.is_swap:
        unit = "quoteCoin" if made["side"] == "buy" else "baseCoin"
        made["tgtCcy"] = _chosen(args, "marketUnit", _UNITS, unit)
    return made


def cancel_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> dict[str, Any]:
    """Convert `order.cancel` to the venue's cancelling."""
    given = str(args.get("orderId") or "")
    known = {"ordId": venue_order_id(given)} if given else {}
    return {"instId": instrument.instId, **known, "clOrdId": _link(args)}


def amend_args(instrument: VenueInstrument, args: Mapping[str, Any]) -> dict[str, Any]:
    """Convert `order.amend` to the venue's amending."""
    made = cancel_args(instrument, args)
    if args.get("qty"):
        made["newSz"] = _contracts(instrument, args["qty"])
    if args.get("price"):
        made["newPx"] = str(args["price"])
    return made
