"""``AccountMonitor``: balances and totals of an account, as the exchange has them, with limits that call back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Literal, TypeVar

import attrs

from okx_sync.models.neutral import AccountUpdate, BalanceUpdate
from okx_sync.state.account import ACCOUNT_METRICS, BALANCE_METRICS, Account, AccountFacts
from okx_sync.state.front import Dispatch, call_now
from okx_sync.state.monitor import LimitHandle, Monitor
from okx_sync.state.numbers import Number
from okx_sync.state.risk import RiskEvent
from okx_sync.timing import Clock

__all__ = ["AccountMetric", "AccountMonitor", "AccountReads", "AccountSnapshot"]

F = TypeVar("F", bound=Callable[..., Any])

AccountMetric = Literal[
    "total_equity",
    "available",
    "used_margin",
    "margin_ratio",
    "unrealized_pnl",
    "unrealized_pnl_share",
    "free_margin_share",
    "notional",
    "leverage",
    "drawdown",
    "cash",
    "frozen",
    "liability",
]


class AccountReads:
    """Reads of an account. Totals are in USD on OKX; each is None while the exchange has not told it.

    Each read is of one moment; take a ``snapshot()`` for several that belong together.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def facts(self) -> AccountFacts:
        """What is known now, immutable."""

    @property
    def equity(self) -> Decimal | None:
        """What the account is worth, unrealised profit included."""
        return self.facts.equity

    @property
    def available(self) -> Decimal | None:
        """What is free to trade with; the sum over the currencies where the exchange gives no total."""
        return self.facts.available

    @property
    def margin_ratio(self) -> Decimal | None:
        """Maintenance margin over equity; 1 is liquidation.

        Where each currency stands for itself (OKX in futures mode), that of the worst one.
        """
        return self.facts.margin_ratio

    @property
    def unrealized_pnl(self) -> Decimal | None:
        """Profit of open positions."""
        return self.facts.unrealized_pnl

    @property
    def balances(self) -> tuple[BalanceUpdate, ...]:
        """Every currency that is there."""
        return self.facts.balances

    def balance(self, currency: str) -> BalanceUpdate | None:
        """One currency, in that currency; None when there is nothing of it."""
        return next((one for one in self.balances if one.currency == currency), None)

    def metrics(self) -> dict[str, Decimal | None]:
        """Figures to judge an account by, all of one moment.

        ``total_equity``, ``available``, ``used_margin`` (what positions and orders tie up), ``margin_ratio``,
        ``unrealized_pnl``, ``unrealized_pnl_share`` and ``free_margin_share`` (of equity), ``notional`` (value of all
        positions), ``leverage`` (notional over equity), ``peak_equity`` (since this began, or ``reset_peak``),
        ``drawdown`` (share of the peak; money taken out counts as a loss).
        """
        facts = self.facts
        return {name: measure(facts) for name, measure in ACCOUNT_METRICS.items()}


@attrs.frozen(repr=False)
class AccountSnapshot(AccountReads):
    """An account at one moment; never changes. ``synced``: whether nothing could be missing then."""

    facts: AccountFacts
    synced: bool

    def __repr__(self) -> str:
        return f"<AccountSnapshot {describe(self.facts)}{'' if self.synced else ', not synced'}>"


