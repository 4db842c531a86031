# mypy: disable-error-code="empty-body"
"""Listings that are followed by tokens: windows of time, pages, ends, cursors."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import pytest

from okx_sync.errors import ConfigError, OkxError
from okx_sync.rest import Endpoint, Group, Tokens, Windows, get, paged
from okx_sync.rows import Row, model

DAY = 86_400_000
TOKENS = Tokens("cursor", beside="next")


@model
class Event(Row):
    """A row with an id and a time."""

    id: str | None = None
    ts: int | None = None


class Log(Group, group="log"):
    """Listings with tokens: plain, in windows, and by the id of the last row."""

    @get("/plain")
    def get_plain(self, kind: str | None = None, cursor: str | None = None, limit: int | None = None) -> list[Event]:
        """Pages."""

    iter_plain = paged(get_plain, tokens=TOKENS, time="ts", most=2)

    @get("/spans")
    def get_spans(
        self,
        start_time: int | None = None,
        end_time: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """Pages of at most seven days."""

    iter_spans = paged(get_spans, tokens=TOKENS, windows=Windows("start_time", "end_time", 7, 30), time="ts", most=2)

    @get("/ids")
    def get_ids(self, id_less_than: str | None = None, limit: int | None = None) -> list[Event]:
        """Pages by the last id."""

    iter_ids = paged(get_ids, tokens=Tokens("id_less_than", beside="endId", row="id"), most=2)


class Server:
    """Has rows, newest first, and gives two of them for a request of seven days at most."""

    def __init__(self, times: list[int]) -> None:
        self.times = sorted(times, reverse=True)
        self.asked: list[dict[str, Any]] = []
        self.sticks = False
        self.circles = False
        self.is_endless = False
        self.log = Log(self)

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Carry out a call of the endpoint itself."""
        return self.page(endpoint, arguments)[0]

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Answer with up to two rows, and where the next ones begin."""
        params, _ = endpoint.to_wire(arguments)
        self.asked.append(params)
        first, last = int(params.get("startTime", 0)), int(params.get("endTime", 10**15))
        if self.is_endless:
            return rows(self.times), {"next": f"t{len(self.asked)}"}
        if "startTime" in params:
            assert last - first < 7 * DAY
        found = [at for at in self.times if first <= at <= last]
        if "idLessThan" in params:
            rest = [at for at in found if at < int(params["idLessThan"])]
            return rows(rest[:2]), {}
        begin = int(params.get("cursor", 0))
        following = begin if self.sticks else begin + 2
        if self.circles and following > 4:
            following = 2
        told = {} if endpoint.name == "get_ids" else {"next": str(following) if begin + 2 < len(found) else ""}
        return rows(found[begin : begin + 2]), told


def rows(times: list[int]) -> list[Event]:
    return [Event.from_wire({"id": str(at), "ts": str(at)}) for at in times]


def test_pages_follow_each_other_until_no_token_comes() -> None:
    """An empty token is the end, and the parameters stay."""
    server = Server([1, 2, 3, 4, 5])
    assert [row.ts for row in server.log.iter_plain("x")] == [5, 4, 3, 2, 1]
    assert [call.get("cursor") for call in server.asked] == [None, "2", "4"]
    assert {(call["kind"], call["limit"]) for call in server.asked} == {("x", "2")}


def test_a_span_is_cut_into_windows_that_do_not_overlap() -> None:
    """Each row comes once, those at the edges too; ``start`` is in it, ``end`` is not."""
    now = 1_700_000_000_000
    times = [now - n * DAY for n in range(20)]
    server = Server(times)
    found = [row.ts for row in server.log.iter_spans().between(now - 16 * DAY, now)]
    assert found == times[1:17]
    spans = [(int(call["startTime"]), int(call["endTime"])) for call in server.asked if "cursor" not in call]
    assert spans[0][1] == now - 1
    assert spans[-1][0] == now - 16 * DAY
    assert all(later[0] == earlier[1] + 1 for later, earlier in itertools.pairwise(spans))


def test_without_a_start_it_goes_back_as_far_as_the_exchange() -> None:
    """Thirty days here: five windows, even when one of them is empty."""
    server = Server([])
    assert list(server.log.iter_spans()) == []
    assert len(server.asked) == 5


def test_a_cursor_goes_on_behind_its_row() -> None:
    """In the middle of a page of the second window, in another process."""
    now = 1_700_000_000_000
    server = Server([now - n * DAY for n in range(14)])
    pager = server.log.iter_spans().between(now - 13 * DAY, now + 1)
    reading, had = iter(pager), []
    for _ in range(10):
        had.append(next(reading).ts)
        again = Server(server.times).log.iter_spans().between(now - 13 * DAY, now + 1).resume(pager.cursor)
        assert [*had, *[row.ts for row in again]] == server.times


def test_the_last_id_is_the_token_where_none_is_told() -> None:
    """Until a page is empty."""
    server = Server([1, 2, 3])
    assert [row.ts for row in server.log.iter_ids()] == [3, 2, 1]
    assert [call.get("idLessThan") for call in server.asked] == [None, "2", "1"]


def test_a_token_that_stands_still_is_an_error() -> None:
    """Else the same page would come for ever."""
    server = Server([1, 2, 3, 4, 5])
    server.sticks = True
    with pytest.raises(OkxError, match="again and again"):
        list(server.log.iter_plain().resume({"listing": "log.get_plain", "params": {}, "token": "2", "rows": 0}))


def test_tokens_that_go_in_a_circle_are_an_error() -> None:
    """Else a listing of all that is open would grow until no memory is left."""
    server = Server([1, 2, 3, 4, 5, 6, 7, 8])
    server.circles = True
    with pytest.raises(OkxError, match="again and again"):
        list(itertools.islice(server.log.iter_plain(), 1000))


def test_an_empty_page_that_names_itself_is_the_end() -> None:
    """Some exchanges repeat the last row's id where nothing follows it."""
    server = Server([])
    server.sticks = True
    place = {"listing": "log.get_plain", "params": {}, "token": "2", "rows": 0}
    server.page = lambda endpoint, arguments: ([], {"next": "2"})  # type: ignore[method-assign]
    assert list(server.log.iter_plain().resume(place)) == []


