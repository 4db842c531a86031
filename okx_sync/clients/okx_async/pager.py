"""``AsyncPager``: every row of a listing for ``async for``; the reading is done by the synchronous ``Pager``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

from okx_sync.clients.okx_async.bridge import AsyncTwin, in_thread
from okx_sync.lazy import drawn_by
from okx_sync.live.call_pool import CallPool
from okx_sync.rest import Moment, Pager
from okx_sync.rest.pagination.paged import Paged
from okx_sync.rows import RowList

__all__ = ["AsyncPager", "iterable"]

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


class AsyncPager(Generic[R]):
    """The rows of a listing, newest first, without repeats and gaps: ``async for row in client.iter_fills("SPOT")``.

    Lazy: each request is made when its rows are needed, on a thread of the client. Its methods are those of
    :class:`Pager`, which tells more of each; iterating raises what that one raises.
    """

    def __init__(self, pool: CallPool, pager: Pager[R]) -> None:
        self._pool = pool
        self._pager = pager

    def between(self, start: Moment | None = None, end: Moment | None = None) -> AsyncPager[R]:
        """Take rows with ``start <= time < end`` only, either end open when left out.

        Times are ms or datetimes with a time zone.
        """
        return AsyncPager(self._pool, self._pager.between(start, end))

    def oldest_first(self) -> AsyncPager[R]:
        """Take the same rows the other way round.

        All are read before the first is handed out: set a ``start``.
        """
        return AsyncPager(self._pool, self._pager.oldest_first())

    def limit(self, most: int) -> AsyncPager[R]:
        """Take at most ``most`` rows."""
        return AsyncPager(self._pool, self._pager.limit(most))

    def resume(self, cursor: Mapping[str, Any] | str | None) -> AsyncPager[R]:
        """Go on behind the row where ``cursor`` was taken; None starts at the beginning."""
        return AsyncPager(self._pool, self._pager.resume(cursor))

    def progress(self, label: str | None = None) -> AsyncPager[R]:
        """Show a progress bar while reading."""
        return AsyncPager(self._pool, self._pager.progress(label))

    @property
    def cursor(self) -> dict[str, Any] | None:
        """Where the last iteration stands, for ``resume``. The row that was handed out last counts as done."""
        return self._pager.cursor

    async def __aiter__(self) -> AsyncIterator[R]:
        # As Pager.__iter__ does it, but a thread is needed only for what may ask for the next page.
        chunks, spot = self._pager._chunks(), self._pager._spot
        while (chunk := await self._next(chunks)) is not None:
            for position, row in enumerate(chunk.rows):
                spot.chunk, spot.position = chunk, position
                yield row

    async def pages(self) -> AsyncIterator[list[R]]:
        """Yield the rows in lists, one for each request that brought any (with ``oldest_first`` all in one)."""
        pages = self._pager.pages()
        while (page := await self._next(pages)) is not None:
            yield page

    async def to_list(self) -> list[R]:
        """Read all rows."""
        return RowList([row async for row in self])

    async def _next(self, source: Iterator[T]) -> T | None:
        return await in_thread(self._pool, "get_next_page", lambda: next(source, None))

    _repr_html_ = drawn_by("client_pictures", "pager_picture")

    def __repr__(self) -> str:
        return f"<async {self._pager!r}>"


@overload
def iterable(method: Paged[P, R]) -> Callable[Concatenate[AsyncTwin[Any], P], AsyncPager[R]]: ...
@overload
def iterable(
    method: Callable[Concatenate[S, P], Pager[R]],
) -> Callable[Concatenate[AsyncTwin[S], P], AsyncPager[R]]: ...
def iterable(method: Any) -> Any:
    """Make an ``iter_*`` method of the synchronous twin, for ``async for``. Calling it asks for nothing yet."""

    def call(self: AsyncTwin[Any], /, *args: Any, **kwargs: Any) -> AsyncPager[Any]:
        return AsyncPager(self._pool, method.__get__(self._sync, type(self._sync))(*args, **kwargs))

    if not isinstance(method, Paged):
        return functools.update_wrapper(call, method)
    endpoint = method.endpoints[-1]
    call.__name__ = call.__qualname__ = method.name
    text, signature = inspect.getdoc(endpoint.function), inspect.signature(endpoint.function)
    call.__doc__ = f"Every row of ``{endpoint.name}``, for ``async for``. One page:\n\n{text}"
    cast(Any, call).__signature__ = signature.replace(return_annotation="AsyncPager")
    return call
