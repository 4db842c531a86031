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
        """Currencies that can be borrowed."""

    @get("/api/v5/finance/flexible-loan/collateral-assets", "5/2s user", auth=True)
    def get_collateral_assets(self, ccy: str | None = None, ord_id: str | None = None) -> LoanAssets:
        """Own assets that can be collateral."""

    @get("/api/v5/finance/flexible-loan/emode-info", "5/2s ip", auth=True)
    def get_emode_info(self) -> list[LoanEmode]:
        """Pairs of collateral and loan for e-mode."""

    @post("/api/v5/finance/flexible-loan/max-loan", "5/2s user", reads=True)
    def get_max_loan(
        self, borrow_ccy: str, ord_id: str | None = None, sup_collateral: Sequence[CoinAmount] | None = None
    ) -> LoanLimit:
        """The most that could be borrowed with the collateral there is and ``sup_collateral``.

        Needs a key with the right to trade.
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
        """Open a loan, or borrow more in ``ord_id``; the same ``cl_ord_id`` is carried out once.

        Needs a key with the right to trade.
        """

    @post("/api/v5/finance/flexible-loan/repay", "2/2s user")
    def repay(self, ord_id: str, ccy: str, amt: Number, cl_ord_id: str) -> LoanRepayment:
        """Pay back ``amt`` of a currency; the same ``cl_ord_id`` is carried out once.

        Needs a key with the right to trade.
        """

    @get("/api/v5/finance/flexible-loan/max-collateral-redeem-amount", "5/2s user", auth=True)
    def get_max_collateral_redeem(self, ccy: str, ord_id: str | None = None) -> MaxCollateralRedeem:
        """How much collateral can be taken out."""

    @post("/api/v5/finance/flexible-loan/adjust-collateral", "5/2s user")
    def adjust_collateral(
        self, collateral_ccy: str, type_: MarginAction, collateral_amt: Number, ord_id: str | None = None
    ) -> None:
        """Put collateral in or take it out. ``type_``: ``"add"`` or ``"reduce"``.

        Needs a key with the right to trade.
        """

    @get("/api/v5/finance/flexible-loan/loan-info", "5/2s user", auth=True)
    def get_loans(self, ord_id: str | None = None) -> list[Loan]:
        """Loans, their collateral and how close they are to liquidation."""

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
        """What happened to loans. Newest first, ``limit`` (100) a call; cursors are record ids (refId)."""

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
        """Interest, hour by hour. Newest first, ``limit`` (100) a call; cursors are record ids (refId)."""

    iter_interest = paged(get_interest, key="refId", time="ts")
