"""Rows of block trading, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    BlockTicker,
    BlockTrade,
    PublicBlockTrade,
    PublicStrucBlockTrade,
    Quote,
    Rfq,
)


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


def test_public_block_trades() -> None:
    """Legs are rows of their own; the parent of a group has no ids."""
    leg = {"instId": "BTC-USDT", "px": "1", "sz": "2", "side": "buy", "tradeId": ""}
    parent = PublicStrucBlockTrade.from_wire({"blockTdId": "", "groupId": "5", "legs": [leg], "cTime": "1"})
    assert (parent.blockTdId, parent.groupId, parent.legs[0].tradeId) == (None, "5", None)
    assert PublicBlockTrade.from_wire({"fillVol": "", "fwdPx": ""}).fillVol is None
    assert BlockTicker.from_wire({"vol24h": "10", "ts": "5"}).vol24h == 10
