"""Rows of on-chain earn and of the staking of ETH and SOL.

Rates are per year, 0.01 is one percent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.rows import Row, model


@model
class EarnInvestment(Row):
    """A currency that an on-chain offer takes."""

    ccy: str | None = None
    bal: Decimal | None = None
    """Own balance, in ccy."""
    minAmt: Decimal | None = None
    """Least amount, in ccy."""
    maxAmt: Decimal | None = None
    """Largest amount, in ccy."""


@model
class EarnYield(Row):
    """What an on-chain offer pays."""

    ccy: str | None = None
    earningType: str | None = None
    """Kind of yield: "0" estimated, "1" sum so far."""


@model
class EarnOffer(Row):
    """A product of on-chain earn (``finance/staking-defi/offers``)."""

    ccy: str | None = None
    productId: str | None = None
    protocol: str | None = None
    protocolType: str | None = None
    """Type of protocol: "defi", of old "staking"."""
    term: int | None = None
    """Days; 0 for variable."""
    apy: Decimal | None = None
    """Yield per year as a ratio; 0.01 is 1 %."""
    earlyRedeem: bool | None = None
    """Whether it can be redeemed early."""
    investData: tuple[EarnInvestment, ...] = ()
    earningData: tuple[EarnYield, ...] = ()
    state: str | None = None
    """State: "purchasable", "sold_out", "stop"."""
    redeemPeriod: tuple[str, ...] = ()
    """Least and most time that redeeming takes: "7D"."""
    fastRedemptionDailyLimit: Decimal | None = None
    """Most that can be redeemed fast per day."""


@model
class EarnReceipt(Row):
    """Receipt for an order of on-chain earn, or for canceling a redemption."""

    ordId: str | None = None
    tag: str | None = None


@model
class EarnOrderInvestment(Row):
    """What was put into an order of on-chain earn."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""


@model
class EarnOrderYield(Row):
    """What an order of on-chain earn brings: estimated, and paid."""

    ccy: str | None = None
    earningType: str | None = None
    """Kind of yield: "0" estimated, "1" sum so far."""
    earnings: Decimal | None = None
    """Estimated yield, in ccy."""
    realizedEarnings: Decimal | None = None
    """Yield that was paid, in ccy."""


@model
class FastRedemption(Row):
    """What of an order of on-chain earn is being redeemed fast."""

    ccy: str | None = None
    redeemingAmt: Decimal | None = None
    """Amount, in ccy."""


@model
class EarnOrder(Row):
    """An order of on-chain earn (``finance/staking-defi/orders-active``, ``.../orders-history``)."""

    ccy: str | None = None
    ordId: str | None = None
    productId: str | None = None
    state: str | None = None
    """State: "8" waits, "13" being canceled, "9" on chain, "1" earning, "2" being redeemed, "3" done."""
    protocol: str | None = None
    protocolType: str | None = None
    """Type of protocol: "defi", of old "staking"."""
    term: int | None = None
    """Days; 0 for variable."""
    apy: Decimal | None = None
    """Yield per year as a ratio; 0.01 is 1 %."""
    investData: tuple[EarnOrderInvestment, ...] = ()
    earningData: tuple[EarnOrderYield, ...] = ()
    fastRedemptionData: tuple[FastRedemption, ...] = ()
    purchasedTime: int | None = None
    """Epoch ms at which it was bought."""
    estSettlementTime: int | None = None
    """Epoch ms at which it is expected to be paid back."""
    cancelRedemptionDeadline: int | None = None
    """Epoch ms until which redeeming can be canceled."""
    redeemedTime: int | None = None
    """Epoch ms at which it was redeemed."""
    tag: str | None = None


@model
class StakingProduct(Row):
    """Terms of staking ETH or SOL (``finance/staking-defi/eth/product-info``, ``.../sol/product-info``)."""

    fastRedemptionDailyLimit: Decimal | None = None
    """Most that can be redeemed fast per day."""
    rate: Decimal | None = None
    """Yield per year in percent: 2.23 is 2.23 %."""
    redemptDays: int | None = None
    """Days that redeeming takes."""
    minAmt: Decimal | None = None
    """Least amount."""
    fastRedemptionAvail: Decimal | None = None
    """How much can be redeemed fast now."""


@model
class StakingBalance(Row):
    """ETH or SOL that is staked, and its yield (``finance/staking-defi/eth/balance``, ``.../sol/balance``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    latestInterestAccrual: Decimal | None = None
    """Yield of yesterday."""
    totalInterestAccrual: Decimal | None = None
    """Yield so far."""
    ts: int | None = None
    """Epoch ms."""


@model
class StakingRecord(Row):
    """A purchase or redemption of staked ETH or SOL (``.../purchase-redeem-history``)."""

    type: Literal["purchase", "redeem"] | str | None = None
    amt: Decimal | None = None
    """Amount that was bought or redeemed."""
    redeemingAmt: Decimal | None = None
    """Amount that is being redeemed."""
    status: str | None = None
    """State: "pending", "success", "failed", "cancelled"."""
    ordId: str | None = None
    requestTime: int | None = None
    """Epoch ms of the request."""
    completedTime: int | None = None
    """Epoch ms of completion."""
    estCompletedTime: int | None = None
    """Epoch ms at which completion is expected."""
