"""Position tiers: which one a size is in, and what it asks for."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from okx_sync.paper.venue.instruments import default_instruments
from okx_sync.paper.venue.position_tiers import maintenance_rate, most_lots, tier_of, tiers

SWAP = default_instruments()["BTC-USDT-SWAP"]


def test_tiers_follow_each_other() -> None:
    """Each begins a lot above the one before; margin rises, leverage falls."""
    every = tiers(SWAP)
    for one, after in pairwise(every):
        assert after.minSz == one.maxSz + SWAP.lotSz
        assert (after.mmr > one.mmr, after.max_lever < one.max_lever) == (True, True)


@pytest.mark.parametrize(("size", "number"), [("0.01", 1), ("5000", 1), ("5000.01", 2), ("-20000", 3), ("9999999", 6)])
def test_the_tier_of_a_size(size: str, number: int) -> None:
    """Long or short; what is larger than the last one is in the last one. The whole of it is under its rate."""
    lots = SWAP.lots(Decimal(size))
    assert tier_of(SWAP, lots).number == number
    assert maintenance_rate(SWAP, lots) == tiers(SWAP)[number - 1].mmr


@pytest.mark.parametrize(
    ("lever", "size"), [("100", "5000"), ("76", "5000"), ("75", "10000"), ("1", "1000000"), ("101", "0")]
)
def test_the_largest_size_of_a_leverage(lever: str, size: str) -> None:
    """The one of the largest tier that allows it."""
    assert most_lots(SWAP, Decimal(lever)) == SWAP.lots(Decimal(size))
