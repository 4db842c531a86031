"""Rows of bills: entries of the ledger, files of entries, interest, loans taken and repaid."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import ExecType, InstType, MgnMode
from okx_sync.rows import Row, model, wire


@model
class Bill(Row):
    """An entry of the ledger (``account/bills``, ``account/bills-archive``). Amounts are in ``ccy``."""

    billId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    ccy: str | None = None
    mgnMode: MgnMode | None = None
    # Kinds of entry, as numbers; ``account/subtypes`` says what they mean.
    type: str | None = None
    subType: str | None = None
    # Change of the balance, and the balance after it.
    balChg: Decimal | None = None
    # Contracts for derivatives, coins for SPOT and MARGIN.
    sz: Decimal | None = None
    bal: Decimal | None = None
    # The same for the position (margin).
    posBalChg: Decimal | None = None
    posBal: Decimal | None = None
    px: Decimal | None = None
    pnl: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    # Interest earned by lending, and its rate per year.
    earnAmt: Decimal | None = None
    earnApr: Decimal | None = None
    ordId: str | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    # Transfers: account numbers ("6" funding, "18" trading).
    from_: str | None = wire("from")
    to: str | None = None
    notes: str | None = None
    interest: Decimal | None = None
    tag: str | None = None
    # Epoch ms of the fill.
    fillTime: int | None = None
    tradeId: str | None = None
    clOrdId: str | None = None
    # Index and mark price at the fill.
    fillIdxPx: Decimal | None = None
    fillMarkPx: Decimal | None = None
    # Options: the fill in volatility and USD, forward price and mark volatility at the fill.
    fillPxVol: Decimal | None = None
    fillPxUsd: Decimal | None = None
    fillFwdPx: Decimal | None = None
    fillMarkVol: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BillFile(Row):
    """Link to a file of ledger entries (``account/bills-history-archive``)."""

    # Valid for some hours.
    fileHref: str | None = None
    # "finished", "ongoing", "failed".
    state: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class InterestAccrued(Row):
    """Interest on a loan, one row an hour (``account/interest-accrued``). Amounts are in ``ccy``."""

    instId: str | None = None
    ccy: str | None = None
    mgnMode: MgnMode | None = None
    interest: Decimal | None = None
    # Per hour, as a ratio.
    interestRate: Decimal | None = None
    liab: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    # "1" VIP loan, "2" market loan.
    type: str | None = None
    totalLiab: Decimal | None = None
    interestFreeLiab: Decimal | None = None


@model
class SurplusLimit(Row):
    """What of a borrowing limit is left, by the place that sets it."""

    allAcctRemainingQuota: Decimal | None = None
    curAcctRemainingQuota: Decimal | None = None
    platRemainingQuota: Decimal | None = None


@model
class InterestLimit(Row):
    """Borrowing limit of one currency, in that currency."""

    availLoan: Decimal | None = None
    # Per hour, as a ratio.
    avgRate: Decimal | None = None
    ccy: str | None = None
    interest: Decimal | None = None
    loanQuota: Decimal | None = None
    posLoan: Decimal | None = None
    # Per day, as a ratio.
    rate: Decimal | None = None
    surplusLmt: Decimal | None = None
    usedLmt: Decimal | None = None
    usedLoan: Decimal | None = None
    interestFreeLiab: Decimal | None = None
    potentialBorrowingAmt: Decimal | None = None
    surplusLmtDetails: SurplusLimit | None = None


@model
class InterestLimits(Row):
    """Loans of the account and how far they may grow (``account/interest-limits``)."""

    # USD: owed, and interest due.
    debt: Decimal | None = None
    interest: Decimal | None = None
    # Epoch ms.
    nextDiscountTime: int | None = None
    nextInterestTime: int | None = None
    loanAlloc: Decimal | None = None
    records: tuple[InterestLimit, ...] = ()


@model
class InterestRate(Row):
    """Borrowing rate of a currency (``account/interest-rate``)."""

    ccy: str | None = None
    # Per hour, as a ratio.
    interestRate: Decimal | None = None


@model
class BorrowRepayRecord(Row):
    """A loan or repayment in spot mode (``account/spot-borrow-repay-history``). Amounts are in ``ccy``."""

    ccy: str | None = None
    # "auto_borrow", "auto_repay", "manual_borrow", "manual_repay".
    type: str | None = None
    amt: Decimal | None = None
    # Borrowed in all.
    accBorrowed: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BillSubtype(Row):
    """What a subtype number means."""

    subType: str | None = None
    subTypeDesc: str | None = None


@model
class BillType(Row):
    """What a type number of the ledger means (``account/subtypes``)."""

    type: str | None = None
    typeDesc: str | None = None
    subTypeDetails: tuple[BillSubtype, ...] = ()


@model
class BillFileRequest(Row):
    """Receipt for a file of ledger entries (``account/bills-history-archive``)."""

    # True when the file exists already.
    result: bool | None = None
    # Epoch ms of the first request.
    ts: int | None = None


@model
class BorrowRepay(Row):
    """Receipt for borrowing or repaying by hand (``account/spot-manual-borrow-repay``)."""

    ccy: str | None = None
    # "borrow" or "repay".
    side: str | None = None
    # In ccy.
    amt: Decimal | None = None
