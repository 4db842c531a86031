"""Positions and balances of V2 futures in neutral words: whatever costs money when it is read wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import MixBalance, MixClosedPosition, MixPosition
from okx_sync.types import BalanceUpdate, PositionUpdate

POSITION: dict[str, Any] = {
    "symbol": "ETHUSDT", "marginCoin": "USDT", "holdSide": "short", "openDelegateSize": "0", "marginSize": "27.12",
    "available": "0.15", "locked": "0.05", "total": "0.2", "leverage": "20", "achievedProfits": "-1.2",
    "openPriceAvg": "2720.5", "marginMode": "isolated", "posMode": "hedge_mode", "unrealizedPL": "1.638",
    "liquidationPrice": "3611.88", "keepMarginRate": "0.005", "markPrice": "2712.29", "marginRatio": "0.0184",
    "breakEvenPrice": "2717.9", "totalFee": "", "deductedFee": "0.32", "cTime": "1763700000001",
    "uTime": "1763733000002",
}  # fmt: skip


def position(**changes: Any) -> PositionUpdate:
    around = {"productType": "USDT-FUTURES", "requestTime": 1763733336000}
    return MixPosition.from_wire({**POSITION, **changes}, around).to_update()


def test_a_position() -> None:
    """A short one has a size below zero; it is of the product type that was asked for."""
    assert position() == PositionUpdate(
        inst_id="ETHUSDT", size=Decimal("-0.2"), side="short", margin_mode="isolated", currency="USDT",
        entry_price=Decimal("2720.5"), mark_price=Decimal("2712.29"), liquidation_price=Decimal("3611.88"),
        unrealized_pnl=Decimal("1.638"), realized_pnl=Decimal("-1.2"), leverage=Decimal(20), margin=Decimal("27.12"),
        margin_ratio=Decimal("0.0184"), product="USDT-FUTURES", created_at=1763700000001, updated_at=1763733000002,
    )  # fmt: skip
    assert (position(posMode="one_way_mode").side, position(marginMode="crossed").margin_mode) == ("net", "cross")


@pytest.mark.parametrize("price", ["0", "-12.5", ""])
def test_a_position_that_cannot_be_liquidated(price: str) -> None:
    """Zero and less say that there is no such price at present."""
    assert position(liquidationPrice=price).liquidation_price is None


def test_a_position_that_says_too_little() -> None:
    """Without size or direction nobody knows what is held; a missing extra costs nothing."""
    for missing in ({"total": ""}, {"holdSide": "?"}, {"symbol": None}):
        with pytest.raises(DecodeError):
            position(**missing)
    kept = position(markPrice="x")
    assert (kept.size, kept.mark_price, len(kept.unreadable)) == (Decimal("-0.2"), None, 1)


def test_balances() -> None:
    """One coin each; of an account whose coins back one margin, the totals as well."""
    row = {
        "marginCoin": "USDT", "locked": "12", "available": "988.1", "accountEquity": "1003.77",
        "usdtEquity": "1003.77", "crossedRiskRate": "0.0184", "unrealizedPL": "15.67", "assetMode": "union",
        "unionTotalMargin": "2000", "unionAvailable": "1500", "unionMm": "36.8",
    }  # fmt: skip
    around = {"productType": "USDT-FUTURES", "requestTime": 1763733336000}
    update = MixBalance.from_wire(row, around).to_update()
    assert (update.available, update.maintenance_margin, update.product) == (
        Decimal(1500),
        Decimal("36.8"),
        "USDT-FUTURES",
    )
    assert update.balances == (
        BalanceUpdate(
            currency="USDT", equity=Decimal("1003.77"), available=Decimal("988.1"), frozen=Decimal(12),
            unrealized_pnl=Decimal("15.67"), equity_usd=Decimal("1003.77"), margin_ratio=Decimal("0.0184"),
            product="USDT-FUTURES", updated_at=1763733336000,
        ),
    )  # fmt: skip
    single = MixBalance.from_wire({**row, "assetMode": "single"}, around).to_update()
    assert (single.available, single.maintenance_margin) == (None, None)
    with pytest.raises(DecodeError):
        MixBalance.from_wire({**row, "marginCoin": ""}).to_update()


def test_times_of_a_closed_position() -> None:
    """They are written in small letters on the wire, and in Bitget's table as everywhere else."""
    small, large = {"ctime": "1", "utime": "2"}, {"cTime": "1", "uTime": "2"}
    for times in (small, large):
        row = MixClosedPosition.from_wire({"positionId": "7", **times})
        assert (row.cTime, row.uTime) == (1, 2)
