"""What the rows of an account say in its account mode only: figures in dollars, and what is owed."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue import discounts, margin
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY, SPOT_MODE
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row

#: What OKX's page of balances gives futures mode, and others, but not spot mode.
_NOT_ON_SPOT = blank("isoEq availEq upl isoUpl mgnRatio imr mmr notionalLever")


def account_fields(account: VenueAccount, prices: Prices) -> Row:
    """Return what an account as a whole has by its mode."""
    if account.level == SPOT_MODE:
        return {"isoEq": ""} | (_spot_figures(account, prices) if account.spot_borrow else {})
    if account.level != MULTI_CURRENCY:
        return {}
    usd, ccys = prices.usd, list(account.balances)
    loans = sum((margin.liability(account, ccy, prices) * usd(ccy) for ccy in ccys), ZERO)
    potential = sum(
        (margin.potential_liability(account, c, prices) * usd(c) / margin.loan_lever(account, c) for c in ccys), ZERO
    )
    swaps = sum((abs(p.coins) * prices.mark(p.instrument) for p in account.open_positions()), ZERO)
    ratio = margin.dollar_ratio(account, prices)
    figures = {
        "adjEq": margin.adjusted_equity(account, prices),
        "availEq": margin.dollar_free(account, prices),
        "ordFroz": sum((margin.contract_frozen(account, ccy) * usd(ccy) for ccy in ccys), ZERO),
        "imr": margin.dollar_initial(account, prices),
        "mmr": margin.dollar_maintenance(account, prices),
        "borrowFroz": potential,
        "notionalUsd": swaps + loans,
        "notionalUsdForBorrow": loans,
        "notionalUsdForSwap": swaps,
        "notionalUsdForFutures": ZERO,
        "notionalUsdForOption": ZERO,
        "upl": sum((margin.cross_upl(account, ccy, prices) * usd(ccy) for ccy in ccys), ZERO),
    }
    return _texts(figures) | {"mgnRatio": "" if ratio is None else text(ratio)}


def detail_fields(account: VenueAccount, ccy: str, prices: Prices) -> Row:
    """Return what a currency of an account has by its mode. Loans cost no interest."""
    if account.level == SPOT_MODE:
        return _NOT_ON_SPOT | (_loans(account, ccy, prices) if account.spot_borrow else {})
    if account.level != MULTI_CURRENCY:
        return {}
    owed, usd = margin.liability(account, ccy, prices), prices.usd(ccy)
    potential = margin.potential_liability(account, ccy, prices) * usd / margin.loan_lever(account, ccy)
    figures = {
        "liab": owed,
        "crossLiab": owed,
        "isoLiab": ZERO,
        "uplLiab": min(owed, max(ZERO, -margin.cross_upl(account, ccy, prices))),
        "interest": ZERO,
        "maxLoan": margin.max_loan(account, ccy, prices),
        "borrowFroz": potential,
        "disEq": discounts.discounted(ccy, margin.equity(account, ccy, prices)) * usd,
    }
    return _texts(figures) | blank("mgnRatio imr mmr notionalLever")


def _spot_figures(account: VenueAccount, prices: Prices) -> Row:
    """Return what an account in spot mode has that may borrow."""
    loans = sum((margin.liability(account, ccy, prices) * prices.usd(ccy) for ccy in account.balances), ZERO)
    ratio = margin.dollar_ratio(account, prices)
    figures = {
        "adjEq": margin.adjusted_equity(account, prices),
        "imr": margin.dollar_initial(account, prices),
        "mmr": margin.dollar_maintenance(account, prices),
        "notionalUsdForBorrow": loans,
    }
    return _texts(figures) | {"mgnRatio": "" if ratio is None else text(ratio)}


def _loans(account: VenueAccount, ccy: str, prices: Prices) -> Row:
    owed = margin.liability(account, ccy, prices)
    figures = {"liab": owed, "crossLiab": owed, "interest": ZERO, "maxLoan": margin.most_borrowed(account, ccy, prices)}
    return _texts(figures)


def _texts(figures: dict[str, Decimal]) -> Row:
    return {name: text(rounded(amount)) for name, amount in figures.items()}
