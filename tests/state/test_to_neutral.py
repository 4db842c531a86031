"""State takes the rows of every exchange as they come, and refuses what tells of something else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget import models as bitget
from okx_sync.exchanges.okx import models as okx
from okx_sync.exchanges.okx.trade.models import FillRecord
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.position_monitor import PositionMonitor
from tests.exchanges.bitget import rows as bitget_rows
from tests.exchanges.bybit.frames import SEED, V5, objects

_OKX_ORDER = {"instId": "BTC-USDT", "ordId": "7", "state": "live", "side": "buy", "sz": "1", "accFillSz": "0"}
_OKX_FILL = {"instId": "BTC-USDT", "ordId": "7", "tradeId": "9", "side": "buy", "fillPx": "100", "fillSz": "1"}
_OKX_POSITION = {"instId": "BTC-USDT-SWAP", "posSide": "net", "mgnMode": "cross", "pos": "-3"}
_OKX_BALANCE = {"ccy": "USDT", "cashBal": "5", "eq": "5"}
_OKX_LEVELS = {"bids": [["100", "1", "0", "1"]], "asks": [["101", "2", "0", "1"]]}
_OKX_SHORT = {"pTime": "1", "balData": [_OKX_BALANCE], "posData": [_OKX_POSITION]}
_WHOLE = {"action": "snapshot"}


def bitget_row(cls: Any, protocol: str, channel: str) -> Callable[[], Any]:
    """A documented row of Bitget."""
    return lambda: cls.from_wire(getattr(bitget_rows, protocol)[channel], {**_WHOLE, "arg": {"channel": channel}})


def v5(topic: str) -> Callable[[], Any]:
    """The first row of a documented frame of Bybit V5."""
    return lambda: objects(V5[topic])[0]


def seed(topic: str) -> Callable[[], Any]:
    """The same of the seed protocol."""
    return lambda: objects(SEED[topic], "seed")[0]


ORDERS: dict[str, Callable[[], Any]] = {
    "okx": lambda: okx.Order.from_wire(_OKX_ORDER),
    "bybit": v5("order.linear"),
    "bybit seed": seed("user.openapi.perp.order"),
    "bitget v2": bitget_row(bitget.Order, "V2", "orders"),
    "bitget v1": bitget_row(bitget.V1Order, "V1", "orders"),
    "bitget seed": bitget_row(bitget.SeedOrder, "SEED", "orders"),
}
FILLS: dict[str, Callable[[], Any]] = {
    "okx": lambda: okx.Fill.from_wire(_OKX_FILL),
    "okx rest": lambda: FillRecord.from_wire(_OKX_FILL),
    "bybit": v5("execution"),
    "bybit fast": v5("execution.fast"),
    "bybit seed": seed("user.openapi.perp.trade"),
    "bitget v2": bitget_row(bitget.Fill, "V2", "fill"),
    "bitget seed": bitget_row(bitget.SeedExecution, "SEED", "execution"),
}
POSITIONS: dict[str, Callable[[], Any]] = {
    "okx": lambda: okx.Position.from_wire(_OKX_POSITION),
    "okx in short": lambda: okx.BalanceAndPosition.from_wire(_OKX_SHORT).posData[0],
    "bybit": v5("position"),
    "bybit seed": seed("user.openapi.perp.position"),
    "bitget v2": bitget_row(bitget.Position, "V2", "positions"),
    "bitget v1": bitget_row(bitget.V1Position, "V1", "positions"),
    "bitget seed": bitget_row(bitget.SeedPosition, "SEED", "positions"),
}
ACCOUNTS: dict[str, Callable[[], Any]] = {
    "okx": lambda: okx.Account.from_wire({"details": [_OKX_BALANCE]}),
    "okx in short": lambda: okx.BalanceAndPosition.from_wire(_OKX_SHORT).to_account(),
    "bybit": v5("wallet"),
    "bitget v2": bitget_row(bitget.Account, "V2", "account"),
    "bitget v1": bitget_row(bitget.V1Account, "V1", "account"),
    "bitget seed": bitget_row(bitget.SeedAccount, "SEED", "account"),
}
BOOKS: dict[str, Callable[[], Any]] = {
    "okx": lambda: okx.BookUpdate.from_wire(_OKX_LEVELS, _WHOLE),
    "okx elp": lambda: okx.ElpBookUpdate.from_wire(_OKX_LEVELS, _WHOLE),
    "okx rpi": lambda: okx.RpiBookUpdate.from_wire(_OKX_LEVELS, _WHOLE),
    "okx spread": lambda: okx.SpreadBookUpdate.from_wire(_OKX_LEVELS, _WHOLE),
    "bybit": v5("orderbook.1.BTCPERP"),
    "bybit seed": seed("orderBookL2_25.BTCPERP"),
    "bitget": bitget_row(bitget.BookUpdate, "V2", "books"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_manager_takes_order_rows(name: str) -> None:
    """One row, one order."""
    manager = OrderManager()
    manager.apply(ORDERS[name]())
    assert len(manager.open) + len(manager.finished) == 1


@pytest.mark.parametrize("name", FILLS)
def test_an_order_manager_takes_fill_rows(name: str) -> None:
    """One row, one fill."""
    manager = OrderManager()
    manager.apply(FILLS[name]())
    assert len(manager.fills) == 1


@pytest.mark.parametrize("name", POSITIONS)
def test_a_position_monitor_takes_position_rows(name: str) -> None:
    """One row, one position."""
    monitor = PositionMonitor()
    monitor.apply(POSITIONS[name](), partial=True)
    assert len(monitor) == 1


@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_monitor_takes_account_rows(name: str) -> None:
    """The balances that the row carries."""
    monitor = AccountMonitor()
    monitor.apply(ACCOUNTS[name](), partial=True)
    assert monitor.balances


@pytest.mark.parametrize("name", BOOKS)
def test_an_order_book_takes_book_rows(name: str) -> None:
    """A whole book makes it valid."""
    book = OrderBook("X")
    assert book.apply(BOOKS[name]()) == "snapshot"
    assert book.valid


def test_a_book_refuses_what_tells_of_none() -> None:
    """With a hint, and the book stays as it was."""
    book = OrderBook("X")
    book.apply(BOOKS["okx"]())
    with pytest.raises(ConfigError, match="dict is about no book") as caught:
        book.apply({"bids": []})  # type: ignore[arg-type]
    assert "to_change" in str(caught.value)
    assert book.valid
    assert book.best_bid is not None
    assert book.best_bid.price == Decimal(100)


def test_a_monitor_refuses_rows_of_another_kind() -> None:
    """A balance is no position."""
    with pytest.raises(ConfigError, match="is no PositionUpdate"):
        PositionMonitor().apply(ACCOUNTS["okx"]())
