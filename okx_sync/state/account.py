"""An account's totals and balances, kept from pushes. Pure: updates go in, and out comes whether they changed it.

What an exchange does not total is added up here from its balances, converted by their value in USD. Balances without
a price are left out of such sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

import attrs

from okx_sync.state.positions import is_older, merged
from okx_sync.types import AccountUpdate, BalanceUpdate

__all__ = ["ACCOUNT_METRICS", "BALANCE_METRICS", "AccountFacts", "AccountState"]

_ZERO: Final = Decimal(0)


@attrs.frozen
class AccountFacts:
    """An account at one moment. ``totals`` are the exchange's own, ``peak``: the highest equity seen so far.

    ``parts``: where product types have accounts of their own, each of them; then totals are added up from theirs.
    """

    totals: AccountUpdate = attrs.field(factory=AccountUpdate)
    balances: tuple[BalanceUpdate, ...] = ()
    peak: Decimal | None = None
    parts: tuple[AccountFacts, ...] = ()

    @property
    def equity(self) -> Decimal | None:
        """What the account is worth."""
        own = self.totals.total_equity
        return own if own is not None else self._added_up("equity")

    @property
    def available(self) -> Decimal | None:
        """What is free to trade with."""
        own = self.totals.available
        return own if own is not None else self._added_up("available")

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
        """Maintenance margin over equity; of the worst currency or product type where each stands for itself."""
        own = self.totals.margin_ratio
        owners: tuple[AccountFacts | BalanceUpdate, ...] = self.parts or self.balances
        known = [one.margin_ratio for one in owners if one.margin_ratio is not None]
        return own if own is not None else max(known, default=None)

    @property
    def unrealized_pnl(self) -> Decimal | None:
        """Profit of open positions."""
        own = self.totals.unrealized_pnl
        return own if own is not None else self._added_up("unrealized_pnl")

    @property
    def notional(self) -> Decimal | None:
        """Value of all positions."""
        own = self.totals.notional
        return own if own is not None else self._added_up("notional")

    @property
    def drawdown(self) -> Decimal | None:
        """How far equity is below its peak, as a share of the peak."""
        equity = self.equity
        return (self.peak - equity) / self.peak if equity is not None and self.peak else None

    def share(self, part: Decimal | None) -> Decimal | None:
        """Return ``part`` as a share of equity; None without equity."""
        equity = self.equity
        return part / equity if part is not None and equity else None

    # -- what is certain -----------------------------------------------------------------------------------------

    @property
    def has_totals(self) -> bool:
        """Whether the exchange has sent totals of its own."""
        return self.totals.total_equity is not None

    def is_told(self, metric: str, *, is_whole: bool) -> bool:
        """Tell whether the exchange gave every part of a metric. ``is_whole``: no balance can be missing."""
        inputs = _INPUTS.get(metric, (metric,))
        if metric == "used_margin" and self.totals.initial_margin is not None:
            return True
        return all(self._has(name, is_whole=is_whole) for name in inputs)

    def _has(self, name: str, *, is_whole: bool) -> bool:
        if getattr(self.totals, "total_equity" if name == "equity" else name) is not None:
            return True
        if name == "margin_ratio":  # currencies without positions have none
            return self.margin_ratio is not None
        if self.parts:
            return all(part._has(name, is_whole=is_whole) for part in self.parts)
        if not is_whole and not self._is_explained:
            return False
        return all(_in_usd(one, name) is not None for one in self.balances)

    @property
    def _is_explained(self) -> bool:
        """Whether the balances that are known are worth the exchange's own total, so that none of weight is missing."""
        total = self.totals.total_equity
        known = _sum(one.equity_usd for one in self.balances)
        return total is not None and known is not None and abs(total - known) <= abs(total) * _SLACK

    def _added_up(self, name: str) -> Decimal | None:
        """Add up a metric over the product types, or over the balances, converted to USD, of what is known."""
        if self.parts:
            return _sum(getattr(part, name) for part in self.parts)
        return _sum(_in_usd(one, name) for one in self.balances)


