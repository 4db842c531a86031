"""Reads and checks order requests. Says no with the exchange's own codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.account_levels import FUTURES_MODE, trade_mode_refusal
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin_positions import own_ccy
from okx_sync.paper.venue.number_text import ZERO, flag, number, text
from okx_sync.paper.venue.order_acks import ORDER_TYPES, PRICED, VenueRefusal
from okx_sync.paper.venue.records import NO_STP, VenueAccount, VenueOrder
from okx_sync.paper.venue.types import SIDES, Side
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

_CLIENT_ID = re.compile(r"[A-Za-z0-9]{1,32}\Z")
_TAG = re.compile(r"[A-Za-z0-9]{0,16}\Z")
STP_MODES = ("cancel_maker", "cancel_taker", "cancel_both")


def bad_parameter(name: str) -> VenueRefusal:
    """Return the refusal of one parameter."""
    return VenueRefusal("51000", f"Parameter {name} error")


def not_amendable() -> VenueRefusal:
    """Return the refusal of a change that this kind of order does not know."""
    return VenueRefusal("51506", "Order modification unavailable for the order type.")


def too_small() -> VenueRefusal:
    """Return the refusal of an order below the minimum."""
    return VenueRefusal("51020", "Your order should meet or exceed the minimum order amount.")


def words(args: Mapping[str, Any], name: str, default: str = "") -> str:
    """Return a text parameter; absent, null and empty are the same."""
    value = args.get(name)
    return default if value is None or value == "" else str(value)


def positive(args: Mapping[str, Any], name: str, called: str = "") -> Decimal:
    """Return a number above zero; ``called`` is what the request calls it."""
    value = number(args.get(name))
    if value is None or value <= 0:
        raise bad_parameter(called or name)
    return value


def objects(args: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return a parameter that is a list of objects; absent, null and empty are the same."""
    rows = args.get(name)
    if rows in (None, ""):
        return []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise bad_parameter(name)
    return rows


def find_instrument(instruments: Mapping[str, VenueInstrument], args: Mapping[str, Any]) -> VenueInstrument:
    """Return the instrument a request names."""
    name = words(args, "instId")
    if not name:
        raise VenueRefusal("50014", "Parameter instId cannot be empty.")
    if name not in instruments:
        raise VenueRefusal("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.")
    return instruments[name]


def client_id(args: Mapping[str, Any], name: str = "clOrdId") -> str:
    """Return a checked client order id."""
    given = words(args, name)
    if given and not _CLIENT_ID.match(given):
        raise bad_parameter(name)
    return given


def price_ticks(instrument: VenueInstrument, given: object, name: str = "px", rules: WireRules = COMMON) -> int:
    """Return a checked price in ticks. A price between ticks is refused or cut to the tick below, as the rules say."""
    price = number(given)
    if price is None or price <= 0:
        raise bad_parameter(name)
    ticks = int(price / instrument.tickSz) // instrument.tick_step * instrument.tick_step
    is_off = rules.checks_fields and instrument.px(ticks) != price
    if ticks < 1 or (is_off and rules.readings.price_off_tick == "refuse"):
        raise bad_parameter(name)
    return ticks


def size_lots(instrument: VenueInstrument, size: Decimal, *, market: bool = False) -> int:
    """Return a checked size in lots."""
    if size < instrument.minSz:
        raise too_small()
    if size % instrument.sz(instrument.lot_step):
        raise VenueRefusal("51121", "Order quantity must be a multiple of the lot size.")
    if market and size > instrument.maxMktSz:
        raise VenueRefusal("51202", "Market order amount exceeds the maximum amount.")
    if size > instrument.maxLmtSz:
        raise VenueRefusal("51005", "Your order amount exceeds the max order amount.")
    return instrument.lots(size)


def _choice(args: Mapping[str, Any], name: str, allowed: tuple[str, ...], default: str = "") -> str:
    value = words(args, name, default)
    if value not in allowed:
        raise bad_parameter(name)
    return value


def trade_mode(
    account: VenueAccount, instrument: VenueInstrument, args: Mapping[str, Any], rules: WireRules = COMMON
) -> str:
    """Return the trade mode, which must be one of the instrument's, and under OKX's rules one of the account mode's."""
    if not rules.checks_fields:
        return _choice(args, "tdMode", ("cross", "isolated") if instrument.is_swap else ("cash",))
    mode = _choice(args, "tdMode", ("cross", "isolated") if instrument.is_swap else ("cash", "cross", "isolated"))
    refused = trade_mode_refusal(account.level, instrument, mode)
    if refused is not None:
        raise VenueRefusal(*refused)
    return mode


def _position_side(
    account: VenueAccount, instrument: VenueInstrument, args: Mapping[str, Any], rules: WireRules
) -> str:
    if not instrument.is_swap:
        if rules.checks_fields and words(args, "posSide"):
            raise bad_parameter("posSide")
        return "net"
    return position_side(account, args)


