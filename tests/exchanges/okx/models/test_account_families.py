"""Rows of the account's channels beyond orders and balances, by family. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    AccountGreeks,
    AdvancedAlgoOrder,
    BlockTrade,
    ContractGridOrder,
    CopyNotification,
    Deposit,
    GridOrder,
    GridPosition,
    GridSubOrder,
    LeadNotification,
    LiquidationWarning,
    Quote,
    RecurringBuy,
    Rfq,
    SpotGridOrder,
    SpreadFill,
    SpreadOrder,
    Withdrawal,
)
from okx_sync.models import Row

AROUND: dict[str, Any] = {"arg": {"channel": "any", "uid": "77"}}

PRIVATE: list[type[Row]] = [
    AccountGreeks, AdvancedAlgoOrder, BlockTrade, ContractGridOrder, CopyNotification, Deposit, GridPosition,
    GridSubOrder, LeadNotification, LiquidationWarning, Quote, RecurringBuy, Rfq, SpotGridOrder, SpreadFill,
    SpreadOrder, Withdrawal,
]  # fmt: skip


@pytest.mark.parametrize("cls", PRIVATE, ids=lambda cls: cls.__name__)
def test_account_data_says_whose_it_is(cls: type[Row]) -> None:
    """The user's id is on the message, and a field of the row."""
    assert getattr(cls.from_wire({}, AROUND), "uid", None) == "77"


def test_own_uid_goes_first() -> None:
    """Deposits and withdrawals name the user in the row, which may be another than the listener's."""
    assert Deposit.from_wire({"uid": "88"}, AROUND).uid == "88"


def test_money_in_and_out() -> None:
    """``from`` is a word of Python, so its field is ``from_``; on the wire it stays what it was."""
    deposit = Deposit.from_wire({"from": "+4512", "to": "0x1", "amt": "1.50", "actualDepBlkConfirm": "3", "state": "0"})
    assert (deposit.from_, deposit.amt, deposit.actualDepBlkConfirm, deposit.state) == (
        "+4512",
        Decimal("1.50"),
        3,
        "0",
    )
    assert deposit.extra == {}
    assert Deposit(from_="me", amt=Decimal(2)).to_wire() == {"from": "me", "amt": "2"}


@pytest.mark.parametrize(("wire", "comment"), [({"comment": "9"}, "9"), ({}, None)])
def test_what_an_address_needs_besides(wire: dict[str, str], comment: str | None) -> None:
    """An object, or nothing at all."""
    extra = Withdrawal.from_wire({"addrEx": wire, "nonTradableAsset": False}).addrEx
    assert extra is not None
    assert extra.comment == comment
    assert Withdrawal.from_wire({"addrEx": None}).addrEx is None


def test_grid_bots() -> None:
    """Spot and contract bots share most fields; each has its own besides."""
    trigger = {"triggerAction": "start", "triggerStrategy": "rsi", "thold": "30", "timePeriod": "14"}
    row = {"gridNum": "50", "runType": "1", "rebateTrans": [{"rebate": "0", "rebateCcy": "BTC"}]}
    spot = SpotGridOrder.from_wire({**row, "triggerParams": [trigger], "quoteSz": "10", "state": "running"})
    assert (spot.gridNum, spot.quoteSz, spot.rebateTrans[0].rebateCcy) == (50, Decimal(10), "BTC")
    assert (spot.triggerParams[0].thold, spot.triggerParams[0].timePeriod) == (Decimal(30), 14)
    contract = ContractGridOrder.from_wire({**row, "basePos": True, "direction": "neutral", "state": "dreaming"})
    assert (contract.basePos, contract.direction, contract.state) == (True, "neutral", "dreaming")
    assert isinstance(contract, GridOrder)
    assert contract.extra == spot.extra == {}
    assert ContractGridOrder.from_wire({"quoteSz": "10"}).extra == {"quoteSz": "10"}


def test_parts_of_grid_bots() -> None:
    """Position and orders name their bot."""
    assert GridPosition.from_wire({"algoId": "5", "pos": "-2", "adl": "1"}).adl == 1
    order = GridSubOrder.from_wire({"algoId": "5", "groupId": "3", "ctVal": "0.01", "avgPx": ""})
    assert (order.groupId, order.ctVal, order.avgPx) == ("3", Decimal("0.01"), None)


def test_recurring_buys() -> None:
    """Currencies are rows; the sources are a list of text."""
    row = {"recurringList": [{"ccy": "BTC", "ratio": "0.2"}], "source": ["1"], "timeZone": "8", "recurringDay": ""}
    buy = RecurringBuy.from_wire(row)
    assert (buy.recurringList[0].ratio, buy.source, buy.timeZone, buy.recurringDay) == (
        Decimal("0.2"), ("1",), Decimal(8), None,
    )  # fmt: skip


