"""Position tiers: the larger a position, the less leverage it may have and the more margin keeps it alive.

The numbers are the venue's own, in the order of size of a large contract's; the shape is OKX's: the tier that a
position's size falls into counts for the whole of it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.types import Row

#: Maintenance margin as a share of a position's marked value, in the first tier.
MAINTENANCE = Decimal("0.004")
#: The largest size in contracts, the maintenance margin and the highest leverage of each tier.
_SHAPE = (
    (Decimal(5_000), MAINTENANCE, 100),
    (Decimal(10_000), Decimal("0.005"), 75),
    (Decimal(20_000), Decimal("0.01"), 50),
    (Decimal(50_000), Decimal("0.015"), 30),
    (Decimal(100_000), Decimal("0.025"), 20),
    (Decimal(1_000_000), Decimal("0.05"), 10),
)


@dataclass(frozen=True, slots=True)
class VenueTier:
    """One tier; sizes in contracts."""

    number: int
    minSz: Decimal
    maxSz: Decimal
    mmr: Decimal
    max_lever: int

    def values(self, instrument: VenueInstrument) -> tuple[str, str]:
        """Return where it begins and ends in quote currency, at the price of the contract's opening."""
        unit = instrument.ctVal * instrument.start_px
        return text(self.minSz * unit), text(self.maxSz * unit)

    def row(self, instrument: VenueInstrument) -> Row:
        """Return the row of public/position-tiers."""
        return {
            "instId": "",
            "uly": instrument.uly,
            "instFamily": instrument.uly,
            "tier": str(self.number),
            "minSz": text(self.minSz),
            "maxSz": text(self.maxSz),
            "mmr": text(self.mmr),
            "imr": text(rounded(Decimal(1) / self.max_lever)),
            "maxLever": str(self.max_lever),
            "optMgnFactor": "0",
            "quoteMaxLoan": "",
            "baseMaxLoan": "",
        }


def tiers(instrument: VenueInstrument) -> tuple[VenueTier, ...]:
    """Return the tiers of a contract, smallest first."""
    return _tiers(instrument.max_lever, instrument.lotSz)


# Asked for with each order and each look at a position.
@functools.lru_cache(maxsize=64)
def _tiers(max_lever: int, lot: Decimal) -> tuple[VenueTier, ...]:
    found: list[VenueTier] = []
    least = Decimal(0)
    for number, (most, mmr, lever) in enumerate(_SHAPE, 1):
        # The first tier allows whatever the contract does, the others no more than that.
        allowed = max_lever if number == 1 else min(lever, max_lever)
        found.append(VenueTier(number, least, most, mmr, allowed))
        least = most + lot
    return tuple(found)


def tier_of(instrument: VenueInstrument, lots: int) -> VenueTier:
    """Return the tier that a position of so many lots (of either sign) is in; beyond the last one it is the last."""
    size = instrument.sz(abs(lots))
    every = tiers(instrument)
    return next((tier for tier in every if size <= tier.maxSz), every[-1])


def maintenance_rate(instrument: VenueInstrument, lots: int) -> Decimal:
    """Return the maintenance margin of a position as a share of its marked value."""
    return tier_of(instrument, lots).mmr


def most_lots(instrument: VenueInstrument, lever: Decimal) -> int:
    """Return how large a position may be at a leverage."""
    allowed = [tier.maxSz for tier in tiers(instrument) if tier.max_lever >= lever]
    return instrument.lots(max(allowed, default=Decimal(0)))
