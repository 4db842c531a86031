"""Account settings: leverage and position mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import events
from okx_sync.paper.venue.margin import available_equity
from okx_sync.paper.venue.number_text import number, rounded, text
from okx_sync.paper.venue.order_checks import words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount, VenuePosition
from okx_sync.paper.venue.types import Row


def set_leverage(
    engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any], emit: Callable[[events.VenueEvent], None]
) -> tuple[str, str, list[Row]]:
    """Set leverage (account/set-leverage).

    An open isolated position gets margin added or released to match.
    """
    name, mode, lever = words(args, "instId"), words(args, "mgnMode"), number(args.get("lever"))
    instrument = engine.instruments.get(name)
    if instrument is None:
        return "51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.", []
    if not instrument.is_swap or mode not in ("cross", "isolated"):
        return "51000", "Parameter mgnMode error", []
    if lever is None or lever < 1:
        return "51000", "Parameter lever error", []
    if lever > instrument.max_lever:
        return "59102", "Leverage exceeds the maximum limit. Please lower the leverage.", []
    side = words(args, "posSide", "net") if mode == "isolated" else "net"
    for position in account.open_positions(mode):
        if position.instrument is not instrument or (mode == "isolated" and position.posSide != side):
            continue
        if mode == "isolated":
            extra = rounded(abs(position.coins) * position.avg / lever) - position.margin
            if extra > available_equity(account, instrument.settleCcy, engine.prices):
                return "59101", "Leverage can't be modified. Insufficient margin.", []
            engine.settlement.put_aside(account, position, extra, engine.ms)
        position.lever = lever
        position.uTime = engine.ms
        emit(events.BalanceChanged(account, "set_leverage", (instrument.settleCcy,)))
        emit(events.PositionChanged(account, "set_leverage", name))
    account.leverage[name, mode, side] = lever
    return "0", "", [{"instId": name, "mgnMode": mode, "posSide": side, "lever": text(lever)}]


def adjust_margin(
    engine: OrderEngine,
    account: VenueAccount,
    position: VenuePosition,
    amount: Decimal,
    emit: Callable[[events.VenueEvent], None],
) -> tuple[str, str]:
    """Add margin to an isolated position, or (negative) take some out, down to what its leverage asks for."""
    ccy = position.instrument.settleCcy
    if not position.lots or position.mgnMode != "isolated":
        return "51023", "Position does not exist."
    least = position.initial(position.avg)
    if amount > available_equity(account, ccy, engine.prices) or position.margin + amount < min(least, position.margin):
        return "59101", "Margin can't be adjusted. Insufficient margin."
    engine.settlement.put_aside(account, position, amount, engine.ms)
    position.uTime = engine.ms
    emit(events.BalanceChanged(account, "set_leverage", (ccy,)))
    emit(events.PositionChanged(account, "set_leverage", position.instrument.instId))
    return "0", ""


def set_position_mode(account: VenueAccount, posMode: str) -> tuple[str, str, list[Row]]:
    """Set the position mode (account/set-position-mode): only while nothing is open."""
    if posMode not in ("net_mode", "long_short_mode"):
        return "51000", "Parameter posMode error", []
    if posMode != account.pos_mode and (account.orders or any(account.open_positions())):
        return "59000", "Setting failed. Cancel any open orders and close positions first.", []
    account.pos_mode = posMode
    return "0", "", [{"posMode": posMode}]
