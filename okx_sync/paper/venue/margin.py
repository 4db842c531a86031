"""How much of an account is free: equity, margin in use, what an order ties up, where liquidation begins."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue import discounts
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY, SPOT_MODE
from okx_sync.paper.venue.balances import OrderPromise
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin_positions import MAINTENANCE, TO_LIVE, MarginPosition
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.position_tiers import maintenance_rate
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition, promised_ccy

#: (maker, taker) fee rates per instrument type.
FEES = {"SPOT": (Decimal("0.0008"), Decimal("0.001")), "SWAP": (Decimal("0.0002"), Decimal("0.0005"))}


def fee_rate(instrument: VenueInstrument, execType: str) -> Decimal:
    """Return the fee rate of a maker (``M``) or taker (``T``) fill, as a positive share."""
    maker, taker = FEES[instrument.instType]
    return maker if execType == "M" else taker


def in_ccy(account: VenueAccount, ccy: str, mgnMode: str) -> list[VenuePosition]:
    """Open positions settled in a currency, of one margin mode."""
    return [p for p in account.open_positions(mgnMode) if p.instrument.settleCcy == ccy]


def backed_by(account: VenueAccount, ccy: str, mgnMode: str) -> list[VenuePosition | MarginPosition]:
    """Open positions that a currency backs, of one margin mode: on contracts, and of spot margin."""
    return [*in_ccy(account, ccy, mgnMode), *account.open_margins(ccy, mgnMode)]


def cross_upl(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the unrealised profit of cross positions."""
    return sum((p.upl(prices.mark(p.instrument)) for p in backed_by(account, ccy, "cross")), ZERO)


