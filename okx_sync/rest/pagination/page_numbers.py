"""Listings whose pages have numbers. What is added or removed meanwhile moves rows from page to page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

from attrs import define

from okx_sync.errors import ConfigError
from okx_sync.rest.pagination.pager import PagerRequest
from okx_sync.rest.pagination.source import Source, number
from okx_sync.rest.pagination.traversal import Chunk, IdlePages, Listing, WalkPosition, time_of

__all__ = ["Numbered", "PageNumbers"]


class PageNumbers(NamedTuple):
    """The parameters for the number of the page and for the rows of each."""

    page: str
    size: str

    @classmethod
    def of(cls, source: Source) -> Self | None:
        """Return those of a listing; None where its pages have no numbers."""
        ways = (cls("page", "limit"), cls("page_no", "page_size"))
        return next((way for way in ways if source.takes(way.page)), None)


@define
class Numbered:
    """A ``Reading`` of numbered pages, in the exchange's order.

    A row that moved to the next page is not given twice (``same`` tells rows apart); one that moved to the page before
    is missed, which no client can help. The last page is known by ``totalPage`` or by being short. Where rows have a
    ``time``, they come newest first.
    """

    source: Source
    given: Mapping[str, Any]
    numbers: PageNumbers
    same: str
    most: int
    carry: Mapping[str, str]
    time: str = ""

    @property
    def name(self) -> str:
        """Name of the endpoint."""
        return self.source.name

    def check(self, wish: PagerRequest) -> None:
        """Refuse times, and cursors of other listings."""
        if not self.time and (wish.start is not None or wish.end is not None):
            raise ConfigError(f"rows of {self.name} cannot be chosen by time", hint="see its own parameters")
        if wish.resume is not None:
            if wish.is_oldest_first:
                raise ConfigError(f"{self.name} cannot resume with oldest_first: its pages have numbers only")
            self._start(wish)

    def chunks(self, wish: PagerRequest) -> Iterator[Chunk[Any]]:
        """Read page by page."""
        page, skip = self._start(wish)
        sized = self.numbers.size
        size = self.source.size({"limit": self.given.get(sized, self.most)}, self.most)
        arguments = {**self.given, **({sized: size} if self.source.takes(sized) else {})}
        listing = Listing("", same=self.same, what=self.name)
        had: set[str] = set()
        idle = IdlePages(self.name)
        while True:
            found, rows = self.source.page(0, {**arguments, self.numbers.page: page})
            fresh = [row for row in rows[skip:] if listing.identity(row) not in had]
            had.update(map(listing.identity, fresh))
            idle.add(bool(fresh))
            first, wanted, is_done = self._cut(fresh, wish)
            # Here a place is a page and how many of its first rows are not given.
            yield Chunk(listing, WalkPosition(page, len(rows) - len(fresh) + first), wanted)
            if is_done:
                return
            top = found[0] if isinstance(found, list) and found else found
            pages = getattr(top, "totalPage", None)
            if not rows or (page >= pages if pages is not None else len(rows) < size):
                return
            arguments |= {name: getattr(top, wire) for name, wire in self.carry.items()}
            page, skip = page + 1, 0

    def turned(self, wish: PagerRequest, rows: list[Any]) -> Chunk[Any]:  # noqa: ARG002
        """Return the rows of all pages, the last row of the last page first."""
        return Chunk(Listing("", same=self.same, what=self.name), WalkPosition(), rows[::-1])

    def cursor(self, chunk: Chunk[Any], position: int) -> dict[str, Any]:
        """Make the cursor: the page number, and how many of its rows are done."""
        done = position + 1 + (chunk.place.edge or 0)
        return self.source.cursor(0, self._plain(), page=chunk.place.source, rows=done)

    def _start(self, wish: PagerRequest) -> tuple[int, int]:
        if wish.resume is None:
            return int(self.given.get(self.numbers.page, 1)), 0
        self.source.check(wish.resume, self._plain())
        return number(wish.resume, "page"), number(wish.resume, "rows")

    def _plain(self) -> dict[str, Any]:
        return {name: value for name, value in self.given.items() if name not in (*self.numbers, *self.carry)}

    def _cut(self, rows: list[Any], wish: PagerRequest) -> tuple[int, list[Any], bool]:
        """Return where the wanted ones of rows begin, these, and whether all that follow are too old."""
        start, end = wish.start, wish.end
        times = [time_of(row, self.time) if self.time else None for row in rows]
        first = next((place for place, at in enumerate(times) if end is None or at is None or at < end), len(rows))
        last = next((n for n, at in enumerate(times) if at is not None and start is not None and at < start), len(rows))
        return first, rows[first:last], last < len(rows)
