"""``Pager``: every row of a listing, however many requests that takes, as something to iterate.

::

    for fill in client.trade.iter_fills("SWAP").between(start, end):
        ...

A pager asks for nothing until it is iterated, and starts anew each time. Its methods return changed copies.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from attrs import define, evolve, field, frozen

from okx_sync.errors import ConfigError
from okx_sync.lazy import drawn_by
from okx_sync.rest.pagination.traversal import Chunk, time_of
from okx_sync.rows.row_list import RowList

__all__ = ["Moment", "Pager", "PagerRequest", "Reading", "in_ms"]

R = TypeVar("R")

Moment = int | datetime
"""A time: ms since the epoch, or a datetime that knows its time zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Any date in ms that this late or later is after March 1973; a date in seconds is not before the year 5138.
_SECONDS_LIKE = 100_000_000_000


@frozen
class PagerRequest:
    """What a pager was asked for. Times in ms; ``start`` is included, ``end`` is not."""

    start: int | None = None
    end: int | None = None
    is_oldest_first: bool = False
    resume: Mapping[str, Any] | None = None


class Reading(Protocol[R]):
    """A listing with its parameters, ready to be read."""

    @property
    def name(self) -> str:
        """What the rows are, for errors and progress."""

    @property
    def time(self) -> str:
        """The field with a row's time in ms; empty when there is none."""

    def check(self, wish: PagerRequest) -> None:
        """Raise ConfigError for a wish that this listing cannot fulfil."""

    def chunks(self, wish: PagerRequest) -> Iterator[Chunk[R]]:
        """Return the wanted rows, newest first; asks for them as it goes."""

    def turned(self, wish: PagerRequest, rows: list[R]) -> Chunk[R]:
        """Return all the ``rows`` in one chunk, oldest first; they come newest first."""

    def cursor(self, chunk: Chunk[Any], position: int) -> dict[str, Any]:
        """Return what is to be given as ``resume`` to go on behind a row of a chunk."""


@define
class _Spot:
    """The row that was handed out last."""

    chunk: Chunk[Any] | None = None
    position: int = -1


@frozen(eq=False, repr=False)
class Pager(Generic[R]):
    """The rows of a listing, newest first, without repeats and gaps. Lazy; iterate it as often as you like.

    Iterating raises what the calls raise, and OkxError when more rows share a timestamp than one request brings.
    """

    _reading: Reading[R]
    _wish: PagerRequest = field(factory=PagerRequest)
    _most: int | None = None
    _bar: Callable[[], _Bar] | None = None
    _spot: _Spot = field(factory=_Spot, init=False)

    # -- what is wanted --------------------------------------------------------------------------------

    def between(self, start: Moment | None = None, end: Moment | None = None) -> Pager[R]:
        """Take rows with ``start <= time < end`` only, either end open when left out.

        Times are ms since the epoch or datetimes with a time zone. Raises ConfigError for a datetime without one,
        for an empty span, and for listings whose rows have no time.
        """
        first, last = in_ms("start", start), in_ms("end", end)
        if first is not None and last is not None and first >= last:
            raise ConfigError(f"start ({first}) must be before end ({last})")
        return self._with(evolve(self._wish, start=first, end=last))

    def oldest_first(self) -> Pager[R]:
        """Take the same rows the other way round.

        All are read before the first is handed out: set a ``start``.
        """
        return self._with(evolve(self._wish, is_oldest_first=True))

    def limit(self, most: int) -> Pager[R]:
        """Take at most ``most`` rows."""
        if type(most) is not int or most < 0:
            raise ConfigError(f"limit cannot be {most!r}", hint="how many rows, as a whole number")
        return evolve(self, most=most)

    def resume(self, cursor: Mapping[str, Any] | str | None) -> Pager[R]:
        """Go on behind the row where ``cursor`` was taken, in this process or another; None starts at the beginning.

        Newest first, older rows follow. With ``oldest_first`` newer rows follow: those that came since.

        Raises ConfigError when the cursor is of another listing, of other parameters or of the other direction.
        """
        return self._with(evolve(self._wish, resume=_cursor(cursor)))

    def progress(self, label: str | None = None) -> Pager[R]:
        """Show a progress bar while reading. Needs the extra ``progress``; raises ConfigError without it.

        The bar has an end when there is a ``limit``, or a ``start`` and rows have a time.
        """
        try:
            make = importlib.import_module("tqdm.auto").tqdm
        except ImportError:
            raise ConfigError("progress needs tqdm", hint='pip install "okx_sync[progress]"') from None
        return evolve(self, bar=lambda: _Bar(make, label or self._reading.name))

    def _with(self, wish: PagerRequest) -> Pager[R]:
        self._reading.check(wish)
        return evolve(self, wish=wish)

    # -- reading ---------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[R]:
        for chunk in self._chunks():
            for position, row in enumerate(chunk.rows):
                self._spot.chunk, self._spot.position = chunk, position
                yield row

    def pages(self) -> Iterator[list[R]]:
        """Yield the rows in lists, one for each request that brought any (with ``oldest_first`` all in one)."""
        for chunk in self._chunks():
            self._spot.chunk, self._spot.position = chunk, len(chunk.rows) - 1
            yield RowList(chunk.rows)

    def to_list(self) -> list[R]:
        """Read all rows."""
        return RowList(self)

    @property
    def time(self) -> str:
        """The field with a row's time in ms; empty when there is none."""
        return self._reading.time

    @property
    def cursor(self) -> dict[str, Any] | None:
        """Where the last iteration stands, for ``resume``: a small dict that JSON can hold.

        It counts the row that was handed out last as done. None before the first row.
        """
        if self._spot.chunk is None:
            return None if self._wish.resume is None else dict(self._wish.resume)
        return self._reading.cursor(self._spot.chunk, self._spot.position)

    _repr_html_ = drawn_by("client_pictures", "pager_picture")

    def __repr__(self) -> str:
        wish = self._wish
        parts = [] if wish.start is None and wish.end is None else [f"from {wish.start} to {wish.end}"]
        parts += ["oldest first"] * wish.is_oldest_first + [f"at most {self._most}"] * (self._most is not None)
        return f"<Pager {self._reading.name}{', ' if parts else ''}{', '.join(parts)}>"

    def _chunks(self) -> Iterator[Chunk[R]]:
        """Yield chunks that have rows, in the wanted order, cut at the limit."""
        self._spot.chunk = None
        left = self._most
        chunks = self._watched() if left != 0 else iter(())
        if self._wish.is_oldest_first:
            every = [row for chunk in chunks for row in chunk.rows]
            chunks = iter([self._reading.turned(self._wish, every)])
        for chunk in chunks:
            rows = chunk.rows[:left]
            if rows:
                yield evolve(chunk, rows=rows)
            if left is not None:
                left -= len(rows)
                if left == 0:
                    return

    def _watched(self) -> Iterator[Chunk[R]]:
        """Yield chunks as they come, shown on the progress bar."""
        bar = self._bar() if self._bar else None
        try:
            for chunk in self._reading.chunks(self._wish):
                if bar is not None:
                    bar.move(chunk.rows, self._wish, self._most, self._reading.time)
                yield chunk
        finally:
            if bar is not None:
                bar.close()


