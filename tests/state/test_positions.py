"""Positions from pushes in any order: the newest wins, snapshots end what they do not list, events tell the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.state.positions import PositionEvent, Positions
from okx_sync.types import PositionUpdate
from tests.state.accounts import ETH, SWAP, position

Row = tuple[str, int, int]  # instrument, size, time
ROWS: st.SearchStrategy[list[Row]] = st.lists(
    st.tuples(st.sampled_from([SWAP, ETH, "SOL-USDT-SWAP"]), st.integers(-2, 2), st.integers(1, 6)), max_size=40
)


def sizes(positions: Positions) -> dict[str, Decimal]:
    """What is open."""
    return {one.inst_id: one.size for one in positions.all}


def kinds(events: list[PositionEvent | None]) -> list[str]:
    """What happened."""
    return [event.kind for event in events if event is not None]


@given(ROWS)
def test_the_newest_push_of_each_position_wins(rows: list[Row]) -> None:
    """In whatever order and however often they come: the state is that of the newest, of equals of the last.

    And the events alone, replayed, lead to the same state: none is missing and none is told too much.
    """
    positions, newest = Positions(), dict[str, PositionUpdate]()
    replayed: dict[str, Decimal] = {}
    for inst_id, size, at in rows:
        update = position(size, at, inst_id)
        event = positions.apply(update)
        known = newest.get(inst_id)
        if known is None or at >= (known.updated_at or 0):
            newest[inst_id] = update
        if event is not None:
            _replay(replayed, event)
    expected = {name: one.size for name, one in newest.items() if one.size}
    assert sizes(positions) == expected == replayed


def _replay(state: dict[str, Decimal], event: PositionEvent) -> None:
    name, size = event.position.inst_id, event.position.size
    before = event.previous.size if event.previous is not None else None
    assert state.get(name) == before
    wanted = {
        "opened": before is None and size != 0,
        "closed": before is not None and size == 0,
        "flipped": before is not None and before * size < 0,
        "changed": before is not None and before * size > 0,
    }
    assert wanted[event.kind]
    if size:
        state[name] = size
    else:
        del state[name]


@given(ROWS, ROWS, st.none() | st.integers(1, 6))
def test_after_a_snapshot_there_is_what_it_lists(before: list[Row], listed: list[Row], as_of: int | None) -> None:
    """Nothing that is older than the list survives outside of it; what changed after it was made stays as it was."""
    positions = Positions()
    for inst_id, size, at in before:
        positions.apply(position(size, at, inst_id))
    old = {one.inst_id: one for one in positions.all}
    last = {inst_id: position(size, at, inst_id) for inst_id, size, at in listed if size}
    positions.apply_snapshot(last.values(), as_of)
    for inst_id, one in old.items():
        is_newer = as_of is not None and (one.updated_at or 0) > as_of
        if inst_id not in last:
            assert (inst_id in sizes(positions)) == is_newer
    assert set(sizes(positions)) <= set(last) | set(old)


def test_a_life() -> None:
    """Open, add, turn, close; a repeat and a late push tell nothing."""
    positions = Positions()
    pushes = [position(1, 1), position(2, 2), position(2, 2), position(1, 1), position(-1, 3), position(0, 4)]
    events = [positions.apply(one) for one in pushes]
    assert kinds(events) == ["opened", "changed", "flipped", "closed"]
    assert positions.apply(position(-1, 3)) is None  # late, of before the close
    assert positions.all == ()
    assert positions.apply(position(5, 5)) == PositionEvent("opened", position(5, 5))


def test_a_moved_mark_price_is_a_change() -> None:
    """Regular pushes have the time of the last change of the position, but a new price."""
    positions = Positions()
    positions.apply(position(1, 1, unrealized_pnl=Decimal(5)))
    assert kinds([positions.apply(position(1, 1, unrealized_pnl=Decimal(4)))]) == ["changed"]
    assert positions.all[0].unrealized_pnl == 4


def test_a_recovered_repeat_is_no_news() -> None:
    """What REST tells again after an outage is the same position."""
    positions = Positions()
    positions.apply(position(1, 1))
    assert positions.apply(position(1, 1, recovered=True)) is None


def test_a_snapshot_tells_all_that_it_changed() -> None:
    """What is new, what is another, and what is gone; not what was known."""
    positions = Positions()
    for inst_id in ("A", "B", "C"):
        positions.apply(position(1, 1, inst_id))
    events = positions.apply_snapshot([position(1, 1, "A"), position(2, 2, "B"), position(5, 2, "D")])
    assert [(event.kind, event.position.inst_id) for event in events] == [
        ("changed", "B"),
        ("opened", "D"),
        ("closed", "C"),
    ]
    assert sizes(positions) == {"A": 1, "B": 2, "D": 5}


def test_what_a_snapshot_ended_stays_ended() -> None:
    """A repeat of its last news does not open it again; real news does."""
    positions = Positions()
    positions.apply(position(3, 7))
    (gone,) = positions.apply_snapshot([])
    assert gone == PositionEvent("closed", position(0, 7), position(3, 7))
    assert positions.apply(position(3, 7)) is None
    assert positions.all == ()
    assert kinds([positions.apply(position(1, 8))]) == ["opened"]


def test_both_sides_and_modes_of_an_instrument_are_apart() -> None:
    """Long, short, cross, isolated, and margin in another currency: each is a position of its own."""
    parts: list[dict[str, Any]] = [
        {"side": "long"},
        {"side": "short"},
        {"side": "long", "margin_mode": "isolated"},
        {"side": "long", "currency": "BTC"},
    ]
    positions = Positions()
    for number, part in enumerate(parts, 1):
        positions.apply(position(number, **part))
    assert [one.size for one in positions.all] == [1, 2, 3, 4]
    positions.apply(position(0, 2, side="short"))
    assert [one.size for one in positions.all] == [1, 3, 4]


def test_a_short_push_changes_what_it_tells() -> None:
    """The rest stays as it was, and a newer full push is in force as a whole."""
    positions = Positions()
    positions.apply(position(1, 1, liquidation_price=Decimal(90), entry_price=Decimal(100)))
    positions.apply(position(2, 2, entry_price=Decimal(105)), partial=True)
    assert positions.all == (position(2, 2, liquidation_price=Decimal(90), entry_price=Decimal(105)),)
    assert positions.apply(position(9, 1), partial=True) is None
    positions.apply(position(2, 2))
    assert positions.all[0].liquidation_price is None


def test_without_times_the_last_one_wins() -> None:
    """An exchange that does not tell times is taken at the order of its pushes."""
    positions = Positions()
    for size in (1, 2, 0, 3):
        positions.apply(position(size, None))
    assert sizes(positions) == {SWAP: 3}


def test_memory_of_closed_positions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are forgotten; options come and go by the thousand."""
    monkeypatch.setattr("okx_sync.state.positions._CLOSED_KEPT", 5)
    positions = Positions()
    for number in range(20):
        positions.apply(position(1, 1, f"OPTION-{number}"))
        positions.apply(position(0, 2, f"OPTION-{number}"))
    assert len(positions._closed) == 5
    assert positions.apply(position(1, 1, "OPTION-19")) is None
    positions.apply(position(0, 3, "OPTION-15"))  # heard of again
    positions.apply(position(1, 1, "OPTION-20"))
    positions.apply(position(0, 2, "OPTION-20"))
    assert positions.apply(position(1, 1, "OPTION-15")) is None
    assert positions.apply(attrs.evolve(position(1, 1, "OPTION-0"))) is not None
