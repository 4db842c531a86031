"""Account settings: leverage, the margin of isolated positions, and the position mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import events
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import available_equity
from okx_sync.paper.venue.number_text import ZERO, number, rounded, text
from okx_sync.paper.venue.order_checks import words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.position_tiers import most_lots
from okx_sync.paper.venue.records import VenueAccount, VenuePosition
from okx_sync.paper.venue.types import Row

Emit = Callable[[events.VenueEvent], None]
#: `eventType` of what a change of the leverage, and one of the margin, moves.
SET_LEVERAGE, ADJUST_MARGIN = "set_leverage", "adjust_margin"


def set_leverage(
    engine: OrderEngine, account: VenueAccount, args: Mapping[str, Any], emit: Emit, *, frees_margin: bool = True
) -> tuple[str, str, list[Row]]:
    """Set leverage (account/set-leverage).

    An open isolated position gets margin added to match, and released with ``frees_margin``.
    """
    name, mode, lever = words(args, "instId"), words(args, "mgnMode"), number(args.get("lever"))
    instrument = engine.instruments.get(name)
    if instrument is None:
        return "51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.", []
    if not instrument.is_swap or mode not in ("cross", "isolated"):
        return "51000", "Parameter mgnMode error", []
    if lever is None:
        return "51000", "Parameter lever error", []
    side = words(args, "posSide", "net") if mode == "isolated" else "net"
    concerned = [
        one
        for one in account.open_positions(mode)
        if one.instrument is instrument and (mode == "cross" or one.posSide == side)
    ]
    code, message = _refusal(engine, account, instrument, lever, concerned)
    if code:
        return code, message, []
    for position in concerned:
        _apply(engine, account, position, lever, frees_margin=frees_margin)
        emit(events.BalanceChanged(account, SET_LEVERAGE, (instrument.settleCcy,)))
        emit(events.PositionChanged(account, SET_LEVERAGE, name))
    account.leverage[name, mode, side] = lever
    return "0", "", [{"instId": name, "mgnMode": mode, "posSide": side, "lever": text(lever)}]


def _refusal(
    engine: OrderEngine,
    account: VenueAccount,
    instrument: VenueInstrument,
    lever: Decimal,
    concerned: list[VenuePosition],
) -> tuple[str, str]:
    """Return why the leverage of these positions cannot be that; nothing when it can."""
    if lever < 1:
        return "59105", "Leverage can't be less than 1. Please increase the leverage."
    if lever > instrument.max_lever:
        return "59102", "Leverage exceeds the maximum limit. Please lower the leverage."
    if any(abs(one.lots) > most_lots(instrument, lever) for one in concerned):
        return "59104", "The borrowed position has exceeded the maximum position of this leverage. Please lower it."
    ccy, prices = instrument.settleCcy, engine.prices
    isolated = [one for one in concerned if one.mgnMode == "isolated"]
    if isolated and sum((_extra(one, lever) for one in isolated), ZERO) > available_equity(account, ccy, prices):
        return "59103", "Account margin is insufficient and leverage is too low. Please increase the leverage."
    mark = prices.mark(instrument)
    crossed = [one for one in concerned if one.mgnMode == "cross"]
    more = sum((abs(one.coins) * mark / lever - one.initial(mark) for one in crossed), ZERO)
    if more > ZERO and more > available_equity(account, ccy, prices):
        return "59108", "Your account leverage is too low and has insufficient margins. Please increase the leverage."
    return "", ""


def _extra(position: VenuePosition, lever: Decimal) -> Decimal:
    """Return the margin that an isolated position lacks for a leverage; negative when it has more."""
    return rounded(abs(position.coins) * position.avg / lever) - position.margin


def _apply(
    engine: OrderEngine, account: VenueAccount, position: VenuePosition, lever: Decimal, *, frees_margin: bool
) -> None:
    if position.mgnMode == "isolated":
        extra = _extra(position, lever)
        if extra > ZERO or frees_margin:
            engine.settlement.put_aside(account, position, extra, engine.ms)
    position.lever = lever
    position.uTime = engine.ms


def adjust_margin(
    engine: OrderEngine, account: VenueAccount, position: VenuePosition, amount: Decimal, emit: Emit
) -> tuple[str, str]:
    """Add margin to an isolated position, or (negative) take some out: down to what its leverage asks for.

    A loss that is open counts as margin that is gone.
    """
    ccy = position.instrument.settleCcy
    if not position.lots or position.mgnMode != "isolated":
        return "59300", "Margin call failed. Position does not exist."
    lost = min(ZERO, position.upl(engine.prices.mark(position.instrument)))
    least = position.initial(position.avg)
    if amount > available_equity(account, ccy, engine.prices) or (
        amount < ZERO and position.margin + lost + amount < least
    ):
        return "59301", "Margin adjustment failed for exceeding the max limit."
    engine.settlement.adjust_margin(account, position, amount, engine.ms)
    emit(events.BalanceChanged(account, ADJUST_MARGIN, (ccy,)))
    emit(events.PositionChanged(account, ADJUST_MARGIN, position.instrument.instId))
    return "0", ""


def set_position_mode(account: VenueAccount, posMode: str, *, is_busy: bool = False) -> tuple[str, str, list[Row]]:
    """Set the position mode (account/set-position-mode): only while nothing is open, and nothing else ``is_busy``."""
    if posMode not in ("net_mode", "long_short_mode"):
        return "51000", "Parameter posMode error", []
    if posMode != account.pos_mode and (is_busy or account.orders or any(account.open_positions())):
        return "59000", "Settings failed. Close any open positions or orders before modifying settings.", []
    account.pos_mode = posMode
    account.pos_modes.clear()
    return "0", "", [{"posMode": posMode}]
