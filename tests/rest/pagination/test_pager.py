"""Pagers against an exchange that is a list: what comes out is the list, whatever its ties and page sizes."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError, DecodeError, OkxError
from okx_sync.rest import Pager
from okx_sync.rest.pagination.pager import in_ms
from tests.rest.paged_listings import Item, ListingServer

DAY = 1_700_000_000_000
# Ids are one more than each other at least; times stand still between them or move on. Up to seven rows have one time,
# which a page of seven can bring.
STEPS = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 1)), max_size=60)
LIMITS = st.integers(1, 9)


def rows_of(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """(id, ts), newest first, with no more than six rows of one time."""
    rows: list[tuple[int, int]] = []
    number, ms = 0, DAY
    for by, passed in steps:
        number += by
        ms += passed if [row[1] for row in rows[-6:]] != [ms] * 6 else 1
        rows.append((number, ms))
    return rows[::-1]


def found(pager: Pager[Item]) -> list[tuple[int, int]]:
    """What a pager gives."""
    return [(int(row.id or 0), row.ts or 0) for row in pager]


LISTINGS: dict[str, tuple[Callable[[ListingServer, Any], Pager[Item]], bool]] = {
    "items": (lambda shelf, limit: shelf.shop.iter_items(limit=limit), False),
    "events": (lambda shelf, limit: shelf.shop.iter_events(limit=limit), True),
    "bare": (lambda shelf, limit: shelf.shop.iter_bare(limit=limit), True),
    "range": (lambda shelf, limit: shelf.shop.iter_range(limit=limit), False),
    "span": (lambda shelf, limit: shelf.shop.iter_span(limit=limit), True),
    "sought": (lambda shelf, limit: shelf.shop.iter_sought(limit=limit), False),
}
KINDS = pytest.mark.parametrize("kind", LISTINGS)


def pager_of(kind: str, shelf: ListingServer, limit: int | None) -> Pager[Item]:
    """A listing of a kind at a shelf."""
    make, is_by_time = LISTINGS[kind]
    return make(shelf.by_time() if is_by_time else shelf, limit)


@KINDS
@given(steps=STEPS, limit=LIMITS, cap=st.sampled_from([7, 10]), recent=st.integers(0, 70))
def test_every_row_comes_once_and_in_order(
    kind: str, steps: list[tuple[int, int]], limit: int, cap: int, recent: int
) -> None:
    """Newest first, no gap and no repeat at equal times, whatever the page size and wherever the recent ones end."""
    rows = rows_of(steps)
    pager = pager_of(kind, ListingServer(rows, recent=recent, cap=cap), limit)
    assert found(pager) == rows
    assert found(pager.oldest_first()) == rows[::-1]


@pytest.mark.parametrize("kind", ["items", "events", "range"])
@pytest.mark.parametrize("limit", [1, 3, 7])
def test_a_cursor_whose_row_comes_again_repeats_nothing(kind: str, limit: int) -> None:
    """A few endpoints give the row at the cursor once more."""
    rows = [(n, DAY + n // 2) for n in range(40, 0, -1)]
    assert found(pager_of(kind, ListingServer(rows, recent=9, is_inclusive=True), limit)) == rows


@KINDS
@given(steps=STEPS, limit=LIMITS, recent=st.integers(0, 70), start=st.integers(-2, 40), length=st.integers(1, 40))
def test_a_span_has_its_start_and_not_its_end(
    kind: str, steps: list[tuple[int, int]], limit: int, recent: int, start: int, length: int
) -> None:
    """So that spans that touch share no row."""
    rows, first, last = rows_of(steps), DAY + start, DAY + start + length
    pager = pager_of(kind, ListingServer(rows, recent=recent), limit)
    assert found(pager.between(first, last)) == [row for row in rows if first <= row[1] < last]
    assert found(pager.between(first)) == [row for row in rows if first <= row[1]]
    assert found(pager.between(end=last)) == [row for row in rows if row[1] < last]


@KINDS
@given(data=st.data(), steps=STEPS, limit=LIMITS, recent=st.integers(0, 70))
def test_a_cursor_goes_on_where_it_was_taken(
    kind: str, data: st.DataObject, steps: list[tuple[int, int]], limit: int, recent: int
) -> None:
    """Also in the middle of a page, in the middle of equal times, after JSON, several times, in another process."""
    rows, shelf = rows_of(steps), ListingServer(rows_of(steps), recent=recent)
    had: list[tuple[int, int]] = []
    cursor = None
    while True:
        pager = pager_of(kind, shelf, limit).resume(cursor).limit(data.draw(st.integers(1, 30)))
        part = found(pager)
        if not part:
            break
        had += part
        cursor = json.dumps(pager.cursor)
    assert had == rows


@KINDS
@given(steps=STEPS, limit=LIMITS, known=st.integers(1, 60), again=st.integers(0, 60))
def test_oldest_first_a_cursor_gives_what_came_since(
    kind: str, steps: list[tuple[int, int]], limit: int, known: int, again: int
) -> None:
    """New rows in their order, those of the very millisecond in which one stopped included."""
    rows = rows_of(steps)
    pager = pager_of(kind, ListingServer(rows[::-1][:known][::-1], recent=3), limit).oldest_first()
    had = found(pager)
    if not had:
        return
    for shown in (known + again, len(rows)):
        shelf = ListingServer(rows[::-1][:shown][::-1], recent=3)
        pager = pager_of(kind, shelf, limit).oldest_first().resume(pager.cursor)
        had += found(pager)
    assert had == rows[::-1]


@given(steps=STEPS, limit=LIMITS, counts=st.booleans(), stop=st.integers(1, 60))
def test_numbered_pages_are_walked_to_the_last(
    steps: list[tuple[int, int]], limit: int, counts: bool, stop: int
) -> None:
    """The exchange's own order stays; a cursor is a page and a row of it."""
    rows = rows_of(steps)[::-1]
    pager = ListingServer(rows, counts=counts).shop.iter_numbered(limit=limit)
    assert found(pager) == rows
    assert found(pager.oldest_first()) == rows[::-1]
    part = pager.limit(stop)
    assert found(part) + found(pager.resume(part.cursor)) == rows


