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
        """Get entries of the ledger of the last 7 days, newest first.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only bills of this type, a number from ``get_bill_types``.
            sub_type: Only bills of this subtype, a number from ``get_bill_types``.
            mgn_mode: Only this margin mode: shared by positions, or each with its own.
            ct_type: Only contracts of this kind: ``linear`` or ``inverse``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            after: Only rows older than the one with this bill id.
            before: Only rows newer than the one with this bill id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/bills
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-7-days
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
        """Get entries of the ledger of the last 3 months, newest first.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only bills of this type, a number from ``get_bill_types``.
            sub_type: Only bills of this subtype, a number from ``get_bill_types``.
            mgn_mode: Only this margin mode: shared by positions, or each with its own.
            ct_type: Only contracts of this kind: ``linear`` or ``inverse``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            after: Only rows older than the one with this bill id.
            before: Only rows newer than the one with this bill id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/bills-archive
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-3-months
        """

    iter_bills = paged(get_bills_archive, recent=get_bills, key="billId", time="ts")

    @get("/api/v5/account/bills-history-archive", "10/2s user", auth=True)
    def get_bills_file(self, year: int, quarter: Quarter, type_: str | None = None) -> list[BillFile]:
        """Get the link to a file that ``request_bills_file`` ordered.

        Ask again while ``state`` is "ongoing".

        Args:
            year: Year of the ledger, such as 2024; from 2021 on.
            quarter: Which of the four quarters of that year.
            type_: Only bills of this type, a number from ``get_bill_types``.

        Source: GET /api/v5/account/bills-history-archive
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-since-2021
        """

    @post("/api/v5/account/bills-history-archive", "1/10s user")
    def request_bills_file(self, year: int, quarter: Quarter, type_: str | None = None) -> BillFileRequest:
        """Order a file with the ledger of a quarter; it takes up to hours.

        Needs the right to read only.

        Args:
            year: Year of the ledger, such as 2024; from 2021 on.
            quarter: Which of the four quarters of that year.
            type_: Only bills of this type, a number from ``get_bill_types``.

        Source: POST /api/v5/account/bills-history-archive
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-apply-bills-details-since-2021
        """

    @get("/api/v5/account/subtypes", "20/2s user", auth=True)
    def get_bill_types(self, type_: str | Sequence[str] | None = None) -> list[BillType]:
        """Get what the numbers in ``type`` and ``subType`` of bills mean.

        Args:
            type_: One type of bills or a list of them, at most 20; all when left out.

        Source: GET /api/v5/account/subtypes
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bill-types
        """

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
        """Get the interest on loans of the last year, newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            mgn_mode: Only this margin mode: shared by positions, or each with its own.
            type_: Kind of loan: ``2`` (the default) market loans.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/interest-accrued
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-interest-accrued-data
        """

    iter_interest_accrued = paged(get_interest_accrued, tied="ts")

    @get("/api/v5/account/interest-rate", "5/2s user", auth=True)
    def get_interest_rate(self, ccy: str | None = None) -> list[InterestRate]:
        """Get the borrowing rates now, per hour, as ratios.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/account/interest-rate
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-interest-rate
        """

    @get("/api/v5/account/interest-limits", "5/2s user", auth=True)
    def get_interest_limits(self, ccy: str | None = None, type_: str | None = None) -> InterestLimits:
        """Get how much can be borrowed, what is borrowed, and interest due.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Kind of loan: ``2`` (the default) market loans.

        Source: GET /api/v5/account/interest-limits
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-borrow-interest-and-limit
        """

    @post("/api/v5/account/spot-manual-borrow-repay", "1/3s user")
    def borrow_or_repay(self, ccy: str, side: LoanSide, amt: Number) -> BorrowRepay:
        """Borrow or repay by hand in spot mode.

        Needs the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            side: Whether to borrow or to repay.
            amt: How much, in the currency ``ccy``.

        Source: POST /api/v5/account/spot-manual-borrow-repay
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-manual-borrow-repay
        """

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
        """Get loans and repayments in spot mode, newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only this kind: ``auto_borrow``, ``auto_repay``, ``manual_borrow`` or ``manual_repay``.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/spot-borrow-repay-history
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-borrow-repay-history
        """

    iter_borrow_repay_history = paged(get_borrow_repay_history, tied="ts")
