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
    type: str | None = None
    """Kind of entry, a number in text; ``account/subtypes`` says what it means."""
    subType: str | None = None
    """Kind of entry within its type, a number in text; ``account/subtypes`` says what it means."""
    balChg: Decimal | None = None
    """Change of the balance, in ccy."""
    sz: Decimal | None = None
    """Contracts for derivatives, else in ccy."""
    bal: Decimal | None = None
    """Balance after it, in ccy."""
    posBalChg: Decimal | None = None
    """Change of the balance of the position (margin), in ccy."""
    posBal: Decimal | None = None
    """Balance of the position after it (margin), in ccy."""
    px: Decimal | None = None
    """Price of the fill, liquidation, delivery or exercise; mark price of a funding fee."""
    pnl: Decimal | None = None
    """Profit, in ccy; of a funding fee the payment."""
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    earnAmt: Decimal | None = None
    """Interest earned by lending."""
    earnApr: Decimal | None = None
    """Rate of the lending per year."""
    ordId: str | None = None
    execType: ExecType | None = None
    """Liquidity: "T" taker, "M" maker."""
    from_: str | None = wire("from")
    """Transfers: account it came from ("6" funding, "18" trading)."""
    to: str | None = None
    """Transfers: account it went to ("6" funding, "18" trading)."""
    notes: str | None = None
    interest: Decimal | None = None
    """In ccy."""
    tag: str | None = None
    fillTime: int | None = None
    """Epoch ms of the fill."""
    tradeId: str | None = None
    clOrdId: str | None = None
    fillIdxPx: Decimal | None = None
    """Index price at the fill."""
    fillMarkPx: Decimal | None = None
    """Mark price at the fill."""
    fillPxVol: Decimal | None = None
    """Options: the fill in volatility."""
    fillPxUsd: Decimal | None = None
    """Options: the fill in USD."""
    fillFwdPx: Decimal | None = None
    """Options: forward price at the fill."""
    fillMarkVol: Decimal | None = None
    """Options: mark volatility at the fill."""
    ts: int | None = None
    """Epoch ms."""


@model
class BillFile(Row):
    """Link to a file of ledger entries (``account/bills-history-archive``)."""

    fileHref: str | None = None
    """Valid for some hours."""
    state: str | None = None
    """One of "finished", "ongoing", "failed"."""
    ts: int | None = None
    """Epoch ms of the first request."""


@model
class InterestAccrued(Row):
    """Interest on a loan, one row an hour (``account/interest-accrued``). Amounts are in ``ccy``."""

    instId: str | None = None
    ccy: str | None = None
    mgnMode: MgnMode | None = None
    interest: Decimal | None = None
    """In ccy."""
    interestRate: Decimal | None = None
    """Per hour, as a ratio."""
    liab: Decimal | None = None
    """Liabilities, in ccy."""
    ts: int | None = None
    """Epoch ms at which it accrued."""
    type: str | None = None
    """Kind of loan: "1" VIP loan, "2" market loan."""
    totalLiab: Decimal | None = None
    """Liabilities of the account, in ccy."""
    interestFreeLiab: Decimal | None = None
    """Liabilities of the account that bear no interest, in ccy."""


@model
class SurplusLimit(Row):
    """What of a borrowing limit is left, by the place that sets it."""

    allAcctRemainingQuota: Decimal | None = None
    """Deprecated by OKX: of the master account and its sub-accounts."""
    curAcctRemainingQuota: Decimal | None = None
    """Deprecated by OKX: of this account."""
    platRemainingQuota: Decimal | None = None
    """Deprecated by OKX: of the platform."""


@model
class InterestLimit(Row):
    """Borrowing limit of one currency, in that currency."""

    availLoan: Decimal | None = None
    """Deprecated by OKX: VIP loans that are free for this account."""
    avgRate: Decimal | None = None
    """Deprecated by OKX: average rate of what is borrowed, per hour, as a ratio."""
    ccy: str | None = None
    interest: Decimal | None = None
    """Interest that is due."""
    loanQuota: Decimal | None = None
    """The most that may be borrowed."""
    posLoan: Decimal | None = None
    """Deprecated by OKX: VIP loans that are held for this account."""
    rate: Decimal | None = None
    """Per day, as a ratio."""
    surplusLmt: Decimal | None = None
    """What is left of it."""
    usedLmt: Decimal | None = None
    """What is borrowed."""
    usedLoan: Decimal | None = None
    """Deprecated by OKX: VIP loans of this account."""
    interestFreeLiab: Decimal | None = None
    """Liabilities that bear no interest."""
    potentialBorrowingAmt: Decimal | None = None
    """What this account may come to borrow."""
    surplusLmtDetails: SurplusLimit | None = None


@model
class InterestLimits(Row):
    """Loans of the account and how far they may grow (``account/interest-limits``)."""

    debt: Decimal | None = None
    """Owed, USD."""
    interest: Decimal | None = None
    """Interest due, USD."""
    nextDiscountTime: int | None = None
    """Epoch ms of the next deduction."""
    nextInterestTime: int | None = None
    """Epoch ms at which interest accrues next."""
    loanAlloc: Decimal | None = None
    """Share of the VIP loans that this account may use, percent."""
    records: tuple[InterestLimit, ...] = ()


@model
class InterestRate(Row):
    """Borrowing rate of a currency (``account/interest-rate``)."""

    ccy: str | None = None
    interestRate: Decimal | None = None
    """Per hour, as a ratio."""


@model
class BorrowRepayRecord(Row):
    """A loan or repayment in spot mode (``account/spot-borrow-repay-history``). Amounts are in ``ccy``."""

    ccy: str | None = None
    type: str | None = None
    """One of "auto_borrow", "auto_repay", "manual_borrow", "manual_repay"."""
    amt: Decimal | None = None
    """In ccy."""
    accBorrowed: Decimal | None = None
    """Borrowed in all, in ccy."""
    ts: int | None = None
    """Epoch ms."""


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

    result: bool | None = None
    """True when the file exists already."""
    ts: int | None = None
    """Epoch ms of the first request."""


@model
class BorrowRepay(Row):
    """Receipt for borrowing or repaying by hand (``account/spot-manual-borrow-repay``)."""

    ccy: str | None = None
    side: str | None = None
    """Either "borrow" or "repay"."""
    amt: Decimal | None = None
    """In ccy."""