def isolated_upl(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the unrealised profit of isolated positions."""
    return sum((p.upl(prices.mark(p.instrument)) for p in backed_by(account, ccy, "isolated")), ZERO)


def isolated_margin(account: VenueAccount, ccy: str) -> Decimal:
    """Return the money put aside for isolated positions."""
    return sum((p.margin for p in backed_by(account, ccy, "isolated")), ZERO)


def cross_initial(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the initial margin of cross positions."""
    held = backed_by(account, ccy, "cross")
    return rounded(sum((p.initial(prices.mark(p.instrument)) for p in held), ZERO))


def cross_maintenance(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the maintenance margin of cross positions."""
    return sum((p.maintenance(prices.mark(p.instrument)) for p in backed_by(account, ccy, "cross")), ZERO)


def equity(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return everything the account is worth in one currency."""
    isolated = isolated_margin(account, ccy) + isolated_upl(account, ccy, prices)
    return cross_equity(account, ccy, prices) + isolated


def available_equity(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may back new swap orders: cash plus cross profit, less promises and margin in use."""
    balance = account.balance(ccy)
    free = balance.cash - balance.frozen
    if account.level == MULTI_CURRENCY:
        return _available_in_dollars(account, ccy, prices)
    if not account.positions and not account.margins:
        return max(free, ZERO)
    free += cross_upl(account, ccy, prices) - cross_initial(account, ccy, prices)
    return max(free, ZERO)


def available_cash(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may be spent on the spot market: unrealised profit does not buy coins."""
    balance = account.balance(ccy)
    return min(max(balance.cash - balance.frozen, ZERO), available_equity(account, ccy, prices))


def spendable(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may be spent on the spot market, with what an account of several currencies borrows for it."""
    if account.level != MULTI_CURRENCY:
        return available_cash(account, ccy, prices)
    balance = account.balance(ccy)
    return max(balance.cash - balance.frozen, ZERO) + max_loan(account, ccy, prices)


def free_for(order: VenueOrder, prices: Prices) -> Decimal:
    """Return what an order's account may tie up for it, in the currency it would be paid with."""
    is_backed = order.instrument.is_swap or (order.is_margin and order.tdMode == "cross")
    free = available_equity if is_backed else available_cash if order.is_margin else spendable
    return free(order.account, promised_ccy(order), prices)


def needed(order: VenueOrder, px: Decimal, lots: int) -> Decimal:
    """Return what an order for ``lots`` at ``px`` ties up, in the currency it would be paid with."""
    instrument = order.instrument
    if order.is_margin:
        opened = _opening(order, px, lots) / order.account.lever(instrument.instId, order.tdMode)
        return rounded(opened / px if order.ccy == instrument.baseCcy else opened)
    if not instrument.is_swap:
        return instrument.coins(lots) * (px if order.side == "buy" else 1)
    lever = order.account.lever(instrument.instId, order.tdMode, order.posSide)
    return rounded(_opening(order, px, lots) * (1 / lever + fee_rate(instrument, "T")))


def promise_of(order: VenueOrder) -> OrderPromise:
    """Return what the rest of a resting order ties up."""
    assert order.px is not None
    instrument, px = order.instrument, order.instrument.px(order.px)
    frozen = needed(order, px, order.left)
    lots = order.left if instrument.is_swap and not order.closes_only else 0
    if order.tdMode != "cross" or not frozen or not instrument.is_swap:
        return OrderPromise(frozen, lots)
    value, taker = _opening(order, px, order.left), fee_rate(instrument, "T")
    position = order.position
    rate = maintenance_rate(instrument, position.lots if position else 0)
    return OrderPromise(frozen, lots, value * taker, value * (rate + taker))


def _opening(order: VenueOrder, px: Decimal, lots: int) -> Decimal:
    """Return the value of what an order on a contract would open rather than close."""
    if order.closes_only:
        return ZERO
    return order.instrument.coins(max(0, lots - order.closable)) * px


# --- how near liquidation is


def liquidation_margin(position: VenuePosition | MarginPosition, px: Decimal) -> Decimal:
    """Return what a position needs behind it to live: the maintenance margin, and the fee of being liquidated."""
    if isinstance(position, MarginPosition):
        return position.to_live(px)
    return position.maintenance(px) + abs(position.coins) * px * fee_rate(position.instrument, "T")


def _cross_needed(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what keeps the cross positions of a currency alive, and what the orders would add to them."""
    if account.level == MULTI_CURRENCY:
        return dollars_to_live(account, prices) / prices.usd(ccy)
    held = sum((liquidation_margin(p, prices.mark(p.instrument)) for p in backed_by(account, ccy, "cross")), ZERO)
    return held + account.balance(ccy).cross_upkeep


def _cross_backing(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what backs the cross positions of a currency: money and profit, less what orders will take of it."""
    if account.level == MULTI_CURRENCY:
        return adjusted_equity(account, prices) / prices.usd(ccy)
    balance = account.balance(ccy)
    taken = balance.frozen - balance.cross_frozen + balance.cross_fee
    return balance.cash + cross_upl(account, ccy, prices) - taken


def margin_ratio(account: VenueAccount, position: VenuePosition, prices: Prices) -> Decimal | None:
    """Return what backs a position over what keeps it alive; at or below 1 the position is liquidated."""
    mark = prices.mark(position.instrument)
    if position.mgnMode == "isolated":
        required = liquidation_margin(position, mark)
        return rounded((position.margin + position.upl(mark)) / required) if required else None
    return cross_ratio(account, position.instrument.settleCcy, prices)


def cross_ratio(account: VenueAccount, ccy: str, prices: Prices) -> Decimal | None:
    """Return the margin ratio of all cross positions of a currency together; None without any."""
    if not backed_by(account, ccy, "cross"):
        return None
    return rounded(_cross_backing(account, ccy, prices) / _cross_needed(account, ccy, prices))


def pair_ratio(account: VenueAccount, position: MarginPosition, prices: Prices) -> Decimal | None:
    """Return the margin ratio of an open position of spot margin; on cross that of all which its currency backs."""
    if position.mgnMode == "isolated":
        return position.isolated_ratio(prices.mark(position.instrument))
    return cross_ratio(account, position.ccy, prices)


def pair_liquidation_px(account: VenueAccount, position: MarginPosition, prices: Prices) -> Decimal | None:
    """Return the mark price at which the margin ratio of a position of spot margin is 1; None where none does that."""
    if position.mgnMode == "isolated":
        return position.liquidation_px()
    mark = prices.mark(position.instrument)
    backing = _cross_backing(account, position.ccy, prices) - position.upl(mark)
    return position.liquidation_px(backing - _cross_needed(account, position.ccy, prices) + position.to_live(mark))


def liquidation_px(account: VenueAccount, position: VenuePosition, prices: Prices) -> Decimal | None:
    """Return the mark price at which the margin ratio is 1; None when no positive price does that."""
    coins = position.coins
    denominator = coins - liquidation_margin(position, Decimal(1))
    if position.mgnMode == "isolated":
        numerator = position.avg * coins - position.margin
    else:
        ccy, mark = position.instrument.settleCcy, prices.mark(position.instrument)
        others = _cross_needed(account, ccy, prices) - liquidation_margin(position, mark)
        numerator = mark * coins - _cross_backing(account, ccy, prices) + others
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


# --- accounts whose margin is counted in dollars, over all currencies


def adjusted_equity(account: VenueAccount, prices: Prices) -> Decimal:
    """Return what all currencies count for as margin, in dollars."""
    return sum(
        (discounts.discounted(ccy, cross_equity(account, ccy, prices)) * prices.usd(ccy) for ccy in account.balances),
        ZERO,
    )


def cross_equity(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return the money of a currency and the profit of cross positions in it, less loans; below zero it is owed."""
    return account.balance(ccy).cash + cross_upl(account, ccy, prices) - account.loans.get(ccy, ZERO)


def liability(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what an account of several currencies owes of one, or one in spot mode has borrowed by hand."""
    if account.level == SPOT_MODE:
        return account.loans.get(ccy, ZERO)
    return max(ZERO, -cross_equity(account, ccy, prices)) if account.level == MULTI_CURRENCY else ZERO


def potential_liability(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what it would owe if its open orders on spot pairs traded."""
    balance = account.balance(ccy)
    if account.level == SPOT_MODE:
        return account.loans.get(ccy, ZERO)
    of_pairs = balance.frozen - contract_frozen(account, ccy)
    return max(ZERO, of_pairs - cross_equity(account, ccy, prices))


def contract_frozen(account: VenueAccount, ccy: str) -> Decimal:
    """Return the margin that open orders on contracts tie up."""
    return sum((o.frozen for o in account.orders.values() if o.instrument.settleCcy == ccy), ZERO)


def loan_lever(account: VenueAccount, ccy: str) -> Decimal:
    """Return the leverage at which a currency is borrowed."""
    return account.lever(ccy, "cross")


def dollar_initial(account: VenueAccount, prices: Prices) -> Decimal:
    """Return the initial margin of positions, orders and loans, in dollars."""
    found = ZERO
    for ccy in account.balances:
        loan = potential_liability(account, ccy, prices) / loan_lever(account, ccy)
        found += prices.usd(ccy) * (cross_initial(account, ccy, prices) + contract_frozen(account, ccy) + loan)
    return found


def dollar_maintenance(account: VenueAccount, prices: Prices) -> Decimal:
    """Return the maintenance margin of positions and loans, in dollars."""
    found = ZERO
    for ccy in account.balances:
        loan = liability(account, ccy, prices) * MAINTENANCE
        found += prices.usd(ccy) * (cross_maintenance(account, ccy, prices) + loan)
    return found


def dollars_to_live(account: VenueAccount, prices: Prices) -> Decimal:
    """Return what keeps positions and loans alive, liquidation fees and what orders would add included, in dollars."""
    found = ZERO
    for ccy, balance in account.balances.items():
        held = sum((liquidation_margin(p, prices.mark(p.instrument)) for p in backed_by(account, ccy, "cross")), ZERO)
        loan = liability(account, ccy, prices) * (TO_LIVE - 1)
        found += prices.usd(ccy) * (held + balance.cross_upkeep + loan)
    return found


def dollar_ratio(account: VenueAccount, prices: Prices) -> Decimal | None:
    """Return the margin ratio of an account of several currencies; None while nothing needs margin."""
    required = dollars_to_live(account, prices)
    return rounded(adjusted_equity(account, prices) / required) if required else None


def dollar_free(account: VenueAccount, prices: Prices) -> Decimal:
    """Return the margin that is free, in dollars."""
    return max(ZERO, adjusted_equity(account, prices) - dollar_initial(account, prices))


def max_loan(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return how much more of a currency may be borrowed; nothing where the account does not borrow by itself."""
    usd = prices.usd(ccy)
    if account.level != MULTI_CURRENCY or not account.auto_loan or not usd:
        return ZERO
    return rounded(dollar_free(account, prices) * loan_lever(account, ccy) / usd)


def most_borrowed(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return how much of a currency an account in spot mode may borrow by hand: what it borrows counts, discounted."""
    usd = prices.usd(ccy)
    if not usd:
        return ZERO
    lost = 1 - discounts.tiers(ccy)[0][1]
    return rounded(dollar_free(account, prices) / (usd * (1 / loan_lever(account, ccy) + lost)))


def movable(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may leave the account: what is free, and backs no loan."""
    free = available_cash(account, ccy, prices)
    if not any(account.loans.values()):
        return free
    usd = prices.usd(ccy) * discounts.tiers(ccy)[0][1]
    return min(free, rounded(dollar_free(account, prices) / usd)) if usd else free


def _available_in_dollars(account: VenueAccount, ccy: str, prices: Prices) -> Decimal:
    """Return what may back new orders on contracts: of all currencies, or of the own where nothing is borrowed."""
    usd = prices.usd(ccy)
    found = rounded(dollar_free(account, prices) / usd) if usd else ZERO
    if account.auto_loan:
        return found
    own = cross_equity(account, ccy, prices) - account.balance(ccy).frozen - cross_initial(account, ccy, prices)
    return min(found, max(ZERO, own))
