"""What OKX's documents ask of the fields of an order, beyond what the venue needs to know, and of its worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.account_levels import FUTURES_MODE, MULTI_CURRENCY
from okx_sync.paper.venue.attached_orders import AT_TOP
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.known_parameters import DROPPED, unknown_in
from okx_sync.paper.venue.number_text import blank, flag, text
from okx_sync.paper.venue.order_acks import PRICED, VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, words
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.paper.venue.wire_rules import WireRules

#: The state of a contract whose positions may be closed only.
LIMIT_OPEN = "limit_open"
#: How many orders may be pending on one instrument.
MOST_PENDING = 500
#: Order types that are never pending.
_IMMEDIATE = ("market", "fok", "ioc", "optimal_limit_ioc")
#: Retail price improvement, and its former name.
_RETAIL = ("rpi", "elp")
#: What an order may say. `expTime` is looked at before, `quickMgnType` does nothing any more at OKX, and what concerns
#: orders that improve the price of retail traders changes nothing where there are none.
_KNOWN = frozenset(
    blank(
        """instId instIdCode tdMode ccy clOrdId tag side posSide ordType sz px reduceOnly tgtCcy banAmend pxAmendType
        tradeQuoteCcy stpMode attachAlgoOrds slippagePct expTime quickMgnType rpiTakerAccess rpiPxRound"""
    )
).union(AT_TOP)
_SLIPPAGE = re.compile(r"0(\.\d{1,4})?\Z")
_MOST_SLIPPAGE = Decimal("0.05")
_FOK_CODES = {
    "50016": "Parameter stpMode does not match parameter ordType",
    "54036": "You can't place fill or kill orders when self-trade prevention is set to both maker and taker orders.",
}
_NOT_LISTED, _EXPIRED = ("51021", "The pair or contract is not yet listed"), ("51027", "Contract expired.")
_STATES = {"preopen": _NOT_LISTED, "expired": _EXPIRED}


def check_state(instrument: VenueInstrument, rules: WireRules) -> None:
    """Refuse an order on what cannot be traded now."""
    if instrument.state not in ("live", LIMIT_OPEN):
        known = _STATES.get(instrument.state) if rules.checks_fields else None
        raise VenueRefusal(*(known or ("51022", "Contract suspended.")))


def check_opening(order: VenueOrder) -> None:
    """Refuse an order that opens something where positions may be closed only."""
    if order.instrument.state == LIMIT_OPEN and not order.closes_only:
        raise VenueRefusal("51022", "Contract suspended.")


def check_fields(
    instrument: VenueInstrument, args: Mapping[str, Any], rules: WireRules, level: str = FUTURES_MODE
) -> None:
    """Refuse fields that do not fit the instrument, each other, or the account's mode, and what would be dropped."""
    if (name := unknown_in(args, _KNOWN)) is not None:
        raise VenueRefusal("51000", f"Parameter {name} error: {DROPPED}")
    kind = words(args, "ordType")
    if kind in _RETAIL:
        raise _no_retail_orders(instrument, args)
    if kind in PRICED and not words(args, "px"):
        raise VenueRefusal("51204", "The price for the limit order cannot be empty.")
    if words(args, "pxAmendType", "0") not in ("0", "1"):
        raise bad_parameter("pxAmendType")
    if kind == "fok" and words(args, "stpMode") == "cancel_both":
        code = rules.readings.cancel_both_with_fok
        raise VenueRefusal(code, _FOK_CODES[code])
    _check_slippage(instrument, args)
    if instrument.is_swap:
        return
    if words(args, "tdMode") != "cash" and words(args, "tgtCcy"):
        raise VenueRefusal(
            "59110", f"The instrument corresponding to this {instrument.instId} does not support tgtCcy."
        )
    if flag(args.get("reduceOnly")) and (words(args, "tdMode") == "cash" or level != FUTURES_MODE):
        raise _no_reduce_only(level)
    if words(args, "tradeQuoteCcy", instrument.quoteCcy) != instrument.quoteCcy:
        raise bad_parameter("tradeQuoteCcy")


def _no_reduce_only(level: str) -> VenueRefusal:
    if level == MULTI_CURRENCY:
        return VenueRefusal(
            "51133", "Reduce-only feature is unavailable for the spot transactions by multi-currency margin."
        )
    return VenueRefusal("51139", "Reduce-only feature is unavailable for the spot transactions by spot mode.")


def _no_retail_orders(instrument: VenueInstrument, args: Mapping[str, Any]) -> VenueRefusal:
    """Return why an order that improves the price of retail traders is refused: nobody here has the right to it."""
    if flag(args.get("reduceOnly")):
        return VenueRefusal("54039", "RPI orders can't be reduce-only orders.")
    if args.get("attachAlgoOrds"):
        return VenueRefusal("54040", "RPI orders can't be used with TP/SL settings.")
    return VenueRefusal("54042", f"You don't have permission to place RPI orders for {instrument.instId}.")


def _check_slippage(instrument: VenueInstrument, args: Mapping[str, Any]) -> None:
    """Slippage belongs to market orders on spot pairs that are sized in what they receive."""
    given = words(args, "slippagePct")
    if not given:
        return
    received = words(args, "tgtCcy") == ("base_ccy" if words(args, "side") == "buy" else "quote_ccy")
    is_market = not instrument.is_swap and words(args, "ordType") == "market"
    is_number = _SLIPPAGE.match(given) is not None and Decimal(given) <= _MOST_SLIPPAGE
    if not (is_market and received and is_number):
        raise bad_parameter("slippagePct")


def check_worth(order: VenueOrder, last: Decimal) -> None:
    """Refuse an order that is worth more than one may be: at its price, or at the market on a spot pair."""
    instrument = order.instrument
    if order.px is not None:
        if instrument.coins(order.lots) * instrument.px(order.px) > instrument.maxLmtAmt:
            raise VenueRefusal("51185", f"The maximum value allowed per order is {text(instrument.maxLmtAmt)} USD")
    elif not instrument.is_swap:
        worth = instrument.coins(order.lots) * last if order.budget is None else order.sz
        if worth > instrument.maxMktAmt:
            raise VenueRefusal("51201", f"The value of a market order can't exceed {text(instrument.maxMktAmt)}.")


def check_count(order: VenueOrder) -> None:
    """Refuse one more order where as many are pending as may be."""
    if order.ordType in _IMMEDIATE or len(order.account.orders) < MOST_PENDING:
        return
    pending = sum(other.instrument is order.instrument for other in order.account.orders.values())
    if pending >= MOST_PENDING:
        at_most = f"can't be more than {MOST_PENDING} (orders)"
        raise VenueRefusal("51102", f"Order failed, the number of pending orders for this instId {at_most}")
