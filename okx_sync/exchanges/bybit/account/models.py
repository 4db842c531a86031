"""Positions, wallet and greeks of V5, pushed and over REST.

Pages: "Websocket Stream / Private" and "Account" of the V5 documentation.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.row_conversion import signed_size, symbol_of
from okx_sync.exchanges.bybit.words import Category, PositionCategory, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.fields import to_decimal
from okx_sync.rows.tolerant import each, missing, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

__all__ = [
    "CoinAmounts",
    "CoinGreeks",
    "Greeks",
    "OptionAsset",
    "Position",
    "SpotTradeDay",
    "SpotTradeSummary",
    "Transaction",
    "Wallet",
    "WalletBalance",
    "WalletCoin",
    "Withdrawable",
]

_SIDES: Final[dict[int | None, PositionSide]] = {None: "net", 0: "net", 1: "long", 2: "short"}
_UNTOLD_ISOLATED: Final = {"margin_ratio": "in isolated margin Bybit tells no margin ratio of the account"}
_UNTOLD_CROSS: Final = {
    "available": "in cross and portfolio margin Bybit tells what is free of the account as a whole, not of a coin"
}


@model
class Position(Row):
    """A position, whole (channel ``position``, and over REST). Also pushed after orders that did not change it."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made; None over REST."""
    category: PositionCategory | None = envelope("category")
    symbol: str | None = None
    side: Side | None = None
    """Side of the position; None when there is none."""
    size: Decimal | None = None
    """Size in base currency (inverse contracts: USD), never below zero: side tells the direction."""
    positionIdx: int | None = None
    """Index: 0 one-way, 1 the long side and 2 the short side of a hedged position."""
    positionValue: Decimal | None = None
    """Value in quote currency (inverse contracts: in their coin)."""
    riskId: str | None = None
    riskLimitValue: Decimal | None = None
    entryPrice: Decimal | None = wire("entryPrice", also=("avgPrice",))
    """Average price at which it was opened. REST calls it avgPrice."""
    markPrice: Decimal | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor; None in portfolio margin."""
    breakEvenPrice: Decimal | None = None
    autoAddMargin: bool | None = None
    """Whether margin is added automatically; isolated margin only."""
    positionIM: Decimal | None = None
    """Initial margin; None in portfolio margin."""
    positionMM: Decimal | None = None
    """Maintenance margin; None in portfolio margin."""
    positionIMByMp: Decimal | None = None
    """Initial margin by mark price."""
    positionMMByMp: Decimal | None = None
    """Maintenance margin by mark price."""
    liqPrice: Decimal | None = None
    """Liquidation price. May be far off: of an account with cross margin it is an estimate."""
    takeProfit: Decimal | None = None
    """Price at which the take-profit is triggered."""
    stopLoss: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    trailingStop: Decimal | None = None
    """Distance of the trailing stop from the market price."""
    unrealisedPnl: Decimal | None = None
    """Unrealised profit."""
    curRealisedPnl: Decimal | None = None
    """Realised profit of this position."""
    cumRealisedPnl: Decimal | None = None
    """Realised profit of all positions in this symbol ever."""
    sessionAvgPrice: Decimal | None = None
    """USDC contracts: average price of the present settlement session."""
    delta: Decimal | None = None
    """Options only."""
    gamma: Decimal | None = None
    """Options only."""
    vega: Decimal | None = None
    """Options only."""
    theta: Decimal | None = None
    """Options only."""
    positionStatus: str | None = None
    """State: "Normal", "Liq" (being liquidated), "Adl" (being auto-deleveraged)."""
    adlRankIndicator: int | None = None
    """Rank for auto-deleveraging, from 0 (no danger) to 5 (next in line)."""
    isReduceOnly: bool | None = None
    """Whether the position may only be reduced."""
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""
    openTime: int | None = None
    """Epoch ms at which it was opened."""
    seq: int | None = None
    """Cross sequence; other symbols may have the same."""
    mmrSysUpdatedTime: int | None = wire("mmrSysUpdatedTime", also=("mmrSysUpdateTime",))
    """Epoch ms at which Bybit changes, or has changed, the maintenance margin."""
    leverageSysUpdatedTime: int | None = None
    """Epoch ms at which Bybit changes, or has changed, the leverage."""
    tpslMode: str | None = None
    """Deprecated."""
    bustPrice: Decimal | None = None
    """Deprecated: bankruptcy price."""
    positionBalance: Decimal | None = None
    """Deprecated: margin of the position."""
    tradeMode: int | None = None
    """Deprecated."""

    @property
    def avgPrice(self) -> Decimal | None:  # noqa: N802  the wire's word
        """``entryPrice``, by the name that REST has for it."""
        return self.entryPrice

    @tolerant("symbol", "positionIdx", "side", "size", spoils={"notional": ("positionValue", "category")})
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

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
            product=self.category,
            created_at=self.openTime or self.createdTime,
            updated_at=self.updatedTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class WalletCoin(Row):
    """One coin of a wallet."""

    coin: str | None = None
    equity: Decimal | None = None
    """Equity, in coin."""
    usdValue: Decimal | None = None
    """Value of the coin, in USD."""
    walletBalance: Decimal | None = None
    """Wallet balance, in coin."""
    locked: Decimal | None = None
    """Amount locked by spot orders, in coin."""
    spotHedgingQty: Decimal | None = None
    """Amount that hedges derivatives in portfolio margin, in coin."""
    borrowAmount: Decimal | None = None
    """Amount borrowed, in coin."""
    accruedInterest: Decimal | None = None
    """Interest accrued, in coin."""
    totalOrderIM: Decimal | None = None
    """Margin held for orders, in coin; None in portfolio margin."""
    totalPositionIM: Decimal | None = None
    """Initial margin of all positions, in coin; None in portfolio margin."""
    totalPositionMM: Decimal | None = None
    """Maintenance margin of all positions, in coin; None in portfolio margin."""
    unrealisedPnl: Decimal | None = None
    """Unrealised profit, in coin."""
    cumRealisedPnl: Decimal | None = None
    """Realised profit so far, in coin."""
    bonus: Decimal | None = None
    """Bonus, in coin."""
    collateralSwitch: bool | None = None
    """Whether the user lets it be collateral."""
    marginCollateral: bool | None = None
    """Whether Bybit takes it as collateral."""
    colRes: Decimal | None = None
    spotBorrow: Decimal | None = None
    availableToWithdraw: Decimal | None = None
    """Not served any more."""
    availableToBorrow: Decimal | None = None
    """Not served any more."""
    free: Decimal | None = None
    """Not served any more."""

    @tolerant("coin", spoils={"available": ("bonus",)})
    def to_balance(self, at: int | None, *, is_isolated: bool) -> BalanceUpdate:
        """Convert the balance of the coin to the neutral words of ``AccountMonitor``.

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
        """Return what is free of a coin in isolated margin; None when a part of the sum is missing."""
        parts = (self.totalPositionIM, self.totalOrderIM, self.locked)
        if self.walletBalance is None or any(one is None for one in parts):
            return None
        return self.walletBalance - sum((one for one in parts if one is not None), self.bonus or Decimal(0))


