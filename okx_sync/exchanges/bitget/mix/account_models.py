"""Balances, positions and settings of V2 futures as REST answers them. Money is in the margin coin unless said else.

Fees are negative when paid. An empty text means "not told", not zero.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.row_conversion import coin_of, margin_mode, position_basics
from okx_sync.exchanges.bitget.words import HoldSide, MarginMode, PosMode
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant, value_or_none
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate

__all__ = [
    "MixAccount",
    "MixAdlRank",
    "MixBalance",
    "MixBill",
    "MixClosedPosition",
    "MixInterest",
    "MixIsolatedSymbol",
    "MixLeverage",
    "MixLiquidationPrice",
    "MixMarginMode",
    "MixMaxOpen",
    "MixOpenCount",
    "MixPosition",
    "MixPositionMode",
    "MixUnionAsset",
]


@model
class MixAccount(Row):
    """The account of one margin coin, with the settings of one contract (``GET /api/v2/mix/account/account``)."""

    marginCoin: str | None = None
    locked: Decimal | None = None
    """Frozen amount, in marginCoin."""
    available: Decimal | None = None
    """Available amount, in marginCoin."""
    crossedMaxAvailable: Decimal | None = None
    """Most that can be used to open cross positions, in marginCoin."""
    isolatedMaxAvailable: Decimal | None = None
    """Most that can be used to open isolated positions, in marginCoin."""
    maxTransferOut: Decimal | None = None
    """Most that can be transferred out, in marginCoin."""
    accountEquity: Decimal | None = None
    """Equity, in marginCoin, unrealised profit at mark prices included."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    btcEquity: Decimal | None = None
    """Equity, in BTC."""
    crossedRiskRate: Decimal | None = None
    """Cross margin: maintenance margin over equity, 1 is liquidation."""
    crossedMarginLeverage: Decimal | None = None
    """Leverage of cross positions, as a factor."""
    isolatedLongLever: Decimal | None = None
    """Leverage of isolated long positions, as a factor."""
    isolatedShortLever: Decimal | None = None
    """Leverage of isolated short positions, as a factor."""
    marginMode: MarginMode | None = None
    """Margin mode of the contract."""
    posMode: PosMode | None = None
    """Position mode of the product type."""
    unrealizedPL: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    coupon: Decimal | None = None
    """Trading bonus, in marginCoin."""
    crossedUnrealizedPL: Decimal | None = None
    """Unrealised profit of cross positions, in marginCoin; None while the contract is isolated."""
    isolatedUnrealizedPL: Decimal | None = None
    """Unrealised profit of isolated positions, in marginCoin; None while the contract is crossed."""
    assetMode: str | None = None
    """Mode: "single", or "union", where several coins back one margin."""
    grant: Decimal | None = None
    """Bonus that was granted, in marginCoin."""
    isolatedMargin: Decimal | None = None
    """Margin of isolated positions, in marginCoin."""
    crossedMargin: Decimal | None = None
    """Margin of cross positions, in marginCoin."""


@model
class MixUnionAsset(Row):
    """A coin that backs the margin of a "union" account."""

    coin: str | None = None
    balance: Decimal | None = None
    """Balance, in coin."""
    available: Decimal | None = None
    """Available amount, in coin."""