def position_side(account: VenueAccount, args: Mapping[str, Any]) -> str:
    """Return the side of a position that a request names, as the account's position mode has it."""
    if account.mode_of(words(args, "instId")) == "net_mode":
        return _choice(args, "posSide", ("net",), "net")
    return _choice(args, "posSide", ("long", "short"))


def _quote_sized(instrument: VenueInstrument, ordType: str, side: str, args: Mapping[str, Any]) -> tuple[str, bool]:
    """Return (tgtCcy, whether sz counts quote currency): spot market buys do, unless told otherwise."""
    if instrument.is_swap or ordType != "market":
        return "", False
    target = _choice(args, "tgtCcy", ("base_ccy", "quote_ccy"), "quote_ccy" if side == "buy" else "base_ccy")
    return target, target == "quote_ccy"


def _tag(args: Mapping[str, Any]) -> str:
    """Return the checked tag."""
    given = words(args, "tag")
    if not _TAG.match(given):
        raise bad_parameter("tag")
    return given


def _stp_mode(args: Mapping[str, Any], rules: WireRules) -> str:
    """Return what becomes of orders of one account that would meet."""
    if rules.trades_with_itself and not words(args, "stpMode"):
        return NO_STP
    return _choice(args, "stpMode", STP_MODES, "cancel_maker")


def parse_order(
    account: VenueAccount,
    instrument: VenueInstrument,
    args: Mapping[str, Any],
    id: int,  # noqa: A002
    ts: int,
    rules: WireRules = COMMON,
) -> VenueOrder:
    """Return a new order from a request's parameters; `VenueRefusal` for a bad one. Knows nothing of the market yet."""
    side: Side = "buy" if _choice(args, "side", SIDES) == "buy" else "sell"
    kind = _choice(args, "ordType", ORDER_TYPES)
    if kind == "optimal_limit_ioc" and not instrument.is_swap:
        raise bad_parameter("ordType")
    mode = trade_mode(account, instrument, args, rules)
    is_margin = not instrument.is_swap and mode != "cash" and account.level == FUTURES_MODE
    size = positive(args, "sz")
    target, in_quote = _quote_sized(instrument, kind, side, {} if is_margin else args)
    pos_side = _position_side(account, instrument, args, rules)
    px = price_ticks(instrument, args.get("px"), rules=rules) if kind in PRICED else None
    return VenueOrder(
        account,
        instrument,
        id,
        side,
        kind,
        mode,
        size,
        0 if in_quote else size_lots(instrument, size, market=px is None),
        px,
        ts,
        clOrdId=client_id(args),
        tag=_tag(args),
        posSide=pos_side,
        ccy=_margin_ccy(account, instrument, mode, side, args) if is_margin else words(args, "ccy"),
        tgtCcy="" if is_margin else target,
        budget=int(size / (instrument.tickSz * instrument.lotSz)) if in_quote else None,
        banAmend=flag(args.get("banAmend")),
        slippage=number(args.get("slippagePct")) or ZERO,
        reduceOnly=(instrument.is_swap or is_margin) and flag(args.get("reduceOnly")),
        stpMode=_stp_mode(args, rules),
        lever=text(account.lever(instrument.instId, mode, pos_side)) if instrument.is_swap or is_margin else "",
        tradeQuoteCcy="" if instrument.is_swap else words(args, "tradeQuoteCcy", instrument.quoteCcy),
        uTime=ts,
        rules=rules,
        is_margin=is_margin,
    )


def _margin_ccy(
    account: VenueAccount, instrument: VenueInstrument, mode: str, side: str, args: Mapping[str, Any]
) -> str:
    """Return what backs what an order of spot margin opens: on cross what it says, isolated what its side is backed by.

    An isolated order may name the margin currency of the position that it closes instead.
    """
    given = words(args, "ccy")
    if mode == "cross":
        return _choice(args, "ccy", (instrument.baseCcy, instrument.quoteCcy))
    held = account.margins.get((instrument.instId, mode, ""))
    own = own_ccy(instrument, side)
    if given not in ("", own) and not (held is not None and held.is_open and given == held.ccy):
        raise bad_parameter("ccy")
    return own


def find_order(account: VenueAccount, args: Mapping[str, Any], gone: tuple[str, str]) -> VenueOrder:
    """Return the order a cancel or amend request means; ``gone`` is the refusal when there is none."""
    theirs, mine = words(args, "ordId"), words(args, "clOrdId")
    if not theirs and not mine:
        raise VenueRefusal("51003", "Either client order ID or order ID is required.")
    order = account.find(theirs, mine)
    if order is None or order.instrument.instId != words(args, "instId") or order.is_done:
        raise VenueRefusal(*gone)
    return order