def test_numbered_pages_give_no_row_twice_when_rows_are_added_meanwhile() -> None:
    """A row that moved to the next page was had already."""
    shelf = ListingServer([(n, DAY) for n in range(20, 0, -1)])
    pages = shelf.shop.iter_numbered().pages()
    had = next(pages)
    shelf.rows.insert(0, (21, DAY))
    assert [int(row.id or 0) for row in itertools.chain(had, *pages)] == [*range(20, 0, -1)]


def test_rows_in_an_object_are_rows_and_later_pages_are_of_the_same_version() -> None:
    """As in a ranking, whose pages must be of one ranking."""
    shelf = ListingServer([(n, DAY) for n in range(20, 0, -1)], counts=True)
    assert found(shelf.shop.iter_boxes()) == shelf.rows
    assert [params.get("version") for _, params in shelf.calls] == [None, "v1", "v1"]


def test_nothing_is_asked_before_a_row_is_wanted_and_no_more_than_needed() -> None:
    """One request for the first rows; each iteration starts anew."""
    shelf = ListingServer([(n, DAY) for n in range(50, 0, -1)])
    pager = shelf.shop.iter_items()
    assert shelf.calls == []
    assert next(iter(pager)).id == next(iter(pager)).id == "50"
    shelf.calls.clear()
    assert len(pager.limit(7).to_list()) == 7
    assert found(pager.limit(0)) == []
    assert [name for name, _ in shelf.calls] == ["get_recent", "get_old"]


def test_the_walk_only_moves_to_older_rows() -> None:
    """``before`` alone would bring the newest page for ever; the caller's one ends the walk on our side."""
    shelf = ListingServer([(n, DAY + n) for n in range(50, 0, -1)])
    assert found(shelf.shop.iter_items(after="40", before="20")) == [(n, DAY + n) for n in range(39, 20, -1)]
    assert all("before" not in params for _, params in shelf.calls)
    shelf.by_time()
    events = shelf.shop.iter_events(after=str(DAY + 40), before=str(DAY + 20))
    assert found(events) == [(n, DAY + n) for n in range(39, 20, -1)]
    span = shelf.shop.iter_span(begin=DAY + 20, end=DAY + 40)
    assert found(span) == [(n, DAY + n) for n in range(40, 19, -1)]
    assert found(span.between(DAY + 10, DAY + 30)) == [(n, DAY + n) for n in range(29, 19, -1)]


