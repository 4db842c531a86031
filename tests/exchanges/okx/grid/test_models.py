"""Rows of grid bots, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    ContractGridOrder,
    GridOrder,
    GridPosition,
    GridSubOrder,
    SpotGridOrder,
)


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
