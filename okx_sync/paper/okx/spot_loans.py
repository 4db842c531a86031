"""Loans by hand in spot mode, for accounts that may borrow there (account/spot-manual-borrow-repay)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import events, margin
from okx_sync.paper.venue.account_levels import SPOT_MODE, WRONG_MODE
from okx_sync.paper.venue.loan_watch import give_back
from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, positive, words
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: `type` of the bills of loans and repayments; which subtypes they have is not documented.
_BORROWED, _REPAID = "16", "22"
_NOT_ENABLED = ("59410", "You can only borrow this crypto if it supports borrowing and borrowing is enabled.")
#: The least that is borrowed, in dollars.
_LEAST_USD = Decimal(1)


def borrow_or_repay(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Borrow a currency, at no interest, or give back what there is of it; the answer has the real amount."""
    side, amount, ccy = words(args, "side"), positive(args, "amt"), words(args, "ccy")
    if side not in ("borrow", "repay"):
        raise bad_parameter("side")
    if account.level != SPOT_MODE:
        raise VenueRefusal(*WRONG_MODE)
    venue.step()
    if not account.spot_borrow or not venue.prices.usd(ccy):
        raise VenueRefusal(
            "59410", "You can only borrow this crypto if it supports borrowing and borrowing is enabled."
        )
    settlement, ms = venue.engine.settlement, venue.engine.ms
    if side == "borrow":
        _check_loan(venue, account, ccy, amount)
        account.loans[ccy] = account.loans.get(ccy, ZERO) + amount
        settlement.move(account, ccy, amount, ms, type=_BORROWED, subType="")
    else:
        if not account.loans.get(ccy):
            raise VenueRefusal("59413", "You didn't borrow this crypto. No repayment needed.")
        amount = give_back(account, ccy, amount)
        settlement.move(account, ccy, -amount, ms, type=_REPAID, subType="")
    row = {"ccy": ccy, "type": f"manual_{side}", "amt": text(amount), "ts": str(ms)}
    account.loan_rows.appendleft(row | {"accBorrowed": text(account.loans.get(ccy, ZERO))})
    venue.tell(events.BalanceChanged(account, "transferred", (ccy,)))
    return {"ccy": ccy, "side": side, "amt": text(amount)}


def _check_loan(venue: Venue, account: VenueAccount, ccy: str, amount: Decimal) -> None:
    most, least = margin.most_borrowed(account, ccy, venue.prices), _LEAST_USD / venue.prices.usd(ccy)
    if amount < least:
        reason = f"Manual borrowing failed. The minimum borrowing limit is {text(least)}."
        raise VenueRefusal("59414", reason)
    if not most:
        raise VenueRefusal("59411", "Manual borrowing failed. Your account's free margin is insufficient.")
    if amount > most:
        raise VenueRefusal("59412", "Manual borrowing failed. The amount exceeds your borrowing limit.")
