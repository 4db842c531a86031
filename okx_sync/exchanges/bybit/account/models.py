"""Positions, wallet and greeks of V5. Page: "Websocket Stream / Private" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.normalize_account import account_update, position_update
from okx_sync.exchanges.bybit.words import PositionCategory, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.types import AccountUpdate, PositionUpdate

__all__ = ["Greeks", "Position", "Wallet", "WalletCoin"]


@model
class Position(Row):
    """A position, whole (channel ``position``). Also pushed after orders that did not change it."""

    creationTime: int | None = envelope("creationTime")
    category: PositionCategory | None = None
    symbol: str | None = None
    # None when there is nothing.
    side: Side | None = None
    # Never below zero: the side tells the direction.
    size: Decimal | None = None
    # 0 one-way, 1 the long side and 2 the short side of a hedged position.
    positionIdx: int | None = None
    positionValue: Decimal | None = None
    riskId: str | None = None
    riskLimitValue: Decimal | None = None
    entryPrice: Decimal | None = None
    markPrice: Decimal | None = None
    leverage: Decimal | None = None
    breakEvenPrice: Decimal | None = None
    autoAddMargin: bool | None = None
    # Initial and maintenance margin, by mark price in the second pair.
    positionIM: Decimal | None = None
    positionMM: Decimal | None = None
    positionIMByMp: Decimal | None = None
    positionMMByMp: Decimal | None = None
    # May be far off: of an account with cross margin it is an estimate.
    liqPrice: Decimal | None = None
    takeProfit: Decimal | None = None
    stopLoss: Decimal | None = None
    trailingStop: Decimal | None = None
    unrealisedPnl: Decimal | None = None
    # Of this position, and of all positions in this symbol ever.
    curRealisedPnl: Decimal | None = None
    cumRealisedPnl: Decimal | None = None
    # USDC contracts: average price of the present settlement session.
    sessionAvgPrice: Decimal | None = None
    # Options.
    delta: Decimal | None = None
    gamma: Decimal | None = None
    vega: Decimal | None = None
    theta: Decimal | None = None
    # Normal, Liq (being liquidated), Adl (being auto-deleveraged).
    positionStatus: str | None = None
    # 0 (no danger) to 5 (next in line).
    adlRankIndicator: int | None = None
    isReduceOnly: bool | None = None
    # Epoch ms.
    createdTime: int | None = None
    updatedTime: int | None = None
    openTime: int | None = None
    seq: int | None = None
    mmrSysUpdatedTime: int | None = None
    leverageSysUpdatedTime: int | None = None
    # Deprecated.
    tpslMode: str | None = None
    bustPrice: Decimal | None = None
    positionBalance: Decimal | None = None
    tradeMode: int | None = None

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``. Raises ``DecodeError`` when it lacks the basics."""
        return position_update(self)


@model
class WalletCoin(Row):
    """One coin of a wallet, amounts in that coin but ``usdValue``."""

    coin: str | None = None
    equity: Decimal | None = None
    usdValue: Decimal | None = None
    walletBalance: Decimal | None = None
    locked: Decimal | None = None
    spotHedgingQty: Decimal | None = None
    borrowAmount: Decimal | None = None
    accruedInterest: Decimal | None = None
    totalOrderIM: Decimal | None = None
    totalPositionIM: Decimal | None = None
    totalPositionMM: Decimal | None = None
    unrealisedPnl: Decimal | None = None
    cumRealisedPnl: Decimal | None = None
    bonus: Decimal | None = None
    collateralSwitch: bool | None = None
    marginCollateral: bool | None = None
    colRes: Decimal | None = None
    spotBorrow: Decimal | None = None
    # Not served any more.
    availableToWithdraw: Decimal | None = None
    availableToBorrow: Decimal | None = None
    free: Decimal | None = None


@model
class Wallet(Row):
    """Totals of the account in USD, and the coins that changed (channel ``wallet``).

    Not pushed when only unrealised profit changes.
    """

    # Epoch ms.
    creationTime: int | None = envelope("creationTime")
    accountType: str | None = None
    # Initial and maintenance margin over margin balance; liquidation begins when the second is 1.
    accountIMRate: Decimal | None = None
    accountMMRate: Decimal | None = None
    accountIMRateByMp: Decimal | None = None
    accountMMRateByMp: Decimal | None = None
    totalEquity: Decimal | None = None
    totalWalletBalance: Decimal | None = None
    totalMarginBalance: Decimal | None = None
    totalAvailableBalance: Decimal | None = None
    # Older pushes spell it totalPerpUpl.
    totalPerpUPL: Decimal | None = wire("totalPerpUPL", also=("totalPerpUpl",))
    totalInitialMargin: Decimal | None = None
    totalMaintenanceMargin: Decimal | None = None
    totalInitialMarginByMp: Decimal | None = None
    totalMaintenanceMarginByMp: Decimal | None = None
    accountLTV: Decimal | None = None
    coin: tuple[WalletCoin, ...] = ()

    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``. Raises ``DecodeError`` for a coin without a name."""
        return account_update(self)


@model
class Greeks(Row):
    """Greeks of all options on a coin (channel ``greeks``)."""

    creationTime: int | None = envelope("creationTime")
    baseCoin: str | None = None
    totalDelta: Decimal | None = None
    totalGamma: Decimal | None = None
    totalVega: Decimal | None = None
    totalTheta: Decimal | None = None
