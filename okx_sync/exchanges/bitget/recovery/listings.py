"""Bitget's listings over a time, page by page: in windows of what one request may ask, as far back as they go.

Pages: "Get Order History", "Get Open Orders", "Get Fill History", "Get Position History" of the API guide for unified
accounts; "Get History Orders", "Get Pending Orders", "Get Order Fill Details", "Get Historical Position" of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from attrs import frozen

from okx_sync.exchanges.recovery_reading import utc
from okx_sync.protocol.recovery_source import Fetch, Lack

__all__ = ["CLASSIC", "UNIFIED", "ListingPages", "forgotten", "unpaged"]

_DAY: Final = 86_400_000
_HOUR: Final = 3_600_000
_ALL: Final = 90 * _DAY
_PAGE: Final = 100
_LATEST_PAGES: Final = 5


@frozen
class ListingPages:
    """How a generation of Bitget's REST lists.

    Args:
        token: Parameter that asks for the next page.
        told: Where an answer tells that.
        span_days: How much one request may ask for.
        ends_short: Whether a page that is not full is the last; the token is told all the same.
    """

    token: str
    told: str
    span_days: int
    ends_short: bool

    def rows(
        self, fetch: Fetch, path: str, key: str, params: Mapping[str, Any], most_pages: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield all rows of a listing, newest first, page by page; ``key``: where an answer has them."""
        token: Any = None
        for _ in range(most_pages) if most_pages else count():
            more = {} if token is None else {self.token: token}
            page = _envelope(fetch(path, {**params, "limit": _PAGE, **more}))
            rows = page.get(key) or ()
            yield from (row for row in rows if isinstance(row, dict))
            before, token = token, page.get(self.told)
            if not rows or not token or token == before or (self.ends_short and len(rows) < _PAGE):
                return

    def since(
        self, fetch: Fetch, path: str, key: str, params: Mapping[str, Any], since_ms: int, now_ms: int
    ) -> Iterator[dict[str, Any]]:
        """Yield the rows since a time, window by window, those of each newest first."""
        for window in self.windows(since_ms, now_ms):
            yield from self.rows(fetch, path, key, {**params, **window})

    def latest(
        self, fetch: Fetch, path: str, key: str, params: Mapping[str, Any], since_ms: int, now_ms: int
    ) -> Iterator[dict[str, Any]]:
        """Yield the newest rows that ``since`` leaves out where Bitget goes by the time of creation; 500 at most."""
        start = now_ms - self.span_days * _DAY + _HOUR
        if start < since_ms:
            yield from self.rows(fetch, path, key, {**params, "startTime": start}, _LATEST_PAGES)

    def windows(self, since_ms: int, now_ms: int) -> Iterator[dict[str, int]]:
        """Yield the times to ask for, oldest first. The last has no end: what happens meanwhile is in it."""
        start, span = max(since_ms, _earliest(now_ms)), self.span_days * _DAY - _HOUR
        while now_ms - start > span:
            yield {"startTime": start, "endTime": start + span}
            start += span
        yield {"startTime": start}


UNIFIED: Final = ListingPages("cursor", "cursor", 30, ends_short=False)
"""V3."""

CLASSIC: Final = ListingPages("idLessThan", "endId", 88, ends_short=True)
"""V2."""


def unpaged(fetch: Fetch, path: str, key: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a listing that has no pages; without rows it may be null."""
    rows = _envelope(fetch(path, params)).get(key) or ()
    return [row for row in rows if isinstance(row, dict)]


def forgotten(what: str, since_ms: int, now_ms: int) -> tuple[Lack, ...]:
    """Return what no listing has of an outage that began then."""
    gone = _earliest(now_ms)
    return (Lack(gone, f"{what} before {utc(gone)}: Bitget lists them for 90 days"),) if since_ms < gone else ()


def _envelope(answer: list[Any]) -> Mapping[str, Any]:
    """Return the object of an answer that has its rows in a field."""
    found = answer[0] if answer else None
    return found if isinstance(found, dict) else {}


def _earliest(now_ms: int) -> int:
    return now_ms - _ALL + _HOUR