@model
class Wallet(Row):
    """Totals of the account in USD, and the coins that changed (channel ``wallet``).

    Not pushed when only unrealised profit changes.
    """

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    accountType: str | None = None
    accountIMRate: Decimal | None = None
    """Initial margin over margin balance; None in isolated margin."""
    accountMMRate: Decimal | None = None
    """Maintenance margin over margin balance; liquidation begins at 1. None in isolated margin."""
    accountIMRateByMp: Decimal | None = None
    """As accountIMRate, by mark price."""
    accountMMRateByMp: Decimal | None = None
    """As accountMMRate, by mark price."""
    totalEquity: Decimal | None = None
    """Equity, USD."""
    totalWalletBalance: Decimal | None = None
    """Wallet balance, USD."""
    totalMarginBalance: Decimal | None = None
    """Margin balance, USD; None in isolated margin."""
    totalAvailableBalance: Decimal | None = None
    """What is free, USD; None in isolated margin."""
    totalPerpUPL: Decimal | None = wire("totalPerpUPL", also=("totalPerpUpl",))
    """Unrealised profit of perpetuals and futures, USD. Older pushes spell it totalPerpUpl."""
    totalInitialMargin: Decimal | None = None
    """Initial margin, USD; None in isolated margin."""
    totalMaintenanceMargin: Decimal | None = None
    """Maintenance margin, USD; None in isolated margin."""
    totalInitialMarginByMp: Decimal | None = None
    """Initial margin by mark price, USD."""
    totalMaintenanceMarginByMp: Decimal | None = None
    """Maintenance margin by mark price, USD."""
    accountLTV: Decimal | None = None
    coin: tuple[WalletCoin, ...] = ()
    """The coins that changed."""

    @tolerant("coin")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``: totals (USD) and the coins that it has.

        In isolated margin there are no totals of the account's margin, and what is free is told of each coin.

        Raises ``DecodeError`` when its coins cannot be read.
        """
        at, is_isolated = self.creationTime, self._is_isolated()
        balances, lost = each(self.coin, functools.partial(WalletCoin.to_balance, at=at, is_isolated=is_isolated))
        lost += self._missing()
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

    def _missing(self) -> tuple[DecodeError, ...]:
        return ()  # a push tells what changed

    def _is_isolated(self) -> bool:
        """Isolated margin: no wallet says so, but the totals of the account's margin are empty then."""
        totals = (self.accountIMRate, self.totalMarginBalance, self.totalAvailableBalance, self.totalInitialMargin)
        return all(one is None for one in totals)


