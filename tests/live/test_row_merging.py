"""``RowMerging``: rows that carry only what changed, from a small exchange over real sockets."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from okx_sync.live.row_merging import _REASON
from tests.live.venue import PARTS, Venue, watched
from tests.loopback.conftest import until

WHOLE = {"sym": "A", "n": 1, "px": "10"}


def facts(rows: list[Any]) -> list[tuple[Any, ...]]:
    return [(row.sym, row.n, row.px) for row in rows]


def test_changes_are_put_together_with_the_row_that_they_change(venue: Venue) -> None:
    """Row by row, by the fields that tell rows apart; what is whole is taken as it is."""
    heard = list[Any]()
    with watched(venue) as one:
        sub = one.ws.subscribe("parts", heard.append, inline=True)
        venue.push(PARTS, WHOLE, {"sym": "B", "n": 1, "px": "5"}, whole=True)
        venue.push(PARTS, {"sym": "A", "n": 2}, {"sym": "B", "px": "6"})
        venue.push(PARTS, {"sym": "A", "n": 3}, whole=True)
        venue.push(PARTS, {"sym": "A", "px": "7"})
        until(lambda: len(heard) == 6)
        assert facts(heard) == [
            ("A", 1, "10"),
            ("B", 1, "5"),
            ("A", 2, "10"),
            ("B", 1, "6"),
            ("A", 3, None),
            ("A", 3, "7"),
        ]
        assert sub.stats.incomplete == 0
        assert one.states.of(kind="gap") == []


def test_a_change_of_a_row_that_was_never_told_is_left_out_counted_and_told(
    venue: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    """Each subscription counts it; the user is told once until the whole row comes."""
    heard = list[Any]()
    with watched(venue) as one:
        subs = [one.ws.subscribe("parts", heard.append, inline=True), one.ws.subscribe("parts")]
        for number in range(3):
            venue.push(PARTS, {"sym": "A", "n": number})
        until(lambda: [sub.stats.incomplete for sub in subs] == [3, 3])
        assert heard == []
        gap = one.states.until("gap")
        assert (gap.topic, gap.path) == ("parts()", "public")
        assert str(gap.reason).startswith("a change came before the row that it changes")
        venue.push(PARTS, WHOLE, whole=True)
        venue.push(PARTS, {"sym": "B", "n": 4})
        one.states.until("gap", 2)
        assert facts(heard) == [("A", 1, "10")]
        assert subs[0].stats.incomplete == 4
        assert "incomplete 4" in repr(one.ws.status())
    assert len(one.states.of(kind="gap")) == 2
    warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert f"parts(): {_REASON}" in warned


def test_rows_of_a_lost_socket_are_not_built_upon(venue: Venue) -> None:
    """What the new one tells begins with whole rows; a change before them is left out."""
    heard = list[Any]()
    with watched(venue) as one:
        one.ws.subscribe("parts", heard.append, inline=True)
        venue.push(PARTS, WHOLE, whole=True)
        until(lambda: len(heard) == 1)
        venue.drop()
        one.states.until("restored")
        venue.push(PARTS, {"sym": "A", "n": 2})
        one.states.until("gap", 2)  # the first is of the outage
        venue.push(PARTS, {"sym": "A", "n": 3}, whole=True)
        until(lambda: len(heard) == 2)
        assert facts(heard) == [("A", 1, "10"), ("A", 3, None)]
