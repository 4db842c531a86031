"""``paged``: from a declared endpoint that gives one page to a method that gives every row. One line per listing.

::

    iter_fills = paged(get_fills_history, recent=get_fills, key="billId", time="ts")

The method takes the endpoint's own parameters, checked by mypy and completed by editors, and returns a
:class:`Pager`. How the listing pages follows from the names of its parameters: ``after``, ``end_id``, ``end`` or
``end_ts`` (where there is no cursor but these), ``page`` or ``page_no``. ``after`` and ``end_id`` given by the caller
say where to start, ``before`` and ``begin_id`` where to stop, both without that row; ``limit`` is the rows per request.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

from attrs import frozen

from okx_sync.rest.endpoint import Carrier, Endpoint, Group
from okx_sync.rest.pagination.cursors import Ranged, Seek
from okx_sync.rest.pagination.page_numbers import Numbered, PageNumbers
from okx_sync.rest.pagination.pager import Pager
from okx_sync.rest.pagination.source import Source
from okx_sync.rest.pagination.tokens import Tokened, Tokens, Windows
from okx_sync.rest.pagination.traversal import Listing
from okx_sync.timing import Clock

__all__ = ["Paged", "paged"]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@frozen
class _Facts:
    """What a declaration says; see :func:`paged`."""

    key: str
    tied: str
    same: str
    time: str
    most: int
    seek: Seek | None
    carry: Mapping[str, str]
    items: Callable[[Any], Sequence[Any]] | None
    tokens: Tokens | None = None
    windows: Windows | None = None
    open_end: bool = False


class Paged(Generic[P, R]):
    """What :func:`paged` makes: a method of a group that returns pagers."""

    def __init__(self, endpoints: Sequence[Endpoint], facts: _Facts) -> None:
        self.endpoints = tuple(endpoints)
        """What it reads, recent rows first; the last one gives the parameters."""
        self._facts = facts
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, group: None, owner: type) -> Paged[P, R]: ...
    @overload
    def __get__(self, group: Group, owner: type) -> Callable[P, Pager[R]]: ...
    def __get__(self, group: Group | None, owner: type) -> Paged[P, R] | Callable[P, Pager[R]]:
        if group is None:
            return self
        carrier = group._carrier

        def start(*args: P.args, **kwargs: P.kwargs) -> Pager[R]:
            return self._pager(carrier, self.endpoints[-1].bind(args, cast(dict[str, Any], kwargs)))

        # For help() and notebooks: the endpoint's own parameters and text.
        main = self.endpoints[-1]
        start.__name__ = start.__qualname__ = self.name
        start.__doc__ = f"Every row of ``{main.name}``, as a Pager. One page:\n\n{inspect.cleandoc(_text(main))}"
        start.__signature__ = main.signature.replace(return_annotation="Pager")  # type: ignore[attr-defined]
        return start

    def _pager(self, carrier: Carrier, arguments: Mapping[str, Any]) -> Pager[R]:
        given = {name: value for name, value in arguments.items() if value is not None}
        self.endpoints[-1].to_wire(given)  # words and types are refused now, not at the first row
        facts = self._facts
        # One that does not know a given parameter would give rows that are not wanted.
        able = [one for one in self.endpoints if given.keys() <= {param.name for param in one.params}]
        source = Source(carrier, tuple(able), facts.items)
        if (numbers := PageNumbers.of(source)) is not None:
            return Pager(Numbered(source, given, numbers, facts.same, facts.most, facts.carry, facts.time))
        if facts.tokens is not None:
            listing = Listing("", same=facts.same, time=facts.time, most=facts.most, what=source.name)
            now_ms = round(Clock().time() * 1000)
            return Pager(Tokened(source, given, listing, facts.tokens, facts.windows, now_ms))
        listing = Listing(facts.key or facts.tied, bool(facts.tied), facts.same, facts.time, facts.most, source.name)
        return Pager(Ranged(source, given, listing, facts.seek, facts.open_end))


@overload
def paged(
    source: Callable[Concatenate[Any, P], list[R]],
    *,
    recent: Callable[..., list[R]] | None = None,
    key: str = "",
    tied: str = "",
    same: str = "",
    time: str = "",
    most: int = 100,
    seek: Seek | None = None,
    tokens: Tokens | None = None,
    windows: Windows | None = None,
    open_end: bool = False,
) -> Paged[P, R]: ...
@overload
def paged(
    source: Callable[Concatenate[Any, P], list[T]],
    *,
    items: Callable[[T], Sequence[R]],
    tied: str = "",
    most: int = 100,
) -> Paged[P, R]: ...
@overload
def paged(
    source: Callable[Concatenate[Any, P], T],
    *,
    items: Callable[[T], Sequence[R]],
    same: str = "",
    most: int = 100,
    carry: Mapping[str, str] | None = None,
) -> Paged[P, R]: ...
def paged(
    source: Callable[..., Any],
    *,
    recent: Callable[..., Any] | None = None,
    key: str = "",
    tied: str = "",
    same: str = "",
    time: str = "",
    most: int = 100,
    seek: Seek | None = None,
    carry: Mapping[str, str] | None = None,
    items: Callable[[Any], Sequence[Any]] | None = None,
    tokens: Tokens | None = None,
    windows: Windows | None = None,
    open_end: bool = False,
) -> Paged[Any, Any]:
    """Declare the ``iter_*`` method of an endpoint.

    Args:
        source: the endpoint; of two the one that goes back further, whose parameters are the method's.
        recent: the endpoint that has the newest rows, read first.
        key: field of the row that the cursor takes and that no two rows share.
        tied: instead of ``key``, a time in ms that rows may share; it is the row's ``time`` as well.
        same: field that tells rows of one ``tied`` time (or of two numbered pages) apart; default: the whole row.
        time: field in ms for ``between`` where the endpoint has no ``begin`` and ``end``.
        most: rows that a request brings at most.
        seek: how the endpoint jumps to a time although its cursor is an id.
        items: the rows in the object that the endpoint returns.
        tokens: the answer says what the next page is asked with.
        windows: a request of such a listing may span so much time only.
        carry: parameters of the pages after the first, from fields of the first one's object.
        open_end: the time that the cursor goes into is not included, or nobody says whether it is.
    """
    endpoints = [_endpoint(one) for one in (recent, source) if one is not None]
    return Paged(
        endpoints, _Facts(key, tied, same, time or tied, most, seek, carry or {}, items, tokens, windows, open_end)
    )


def _endpoint(method: Callable[..., Any]) -> Endpoint:
    return cast(Endpoint, method.endpoint)  # type: ignore[attr-defined]


def _text(endpoint: Endpoint) -> str:
    return endpoint.function.__doc__ or ""