@model
class Greeks(Row):
    """Greeks of all options on a coin (channel ``greeks``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    baseCoin: str | None = None
    totalDelta: Decimal | None = None
    """Delta of all options on the coin."""
    totalGamma: Decimal | None = None
    """Gamma of all options on the coin."""
    totalVega: Decimal | None = None
    """Vega of all options on the coin."""
    totalTheta: Decimal | None = None
    """Theta of all options on the coin."""


@model
class WalletBalance(Wallet):
    """Totals of the account in USD, and its coins (``GET /v5/account/wallet-balance``).

    Unlike a push it has all coins that are not zero, unless some were asked for by name.
    """

    creationTime: int | None = envelope("time")
    """Epoch ms of the answer."""

    def _missing(self) -> tuple[DecodeError, ...]:
        return missing(self, "coin")


@model
class CoinGreeks(Greeks):
    """Greeks of all options on a coin (``GET /v5/asset/coin-greeks``)."""

    creationTime: int | None = envelope("time")
    """Epoch ms of the answer."""


@model
class Transaction(Row):
    """A change of a balance (``GET /v5/account/transaction-log``)."""

    id: str | None = None
    symbol: str | None = None
    category: Category | None = None
    side: Side | None = None
    """Side of the trade; ``"None"`` where there is none."""
    transactionTime: int | None = None
    """Epoch ms of the change."""
    type: str | None = None
    """Reason, for example ``"TRADE"``, ``"SETTLEMENT"`` (funding), ``"TRANSFER_IN"``, ``"DELIVERY"``."""
    transSubType: str | None = None
    """Finer reason."""
    qty: Decimal | None = None
    """Size of the trade in base currency (inverse contracts: USD), negative where it was sold."""
    size: Decimal | None = None
    """Position after it, negative when short; in base currency (inverse contracts: USD)."""
    currency: str | None = None
    tradePrice: Decimal | None = None
    """Price of the trade, in quote currency."""
    funding: Decimal | None = None
    """Funding, in ``currency``; above zero it was received."""
    fee: Decimal | None = None
    """Trading fee, in ``currency``; above zero it was paid."""
    cashFlow: Decimal | None = None
    """Profit or amount moved, without fee and funding, in ``currency``."""
    change: Decimal | None = None
    """What the balance changed by, in ``currency``: ``cashFlow`` + ``funding`` - ``fee``."""
    cashBalance: Decimal | None = None
    """Balance after it, in ``currency``."""
    feeRate: Decimal | None = None
    """Trading fee as a ratio; funding rate where it is funding."""
    bonusChange: Decimal | None = None
    """What the bonus changed by."""
    tradeId: str | None = None
    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    extraFees: str | None = None
    """Taxes and the like, as Bybit writes them."""


@model
class CoinAmounts(Row):
    """Amounts by coin, as they are on the wire: ``{"USDC": "0.02"}``."""

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Coin -> amount of it."""
        found = {coin: to_decimal(text) for coin, text in self.extra.items()}
        return {coin: amount for coin, amount in found.items() if amount is not None}