@model
class MixBalance(Row):
    """One margin coin of a product type (``GET /api/v2/mix/account/accounts``)."""

    productType: str | None = envelope("productType")
    """Product type that was asked for."""
    requestTime: int | None = envelope("requestTime")
    """Epoch ms of the answer."""
    marginCoin: str | None = None
    locked: Decimal | None = None
    """Frozen amount, in marginCoin."""
    available: Decimal | None = None
    """Available amount, in marginCoin."""
    crossedMaxAvailable: Decimal | None = None
    """Most that can be used to open cross positions, in marginCoin."""
    isolatedMaxAvailable: Decimal | None = None
    """Most that can be used to open isolated positions, in marginCoin."""
    maxTransferOut: Decimal | None = None
    """Most that can be transferred out, in marginCoin."""
    accountEquity: Decimal | None = None
    """Equity, in marginCoin, unrealised profit at mark prices included."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    btcEquity: Decimal | None = None
    """Equity, in BTC."""
    crossedRiskRate: Decimal | None = None
    """Cross margin: maintenance margin over equity, 1 is liquidation."""
    unrealizedPL: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    coupon: Decimal | None = None
    """Trading bonus, in marginCoin."""
    unionTotalMargin: Decimal | None = None
    """Total margin in USD; only with assetMode "union"."""
    unionAvailable: Decimal | None = None
    """Available margin in USD; only with assetMode "union"."""
    unionMm: Decimal | None = wire("unionMm", also=("unionMM",))
    """Maintenance margin in USD; only with assetMode "union"."""
    assetList: tuple[MixUnionAsset, ...] = ()
    """The coins that back the margin; only with assetMode "union"."""
    isolatedMargin: Decimal | None = None
    """Margin of isolated positions, in marginCoin."""
    crossedMargin: Decimal | None = None
    """Margin of cross positions, in marginCoin."""
    crossedUnrealizedPL: Decimal | None = None
    """Unrealised profit of cross positions, in marginCoin; None where it is not told."""
    isolatedUnrealizedPL: Decimal | None = None
    """Unrealised profit of isolated positions, in marginCoin; None where it is not told."""
    assetMode: str | None = None
    """Mode: "single", or "union", where several coins back one margin."""
    grant: Decimal | None = None
    """Bonus that was granted, in marginCoin."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "requestTime")
        return at

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``, as a push of the channel ``account`` would say it.

        Raises ``DecodeError`` when it does not say of which coin.
        """
        balance = BalanceUpdate(
            currency=coin_of(self, self.marginCoin),
            equity=self.accountEquity,
            available=self.available,
            frozen=self.locked,
            unrealized_pnl=self.unrealizedPL,
            equity_usd=self.usdtEquity,
            margin_ratio=self.crossedRiskRate,
            product=self.productType,
            updated_at=self.requestTime,
            raw=self,
        )
        is_union = self.assetMode == "union"
        return AccountUpdate(
            available=self.unionAvailable if is_union else None,
            maintenance_margin=self.unionMm if is_union else None,
            margin_ratio=self.crossedRiskRate if is_union else None,
            balances=(balance,),
            product=self.productType,
            updated_at=self.requestTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class MixBill(Row):
    """A change of the balance (``GET /api/v2/mix/account/bill``)."""

    billId: str | None = None
    symbol: str | None = None
    amount: Decimal | None = None
    """Change, in coin; the fee not included."""
    fee: Decimal | None = None
    """Fee, in coin; negative when paid."""
    feeByCoupon: Decimal | None = None
    """How much of the fee a coupon has paid, in coin."""
    businessType: str | None = None
    """Kind, such as "contract_settle_fee" (funding), "open_long" or "trans_from_exchange"."""
    coin: str | None = None
    balance: Decimal | None = None
    """Balance after it, in coin."""
    cTime: int | None = None
    """Epoch ms."""


@model
class MixInterest(Row):
    """Interest that was paid in an hour (``GET /api/v2/mix/account/interest-history``); USDT-FUTURES only."""

    nextSettleTime: int | None = envelope("nextSettleTime")
    """Epoch ms of the next payment."""
    borrowAmount: Decimal | None = envelope("borrowAmount")
    """What is borrowed at present, in USDT."""
    borrowLimit: Decimal | None = envelope("borrowLimit")
    """Most that can be borrowed, in USDT."""
    coin: str | None = None
    liability: Decimal | None = None
    """Debt, in coin."""
    interestFreeLimit: Decimal | None = None
    """How much of the debt is free of interest, in coin."""
    interestLimit: Decimal | None = None
    """How much of the debt bears interest, in coin."""
    hourInterestRate: Decimal | None = None
    """Rate per hour, as a ratio."""
    interest: Decimal | None = wire("interest", also=("interset",))
    """Interest, in coin."""
    cTime: int | None = None
    """Epoch ms."""


@model
class MixIsolatedSymbol(Row):
    """A contract whose margin mode is isolated (``GET /api/v2/mix/account/isolated-symbols``)."""

    symbol: str | None = None
    marginMode: MarginMode | None = None


@model
class MixLiquidationPrice(Row):
    """Where a position would be liquidated (``GET /api/v2/mix/account/liq-price``)."""

    liqPrice: Decimal | None = None
    """Estimated liquidation price."""


@model
class MixMaxOpen(Row):
    """The largest position that could be opened (``GET /api/v2/mix/account/max-open``)."""

    maxOpen: Decimal | None = None
    """Size, in base currency."""


@model
class MixOpenCount(Row):
    """The position that a margin would open (``GET /api/v2/mix/account/open-count``)."""

    size: Decimal | None = None
    """Size, in base currency."""


@model
class MixLeverage(Row):
    """Leverage after it was set (``POST /api/v2/mix/account/set-leverage``), as factors."""

    symbol: str | None = None
    marginCoin: str | None = None
    longLeverage: Decimal | None = None
    """Leverage of isolated long positions, as a factor."""
    shortLeverage: Decimal | None = wire("shortLeverage", also=("shortLeveage",))
    """Leverage of isolated short positions, as a factor. Bitget also spells it "shortLeveage"."""
    crossMarginLeverage: Decimal | None = None
    """Leverage of cross positions, as a factor."""
    marginMode: MarginMode | None = None


@model
class MixMarginMode(Row):
    """Margin mode after it was set (``POST /api/v2/mix/account/set-margin-mode``)."""

    symbol: str | None = None
    marginCoin: str | None = None
    longLeverage: Decimal | None = None
    """Leverage of long positions, as a factor."""
    shortLeverage: Decimal | None = wire("shortLeverage", also=("shortLeveage",))
    """Leverage of short positions, as a factor. Bitget also spells it "shortLeveage"."""
    marginMode: MarginMode | None = None


@model
class MixPositionMode(Row):
    """Position mode after it was set (``POST /api/v2/mix/account/set-position-mode``)."""

    posMode: PosMode | None = None


@model
class MixPosition(Row):
    """An open position (``GET /api/v2/mix/position/all-position`` and ``single-position``).

    Sizes are never negative; ``holdSide`` tells the direction.
    """

    productType: str | None = envelope("productType")
    """Product type that was asked for."""
    requestTime: int | None = envelope("requestTime")
    """Epoch ms of the answer."""
    symbol: str | None = None
    marginCoin: str | None = None
    holdSide: HoldSide | None = None
    openDelegateSize: Decimal | None = None
    """Size of open orders that would add to it, in base currency."""
    marginSize: Decimal | None = None
    """Margin, in marginCoin."""
    available: Decimal | None = None
    """Size that can be closed, in base currency."""
    locked: Decimal | None = None
    """Size that is frozen by closing orders, in base currency."""
    total: Decimal | None = None
    """Size, in base currency."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    achievedProfits: Decimal | None = None
    """Realised profit, in marginCoin, without fees and funding."""
    openPriceAvg: Decimal | None = None
    """Average price at which it was opened."""
    marginMode: MarginMode | None = None
    posMode: PosMode | None = None
    unrealizedPL: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    liquidationPrice: Decimal | None = None
    """Estimated liquidation price; 0 or less where there is none at present."""
    keepMarginRate: Decimal | None = None
    """Maintenance margin rate of the position's size, as a ratio."""
    markPrice: Decimal | None = None
    marginRatio: Decimal | None = None
    """How much of the margin is used up; 1 is liquidation."""
    breakEvenPrice: Decimal | None = None
    totalFee: Decimal | None = None
    """Funding fees so far, in marginCoin; None while there were none."""
    takeProfit: Decimal | None = None
    """Price that triggers its take-profit."""
    stopLoss: Decimal | None = None
    """Price that triggers its stop-loss."""
    takeProfitId: str | None = None
    """Id of its take-profit."""
    stopLossId: str | None = None
    """Id of its stop-loss."""
    deductedFee: Decimal | None = None
    """Trading fees so far, in marginCoin."""
    assetMode: str | None = None
    """Mode: "single", or "union", where several coins back one margin."""
    autoMargin: str | None = None
    """Whether margin is added automatically: "on" or "off"."""
    grant: Decimal | None = None
    """Bonus that was granted, in marginCoin."""
    cTime: int | None = None
    """Epoch ms at which it was opened."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "requestTime")
        return at

    @tolerant("symbol", "holdSide", "total", "posMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        liquidation = self.liquidationPrice
        return PositionUpdate(
            **position_basics(self, self.symbol, self.holdSide, self.total, self.posMode),
            margin_mode=margin_mode(self.marginMode),
            currency=self.marginCoin,
            entry_price=self.openPriceAvg,
            mark_price=self.markPrice,
            liquidation_price=liquidation if liquidation is not None and liquidation > 0 else None,
            unrealized_pnl=self.unrealizedPL,
            realized_pnl=self.achievedProfits,
            leverage=self.leverage,
            margin=self.marginSize,
            margin_ratio=self.marginRatio,
            product=self.productType,
            created_at=self.cTime,
            updated_at=self.uTime,
        )


@model
class MixClosedPosition(Row):
    """A position that was closed altogether (``GET /api/v2/mix/position/history-position``)."""

    positionId: str | None = None
    symbol: str | None = None
    marginCoin: str | None = None
    holdSide: HoldSide | None = None
    posMode: PosMode | None = None
    openAvgPrice: Decimal | None = None
    """Average price at which it was opened."""
    closeAvgPrice: Decimal | None = None
    """Average price at which it was closed."""
    marginMode: MarginMode | None = None
    openTotalPos: Decimal | None = None
    """Size that was opened, in base currency."""
    closeTotalPos: Decimal | None = None
    """Size that was closed, in base currency."""
    pnl: Decimal | None = None
    """Realised profit, in marginCoin, without fees and funding."""
    netProfit: Decimal | None = None
    """Realised profit, in marginCoin, after fees and funding."""
    totalFunding: Decimal | None = None
    """Funding fees, in marginCoin; negative when paid."""
    openFee: Decimal | None = None
    """Fee of opening, in marginCoin; negative when paid."""
    closeFee: Decimal | None = None
    """Fee of closing, in marginCoin; negative when paid."""
    cashDividend: Decimal | None = None
    """Dividend, in marginCoin."""
    cTime: int | None = wire("ctime", also=("cTime",))
    """Epoch ms at which it was opened. Written "ctime", and "cTime" by Bitget's table."""
    uTime: int | None = wire("utime", also=("uTime",))
    """Epoch ms at which it was closed. Written "utime", and "uTime" by Bitget's table."""


@model
class MixAdlRank(Row):
    """How near a position is to auto-deleveraging (``GET /api/v2/mix/position/adlRank``)."""

    symbol: str | None = None
    marginCoin: str | None = None
    adlRank: str | None = None
    """Not used any more: rank from 1 to 5."""
    rank: str | None = None
    """Rank as a ratio: the nearer to 1, the earlier it is reduced."""
    holdSide: HoldSide | None = None