def test_tokens_that_lead_to_nothing_end() -> None:
    """A new token with every page that is empty, or the one before: an error after 20, not requests without an end."""
    for times in ([], [7]):
        server = Server(times)
        server.is_endless = True
        with pytest.raises(OkxError, match="no new row on 20 pages"):
            list(server.log.iter_plain())
        assert len(server.asked) == 20 + len(times)


def test_times_are_given_once() -> None:
    """By the parameters or by ``between``; parameters alone are one window."""
    server = Server([5])
    with pytest.raises(ConfigError, match="between"):
        server.log.iter_spans(start_time=1, end_time=9).between(DAY * 2000, DAY * 2001)
    assert [row.ts for row in server.log.iter_spans(start_time=1, end_time=9)] == [5]
    assert len(server.asked) == 1


def test_oldest_first_turns_all_of_it() -> None:
    """It cannot go on from a cursor: tokens lead one way."""
    server = Server([1, 2, 3])
    assert [row.ts for row in server.log.iter_plain().oldest_first()] == [1, 2, 3]
    with pytest.raises(ConfigError, match="oldest_first"):
        server.log.iter_plain().oldest_first().resume({"listing": "log.get_plain", "params": {}, "rows": 0})


def test_it_ends_where_all_is_older_than_wanted() -> None:
    """Rows come newest first, so the pages behind the first that is too old are not asked for."""
    server = Server([DAY * n for n in range(2000, 2020)])
    found = [row.ts for row in server.log.iter_plain().between(DAY * 2016, DAY * 2019)]
    assert found == [DAY * 2018, DAY * 2017, DAY * 2016]
    assert len(server.asked) == 3
