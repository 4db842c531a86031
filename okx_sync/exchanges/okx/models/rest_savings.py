"""Rows of Simple Earn, flash earn and stablecoin rewards. Rates are per year, 0.01 is one percent."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.models import Row, model


@model
class SavingsBalance(Row):
    """What is saved of one currency."""

    ccy: str | None = None
    # In all; lent; waiting to be lent; waiting to come back.
    amt: Decimal | None = None
    loanAmt: Decimal | None = None
    pendingAmt: Decimal | None = None
    # So far.
    earnings: Decimal | None = None
    rate: Decimal | None = None
    redemptAmt: Decimal | None = None


@model
class SavingsChange(Row):
    """Receipt for putting money in or taking it out."""

    ccy: str | None = None
    amt: Decimal | None = None
    side: Literal["purchase", "redempt"] | str | None = None
    rate: Decimal | None = None


@model
class LendingRate(Row):
    """The least rate to lend at."""

    ccy: str | None = None
    rate: Decimal | None = None


@model
class Lending(Row):
    """What was lent in one hour. ``ts``: epoch ms."""

    ccy: str | None = None
    amt: Decimal | None = None
    earnings: Decimal | None = None
    rate: Decimal | None = None
    ts: int | None = None


@model
class LendingRateSummary(Row):
    """Rates of the market in the last 24 hours."""

    ccy: str | None = None
    # Borrowed on average, in the currency and in USD.
    avgAmt: Decimal | None = None
    avgRate: Decimal | None = None
    # Last and next rate.
    preRate: Decimal | None = None
    avgAmtUsd: Decimal | None = None
    estRate: Decimal | None = None


@model
class LendingRateRecord(Row):
    """Rate of the market in one hour. ``ts``: epoch ms."""

    ccy: str | None = None
    amt: Decimal | None = None
    rate: Decimal | None = None
    ts: int | None = None
    lendingRate: Decimal | None = None


@model
class FixedEarnOffer(Row):
    """A fixed-term offer."""

    ccy: str | None = None
    # "90D"
    term: str | None = None
    rate: Decimal | None = None
    # Least, and what is left to lend.
    minLend: Decimal | None = None
    lendQuota: Decimal | None = None
    borrowingOrderQuota: Decimal | None = None


@model
class FixedEarnOrder(Row):
    """A fixed-term order. ``cTime``: epoch ms."""

    reqId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    rate: Decimal | None = None
    # "90D"
    term: str | None = None
    state: str | None = None
    accruedInterest: Decimal | None = None
    cTime: int | None = None


@model
class FixedEarnReceipt(Row):
    """Receipt for a fixed-term order."""

    reqId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    # "90D"
    term: str | None = None


@model
class FlashEarnProject(Row):
    """A flash-earn campaign. Times are epoch ms."""

    id: str | None = None
    status: str | None = None
    canPurchase: bool | None = None
    beginTs: int | None = None
    endTs: int | None = None


@model
class StableReward(Row):
    """What is held of one stablecoin."""

    ccy: str | None = None
    amt: Decimal | None = None
    totalEarnAccrual: Decimal | None = None
    state: str | None = None


@model
class StableRewardsBalance(Row):
    """Stablecoins held. ``ts``: epoch ms."""

    details: tuple[StableReward, ...] = ()
    ts: int | None = None


@model
class StableRewardTerms(Row):
    """Terms of one stablecoin."""

    ccy: str | None = None
    settleCcy: str | None = None
    # Ratios.
    subFeeRate: Decimal | None = None
    redemptFeeRate: Decimal | None = None
    minSubAmt: Decimal | None = None
    minRedeemAmt: Decimal | None = None
    remainingSubQuota: Decimal | None = None
    remainingRedemptQuota: Decimal | None = None
    canRedeem: bool | None = None


@model
class StableRewardsProduct(Row):
    """Terms of stablecoin rewards."""

    details: tuple[StableRewardTerms, ...] = ()
    ts: int | None = None
