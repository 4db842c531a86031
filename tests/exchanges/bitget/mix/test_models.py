"""Orders, fills, positions and balances of V2 futures in neutral words: whatever costs money when it is read wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import MixBalance, MixClosedPosition, MixFill, MixOrder, MixPosition
from okx_sync.types import BalanceUpdate, FillUpdate, OrderUpdate, PositionUpdate

ORDER: dict[str, Any] = {
    "symbol": "ETHUSDT", "size": "0.5", "orderId": "900", "clientOid": "mine-1", "baseVolume": "0.3", "fee": "-0.4878",
    "price": "2710", "priceAvg": "2709.5", "status": "partially_filled", "side": "buy", "force": "gtc",
    "totalProfits": "0.75", "posSide": "long", "marginCoin": "USDT", "quoteVolume": "812.85", "leverage": "10",
    "marginMode": "crossed", "reduceOnly": "NO", "enterPointSource": "API", "tradeSide": "open",
    "posMode": "hedge_mode", "orderType": "limit", "orderSource": "normal", "cTime": "1763733000000",
    "uTime": "1763733333701", "cancelReason": "",
}  # fmt: skip
FILL: dict[str, Any] = {
    "tradeId": "5501", "symbol": "ETHUSDT", "marginCoin": "USDT", "orderId": "900", "price": "2710",
    "baseVolume": "0.1", "quoteVolume": "271", "side": "buy", "profit": "0.2", "enterPointSource": "api",
    "tradeSide": "open", "posMode": "hedge_mode", "tradeScope": "maker", "cTime": "1763733333700",
    "feeDetail": [{"feeCoin": "USDT", "deduction": "no", "totalDeductionFee": None, "totalFee": "-0.1626"}],
}  # fmt: skip


def order(**changes: Any) -> OrderUpdate:
    return MixOrder.from_wire({**ORDER, **changes}).to_update()


def fill(**changes: Any) -> FillUpdate:
    found = MixFill.from_wire({**FILL, **changes}).to_update()
    assert found is not None
    return found


def test_an_order() -> None:
    """Amounts in base currency, the fee negative as it was paid."""
    assert order() == OrderUpdate(
        inst_id="ETHUSDT", order_id="900", client_order_id="mine-1", status="partially_filled", side="buy",
        order_type="limit", position_side="long", price=Decimal(2710), size=Decimal("0.5"), filled=Decimal("0.3"),
        average_price=Decimal("2709.5"), fee=Decimal("-0.4878"), fee_currency="USDT", pnl=Decimal("0.75"),
        reduce_only=False, created_at=1763733000000, updated_at=1763733333701,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("side", "position", "trade", "told"),
    [
        ("buy", "long", "open", "buy"),
        ("buy", "long", "close", "sell"),
        ("sell", "short", "open", "sell"),
        ("sell", "short", "close", "buy"),
        # One source has the order's own side there: position and trade side leave no doubt.
        ("sell", "long", "close", "sell"),
        ("buy", "short", "close", "buy"),
        ("sell", "long", "burst_close_long", "sell"),
        ("buy", "net", "buy_single", "buy"),
        ("sell", "net", "reduce_sell_single", "sell"),
        ("sell", "net", "", "sell"),
    ],
)
def test_the_side_of_an_order(side: str, position: str, trade: str, told: str) -> None:
    """In hedge mode Bitget names the side of the position: who closes a long one sells."""
    assert order(side=side, posSide=position, tradeSide=trade).side == told


@pytest.mark.parametrize(
    ("word", "told"), [("canceled", "canceled"), ("cancelled", "canceled"), ("filled", "filled"), ("live", "live")]
)
def test_states(word: str, told: str) -> None:
    """Both spellings are the same end; a single order has its state under another name."""
    assert order(status=word).status == told
    single = {name: value for name, value in ORDER.items() if name != "status"}
    assert MixOrder.from_wire({**single, "state": word}).to_update().status == told


def test_an_order_that_says_too_little() -> None:
    """An unknown state is no guess; what is empty is not told, and no zero."""
    with pytest.raises(DecodeError):
        order(status="someday")
    new = order(status="live", baseVolume="0", priceAvg="", fee="", totalProfits="")
    assert (new.filled, new.average_price, new.fee, new.fee_currency, new.pnl) == (
        Decimal(0),
        None,
        None,
        None,
        None,
    )
    assert order(orderType="market", price="").price is None


def test_a_fill() -> None:
    """Price, size and fee of one fill; paid is negative."""
    assert fill() == FillUpdate(
        inst_id="ETHUSDT", trade_id="5501", order_id="900", side="buy", price=Decimal(2710), size=Decimal("0.1"),
        fee=Decimal("-0.1626"), fee_currency="USDT", pnl=Decimal("0.2"), is_maker=True, ts=1763733333700,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("side", "trade", "mode", "told"),
    [
        ("buy", "open", "hedge_mode", "buy"),
        ("buy", "close", "hedge_mode", "sell"),
        ("sell", "open", "hedge_mode", "sell"),
        ("sell", "close", "hedge_mode", "buy"),
        ("buy", "burst_close_long", "hedge_mode", "sell"),
        ("sell", "dte_sys_adl_close_long", "hedge_mode", "sell"),
        ("buy", "offset_close_short", "hedge_mode", "buy"),
        ("buy", "buy_single", "one_way_mode", "buy"),
        ("sell", "delivery_sell_single", "one_way_mode", "sell"),
        ("sell", "close", "one_way_mode", "sell"),
    ],
)
def test_the_side_of_a_fill(side: str, trade: str, mode: str, told: str) -> None:
    """It follows the position as that of its order does, other than on the stream of fills; liquidations name it."""
    assert fill(side=side, tradeSide=trade, posMode=mode).side == told


def test_fees_in_two_coins() -> None:
    """They cannot be added up; none is told rather than a wrong one."""
    two = [*FILL["feeDetail"], {"feeCoin": "BGB", "deduction": "yes", "totalDeductionFee": "-1", "totalFee": "-1"}]
    assert (fill(feeDetail=two).fee, fill(feeDetail=two).fee_currency) == (None, None)
    assert fill(feeDetail=[]).fee is None


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
