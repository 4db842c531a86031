"""What OKX's recovery sources ask REST with: filters of a topic, and listings page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from okx_sync.protocol.recovery_source import Fetch

__all__ = ["all_rows", "only"]

_PAGE = 100


def only(args: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the arguments of a topic that REST takes as filters; the stream's "ANY" is no filter."""
    return {name: args[name] for name in names if args.get(name) not in (None, "ANY")}


def all_rows(fetch: Fetch, path: str, params: Mapping[str, Any], cursor: str) -> Iterator[Any]:
    """Yield all rows of a listing, newest first, page by page to its end; ``cursor`` names the id that pages go by."""
    after: dict[str, str] = {}
    while True:
        rows = fetch(path, {**params, "limit": _PAGE, **after})
        yield from rows
        if len(rows) < _PAGE or after == (after := {"after": rows[-1][cursor]}):
            return
