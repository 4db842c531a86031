"""Coins, balances, deliveries and settlements. Page: "Asset" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.words import Side
from okx_sync.rows import Row, envelope, model

__all__ = [
    "AccountAssets",
    "AccountCoinBalance",
    "AssetBalance",
    "AssetCategory",
    "AssetCoin",
    "AssetPriceRange",
    "CoinBalance",
    "CoinChain",
    "CoinInfo",
    "DeliveryRecord",
    "FundingTransaction",
    "ProductCoin",
    "SettlementRecord",
]


@model
class CoinChain(Row):
    """A chain of a coin: whether it can be deposited and withdrawn there, and for how much."""

    chain: str | None = None
    chainType: str | None = None
    """Name of the chain."""
    confirmation: int | None = None
    """Confirmations after which a deposit is credited."""
    withdrawFee: Decimal | None = None
    """Fixed fee of a withdrawal, in the coin; None where withdrawals are off."""
    depositMin: Decimal | None = None
    """Smallest deposit, in the coin."""
    withdrawMin: Decimal | None = None
    """Smallest withdrawal, in the coin."""
    minAccuracy: int | None = None
    """Digits of amounts behind the point."""
    chainDeposit: bool | None = None
    """Whether it can be deposited."""
    chainWithdraw: bool | None = None
    """Whether it can be withdrawn."""
    withdrawPercentageFee: Decimal | None = None
    """Fee of a withdrawal as a ratio of its amount: 0.022 is 2.2 %."""
    contractAddress: str | None = None
    safeConfirmNumber: int | None = None
    """Confirmations after which a deposit can be withdrawn again."""
    withdrawMax: Decimal | None = None
    """Largest withdrawal of two hours, in the coin; -1 where there is no limit."""


@model
class CoinInfo(Row):
    """A coin and its chains (``GET /v5/asset/coin/query-info``)."""

    name: str | None = None
    coin: str | None = None
    remainAmount: Decimal | None = None
    """Largest amount of one withdrawal, in the coin."""
    chains: tuple[CoinChain, ...] = ()


@model
class AssetCoin(Row):
    """What an account has of a coin."""

    coin: str | None = None
    equity: Decimal | None = None
    """Equity, in ``coin``."""


@model
class AssetPriceRange(Row):
    """Prices and unit of a product that pays by the price."""

    priceUpper: Decimal | None = None
    """Upper price."""
    priceLower: Decimal | None = None
    """Lower price."""
    equityUnit: str | None = None


@model
class ProductCoin(AssetCoin):
    """What is in a product of a coin."""

    extMap: AssetPriceRange | None = None
    """Some products only."""


@model
class AssetCategory(Row):
    """What is in the products of one kind."""

    category: str | None = None
    equity: Decimal | None = None
    """Equity, in the currency of valuation."""
    coinDetail: tuple[ProductCoin, ...] = ()


@model
class AccountAssets(Row):
    """What one account has (``GET /v5/asset/asset-overview``)."""

    equityOfAll: Decimal | None = envelope("totalEquity")
    """Equity of all accounts together, in the currency of valuation."""
    accountType: str | None = None
    totalEquity: Decimal | None = None
    """Equity of this account, in ``valuationCurrency``."""
    valuationCurrency: str | None = None
    snapshotTime: int | None = None
    """Epoch ms at which it was counted."""
    coinDetail: tuple[AssetCoin, ...] = ()
    """Coins of an account without products."""
    categories: tuple[AssetCategory, ...] = ()
    """Products, where the account has some."""


@model
class AssetBalance(Row):
    """Balance of a coin in a wallet (``GET /v5/asset/transfer/query-account-coins-balance``)."""

    accountType: str | None = envelope("accountType")
    memberId: str | None = envelope("memberId")
    coin: str | None = None
    walletBalance: Decimal | None = None
    """Balance, in ``coin``."""
    transferBalance: Decimal | None = None
    """What can be transferred, in ``coin``."""
    bonus: Decimal | None = None
    """Bonus, in ``coin``."""


@model
class CoinBalance(Row):
    """Balance of one coin in a wallet."""

    coin: str | None = None
    walletBalance: Decimal | None = None
    """Balance, in ``coin``."""
    transferBalance: Decimal | None = None
    """What can be transferred, in ``coin``."""
    bonus: Decimal | None = None
    """Bonus, in ``coin``."""
    transferSafeAmount: Decimal | None = None
    """What can be transferred out of a unified account without a debt, in ``coin``."""
    ltvTransferSafeAmount: Decimal | None = None
    """What an institutional loan lets be transferred, in ``coin``."""


@model
class AccountCoinBalance(Row):
    """Balance of one coin in a wallet (``GET /v5/asset/transfer/query-account-coin-balance``)."""

    accountType: str | None = None
    bizType: int | None = None
    accountId: str | None = None
    memberId: str | None = None
    balance: CoinBalance | None = None


@model
class DeliveryRecord(Row):
    """A delivery of a future or an option (``GET /v5/asset/delivery-record``)."""

    category: str | None = envelope("category")
    deliveryTime: int | None = None
    """Epoch ms of the delivery."""
    symbol: str | None = None
    side: Side | None = None
    position: Decimal | None = None
    """Size delivered: base currency, inverse contracts USD, options contracts."""
    entryPrice: Decimal | None = None
    """Average price at which it was opened."""
    deliveryPrice: Decimal | None = None
    """Price of the delivery."""
    strike: Decimal | None = None
    """Strike of an option, in quote currency."""
    fee: Decimal | None = None
    """Fee, in the settlement currency; above zero it was paid."""
    deliveryRpl: Decimal | None = None
    """Realised profit of the delivery, in the settlement currency."""


@model
class SettlementRecord(Row):
    """A settlement of a USDC perpetual (``GET /v5/asset/settlement-record``)."""

    category: str | None = envelope("category")
    symbol: str | None = None
    side: Side | None = None
    size: Decimal | None = None
    """Size of the position, in base currency."""
    sessionAvgPrice: Decimal | None = None
    """Average price of the session."""
    markPrice: Decimal | None = None
    """Mark price of the settlement."""
    realisedPnl: Decimal | None = None
    """Realised profit, in USDC."""
    createdTime: int | None = None
    """Epoch ms of creation."""


@model
class FundingTransaction(Row):
    """A change of the funding wallet (``GET /v5/asset/fundinghistory``)."""

    memberId: str | None = None
    currency: str | None = None
    ioDirection: str | None = None
    """``"I"`` in, ``"O"`` out."""
    txnAmt: Decimal | None = None
    """Amount, in ``currency``."""
    afterAmt: Decimal | None = None
    """Balance after it, in ``currency``."""
    createTime: int | None = None
    """Epoch seconds of creation, not ms."""
    showBusiType: str | None = None
    """Reason, as a key."""
    showBusiTypeEn: str | None = None
    """Reason, in English."""
    description: str | None = None
    """What it was, as a key."""
    descriptionEn: str | None = None
    """What it was, in English."""
    currcCursor: str | None = None
    """Id of the change."""