class _Bar:
    """A progress bar: counts rows, up to the limit if there is one; else the share of the time if it has a start."""

    def __init__(self, make: Callable[..., Any], label: str) -> None:
        self._make = make
        self._label = label
        self._shown: Any = None
        self._newest: int | None = None
        self._rows = 0

    def move(self, rows: Sequence[Any], wish: PagerRequest, most: int | None, time: str) -> None:
        """Take in the rows of a request."""
        self._rows += len(rows)
        most = None if wish.is_oldest_first else most  # the limit does not shorten the reading then
        times = [at for row in rows if (at := time_of(row, time)) is not None] if time else []
        self._newest = wish.end or self._newest or max(times, default=None)
        is_timed = most is None and wish.start is not None and bool(time)
        if self._shown is None:
            unit = "%" if is_timed else " rows"
            self._shown = self._make(desc=self._label, total=100 if is_timed else most, unit=unit)
        if not is_timed:
            # A request may bring more than is wanted of it.
            self._shown.update(len(rows) if most is None else min(len(rows), most - self._shown.n))
        elif times and wish.start is not None and self._newest is not None:
            share = (self._newest - min(times)) / max(1, self._newest - wish.start)
            self._shown.update(max(0, round(100 * share) - self._shown.n))
            self._shown.set_postfix_str(f"{self._rows} rows")

    def close(self) -> None:
        """Leave it as it stands."""
        if self._shown is not None:
            self._shown.close()


def in_ms(name: str, moment: Moment | None) -> int | None:
    """Return a time in ms since the epoch. Raises ConfigError naming the parameter."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        if moment.utcoffset() is None:
            raise ConfigError(
                f"{name} is a datetime without a time zone", hint="datetime(..., tzinfo=UTC) or .astimezone()"
            )
        return (moment - _EPOCH) // timedelta(milliseconds=1)
    if isinstance(moment, bool) or not isinstance(moment, int):
        raise ConfigError(f"{name} must be ms (int) or a datetime, not {type(moment).__name__}")
    if 0 < moment < _SECONDS_LIKE:
        raise ConfigError(f"{name}={moment} looks like seconds", hint="times are ms since the epoch: multiply by 1000")
    return moment


def _cursor(given: Mapping[str, Any] | str | None) -> Mapping[str, Any] | None:
    if given is None:
        return None
    try:
        found = json.loads(given) if isinstance(given, str) else dict(given)
    except (TypeError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise ConfigError("this is no cursor", hint="give what .cursor gave, as a dict or as JSON text")
    return found
