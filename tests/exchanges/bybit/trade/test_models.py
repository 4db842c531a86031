"""Bybit's orders and fills in the neutral words: statuses, reasons, fees, and every fill counted once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.models import Execution, FastExecution, Order, SeedFill, SeedOrder
from okx_sync.state.orders.order_table import Orders
from okx_sync.types import FillUpdate, OrderUpdate
from tests.exchanges.bybit.frames import SEED, V5, objects


def order(status: str, **fields: Any) -> Order:
    """An order for 0.01, of which nothing is filled unless the fields say so."""
    row = {
        "category": "linear", "symbol": "BTCPERP", "orderId": "o-1", "orderLinkId": "mine", "side": "Buy",
        "orderStatus": status, "qty": "0.01", "price": "30000", "orderType": "Limit", "timeInForce": "GTC",
        "cumExecQty": "0", "updatedTime": "5",
    }  # fmt: skip
    return Order.from_wire(row | fields)


def execution(exec_id: str, size: str, price: str = "30000", **fields: Any) -> FillUpdate:
    """The fill of an execution of that order."""
    row = {"symbol": "BTCPERP", "orderId": "o-1", "side": "Buy", "execId": exec_id, "execPrice": price,
           "execQty": size, "execType": "Trade", "execFee": "0.1", "isMaker": False, "execTime": "5"}  # fmt: skip
    fill = Execution.from_wire(row | fields).to_update()
    assert fill is not None
    return fill


def test_an_order_of_v5() -> None:
    """All facts of a partly filled order; a paid fee is below zero; the fee's coin is that of its detail."""
    (row,) = objects(V5["order.linear"])
    assert row.to_update() == OrderUpdate(
        inst_id="BTCPERP", order_id="o-1", status="partially_filled", side="buy", client_order_id="mine",
        order_type="post_only", position_side="net", price=Decimal("30000"), size=Decimal("0.010"),
        filled=Decimal("0.006"), average_price=Decimal("30000.5"), fee=Decimal("-0.099"), fee_currency="USDC",
        pnl=Decimal(0), reduce_only=False, created_at=1700000000000, updated_at=1700000005000,
    )  # fmt: skip


def test_an_order_of_the_seed_protocol() -> None:
    """The same neutral form; the average is value over quantity, exactly."""
    (row,) = objects(SEED["user.openapi.perp.order"], "seed")
    assert row.to_update() == OrderUpdate(
        inst_id="BTCPERP", order_id="so-1", status="filled", side="buy", order_type="limit", position_side="net",
        price=Decimal("44283.5"), size=Decimal("0.002"), filled=Decimal("0.002"), average_price=Decimal("44277.5"),
        fee=Decimal("-0.0664"), fee_currency="USDC", reduce_only=False, created_at=1646200779733,
        updated_at=1646200779736,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("New", "live"), ("Untriggered", "live"), ("Triggered", "live"), ("PartiallyFilled", "partially_filled"),
        ("Filled", "filled"), ("Cancelled", "canceled"), ("PartiallyFilledCanceled", "canceled"),
        ("Deactivated", "canceled"), ("Rejected", "rejected"),
    ],
)  # fmt: skip
def test_statuses(word: str, status: str) -> None:
    """Every word of both protocols has its place."""
    assert order(word).to_update().status == status
    row = {"symbol": "X", "orderId": "o", "orderStatus": word}
    assert SeedOrder.from_wire(row).to_update().status == status


def test_an_order_that_was_partly_filled_and_then_refused_is_over() -> None:
    """It has lived, so that it ends as canceled, with the reason, and is not kept open for ever."""
    orders = Orders()
    orders.apply(order("PartiallyFilled", cumExecQty="0.004", updatedTime="6").to_update())
    refused = order("Rejected", cumExecQty="0.004", updatedTime="7", rejectReason="EC_PostOnlyWillTakeLiquidity")
    applied = orders.apply(refused.to_update())
    assert applied.record is not None
    assert (applied.record.state.status, applied.record.state.reason) == ("canceled", "EC_PostOnlyWillTakeLiquidity")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"cancelType": "CancelByUser", "rejectReason": "EC_PerCancelRequest"}, "CancelByUser; EC_PerCancelRequest"),
        ({"cancelType": "UNKNOWN", "rejectReason": "EC_NoError"}, None),
        ({"cancelType": "", "rejectReason": ""}, None),
    ],
)
def test_reasons(fields: dict[str, str], reason: str | None) -> None:
    """Why an order ended, without the words that say nothing."""
    assert order("Cancelled", **fields).to_update().reason == reason


def test_two_filled_pushes() -> None:
    """When a cancel meets the fill, the second push carries the cancel's reason: it is none of the order's."""
    orders = Orders()
    filled = {"cumExecQty": "0.01", "avgPrice": "30000"}
    orders.apply(order("Filled", **filled).to_update())
    second = order("Filled", **filled, rejectReason="EC_OrigClOrdIDDoesNotExist", cancelType="CancelByUser")
    applied = orders.apply(second.to_update())
    assert applied.record is not None
    assert applied.change is None
    assert (applied.record.state.status, applied.record.state.reason) == ("filled", None)


