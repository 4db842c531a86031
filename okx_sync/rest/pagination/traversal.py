"""Walking a listing from its newest row to its oldest: which request comes next, which rows are new, when it ends.

Pure: rows come in by ``read``, chunks of new rows come out. The rules, for every exchange whose listings give the
newest rows older than a cursor:

* One cursor is moved, towards older rows. The other one ("newer than") alone would give the newest page over and
  over, so it is never sent; the caller's lower bound is kept here.
* A cursor that identifies a row (``key``) is exact. One that several rows may share, a time (``tied``), would lose
  those of its rows that are on the next page: the edge is read again and what was seen of it is left out.
* A short page is the last one, unless its size is round: then it may be cut at a cap that we do not know of, and one
  more request tells.
* Where a listing has a recent and a historic endpoint, the walk goes on in the second from the same cursor.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import orjson
from attrs import evolve, field, frozen

from okx_sync.errors import DecodeError, OkxError

__all__ = ["Bounds", "Chunk", "IdlePages", "Listing", "WalkPosition", "walk"]

R = TypeVar("R")
_ROUND = 10
_MOST_IDLE = 20


@frozen
class Listing:
    """The order of a listing's rows, and what makes a row another one.

    ``key``: the field that goes into the cursor. ``tied``: several rows may have the same. ``same``: the field that
    tells rows with the same key apart (empty: all of the row's text). ``time``: the field of ``between``, in ms;
    empty: there is none. ``most``: rows per request at most. ``what``: its name, for errors.
    """

    key: str
    tied: bool = False
    same: str = ""
    time: str = ""
    most: int = 100
    what: str = "this listing"

    def key_of(self, row: Any) -> int:
        """Return the row's cursor. Raises DecodeError when it has none."""
        value = getattr(row, self.key)
        try:
            return int(value)
        except (TypeError, ValueError):
            problem = f"{self.what} cannot be paged: a row has no number in {self.key}"
            raise DecodeError(problem, text=str(value)) from None

    def identity(self, row: Any) -> str:
        """Return what tells a row from others with the same key."""
        if self.same:
            return str(getattr(row, self.same))
        # Short, since these are kept in cursors; of rows with one timestamp no two meet by accident.
        return hashlib.blake2b(orjson.dumps(row.raw, option=orjson.OPT_SORT_KEYS), digest_size=6).hexdigest()


@frozen
class WalkPosition:
    """Where a walk stands: every row newer than ``edge`` was had, and of its rows those in ``seen``."""

    source: int = 0
    edge: int | None = None
    seen: tuple[str, ...] = ()


@frozen
class Bounds:
    """What is wanted: ``start <= time < end``, and rows newer than ``floor``; None is open."""

    start: int | None = None
    end: int | None = None
    floor: WalkPosition = field(factory=WalkPosition)

    def cut(self, listing: Listing, rows: Sequence[R], left: Counter[str]) -> tuple[list[R], bool]:
        """Return the wanted ones of ``rows`` (newest first), and whether older ones need not be looked at any more.

        ``left``: what is still to come of ``floor.seen``; counted down.
        """
        is_bounded = bool(listing.time) and (self.start is not None or self.end is not None)
        wanted: list[R] = []
        for row in rows:
            if self.floor.edge is not None and (key := listing.key_of(row)) <= self.floor.edge:
                if not listing.tied or key < self.floor.edge:
                    return wanted, True
                if left[listing.identity(row)] > 0:
                    left[listing.identity(row)] -= 1
                    continue
            at = time_of(row, listing.time) if is_bounded else None
            if at is not None and self.start is not None and at < self.start:
                return wanted, True
            if at is None or self.end is None or at < self.end:
                wanted.append(row)
        return wanted, False


def time_of(row: Any, name: str) -> int | None:
    """Return the time of a row; None where it cannot be read, which must not cost the row."""
    try:
        at: int | None = getattr(row, name)
    except DecodeError:
        return None
    return at


@frozen
class Chunk(Generic[R]):
    """Rows in the order in which they are handed out, that came after ``place``; ``is_rising``: oldest first."""

    listing: Listing
    place: WalkPosition
    rows: Sequence[R]
    is_rising: bool = False

    def place_after(self, position: int) -> WalkPosition:
        """Return where the walk stands once ``rows[position]`` is handed out; before all of them with -1."""
        if position < 0:
            return self.place
        key = self.listing.key_of(self.rows[position])
        if not self.listing.tied:
            return WalkPosition(self.place.source, key)
        seen = [] if key != self.place.edge else list(self.place.seen)
        while position >= 0 and self.listing.key_of(self.rows[position]) == key:
            seen.append(self.listing.identity(self.rows[position]))
            position -= 1
        return WalkPosition(self.place.source, key, tuple(seen))


class IdlePages:
    """Counts the pages in a row that had no new row, so that a server which never says "the end" is left."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._count = 0

    def add(self, has_new: bool) -> None:
        """Count a page. Raises OkxError when too many in a row had nothing new."""
        self._count = 0 if has_new else self._count + 1
        if self._count >= _MOST_IDLE:
            raise OkxError(
                f"{self._what} says that more follows, and gave no new row on {self._count} pages in a row",
                hint="ask for it once more, later",
            )


def walk(
    listing: Listing,
    sources: int,
    read: Callable[[WalkPosition, int], Sequence[R]],
    *,
    at: WalkPosition,
    bounds: Bounds,
    size: int,
) -> Iterator[Chunk[R]]:
    """Yield chunks of new rows, newest first, from ``at`` on.

    Parameters: ``sources``: how many endpoints there are, the one with recent rows first; ``read(place, size)``
    asks the endpoint ``place.source`` for up to ``size`` rows not newer than the place's edge.

    Raises OkxError when more rows share a timestamp than a request can bring: going on would lose some.
    """
    left = Counter(bounds.floor.seen)
    while True:
        rows = read(at, size)
        found = _fresh(listing, rows, at)
        wanted, is_done = bounds.cut(listing, found, left)
        yield Chunk(listing, at, wanted)
        if is_done:
            return
        here = Chunk(listing, at, found).place_after(len(found) - 1)
        has_moved = here.edge != at.edge
        if len(rows) < size and (len(rows) % _ROUND or not rows or not has_moved):
            if here.source + 1 >= sources:
                return
            here = evolve(here, source=here.source + 1)
        elif not has_moved:
            if size >= listing.most:
                raise OkxError(
                    f"{listing.what} does not go on at {listing.key} {at.edge}: {size} rows or more have the same",
                    hint="narrow the listing with its other parameters, or ask for the rest with between(end=...)",
                )
            size = listing.most
        at = here


def _fresh(listing: Listing, rows: Sequence[R], at: WalkPosition) -> list[R]:
    """Return ``rows`` newest first, without those of the pages before."""
    keyed = sorted(((listing.key_of(row), row) for row in rows), key=lambda pair: pair[0], reverse=True)
    if at.edge is None:
        return [row for _, row in keyed]
    if not listing.tied:
        return [row for key, row in keyed if key < at.edge]
    left = Counter(at.seen)
    fresh: list[R] = []
    for key, row in keyed:
        if key == at.edge and left[identity := listing.identity(row)] > 0:
            left[identity] -= 1
        elif key <= at.edge:
            fresh.append(row)
    return fresh
