"""Forced trades and settlements of the whole market: liquidations, auto-deleveraging, estimated prices."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import AdlState, InstType, PosSide, SettleType, Side
from okx_sync.models import Row, model


@model
class EstimatedPrice(Row):
    """Price at which a contract would be delivered, exercised or settled now (channel ``estimated-price``)."""

    instType: InstType | None = None
    instId: str | None = None
    # What is estimated; missing on wire of before 2025.
    settleType: SettleType | None = None
    settlePx: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class LiquidationDetail(Row):
    """One liquidation."""

    # Of the order that closes the position.
    side: Side | None = None
    # Of the position that is closed.
    posSide: PosSide | None = None
    # Price at which the position's margin is used up.
    bkPx: Decimal | None = None
    # Contracts, or base currency for MARGIN.
    sz: Decimal | None = None
    bkLoss: Decimal | None = None
    # MARGIN: currency of the loan.
    ccy: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class LiquidationOrder(Row):
    """Liquidations of an instrument (channel ``liquidation-orders``). Neither complete nor in order of time."""

    instType: InstType | None = None
    instId: str | None = None
    # Underlying index of a derivative, "BTC-USD".
    uly: str | None = None
    instFamily: str | None = None
    details: tuple[LiquidationDetail, ...] = ()


@model
class AdlWarning(Row):
    """State of auto-deleveraging and of the insurance fund behind a family (channel ``adl-warning``).

    Nothing comes while the state is normal. The fields that OKX has deprecated are empty on current wire.
    """

    instType: InstType | None = None
    instFamily: str | None = None
    state: AdlState | None = None
    # Insurance fund, USD.
    bal: Decimal | None = None
    # Deprecated by OKX: all from here on but ts.
    ccy: str | None = None
    # Highest balance of the fund of late, and when it was (epoch ms).
    maxBal: Decimal | None = None
    maxBalTs: int | None = None
    # What brought the push about.
    adlType: str | None = None
    # Balances at which auto-deleveraging starts and stops.
    adlBal: Decimal | None = None
    adlRecBal: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    # How far the fund has fallen from its highest, and the ratios at which auto-deleveraging starts and stops.
    decRate: Decimal | None = None
    adlRate: Decimal | None = None
    adlRecRate: Decimal | None = None
