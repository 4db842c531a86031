# mypy: disable-error-code="empty-body"
"""Group ``account``, bills: entries of the ledger, interest, loans (OKX API guide: Trading Account).

The calls need a key with the right to read unless they say otherwise. Lists come newest first; ``after`` gives rows
older than a cursor, ``before`` newer ones, both without the cursor's own row.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import LoanSide, Quarter
from okx_sync.exchanges.okx.bills.models import (
    Bill,
    BillFile,
    BillFileRequest,
    BillType,
    BorrowRepay,
    BorrowRepayRecord,
    InterestAccrued,
    InterestLimits,
    InterestRate,
)
from okx_sync.exchanges.okx.words import InstType, MgnMode
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["AccountBills"]


class AccountBills(Group, group="account"):
    """Bills, interest, loans."""

    @get("/api/v5/account/bills", "5/1s user", auth=True)
    def get_bills(
        self,
        inst_type: InstType | None = None,
        ccy: str | None = None,
        type_: str | None = None,
        sub_type: str | None = None,
        *,
        mgn_mode: MgnMode | None = None,
        ct_type: str | None = None,
        inst_id: str | None = None,
        after: str | None = None,
        before: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[Bill]:
        """Entries of the ledger of the last 7 days, newest first.

        Cursors are bill ids, ``begin``/``end`` ms, ``limit`` up to 100.
        """

    @get("/api/v5/account/bills-archive", "5/2s user", auth=True)
    def get_bills_archive(
        self,
        inst_type: InstType | None = None,
        ccy: str | None = None,
        type_: str | None = None,
        sub_type: str | None = None,
        *,
        mgn_mode: MgnMode | None = None,
        ct_type: str | None = None,
        inst_id: str | None = None,
        after: str | None = None,
        before: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[Bill]:
        """Entries of the ledger of the last 3 months, newest first.

        Cursors are bill ids, ``begin``/``end`` ms, ``limit`` up to 100.
        """

    iter_bills = paged(get_bills_archive, recent=get_bills, key="billId", time="ts")

    @get("/api/v5/account/bills-history-archive", "10/2s user", auth=True)
    def get_bills_file(self, year: int, quarter: Quarter, type_: str | None = None) -> list[BillFile]:
        """Link to a file that ``request_bills_file`` ordered; ask again while ``state`` is "ongoing"."""

    @post("/api/v5/account/bills-history-archive", "1/10s user")
    def request_bills_file(self, year: int, quarter: Quarter, type_: str | None = None) -> BillFileRequest:
        """Order a file with the ledger of a quarter (since 2021). Needs the right to read only; takes up to hours."""

    @get("/api/v5/account/subtypes", "20/2s user", auth=True)
    def get_bill_types(self, type_: str | Sequence[str] | None = None) -> list[BillType]:
        """What the numbers in ``type`` and ``subType`` of bills mean; ``type_`` up to 20 of them."""

    @get("/api/v5/account/interest-accrued", "5/2s user", auth=True)
    def get_interest_accrued(
        self,
        ccy: str | None = None,
        inst_id: str | None = None,
        mgn_mode: MgnMode | None = None,
        type_: str | None = None,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[InterestAccrued]:
        """Interest on loans of the last year, newest first; cursors are times in ms, ``limit`` up to 100.

        ``type_``: "2" (default) market loans.
        """

    iter_interest_accrued = paged(get_interest_accrued, tied="ts")

    @get("/api/v5/account/interest-rate", "5/2s user", auth=True)
    def get_interest_rate(self, ccy: str | None = None) -> list[InterestRate]:
        """Borrowing rates now, per hour, as ratios."""

    @get("/api/v5/account/interest-limits", "5/2s user", auth=True)
    def get_interest_limits(self, ccy: str | None = None, type_: str | None = None) -> InterestLimits:
        """How much can be borrowed, what is borrowed, interest due. ``type_``: "2" (default) market loans."""

    @post("/api/v5/account/spot-manual-borrow-repay", "1/3s user")
    def borrow_or_repay(self, ccy: str, side: LoanSide, amt: Number) -> BorrowRepay:
        """Borrow or repay by hand in spot mode, ``amt`` in ``ccy``. Needs the right to trade."""

    @get("/api/v5/account/spot-borrow-repay-history", "5/2s user", auth=True)
    def get_borrow_repay_history(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[BorrowRepayRecord]:
        """Loans and repayments in spot mode, newest first; cursors are times in ms, ``limit`` up to 100.

        ``type_``: "auto_borrow", "auto_repay", "manual_borrow", "manual_repay".
        """

    iter_borrow_repay_history = paged(get_borrow_repay_history, tied="ts")
