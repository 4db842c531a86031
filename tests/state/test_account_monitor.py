"""The account monitor: reads, listeners, limits; what it shares with the position monitor is tested there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync import AccountMonitor, ConfigError, RiskEvent
from okx_sync.exchanges.okx.models import Account
from okx_sync.state.account_monitor import AccountSnapshot
from okx_sync.timing import Clock
from tests.state.accounts import account, balance

D = Decimal


@pytest.fixture
def monitor() -> AccountMonitor:
    """Complete: 100 USDT and coins worth 50 dollars."""
    monitor = AccountMonitor()
    monitor.apply(account(balance("USDT", 100, available=D(80)), balance("BTC", 2, equity_usd=D(50))))
    return monitor


def test_reads(monitor: AccountMonitor) -> None:
    """Balances by name, totals, and all metrics of one moment."""
    usdt = monitor.balance("USDT")
    assert usdt is not None
    assert (usdt.equity, usdt.available) == (D(100), D(80))
    assert monitor.balance("XRP") is None
    assert (monitor.equity, monitor.available) == (D(150), D(130))
    assert (monitor.unrealized_pnl, monitor.margin_ratio) == (None, None)
    assert [one.currency for one in monitor.balances] == ["USDT", "BTC"]
    assert monitor.metrics() == monitor.snapshot().metrics()
    assert set(monitor.metrics()) >= {"total_equity", "used_margin", "margin_ratio", "unrealized_pnl"}
    assert repr(monitor) == "<AccountMonitor equity 150.00 USD, available 130.00, 2 currencies>"
    assert "equity unknown" in repr(AccountMonitor())


def test_a_row_that_lists_everything_completes_it() -> None:
    """Fed by hand too: an account comes as one row. A row without details says that nothing is there."""
    monitor = AccountMonitor()
    detail = {"ccy": "USDT", "eq": "5", "uTime": "1"}
    monitor.apply(Account.from_wire({"totalEq": "5", "uTime": "1", "details": [detail]}, {"eventType": "event_update"}))
    assert not monitor.wait_synced(0)
    monitor.apply(Account.from_wire({"totalEq": "0", "uTime": "2", "details": []}, {"eventType": "snapshot"}))
    assert monitor.wait_synced(0)
    assert (monitor.equity, monitor.balances) == (D(0), ())


def test_a_snapshot_without_any_row_is_an_empty_account(monitor: AccountMonitor) -> None:
    """The exchange may have nothing at all to list."""
    monitor.apply_snapshot([])
    assert monitor.balances == ()


def test_listeners_get_the_whole_account(monitor: AccountMonitor) -> None:
    """As it was with that change; nothing when nothing changed."""
    heard: list[AccountSnapshot] = []
    monitor.on_change(heard.append)
    monitor.apply(account(balance("USDT", 90, at=2), at=2, snapshot=False))
    monitor.apply(account(balance("USDT", 90, at=2), at=2, snapshot=False))
    assert [(one.equity, one.synced) for one in heard] == [(D(140), True)]


def test_limits_of_the_account_and_of_a_currency(monitor: AccountMonitor) -> None:
    """The thresholds of an account, one line each, side by side."""
    heard: list[tuple[str, str, bool]] = []

    def note(event: RiskEvent) -> None:
        heard.append((event.subject, event.kind, event.is_breach))

    monitor.limit("margin_ratio", above="0.9", callback=note)
    monitor.limit("available", below=100, callback=note)
    monitor.limit("available", below=70, callback=note, currency="USDT")
    monitor.limit("drawdown", above="0.3", callback=note)
    monitor.apply(account(balance("USDT", 69, at=2, margin_ratio=D("0.95")), at=2, snapshot=False))
    assert heard == [("account", "margin_ratio", True), ("USDT", "available", True)]
    monitor.apply(account(balance("BTC", 1, at=3, equity_usd=D(25)), at=3, snapshot=False))
    assert heard[2:] == [("account", "available", True), ("account", "drawdown", True)]
    monitor.apply(account(balance("USDT", 300, at=4, margin_ratio=D(0)), at=4, snapshot=False))
    assert {one[:2] for one in heard[4:]} == {pair[:2] for pair in heard[:4]}
    assert not any(is_breach for _, _, is_breach in heard[4:])


def test_a_currency_that_is_gone_counts_as_nothing(monitor: AccountMonitor) -> None:
    """Snapshots list only what there is: the limit on what is free of it is breached, not forgotten."""
    heard: list[RiskEvent] = []
    monitor.limit("available", below=1, callback=heard.append, currency="BTC")
    monitor.apply(account(balance("USDT", 100, at=2), at=2))
    assert [(event.subject, event.value, event.is_breach) for event in heard] == [("BTC", D(0), True)]


def test_nothing_is_judged_before_it_is_known() -> None:
    """Neither totals nor a currency: an account that has not been told yet breaches nothing."""
    monitor, heard = AccountMonitor(), list[RiskEvent]()
    monitor.limit("available", below=100, callback=heard.append)
    monitor.limit("available", below=100, callback=heard.append, currency="USDT")
    monitor.apply(account(balance("BTC", 1, available=None, equity_usd=None), snapshot=False))
    assert heard == []


def test_metrics_of_a_currency_are_its_own(monitor: AccountMonitor) -> None:
    """The account has no cash, and a currency no drawdown."""
    with pytest.raises(ConfigError, match="metric 'cash'"):
        monitor.limit("cash", below=1, callback=print)
    with pytest.raises(ConfigError, match="metric 'drawdown'"):
        monitor.limit("drawdown", above=1, callback=print, currency="BTC")


def test_the_peak_can_be_reset(monitor: AccountMonitor) -> None:
    """Money taken out is no loss any more."""
    monitor.apply(account(balance("USDT", 25, at=2), at=2, snapshot=False))
    assert monitor.metrics()["drawdown"] == D("0.5")
    monitor.reset_peak()
    assert monitor.metrics()["drawdown"] == 0


def test_a_time_to_come_orders_nothing() -> None:
    """Neither of the totals nor of a balance: what comes next is newer all the same; reported once."""
    told: list[Exception] = []
    monitor = AccountMonitor(report=told.append)
    now = int(Clock().server_time() * 1000)
    in_a_year = now + 365 * 86_400_000
    monitor.apply(account(balance("USDT", 100, at=in_a_year), at=in_a_year, total_equity=D(100)))
    monitor.apply(account(balance("USDT", 50, at=now), at=now, total_equity=D(50)))
    assert monitor.equity == 50
    assert [one.equity for one in monitor.balances] == [50]
    assert len(told) == 1


def test_sums_over_balances_are_judged_when_all_are_known() -> None:
    """Where a list of all balances will be told: not before; and not while the price of one is not known."""
    monitor, heard = AccountMonitor(has_lists=True), list[RiskEvent]()
    monitor.limit("total_equity", below=100, callback=heard.append)
    monitor.apply(account(balance("USDT", 60), snapshot=False))
    assert heard == []
    monitor.apply(account(balance("USDT", 60, at=2), balance("NEW", 5, at=2, equity_usd=None), at=2))
    assert heard == []
    monitor.apply(account(balance("USDT", 60, at=3), balance("NEW", 5, at=3), at=3))
    assert [event.value for event in heard] == [65]


def test_what_the_exchange_turns_out_not_to_tell_is_reported_once() -> None:
    """With the reason that the update gives."""
    told: list[Exception] = []
    monitor = AccountMonitor(report=told.append)
    monitor.limit("margin_ratio", above="0.8", callback=print)
    monitor.limit("available", below=1, currency="USDT", callback=print)
    usdt = balance("USDT", 100, available=None, untold={"available": "the mode has none"})
    monitor.apply(account(usdt, untold={"margin_ratio": "this mode knows no ratio"}))
    monitor.apply(account(usdt, at=2))
    assert ["knows no ratio" in str(told[0]), "the mode has none" in str(told[1]), len(told)] == [True, True, 2]


def test_accounts_of_product_types_stand_side_by_side() -> None:
    """A coin may be in two of them; totals are the sum; a list of one ends nothing of the other."""
    monitor = AccountMonitor(products=("A", "B"))
    one, other = balance("BTC", 2, product="A", margin_ratio=D("0.2")), balance("BTC", 3, product="B")
    monitor.apply_snapshot([account(one, snapshot=False, product="A", available=D(1))], product="A")
    assert not monitor.wait_synced(0)
    monitor.apply_snapshot([account(other, snapshot=False, product="B")], product="B")
    assert monitor.wait_synced(0)
    assert (monitor.equity, monitor.available, monitor.margin_ratio) == (D(5), D(4), D("0.2"))
    monitor.apply_snapshot([], product="A")
    assert [(now.product, now.equity) for now in monitor.balances] == [("B", D(3))]