@model
class Withdrawable(Row):
    """How much can be transferred out (``GET /v5/account/withdrawal``)."""

    availableWithdrawal: Decimal | None = None
    """Amount of the first coin that was asked for, in that coin."""
    availableWithdrawalMap: CoinAmounts | None = None
    """Amount of each coin, in that coin."""


@model
class OptionAsset(Row):
    """Profit and margin of options settled in a coin (``GET /v5/account/option-asset-info``)."""

    coin: str | None = None
    totalDelta: Decimal | None = None
    """Delta of the positions."""
    totalRPL: Decimal | None = None
    """Realised profit, in ``coin``."""
    totalUPL: Decimal | None = None
    """Unrealised profit, in ``coin``."""
    assetIM: Decimal | None = None
    """Initial margin, that of open orders included, in ``coin``."""
    assetMM: Decimal | None = None
    """Maintenance margin, that of open orders included, in ``coin``."""
    sendTime: int | None = None
    """Epoch ms of the answer."""


@model
class SpotTradeDay(Row):
    """Values of a day's spot trades, in quote currency."""

    day: str | None = None
    """Date."""
    sumBuyExecValue: Decimal | None = None
    """Value bought."""
    sumSellExecValue: Decimal | None = None
    """Value sold."""
    sumExecValue: Decimal | None = None
    """Value bought and sold."""


@model
class SpotTradeSummary(Row):
    """Sums of spot trades in an instrument (``GET /v5/account/trade-info-for-analysis``)."""

    symbolRnl: Decimal | None = None
    """Realised profit, in ``settleCoin``."""
    netExecQty: Decimal | None = None
    """Size bought less size sold, in ``baseCoin``."""
    sumExecValue: Decimal | None = None
    """Value of all trades, in ``settleCoin``."""
    sumExecQty: Decimal | None = None
    """Size of all trades, in ``baseCoin``."""
    avgBuyExecPrice: Decimal | None = None
    """Average price of what was bought."""
    sumBuyExecValue: Decimal | None = None
    """Value bought, in ``settleCoin``."""
    sumBuyExecQty: Decimal | None = None
    """Size bought, in ``baseCoin``."""
    sumBuyExecFee: Decimal | None = None
    """Fees of what was bought."""
    sumBuyOrderQty: Decimal | None = None
    """Size of the orders to buy, in ``baseCoin``."""
    avgSellExecPrice: Decimal | None = None
    """Average price of what was sold."""
    sumSellExecValue: Decimal | None = None
    """Value sold, in ``settleCoin``."""
    sumSellExecQty: Decimal | None = None
    """Size sold, in ``baseCoin``."""
    sumSellExecFee: Decimal | None = None
    """Fees of what was sold."""
    sumSellOrderQty: Decimal | None = None
    """Size of the orders to sell, in ``baseCoin``."""
    maxMarginVersion: int | None = None
    baseCoin: str | None = None
    settleCoin: str | None = None
    sumPriceList: tuple[SpotTradeDay, ...] = ()
    """Values by day."""