@pytest.mark.parametrize(
    ("fields", "size", "kind"),
    [
        ({"category": "spot", "orderType": "Market"}, None, "market"),
        ({"category": "spot", "orderType": "Market", "marketUnit": "baseCoin"}, Decimal("0.01"), "market"),
        ({"category": "spot", "orderType": "Market", "side": "Sell"}, Decimal("0.01"), "market"),
        ({"category": "spot", "orderType": "Market", "side": "Sell", "marketUnit": "quoteCoin"}, None, "market"),
        ({"orderType": "Market", "price": "0"}, Decimal("0.01"), "market"),
        ({"timeInForce": "IOC"}, Decimal("0.01"), "ioc"),
        ({"timeInForce": "FOK"}, Decimal("0.01"), "fok"),
        ({}, Decimal("0.01"), "limit"),
    ],
)
def test_sizes_and_types(fields: dict[str, str], size: Decimal | None, kind: str) -> None:
    """A spot market buy counts money, which is no size; a market order has no price."""
    found = order("New", **fields).to_update()
    assert (found.size, found.order_type) == (size, kind)
    assert fields.get("price") != "0" or found.price is None


@pytest.mark.parametrize("fields", [{"orderStatus": "Party"}, {"orderId": ""}, {"symbol": None}])
def test_unreadable_orders(fields: dict[str, Any]) -> None:
    """An order of which nobody can say which it is, or in what state, is an error and no guess."""
    with pytest.raises(DecodeError):
        order("New", **fields).to_update()


def test_fills() -> None:
    """Executions of both protocols in one form."""
    (row,) = objects(V5["execution"])
    assert row.to_update() == FillUpdate(
        inst_id="BTCPERP", trade_id="e-1", order_id="o-1", side="buy", price=Decimal("30000.5"), size=Decimal("0.001"),
        client_order_id="mine", fee=Decimal("-0.0099"), fee_currency="USDC", pnl=Decimal(0), is_maker=True,
        ts=1700000005000,
    )  # fmt: skip
    (old,) = objects(SEED["user.openapi.perp.trade"], "seed")
    assert old.to_update() == FillUpdate(
        inst_id="BTCPERP", trade_id="st-1", order_id="so-1", side="buy", price=Decimal("44277.5"),
        size=Decimal("0.002"), client_order_id="mine", fee=Decimal("-0.0664"), fee_currency="USDC", is_maker=False,
        ts=1646200779736,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["Funding", "Delivery", "Settle", "SessionSettlePnL", "SomethingNew", ""])
def test_what_moves_only_money_is_no_fill(kind: str) -> None:
    """Funding and settlements are executions, but nothing was traded."""
    (row,) = objects(V5["execution"].replace('"execType":"Trade"', f'"execType":"{kind}"'))
    assert row.to_update() is None
    assert SeedFill.from_wire({"execType": kind or "FUNDING"}).to_update() is None


@pytest.mark.parametrize("kind", ["AdlTrade", "BustTrade", "BlockTrade"])
def test_forced_trades_are_fills(kind: str) -> None:
    """Deleveraging and liquidation change the position as any fill does."""
    assert execution("e", "0.01", execType=kind).size == Decimal("0.01")


def test_an_execution_without_its_ids_is_no_fill() -> None:
    """Nobody could tell it from its repeat."""
    assert FastExecution.from_wire({"symbol": "X", "side": "Buy"}).to_update() is None
    assert SeedFill.from_wire({"symbol": "X", "side": "Buy", "execType": "TRADE"}).to_update() is None


def test_a_fill_is_counted_once() -> None:
    """The order's own count, the execution, the fast execution and repeats of them all: one truth in any order."""
    (fast,) = objects(V5["execution.fast"])
    (full,) = objects(V5["execution"])
    early, late = fast.to_update(), full.to_update()
    assert early is not None
    assert late is not None
    partly = order("PartiallyFilled", cumExecQty="0.001", avgPrice="30000.5").to_update()
    every: list[list[OrderUpdate | FillUpdate]] = [
        [early, partly, late, partly], [partly, late, early], [late, early, partly],
    ]  # fmt: skip
    for news in every:
        orders = Orders()
        for one in news:
            if isinstance(one, OrderUpdate):
                orders.apply(one)
            else:
                orders.apply_fill(one)
        record = orders.find("o-1")
        assert record is not None
        assert (record.state.filled, record.state.missing) == (Decimal("0.001"), Decimal(0))
        assert len(record.state.fills) == 1
        assert record.state.average_price == Decimal("30000.5")


def test_an_average_over_fills_is_exact() -> None:
    """Executions alone give the volume-weighted price."""
    orders = Orders()
    orders.apply(order("New").to_update())
    orders.apply_fill(execution("e-1", "0.004", "30000"))
    orders.apply_fill(execution("e-2", "0.001", "30005"))
    record = orders.find("o-1")
    assert record is not None
    assert (record.state.filled, record.state.average_price) == (Decimal("0.005"), Decimal("30001"))
