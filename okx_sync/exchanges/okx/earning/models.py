"""Rows of Simple Earn, flash earn, stablecoin rewards, OKUSD, dual investment and flexible loans.

Rates are per year, 0.01 is one percent. LTV: loan to value of the collateral, as a ratio.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.rows import Row, model


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


@model
class OkusdAccount(Row):
    """OKUSD held, and its yield so far. ``ts``: epoch ms."""

    ccy: str | None = None
    amt: Decimal | None = None
    totalEarnAccrual: Decimal | None = None
    ts: int | None = None


@model
class OkusdLimit(Row):
    """Quotas of one kind, of the account and of everybody, per day."""

    # Subscriptions only.
    maxSubAmt: Decimal | None = None
    personalDailyLimit: Decimal | None = None
    personalUsedAmt: Decimal | None = None
    platformDailyLimit: Decimal | None = None
    platformUsedAmt: Decimal | None = None
    # Ratio; redemptions only.
    feeRate: Decimal | None = None


@model
class OkusdLimits(Row):
    """What may be subscribed and redeemed, in OKUSD. ``ts``: epoch ms."""

    subLimit: OkusdLimit | None = None
    fastRedeemLimit: OkusdLimit | None = None
    stdRedeemLimit: OkusdLimit | None = None
    ts: int | None = None


@model
class OkusdRate(Row):
    """Yearly rate of a day, 0.01 is one percent. ``ts``: epoch ms."""

    apr: Decimal | None = None
    ts: int | None = None


@model
class OkusdSubscription(Row):
    """Receipt for turning USDT into OKUSD. ``ts``: epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    # USDT paid, OKUSD received.
    amt: Decimal | None = None
    okusdAmt: Decimal | None = None
    state: str | None = None
    ts: int | None = None


@model
class OkusdRedemption(Row):
    """Receipt for turning OKUSD into USDT. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    # OKUSD given, fee in USDT, USDT received.
    amt: Decimal | None = None
    fee: Decimal | None = None
    usdtAmt: Decimal | None = None
    redeemType: str | None = None
    state: str | None = None
    estSettlementTime: int | None = None
    ts: int | None = None


@model
class OkusdSubscriptionRecord(Row):
    """A subscription. ``ts``: epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    status: str | None = None
    ts: int | None = None


