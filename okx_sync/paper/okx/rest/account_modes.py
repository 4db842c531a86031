"""Private REST endpoints about the mode of an account, and about what it borrows."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.okx import account_modes, spot_loans
from okx_sync.paper.okx.rest.call import RestCall, RestEndpoint
from okx_sync.paper.venue import discounts, margin
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import Row


def _set_level(call: RestCall) -> Sequence[Row]:
    return [account_modes.set_level(call.venue, call.account, call.text("acctLv"))]


def _precheck(call: RestCall) -> Sequence[Row]:
    return [account_modes.precheck(call.venue, call.account, call.text("acctLv"))]


def _set_auto_loan(call: RestCall) -> Sequence[Row]:
    return [account_modes.set_auto_loan(call.venue, call.account, call.params.get("autoLoan"))]


def _borrow_or_repay(call: RestCall) -> Sequence[Row]:
    return [spot_loans.borrow_or_repay(call.venue, call.account, call.params)]


def _loan_history(call: RestCall) -> Sequence[Row]:
    return page(call.account.loan_rows, call.filters(), row=dict, cursor="ts", time="ts")


def _interest_limits(call: RestCall) -> Sequence[Row]:
    """Return what is owed of each currency, and could be; it costs nothing, and there is no other limit to it."""
    account, prices, wanted = call.account, call.venue.prices, call.text("ccy")
    owed = {ccy: margin.liability(account, ccy, prices) for ccy in account.balances if wanted in ("", ccy)}
    limits = blank("allAcctRemainingQuota curAcctRemainingQuota platRemainingQuota")
    records = [
        {
            **blank("loanQuota surplusLmt interestFreeLiab potentialBorrowingAmt"),
            **blank("avgRate interest rate posLoan", "0"),
            "ccy": ccy,
            "availLoan": text(margin.max_loan(account, ccy, prices)),
            "usedLmt": text(amount),
            "usedLoan": text(amount),
            "surplusLmtDetails": limits,
        }
        for ccy, amount in owed.items()
    ]
    debt = sum((amount * prices.usd(ccy) for ccy, amount in owed.items()), ZERO)
    plain = {"debt": text(rounded(debt)), "interest": "0", "loanAlloc": "", "records": records}
    return [blank("nextDiscountTime nextInterestTime") | plain]


def _discounts(call: RestCall) -> Sequence[Row]:
    """Return what coins count for as collateral."""
    wanted, level = call.text("ccy"), call.text("discountLv")
    traded = {ccy for one in call.venue.instruments.values() for ccy in (one.baseCcy, one.quoteCcy)} - {""}
    rows = [discounts.row(ccy, _LEVELS.get(ccy, "2")) for ccy in sorted(traded) if wanted in ("", ccy)]
    return [row for row in rows if level in ("", row["discountLv"])]


#: Coins by how good they are as collateral.
_LEVELS = {"USDT": "1", "BTC": "1", "ETH": "1"}

ENDPOINTS = (
    RestEndpoint(
        "POST", "/api/v5/account/set-account-level", _set_level, 5, required=("acctLv",), private=True, trades=True
    ),
    RestEndpoint(
        "GET", "/api/v5/account/set-account-switch-precheck", _precheck, 5, required=("acctLv",), private=True
    ),
    RestEndpoint("POST", "/api/v5/account/set-auto-loan", _set_auto_loan, 5, private=True, trades=True),
    RestEndpoint(
        "POST",
        "/api/v5/account/spot-manual-borrow-repay",
        _borrow_or_repay,
        1,
        3.0,
        required=("ccy", "side", "amt"),
        private=True,
        trades=True,
    ),
    RestEndpoint("GET", "/api/v5/account/interest-limits", _interest_limits, 5, private=True),
    RestEndpoint("GET", "/api/v5/account/spot-borrow-repay-history", _loan_history, 5, private=True),
    RestEndpoint("GET", "/api/v5/public/discount-rate-interest-free-quota", _discounts, 2),
)
