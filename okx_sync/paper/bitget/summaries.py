"""What Bitget tells of orders, positions and money, in words of our own: sizes in coins, sides spelled out.

The rows of each protocol are made from these; here is all the arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.bitget.symbols import coins, symbol_of
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.order_engine import NO_IOC
from okx_sync.paper.venue.order_replace import REPLACED
from okx_sync.paper.venue.position_tiers import maintenance_rate
from okx_sync.paper.venue.records import VenueAccount, VenueFill
from okx_sync.paper.venue.types import Row, is_closing
from okx_sync.paper.venue.venue import Venue

#: The venue's `cancelSource` -> why an order was cancelled.
_REASONS = {
    "13": "fok_not_full_cancel",
    "14": "ioc_not_full_cancel",
    "31": "post_only_fill_cancel",
    "32": "stp_cancel",
}


#: How the exchange closes: a part of a position, or the rest of it.
_FORCED = {"partial_liquidation": "reduce", "full_liquidation": "burst"}


def is_hedged(account: VenueAccount) -> bool:
    """Tell whether longs and shorts stand side by side."""
    return account.pos_mode == "long_short_mode"


def hold_side(row: Row) -> str:
    """Return `long` or `short`, from the venue's position row."""
    if row["posSide"] != "net":
        return str(row["posSide"])
    return "short" if row["pos"].startswith("-") else "long"


def rate(margin_ratio: str) -> str:
    """Return maintenance margin as a share of what backs it: 1 is liquidation. The venue has the inverse."""
    ratio = Decimal(margin_ratio or 0)
    return text(rounded(1 / ratio)) if ratio > 0 else "0"


@dataclass(frozen=True, slots=True)
class MarginBalance:
    """An account's money in its margin coin."""

    coin: str
    equity: str
    available: str
    frozen: str
    usd: str
    upl: str
    rate: str
    initial: str
    maintenance: str
    transferable: str


def money_of(venue: Venue, account: VenueAccount, coin: str) -> MarginBalance | None:
    """Return an account's money in a coin; None when it never had any."""
    if coin not in account.balances:
        return None
    row = venue.account_row(account, (coin,))["details"][0]
    return MarginBalance(
        coin,
        equity=row["eq"],
        available=row["availEq"],
        frozen=row["ordFrozen"],
        usd=row["eqUsd"],
        upl=row["upl"],
        rate=rate(row["mgnRatio"]),
        initial=row["imr"],
        maintenance=row["mmr"],
        transferable=row["availBal"],
    )


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """An open position. `row` is the venue's, for what needs no translation."""

    row: Row
    symbol: str
    side: str
    size: str
    margin: str
    rate: str
    maintenance: str
    is_isolated: bool
    is_hedged: bool


def held_by(venue: Venue, account: VenueAccount, coin: str, inst_id: str = "") -> list[HeldPosition]:
    """Return the open positions backed by a coin (all for an empty one), all or those on one instrument."""
    rows = venue.position_rows(account, instType="SWAP", instId=inst_id)
    return [held_position(venue, account, row) for row in rows if coin in ("", row["ccy"])]


def held_position(venue: Venue, account: VenueAccount, row: Row) -> HeldPosition:
    """Return what the venue's row of a position tells."""
    instrument = venue.instruments[row["instId"]]
    isolated = row["mgnMode"] == "isolated"
    return HeldPosition(
        row,
        symbol_of(instrument),
        hold_side(row),
        coins(instrument, row["pos"].lstrip("-")),
        margin=row["margin"] if isolated else row["imr"],
        rate=rate(row["mgnRatio"]),
        maintenance=text(maintenance_rate(instrument, instrument.lots(Decimal(row["pos"])))),
        is_isolated=isolated,
        is_hedged=is_hedged(account),
    )


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order at one moment. `row` is the venue's push row; `is_fill`: the push is about an execution."""

    row: Row
    symbol: str
    size: str
    filled: str
    filled_now: str
    kind: str
    force: str
    trade_side: str
    coin: str
    is_fill: bool
    is_hedged: bool


def ordered(venue: Venue, account: VenueAccount, row: Row) -> OrderSummary:
    """Return what a row of the venue's `orders` channel tells."""
    instrument = venue.instruments[row["instId"]]
    kind, force = kind_and_force(row["ordType"])
    return OrderSummary(
        row,
        symbol_of(instrument),
        coins(instrument, row["sz"]),
        coins(instrument, row["accFillSz"]),
        coins(instrument, row["fillSz"]),
        kind,
        force,
        position_words(row["posSide"], row["side"], row["category"])[1],
        instrument.settleCcy,
        is_fill=bool(row["tradeId"]),
        is_hedged=is_hedged(account),
    )


def cancel_reason(state: str, source: str, reason: str, ord_type: str) -> str:
    """Return why an order was cancelled, from the venue's words; empty for one that was not."""
    if state != "canceled":
        return ""
    if ord_type == "market" and source == NO_IOC:
        return "slippage_cancel"
    return REPLACED if reason == REPLACED else _REASONS.get(source, "normal_cancel")


def reason_in(row: Row) -> str:
    """Return why an order was cancelled, from the venue's push row."""
    return cancel_reason(row["state"], row["cancelSource"], row["cancelSourceReason"], row["ordType"])


def kind_and_force(ord_type: str) -> tuple[str, str]:
    """Return `limit` or `market`, and how long the order lives."""
    if ord_type in ("market", "optimal_limit_ioc"):
        return "market", "gtc"
    return "limit", {"limit": "gtc"}.get(ord_type, ord_type)


def position_words(pos_side: str, side: str, category: str = "normal") -> tuple[str, str]:
    """Return side and tradeSide as V2 prints them: where both directions are held apart, the side of the position.

    `category` is the venue's, which tells a liquidation.
    """
    forced = _FORCED.get(category)
    if pos_side == "net":
        return side, f"{side}_single" if forced is None else f"{forced}_{side}_single"
    held = "buy" if pos_side == "long" else "sell"
    if forced is not None:
        return held, f"{forced}_close_{pos_side}"
    return held, "close" if is_closing(pos_side, side) else "open"


@dataclass(frozen=True, slots=True)
class FillSummary:
    """One fill, with the order it belongs to as the venue pushes it."""

    fill: VenueFill
    order: OrderSummary
    price: str
    size: str
    value: str
    fee: str
    is_maker: bool


def execution(venue: Venue, account: VenueAccount, fill: VenueFill) -> FillSummary:
    """Return what the venue's record of a fill tells."""
    instrument = fill.order.instrument
    row = venue.order_row(account, ordId=fill.order.ordId)
    assert row is not None
    amount = instrument.coins(fill.lots)
    return FillSummary(
        fill,
        ordered(venue, account, row),
        text(fill.px),
        text(amount),
        text(amount * fill.px),
        text(fill.fee),
        fill.execType == "M",
    )
