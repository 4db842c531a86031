"""An account from its pushes: balances by currency, totals given or added up, the metrics of both."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okx_sync.state.account import ACCOUNT_METRICS, AccountFacts, AccountState
from okx_sync.types import AccountUpdate, BalanceUpdate
from tests.state.accounts import account, balance

D = Decimal
PUSHES = st.lists(st.tuples(st.sampled_from(["USDT", "BTC", "ETH"]), st.integers(0, 5), st.integers(1, 6)), max_size=40)


@given(PUSHES)
def test_the_newest_push_of_each_currency_wins(pushes: list[tuple[str, int, int]]) -> None:
    """Whatever the order; totals follow the newest push as well."""
    kept, newest, last = AccountState(), dict[str, tuple[int, int]](), 0
    total: Decimal | None = None
    for currency, equity, at in pushes:
        kept.apply(account(balance(currency, equity, at), at=at, snapshot=False, total_equity=D(equity)))
        if at >= newest.get(currency, (0, 0))[1]:
            newest[currency] = (equity, at)
        if at >= last:
            last, total = at, D(equity)
    assert {one.currency: one.equity for one in kept.facts.balances} == {name: e for name, (e, _) in newest.items()}
    assert kept.facts.equity == total


def test_an_update_brings_what_changed_and_a_snapshot_ends_what_it_lacks() -> None:
    """Unless it changed after the snapshot was made."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 100), balance("BTC", 7), total_equity=D(107)))
    kept.apply(account(balance("USDT", 90, at=2), at=2, snapshot=False, total_equity=D(97)))
    assert {one.currency: one.equity for one in kept.facts.balances} == {"USDT": 90, "BTC": 7}
    assert kept.facts.equity == 97
    kept.apply(account(balance("ETH", 5, at=9), at=9, snapshot=False))
    kept.apply(account(balance("USDT", 90, at=2), at=8))
    assert [one.currency for one in kept.facts.balances] == ["USDT", "ETH"]
    kept.apply(account(at=10))
    assert kept.facts.balances == ()


def test_what_brings_nothing_new_is_no_change() -> None:
    """A repeat, and a push that is older than what is known."""
    kept = AccountState()
    assert kept.apply(account(balance("USDT", 100, at=5), at=5, total_equity=D(100)))
    assert not kept.apply(account(balance("USDT", 100, at=5), at=5, total_equity=D(100)))
    assert not kept.apply(account(balance("USDT", 1, at=4), at=4, total_equity=D(1)))


def test_metrics_with_the_exchanges_own_totals() -> None:
    """Those are used as they are."""
    kept = AccountState()
    totals = {"total_equity": 1000, "available": 600, "initial_margin": 300, "unrealized_pnl": -50, "notional": 2500}
    kept.apply(account(margin_ratio=D("0.2"), **{name: D(value) for name, value in totals.items()}))  # type: ignore[arg-type]
    assert {name: measure(kept.facts) for name, measure in ACCOUNT_METRICS.items()} == {
        "total_equity": 1000,
        "available": 600,
        "used_margin": 300,
        "margin_ratio": D("0.2"),
        "unrealized_pnl": -50,
        "unrealized_pnl_share": D("-0.05"),
        "free_margin_share": D("0.6"),
        "notional": 2500,
        "leverage": D("2.5"),
        "peak_equity": 1000,
        "drawdown": 0,
    }


def test_metrics_that_are_added_up() -> None:
    """Where each currency stands for itself: sums in USD, and the worst margin ratio."""
    kept = AccountState()
    btc = balance("BTC", 2, equity_usd=D(200), available=D(1), notional=D(1), margin_ratio=D("0.3"))
    usdt = balance("USDT", 50, available=D(30), unrealized_pnl=D(-5), notional=D(100), margin_ratio=D("0.1"))
    kept.apply(account(btc, usdt, balance("DUST", 9, equity_usd=None)))
    facts = kept.facts
    assert [facts.equity, facts.available, facts.used_margin] == [250, 130, 120]
    assert [facts.margin_ratio, facts.unrealized_pnl, facts.notional] == [D("0.3"), -5, 200]


def test_metrics_of_nothing() -> None:
    """Not known is None, not 0; and no share of nothing."""
    facts = AccountState().facts
    assert {measure(facts) for measure in ACCOUNT_METRICS.values()} == {None}
    kept = AccountState()
    kept.apply(account(total_equity=D(0), unrealized_pnl=D(0)))
    assert kept.facts.equity == 0
    assert ACCOUNT_METRICS["leverage"](kept.facts) is None
    assert ACCOUNT_METRICS["used_margin"](kept.facts) is None
    assert kept.facts.drawdown is None


