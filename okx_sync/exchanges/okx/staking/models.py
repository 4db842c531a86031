"""Rows of on-chain earn and of the staking of ETH and SOL.

Rates are per year, 0.01 is one percent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.rows import Row, model


@model
class EarnInvestment(Row):
    """A currency that an offer takes."""

    ccy: str | None = None
    # Own balance; least and most.
    bal: Decimal | None = None
    minAmt: Decimal | None = None
    maxAmt: Decimal | None = None


@model
class EarnYield(Row):
    """What an offer pays."""

    ccy: str | None = None
    # "0" estimated, "1" sum so far.
    earningType: str | None = None


@model
class EarnOffer(Row):
    """An on-chain product."""

    ccy: str | None = None
    productId: str | None = None
    protocol: str | None = None
    # "defi", of old "staking".
    protocolType: str | None = None
    # Days; 0 for variable.
    term: int | None = None
    apy: Decimal | None = None
    earlyRedeem: bool | None = None
    investData: tuple[EarnInvestment, ...] = ()
    earningData: tuple[EarnYield, ...] = ()
    # "purchasable", "sold_out", "stop".
    state: str | None = None
    # Least and most time that redeeming takes: "7D".
    redeemPeriod: tuple[str, ...] = ()
    fastRedemptionDailyLimit: Decimal | None = None


@model
class EarnReceipt(Row):
    """Receipt for an order."""

    ordId: str | None = None
    tag: str | None = None


@model
class EarnOrderInvestment(Row):
    """What was put into an order."""

    ccy: str | None = None
    amt: Decimal | None = None


@model
class EarnOrderYield(Row):
    """What an order brings: estimated, and paid."""

    ccy: str | None = None
    # "0" estimated, "1" sum so far.
    earningType: str | None = None
    earnings: Decimal | None = None
    realizedEarnings: Decimal | None = None


@model
class FastRedemption(Row):
    """What is being redeemed fast."""

    ccy: str | None = None
    redeemingAmt: Decimal | None = None


@model
class EarnOrder(Row):
    """An order of on-chain earn. Times are epoch ms."""

    ccy: str | None = None
    ordId: str | None = None
    productId: str | None = None
    # "8" waits, "13" being canceled, "9" on chain, "1" earning, "2" being redeemed, "3" done.
    state: str | None = None
    protocol: str | None = None
    # "defi", of old "staking".
    protocolType: str | None = None
    # Days; 0 for variable.
    term: int | None = None
    apy: Decimal | None = None
    investData: tuple[EarnOrderInvestment, ...] = ()
    earningData: tuple[EarnOrderYield, ...] = ()
    fastRedemptionData: tuple[FastRedemption, ...] = ()
    # Epoch ms: bought, expected to be paid back, until when redeeming can be canceled, redeemed.
    purchasedTime: int | None = None
    estSettlementTime: int | None = None
    cancelRedemptionDeadline: int | None = None
    redeemedTime: int | None = None
    tag: str | None = None


@model
class StakingProduct(Row):
    """Terms of staking."""

    fastRedemptionDailyLimit: Decimal | None = None
    rate: Decimal | None = None
    # Days that redeeming takes.
    redemptDays: int | None = None
    minAmt: Decimal | None = None
    # How much can be redeemed fast now.
    fastRedemptionAvail: Decimal | None = None


@model
class StakingBalance(Row):
    """What is staked, and its yield. ``ts``: epoch ms."""

    ccy: str | None = None
    amt: Decimal | None = None
    # Of yesterday, and so far.
    latestInterestAccrual: Decimal | None = None
    totalInterestAccrual: Decimal | None = None
    ts: int | None = None


@model
class StakingRecord(Row):
    """A purchase or redemption. Times are epoch ms."""

    type: Literal["purchase", "redeem"] | str | None = None
    amt: Decimal | None = None
    redeemingAmt: Decimal | None = None
    # "pending", "success", "failed", "cancelled".
    status: str | None = None
    ordId: str | None = None
    requestTime: int | None = None
    completedTime: int | None = None
    estCompletedTime: int | None = None
