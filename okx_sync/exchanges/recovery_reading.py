"""Reading wire rows for the recovery sources of all exchanges."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from okx_sync.protocol.recovery_source import Lack

__all__ = ["Bounded", "bars_from", "check", "ms", "number", "utc"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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


def utc(at_ms: int) -> str:
    """Write a time for people."""
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).isoformat(sep=" ", timespec="seconds")


def bars_from(wanted: int, now_ms: int, most_ms: int) -> tuple[int, tuple[Lack, ...]]:
    """Return from when on the bars of an outage are fetched, and what is left out: only the newest ``most_ms`` are.

    ``wanted``: when the first bar that is missing began, epoch ms.
    """
    start = max(wanted, now_ms - most_ms)
    return start, () if start == wanted else (Lack(start, f"bars before {utc(start)}: there were too many"),)


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