@model
class OkusdRedemptionRecord(Row):
    """A redemption. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    fee: Decimal | None = None
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    type: str | None = None
    status: str | None = None
    estSettlementTime: int | None = None
    ts: int | None = None


@model
class OkusdReward(Row):
    """Yield of one day. ``ts``: epoch ms."""

    ccy: str | None = None
    earnAmt: Decimal | None = None
    amt: Decimal | None = None
    apr: Decimal | None = None
    ts: int | None = None


@model
class DualPair(Row):
    """A pair on offer."""

    baseCcy: str | None = None
    quoteCcy: str | None = None
    # "C" sell high, "P" buy low.
    optType: str | None = None
    uly: str | None = None


@model
class DualProduct(Row):
    """A product on offer. Times are epoch ms."""

    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    expTime: int | None = None
    interestAccrualTime: int | None = None
    listTime: int | None = None
    maxSize: Decimal | None = None
    minSize: Decimal | None = None
    notionalCcy: str | None = None
    # "C" sell high, "P" buy low.
    optType: str | None = None
    productId: str | None = None
    quoteTime: int | None = None
    redeemEndTime: int | None = None
    redeemStartTime: int | None = None
    stepSz: Decimal | None = None
    tradeEndTime: int | None = None
    strike: Decimal | None = None
    uly: str | None = None


@model
class DualQuote(Row):
    """Terms that can be taken until ``validUntil``."""

    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    interestAccrualTime: int | None = None
    notionalSz: Decimal | None = None
    notionalCcy: str | None = None
    productId: str | None = None
    quoteId: str | None = None
    validUntil: int | None = None
    idxPx: Decimal | None = None


@model
class DualReceipt(Row):
    """State of an order."""

    quoteId: str | None = None
    ordId: str | None = None
    # In words: "live", ...
    state: str | None = None


@model
class DualRedeemQuote(Row):
    """What redeeming early would bring. ``validUntil``: epoch ms."""

    ordId: str | None = None
    quoteId: str | None = None
    redeemCcy: str | None = None
    redeemSz: Decimal | None = None
    # Yield if redeemed now, per year.
    termRate: Decimal | None = None
    validUntil: int | None = None


@model
class DualOrder(Row):
    """An order. Times are epoch ms."""

    ordId: str | None = None
    quoteId: str | None = None
    # As in ``DualReceipt``.
    state: str | None = None
    productId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    uly: str | None = None
    strike: Decimal | None = None
    notionalSz: Decimal | None = None
    notionalCcy: str | None = None
    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    # What it brings, what was paid out, and at which price of the index.
    yieldSz: Decimal | None = None
    yieldCcy: str | None = None
    settleSz: Decimal | None = None
    settleCcy: str | None = None
    settlePx: Decimal | None = None
    settleTime: int | None = None
    expTime: int | None = None
    redeemStartTime: int | None = None
    redeemEndTime: int | None = None
    cTime: int | None = None
    uTime: int | None = None


@model
class LoanCurrency(Row):
    """A currency that can be borrowed."""

    borrowCcy: str | None = None


@model
class LoanAmount(Row):
    """An amount and its worth."""

    ccy: str | None = None
    amt: Decimal | None = None
    notionalUsd: Decimal | None = None


@model
class LoanAssets(Row):
    """Assets that can be collateral."""

    assets: tuple[LoanAmount, ...] = ()


@model
class LoanEmode(Row):
    """A pair of collateral and loan for e-mode."""

    collateralCcy: str | None = None
    borrowCcy: str | None = None


@model
class LoanLimit(Row):
    """The most that could be borrowed."""

    borrowCcy: str | None = None
    maxLoan: Decimal | None = None
    notionalUsd: Decimal | None = None
    remainingQuota: Decimal | None = None


@model
class LoanReceipt(Row):
    """Receipt for borrowing."""

    ordId: str | None = None
    eMode: str | None = None
    clOrdId: str | None = None


@model
class LoanRepayment(Row):
    """Receipt for paying back."""

    ordId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    clOrdId: str | None = None


@model
class MaxCollateralRedeem(Row):
    """How much collateral can be taken out."""

    ccy: str | None = None
    maxRedeemAmt: Decimal | None = None


@model
class LoanWarning(Row):
    """The price that would liquidate a loan."""

    instId: str | None = None
    liqPx: Decimal | None = None


@model
class Loan(Row):
    """A loan, its collateral, and how close it is to liquidation."""

    ordId: str | None = None
    loanNotionalUsd: Decimal | None = None
    loanData: tuple[LoanAmount, ...] = ()
    collateralNotionalUsd: Decimal | None = None
    collateralData: tuple[LoanAmount, ...] = ()
    riskWarningData: LoanWarning | None = None
    # Now, at the margin call, at liquidation.
    curLTV: Decimal | None = None
    marginCallLTV: Decimal | None = None
    liqLTV: Decimal | None = None


@model
class LoanEvent(Row):
    """Something that happened to a loan. ``ts``: epoch ms."""

    ordId: str | None = None
    # "borrowed", "repaid", "collateral_locked", "collateral_released", "forced_repayment_buy", ...
    type: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    ts: int | None = None
    refId: str | None = None


@model
class LoanInterest(Row):
    """Interest of one hour. ``ts``: epoch ms."""

    ccy: str | None = None
    interest: Decimal | None = None
    ts: int | None = None
    # Per year.
    interestRate: Decimal | None = None
    # Debt that it was taken of.
    loan: Decimal | None = None
    refId: str | None = None
