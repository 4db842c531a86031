"""Reading wire rows and REST pages for the recovery sources."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from okx_sync.protocol.recovery_source import Fetch

__all__ = ["Bounded", "all_rows", "check", "ms", "number", "only", "utc"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_PAGE = 100


def ms(row: Any, *names: str) -> int:
    """Return the first of these times that is there; 0 when none is."""
    for name in names:
        text = row.get(name)
        if text:
            try:
                return int(text)
            except (TypeError, ValueError):
                continue
    return 0


def number(row: Mapping[str, Any], name: str) -> Decimal:
    """Return a number, 0 when it is not there or is none."""
    try:
        found = Decimal(row.get(name) or 0)
    except (InvalidOperation, TypeError, ValueError):
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def check(row: Mapping[str, Any], texts: Iterable[str], amount: str) -> None:
    """Raise ValueError unless these are texts or absent, and ``amount`` is a number or absent.

    What a row does not say clearly must not be remembered as what it said.
    """
    for name in texts:  # written out: each row of account data passes here
        text = row.get(name)
        if type(text) is not str and text is not None:
            raise ValueError
    try:
        if not Decimal(row.get(amount) or 0).is_finite():
            raise ValueError
    except (ArithmeticError, TypeError):
        raise ValueError from None


def only(args: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the arguments of a topic that REST takes as filters; the stream's "ANY" is no filter."""
    return {name: args[name] for name in names if args.get(name) not in (None, "ANY")}


def utc(at_ms: int) -> str:
    """Write a time for people."""
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).isoformat(sep=" ", timespec="seconds")


def all_rows(fetch: Fetch, path: str, params: Mapping[str, Any], cursor: str) -> Iterator[Any]:
    """Yield all rows of a listing, newest first, page by page to its end; ``cursor`` names the id that pages go by."""
    after: dict[str, str] = {}
    while True:
        rows = fetch(path, {**params, "limit": _PAGE, **after})
        yield from rows
        if len(rows) < _PAGE or after == (after := {"after": rows[-1][cursor]}):
            return


class Bounded(OrderedDict[K, V], Generic[K, V]):
    """A dict that forgets the oldest entries when it holds more than ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)
