"""OKX's account modes: what the precheck of a switch says, the switch itself, and what some modes alone can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue import margin
from okx_sync.paper.venue.account_levels import (
    FUTURES_MODE,
    LEVELS,
    MULTI_CURRENCY,
    PORTFOLIO,
    SPOT_MODE,
    WRONG_MODE,
)
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: How long (ms) mass-cancel may keep new orders out.
_MOST_LOCK_MS = 10_000
#: Nobody here has passed the questions that portfolio margin asks.
_NOT_ADMITTED = (
    "51070",
    "You do not meet the requirements for switching to this account mode. "
    "Please upgrade the account mode on the OKX website or App",
)
_SWITCH = "Unable to switch. "
#: What keeps an account from a mode, by the word of the precheck.
_IN_THE_WAY = {
    "pending_orders": (
        "59132",
        "Unable to switch. Please close or cancel all open orders and refer to the pre-check endpoint "
        "to stop any incompatible bots.",
    ),
    "repay_borrowings": ("59001", "Switching unavailable as you have borrowings."),
}
_IN_THE_WAY["pending_algos"] = _IN_THE_WAY["pending_orders"]
_POSITIONS = ("59134", _SWITCH + "Refer to the pre-check endpoint and close any incompatible positions.")
_NO_MARGIN = ("59139", _SWITCH + "due to a margin check failure.")


def mass_cancel_refusal(args: Mapping[str, Any]) -> tuple[str, str]:
    """Return why a mass cancellation is refused: its own words first, then the account's mode."""
    if args.get("instType") != "OPTION":
        return "51000", "Parameter instType error"
    if not args.get("instFamily"):
        return "50014", "Parameter instFamily can not be empty."
    lock = str(args.get("lockInterval") or "0")
    if not lock.isdigit() or int(lock) > _MOST_LOCK_MS:
        return "51000", "Parameter lockInterval error"
    return WRONG_MODE


def set_level(venue: Venue, account: VenueAccount, level: str) -> Row:
    """Put an account into another mode (account/set-account-level), unless what it has does not fit that."""
    checked = precheck(venue, account, level)
    unmatched = [one["type"] for one in checked["unmatchedInfoCheck"]]
    if unmatched:
        raise VenueRefusal(*_IN_THE_WAY.get(unmatched[0], _POSITIONS))
    if checked["sCode"] != "0":
        raise VenueRefusal(*_NO_MARGIN)
    account.level = level
    account.auto_loan = level == MULTI_CURRENCY and account.auto_loan
    return {"acctLv": level}


def precheck(venue: Venue, account: VenueAccount, level: str) -> Row:
    """Return the row of account/set-account-switch-precheck."""
    if level not in LEVELS:
        raise bad_parameter("acctLv")
    if level == PORTFOLIO:
        raise VenueRefusal(*_NOT_ADMITTED)
    venue.step()
    unmatched = _unmatched(venue, account, level)
    before, after, code = None, None, "1"
    if not unmatched:
        before = _figures(venue, account, account.level)
        after = _figures(venue, account, level)
        code = "0" if _is_backed(venue, account, level) else "4"
    return {
        "sCode": code,
        "curAcctLv": account.level,
        "acctLv": level,
        "riskOffsetType": "",
        "unmatchedInfoCheck": [{"type": kind, "totalAsset": "", "posList": ids} for kind, ids in unmatched.items()],
        "posList": [],
        "posTierCheck": [],
        "mgnBf": before,
        "mgnAft": after,
    }


def _unmatched(venue: Venue, account: VenueAccount, level: str) -> dict[str, list[str]]:
    """Return what does not fit a mode: kinds, with the ids of positions."""
    found: dict[str, list[str]] = {}
    if level == account.level:
        return found
    if account.orders:
        found["pending_orders"] = []
    if next(venue.algos.of(account, done=False), None) is not None:
        found["pending_algos"] = []
    if any(margin.liability(account, ccy, venue.prices) for ccy in account.balances):
        found["repay_borrowings"] = []
    swaps = list(account.open_positions())
    ids = [*(one.posId for one in swaps), *(one.posId for one in account.open_margins())]
    if level == SPOT_MODE and ids:
        found["all_positions"] = ids
    elif level == MULTI_CURRENCY:
        pairs = {"isolated_margin": "isolated", "cross_margin": "cross"}
        kinds = {kind: [p.posId for p in account.open_margins(mgnMode=mode)] for kind, mode in pairs.items()}
        kinds["isolated_contract"] = [one.posId for one in swaps if one.mgnMode == "isolated"]
        found |= {kind: held for kind, held in kinds.items() if held}
    return found


def _figures(venue: Venue, account: VenueAccount, level: str) -> Row:
    """Return the margin of an account as it is, or would be, in a mode."""
    now, prices = account.level, venue.prices
    account.level = level
    try:
        if level == MULTI_CURRENCY:
            ratio = margin.dollar_ratio(account, prices)
            free = text(margin.dollar_free(account, prices))
            return {"acctAvailEq": free, "mgnRatio": "" if ratio is None else text(ratio), "details": []}
        details = []
        for ccy in account.balances if level == FUTURES_MODE else ():
            ratio = margin.cross_ratio(account, ccy, prices)
            free = text(margin.available_equity(account, ccy, prices))
            details.append({"ccy": ccy, "availEq": free, "mgnRatio": "" if ratio is None else text(ratio)})
        return {"acctAvailEq": "", "mgnRatio": "", "details": details}
    finally:
        account.level = now


def _is_backed(venue: Venue, account: VenueAccount, level: str) -> bool:
    """Tell whether the money of an account backs what it has in a mode."""
    now = account.level
    account.level = level
    try:
        if level == MULTI_CURRENCY:
            free = margin.adjusted_equity(account, venue.prices)
            return margin.dollar_initial(account, venue.prices) <= free
        return all(
            margin.cross_initial(account, ccy, venue.prices) <= margin.cross_equity(account, ccy, venue.prices)
            for ccy in account.balances
        )
    finally:
        account.level = now


def set_auto_loan(venue: Venue, account: VenueAccount, value: object) -> Row:
    """Let an account of several currencies borrow by itself, or not; not while it owes something."""
    if account.level != MULTI_CURRENCY:
        raise VenueRefusal(*WRONG_MODE)
    wanted = True if value in (None, "") else value
    if not isinstance(wanted, bool):
        raise bad_parameter("autoLoan")
    if not wanted and any(margin.liability(account, ccy, venue.prices) for ccy in account.balances):
        raise VenueRefusal(*_IN_THE_WAY["repay_borrowings"])
    account.auto_loan = wanted
    return {"autoLoan": wanted}
