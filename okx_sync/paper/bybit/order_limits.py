"""What an order may be on Bybit beyond what its fields say: how large, at which price, and beside how many others.

Each check refuses with a code of its own. Facts: Bybit V5 "Place Order", "Get Instruments Info" and the list of errors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.order_args import (
    MAX_AMOUNT,
    MIN_NOTIONAL,
    OrderRefusal,
    chosen,
    given,
    max_price,
    min_amount,
    order_filter,
)
from okx_sync.paper.bybit.stops import bound_of
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import flag, number, text
from okx_sync.paper.venue.order_fields import LIMIT_OPEN
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Side, is_closing, opposite
from okx_sync.paper.venue.venue import Venue
from okx_sync.paper.venue.wire_rules import BYBIT

#: How many orders may be open: of a contract or of all spot pairs; conditional ones of a contract, waiting ones of each
#: kind of a spot pair.
MOST_ACTIVE, MOST_CONDITIONAL, MOST_WAITING = 500, 10, 30
_TICKS, _PERCENT = "TickSize", "Percent"
_MOST_TICKS, _PERCENTS = 10_000, (Decimal("0.01"), Decimal(10))
_LEVELS = 5
Args = Mapping[str, Any]


def check_open(instrument: VenueInstrument, args: Args) -> None:
    """Refuse what is not traded now."""
    if instrument.state == "live":
        return
    if instrument.state == LIMIT_OPEN and instrument.is_swap:
        if not flag(args.get("reduceOnly")) and not flag(args.get("closeOnTrigger")):
            raise OrderRefusal(110023, "Positions on this contract can only be made smaller now")
        return
    if not instrument.is_swap:
        raise OrderRefusal(170121, "Invalid symbol.")
    if instrument.state == "settling":
        raise OrderRefusal(110063, "Settlement in progress, the symbol is not available for trading")
    raise OrderRefusal(110074, "Contract is not live")


def check_count(account: VenueAccount, instrument: VenueInstrument) -> None:
    """Refuse one more active order where there are as many as may be."""
    if len(account.orders) < MOST_ACTIVE:
        return
    same = (one for one in account.orders.values() if one.instrument.is_swap == instrument.is_swap)
    count = sum(not instrument.is_swap or one.instrument is instrument for one in same)
    if count >= MOST_ACTIVE:
        code = 110020 if instrument.is_swap else 170810
        raise OrderRefusal(code, f"There can be no more than {MOST_ACTIVE} active orders")


def check_waiting_count(venue: Venue, account: VenueAccount, instrument: VenueInstrument, args: Args) -> None:
    """Refuse one more order that waits for a price where there are as many as may be; stops of positions aside."""
    waiting = [one for one in venue.algos.waiting(account) if one.instrument is instrument]
    if instrument.is_swap:
        if sum(bound_of(one) is None for one in waiting) >= MOST_CONDITIONAL:
            raise OrderRefusal(110009, f"There can be no more than {MOST_CONDITIONAL} conditional orders")
        return
    kind = order_filter(args)
    if sum(one.given["tag"] == kind for one in waiting) >= MOST_WAITING:
        raise OrderRefusal(170810, f"There can be no more than {MOST_WAITING} orders of this kind")


def check_worth(venue: Venue, instrument: VenueInstrument, args: Args, request: Args) -> None:
    """Refuse an order of less, or on the spot market more, value than one may have. What closes may be small."""
    last = venue.prices.last[instrument.instId]
    size = number(args.get("qty")) or Decimal(0)
    px = Decimal(request.get("px") or last)
    if not instrument.is_swap:
        in_quote = request.get("tgtCcy") == "quote_ccy"
        worth = size if in_quote else size * px
        if worth < min_amount(instrument) and (in_quote or size >= instrument.minSz):
            raise OrderRefusal(170140, f"Order value exceeded lower limit {text(min_amount(instrument))}")
        if worth > MAX_AMOUNT:
            raise OrderRefusal(170124, "Order amount too large.")
        return
    closes = request["reduceOnly"] or is_closing(request["posSide"], request["side"])
    if not closes and size >= instrument.minSz * instrument.ctVal and size * px < MIN_NOTIONAL:
        raise OrderRefusal(110094, f"Order does not meet minimum order value {MIN_NOTIONAL}{instrument.quoteCcy}")


def check_price(venue: Venue, account: VenueAccount, instrument: VenueInstrument, request: Args) -> None:
    """Refuse a price of a contract that none may have, or beyond where the position it acts on is liquidated."""
    if not instrument.is_swap or not request.get("px"):
        return
    px = Decimal(request["px"])
    if px > max_price(instrument):
        raise OrderRefusal(110003, "Order price exceeds the allowable range.")
    held = account.position(instrument.instId, request["tdMode"], request["posSide"] or "net")
    if held is None or not held.lots:
        return
    liquidated = margin.liquidation_px(account, held, venue.prices)
    if liquidated is not None and (px <= liquidated if held.lots > 0 else px >= liquidated):
        raise OrderRefusal(110040, "The order will trigger a forced liquidation, please re-submit the order")


# --- prices that the exchange works out


def best_price(venue: Venue, instrument: VenueInstrument, args: Args, side: Side) -> dict[str, Any]:
    """Return the price that `bboSideType` and `bboLevel` ask for; nothing where they do not."""
    if not given(args, "bboSideType") and not given(args, "bboLevel"):
        return {}
    if not instrument.is_swap or str(args.get("orderType")) != "Limit":
        raise ValueError("bboSideType and bboLevel are for limit orders on contracts")
    own = {"Queue": side, "Counterparty": opposite(side)}
    book_side = chosen(args, "bboSideType", {name: name for name in own})
    level = number(args.get("bboLevel"))
    if level is None or level % 1 or not 1 <= level <= _LEVELS:
        raise ValueError("bboLevel invalid")
    for number_of, found in enumerate(venue.book(instrument.instId).walk(own[book_side]), 1):
        if number_of == level:
            return {"price": text(instrument.px(found.px))}
    raise OrderRefusal(110118, f"There is no level {level} in the order book")


def worst_price(venue: Venue, instrument: VenueInstrument, args: Args, side: Side) -> dict[str, int]:
    """Return the worst price in ticks at which a market order may trade, where it has a `slippageTolerance`."""
    kind, much = str(args.get("slippageToleranceType") or ""), number(args.get("slippageTolerance"))
    if not kind and not given(args, "slippageTolerance"):
        return {}
    if kind not in (_TICKS, _PERCENT) or much is None:
        raise ValueError("slippageToleranceType invalid")
    if str(args.get("orderType")) != "Market":
        raise ValueError("slippageTolerance is for market orders")
    if any(given(args, name) for name in ("triggerPrice", "takeProfit", "stopLoss")):
        raise ValueError("slippageTolerance does not go with conditional orders and TP/SL")
    least, most = _PERCENTS
    if kind == _TICKS and (much % 1 or not 1 <= much <= _MOST_TICKS):
        raise OrderRefusal(110108, f"The allowed range is 1 to {_MOST_TICKS} ticks")
    if kind == _PERCENT and (much % least or not least <= much <= most):
        raise OrderRefusal(110109, f"The allowed range is {least}% to {most}%")
    best = venue.book(instrument.instId).best_px(opposite(side))
    if best is None:
        return {}
    away = much * instrument.tick_step if kind == _TICKS else best * much / 100
    worst = math.floor(best + away) if side == "buy" else math.ceil(best - away)
    limits = venue.engine.band(instrument, BYBIT)
    if limits is not None:
        worst = min(worst, limits[1]) if side == "buy" else max(worst, limits[0])
    return {"limit": worst}
