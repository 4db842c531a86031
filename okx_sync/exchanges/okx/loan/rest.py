# mypy: disable-error-code="empty-body"
"""Group ``flexible_loan``. Flexible loans against collateral.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product > Flexible Loan.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import MarginAction
from okx_sync.exchanges.okx.loan.models import (
    Loan,
    LoanAssets,
    LoanCurrency,
    LoanEmode,
    LoanEvent,
    LoanInterest,
    LoanLimit,
    LoanReceipt,
    LoanRepayment,
    MaxCollateralRedeem,
)
from okx_sync.exchanges.okx.shared_requests import CoinAmount
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["FlexibleLoan"]


class FlexibleLoan(Group, group="flexible_loan"):
    """Borrow, repay, look after the collateral."""

    @get("/api/v5/finance/flexible-loan/borrow-currencies", "5/2s user", auth=True)
    def get_borrow_currencies(self) -> list[LoanCurrency]:
        """Get the currencies that can be borrowed.

        Source: GET /api/v5/finance/flexible-loan/borrow-currencies
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-borrowable-currencies
        """

    @get("/api/v5/finance/flexible-loan/collateral-assets", "5/2s user", auth=True)
    def get_collateral_assets(self, ccy: str | None = None, ord_id: str | None = None) -> LoanAssets:
        """Get the own assets that can be collateral.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            ord_id: Only for the loan of this id.

        Source: GET /api/v5/finance/flexible-loan/collateral-assets
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-collateral-assets
        """

    @get("/api/v5/finance/flexible-loan/emode-info", "5/2s ip", auth=True)
    def get_emode_info(self) -> list[LoanEmode]:
        """Get the pairs of collateral and loan for e-mode.

        Source: GET /api/v5/finance/flexible-loan/emode-info
        """

    @post("/api/v5/finance/flexible-loan/max-loan", "5/2s user", reads=True)
    def get_max_loan(
        self, borrow_ccy: str, ord_id: str | None = None, sup_collateral: Sequence[CoinAmount] | None = None
    ) -> LoanLimit:
        """Compute the most that could be borrowed; nothing is changed.

        Needs a key with the right to trade.

        Args:
            borrow_ccy: Currency to borrow, such as ``USDT``.
            ord_id: Id of the loan to borrow more in; a new loan when left out.
            sup_collateral: Collateral to think of besides what there is, each with its currency and amount.

        Source: POST /api/v5/finance/flexible-loan/max-loan
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-post-maximum-loan-amount
        """

    @post("/api/v5/finance/flexible-loan/borrow", "2/2s user")
    def borrow(
        self,
        loan_data: Sequence[CoinAmount],
        cl_ord_id: str,
        ord_id: str | None = None,
        collateral_data: Sequence[CoinAmount] | None = None,
        e_mode: bool | str | None = None,
    ) -> LoanReceipt:
        """Open a loan, or borrow more in one.

        Needs a key with the right to trade.

        Args:
            loan_data: What to borrow, each with its currency and amount.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.
            ord_id: Id of the loan to borrow more in; a new loan when left out.
            collateral_data: Collateral to give, each with its currency and amount.
            e_mode: Whether the loan is in e-mode, in which certain pairs of collateral and loan have terms of their
                own.

        Source: POST /api/v5/finance/flexible-loan/borrow
        """

    @post("/api/v5/finance/flexible-loan/repay", "2/2s user")
    def repay(self, ord_id: str, ccy: str, amt: Number, cl_ord_id: str) -> LoanRepayment:
        """Pay back an amount of a loan.

        Needs a key with the right to trade.

        Args:
            ord_id: Id that OKX gave the loan.
            ccy: Currency that is paid back, such as ``USDT``.
            amt: Amount, in the currency ``ccy``.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/finance/flexible-loan/repay
        """

    @get("/api/v5/finance/flexible-loan/max-collateral-redeem-amount", "5/2s user", auth=True)
    def get_max_collateral_redeem(self, ccy: str, ord_id: str | None = None) -> MaxCollateralRedeem:
        """Get how much collateral can be taken out.

        Args:
            ccy: Currency of the collateral, such as ``BTC``.
            ord_id: Id that OKX gave the loan.

        Source: GET /api/v5/finance/flexible-loan/max-collateral-redeem-amount
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-maximum-collateral-redeem-amount
        """

    @post("/api/v5/finance/flexible-loan/adjust-collateral", "5/2s user")
    def adjust_collateral(
        self, collateral_ccy: str, type_: MarginAction, collateral_amt: Number, ord_id: str | None = None
    ) -> None:
        """Add collateral to a loan, or take some out.

        Needs a key with the right to trade.

        Args:
            collateral_ccy: Currency of the collateral, such as ``BTC``.
            type_: ``"add"`` or ``"reduce"``.
            collateral_amt: Amount, in the currency ``collateral_ccy``.
            ord_id: Id that OKX gave the loan.

        Source: POST /api/v5/finance/flexible-loan/adjust-collateral
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-post-adjust-collateral
        """

    @get("/api/v5/finance/flexible-loan/loan-info", "5/2s user", auth=True)
    def get_loans(self, ord_id: str | None = None) -> list[Loan]:
        """Get the loans, their collateral and how close they are to liquidation.

        Args:
            ord_id: Only the loan of this id; all when left out.

        Source: GET /api/v5/finance/flexible-loan/loan-info
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-loan-info
        """

    @get("/api/v5/finance/flexible-loan/loan-history", "5/2s user", auth=True)
    def get_history(
        self,
        ord_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        type_: str | None = None,
    ) -> list[LoanEvent]:
        """Get what happened to loans.

        Newest first.

        Args:
            ord_id: Only the loan of this id; all when left out.
            after: Only rows older than the one with this record id (``refId``).
            before: Only rows newer than the one with this record id (``refId``).
            limit: Rows per call, at most and by default 100.
            type_: Only what is of this kind, such as ``"borrowed"``, ``"repaid"`` or ``"collateral_locked"``.

        Source: GET /api/v5/finance/flexible-loan/loan-history
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-loan-history
        """

    iter_history = paged(get_history, key="refId", time="ts")

    @get("/api/v5/finance/flexible-loan/interest-accrued", "5/2s user", auth=True)
    def get_interest(
        self,
        ord_id: str | None = None,
        ccy: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LoanInterest]:
        """Get the interest on loans, hour by hour.

        Newest first.

        Args:
            ord_id: Only the loan of this id; all when left out.
            ccy: Only this currency, such as ``BTC``; all when left out.
            after: Only rows older than the one with this record id (``refId``).
            before: Only rows newer than the one with this record id (``refId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/finance/flexible-loan/interest-accrued
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-accrued-interest
        """

    iter_interest = paged(get_interest, key="refId", time="ts")
