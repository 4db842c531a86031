# mypy: disable-error-code="empty-body"
"""Listings whose pages have numbers: their two vocabularies, times, ends, cursors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from okx_sync.errors import ConfigError, OkxError
from okx_sync.rest import Endpoint, Group, get, paged
from okx_sync.rows import Row, model

NOW: Final = 1_700_000_000_000


@model
class Settlement(Row):
    """A row with a time."""

    ts: int | None = None


class Ledger(Group, group="ledger"):
    """The same rows by ``page`` and by ``page_no``; the second ones can be chosen by their time."""

    @get("/plain")
    def get_plain(self, page: int | None = None, limit: int | None = None) -> list[Settlement]:
        """Pages."""

    iter_plain = paged(get_plain, same="ts", most=4)

    @get("/timed")
    def get_timed(self, page_no: int | None = None, page_size: int | None = None) -> list[Settlement]:
        """Pages."""

    iter_timed = paged(get_timed, same="ts", time="ts", most=4)


class Server:
    """Has ten rows, newest first."""

    def __init__(self) -> None:
        self.times = [NOW - n for n in range(10)]
        self.asked: list[tuple[str, str]] = []
        self.ledger = Ledger(self)

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Answer with the rows of a page."""
        params, _ = endpoint.to_wire(arguments)
        page, size = (
            str(params.get(one, params.get(other))) for one, other in (("page", "pageNo"), ("limit", "pageSize"))
        )
        self.asked.append((page, size))
        first = (int(page) - 1) * int(size)
        return [Settlement.from_wire({"ts": str(at)}) for at in self.times[first : first + int(size)]]

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Answer with the rows, and nothing beside them."""
        return self.run(endpoint, arguments), {}


@pytest.mark.parametrize("name", ["iter_plain", "iter_timed"])
def test_all_pages_are_read(name: str) -> None:
    """Until one is short, each with as many rows as a request can bring."""
    server = Server()
    assert [row.ts for row in getattr(server.ledger, name)()] == server.times
    assert server.asked == [("1", "4"), ("2", "4"), ("3", "4")]


def test_the_callers_own_page_is_the_first() -> None:
    """And a page has as many rows as the caller says."""
    server = Server()
    assert [row.ts for row in server.ledger.iter_timed(page_no=2, page_size=3)] == server.times[3:]
    assert server.asked == [("2", "3"), ("3", "3"), ("4", "3")]
    with pytest.raises(ConfigError, match="limit"):
        list(server.ledger.iter_timed(page_size=0))


def test_rows_are_chosen_by_their_time() -> None:
    """``start`` is in it, ``end`` is not; what is older is not asked for."""
    server = Server()
    rows = server.ledger.iter_timed().between(NOW - 6, NOW - 2)
    assert [row.ts for row in rows] == server.times[3:7]
    assert [page for page, _ in server.asked] == ["1", "2"]
    assert [row.ts for row in server.ledger.iter_timed().between(NOW - 2)] == server.times[:3]
    assert [row.ts for row in server.ledger.iter_timed().between(None, NOW - 7)] == server.times[8:]
    with pytest.raises(ConfigError, match="time"):
        server.ledger.iter_plain().between(NOW)


def test_a_server_that_gives_one_page_for_all_numbers_is_left() -> None:
    """Nothing new for 20 pages in a row is no listing: an error, not requests without an end; its rows come once."""
    server = Server()
    server.times = server.times[:4] * 250
    rows = iter(server.ledger.iter_plain())
    assert [next(rows).ts for _ in range(4)] == server.times[:4]
    with pytest.raises(OkxError, match="no new row on 20 pages"):
        next(rows)
    assert len(server.asked) == 21


def test_a_cursor_goes_on_behind_its_row() -> None:
    """On each row of each page, chosen by time or not."""
    for start in (None, NOW - 8):
        pager = Server().ledger.iter_timed().between(start, NOW - 1)
        every, reading, had = [row.ts for row in pager], iter(pager), []
        for row in reading:
            had.append(row.ts)
            again = Server().ledger.iter_timed().between(start, NOW - 1).resume(pager.cursor)
            assert [*had, *[one.ts for one in again]] == every
