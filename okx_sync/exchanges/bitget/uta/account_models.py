"""The unified account: balances, settings, bills, fees, limits, transfers. Pages: "Account" of Bitget's UTA guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.row_conversion import coin_of
from okx_sync.exchanges.bitget.uta.words import Category
from okx_sync.exchanges.bitget.words import MarginMode, PosMode, StpMode
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import each, missing, tolerant, value_or_none
from okx_sync.types import AccountUpdate, BalanceUpdate

__all__ = [
    "UtaAccountAssets",
    "UtaAccountInfo",
    "UtaAccountSettings",
    "UtaAsset",
    "UtaBill",
    "UtaCoinConfig",
    "UtaCoinDelta",
    "UtaCollateral",
    "UtaCollateralCoin",
    "UtaDeltaInfo",
    "UtaDepositAddress",
    "UtaDepositRecord",
    "UtaFeeRate",
    "UtaFundingAsset",
    "UtaLeveragePreview",
    "UtaMaxOpen",
    "UtaMaxTransferable",
    "UtaMaxWithdrawal",
    "UtaOpenInterestQuota",
    "UtaSwitchStatus",
    "UtaSymbolConfig",
    "UtaTransferReceipt",
    "UtaTransferableCoin",
]


@model
class UtaAsset(Row):
    """One coin of the unified account."""

    coin: str | None = None
    equity: Decimal | None = None
    """Equity, in the coin."""
    usdValue: Decimal | None = None
    """Equity, in USD."""
    balance: Decimal | None = None
    """Balance, in the coin."""
    balanceOriginal: Decimal | None = None
    """Balance without what is borrowed taken off, in the coin; one source has it."""
    debt: Decimal | None = None
    """Debt, in the coin."""
    available: Decimal | None = None
    """Available amount, in the coin."""
    locked: Decimal | None = None
    """Amount that spot orders lock, in the coin."""
    bonus: Decimal | None = None
    """Bonus, in the coin; one source has it."""
    interestBase: Decimal | None = None
    """Amount that bears interest, in the coin; one source has it."""

    @tolerant("coin")
    def to_balance(self, updated_at: int | None = None) -> BalanceUpdate:
        """Convert it to the neutral words of ``AccountMonitor``; ``updated_at``: epoch ms of the answer.

        Raises ``DecodeError`` when it does not say of which coin.
        """
        return BalanceUpdate(
            currency=coin_of(self, self.coin),
            equity=self.equity,
            cash=self.balance,
            available=self.available,
            frozen=self.locked,
            liability=self.debt,
            equity_usd=self.usdValue,
            updated_at=updated_at,
            raw=self,
        )


@model
class UtaAccountAssets(Row):
    """The unified account whole, with every coin that it has (``GET /api/v3/account/assets``)."""

    requestTime: int | None = envelope("requestTime")
    """Epoch ms of the answer."""
    accountEquity: Decimal | None = None
    """Equity, in USD."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    btcEquity: Decimal | None = None
    """Equity, in BTC."""
    unrealisedPnl: Decimal | None = None
    """Unrealised profit, in USD."""
    usdtUnrealisedPnl: Decimal | None = None
    """Unrealised profit, in USDT."""
    btcUnrealizedPnl: Decimal | None = None
    """Unrealised profit, in BTC."""
    effEquity: Decimal | None = None
    """Equity that counts as margin, in USD."""
    mmr: Decimal | None = None
    """Maintenance margin, in USD: an amount, no rate."""
    imr: Decimal | None = None
    """Initial margin, in USD: an amount, no rate."""
    mgnRatio: Decimal | None = None
    """Maintenance margin over equity; 1 is liquidation."""
    positionMgnRatio: Decimal | None = None
    """The same of positions alone, as a ratio."""
    positionValue: Decimal | None = None
    """Value of the positions, in USD."""
    leverage: Decimal | None = None
    """Leverage of the account, as a factor."""
    bonus: Decimal | None = None
    """Bonus, in USDT; one source has it."""
    assets: tuple[UtaAsset, ...] = ()
    """Coins with a balance."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which the answer was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "requestTime")
        return at

    @tolerant("assets")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``: a snapshot, totals in USD."""
        at = self.requestTime
        balances, lost = each(self.assets, lambda asset: asset.to_balance(at))
        lost += missing(self, "assets")
        return AccountUpdate(
            total_equity=self.accountEquity,
            initial_margin=self.imr,
            maintenance_margin=self.mmr,
            margin_ratio=self.mgnRatio,
            unrealized_pnl=self.unrealisedPnl,
            notional=self.positionValue,
            balances=balances,
            is_snapshot=True,
            is_cut=bool(lost),
            updated_at=at,
            recovered=self.recovered,
            raw=self,
            unreadable=lost,
        )


