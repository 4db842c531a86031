"""Listings that are walked by a cursor: an id, or a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import define, evolve

from okx_sync.errors import ConfigError
from okx_sync.rest.pagination.pager import PagerRequest
from okx_sync.rest.pagination.source import Source, number
from okx_sync.rest.pagination.traversal import Bounds, Chunk, Listing, WalkPosition, walk

__all__ = ["Ranged", "Seek"]


class Seek(NamedTuple):
    """How a listing jumps to a place: ``param`` takes the cursor, which is ``by_time`` or ``by_id``.

    So a walk by id can begin at a time.
    """

    param: str
    by_time: str
    by_id: str


class WalkParams(NamedTuple):
    """The parameters by which a listing is walked: ``older`` takes the cursor, ``newer`` is its counterpart.

    ``is_inclusive``: rows at the cursor come as well.
    """

    older: str
    newer: str
    is_inclusive: bool = False


_WAYS = (
    WalkParams("after", "before"),
    WalkParams("end_id", "begin_id"),
    WalkParams("end", "begin", True),
    WalkParams("end_ts", "begin_ts", True),
    WalkParams("end", "start", True),
    WalkParams("end_time", "start_time", True),
)
_SPANS = (("begin", "end"), ("begin_ts", "end_ts"))


@define
class Ranged:
    """A ``Reading`` that goes from the newest row to the oldest."""

    source: Source
    given: Mapping[str, Any]
    listing: Listing
    seek: Seek | None = None
    open_end: bool = False

    @property
    def name(self) -> str:
        """Name of the endpoint that goes back furthest."""
        return self.source.name

    @property
    def time(self) -> str:
        """The field with a row's time."""
        return self.listing.time

    def check(self, wish: PagerRequest) -> None:
        """Refuse times where rows have none, and cursors of other listings or of the other direction."""
        if self.seek is not None and self.seek.param in self.given:
            raise ConfigError(f"{self.seek.param} is chosen by the pager", hint="leave it out, and use between()")
        if (wish.start is not None or wish.end is not None) and not self.time and self._span is None:
            raise ConfigError(f"rows of {self.name} have no time to choose them by")
        if wish.resume is not None:
            self._resumed(wish)

    def chunks(self, wish: PagerRequest) -> Iterator[Chunk[Any]]:
        """Walk, with the bounds of the wish at the exchange where it knows them, else here."""
        way, listing = self._way, self.listing
        fixed = self._plain()
        bounds = Bounds(wish.start, wish.end)
        edge = self._edge(self.given.get(way.older), way.is_inclusive)
        if self._span is not None:
            first, last = self._span
            fixed |= {first: wish.start} if wish.start is not None else {}
            fixed |= {last: wish.end - 1} if wish.end is not None else {}
            bounds = Bounds()
        elif wish.end is not None and listing.key == listing.time:
            below = self._edge(wish.end, is_inclusive=False)
            edge = below if edge is None or below is None else min(edge, below)
        size = self.source.size(self.given, listing.most)
        place, floor = WalkPosition(edge=edge), self._floor(way)
        if wish.resume is not None:
            place, floor = (place, self._resumed(wish)) if wish.is_oldest_first else (self._resumed(wish), floor)

        def read(at: WalkPosition, most: int) -> Sequence[Any]:
            sized = {"limit": most} if self.source.takes("limit") else {}
            return self.source.page(at.source, {**fixed, **self._cursor_at(at, wish), **sized})[1]

        bounds = evolve(bounds, floor=floor)
        return walk(listing, len(self.source.endpoints), read, at=place, bounds=bounds, size=size)

    def turned(self, wish: PagerRequest, rows: list[Any]) -> Chunk[Any]:
        """Return the rows oldest first, behind the floor: a cursor counts those that the resumed one had."""
        floor = WalkPosition() if wish.resume is None else self._resumed(wish)
        return Chunk(self.listing, floor, rows[::-1], is_rising=True)

    def cursor(self, chunk: Chunk[Any], position: int) -> dict[str, Any]:
        """Make the cursor: endpoint, parameters, the row's key and which of the rows that share it are done."""
        at = chunk.place_after(position)
        order = "oldest_first" if chunk.is_rising else "newest_first"
        return self.source.cursor(at.source, self._plain(), order=order, key=at.edge, seen=list(at.seen))

    def _resumed(self, wish: PagerRequest) -> WalkPosition:
        cursor = wish.resume or {}
        index = self.source.check(cursor, self._plain())
        order = "oldest_first" if wish.is_oldest_first else "newest_first"
        if cursor.get("order") != order:
            raise ConfigError(
                f"this cursor goes on {cursor.get('order')}, not {order}",
                hint="call oldest_first() before resume() if the cursor was taken so, and only then",
            )
        return WalkPosition(index, number(cursor, "key"), tuple(map(str, cursor.get("seen", ()))))

    def _cursor_at(self, at: WalkPosition, wish: PagerRequest) -> dict[str, Any]:
        """Return the parameters that ask for what follows a place."""
        way, seek = self._way, self.seek
        if at.edge is None:
            return {} if seek is None or wish.end is None else {seek.param: seek.by_time, way.older: wish.end}
        # Keys that rows share are asked for once more, hence the one: the rest of them may be on the next page.
        after = at.edge + self.listing.tied - way.is_inclusive
        return {way.older: after} if seek is None else {seek.param: seek.by_id, way.older: after}

    def _edge(self, cursor: Any, is_inclusive: bool) -> int | None:
        """Return the edge that asks for rows before ``cursor`` (or at it)."""
        return None if cursor is None else int(cursor) + is_inclusive - self.listing.tied

    def _floor(self, way: WalkParams) -> WalkPosition:
        """Return the key at which the caller's own lower bound ends the walk."""
        cursor = self.given.get(way.newer)
        if cursor is None:
            return WalkPosition()
        return WalkPosition(edge=int(cursor) - way.is_inclusive + self.listing.tied)

    @property
    def _way(self) -> WalkParams:
        ways = [way for way in _WAYS if self.source.takes(way.older)]
        found = next((way for way in ways if way.older == ways[0].older and self.source.takes(way.newer)), ways[0])
        # Asked so, a row at the cursor costs nothing where it comes after all: it is known already.
        return found._replace(is_inclusive=False) if self.open_end else found

    @property
    def _span(self) -> tuple[str, str] | None:
        """The parameters for a span of time, unless the walk itself needs them."""
        return next((span for span in _SPANS if self.source.takes(*span) and self._way.older not in span), None)

    def _plain(self) -> dict[str, Any]:
        """Return the caller's parameters without those that the walk sets."""
        own = {"limit", self._way.older, self._way.newer, self.seek.param if self.seek else ""}
        return {name: value for name, value in self.given.items() if name not in own}
