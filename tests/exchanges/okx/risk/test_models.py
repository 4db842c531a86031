"""Rows of liquidations and warnings, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    AccountGreeks,
    AdlWarning,
    LiquidationOrder,
    LiquidationWarning,
)


def test_risk() -> None:
    """Warnings are positions in short; Greeks are per currency."""
    warning = LiquidationWarning.from_wire({"instId": "BTC-USDT-SWAP", "pos": "-3", "mgnRatio": "1.1", "pTime": "5"})
    assert (warning.pos, warning.mgnRatio, warning.pTime) == (Decimal(-3), Decimal("1.1"), 5)
    greeks = AccountGreeks.from_wire({"ccy": "BTC", "deltaBS": "1", "deltaPA": "-2", "ts": "5"})
    assert (greeks.ccy, greeks.deltaBS, greeks.deltaPA) == ("BTC", Decimal(1), Decimal(-2))


def test_liquidations() -> None:
    """One row per instrument, with its liquidations inside."""
    detail = {"side": "sell", "posSide": "long", "bkPx": "9.5", "sz": "3", "bkLoss": "0", "ccy": "", "ts": "5"}
    order = LiquidationOrder.from_wire({"instId": "BTC-USDT-SWAP", "details": [detail, detail]})
    assert [(item.bkPx, item.ccy, item.ts) for item in order.details] == [(Decimal("9.5"), None, 5)] * 2


def test_adl_warning() -> None:
    """Fields that OKX has retired come empty."""
    warning = AdlWarning.from_wire({"state": "adl", "bal": "10.5", "maxBal": "", "maxBalTs": "", "ts": "5"})
    assert (warning.state, warning.bal, warning.maxBal, warning.maxBalTs) == ("adl", Decimal("10.5"), None, None)
