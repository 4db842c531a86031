"""Private REST endpoints that repay loans of an account of several currencies with another coin, at once."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.okx.rest.call import RestCall, RestEndpoint, RestError
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY, WRONG_MODE
from okx_sync.paper.venue.conversions import REPAID
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import Row

#: How many debts one call repays.
_MOST = 5


def _check_mode(call: RestCall) -> None:
    if call.account.level != MULTI_CURRENCY:
        raise RestError(*WRONG_MODE)


def _currencies(call: RestCall) -> Sequence[Row]:
    """Return what is owed, and what it can be repaid with."""
    _check_mode(call)
    account, prices = call.account, call.venue.prices
    if call.text("debtType", "cross") != "cross":
        return []
    owed = {ccy: margin.liability(account, ccy, prices) for ccy in account.balances}
    held = {ccy: margin.available_cash(account, ccy, prices) for ccy in account.balances}
    return [
        {
            "debtType": "cross",
            "debtData": [{"debtCcy": ccy, "debtAmt": text(amount)} for ccy, amount in owed.items() if amount],
            "repayData": [{"repayCcy": ccy, "repayAmt": text(amount)} for ccy, amount in held.items() if amount],
        }
    ]


def _repay(call: RestCall) -> Sequence[Row]:
    """Repay debts, each as far as the other coin goes."""
    _check_mode(call)
    call.venue.step()
    given, with_ccy, account = call.params.get("debtCcy"), call.text("repayCcy"), call.account
    debts = [given] if isinstance(given, str) else given
    if not isinstance(debts, list) or not 0 < len(debts) <= _MOST or with_ccy in debts:
        raise RestError("51000", "Parameter debtCcy error", 400)
    if any(not margin.liability(account, str(ccy), call.venue.prices) for ccy in debts):
        raise RestError("59413", "You didn't borrow this crypto. No repayment needed.")
    rows = [_repay_one(call, str(ccy), with_ccy) for ccy in debts]
    call.venue.conversions.book(account).repaid.extendleft(rows)
    return rows


def _repay_one(call: RestCall, ccy: str, with_ccy: str) -> Row:
    account, prices = call.account, call.venue.prices
    owed, free = margin.liability(account, ccy, prices), margin.available_cash(account, with_ccy, prices)
    worth = min(owed * prices.usd(ccy), free * prices.usd(with_ccy))
    if worth <= ZERO:
        raise RestError("59200", "Insufficient account balance.")
    is_all = worth == owed * prices.usd(ccy)
    got = owed if is_all else rounded(worth / prices.usd(ccy))
    paid = rounded(worth / prices.usd(with_ccy)) if is_all else free
    call.venue.conversions.exchange(account, {with_ccy: paid}, ccy, got, REPAID)
    now = str(call.server.clock.now_ms())
    sizes = {"fillDebtSz": text(got), "fillRepaySz": text(paid)}
    return {"debtCcy": ccy, "repayCcy": with_ccy, **sizes, "status": "filled", "uTime": now}


def _history(call: RestCall) -> Sequence[Row]:
    _check_mode(call)
    rows = call.venue.conversions.book(call.account).repaid
    return page(rows, call.filters(), row=dict, cursor="uTime", time="uTime")


_PATH = "/api/v5/trade/one-click-repay"

ENDPOINTS = (
    RestEndpoint("GET", f"{_PATH}-currency-list", _currencies, 1, private=True),
    RestEndpoint("POST", _PATH, _repay, 1, required=("debtCcy", "repayCcy"), private=True, trades=True),
    RestEndpoint("GET", f"{_PATH}-history", _history, 1, private=True),
)
