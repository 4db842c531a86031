"""``Ranged``: listings that are walked by a cursor, asked of a shelf of rows that pages as exchanges do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okx_sync.errors import ConfigError
from okx_sync.rest.pagination.cursors import Ranged, Seek
from okx_sync.rest.pagination.pager import PagerRequest
from okx_sync.rest.pagination.source import Source
from okx_sync.rest.pagination.traversal import Listing
from tests.rest.paged_listings import Listings, ListingServer

DAY = 1_700_000_000_000
ENDPOINTS = {one.name: one for one in Listings.endpoints}
SEEK = Seek("kind", by_time="time", by_id="id")


def shelf_of(newest: int, **more: Any) -> ListingServer:
    """Rows ``newest`` to 1, each a millisecond older than the one before."""
    return ListingServer([(number, DAY + number) for number in range(newest, 0, -1)], **more)


def by_id(
    shelf: ListingServer, name: str = "get_old", *, time: str = "ts", seek: Seek | None = None, **given: Any
) -> Ranged:
    """Its rows by their ids, seven for each request."""
    source = Source(shelf, (ENDPOINTS[name],))
    return Ranged(source, given, Listing("id", time=time, most=7, what=source.name), seek)


def by_time(shelf: ListingServer, name: str = "get_old", **given: Any) -> Ranged:
    """Its rows by a time that several may share."""
    source = Source(shelf.by_time(), (ENDPOINTS[name],))
    return Ranged(source, given, Listing("ts", tied=True, same="id", time="ts", most=7, what=source.name))


def ids(reading: Ranged, wish: PagerRequest | None = None) -> list[int]:
    """The rows of a walk."""
    return [int(row.id) for chunk in reading.chunks(wish or PagerRequest()) for row in chunk.rows]


def asked(shelf: ListingServer, *names: str) -> list[tuple[str | None, ...]]:
    """What each request said of these parameters."""
    return [tuple(params.get(name) for name in names) for _, params in shelf.calls]


# -- walking -------------------------------------------------------------------------------------------------------


def test_each_page_is_asked_for_by_the_last_row_of_the_one_before() -> None:
    """With the caller's own parameters, and as many rows as a request can bring."""
    shelf = shelf_of(16)
    reading = by_id(shelf, kind="a")
    assert (reading.name, reading.time) == ("shop.get_old", "ts")
    assert ids(reading) == [*range(16, 0, -1)]
    assert asked(shelf, "after", "limit", "kind") == [(None, "7", "a"), ("10", "7", "a"), ("3", "7", "a")]


