"""Lists in pages: a cursor names the last row of its page, so that what is new does not move the next page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import quote, unquote

from okx_sync.paper.bybit.rest.call import PARAMS, BybitCall, BybitRestError
from okx_sync.paper.venue.types import Row

T = TypeVar("T")
Place = tuple[int, int]


def page(
    call: BybitCall,
    items: Iterable[T],
    place: Callable[[T], Place],
    row: Callable[[T], Row],
    *,
    most: int,
    default: int,
    **beside: str,
) -> Row:
    """Return `list` and `nextPageCursor` of items that come with falling `place` (their date and number)."""
    limit, after = call.integer("limit", default, most), _place(call)
    chosen: list[T] = []
    cursor = ""
    for item in items:
        if after is not None and place(item) >= after:
            continue
        if len(chosen) == limit:
            cursor = _token(place(chosen[-1]))
            break
        chosen.append(item)
    return {**beside, "list": [row(item) for item in chosen], "nextPageCursor": cursor}


def _token(place: Place) -> str:
    """Write a cursor as the exchange does: the token itself holds percent signs."""
    ms, number = place
    return quote(f"{number}:{ms},{number}:{ms}", safe="")


def _place(call: BybitCall) -> Place | None:
    """Read a cursor; it may come as it was told, or percent-encoded like any value."""
    given = call.text("cursor")
    if not given:
        return None
    first, _, _ = unquote(given).partition(",")
    number, _, ms = first.partition(":")
    try:
        return int(ms), int(number)
    except ValueError:
        raise BybitRestError(PARAMS, "params error: cursor invalid") from None