@model
class UtaFundingAsset(Row):
    """One coin of the funding account, which is no margin (``GET /api/v3/account/funding-assets``)."""

    coin: str | None = None
    available: Decimal | None = None
    """Available amount, in the coin."""
    frozen: Decimal | None = None
    """Frozen amount, in the coin."""
    balance: Decimal | None = None
    """Balance, in the coin."""

    @tolerant("coin")
    def to_balance(self) -> BalanceUpdate:
        """Convert it to the neutral words. Raises ``DecodeError`` without a coin."""
        return BalanceUpdate(
            currency=coin_of(self, self.coin),
            cash=self.balance,
            available=self.available,
            frozen=self.frozen,
            raw=self,
        )


@model
class UtaSymbolConfig(Row):
    """Margin mode and leverage of an instrument."""

    category: Category | None = None
    symbol: str | None = None
    marginMode: MarginMode | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor."""


@model
class UtaCoinConfig(Row):
    """Leverage of a coin in margin trading."""

    coin: str | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor."""


@model
class UtaAccountSettings(Row):
    """Modes of the account (``GET /api/v3/account/settings``). A classic account gets the code 40084 instead."""

    uid: str | None = None
    accountMode: str | None = None
    """``"unified"``, ``"hybrid"``, ``"upgrading"`` or ``"switching"``."""
    assetMode: str | None = None
    """``"multi_assets"`` where all coins are one margin."""
    accountLevel: str | None = None
    """``"basic"``, ``"advanced"``, ``"isolated"`` or ``"delta"``."""
    holdMode: PosMode | None = None
    """Whether an instrument has one position, or a long one and a short one."""
    stpMode: StpMode | None = None
    """What happens when an order would trade with one of the same account."""
    symbolConfigList: tuple[UtaSymbolConfig, ...] = ()
    coinConfigList: tuple[UtaCoinConfig, ...] = ()


@model
class UtaAccountInfo(Row):
    """Whose key it is, and what it may do (``GET /api/v3/account/info``)."""

    userId: str | None = None
    inviterId: str | None = None
    parentId: str | None = None
    """The parent account's id, for a sub-account."""
    channelCode: str | None = None
    """One source has it."""
    channel: str | None = None
    """One source has it."""
    ips: str | None = None
    """Addresses that the key may be used from, with commas."""
    permType: str | None = None
    """``"read-only"`` or ``"read-and-write"``."""
    permissions: tuple[str, ...] = ()
    """For example ``"uta_mgt"``, ``"uta_trade"``, ``"withdraw"``."""
    regisTime: int | None = None
    """Epoch ms at which the account was opened."""


@model
class UtaBill(Row):
    """A change of a balance (``GET /api/v3/account/financial-records``)."""

    category: str | None = None
    """Kind of product; some rows spell it as in "Margin"."""
    id: str | None = None
    symbol: str | None = None
    coin: str | None = None
    type: str | None = None
    """For example ``"TRANSFER_IN"`` or ``"ORDER_DEALT_IN"``."""
    amount: Decimal | None = None
    """Change, in the coin."""
    fee: Decimal | None = None
    """Fee, in the coin; negative when paid, other than that of orders and fills."""
    balance: Decimal | None = None
    """Balance behind it, in the coin."""
    positionType: str | None = None
    """Futures only."""
    positionAmount: Decimal | None = None
    """Futures only: change of the position in base currency."""
    positionBalance: Decimal | None = None
    """Futures only: position behind it in base currency."""
    ts: int | None = None
    """Epoch ms."""