class AccountMonitor(AccountReads, Monitor[AccountUpdate]):
    """Live balances and totals: ``ws.account``.

    Reads give what is known now, also while it is not :attr:`synced`. It can be fed by hand as well::

        monitor = AccountMonitor()
        ws.subscribe_account(callback=monitor.apply)

    All methods are safe from any thread.
    """

    def __init__(
        self,
        name: str = "account",
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(name, release=release, dispatch=dispatch, clock=clock)
        self._account = Account()

    @property
    def facts(self) -> AccountFacts:
        """What is known now, immutable."""
        return self._account.facts

    def snapshot(self) -> AccountSnapshot:
        """All of it as it is now, immutable."""
        with self._lock:
            return AccountSnapshot(self.facts, self.synced)

    def reset_peak(self) -> None:
        """Measure the drawdown from the present equity on."""
        with self._lock:
            self._account.reset_peak()
            self._changes.note()

    def on_change(self, fn: F) -> F:
        """Call ``fn(AccountSnapshot)`` whenever something has changed. A decorator, too."""
        return self._listen("change", fn)

    def limit(
        self,
        metric: AccountMetric,
        *,
        above: Number | None = None,
        below: Number | None = None,
        recover_at: Number | None = None,
        callback: Callable[[RiskEvent], object],
        currency: str | None = None,
    ) -> LimitHandle:
        """Call ``callback(RiskEvent)`` once when the account crosses a limit, and once when it is back.

        ``metric``: one of :meth:`metrics`; with ``currency`` that currency's ``total_equity``, ``available``,
        ``margin_ratio``, ``unrealized_pnl``, ``notional``, ``cash``, ``frozen`` or ``liability``, in that currency.
        ``recover_at``: how far it must come back, 5 % of the limit by default. What is beyond the limit already is
        told at once; a value that the exchange does not tell changes nothing. Raises ``ConfigError``.
        """
        known = ACCOUNT_METRICS if currency is None else BALANCE_METRICS
        return self._add_limit(metric, known, (above, below, recover_at), callback, currency)

    def __repr__(self) -> str:
        now = self.snapshot()
        return f"<AccountMonitor {describe(now.facts)}{'' if now.synced else f', not synced ({self._problem})'}>"

    # -- of Monitor --------------------------------------------------------------------------------------------

    def _change(
        self, updates: list[AccountUpdate], is_snapshot: bool, as_of: int | None, partial: bool
    ) -> list[AccountSnapshot]:
        if is_snapshot:
            # A snapshot of nothing may have no row at all; where each currency has a row, it is all of them together.
            whole = updates[-1] if updates else AccountUpdate()
            balances = tuple(balance for update in updates for balance in update.balances)
            at = as_of or whole.updated_at
            updates = [attrs.evolve(whole, balances=balances, is_snapshot=True, updated_at=at)]
        changed = [self._account.apply(update, partial=partial) for update in updates]
        self._is_synced = self._is_synced or any(update.is_snapshot for update in updates)
        return [AccountSnapshot(self.facts, self._is_synced)] if any(changed) else []

    def _kind(self, event: AccountSnapshot) -> None:  # noqa: ARG002
        return None

    def _check(self, limit: LimitHandle, events: tuple[AccountSnapshot, ...] | None) -> Iterator[RiskEvent | None]:
        watch, facts = limit.watch, self.facts if events is None else events[-1].facts
        now, source = self._now_ms(), AccountSnapshot(facts, self._is_synced)
        if watch.only is None:
            yield watch.look("account", ACCOUNT_METRICS[watch.limit.metric](facts), now, source)
            return
        one = source.balance(watch.only)
        if one is None and self._is_synced:  # nothing of a currency is not told at all
            one = _NOTHING
        if one is not None:
            yield watch.look(watch.only, BALANCE_METRICS[watch.limit.metric](one), now, source)


_ZERO = Decimal(0)
_NOTHING = BalanceUpdate(
    currency="",
    equity=_ZERO,
    cash=_ZERO,
    available=_ZERO,
    frozen=_ZERO,
    unrealized_pnl=_ZERO,
    liability=_ZERO,
    notional=_ZERO,
    margin_ratio=_ZERO,
)


def describe(facts: AccountFacts) -> str:
    """What is there, for people."""
    equity, ratio = facts.equity, facts.margin_ratio
    told = [
        "equity unknown" if equity is None else f"equity {equity:.2f} {facts.totals.currency}",
        *([] if facts.available is None else [f"available {facts.available:.2f}"]),
        *([] if ratio is None else [f"margin ratio {ratio:.4f}"]),
        f"{len(facts.balances)} currencies",
    ]
    return ", ".join(told)
