"""Rows of Simple Earn, flash earn, stablecoin rewards, OKUSD, dual investment and flexible loans.

Rates are per year, 0.01 is one percent. LTV: loan to value of the collateral, as a ratio.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.rows import Row, model


@model
class SavingsBalance(Row):
    """What is saved of one currency (``finance/savings/balance``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount in all, in ccy."""
    loanAmt: Decimal | None = None
    """Amount that is lent, in ccy."""
    pendingAmt: Decimal | None = None
    """Amount that waits to be lent, in ccy."""
    earnings: Decimal | None = None
    """Yield so far, in ccy."""
    rate: Decimal | None = None
    """Least rate per year to lend at, as a ratio; 0.01 is 1 %."""
    redemptAmt: Decimal | None = None
    """Amount that waits to come back, in ccy. Deprecated by OKX."""


@model
class SavingsChange(Row):
    """Receipt for putting money in or taking it out (``finance/savings/purchase-redempt``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    side: Literal["purchase", "redempt"] | str | None = None
    rate: Decimal | None = None
    """Least rate per year to lend at, as a ratio; 0.01 is 1 %."""


@model
class LendingRate(Row):
    """The least rate to lend at (``finance/savings/set-lending-rate``)."""

    ccy: str | None = None
    rate: Decimal | None = None
    """Least rate per year to lend at, as a ratio; 0.01 is 1 %."""


@model
class Lending(Row):
    """What was lent in one hour (``finance/savings/lending-history``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount that was lent, in ccy."""
    earnings: Decimal | None = None
    """Yield, in ccy."""
    rate: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    ts: int | None = None
    """Epoch ms."""


@model
class LendingRateSummary(Row):
    """Rates of the market in the last 24 hours (``finance/savings/lending-rate-summary``)."""

    ccy: str | None = None
    avgAmt: Decimal | None = None
    """Amount borrowed on average, in ccy. Deprecated by OKX."""
    avgRate: Decimal | None = None
    """Average rate of borrowing per year, as a ratio; 0.01 is 1 %."""
    preRate: Decimal | None = None
    """Last rate per year, as a ratio."""
    avgAmtUsd: Decimal | None = None
    """Amount borrowed on average, USD. Deprecated by OKX."""
    estRate: Decimal | None = None
    """Next rate per year as estimated, as a ratio."""


@model
class LendingRateRecord(Row):
    """Rate of the market in one hour (``finance/savings/lending-rate-history``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount that was lent, in ccy. Deprecated by OKX."""
    rate: Decimal | None = None
    """Rate of borrowing per year, as a ratio; 0.01 is 1 %."""
    ts: int | None = None
    """Epoch ms."""
    lendingRate: Decimal | None = None
    """Rate of lending per year, as a ratio; 0.01 is 1 %."""


@model
class FixedEarnOffer(Row):
    """An offer of fixed-term Simple Earn (``finance/simple-earn-fixed/offers``)."""

    ccy: str | None = None
    term: str | None = None
    """Term: "90D"."""
    rate: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    minLend: Decimal | None = None
    """Least amount to lend, in ccy."""
    lendQuota: Decimal | None = None
    """What is left to lend, in ccy."""
    borrowingOrderQuota: Decimal | None = None


@model
class FixedEarnOrder(Row):
    """An order of fixed-term Simple Earn (``finance/simple-earn-fixed/order-list``)."""

    reqId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    rate: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    term: str | None = None
    """Term: "90D"."""
    state: str | None = None
    accruedInterest: Decimal | None = None
    """Interest accrued so far."""
    cTime: int | None = None
    """Epoch ms of creation."""


@model
class FixedEarnReceipt(Row):
    """Receipt for buying or redeeming fixed-term Simple Earn."""

    reqId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    term: str | None = None
    """Term: "90D"."""


@model
class FlashEarnProject(Row):
    """A flash-earn campaign (``finance/flash-earn/projects``)."""

    id: str | None = None
    status: str | None = None
    canPurchase: bool | None = None
    """Whether it can be bought now."""
    beginTs: int | None = None
    """Epoch ms at which it begins."""
    endTs: int | None = None
    """Epoch ms at which it ends."""


@model
class StableReward(Row):
    """What is held of one stablecoin that pays rewards."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    totalEarnAccrual: Decimal | None = None
    """Yield so far."""
    state: str | None = None


@model
class StableRewardsBalance(Row):
    """Stablecoins held that pay rewards (``finance/stable-rewards/balance``)."""

    details: tuple[StableReward, ...] = ()
    ts: int | None = None
    """Epoch ms."""


@model
class StableRewardTerms(Row):
    """Terms on which a stablecoin with rewards is bought with, and redeemed into, another one."""

    ccy: str | None = None
    settleCcy: str | None = None
    subFeeRate: Decimal | None = None
    """Fee of subscribing, as a ratio."""
    redemptFeeRate: Decimal | None = None
    """Fee of redeeming, as a ratio."""
    minSubAmt: Decimal | None = None
    """Least amount of a subscription, in settleCcy."""
    minRedeemAmt: Decimal | None = None
    """Least amount of a redemption, in ccy."""
    remainingSubQuota: Decimal | None = None
    """What may still be subscribed today; -1 is no bound."""
    remainingRedemptQuota: Decimal | None = None
    """What may still be redeemed today; -1 is no bound."""
    canRedeem: bool | None = None
    """Whether it can be redeemed into settleCcy now."""


@model
class StableRewardsProduct(Row):
    """Terms of stablecoin rewards (``finance/stable-rewards/product-info``)."""

    details: tuple[StableRewardTerms, ...] = ()
    ts: int | None = None
    """Epoch ms."""


@model
class OkusdAccount(Row):
    """OKUSD held, and its yield so far (``finance/okusd/account``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Balance, in OKUSD."""
    totalEarnAccrual: Decimal | None = None
    """Yield so far, in USDT."""
    ts: int | None = None
    """Epoch ms."""


@model
class OkusdLimit(Row):
    """Quotas per day, of the account and of everybody: subscriptions in USDT, redemptions in OKUSD."""

    maxSubAmt: Decimal | None = None
    """Subscriptions only: most that can be subscribed now, USDT."""
    personalDailyLimit: Decimal | None = None
    """Quota of the account."""
    personalUsedAmt: Decimal | None = None
    """What the account has used today."""
    platformDailyLimit: Decimal | None = None
    """Quota of everybody."""
    platformUsedAmt: Decimal | None = None
    """What everybody has used today."""
    feeRate: Decimal | None = None
    """Redemptions only: fee as a ratio."""


@model
class OkusdLimits(Row):
    """How much OKUSD may be subscribed and redeemed (``finance/okusd/limits``)."""

    subLimit: OkusdLimit | None = None
    """Quotas of subscriptions."""
    fastRedeemLimit: OkusdLimit | None = None
    """Quotas of fast redemptions."""
    stdRedeemLimit: OkusdLimit | None = None
    """Quotas of standard redemptions."""
    ts: int | None = None
    """Epoch ms."""


@model
class OkusdRate(Row):
    """Yearly rate of OKUSD on a day (``finance/okusd/rate/history``)."""

    apr: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    ts: int | None = None
    """Epoch ms."""


@model
class OkusdSubscription(Row):
    """Receipt for turning USDT into OKUSD (``finance/okusd/subscribe``)."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount paid, USDT."""
    okusdAmt: Decimal | None = None
    """Amount received, OKUSD."""
    state: str | None = None
    """State: "success", "pending", "failed"."""
    ts: int | None = None
    """Epoch ms of creation."""


@model
class OkusdRedemption(Row):
    """Receipt for turning OKUSD into USDT (``finance/okusd/redeem``)."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount given, OKUSD."""
    fee: Decimal | None = None
    """Fee, USDT."""
    usdtAmt: Decimal | None = None
    """Amount received, USDT."""
    redeemType: str | None = None
    """Kind: "1" fast, "2" standard."""
    state: str | None = None
    """State: "processing", "success", "failed", "cancelled"."""
    estSettlementTime: int | None = None
    """Epoch ms at which it is expected to be settled."""
    ts: int | None = None
    """Epoch ms of creation."""


@model
class OkusdSubscriptionRecord(Row):
    """A subscription of OKUSD (``finance/okusd/subscribe/history``)."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount paid, in ccy."""
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    """Amount received, in settleCcy."""
    status: str | None = None
    """State: "success", "failed"."""
    ts: int | None = None
    """Epoch ms of creation."""


@model
class OkusdRedemptionRecord(Row):
    """A redemption of OKUSD (``finance/okusd/redeem/history``)."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount given, in ccy."""
    fee: Decimal | None = None
    """Fee, USDT."""
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    """Amount received, in settleCcy."""
    type: str | None = None
    """Kind: "fast" or "standard"."""
    status: str | None = None
    """State: "pending", "success", "failed", "canceled"."""
    estSettlementTime: int | None = None
    """Epoch ms at which it is expected to be settled."""
    ts: int | None = None
    """Epoch ms of creation."""


@model
class OkusdReward(Row):
    """Yield of OKUSD on one day (``finance/okusd/rewards/history``)."""

    ccy: str | None = None
    earnAmt: Decimal | None = None
    """Yield, in ccy."""
    amt: Decimal | None = None
    """Balance that brought it."""
    apr: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    ts: int | None = None
    """Epoch ms of the payment."""


@model
class DualPair(Row):
    """A pair that dual investment is offered in (``finance/sfp/dcd/currency-pair``)."""

    baseCcy: str | None = None
    quoteCcy: str | None = None
    optType: str | None = None
    """Kind: "C" sell high, "P" buy low."""
    uly: str | None = None


@model
class DualProduct(Row):
    """A product of dual investment on offer (``finance/sfp/dcd/products``)."""

    absYield: Decimal | None = None
    """Yield over the whole term, as a ratio."""
    annualizedYield: Decimal | None = None
    """Yield per year, as a ratio."""
    baseCcy: str | None = None
    quoteCcy: str | None = None
    expTime: int | None = None
    """Epoch ms of expiry."""
    interestAccrualTime: int | None = None
    """Epoch ms from which interest accrues."""
    listTime: int | None = None
    """Epoch ms of the listing."""
    maxSize: Decimal | None = None
    """Largest size, in notionalCcy."""
    minSize: Decimal | None = None
    """Least size, in notionalCcy."""
    notionalCcy: str | None = None
    optType: str | None = None
    """Kind: "C" sell high, "P" buy low."""
    productId: str | None = None
    quoteTime: int | None = None
    """Epoch ms of these terms."""
    redeemEndTime: int | None = None
    """Epoch ms until which it can be redeemed early."""
    redeemStartTime: int | None = None
    """Epoch ms from which it can be redeemed early."""
    stepSz: Decimal | None = None
    """Step of the size, in notionalCcy."""
    tradeEndTime: int | None = None
    """Epoch ms until which it can be bought."""
    strike: Decimal | None = None
    """Strike price."""
    uly: str | None = None


@model
class DualQuote(Row):
    """Terms of a product that can be taken until ``validUntil`` (``finance/sfp/dcd/quote``)."""

    absYield: Decimal | None = None
    """Yield over the whole term, as a ratio."""
    annualizedYield: Decimal | None = None
    """Yield per year."""
    interestAccrualTime: int | None = None
    """Epoch ms from which interest accrues."""
    notionalSz: Decimal | None = None
    """Size, in notionalCcy."""
    notionalCcy: str | None = None
    productId: str | None = None
    quoteId: str | None = None
    validUntil: int | None = None
    """Epoch ms until which the terms can be taken."""
    idxPx: Decimal | None = None
    """Price of the index."""


@model
class DualReceipt(Row):
    """State of an order of dual investment (``finance/sfp/dcd/order-status``, ``.../trade``, ``.../redeem``)."""

    quoteId: str | None = None
    ordId: str | None = None
    state: str | None = None
    """State: "initial", "live", "pending_settle", "settled", "pending_redeem", "redeemed", "rejected"."""


@model
class DualRedeemQuote(Row):
    """What redeeming an order early would bring (``finance/sfp/dcd/redeem-quote``)."""

    ordId: str | None = None
    quoteId: str | None = None
    redeemCcy: str | None = None
    redeemSz: Decimal | None = None
    """Amount that would be paid back, in redeemCcy."""
    termRate: Decimal | None = None
    """Yield per year if redeemed now."""
    validUntil: int | None = None
    """Epoch ms until which the terms can be taken."""


@model
class DualOrder(Row):
    """An order of dual investment (``finance/sfp/dcd/order-history``)."""

    ordId: str | None = None
    quoteId: str | None = None
    state: str | None = None
    """State: as in ``DualReceipt``."""
    productId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    uly: str | None = None
    strike: Decimal | None = None
    """Strike price."""
    notionalSz: Decimal | None = None
    """Size, in notionalCcy."""
    notionalCcy: str | None = None
    absYield: Decimal | None = None
    """Yield over the whole term, as a ratio."""
    annualizedYield: Decimal | None = None
    """Yield per year, as a ratio."""
    yieldSz: Decimal | None = None
    """What it brings, in yieldCcy."""
    yieldCcy: str | None = None
    settleSz: Decimal | None = None
    """What was paid out, in settleCcy; None before the settlement."""
    settleCcy: str | None = None
    settlePx: Decimal | None = None
    """Price of the index at the settlement; None before it."""
    settleTime: int | None = None
    """Epoch ms of the settlement; None before it."""
    expTime: int | None = None
    """Epoch ms of expiry."""
    redeemStartTime: int | None = None
    """Epoch ms from which it can be redeemed early."""
    redeemEndTime: int | None = None
    """Epoch ms until which it can be redeemed early."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""


@model
class LoanCurrency(Row):
    """A currency that can be borrowed (``finance/flexible-loan/borrow-currencies``)."""

    borrowCcy: str | None = None


@model
class LoanAmount(Row):
    """An amount of a loan or its collateral, and its worth."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    notionalUsd: Decimal | None = None
    """Value, USD."""


@model
class LoanAssets(Row):
    """Assets that can be collateral (``finance/flexible-loan/collateral-assets``)."""

    assets: tuple[LoanAmount, ...] = ()


@model
class LoanEmode(Row):
    """A pair of collateral and loan for e-mode (``finance/flexible-loan/emode-info``)."""

    collateralCcy: str | None = None
    borrowCcy: str | None = None


@model
class LoanLimit(Row):
    """The most that could be borrowed (``finance/flexible-loan/max-loan``)."""

    borrowCcy: str | None = None
    maxLoan: Decimal | None = None
    """Most that can be borrowed, in borrowCcy."""
    notionalUsd: Decimal | None = None
    """Value of maxLoan, USD."""
    remainingQuota: Decimal | None = None
    """What is left of the quota, in borrowCcy."""


@model
class LoanReceipt(Row):
    """Receipt for borrowing (``finance/flexible-loan/borrow``)."""

    ordId: str | None = None
    eMode: str | None = None
    clOrdId: str | None = None


@model
class LoanRepayment(Row):
    """Receipt for paying a loan back (``finance/flexible-loan/repay``)."""

    ordId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    clOrdId: str | None = None


@model
class MaxCollateralRedeem(Row):
    """How much collateral can be taken out (``finance/flexible-loan/max-collateral-redeem-amount``)."""

    ccy: str | None = None
    maxRedeemAmt: Decimal | None = None
    """Most that can be taken out, in ccy."""


@model
class LoanWarning(Row):
    """The price that would liquidate a loan."""

    instId: str | None = None
    liqPx: Decimal | None = None
    """Price of liquidation, in the quote currency of instId."""


@model
class Loan(Row):
    """A loan, its collateral, and how close it is to liquidation (``finance/flexible-loan/loan-info``)."""

    ordId: str | None = None
    loanNotionalUsd: Decimal | None = None
    """Value of the loan, USD."""
    loanData: tuple[LoanAmount, ...] = ()
    """What is borrowed."""
    collateralNotionalUsd: Decimal | None = None
    """Adjusted value of the collateral, USD."""
    collateralData: tuple[LoanAmount, ...] = ()
    """What is the collateral."""
    riskWarningData: LoanWarning | None = None
    curLTV: Decimal | None = None
    """Loan to value now, as a ratio."""
    marginCallLTV: Decimal | None = None
    """Loan to value at the margin call, as a ratio."""
    liqLTV: Decimal | None = None
    """Loan to value at liquidation, as a ratio."""


@model
class LoanEvent(Row):
    """Something that happened to a loan (``finance/flexible-loan/loan-history``)."""

    ordId: str | None = None
    type: str | None = None
    """Kind: "borrowed", "repaid", "collateral_locked", "collateral_released", "forced_repayment_buy", ..."""
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    ts: int | None = None
    """Epoch ms."""
    refId: str | None = None


@model
class LoanInterest(Row):
    """Interest of one hour of a loan (``finance/flexible-loan/interest-accrued``)."""

    ccy: str | None = None
    interest: Decimal | None = None
    """Interest, in ccy."""
    ts: int | None = None
    """Epoch ms."""
    interestRate: Decimal | None = None
    """Rate per year, as a ratio; 0.01 is 1 %."""
    loan: Decimal | None = None
    """Debt that it was taken of, in ccy."""
    refId: str | None = None
