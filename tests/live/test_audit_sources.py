"""What an audit compares of positions, balances and orders, and how it sets them right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync import AccountMonitor, DecodeError, PositionMonitor
from okx_sync.algo_types import AlgoStatus, AlgoUpdate, TriggerPrice
from okx_sync.live.audit import Audit, AuditedItem, AuditMismatch, AuditSide
from okx_sync.live.audit_sources import AlgoAudit, BalanceAudit, OrderAudit, PositionAudit
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.types import AccountUpdate, BalanceUpdate, OrderUpdate, PositionUpdate
from tests.clocks import HandClock
from tests.live.audit_sides import unwanted
from tests.state.accounts import ETH, SWAP, account, balance, position
from tests.state.order_histories import BTC, update

D = Decimal


def audit(side: AuditSide) -> tuple[Audit, list[AuditMismatch]]:
    """An audit that does not run by itself, and what it tells."""
    told: list[AuditMismatch] = []
    return Audit([side], told.append, unwanted, HandClock(), recheck_s=0.001), told


def test_positions_are_compared_by_size_and_price_and_repaired() -> None:
    """What moves with the market does not count; the monitor says what REST says afterwards."""
    monitor, answer = PositionMonitor(), list[PositionUpdate]()
    seen = [position(1, 5, entry_price=D(100), mark_price=D(101)), position(2, 5, ETH), position(3, 5, "SOL-USDT-SWAP")]
    monitor.apply_snapshot(seen)
    answer.append(position(1, 5, entry_price=D(100), mark_price=D(99)))
    answer += [position(7, 6, ETH), position(4, 6, "XRP-USDT-SWAP")]
    look, told = audit(PositionAudit(monitor, lambda: answer))
    look.run_now()
    assert [one.kind for one in told] == ["position"] * 3
    assert [one.key.split()[0] for one in told] == [ETH, "SOL-USDT-SWAP", "XRP-USDT-SWAP"]
    assert {one.inst_id: int(one.size) for one in monitor} == {SWAP: 1, ETH: 7, "XRP-USDT-SWAP": 4}
    assert look.run_now() == []


def test_a_closed_position_is_none() -> None:
    """Whether REST lists it with a size of 0 or not at all."""
    monitor = PositionMonitor()
    monitor.apply_snapshot([])
    look, told = audit(PositionAudit(monitor, lambda: [position(0, 6)]))
    assert look.run_now() == told == []


def test_balances_are_compared_by_cash_and_repaired() -> None:
    """Equity moves with the market; nothing of a currency is the same as no row."""
    monitor = AccountMonitor()
    monitor.apply(account(balance("USDT", 100), balance("BTC", 0), balance("ETH", 3), total_equity=D(103)))
    rest = account(balance("USDT", 101, cash=D(90), at=2), balance("SOL", 5, at=2))
    look, told = audit(BalanceAudit(monitor, lambda: rest))
    look.run_now()
    assert [(one.kind, one.key) for one in told] == [("balance", "USDT"), ("balance", "ETH"), ("balance", "SOL")]
    assert {one.currency: one.cash for one in monitor.balances} == {"USDT": 90, "BTC": 0, "ETH": 0, "SOL": 5}
    assert monitor.equity == 103
    assert look.run_now() == []


def test_balances_of_product_types_stand_each_for_itself() -> None:
    """A currency may be in several; where no cash is told it is equity without profit; rounding is no difference."""

    def told(product: str, equity: str, profit: str, at: int = 1) -> BalanceUpdate:
        return BalanceUpdate(
            currency="BTC", product=product, equity=D(equity), unrealized_pnl=D(profit), available=D(0), updated_at=at
        )

    monitor = AccountMonitor()
    monitor.apply(account(told("COIN-FUTURES", "1.5", "0.5"), told("USDT-FUTURES", "2", "0")))
    rest = [told("COIN-FUTURES", "0.7999999", "-0.2000002", 2), told("USDT-FUTURES", "3", "0", 2)]
    look, mismatches = audit(BalanceAudit(monitor, lambda: AccountUpdate(balances=tuple(rest))))
    look.run_now()
    assert [(one.key, one.repaired) for one in mismatches] == [("BTC USDT-FUTURES", True)]
    assert {one.product: one.equity for one in monitor.balances} == {"COIN-FUTURES": D("1.5"), "USDT-FUTURES": 3}
    del rest[1]
    look.run_now()
    assert look.run_now() == []


def test_balances_that_cannot_be_read_are_not_gone() -> None:
    """They are missing in what REST lists: nothing is repaired by it, and the error is told."""
    monitor = AccountMonitor()
    monitor.apply(account(balance("USDT", 100), balance("BTC", 1)))
    problem = DecodeError("a balance has no ccy")
    cut = account(balance("USDT", 100), is_cut=True, unreadable=(problem,))
    look, told = audit(BalanceAudit(monitor, lambda: cut))
    with pytest.raises(DecodeError) as caught:
        look.run_now()
    assert caught.value is problem
    assert ([one.currency for one in monitor.balances if one.cash], told) == (["USDT", "BTC"], [])


def test_a_liability_counts() -> None:
    """Who owes has something, though there is no cash."""
    monitor = AccountMonitor()
    monitor.apply(account(balance("USDT", 0)))
    look, told = audit(BalanceAudit(monitor, lambda: account(balance("USDT", 0, at=2, liability=D(5)))))
    look.run_now()
    assert [one.difference for one in told] == ["the stream has nothing, REST has cash 0, liability 5"]


def test_what_is_not_synced_cannot_be_judged() -> None:
    """None of the three is asked of REST then."""
    sides: list[AuditSide] = [
        PositionAudit(PositionMonitor(), lambda: pytest.fail("asked")),
        BalanceAudit(AccountMonitor(), lambda: pytest.fail("asked")),
        OrderAudit(OrderManager(), lambda: pytest.fail("asked"), lambda _: pytest.fail("asked")),
    ]
    for side in sides:
        assert audit(side)[0].run_now() == []


def other(number: int) -> OrderUpdate:
    """Another live order."""
    return update("live", order_id=str(number), client_order_id=f"mine{number}")


def test_open_orders_are_compared_by_what_is_filled_size_and_price_and_repaired() -> None:
    """Those that REST does not list any more are looked up one by one; those it lists newly are taken over."""
    manager = OrderManager()
    for one in (update("live"), other(2), other(3)):
        manager.apply(one)
    manager.mark_synced(True)
    ended = update("canceled", order_id="5", client_order_id="mine5")  # some lists tell of the end, too
    rest = [update("partially_filled", 2, "4"), other(3), other(4), ended]
    looked_up = list[str | None]()

    def look_up(order: object) -> OrderUpdate:
        looked_up.append(order.order_id)  # type: ignore[attr-defined]
        return update("canceled", 3, order_id="2", client_order_id="mine2")

    look, told = audit(OrderAudit(manager, lambda: rest, look_up))
    look.run_now()
    assert [(one.kind, one.key, one.repaired) for one in told] == [
        ("order", "1", True),
        ("order", "2", True),
        ("order", "4", True),
    ]
    assert told[0].difference == "the stream has filled 0, REST has filled 4"
    assert looked_up == ["2"]
    assert manager["1"].filled == 4
    assert manager["2"].status == "canceled"
    assert "4" in manager
    assert "5" not in manager
    assert look.run_now() == []


def algo(number: int, status: AlgoStatus = "armed", price: int = 70_000, at: int = 1) -> AlgoUpdate:
    """A trigger order of this number."""
    ids: dict[str, Any] = {"algo_id": f"a{number}", "client_order_id": f"mine{number}"}
    return AlgoUpdate(inst_id=BTC, status=status, kind="trigger", trigger=TriggerPrice(price), updated_at=at, **ids)


def test_algo_orders_are_compared_by_size_and_prices_and_repaired() -> None:
    """Those that wait for their price; one that REST does not list any more is looked up."""
    manager = OrderManager()
    for one in (algo(1), algo(2), algo(3), algo(4, "attached")):
        manager.algos.apply(one)
    rest = [algo(1, price=71_000, at=2), algo(3), algo(5), algo(6, "canceled")]
    look, told = audit(AlgoAudit(manager.algos, lambda: rest, lambda _: algo(2, "fired", at=3)))
    assert look.run_now() == []  # not synced
    manager.algos.mark_synced(True)
    look.run_now()
    assert [(one.kind, one.key, one.repaired) for one in told] == [
        ("algo", "a1", True),
        ("algo", "a2", True),
        ("algo", "a5", True),
    ]
    assert manager.algos["a1"].snapshot().trigger == TriggerPrice(71_000)
    assert manager.algos["a2"].status == "fired"
    assert "a6" not in manager.algos
    assert look.run_now() == []
    gone, left = audit(AlgoAudit(manager.algos, list, lambda _: None))
    gone.run_now()
    assert {one.repaired for one in left} == {False}


def test_an_order_that_nobody_knows_any_more_is_left_as_it_is() -> None:
    """It is told, not repaired: what became of it is unknown."""
    manager = OrderManager()
    manager.apply(update("live"))
    manager.mark_synced(True)
    look, told = audit(OrderAudit(manager, list, lambda _: None))
    look.run_now()
    assert [(one.key, one.repaired) for one in told] == [("1", False)]
    assert str(told[0]).endswith("; left as it is")
    assert manager["1"].status == "live"


def test_nothing_on_either_side_is_nothing_to_repair() -> None:
    """A side that is asked to all the same says so."""
    nothing: AuditedItem | None = None
    assert not BalanceAudit(AccountMonitor(), lambda: pytest.fail("asked")).repair(nothing, nothing)
