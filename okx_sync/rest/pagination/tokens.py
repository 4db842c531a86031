"""Listings whose answers say what the next page is asked with, cut into windows where a request may span so much only.

Within a window the exchange's order counts, which is newest first; the windows follow each other from the newest to
the oldest, and the last millisecond of one is not in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self

from attrs import define, frozen

from okx_sync.errors import ConfigError, OkxError
from okx_sync.rest.pagination.pager import PagerRequest
from okx_sync.rest.pagination.source import Source, number
from okx_sync.rest.pagination.traversal import Chunk, IdlePages, Listing, WalkPosition, time_of

__all__ = ["Tokened", "Tokens", "Windows"]

_DAY_MS = 86_400_000
_LATER = "ask for it once more, later"


class Windows(NamedTuple):
    """``first``, ``last``: the parameters for a span of time, both included; ``days``: how long it may be at most.

    ``reach_days``: how far back the exchange keeps its rows, which is where a listing without a start ends.
    ``unit_ms``: what the parameters count, 1000 for seconds. ``step_ms``: the exchange looks at whole steps of this
    length only, so that a window ends where a step does.
    """

    first: str
    last: str
    days: int
    reach_days: int
    unit_ms: int = 1
    step_ms: int = 1


class Tokens(NamedTuple):
    """``param`` takes the token. It stands beside the rows as ``beside``, or is the field ``row`` of the last one.

    ``end``: the token that says that no page follows, where that is not an empty one.
    """

    param: str
    beside: str = ""
    row: str = ""
    end: str = ""


@define
class Tokened:
    """A ``Reading`` that follows tokens. A cursor is a window, the token of its page, and how many rows are done."""

    source: Source
    given: Mapping[str, Any]
    listing: Listing
    tokens: Tokens
    windows: Windows | None
    now_ms: int

    @property
    def name(self) -> str:
        """Name of the endpoint."""
        return self.source.name

    @property
    def time(self) -> str:
        """The field with a row's time."""
        return self.listing.time

    def check(self, wish: PagerRequest) -> None:
        """Refuse times where there are none, and cursors of other listings."""
        is_timed = wish.start is not None or wish.end is not None
        if is_timed and self.windows is None and not self.time:
            raise ConfigError(f"rows of {self.name} have no time to choose them by")
        if is_timed and self.windows is not None and {self.windows.first, self.windows.last} & self.given.keys():
            names = f"{self.windows.first} and {self.windows.last}"
            raise ConfigError(f"between() sets {names}", hint="give the times once")
        if wish.resume is not None:
            if wish.is_oldest_first:
                raise ConfigError(f"{self.name} cannot resume with oldest_first: its pages have tokens only")
            self.source.check(wish.resume, self._plain())

    def chunks(self, wish: PagerRequest) -> Iterator[Chunk[Any]]:
        """Read window by window, page by page."""
        place = wish.resume or {}
        token, skip = place.get("token"), number(place, "rows") if place else 0
        for first, last in self._spans(wish, place):
            span, seen, idle = self._span(first, last), set[str | None](), IdlePages(self.name)
            before: list[Any] = []
            while True:
                seen.add(token)
                rows, told = self._page(span, token)
                page = [row.raw for row in rows]
                idle.add(page not in ([], before) or told is None)
                before = page
                if told in seen and told is not None:
                    raise OkxError(f"{self.name} gives the same pages again and again", hint=_LATER)
                wanted = [row for row in rows[skip:] if self._is_wanted(row, wish)]
                # What a cursor needs of the page goes along with its rows.
                listing = _Page.of(self.listing, last, token, rows)
                yield Chunk(listing, WalkPosition(0, len(rows)), wanted)
                skip = 0
                if not told or self._is_before(rows, wish):
                    break
                token = told
            token = None

    def turned(self, wish: PagerRequest, rows: list[Any]) -> Chunk[Any]:  # noqa: ARG002
        """Turn all rows round."""
        return Chunk(_Page.of(self.listing, None, None, rows[::-1]), WalkPosition(), rows[::-1])

    def cursor(self, chunk: Chunk[Any], position: int) -> dict[str, Any]:
        """Return the end of the window, the page's token, and how many of its rows are done."""
        page = chunk.listing
        assert isinstance(page, _Page)
        done = 0
        if position >= 0:
            last = chunk.rows[position]
            done = 1 + next(number for number, row in enumerate(page.rows) if row is last)
        return self.source.cursor(0, self._plain(), end=page.last, token=page.token, rows=done)

    def _page(self, span: Mapping[str, Any], token: str | None) -> tuple[Sequence[Any], str | None]:
        size = {"limit": self.source.size(self.given, self.listing.most)} if self.source.takes("limit") else {}
        asked = {**self.given, **span, **size, **({self.tokens.param: token} if token else {})}
        rows, beside = self.source.told_page(asked)
        if self.tokens.beside and self.tokens.beside in beside:
            told = beside[self.tokens.beside]
        else:
            told = getattr(rows[-1], self.tokens.row) if rows and self.tokens.row else None
        if told and self.tokens.end and str(told) == self.tokens.end:
            told = None
        if told and token and told == token:
            if not rows:  # the end, where nothing follows the last row
                return rows, None
            raise OkxError(f"{self.name} gives the same page again and again", hint=_LATER)
        return rows, str(told) if told else None

    def _spans(self, wish: PagerRequest, place: Mapping[str, Any]) -> Iterator[tuple[int | None, int | None]]:
        """First and last millisecond of each window, newest first."""
        windows = self.windows
        if windows is None or {windows.first, windows.last} & self.given.keys():
            yield None, None
            return
        end = self.now_ms if wish.end is None else wish.end - 1
        oldest = self.now_ms - windows.reach_days * _DAY_MS
        start = oldest if wish.start is None else wish.start
        last = number(place, "end") if place else end
        while last >= start:
            first = max(start, last - windows.days * _DAY_MS + 1)
            if first > start:
                first += -first % max(windows.step_ms, windows.unit_ms)
            yield first, last
            last = first - 1

    def _span(self, first: int | None, last: int | None) -> dict[str, Any]:
        if self.windows is None or first is None or last is None:
            return {}
        unit = self.windows.unit_ms
        return {self.windows.first: first // unit, self.windows.last: last // unit}

    def _is_before(self, rows: Sequence[Any], wish: PagerRequest) -> bool:
        """Whether a page is older than what is wanted, and all that follow it."""
        if wish.start is None or not self.time:
            return False
        times = [time_of(row, self.time) for row in rows]
        return bool(times) and all(at is not None and at < wish.start for at in times)

    def _is_wanted(self, row: Any, wish: PagerRequest) -> bool:
        at = time_of(row, self.time) if self.time else None
        return at is None or ((wish.start is None or at >= wish.start) and (wish.end is None or at < wish.end))

    def _plain(self) -> dict[str, Any]:
        return {name: value for name, value in self.given.items() if name not in ("limit", self.tokens.param)}


@frozen
class _Page(Listing):
    """The listing, with the page that a chunk is of."""

    last: int | None = None
    token: str | None = None
    rows: Sequence[Any] = ()

    @classmethod
    def of(cls, listing: Listing, last: int | None, token: str | None, rows: Sequence[Any]) -> Self:
        """Return the page of these rows."""
        known = (listing.key, listing.tied, listing.same, listing.time, listing.most, listing.what)
        return cls(*known, last, token, rows)
