"""One field of many rows at once, for tables: what reading it of each row gives, at a fraction of the price.

The wire values of a column are gathered and converted together, as long as each of them is of the usual kind. Where one
is not, there is no fast way, and the caller reads the field of each row, which says what is wrong.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Sequence
from typing import Any, Final

from okx_sync.rows.field_sources import Envelope
from okx_sync.rows.fields import FLAGS, UNREADABLE, Converter, plain_number, to_bool, to_decimal, to_int, to_text
from okx_sync.rows.lazy_fields import FoundField, LazyField
from okx_sync.rows.row import Row

__all__ = ["Columns"]


class Columns:
    """The fields of some rows.

    Args:
        rows: Of one class.
    """

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows
        self._cls: type[Row] | None = type(rows[0]) if rows and isinstance(rows[0], Row) else None
        self._by_column: list[tuple[Any, ...]] | None = None  # of position-coded rows

    def values(self, name: str, *, as_floats: bool = False) -> Any:
        """Return a field of all rows; None where it must be read of each.

        Args:
            name: Of the field.
            as_floats: Give numbers as floats, the nearest to each exact one; as a numpy array if none is missing.
        """
        field = getattr(self._cls, name, None)
        if not isinstance(field, LazyField):
            return None
        convert = _floats if as_floats and field.convert is to_decimal else _CONVERT.get(field.convert)
        if convert is None:
            return None
        try:
            return convert(self._gathered(field))
        except (*UNREADABLE, AttributeError, LookupError):  # a row was made by hand, or its value is none of the usual
            return None

    def _gathered(self, field: LazyField) -> Sequence[Any]:
        """Return the wire values. Raises where rows were made by hand, or are short."""
        if not isinstance(field, FoundField):
            key = field.key
            return [row._row.get(key) for row in self._rows]
        if field.column is not None:
            return self._column(field.column)
        if isinstance(field.source, Envelope) and self._cls is not None and self._cls._shape is list:
            return self._told(field.source.look)
        find = field.find
        return [find(row._row, row._env) for row in self._rows]

    def _columns(self) -> list[tuple[Any, ...]]:
        """Return the columns of position-coded rows. Raises where some are longer than others."""
        if self._by_column is None:
            self._by_column = list(zip(*[row._row for row in self._rows], strict=True))
        return self._by_column

    def _column(self, number: int) -> tuple[Any, ...]:
        columns = self._columns()
        last = self._cls._last if self._cls is not None else None
        if number >= len(columns) - (last is not None and len(columns) >= last.at_least):
            raise IndexError
        return columns[number]

    def _told(self, look: Callable[[dict[str, Any]], Any]) -> list[Any]:
        """Return what the messages around the rows tell; most rows share one."""
        self._columns()  # there are none of rows that were made by hand
        messages = [row._env for row in self._rows]
        one = messages[0]
        if all(map(functools.partial(operator.is_, one), messages)):
            return [look(one)] * len(messages)
        return list(map(look, messages))


def _check(values: Sequence[Any], letters: str) -> None:
    """Raise unless all are texts without these letters, or null."""
    try:
        joined = "".join(values)
    except TypeError:
        joined = "".join([value for value in values if value is not None])
    if any(letter in joined for letter in letters):
        raise ValueError


def _converted(values: Sequence[Any], convert: Callable[[Any], Any]) -> list[Any]:
    """Convert texts, of which some may be missing or empty."""
    try:
        return list(map(convert, values))
    except UNREADABLE:
        return [convert(value) if value else None for value in values]


def _numbers(values: Sequence[Any]) -> list[Any]:
    _check(values, "nN")  # NaN, the infinities, and Python's word for nothing
    return _converted(values, plain_number)


def _floats(values: Sequence[Any]) -> Any:
    import numpy

    _check(values, "nNeE")  # an exponent may be out of bounds
    try:
        return numpy.fromiter(map(float, values), "float64", len(values))
    except (ValueError, TypeError):
        return _converted(values, float)


def _whole(values: Sequence[Any]) -> list[Any]:
    if set(map(type, values)) == {int}:
        return list(values)
    _check(values, "")
    return _converted(values, int)


def _texts(values: Sequence[Any]) -> list[Any]:
    _check(values, "")
    return [value or None for value in values]


def _flags(values: Sequence[Any]) -> list[Any]:
    return [FLAGS[value] for value in values]


_CONVERT: Final[dict[Converter, Callable[[Sequence[Any]], Any]]] = {
    to_decimal: _numbers,
    to_int: _whole,
    to_text: _texts,
    to_bool: _flags,
}
