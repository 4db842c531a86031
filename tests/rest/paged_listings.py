"""A toy exchange whose listings page as real ones do, over rows that a test puts there."""

# mypy: disable-error-code="empty-body"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.rest import Endpoint, Group, Seek, get, paged
from okx_sync.rows import Row, model


@model
class Item(Row):
    """One row."""

    id: str | None = None
    ts: int | None = None
    totalPage: int | None = None


@model
class ItemPage(Row):
    """A page in an object."""

    version: str | None = None
    totalPage: int | None = None
    items: tuple[Item, ...] = ()


class Listings(Group, group="shop"):
    """One listing of each kind."""

    @get("/recent", "1000/1s ip")
    def get_recent(
        self, kind: str | None = None, *, after: str | None = None, before: str | None = None, limit: int | None = None
    ) -> list[Item]:
        """The newest rows."""

    @get("/old", "1000/1s ip")
    def get_old(
        self,
        kind: str | None = None,
        color: str | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[Item]:
        """All rows."""

    iter_items = paged(get_old, recent=get_recent, key="id", time="ts", most=7)
    iter_sought = paged(get_old, key="id", time="ts", most=7, seek=Seek("kind", by_time="time", by_id="id"))
    iter_wide = paged(get_old, key="id", most=100)
    iter_nameless = paged(get_old, key="id", most=7)
    # By a time that rows share; told apart by the id, and by nothing but the row itself.
    iter_events = paged(get_old, recent=get_recent, tied="ts", same="id", most=7)
    iter_bare = paged(get_old, tied="ts", most=7)

    @get("/ranges", "1000/1s ip")
    def get_range(
        self,
        *,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[Item]:
        """By ids, and times at the exchange."""

    iter_range = paged(get_range, key="id", most=7)

    @get("/span", "1000/1s ip")
    def get_span(self, *, begin: int | None = None, end: int | None = None, limit: int | None = None) -> list[Item]:
        """By times only, both included."""

    iter_span = paged(get_span, tied="ts", same="id", most=7)

    @get("/numbered", "1000/1s ip")
    def get_numbered(self, page: int | None = None, limit: int | None = None) -> list[Item]:
        """By page number."""

    iter_numbered = paged(get_numbered, same="id", most=7)

    @get("/boxes", "1000/1s ip")
    def get_boxes(self, version: str | None = None, page: int | None = None) -> ItemPage:
        """By page number, seven rows in an object."""

    iter_boxes = paged(get_boxes, items=lambda box: box.items, same="id", most=7, carry={"version": "version"})


class ListingServer:
    """Carries out the calls over ``rows`` of (id, ts), newest first; ``calls`` are those it got.

    ``recent``: how many rows the recent endpoint has. ``cap``: rows per answer at most, whatever is asked for.
    ``counts``: whether numbered pages tell how many there are. ``is_inclusive``: the row at a cursor comes as well.
    """

    def __init__(
        self,
        rows: Sequence[tuple[int, int]],
        *,
        recent: int = 0,
        cap: int = 7,
        counts: bool = False,
        is_inclusive: bool = False,
    ) -> None:
        self.rows = list(rows)
        self.recent = recent
        self.cap = cap
        self.counts = counts
        self.is_inclusive = is_inclusive
        self.key = 0
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.shop = Listings(self)

    def by_time(self) -> ListingServer:
        """Cursors are times from now on."""
        self.key = 1
        return self

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Carry out a listing."""
        return self.run(endpoint, arguments), {}

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Answer as an exchange would that has these rows."""
        params, _ = endpoint.to_wire(arguments)
        self.calls.append((endpoint.name, params))
        number = {name: int(value) for name, value in params.items() if str(value).isdigit()}
        limit = min(self.cap, number.get("limit", self.cap))
        rows = self.rows[: self.recent] if endpoint.name == "get_recent" else self.rows
        if "page" in {param.name for param in endpoint.params}:
            return self._numbered(endpoint, rows, number.get("page", 1), limit)
        key = 1 if params.get("kind") == "time" else self.key
        begin, end = number.get("begin", 0), number.get("end", 10**18)
        older = number.get("after", number.get("endId", 10**18)) + self.is_inclusive
        found = [row for row in rows if row[key] < older and begin <= row[1] <= end]
        return [item(row) for row in found[:limit]]

    def _numbered(self, endpoint: Endpoint, rows: Sequence[tuple[int, int]], page: int, limit: int) -> Any:
        part = rows[(page - 1) * limit : page * limit]
        pages = str(-(-len(rows) // limit)) if self.counts else ""
        if endpoint.name == "get_boxes":
            wire = [{"id": str(one), "ts": str(ts)} for one, ts in part]
            return ItemPage.from_wire({"version": "v1", "totalPage": pages, "items": wire})
        return [item(row, pages) for row in part]


def item(row: tuple[int, int], pages: str = "") -> Item:
    """A row as it comes off the wire."""
    return Item.from_wire({"id": str(row[0]), "ts": str(row[1]), "totalPage": pages})
