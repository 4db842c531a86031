"""``Channel``: what is worked out from its declaration."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync.rows import Row, model
from tests.live.venue import TABLE, Tick


@model
class Updated(Row):
    """A row whose time is called otherwise."""

    uTime: int | None = None


@model
class Timeless(Row):
    """A row that does not tell its time."""

    n: int | None = None


@pytest.mark.parametrize(("key", "found"), [(("sym",), "A"), (("sym", "n"), ("A", 1))])
def test_rows_are_told_apart_by_their_key(key: tuple[str, ...], found: Any) -> None:
    """One field or several; where a channel has none, rows are changes, and none replaces another."""
    read = attrs.evolve(TABLE.lookup("ticks"), key=key).coalesced_by
    assert read is not None
    assert read(Tick.from_wire({"sym": "A", "n": 1})) == found
    assert TABLE.lookup("trades").coalesced_by is None


@pytest.mark.parametrize(
    ("row", "key", "field"),
    [(Tick, (), "ts"), (Tick, ("sym",), "ts"), (Updated, (), "uTime"), (Timeless, (), None), (Tick, ("ts",), None)],
)
def test_the_lag_is_measured_by_the_time_of_the_row(row: type[Row], key: tuple[str, ...], field: str | None) -> None:
    """Under whichever name; not where there is none, nor where the time is when a bar began."""
    assert attrs.evolve(TABLE.lookup("ticks"), model=row, key=key).lag_field == field


def test_a_list_of_account_data_has_no_time_of_its_events() -> None:
    """Its rows carry that of their last change, which may be long ago: as a delay it would be a lie."""
    ticks = attrs.evolve(TABLE.lookup("ticks"), private=True)
    assert ticks.lag_field is not None
    assert attrs.evolve(ticks, snapshot=True).lag_field is None
    assert attrs.evolve(ticks, private=False, snapshot=True).lag_field is not None