def test_drawdown_is_measured_from_the_peak() -> None:
    """The highest equity so far, until it is reset."""
    kept = AccountState()
    for at, equity in enumerate((100, 200, 150), 1):
        kept.apply(account(at=at, snapshot=False, total_equity=D(equity)))
    assert [kept.facts.peak, kept.facts.drawdown] == [200, D("0.25")]
    kept.reset_peak()
    assert [kept.facts.peak, kept.facts.drawdown] == [150, 0]


def test_a_short_push_changes_cash_alone() -> None:
    """``balance_and_position`` tells cash: the totals and the rest of the balance stay, older news is left aside."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 100), total_equity=D(100)))
    news = BalanceUpdate(currency="USDT", cash=D(80), updated_at=3)
    kept.apply(AccountUpdate(balances=(news,), updated_at=3), partial=True)
    kept.apply(AccountUpdate(balances=(balance("USDT", 1, at=2),)), partial=True)
    (one,) = kept.facts.balances
    assert [one.cash, one.equity, one.available] == [80, 100, 100]
    assert kept.facts.equity == 100


# -- what is certain -------------------------------------------------------------------------------------------------


def told(facts: AccountFacts, *, is_whole: bool = False) -> set[str]:
    """The metrics that are certain."""
    return {metric for metric in ACCOUNT_METRICS if facts.is_told(metric, is_whole=is_whole)}


def test_a_total_of_the_exchanges_own_is_certain() -> None:
    """Whatever balances are known; what is made of several needs all of them."""
    kept = AccountState()
    kept.apply(account(snapshot=False, total_equity=D(100), initial_margin=D(5), notional=D(0)))
    assert kept.facts.has_totals
    assert told(kept.facts) >= {"total_equity", "peak_equity", "drawdown", "used_margin", "notional", "leverage"}
    assert told(kept.facts).isdisjoint({"available", "free_margin_share", "margin_ratio", "unrealized_pnl"})


def test_a_sum_is_certain_when_no_balance_can_be_missing() -> None:
    """Because all were listed, or because those that are known are worth the exchange's own total."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 60), balance("BTC", 2, equity_usd=D(40)), snapshot=False))
    assert not kept.facts.has_totals
    assert told(kept.facts) == set()
    assert told(kept.facts, is_whole=True) >= {"total_equity", "available", "used_margin", "free_margin_share"}
    kept.apply(account(snapshot=False, at=2, total_equity=D(100)))
    assert told(kept.facts) >= {"total_equity", "available", "used_margin", "free_margin_share"}
    kept.apply(account(snapshot=False, at=3, total_equity=D(150)))
    assert "available" not in told(kept.facts), "a balance of weight is missing"


def test_a_sum_with_a_part_that_is_not_told_is_not_certain() -> None:
    """Though all balances are known. The margin ratio is that of those that have one."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 60, margin_ratio=D("0.1")), balance("BTC", 1, available=None)))
    assert "available" not in told(kept.facts, is_whole=True)
    assert "margin_ratio" in told(kept.facts)


def test_accounts_of_product_types_are_added_up() -> None:
    """Certain when each of them is; balances of the same currency stand side by side."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 60, product="A"), product="A", total_equity=D(60)))
    kept.apply(account(balance("USDT", 40, product="B"), product="B"))
    assert [part.totals.product for part in kept.facts.parts] == ["A", "B"]
    assert (kept.facts.equity, kept.facts.available, len(kept.facts.balances)) == (D(100), D(100), 2)
    assert "total_equity" not in told(kept.facts)
    assert "total_equity" in told(kept.facts, is_whole=True)
    kept.apply(account(product="A", at=2))
    assert [one.product for one in kept.facts.balances] == ["B"]


def test_the_peak_is_of_what_is_certain() -> None:
    """A sum of which a part is missing may be more than the whole: what is borrowed counts below zero."""
    kept = AccountState()
    kept.apply(account(balance("USDT", 100), snapshot=False))
    assert kept.facts.peak is None
    kept.is_whole = True
    kept.apply(account(balance("USDT", 100), balance("BTC", -1, equity_usd=D(-30))))
    assert kept.facts.peak == 70
