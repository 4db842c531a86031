"""What OKX asks before an account changes its leverage or the margin of a position."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.closing_orders import orders_closing
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, position_side, positive, words
from okx_sync.paper.venue.position_limit import room
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import SIDES, Row
from okx_sync.paper.venue.venue import Venue

_WORDS = {"isolated": "isolated margin", "cross": "cross-margin"}
_PENDING = {"isolated": "59101", "cross": "59107"}
_WAITING = {"isolated": "59668", "cross": "59669"}


def check_leverage(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> None:
    """Refuse a change of the leverage that orders on the contract are waiting under."""
    inst_id, mode, side = words(args, "instId"), words(args, "mgnMode"), words(args, "posSide", "net")
    by_side = mode == "isolated" and account.pos_mode == "long_short_mode"
    if by_side and side not in ("long", "short"):
        raise bad_parameter("posSide")

    def concerned(order: Any, order_mode: str) -> bool:
        about = order.instrument.instId == inst_id and order_mode == mode
        return about and (not by_side or order.posSide == side)

    if any(concerned(order, order.tdMode) for order in account.orders.values()):
        cure = f"Please cancel all pending {_WORDS[mode]} orders before adjusting the leverage."
        raise VenueRefusal(_PENDING[mode], f"Leverage can't be modified. {cure}")
    if any(concerned(algo, algo.given["tdMode"]) for algo in venue.algos.of(account, done=False)):
        kinds = "TP/SL, trailing, trigger, and chase orders or stop bots"
        raise VenueRefusal(_WAITING[mode], f"Cancel {_WORDS[mode]} {kinds} before adjusting your leverage.")


def largest_sizes(venue: Venue, account: VenueAccount, args: Mapping[str, Any], row: Row) -> Row:
    """Return the sizes that a row of account/max-size may have by the position tiers of a contract."""
    instrument, mode = venue.instruments[args["instId"]], words(args, "tdMode")
    if not instrument.is_swap:
        return {}
    sides = ("net", "net") if account.pos_mode == "net_mode" else ("long", "short")
    found: Row = {}
    for name, side, pos_side in zip(("maxBuy", "maxSell"), SIDES, sides, strict=True):
        most = instrument.sz(max(0, room(account, instrument, mode, pos_side, side)))
        found[name] = text(min(most, Decimal(row[name])))
    return found


def margin_balance(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Add to the margin of an isolated position, or reduce it (account/position/margin-balance)."""
    kind = words(args, "type")
    if kind not in ("add", "reduce"):
        raise bad_parameter("type")
    amount, side = positive(args, "amt"), position_side(account, args)
    position = account.position(words(args, "instId"), "isolated", side)
    if position is None or not position.lots:
        raise VenueRefusal("59300", "Margin call failed. Position does not exist.")
    if orders_closing(position, account):
        reason = "Margin adjustment failed due to pending close order. Please cancel any pending close orders."
        raise VenueRefusal("59302", reason)
    code, message = venue.adjust_margin(account, position, amount if kind == "add" else -amount)
    if code != "0":
        raise VenueRefusal(code, message)
    value = abs(position.coins) * venue.prices.mark(position.instrument)
    return {
        "instId": position.instrument.instId,
        "posSide": side,
        "amt": text(amount),
        "type": kind,
        "leverage": text(rounded(value / position.margin)),
        "ccy": position.instrument.settleCcy,
    }
