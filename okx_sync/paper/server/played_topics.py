"""The state of a played topic, for those who subscribe in the middle: what a snapshot would tell them now.

Books and other topics whose messages are a snapshot and then changes: OKX's and Bitget's with an `action`, Bybit's with
a `type`. The snapshot is put together of the played messages alone, in their spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

_SIDES = (("asks", "bids"), ("a", "b"))
_CHANGES = ("update", "delta")
_Side = dict[Decimal, Sequence[Any]]


class PlayedTopic:
    """One topic. `snapshot` is None as long as its state is not known: before the first snapshot, behind a hole."""

    def __init__(self) -> None:
        self._kind = ""  # the key that tells snapshots from changes
        self._message: dict[str, Any] | None = None
        self._sides: dict[str, _Side] = {}

    def take(self, text: bytes) -> None:
        """Take the next message in."""
        if b'"action":' not in text and b'"type":' not in text:
            return
        message = orjson.loads(text)
        self._kind = "action" if "action" in message else "type"
        row = _row(message)
        if row is None or message.get(self._kind) not in ("snapshot", *_CHANGES):
            self.forget()
        elif message[self._kind] == "snapshot":
            self._message = message
            self._sides = {name: {} for name in _sides(row)}
            self._merge(row)
        elif self._message is not None and _follows(row, _row(self._message) or {}):
            self._merge(row)
            base = _row(self._message) or {}
            self._message = self._message | message
            self._put(row if self._sides else base | row)
        else:
            self.forget()

    def forget(self) -> None:
        """Note that something is missing: nothing is known before the next snapshot."""
        self._message, self._sides = None, {}

    def snapshot(self) -> bytes | None:
        """Return the message that a new subscriber gets; None for nothing."""
        if self._message is None:
            return None
        row = dict(_row(self._message) or {})
        for name, levels in self._sides.items():
            best_first = sorted(levels, reverse=name in ("bids", "b"))
            row[name] = [levels[price] for price in best_first]
        for name in ("prevSeqId", "pseq"):  # a snapshot follows nothing
            if name in row:
                row[name] = type(row[name])(-1 if name == "prevSeqId" else 0)
        single = isinstance(self._message["data"], dict)
        return orjson.dumps(self._message | {self._kind: "snapshot", "data": row if single else [row]})

    def _put(self, row: dict[str, Any]) -> None:
        assert self._message is not None
        single = isinstance(self._message["data"], dict)
        self._message = self._message | {"data": row if single else [row]}

    def _merge(self, row: dict[str, Any]) -> None:
        try:
            for name, side in self._sides.items():
                for level in row.get(name, ()):
                    price = Decimal(level[0])
                    if Decimal(level[1]):
                        side[price] = level
                    else:
                        side.pop(price, None)
        except (InvalidOperation, LookupError, TypeError, ValueError):  # a level that nobody can read
            self.forget()


def _row(message: dict[str, Any]) -> dict[str, Any] | None:
    """Return the row of a message whose state can be followed: one row that is a book, or an object."""
    data = message.get("data")
    if isinstance(data, dict):
        return data
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and _sides(data[0]):
        return data[0]
    return None


def _sides(row: dict[str, Any]) -> tuple[str, ...]:
    return next((pair for pair in _SIDES if pair[0] in row or pair[1] in row), ())


def _follows(row: dict[str, Any], before: dict[str, Any]) -> bool:
    """Tell whether a change follows the one before, as far as its numbers say."""
    names: tuple[tuple[str, str, Callable[[int], int]], ...] = (
        ("prevSeqId", "seqId", int),
        ("pseq", "seq", int),
        ("u", "u", lambda last: last + 1),
    )
    for name, last, due in names:
        if name in row and last in before:
            return int(row[name]) == due(int(before[last]))
    return True
