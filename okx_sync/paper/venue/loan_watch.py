"""Forced repayment: what an account of several currencies owes is bought with what it has, once its margin is gone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from okx_sync.paper.venue import events, margin
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount

#: `type` and `subType` of the bills: what a liquidation converts into, and what it converts.
LIQUIDATED, CAME, WENT = "5", "110", "111"


def repay_what_is_due(
    engine: OrderEngine, account: VenueAccount, source: str, emit: Callable[[events.VenueEvent], None]
) -> None:
    """Cancel the orders of an account whose margin ratio has fallen to 1, and repay its loans if that was not enough.

    Positions go first, and loans only where none is left. A loan is repaid at the index price, out of what the account
    has most of. ``source``: the ``cancelSource`` of its orders.
    """
    borrows = account.level == MULTI_CURRENCY or bool(account.loans)
    if not borrows or any(account.open_positions("cross")) or not _is_due(engine, account):
        return
    for order in list(account.orders.values()):
        engine.end(order, source)
    if not _is_due(engine, account):
        return
    for ccy in list(account.balances):
        _repay(engine, account, ccy, emit)


def give_back(account: VenueAccount, ccy: str, most: Decimal) -> Decimal:
    """Take a loan by hand off the list, up to so much of it and to the money that there is; returns how much."""
    amount = min(most, account.loans.get(ccy, ZERO), max(ZERO, account.balance(ccy).cash))
    if amount:
        account.loans[ccy] -= amount
        if not account.loans[ccy]:
            del account.loans[ccy]
    return amount


def _is_due(engine: OrderEngine, account: VenueAccount) -> bool:
    ratio = margin.dollar_ratio(account, engine.prices)
    return ratio is not None and ratio <= 1


def _repay(engine: OrderEngine, account: VenueAccount, ccy: str, emit: Callable[[events.VenueEvent], None]) -> None:
    prices, settlement = engine.prices, engine.settlement
    while owed := margin.liability(account, ccy, prices):
        if own := give_back(account, ccy, owed):
            settlement.move(account, ccy, -own, engine.ms, type=LIQUIDATED, subType=WENT)
            continue
        held = {b.ccy: b.cash * prices.usd(b.ccy) for b in account.balances.values() if b.cash > 0}
        best = max(held, key=lambda one: held[one], default="")
        if not best or not held[best]:
            return
        worth = min(owed * prices.usd(ccy), held[best])
        is_all = worth == held[best]
        given = account.balance(best).cash if is_all else rounded(worth / prices.usd(best))
        got = rounded(worth / prices.usd(ccy)) if is_all else owed
        settlement.move(account, best, -given, engine.ms, type=LIQUIDATED, subType=WENT)
        settlement.move(account, ccy, got, engine.ms, type=LIQUIDATED, subType=CAME)
        emit(events.BalanceChanged(account, "liquidation", (best, ccy)))