_SLACK: Final = Decimal("0.01")
_INPUTS: Final[dict[str, tuple[str, ...]]] = {
    "total_equity": ("equity",),
    "used_margin": ("equity", "available"),
    "unrealized_pnl_share": ("unrealized_pnl", "equity"),
    "free_margin_share": ("available", "equity"),
    "leverage": ("notional", "equity"),
    "peak_equity": ("equity",),
    "drawdown": ("equity",),
}

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


class AccountState:
    """The balances and totals of an account, as they are known.

    ``facts``: what is known now, replaced whole on every change. ``is_whole``: no balance can be missing; whoever feeds
    this says so.
    """

    def __init__(self) -> None:
        self.facts = AccountFacts()
        self.is_whole = False
        self._totals: dict[str | None, AccountUpdate] = {}
        self._balances: dict[tuple[str | None, str], BalanceUpdate] = {}

    def apply(self, update: AccountUpdate, *, partial: bool = False) -> bool:
        """Take one push in; False when it brings nothing new.

        ``partial``: it tells of balances only, and what it does not tell of them stays as it was. In a snapshot a
        currency that is absent is gone, unless it changed after the snapshot was made. Product types stand each for
        itself.
        """
        for one in update.balances:
            self._put(one, partial)
        if update.is_snapshot:
            listed = {(one.product, one.currency) for one in update.balances}
            for key, old in list(self._balances.items()):
                is_of_it = update.product in (None, old.product)
                if is_of_it and key not in listed and not is_older(update.updated_at, old.updated_at):
                    del self._balances[key]
        before = self.facts
        totals = self._totals.get(update.product)
        if not partial and (totals is None or not is_older(update.updated_at, totals.updated_at)):
            self._totals[update.product] = attrs.evolve(update, balances=(), is_snapshot=False)
        self.facts = self._with_peak(self._put_together(before.peak))
        return self.facts != before

    def reset_peak(self) -> None:
        """Measure the drawdown from now on."""
        self.facts = self._with_peak(attrs.evolve(self.facts, peak=None))

    def _put(self, new: BalanceUpdate, partial: bool) -> None:
        key = (new.product, new.currency)
        old = self._balances.get(key)
        if old is None or not is_older(new.updated_at, old.updated_at):
            self._balances[key] = merged(old, new) if partial and old is not None else new

    def _put_together(self, peak: Decimal | None) -> AccountFacts:
        balances = tuple(self._balances.values())
        products = sorted({name for name in (*self._totals, *(key[0] for key in self._balances)) if name is not None})
        if not products:
            return AccountFacts(self._totals.get(None) or AccountUpdate(), balances, peak)
        parts = tuple(
            AccountFacts(
                self._totals.get(name) or AccountUpdate(), tuple(one for one in balances if one.product == name)
            )
            for name in products
        )
        return AccountFacts(self._totals.get(None) or AccountUpdate(), balances, peak, parts)

    def _with_peak(self, facts: AccountFacts) -> AccountFacts:
        equity = facts.equity
        if equity is None or (facts.peak is not None and facts.peak >= equity):
            return facts
        # A sum without one part may be more than the whole: what is borrowed counts below zero.
        return attrs.evolve(facts, peak=equity) if facts.is_told("peak_equity", is_whole=self.is_whole) else facts


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, _ZERO) if known else None


def _in_usd(one: BalanceUpdate, name: str) -> Decimal | None:
    """Return an amount of a balance, by its field; None when that or the price of the currency is not known."""
    amount: Decimal | None = getattr(one, name)
    if name == "equity" and one.equity_usd is not None:
        return one.equity_usd
    if not amount:
        return amount
    return amount * one.equity_usd / one.equity if one.equity and one.equity_usd is not None else None
