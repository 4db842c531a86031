"""Which trades were delivered, where they are numbered without holes and one row may stand for several.

A row of OKX's ``trades`` and ``fills`` stands for the numbers ``tradeId - count + 1`` up to ``tradeId``: those that one
order traded at one price. REST lists them one by one, so that a row of the stream may repeat some of what was
recovered: what is left of it is a row of the other numbers, with their size.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

__all__ = ["TradeNumbers", "numbers_of"]

_MOST_SPANS: Final = 100
_MOST_ROWS: Final = 20_000

_Span = tuple[int, int]


def numbers_of(row: Any) -> _Span | None:
    """Return the first and the last number that a row stands for; None when it tells none."""
    try:
        last, count = int(row["tradeId"]), row.get("count")
        if last <= 0:
            return None
        return (last, last) if count is None or count == "1" else (last - max(1, int(count or 1)) + 1, last)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


class TradeNumbers:
    """The memory of one series of numbers. ``size``: the field that has a row's size.

    ``last``: the highest number that was delivered, 0 before the first. ``joins``, ``jumps``: how often the numbers
    went on where they had been, and how often they left some out.
    """

    __slots__ = ("_first", "_older", "_rows", "_size", "joins", "jumps", "last")

    def __init__(self, size: str) -> None:
        self._size = size
        self._first = self.last = 0  # the newest run of numbers without a hole that was delivered
        self._older: list[_Span] = []  # those before it, ascending
        self._rows: deque[tuple[int, int, Any]] = deque(maxlen=_MOST_ROWS)  # first and last number, size
        self.joins = 0
        self.jumps = 0

    def note(self, row: Any, span: _Span) -> Any:
        """Return what is new of a row, see ``RecoverySource.note``; ``span``: its numbers, now delivered."""
        first, last = span
        if first == self.last + 1 and self._first:
            self.last = last
            self.joins += 1
        elif first > self.last:
            if self._first:
                self.jumps += 1
                self._older = [*self._older, (self._first, self.last)][-_MOST_SPANS:]
            self._first, self.last = first, last
        elif (row := self._late(row, span)) is None:
            return None
        self._rows.append((first, last, row.get(self._size)))
        return row

    def _late(self, row: Any, span: _Span) -> Any:
        """Return what is new of a row that begins among the numbers that were delivered."""
        first, last = span
        told = sum(max(0, min(last, end) - max(first, begin) + 1) for begin, end in self._spans)
        if told > last - first:
            return None
        *self._older, (self._first, self.last) = _merged([*self._spans, span])
        return self._rest(row, span, told) if told else row

    @property
    def _spans(self) -> list[_Span]:
        return [*self._older, (self._first, self.last)] if self._first else []

    def has(self, row: Any) -> bool:
        """Tell whether every number of a row was delivered."""
        span = numbers_of(row)
        return span is not None and any(begin <= span[0] and span[1] <= end for begin, end in self._spans)

    def holes(self, rows: Iterable[Any], above: int) -> list[_Span]:
        """Return the numbers above ``above`` neither delivered nor in ``rows``, up to the highest that is."""
        more = [span for row in rows if (span := numbers_of(row)) is not None]
        spans = [(begin, end) for begin, end in _merged([*self._spans, *more]) if end >= above]
        ends = [above, *(end for _, end in spans)]
        return [(end + 1, begin - 1) for end, (begin, _) in zip(ends, spans, strict=False) if begin > end + 1]

    def _rest(self, row: Mapping[str, Any], span: _Span, told: int) -> dict[str, Any] | None:
        """Make the row of what was not delivered; None when nothing is left.

        All of one row is of one order at one price.
        """
        first, last = span
        known = [size for begin, end, size in self._rows if first <= begin and end <= last]
        try:
            left = Decimal(row[self._size]) - sum(map(Decimal, known))
        except (InvalidOperation, KeyError, TypeError, ValueError):
            return dict(row)  # its reader will meet what cannot be read
        if left <= 0:
            return None
        return {**row, self._size: f"{left:f}", "count": str(last - first + 1 - told)}


def _merged(spans: list[_Span]) -> list[_Span]:
    out: list[_Span] = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out[-_MOST_SPANS:]