def test_the_history_goes_on_where_the_recent_rows_end() -> None:
    """Each endpoint is asked for its part; none of it twice."""
    shelf = ListingServer([(n, DAY) for n in range(30, 0, -1)], recent=17)
    assert len(found(shelf.shop.iter_items())) == 30
    asked = [(name, params.get("after")) for name, params in shelf.calls]
    assert asked == [
        ("get_recent", None),
        ("get_recent", "24"),
        ("get_recent", "17"),
        ("get_old", "14"),
        ("get_old", "7"),
    ]


def test_an_endpoint_that_does_not_know_a_given_parameter_is_left_out() -> None:
    """It would bring rows that were not asked for."""
    shelf = ListingServer([(n, DAY) for n in range(20, 0, -1)], recent=10)
    assert len(found(shelf.shop.iter_items(color="red"))) == 20
    assert {name for name, _ in shelf.calls} == {"get_old"}


def test_a_walk_by_id_can_begin_at_a_time() -> None:
    """Where the endpoint takes either: nothing newer than the end is read."""
    shelf = ListingServer([(n, DAY + n // 3) for n in range(90, 0, -1)])
    found(shelf.shop.iter_sought().between(end=DAY + 10))
    cursors = [(params["kind"], params["after"]) for _, params in shelf.calls]
    assert cursors[:2] == [("time", str(DAY + 10)), ("id", "23")]
    with pytest.raises(ConfigError, match="kind"):
        shelf.shop.iter_sought("time").between(end=DAY)


def test_a_span_begins_at_its_end() -> None:
    """Where the cursor is a time, nothing newer is read."""
    shelf = ListingServer([(n, DAY + n) for n in range(50, 0, -1)]).by_time()
    assert len(found(shelf.shop.iter_events().between(DAY + 5, DAY + 10))) == 5
    assert {params["after"] for name, params in shelf.calls if name == "get_old"} == {str(DAY + 10)}


def test_a_cap_below_what_is_asked_for_ends_nothing() -> None:
    """A short page of a round number of rows may be full: one more request tells."""
    shelf = ListingServer([(n, DAY) for n in range(33, 0, -1)], cap=10)
    assert found(shelf.shop.iter_wide()) == shelf.rows
    assert [params["limit"] for _, params in shelf.calls] == ["100"] * 4


def test_more_rows_of_one_time_than_a_page_can_bring_are_an_error() -> None:
    """Not a silent gap. What could be read is given first; a small page is made larger before giving up."""
    shelf = ListingServer([(9, DAY + 1), *((n, DAY) for n in range(8, 0, -1)), (0, DAY - 1)]).by_time()
    had: list[str | None] = []
    with pytest.raises(OkxError, match=f"ts {DAY}") as caught:
        had.extend(row.id for row in shelf.shop.iter_events(limit=3))
    assert had == ["9", "8", "7", "6", "5", "4", "3", "2"]
    assert caught.value.hint
    del shelf.rows[1:3]
    assert len(found(shelf.shop.iter_events(limit=3))) == 8


def test_equal_rows_are_all_given() -> None:
    """Two rows that are the same in every field are two rows, on the edge of a page too."""
    rows = [(5, DAY + 1)] * 6 + [(4, DAY)] * 6 + [(3, DAY - 1)] * 3
    pager = ListingServer(rows).by_time().shop.iter_bare()
    assert found(pager) == rows
    part = pager.oldest_first().limit(5)
    assert found(part) + found(pager.oldest_first().resume(part.cursor)) == rows[::-1]


def test_a_row_without_cursor_is_named() -> None:
    """A listing that cannot go on says why."""

    class Odd(ListingServer):
        def run(self, endpoint: Any, arguments: Any) -> Any:
            return [Item.from_wire({"id": ""})]

    with pytest.raises(DecodeError, match="id"):
        Odd([]).shop.iter_items().to_list()


def test_a_cursor_of_something_else_is_refused() -> None:
    """Another listing, other parameters, the other direction, and what is no cursor at all."""
    shop = ListingServer([(n, DAY) for n in range(20, 0, -1)]).shop
    pager = shop.iter_items("a").limit(3)
    pager.to_list()
    cursor = pager.cursor
    assert cursor is not None
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: shop.iter_range().resume(cursor), "get_range"),
        (lambda: shop.iter_items("b").resume(cursor), "parameters"),
        (lambda: shop.iter_items("a").oldest_first().resume(cursor), "newest_first"),
        (lambda: shop.iter_items("a").resume(cursor).oldest_first(), "newest_first"),
        (lambda: shop.iter_items("a").resume({**cursor, "key": "x"}), "key"),
        (lambda: shop.iter_items("a").resume("nonsense"), "no cursor"),
        (lambda: shop.iter_items("a").resume("[1]"), "no cursor"),
        (lambda: shop.iter_numbered().oldest_first().resume(cursor), "oldest_first"),
    ]
    for other, word in refused:
        with pytest.raises(ConfigError, match=word):
            other()
    assert len(found(shop.iter_items("a").resume(cursor))) == 17


def test_before_the_first_row_the_cursor_is_what_was_resumed() -> None:
    """So that a run that finds nothing new can save its cursor all the same."""
    shelf = ListingServer([(2, DAY), (1, DAY)])
    pager = shelf.shop.iter_items()
    assert pager.cursor is None
    first = next(iter(pager))
    assert first.id == "2"
    since = shelf.shop.iter_items().oldest_first()
    assert len(since.to_list()) == 2
    later = shelf.shop.iter_items().oldest_first().resume(since.cursor)
    assert later.to_list() == []
    assert later.cursor == since.cursor


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        (datetime(2026, 1, 1), None, "time zone"),
        (1_700_000_000, None, "seconds"),
        ("2026-01-01", None, "start"),
        (True, None, "start"),
        (None, 1.5, "end"),
        (DAY, DAY, "before end"),
    ],
)
def test_times_that_could_be_misread_are_refused(start: Any, end: Any, word: str) -> None:
    """Naive datetimes, seconds, texts, floats, and spans without anything in them."""
    with pytest.raises(ConfigError, match=word):
        ListingServer([]).shop.iter_items().between(start, end)


