"""``AccountMonitor``: balances and totals of an account, as the exchange has them, with limits that call back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeVar

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import Number
from okx_sync.lazy import drawn_by
from okx_sync.state.account import ACCOUNT_METRICS, BALANCE_METRICS, AccountFacts, AccountState
from okx_sync.state.live_object import Dispatch, call_now
from okx_sync.state.monitor import LimitHandle, Monitor
from okx_sync.state.risk import RiskEvent
from okx_sync.state.synced import Report
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate, BalanceUpdate

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
    """Reads of an account. Totals are in USD on OKX; each is None while the exchange has not sent it.

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
        """What is free to trade with; where the exchange gives no total, the sum over the currencies that are known."""
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

    def to_rows(self) -> list[BalanceUpdate]:
        """Return the balances as rows of a table; ``to_df(ws.account)`` makes a frame."""
        return list(self.balances)

    def balance(self, currency: str, product: str | None = None) -> BalanceUpdate | None:
        """Return the balance of a currency, in that currency; None when nothing of it is known.

        While this is synced, None means that there is none.

        Raises ``ConfigError`` when several product types (Bitget) have it and ``product`` does not say which is meant.
        """
        found = [one for one in self.balances if one.currency == currency and product in (None, one.product)]
        if len(found) > 1:
            raise ConfigError(
                f"{currency} is in {len(found)} accounts: {', '.join(str(one.product) for one in found)}",
                hint=f"name one: balance({currency!r}, product={found[0].product!r})",
            )
        return found[0] if found else None

    def metrics(self) -> dict[str, Decimal | None]:
        """Return figures to judge an account by, all of one moment.

        ``total_equity``, ``available``, ``used_margin`` (what positions and orders tie up), ``margin_ratio``,
        ``unrealized_pnl``, ``unrealized_pnl_share`` and ``free_margin_share`` (of equity), ``notional`` (value of all
        positions), ``leverage`` (notional over equity), ``peak_equity`` (since this began, or ``reset_peak``),
        ``drawdown`` (share of the peak; money taken out counts as a loss).
        """
        facts = self.facts
        return {name: measure(facts) for name, measure in ACCOUNT_METRICS.items()}


@attrs.frozen(repr=False)
class AccountSnapshot(AccountReads):
    """An account at one moment; never changes.

    ``synced``: whether nothing could be missing then, and why it could (``unsynced_reason``).
    """

    facts: AccountFacts
    synced: bool
    unsynced_reason: str | None = attrs.field(default=None, eq=False)

    _repr_html_ = drawn_by("account_pictures", "account_picture")

    def __repr__(self) -> str:
        return f"<AccountSnapshot {describe(self.facts, self.unsynced_reason, synced=self.synced)}>"


