"""What coins count for as collateral, where an account's margin is counted in dollars.

The numbers are the venue's own; the shape is OKX's: the more there is of a coin, the less the next of it counts, dollar
coins count in full, and so does what is owed.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.prices import STABLE
from okx_sync.paper.venue.types import Row

#: Up to how many of a coin (None: without end) each share of its worth counts.
_Tiers = tuple[tuple[Decimal | None, Decimal], ...]
_FULL: _Tiers = ((None, Decimal(1)),)
_TIERS: dict[str, _Tiers] = {
    "BTC": ((Decimal(20), Decimal("0.98")), (Decimal(200), Decimal("0.95")), (None, Decimal("0.9"))),
    "ETH": ((Decimal(500), Decimal("0.98")), (Decimal(5000), Decimal("0.95")), (None, Decimal("0.9"))),
}
_OTHERS: _Tiers = ((None, Decimal("0.9")),)


def tiers(ccy: str) -> _Tiers:
    """Return the tiers of a coin, smallest first."""
    return _FULL if ccy in STABLE else _TIERS.get(ccy, _OTHERS)


def discounted(ccy: str, amount: Decimal) -> Decimal:
    """Return how many of so many coins count."""
    if amount <= ZERO:
        return amount
    found, least = ZERO, ZERO
    for most, rate in tiers(ccy):
        upper = amount if most is None else min(amount, most)
        found += max(ZERO, upper - least) * rate
        least = upper
    return found


def row(ccy: str, level: str) -> Row:
    """Return the row of public/discount-rate-interest-free-quota; nothing is free of interest, as there is none."""
    rates = tiers(ccy)
    details, least = [], ZERO
    for number, (most, rate) in enumerate(rates, 1):
        share = {"discountRate": text(rate), "minAmt": text(least), "maxAmt": "" if most is None else text(most)}
        details.append({**share, "tier": str(number), "liqPenaltyRate": "", "disCcyEq": ""})
        least = most or least
    plain = ("discountRate", "minAmt", "maxAmt")
    return {
        "ccy": ccy,
        "amt": "0",
        "discountLv": level,
        "collateralRestrict": False,
        "colRes": "0",
        "minDiscountRate": text(rates[-1][1]),
        "details": details,
        "discountInfo": [{name: one[name] for name in plain} for one in details],
    }
