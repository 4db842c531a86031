"""Rows of flexible loans. LTV: loan to value of the collateral, as a ratio."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model


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