def test_datetimes_are_exact() -> None:
    """To the millisecond, before and after the epoch."""
    assert in_ms("start", datetime(2026, 1, 1, 0, 0, 0, 1999, tzinfo=UTC)) == 1_767_225_600_001
    assert in_ms("start", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)) == -1000


def test_what_a_listing_cannot_do_is_refused_at_once() -> None:
    """Times of rows without any, unknown words, wrong types, a page of nothing."""
    shop = ListingServer([]).shop
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: shop.iter_nameless().between(DAY), "no time"),
        (lambda: shop.iter_numbered().between(DAY), "by time"),
        (lambda: shop.iter_items(limit=0).to_list(), "limit"),
        (lambda: shop.iter_items().limit(-1), "limit"),
        (lambda: shop.iter_items().limit(2.5), "limit cannot be 2.5.*whole number"),  # type: ignore[arg-type]
        (lambda: shop.iter_items(after=0.5), "after"),  # type: ignore[arg-type]
    ]
    for ask, word in refused:
        with pytest.raises(ConfigError, match=word):
            ask()
    with pytest.raises(TypeError, match="colour"):
        shop.iter_items(colour="red")  # type: ignore[call-arg]


def test_help_shows_the_endpoint() -> None:
    """Its parameters and its text, under the name of the pager."""
    import inspect

    method = ListingServer([]).shop.iter_items
    assert list(inspect.signature(method).parameters) == ["kind", "color", "after", "before", "limit"]
    assert method.__name__ == "iter_items"
    assert "All rows." in (method.__doc__ or "")
    shown = repr(method("a").between(DAY, DAY + 1).oldest_first().limit(3))
    assert shown == f"<Pager shop.get_old, from {DAY} to {DAY + 1}, oldest first, at most 3>"


# -- progress --------------------------------------------------------------------------------------


def test_progress_counts_rows_or_the_share_of_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows are the same with and without it."""
    shelf = ListingServer([(n, DAY + n) for n in range(50, 0, -1)])
    pager = shelf.shop.iter_items()
    assert found(pager.progress()) == shelf.rows
    assert "shop.get_old: 50 rows" in capsys.readouterr().err
    assert len(found(pager.progress("some").limit(20))) == 20
    assert "20/20" in capsys.readouterr().err
    for turned in (pager, pager.oldest_first()):
        assert len(found(turned.between(DAY + 1, DAY + 51).progress("span"))) == 50
        assert "span: 100%" in capsys.readouterr().err


def test_without_the_extra_progress_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error with the command, before anything is read."""
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ConfigError, match=r"okx_sync\[progress\]"):
        ListingServer([]).shop.iter_items().progress()
