"""Orders, positions and an account as a notebook shows them: what is not certain is never drawn as nothing."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderState, StatusStep
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderUpdate, PositionUpdate
from tests.notebook.test_row_pictures import words
from tests.state.orders.algos import BTC, Bench

LONG = PositionUpdate(inst_id="BTC-USDT-SWAP", size=Decimal(2), entry_price=Decimal(60000))
ORDER = OrderUpdate(inst_id="BTC-USDT", order_id="7", status="live", side="buy", size=Decimal(3), price=Decimal(5))


def test_positions_that_nobody_told_are_not_none() -> None:
    """Before a complete picture: not known, and why. After it: none. What is open is shown in both cases."""
    monitor = PositionMonitor()
    told = words(monitor._repr_html_())
    assert "what is open is not known" in told
    assert "not synced: no snapshot has come yet" in told
    assert "no open positions" not in told
    monitor.apply_snapshot([])
    assert words(monitor._repr_html_()) == "Positions: 0 open no open positions"
    monitor.apply(LONG)
    told = words(monitor.snapshot()._repr_html_())
    assert "BTC-USDT-SWAP long 2 60000 not known &mdash; not known" in told
    monitor.close()
    assert "not synced: it was closed" in words(monitor._repr_html_())


def test_an_account() -> None:
    """Totals that are not told are not known, and not 0; a loss has its sign."""
    monitor = AccountMonitor()
    told = words(monitor._repr_html_())
    assert "equity, USD not known" in told
    assert "balances: not known" in told
    balance = BalanceUpdate(currency="USDT", equity=Decimal("1.50"), unrealized_pnl=Decimal(-1), product="USDT-FUTURES")
    monitor.apply_snapshot(
        [AccountUpdate(total_equity=Decimal(1234), margin_ratio=Decimal(1) / 3, balances=(balance,))]
    )
    told = words(monitor._repr_html_())
    assert "equity, USD 1,234.00" in told
    assert "margin ratio 0.333333" in told
    assert "USDT (USDT-FUTURES) 1.50 not known not known -1" in told
    assert "not synced" not in told


def test_orders() -> None:
    """Open ones, those that are over, and whether some may be missing."""
    manager = OrderManager()
    assert "what is open is not known" in words(manager._repr_html_())
    assert "what is open is not known, 0 finished, 0 fills, not synced (" in repr(manager.snapshot())
    manager.mark_synced(True)
    assert repr(manager.snapshot()) == "<OrdersSnapshot: 0 open, 0 finished, 0 fills, synced>"
    assert words(manager._repr_html_()) == "Orders: 0 open, 0 over, 0 fills no open orders"
    manager.apply(ORDER)
    fill = FillUpdate(inst_id="BTC-USDT", trade_id="9", order_id="7", side="buy", price=Decimal(5), size=Decimal(1))
    manager.apply_fill(fill)
    handle = manager["7"]
    told = words(handle._repr_html_())
    assert repr(handle.snapshot()) == "<OrderState BTC-USDT buy 3 @ 5: partially_filled, 1 filled at 5, id 7>"
    assert "BTC-USDT buy not known 3 1 5" in told
    assert "buy 1 5 not known 9" in told  # its fill, whose fee nobody told
    assert "Orders: 1 open, 0 over, 1 fills" in words(manager._repr_html_())
    manager.apply(
        OrderUpdate(inst_id="BTC-USDT", order_id="7", status="canceled", side="buy", reason="<i>", updated_at=9)
    )
    assert "over, the last 1 of 1" in words(manager._repr_html_())
    assert "reason &lt;i&gt;" in words(manager["7"]._repr_html_())


def test_an_order_of_which_nobody_tells_any_more() -> None:
    """While changes may be missed an open order is not drawn as it stands; one that is over stays what it was."""
    manager = OrderManager()
    manager.mark_synced(True)
    manager.apply(ORDER)
    handle = manager["7"]
    assert "may have changed" not in words(handle._repr_html_())
    manager.mark_synced(False, reason="the private link was lost")
    assert words(handle._repr_html_()).startswith("⚠ may have changed since: the private link was lost Order")
    manager.apply(OrderUpdate(inst_id="BTC-USDT", order_id="7", status="canceled", side="buy"))
    assert "may have changed" not in words(handle._repr_html_())


def test_an_order_without_an_answer_is_said_to_be_unknown() -> None:
    """Whether the exchange has it nobody knows; fills that were told as a sum are named."""
    state = OrderState(
        inst_id="BTC-USDT",
        status="unknown",
        client_order_id="mine",
        filled=Decimal(2),
        missing=Decimal(2),
        amend_error="too late",
        history=(StatusStep("pending"), StatusStep("unknown", reason="no answer")),
    )
    told = words(state._repr_html_())
    assert "whether the exchange has it is not known" in told
    assert "pending → unknown (no answer)" in told
    assert "change refused too late" in told
    assert "of 2 of what is filled the single fills are not known" in told


def test_algo_orders_that_nobody_told_are_not_none() -> None:
    """As orders; what fires one is shown."""
    bench = Bench()
    bench.algos.mark_synced(False, "the link is down")
    told = words(bench.algos._repr_html_())
    assert "what is open is not known" in told
    assert "not synced: the link is down" in told
    bench.orders.place(BTC, "buy", 1, 100, take_profit=110, stop_loss=90)
    (algo,) = bench.algos.open
    told = words(bench.algos._repr_html_())
    assert "Algo orders: 1 open, 0 over" in told
    assert "sell oco" in told
    assert "take profit market at last 110" in told
    assert "AlgoState" in words(algo._repr_html_())
