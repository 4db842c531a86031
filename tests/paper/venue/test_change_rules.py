"""Changing an instrument's steps while its market is open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper.venue.events import InstrumentChanged
from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue


def test_new_steps_hold_at_once_and_are_told() -> None:
    """Rows, checks and the pushed row agree; what rests stays as it was."""
    scene = FrozenVenue()
    before = scene.order(scene.alice, SWAP, px="60000.1", sz="0.15")
    scene.venue.change_instrument(SWAP, lotSz="0.1", minSz="0.1", tickSz=Decimal("0.5"))
    row = scene.taken(InstrumentChanged)[-1].row
    assert (row["lotSz"], row["minSz"], row["tickSz"]) == ("0.1", "0.1", "0.5")
    assert scene.order(scene.alice, SWAP, px="60000", sz="0.15").sCode == "51121"
    assert scene.order(scene.alice, SWAP, px="60000", sz="0.05").sCode == "51020"
    assert scene.order(scene.alice, SWAP, px="60000.9", sz="0.2").sCode == "51000"
    new = scene.order(scene.alice, SWAP, px="60000.5", sz="0.2")
    rows = {one["ordId"]: (one["px"], one["sz"]) for one in scene.venue.pending(scene.alice)}
    assert rows == {before.ordId: ("60000.1", "0.15"), new.ordId: ("60000.5", "0.2")}


def test_the_crowd_keeps_to_the_new_steps() -> None:
    """Also while the market moves on, and with steps so coarse that a side has little room."""
    for tick, lot in (("5", "0.001"), ("1000", "0.1")):
        scene = FrozenVenue(quiet=False)
        scene.venue.change_instrument(SPOT, tickSz=tick, lotSz=lot)
        for _ in range(20):
            scene.clock.advance(0.5)
            scene.venue.step()
            levels = scene.venue.book(SPOT).levels
            assert all(Decimal(px) % Decimal(tick) == 0 for side in ("bids", "asks") for px, *_ in levels(side, 400))
        assert scene.money_is_conserved()
        ask, bid = scene.best()
        assert bid < ask <= bid + 4 * Decimal(tick)


@pytest.mark.parametrize("rules", [{"lotSz": "0.001"}, {"tickSz": "0.15"}, {"lotSz": "0"}, {"colour": "red"}])
def test_what_the_venue_cannot_count_in_is_refused(rules: dict[str, str]) -> None:
    """Finer steps than those of the opening, parts of them, and unknown names; nothing is changed then."""
    scene = FrozenVenue()
    before = scene.venue.instrument_row(SWAP)
    with pytest.raises(ValueError, match=next(iter(rules))):
        scene.venue.change_instrument(SWAP, minSz="7", **rules)
    assert scene.venue.instrument_row(SWAP) == before