def test_a_time_that_rows_share_is_asked_for_again() -> None:
    """The rest of its rows may be on the next page, and none comes twice."""
    shelf = ListingServer([(number, DAY + number // 4) for number in range(16, 0, -1)])
    assert ids(by_time(shelf)) == [*range(16, 0, -1)]
    assert asked(shelf, "after")[:2] == [(None,), (str(DAY + 3),)]  # row 10 has the time 2: behind 3 is 2


def test_where_the_row_at_the_cursor_comes_too_it_is_not_skipped() -> None:
    """``end`` includes its time, unlike ``after``."""
    shelf = ListingServer([(number, DAY + number // 4) for number in range(16, 0, -1)])
    assert ids(by_time(shelf, "get_span")) == [*range(16, 0, -1)]
    assert asked(shelf, "end")[:2] == [(None,), (str(DAY + 2),)]


def test_the_callers_own_cursors_are_the_ends_of_the_walk() -> None:
    """Neither of these rows is given; the lower one is never sent, since it would bring the newest page for ever."""
    shelf = shelf_of(20)
    assert ids(by_id(shelf, after="15", before="4")) == [*range(14, 4, -1)]
    assert asked(shelf, "after", "before") == [("15", None), ("8", None)]
    ranges = shelf_of(20)
    assert ids(by_id(ranges, "get_range", end_id="15", begin_id="4")) == [*range(14, 4, -1)]
    assert asked(ranges, "endId", "beginId") == [("15", None), ("8", None)]
    tied = shelf_of(20)
    assert ids(by_time(tied, after=str(DAY + 15), before=str(DAY + 4))) == [*range(14, 4, -1)]
    assert asked(tied, "after")[0] == (str(DAY + 15),)


def test_an_end_that_includes_its_time_does_so_on_both_sides() -> None:
    """``begin`` and ``end`` of the caller, where the listing is walked by them."""
    shelf = shelf_of(20)
    assert ids(by_time(shelf, "get_span", end=DAY + 15, begin=DAY + 4)) == [*range(15, 3, -1)]
    assert asked(shelf, "end", "begin")[0] == (str(DAY + 15), None)


@pytest.mark.parametrize("open_end", [False, True])
def test_an_end_of_which_nobody_says_whether_it_is_included(open_end: bool) -> None:
    """Taken for one that is not, each row comes once all the same: one that was had is not taken again."""
    shelf = shelf_of(20).by_time()
    source = Source(shelf, (ENDPOINTS["get_span"],))
    listing = Listing("ts", time="ts", most=7, what=source.name)
    assert ids(Ranged(source, {}, listing, open_end=open_end)) == [*range(20, 0, -1)]
    assert asked(shelf, "end")[:2] == [(None,), (str(DAY + 14 - (not open_end)),)]


# -- times ---------------------------------------------------------------------------------------------------------


def test_a_span_of_time_is_the_exchanges_where_it_knows_spans() -> None:
    """Its end is included there and not here; rows need no time then."""
    shelf = shelf_of(20)
    reading = by_id(shelf, "get_range", time="")
    wish = PagerRequest(start=DAY + 3, end=DAY + 9)
    reading.check(wish)
    assert ids(reading, wish) == [8, 7, 6, 5, 4, 3]
    assert asked(shelf, "begin", "end") == [(str(DAY + 3), str(DAY + 8))]
    shelf.calls.clear()
    assert ids(reading, PagerRequest(start=DAY + 18)) == [20, 19, 18]
    assert asked(shelf, "begin", "end") == [(str(DAY + 18), None)]


def test_a_span_of_time_is_cut_here_where_it_does_not() -> None:
    """The walk ends with the first row that is too old."""
    shelf = shelf_of(30)
    assert ids(by_id(shelf), PagerRequest(start=DAY + 20, end=DAY + 23)) == [22, 21, 20]
    assert asked(shelf, "after") == [(None,), ("24",)]


@pytest.mark.parametrize(("own", "first"), [(None, 10), (12, 10), (8, 8)])
def test_where_the_cursor_is_a_time_nothing_newer_is_read(own: int | None, first: int) -> None:
    """The walk begins at the end of the span, or at the caller's own cursor if that is older."""
    shelf = shelf_of(30)
    given = {} if own is None else {"after": str(DAY + own)}
    found = ids(by_time(shelf, **given), PagerRequest(start=DAY + 5, end=DAY + 10))
    assert found == [*range(first - 1, 4, -1)]
    assert asked(shelf, "after")[0] == (str(DAY + first),)


def test_a_walk_by_id_jumps_to_a_time_where_the_exchange_can() -> None:
    """What the cursor is stands in a parameter of its own: a time at first, an id from then on."""
    shelf = shelf_of(30)
    assert ids(by_id(shelf, seek=SEEK), PagerRequest(start=DAY + 1, end=DAY + 10)) == [*range(9, 0, -1)]
    assert asked(shelf, "kind", "after") == [("time", str(DAY + 10)), ("id", "3")]
    shelf.calls.clear()
    assert len(ids(by_id(shelf, seek=SEEK))) == 30
    assert asked(shelf, "kind", "after")[:2] == [(None, None), ("id", "24")]
    with pytest.raises(ConfigError, match="kind is chosen by the pager"):
        by_id(shelf, seek=SEEK, kind="id").check(PagerRequest())


def test_rows_without_a_time_cannot_be_chosen_by_one() -> None:
    """It is said before anything is asked for."""
    shelf = shelf_of(3)
    for wish in (PagerRequest(start=DAY), PagerRequest(end=DAY)):
        with pytest.raises(ConfigError, match=r"rows of shop\.get_old have no time"):
            by_id(shelf, time="").check(wish)
    by_id(shelf, time="").check(PagerRequest())
    assert shelf.calls == []


# -- going on later ------------------------------------------------------------------------------------------------


def test_a_cursor_goes_on_behind_its_row() -> None:
    """In another process, too: it is plain JSON, and says where it is from."""
    shelf = shelf_of(16)
    reading = by_id(shelf, kind="a")
    chunk = next(reading.chunks(PagerRequest()))
    cursor = json.loads(json.dumps(reading.cursor(chunk, 2)))
    assert cursor == {
        "listing": "shop.get_old",
        "params": {"kind": "a"},
        "order": "newest_first",
        "key": 14,
        "seen": [],
    }
    wish = PagerRequest(resume=cursor)
    reading.check(wish)
    assert ids(by_id(shelf, kind="a"), wish) == [*range(13, 0, -1)]


def test_a_cursor_knows_which_rows_of_its_time_are_done() -> None:
    """The others of the same time come next, once."""
    shelf = ListingServer([(number, DAY) for number in range(5, 0, -1)])
    reading = by_time(shelf)
    cursor = reading.cursor(next(reading.chunks(PagerRequest())), 1)
    assert (cursor["key"], sorted(cursor["seen"])) == (DAY, ["4", "5"])
    assert ids(by_time(shelf), PagerRequest(resume=cursor)) == [3, 2, 1]


def test_oldest_first_a_cursor_goes_on_with_what_has_come_since() -> None:
    """All rows are one chunk, rising; the walk stops at what was had."""
    shelf = shelf_of(9)
    reading, wish = by_id(shelf), PagerRequest(is_oldest_first=True)
    rows = [row for chunk in reading.chunks(wish) for row in chunk.rows]
    whole = reading.turned(wish, rows)
    assert [int(row.id) for row in whole.rows] == [*range(1, 10)]
    cursor = reading.cursor(whole, 8)
    assert (cursor["order"], cursor["key"]) == ("oldest_first", 9)
    shelf.rows = [(number, DAY + number) for number in range(12, 0, -1)]
    later = PagerRequest(is_oldest_first=True, resume=cursor)
    reading.check(later)
    assert ids(reading, later) == [12, 11, 10]
    nothing = reading.turned(later, [])
    assert reading.cursor(nothing, -1) == cursor


def test_a_cursor_of_another_direction_listing_or_place_is_refused() -> None:
    """Before anything is asked for."""
    shelf = shelf_of(9)
    reading = by_id(shelf)
    cursor = reading.cursor(next(reading.chunks(PagerRequest())), 0)
    shelf.calls.clear()
    wrong: list[tuple[dict[str, Any], bool, str]] = [
        (cursor, True, "goes on newest_first, not oldest_first"),
        ({**cursor, "order": "oldest_first"}, False, "goes on oldest_first, not newest_first"),
        ({**cursor, "listing": "shop.get_range"}, False, r"is of shop\.get_range"),
        ({**cursor, "params": {"kind": "b"}}, False, "other parameters"),
        ({**cursor, "key": "9"}, False, "no key"),
    ]
    for given, is_oldest_first, told in wrong:
        with pytest.raises(ConfigError, match=told):
            reading.check(PagerRequest(is_oldest_first=is_oldest_first, resume=given))
    assert shelf.calls == []