class AccountMonitor(AccountReads, Monitor[AccountUpdate]):
    """Live balances and totals: ``ws.account``.

    Reads give what is known now, also while it is not :attr:`synced`. It can be fed by hand as well::

        monitor = AccountMonitor()
        ws.subscribe_account(callback=monitor.apply)

    All methods are safe from any thread.
    """

    _feeds_on = AccountUpdate

    def __init__(
        self,
        name: str = "account",
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        report: Report | None = None,
        no_source: str | None = None,
        products: Iterable[str] = (),
        untold: Mapping[str, str] | None = None,
        untold_by_currency: Mapping[str, str] | None = None,
        has_lists: bool = False,
    ) -> None:
        super().__init__(
            name,
            release=release,
            dispatch=dispatch,
            clock=clock,
            report=report,
            no_source=no_source,
            products=products,
        )
        self._untold = untold or {}
        self._untold_by_currency = untold_by_currency or {}
        self._has_lists = has_lists  # whether a list of all balances will come
        self._account = AccountState()

    @property
    def facts(self) -> AccountFacts:
        """What is known now, immutable."""
        return self._account.facts

    def snapshot(self) -> AccountSnapshot:
        """Return the whole account as it is now, immutable."""
        with self._lock:
            return AccountSnapshot(self.facts, self.synced, self.unsynced_reason)

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
        ``recover_at``: how far it must come back, 5 % of the limit by default. A value that is beyond the limit already
        is reported at once. A metric is judged as soon as every part of it is known, and not before: a sum over the
        currencies when all of them are known. A metric that the exchange turns out not to give in this account's mode
        is reported once. Raises ``ConfigError``, also for a metric that the exchange never gives.
        """
        line = (above, below, recover_at)
        if currency is None:
            return self._add_limit(metric, ACCOUNT_METRICS, line, callback, None, self._untold)
        return self._add_limit(metric, BALANCE_METRICS, line, callback, currency, self._untold_by_currency)

    _repr_html_ = drawn_by("account_pictures", "live_picture")

    def __repr__(self) -> str:
        now = self.snapshot()
        return f"<AccountMonitor {describe(now.facts, now.unsynced_reason, synced=now.synced)}>"

    # -- of Monitor --------------------------------------------------------------------------------------------

    def _believed(self, update: Any) -> Any:
        believed = super()._believed
        balances = tuple(believed(one) for one in update.balances)
        update = believed(update)
        is_same = all(one is other for one, other in zip(balances, update.balances, strict=True))
        return update if is_same else attrs.evolve(update, balances=balances)

    def _change(self, updates: list[AccountUpdate], partial: bool) -> list[AccountSnapshot]:
        changed = False
        for update in updates:
            if update.is_snapshot and update.is_cut:  # what is missing here may be there
                update = attrs.evolve(update, is_snapshot=False)
            if update.is_snapshot:
                self._note_whole(update.product)
            self._account.is_whole = self._has_all(self.facts)
            changed = self._account.apply(update, partial=partial) or changed
        return [AccountSnapshot(self.facts, self.synced, self.unsynced_reason)] if changed else []

    def _change_all(
        self, updates: list[AccountUpdate], as_of: int | None, product: str | None
    ) -> list[AccountSnapshot]:
        # A snapshot of nothing may have no row at all; where each currency has a row, it is all of them together.
        whole = updates[-1] if updates else AccountUpdate()
        is_cut = any(update.is_cut for update in updates)
        balances = tuple(balance for update in updates for balance in update.balances)
        at = as_of or whole.updated_at
        return self._change(
            [attrs.evolve(whole, balances=balances, is_snapshot=True, is_cut=is_cut, updated_at=at, product=product)],
            partial=False,
        )

    def _kind(self, event: AccountSnapshot) -> None:  # noqa: ARG002
        return None

    def _check(self, limit: LimitHandle, events: tuple[AccountSnapshot, ...] | None) -> Iterator[RiskEvent | None]:
        watch, facts = limit.watch, self.facts if not events else events[-1].facts
        source = AccountSnapshot(facts, self.synced, self.unsynced_reason)
        if watch.only is None:
            yield self._check_account(limit, source)
        else:
            yield from self._check_currency(limit, watch.only, source)

    def _check_account(self, limit: LimitHandle, source: AccountSnapshot) -> RiskEvent | None:
        metric, facts = limit.watch.limit.metric, source.facts
        if facts.is_told(metric, is_whole=self._has_all(facts)):
            return limit.watch.look("account", ACCOUNT_METRICS[metric](facts), self._now_ms(), source)
        if source.synced or facts.has_totals:
            self._cannot_judge(limit, "the account", _reason(facts.totals, metric))
        return None

    def _has_all(self, facts: AccountFacts) -> bool:
        """Tell whether nothing can be missing from the sums.

        Where the exchange never lists all balances, and there is no total to compare them with, those that it named
        count as all.
        """
        return self._is_synced or not (self._has_lists or facts.has_totals)

    def _check_currency(self, limit: LimitHandle, name: str, source: AccountSnapshot) -> Iterator[RiskEvent | None]:
        watch, metric = limit.watch, limit.watch.limit.metric
        found = [one for one in source.balances if one.currency == name]
        if not found and source.synced:  # nothing of a currency is not told at all
            found = [_NOTHING]
        for one in found:
            value = BALANCE_METRICS[metric](one)
            subject = f"{name} {one.product}" if len(found) > 1 else name
            if value is None:
                self._cannot_judge(limit, subject, _reason(one, metric))
            yield watch.look(subject, value, self._now_ms(), source)


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


def _reason(told: AccountUpdate | BalanceUpdate, metric: str) -> str:
    return told.untold.get(metric) or f"the exchange does not tell what {metric} is made of"


def describe(facts: AccountFacts, unsynced_reason: str | None, *, synced: bool) -> str:
    """Describe the account for people."""
    equity, ratio = facts.equity, facts.margin_ratio
    number = f"{len(facts.balances)} currencies" if synced or facts.balances else "currencies not known"
    told = [
        "equity unknown" if equity is None else f"equity {equity:.2f} {facts.totals.currency}",
        *([] if facts.available is None else [f"available {facts.available:.2f}"]),
        *([] if ratio is None else [f"margin ratio {ratio:.4f}"]),
        number if synced else f"{number}, not synced ({unsynced_reason})",
    ]
    return ", ".join(told)
