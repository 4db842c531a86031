"""An account's totals and balances, kept from pushes. Pure: updates go in, and out comes whether that changed anything.

What an exchange does not total is added up here from its balances, converted by their value in USD. Balances without
a price are left out of such sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

import attrs

from okx_sync.models.neutral import AccountUpdate, BalanceUpdate
from okx_sync.state.positions import is_older, merged

__all__ = ["ACCOUNT_METRICS", "BALANCE_METRICS", "Account", "AccountFacts"]

_ZERO: Final = Decimal(0)


@attrs.frozen
class AccountFacts:
    """An account at one moment. ``totals`` are the exchange's own, ``peak``: the highest equity seen so far."""

    totals: AccountUpdate = attrs.field(factory=AccountUpdate)
    balances: tuple[BalanceUpdate, ...] = ()
    peak: Decimal | None = None

    @property
    def equity(self) -> Decimal | None:
        """What the account is worth."""
        own = self.totals.total_equity
        return own if own is not None else _sum(one.equity_usd for one in self.balances)

    @property
    def available(self) -> Decimal | None:
        """What is free to trade with."""
        own = self.totals.available
        return own if own is not None else self._converted(lambda one: one.available)

    @property
    def used_margin(self) -> Decimal | None:
        """What positions and orders tie up."""
        own = self.totals.initial_margin
        if own is not None:
            return own
        equity, available = self.equity, self.available
        return None if equity is None or available is None else equity - available

    @property
    def margin_ratio(self) -> Decimal | None:
        """Maintenance margin over equity; of the worst currency where each stands for itself."""
        own = self.totals.margin_ratio
        known = [one.margin_ratio for one in self.balances if one.margin_ratio is not None]
        return own if own is not None else max(known, default=None)

    @property
    def unrealized_pnl(self) -> Decimal | None:
        """Profit of open positions."""
        own = self.totals.unrealized_pnl
        return own if own is not None else self._converted(lambda one: one.unrealized_pnl)

    @property
    def notional(self) -> Decimal | None:
        """Value of all positions."""
        own = self.totals.notional
        return own if own is not None else self._converted(lambda one: one.notional)

    @property
    def drawdown(self) -> Decimal | None:
        """How far equity is below its peak, as a share of the peak."""
        equity = self.equity
        return (self.peak - equity) / self.peak if equity is not None and self.peak else None

    def share(self, part: Decimal | None) -> Decimal | None:
        """``part`` as a share of equity; None without equity."""
        equity = self.equity
        return part / equity if part is not None and equity else None

    def _converted(self, amount: Callable[[BalanceUpdate], Decimal | None]) -> Decimal | None:
        return _sum(_in_usd(one, amount(one)) for one in self.balances)


ACCOUNT_METRICS: Final[dict[str, Callable[[AccountFacts], Decimal | None]]] = {
    "total_equity": lambda facts: facts.equity,
    "available": lambda facts: facts.available,
    "used_margin": lambda facts: facts.used_margin,
    "margin_ratio": lambda facts: facts.margin_ratio,
    "unrealized_pnl": lambda facts: facts.unrealized_pnl,
    "unrealized_pnl_share": lambda facts: facts.share(facts.unrealized_pnl),
    "free_margin_share": lambda facts: facts.share(facts.available),
    "notional": lambda facts: facts.notional,
    "leverage": lambda facts: facts.share(facts.notional),
    "peak_equity": lambda facts: facts.peak,
    "drawdown": lambda facts: facts.drawdown,
}

BALANCE_METRICS: Final[dict[str, Callable[[BalanceUpdate], Decimal | None]]] = {
    "total_equity": lambda one: one.equity,
    "available": lambda one: one.available,
    "margin_ratio": lambda one: one.margin_ratio,
    "unrealized_pnl": lambda one: one.unrealized_pnl,
    "notional": lambda one: one.notional,
    "cash": lambda one: one.cash,
    "frozen": lambda one: one.frozen,
    "liability": lambda one: one.liability,
}


class Account:
    """``facts``: what is known now, replaced whole on every change."""

    def __init__(self) -> None:
        self.facts = AccountFacts()
        self._balances: dict[str, BalanceUpdate] = {}

    def apply(self, update: AccountUpdate, *, partial: bool = False) -> bool:
        """Take one push in; False when it brings nothing new.

        ``partial``: it tells of balances only, and what it does not tell of them stays as it was. In a snapshot a
        currency that is absent is gone, unless it changed after the snapshot was made.
        """
        for one in update.balances:
            self._put(one, partial)
        if update.is_snapshot:
            listed = {one.currency for one in update.balances}
            for currency, old in list(self._balances.items()):
                if currency not in listed and not is_older(update.updated_at, old.updated_at):
                    del self._balances[currency]
        old_facts = self.facts
        totals = old_facts.totals
        if not partial and not is_older(update.updated_at, totals.updated_at):
            totals = attrs.evolve(update, balances=(), is_snapshot=False)
        self.facts = _with_peak(AccountFacts(totals, tuple(self._balances.values()), old_facts.peak))
        return self.facts != old_facts

    def reset_peak(self) -> None:
        """Measure the drawdown from now on."""
        self.facts = _with_peak(attrs.evolve(self.facts, peak=None))

    def _put(self, new: BalanceUpdate, partial: bool) -> None:
        old = self._balances.get(new.currency)
        if old is None or not is_older(new.updated_at, old.updated_at):
            self._balances[new.currency] = merged(old, new) if partial and old is not None else new


def _with_peak(facts: AccountFacts) -> AccountFacts:
    equity = facts.equity
    if equity is None or (facts.peak is not None and facts.peak >= equity):
        return facts
    return attrs.evolve(facts, peak=equity)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, _ZERO) if known else None


def _in_usd(one: BalanceUpdate, amount: Decimal | None) -> Decimal | None:
    if not amount:
        return amount
    return amount * one.equity_usd / one.equity if one.equity and one.equity_usd is not None else None