def test_copy_trading() -> None:
    """The old channel's notes have fields of their own, and keep what nobody knows."""
    note = LeadNotification.from_wire({"infoType": "2", "maxLeadTraderNum": "3", "minLeadEq": ""})
    assert (note.infoType, note.maxLeadTraderNum, note.minLeadEq) == ("2", 3, None)
    old = CopyNotification.from_wire({"infoType": "9", "slippageRatio": "0.05", "nobodyKnows": {"a": 1}})
    assert (old.infoType, old.slippageRatio, old.extra) == ("9", Decimal("0.05"), {"nobodyKnows": {"a": 1}})


@pytest.mark.parametrize("flag", [True, "true"])
def test_advanced_orders(flag: Any) -> None:
    """A flag is one as a JSON flag and as text."""
    row = {"ordType": "move_order_stop", "callbackRatio": "0.05", "timeInterval": "", "isTradeBorrowMode": flag}
    order = AdvancedAlgoOrder.from_wire(row)
    assert (order.ordType, order.callbackRatio, order.timeInterval) == ("move_order_stop", Decimal("0.05"), None)
    assert order.isTradeBorrowMode is True


def test_risk() -> None:
    """Warnings are positions in short; Greeks are per currency."""
    warning = LiquidationWarning.from_wire({"instId": "BTC-USDT-SWAP", "pos": "-3", "mgnRatio": "1.1", "pTime": "5"})
    assert (warning.pos, warning.mgnRatio, warning.pTime) == (Decimal(-3), Decimal("1.1"), 5)
    greeks = AccountGreeks.from_wire({"ccy": "BTC", "deltaBS": "1", "deltaPA": "-2", "ts": "5"})
    assert (greeks.ccy, greeks.deltaBS, greeks.deltaPA) == ("BTC", Decimal(1), Decimal(-2))


def test_requests_and_quotes() -> None:
    """Legs and allocations are rows, two levels deep; counterparties are text."""
    alloc = {"acct": "0", "legs": [{"instId": "BTC-USDT", "sz": "2", "tdMode": "cross"}]}
    row = {"counterparties": ["A", "B"], "allowPartialExecution": False, "legs": [{"sz": "2"}], "acctAlloc": [alloc]}
    rfq = Rfq.from_wire(row)
    assert (rfq.counterparties, rfq.allowPartialExecution, rfq.legs[0].sz) == (("A", "B"), False, Decimal(2))
    assert rfq.acctAlloc[0].legs[0].tdMode == "cross"
    assert Quote.from_wire({"legs": [{"px": "9"}], "quoteSide": "buy"}).legs[0].px == 9


def test_block_trades() -> None:
    """A failed one says why; only group requests have allocations."""
    alloc = {"acct": "sub", "blockTdId": "5", "legs": [{"fee": "-0.1", "feeCcy": "BTC"}]}
    trade = BlockTrade.from_wire({"isSuccessful": True, "errorCode": "", "acctAlloc": [alloc], "legs": [{"px": "1"}]})
    assert (trade.isSuccessful, trade.errorCode, trade.legs[0].px) == (True, None, Decimal(1))
    assert trade.acctAlloc[0].legs[0].fee == Decimal("-0.1")
    assert BlockTrade.from_wire({"isSuccessful": False, "errorCode": "51008"}).acctAlloc == ()


@pytest.mark.parametrize(
    ("state", "is_final"), [("live", False), ("partially_filled", False), ("filled", True), ("canceled", True)]
)
def test_spread_orders(state: str, is_final: bool) -> None:
    """Prices may be negative; a final order never changes again."""
    order = SpreadOrder.from_wire({"px": "-1.5", "state": state, "fillPx": "", "pendingFillSz": "2"})
    assert (order.px, order.fillPx, order.pendingFillSz, order.is_final) == (
        Decimal("-1.5"), None, Decimal(2), is_final,
    )  # fmt: skip


def test_spread_fills() -> None:
    """Leg by leg; a spot leg has no contracts."""
    legs = [{"instId": "BTC-USDT", "szCont": ""}, {"instId": "BTC-USDT-SWAP", "szCont": "2"}]
    fill = SpreadFill.from_wire({"state": "filled", "legs": legs})
    assert [(leg.instId, leg.szCont) for leg in fill.legs] == [("BTC-USDT", None), ("BTC-USDT-SWAP", Decimal(2))]
