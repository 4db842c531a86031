"""Price limits: what no wire can bring about, the premium of a contract."""

from __future__ import annotations

import pytest

from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue


@pytest.mark.parametrize(("premium", "expected"), [(0.02, ("63050", "69550")), (-0.02, ("60450", "66950"))])
def test_the_premium_moves_both_limits(premium: float, expected: tuple[str, str]) -> None:
    """A contract that trades above its index may be bought, and must be sold, so much higher; a spot pair may not."""
    scene = FrozenVenue()
    scene.venue.trade_at(SWAP, "65000")
    scene.venue.prices.premium[SWAP] = premium
    row = scene.venue.price_limit_row(SWAP)
    assert (row["sellLmt"], row["buyLmt"]) == expected
    assert scene.venue.price_limit_row(SPOT)["buyLmt"] == "68250"


def test_a_limit_lies_on_the_tick() -> None:
    """A price that is moved there can be traded at."""
    scene = FrozenVenue()
    scene.venue.trade_at(SPOT, "64999.9")
    scene.venue.change_instrument(SPOT, tickSz="0.5")
    row = scene.venue.price_limit_row(SPOT)
    assert (row["sellLmt"], row["buyLmt"]) == ("61750", "68249.5")
    assert scene.order(scene.alice, px="70000", sz="0.0001", pxAmendType="1").ok