@model
class UtaFeeRate(Row):
    """Trading fees of an instrument, as ratios (``GET /api/v3/account/fee-rate``, ``/api/v3/account/all-fee-rate``)."""

    symbol: str | None = None
    """Listings only."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""


@model
class UtaMaxOpen(Row):
    """How much can be bought, sold or opened (``POST /api/v3/account/max-open-available``)."""

    available: Decimal | None = None
    """Spot and margin: quote currency for a buy, base currency for a sell; futures: quote currency."""
    maxOpen: Decimal | None = None
    """Margin only: quote currency for a buy, base currency for a sell."""
    buyOpenCost: Decimal | None = None
    """Futures only: cost of buying the size that was asked for, in quote currency."""
    sellOpenCost: Decimal | None = None
    """Futures only: cost of selling the size that was asked for, in quote currency."""
    maxBuyOpen: Decimal | None = None
    """Futures only: most that can be bought, in base currency."""
    maxSellOpen: Decimal | None = None
    """Futures only: most that can be sold, in base currency."""
    maxBuyAvailable: Decimal | None = None
    """Futures only: most that can be bought, what closes a position included, in base currency."""
    maxSellAvailable: Decimal | None = None
    """Futures only: most that can be sold, what closes a position included, in base currency."""


@model
class UtaMaxTransferable(Row):
    """How much can be transferred out (``GET /api/v3/account/max-transferable``)."""

    coin: str | None = None
    maxTransfer: Decimal | None = None
    """Most without borrowing, in the coin."""
    borrowMaxTransfer: Decimal | None = None
    """Most with borrowing, in the coin."""


@model
class UtaMaxWithdrawal(Row):
    """How much can be withdrawn (``GET /api/v3/account/max-withdrawal``)."""

    coin: str | None = None
    otcMaxWithdrawal: Decimal | None = None
    """From the P2P account, in the coin."""
    spotMaxWithdrawal: Decimal | None = None
    """From the funding account, in the coin."""
    utaMaxWithdrawal: Decimal | None = None
    """From the unified account, in the coin."""
    totalMaxWithdrawal: Decimal | None = None
    """From all of them, in the coin."""


@model
class UtaOpenInterestQuota(Row):
    """How much of a contract the account may hold (``GET /api/v3/account/open-interest-limit``), in base currency."""

    symbol: str | None = None
    singleUserLimit: Decimal | None = None
    """Most for this account."""
    masterSubLimit: Decimal | None = None
    """Most for the account and its sub-accounts together."""
    marketMakerLimit: Decimal | None = None
    """Most for a market maker."""


@model
class UtaLeveragePreview(Row):
    """What another leverage would change (``GET /api/v3/account/pre-set-leverage``)."""

    estMaxOpen: Decimal | None = None
    """Futures only: most that could be opened, in base currency."""
    estMaxBorrowable: Decimal | None = None
    """Margin only: most that could be borrowed, in the coin."""
    requiredMargin: Decimal | None = None
    """Margin that it needs, in USD."""
    marginChange: Decimal | None = None
    """Change of the margin in use; above 0 when more is used."""


@model
class UtaCollateral(Row):
    """Which coins are margin (``GET /api/v3/account/collateral-type``)."""

    collateralType: str | None = None
    """``"mainstream"``, ``"all"`` or ``"custom"``."""
    collateralCoins: str | None = None
    """Only with ``"custom"``: the coins, with commas."""


@model
class UtaCollateralCoin(Row):
    """A coin that can be chosen as margin (``GET /api/v3/account/custom-collateral-coins``)."""

    collateralCoin: str | None = None


@model
class UtaCoinDelta(Row):
    """How far a coin is from being hedged."""

    coin: str | None = None
    positionRatio: Decimal | None = None
    """Net position as a ratio."""


@model
class UtaDeltaInfo(Row):
    """How far the account is from being delta-neutral (``GET /api/v3/account/delta-info``)."""

    deltaEquityRatio: Decimal | None = None
    """Delta over equity, as a ratio."""
    deltaThreshold: Decimal | None = None
    """Ratio up to which the account counts as neutral."""
    positionThreshold: Decimal | None = None
    """Ratio up to which a coin counts as hedged."""
    list: tuple[UtaCoinDelta, ...] = ()
    """Coins."""


@model
class UtaDepositAddress(Row):
    """Where deposits go to (``GET /api/v3/account/deposit-address``)."""

    address: str | None = None
    chain: str | None = None
    coin: str | None = None
    tag: str | None = None
    """Memo that some chains need."""
    url: str | None = None
    """Where the chain can be looked at."""


@model
class UtaDepositRecord(Row):
    """A deposit (``GET /api/v3/account/deposit-records``)."""

    orderId: str | None = None
    clientOid: str | None = None
    """One source has it."""
    recordId: str | None = None
    """Hash on the chain, or the order's id for a transfer inside Bitget."""
    coin: str | None = None
    type: str | None = None
    """``"deposit"``."""
    dest: str | None = None
    """``"on_chain"`` or ``"internal_transfer"``."""
    size: Decimal | None = None
    """Amount, in the coin."""
    status: str | None = None
    """``"pending"``, ``"success"`` or ``"fail"``."""
    fromAddress: str | None = None
    toAddress: str | None = None
    chain: str | None = None
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""


@model
class UtaSwitchStatus(Row):
    """How far a change of the account's kind has come (``GET /api/v3/account/switch-status``)."""

    status: str | None = None
    """``"process"``, ``"success"`` or ``"fail"``."""
    reason: str | None = None
    """Why it failed."""


@model
class UtaTransferableCoin(Row):
    """A coin that can be transferred (``GET /api/v3/account/transferable-coins``)."""

    coin: str | None = None


@model
class UtaTransferReceipt(Row):
    """A transfer that was accepted (``POST /api/v3/account/transfer``)."""

    transferId: str | None = None
    clientOid: str | None = None
    """Id that the client gave it."""
