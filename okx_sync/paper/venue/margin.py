"""How much of an account is free: equity, margin in use, what an order ties up, where liquidation begins."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import MAINTENANCE, VenueAccount, VenueOrder, VenuePosition

#: (maker, taker) fee rates per instrument type.
FEES = {"SPOT": (Decimal("0.0008"), Decimal("0.001")), "SWAP": (Decimal("0.0002"), Decimal("0.0005"))}


def fee_rate(instrument: VenueInstrument, execType: str) -> Decimal:
    """Return the fee rate of a maker (``M``) or taker (``T``) fill, as a positive share."""
    maker, taker = FEES[instrument.instType]
    return maker if execType == "M" else taker


def in_ccy(account: VenueAccount, ccy: str, mgnMode: str) -> list[VenuePosition]:
    """Open positions settled in a currency, of one margin mode."""
    return [p for p in account.open_positions(mgnMode) if p.instrument.settleCcy == ccy]


def cross_upl(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the unrealised profit of cross positions."""
    return sum((p.upl(prices.mark(p.instrument)) for p in in_ccy(account, ccy, "cross")), ZERO)


def isolated_upl(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the unrealised profit of isolated positions."""
    return sum((p.upl(prices.mark(p.instrument)) for p in in_ccy(account, ccy, "isolated")), ZERO)


def isolated_margin(account: VenueAccount, ccy: str) -> Decimal:
    """Return the money put aside for isolated positions."""
    return sum((p.margin for p in in_ccy(account, ccy, "isolated")), ZERO)


def cross_initial(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the initial margin of cross positions."""
    held = in_ccy(account, ccy, "cross")
    return rounded(sum((p.initial(prices.mark(p.instrument)) for p in held), ZERO))


def cross_maintenance(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the maintenance margin of cross positions."""
    return sum((p.maintenance(prices.mark(p.instrument)) for p in in_ccy(account, ccy, "cross")), ZERO)


def equity(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return everything the account is worth in one currency."""
    isolated = isolated_margin(account, ccy) + isolated_upl(account, ccy, prices)
    return account.balance(ccy).cash + cross_upl(account, ccy, prices) + isolated


def available_equity(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may back new swap orders: cash plus cross profit, less promises and margin in use."""
    balance = account.balance(ccy)
    free = balance.cash - balance.frozen
    if not account.positions:
        return max(free, ZERO)
    free += cross_upl(account, ccy, prices) - cross_initial(account, ccy, prices)
    return max(free, ZERO)


def available_cash(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may be spent on the spot market: unrealised profit does not buy coins."""
    balance = account.balance(ccy)
    return min(max(balance.cash - balance.frozen, ZERO), available_equity(account, ccy, prices))


def needed(order: VenueOrder, px: Decimal, lots: int, account: VenueAccount) -> Decimal:
    """Return what an order for ``lots`` at ``px`` ties up, in the currency it would be paid with."""
    instrument = order.instrument
    if not instrument.is_swap:
        return instrument.coins(lots) * (px if order.side == "buy" else 1)
    if order.closes_only:
        return ZERO
    position = account.position(instrument.instId, order.tdMode, order.posSide)
    opening = lots - (position.closable(order.sign) if position else 0)
    if opening <= 0:
        return ZERO
    lever = account.lever(instrument.instId, order.tdMode, order.posSide)
    return rounded(instrument.coins(opening) * px * (1 / lever + fee_rate(instrument, "T")))


def margin_ratio(account: VenueAccount, position: VenuePosition, prices: Prices) -> Decimal | None:
    """Return equity over maintenance margin; at or below 1 the position is liquidated."""
    mark = prices.mark(position.instrument)
    if position.mgnMode == "isolated":
        required = position.maintenance(mark)
        return rounded((position.margin + position.upl(mark)) / required) if required else None
    return cross_ratio(account, position.instrument.settleCcy, prices)


def cross_ratio(account: VenueAccount, ccy: str, prices: Prices) -> Decimal | None:
    """Return the margin ratio of all cross positions of a currency together; None without any."""
    required = cross_maintenance(account, ccy, prices)
    if not required:
        return None
    backing = account.balance(ccy).cash + cross_upl(account, ccy, prices)
    return rounded(backing / required)


def liquidation_px(account: VenueAccount, position: VenuePosition, prices: Prices) -> Decimal | None:
    """Return the price at which equity meets maintenance margin; None when no positive price does that."""
    coins, size = position.coins, abs(position.coins)
    denominator = coins - MAINTENANCE * size
    if position.mgnMode == "isolated":
        numerator = position.avg * coins - position.margin
    else:
        ccy, mark = position.instrument.settleCcy, prices.mark(position.instrument)
        backing = account.balance(ccy).cash + cross_upl(account, ccy, prices)
        others = cross_maintenance(account, ccy, prices) - position.maintenance(mark)
        numerator = mark * coins - backing + others
    px = rounded(numerator / denominator)
    return px if px > 0 else None


def bankruptcy_px(account: VenueAccount, position: VenuePosition, prices: Prices) -> Decimal:
    """Return the price at which nothing is left of the money behind an open position; 0 when none does that."""
    if position.mgnMode == "isolated":
        px = rounded(position.avg - position.margin / position.coins)
    else:
        ccy, mark = position.instrument.settleCcy, prices.mark(position.instrument)
        backing = account.balance(ccy).cash + cross_upl(account, ccy, prices)
        px = rounded(mark - backing / position.coins)
    return max(px, ZERO)


def delta(account: VenueAccount, ccy: str) -> Decimal:
    """Return the exposure to a coin, in the coin: what is owned of it, and what swaps on it amount to."""
    swaps = (p.coins for p in account.open_positions() if p.instrument.baseCcy == ccy)
    return account.balance(ccy).cash + sum(swaps, ZERO)


def break_even(position: VenuePosition) -> Decimal:
    """Return the closing price at which the position ends without profit or loss, fees included."""
    taker = fee_rate(position.instrument, "T")
    coins = position.coins
    return rounded((coins * position.avg - position.realized) / (coins - abs(coins) * taker))
