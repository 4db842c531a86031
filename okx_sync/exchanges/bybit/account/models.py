"""Positions, wallet and greeks of V5. Page: "Websocket Stream / Private" of the V5 documentation."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.row_conversion import signed_size, symbol_of
from okx_sync.exchanges.bybit.words import PositionCategory, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import each, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

__all__ = ["Greeks", "Position", "Wallet", "WalletCoin"]

_SIDES: Final[dict[int | None, PositionSide]] = {None: "net", 0: "net", 1: "long", 2: "short"}
_UNTOLD_ISOLATED: Final = {"margin_ratio": "in isolated margin Bybit tells no margin ratio of the account"}
_UNTOLD_CROSS: Final = {
    "available": "in cross and portfolio margin Bybit tells what is free of the account as a whole, not of a coin"
}


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

    @tolerant("symbol", "positionIdx", "side", "size", spoils={"notional": ("positionValue", "category")})
    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``.

        ``margin_mode`` is not told: Bybit has one position per symbol and side, whatever its margin, and a position
        must keep its key when the mode is switched.

        Raises ``DecodeError`` when it does not say of what, or how much.
        """
        side = _SIDES.get(self.positionIdx)
        if side is None:
            told = f"the position in {self.symbol} has the unknown positionIdx {self.positionIdx}"
            raise DecodeError(told, text=repr(self))
        return PositionUpdate(
            inst_id=symbol_of(self, self.symbol),
            size=signed_size(self, self.symbol, self.size, self.side if self.size else None),
            side=side,
            entry_price=self.entryPrice or None,
            mark_price=self.markPrice,
            liquidation_price=self.liqPrice,
            unrealized_pnl=self.unrealisedPnl,
            realized_pnl=self.curRealisedPnl,
            leverage=self.leverage,
            initial_margin=self.positionIM,
            maintenance_margin=self.positionMM,
            # Inverse contracts count it in their coin, the account in USD.
            notional=None if self.category == "inverse" else self.positionValue,
            created_at=self.openTime or self.createdTime,
            updated_at=self.updatedTime,
            recovered=self.recovered,
            raw=self,
        )


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

    @tolerant("coin", spoils={"available": ("bonus",)})
    def to_balance(self, at: int | None, *, is_isolated: bool) -> BalanceUpdate:
        """The balance of the coin in the neutral words of ``AccountMonitor``.

        Args:
            at: when its wallet was told, epoch ms.
            is_isolated: the account is in isolated margin, where what is free is told of each coin.

        Raises:
            DecodeError: the coin has no name.
        """
        if self.coin is None:
            raise DecodeError("a balance has no coin", text=repr(self))
        return BalanceUpdate(
            currency=self.coin,
            equity=self.equity,
            cash=self.walletBalance,
            available=self._available() if is_isolated else None,
            frozen=self.locked,
            unrealized_pnl=self.unrealisedPnl,
            liability=self.borrowAmount,
            equity_usd=self.usdValue,
            untold={} if is_isolated else _UNTOLD_CROSS,
            updated_at=at,
            raw=self,
        )

    def _available(self) -> Decimal | None:
        """What is free of a coin in isolated margin; None when a part of the sum was not told."""
        parts = (self.totalPositionIM, self.totalOrderIM, self.locked)
        if self.walletBalance is None or any(one is None for one in parts):
            return None
        return self.walletBalance - sum((one for one in parts if one is not None), self.bonus or Decimal(0))


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

    @tolerant("coin")
    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``: totals (USD) and the coins that were told.

        In isolated margin there are no totals of the account's margin, and what is free is told of each coin.

        Raises ``DecodeError`` when its coins cannot be read.
        """
        at, is_isolated = self.creationTime, self._is_isolated()
        balances, lost = each(self.coin, functools.partial(WalletCoin.to_balance, at=at, is_isolated=is_isolated))
        return AccountUpdate(
            currency="USD",
            total_equity=self.totalEquity,
            available=self.totalAvailableBalance,
            initial_margin=self.totalInitialMargin,
            maintenance_margin=self.totalMaintenanceMargin,
            margin_ratio=self.accountMMRate,
            unrealized_pnl=self.totalPerpUPL,
            balances=balances,
            is_cut=bool(lost),
            untold=_UNTOLD_ISOLATED if is_isolated else {},
            updated_at=at,
            recovered=self.recovered,
            raw=self,
            unreadable=lost,
        )

    def _is_isolated(self) -> bool:
        """Isolated margin: no wallet says so, but the totals of the account's margin are empty then."""
        totals = (self.accountIMRate, self.totalMarginBalance, self.totalAvailableBalance, self.totalInitialMargin)
        return all(one is None for one in totals)


@model
class Greeks(Row):
    """Greeks of all options on a coin (channel ``greeks``)."""

    creationTime: int | None = envelope("creationTime")
    baseCoin: str | None = None
    totalDelta: Decimal | None = None
    totalGamma: Decimal | None = None
    totalVega: Decimal | None = None
    totalTheta: Decimal | None = None
