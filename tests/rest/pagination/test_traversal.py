"""Walking a listing from its newest row: cursors that rows share, short pages, two endpoints, bounds. No network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from okx_sync.errors import DecodeError, OkxError
from okx_sync.rest.pagination.traversal import Bounds, Chunk, Listing, WalkPosition, walk

BY_ID = Listing(key="n", time="at", what="the listing")
BY_TIME = Listing(key="at", tied=True, same="n", time="at", most=4, what="the listing")


@attrs.frozen
class Item:
    """A row: a number, and a time that others may share."""

    n: Any
    at: int = 0

    @property
    def raw(self) -> dict[str, Any]:
        """As on the wire."""
        return {"n": self.n, "at": self.at}


class Endpoints:
    """Listings by number; ``asked`` notes the places that were asked for."""

    def __init__(self, *sources: Sequence[Item], listing: Listing = BY_ID, cap: int = 100) -> None:
        self.sources = sources
        self.listing = listing
        self.cap = cap
        self.asked: list[tuple[int, int | None]] = []

    def read(self, place: WalkPosition, size: int) -> Sequence[Item]:
        """Up to ``size`` rows not newer than the place's edge, in no particular order."""
        self.asked.append((place.source, place.edge))
        rows = [row for row in self.sources[place.source] if place.edge is None or self._fits(row, place.edge)]
        rows.sort(key=self.listing.key_of, reverse=True)
        return rows[: min(size, self.cap)][::-1]

    def _fits(self, row: Item, edge: int) -> bool:
        key = self.listing.key_of(row)
        return key <= edge if self.listing.tied else key < edge

    def walked(self, size: int, at: WalkPosition | None = None, bounds: Bounds | None = None) -> list[Item]:
        """All rows of a walk."""
        at, bounds = at or WalkPosition(), bounds or Bounds()
        chunks = walk(self.listing, len(self.sources), self.read, at=at, bounds=bounds, size=size)
        return [row for chunk in chunks for row in chunk.rows]


def items(*numbers: int) -> list[Item]:
    """Rows whose time is their number."""
    return [Item(n, n) for n in numbers]


def numbers(rows: Sequence[Item]) -> list[Any]:
    """The numbers of rows."""
    return [row.n for row in rows]


def test_rows_come_newest_first_and_a_short_page_is_the_last() -> None:
    """However the exchange orders a page."""
    ends = Endpoints(items(1, 2, 3, 4, 5))
    assert numbers(ends.walked(2)) == [5, 4, 3, 2, 1]
    assert ends.asked == [(0, None), (0, 4), (0, 2)]


def test_a_short_page_of_a_round_size_may_be_cut() -> None:
    """At a cap that nobody told us of: one more request tells."""
    ends = Endpoints(items(*range(1, 26)), cap=10)
    assert numbers(ends.walked(100)) == list(range(25, 0, -1))
    assert len(ends.asked) == 3


def test_the_walk_goes_on_in_the_second_endpoint_from_the_same_cursor() -> None:
    """Rows that both have come once."""
    ends = Endpoints(items(4, 5, 6), items(1, 2, 3, 4, 5))
    assert numbers(ends.walked(4)) == [6, 5, 4, 3, 2, 1]
    assert (1, 4) in ends.asked


def test_rows_that_share_a_time_are_neither_lost_nor_repeated() -> None:
    """The edge is read again, and what was seen of it is left out."""
    rows = [Item(n, n // 3) for n in range(9)]
    ends = Endpoints(rows, listing=BY_TIME)
    assert sorted(numbers(ends.walked(4))) == list(range(9))


def test_a_page_that_is_filled_by_one_time_is_asked_larger_before_it_is_given_up() -> None:
    """With as many rows as a request may bring; where that is not enough, going on would lose some."""
    assert len(Endpoints([Item(n, 7) for n in range(3)], listing=BY_TIME).walked(2)) == 3
    with pytest.raises(OkxError, match="does not go on at at 7") as caught:
        Endpoints([Item(n, 7) for n in range(9)], listing=BY_TIME).walked(2)
    assert "between(end=...)" in str(caught.value.hint)


def test_rows_without_an_id_are_told_apart_by_all_their_text() -> None:
    """Where nothing else tells them apart."""
    listing = Listing(key="at", tied=True, time="at", most=5)
    rows = [Item(n, 7 - n // 2) for n in range(6)]
    assert sorted(numbers(Endpoints(rows, listing=listing).walked(3))) == list(range(6))


def test_a_span_of_time_has_its_start_and_not_its_end() -> None:
    """And the walk ends at the first row before its start."""
    ends = Endpoints(items(*range(1, 10)))
    assert numbers(ends.walked(3, bounds=Bounds(4, 8))) == [7, 6, 5, 4]
    assert ends.asked[-1] == (0, 4)


def test_a_row_whose_time_cannot_be_read_is_not_lost() -> None:
    """It is in every span."""

    class Odd(Item):
        @property
        def when(self) -> int:
            raise DecodeError("no time", text="x")

    listing = Listing(key="n", time="when")
    assert numbers(Endpoints([Odd(1)], listing=listing).walked(3, bounds=Bounds(4, 8))) == [1]


@pytest.mark.parametrize("listing", [BY_ID, BY_TIME])
def test_a_walk_ends_at_the_floor(listing: Listing) -> None:
    """What was had there by whoever set it does not come again; other rows of its time do."""
    ends = Endpoints([Item(n, n // 2) for n in range(8)], listing=listing)
    floor = WalkPosition(edge=4) if listing is BY_ID else WalkPosition(edge=2, seen=("4",))
    found = ends.walked(4, bounds=Bounds(floor=floor))
    assert sorted(numbers(found)) == [5, 6, 7]


def test_a_walk_goes_on_behind_a_place() -> None:
    """As told by the chunk for each of its rows, also in the middle of rows that share a time."""
    rows = [Item(n, n // 3) for n in range(9)]
    ends = Endpoints(rows, listing=BY_TIME)
    whole = ends.walked(4)
    (first, *_) = walk(BY_TIME, 1, ends.read, at=WalkPosition(), bounds=Bounds(), size=4)
    assert first.place_after(-1) == WalkPosition()
    for position in range(len(first.rows)):
        assert ends.walked(4, at=first.place_after(position)) == whole[position + 1 :]


def test_rows_with_the_same_identity_count_as_often_as_they_were_seen() -> None:
    """Behind a place within a time, its rows so far are part of the next place."""
    chunk = Chunk(BY_TIME, WalkPosition(0, 7, ("1",)), [Item(2, 7), Item(3, 7)])
    assert chunk.place_after(0).seen == ("1", "2")


def test_a_row_without_a_number_in_its_key_cannot_be_paged() -> None:
    """The error names the listing and the field."""
    with pytest.raises(DecodeError, match="the listing cannot be paged: a row has no number in n"):
        Endpoints([Item("x"), Item("y")]).walked(3)
