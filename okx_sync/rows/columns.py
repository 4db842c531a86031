"""One field of many rows at once, for tables: what reading it of each row gives, at a fraction of the price.

The wire values of a column are gathered and converted together, as long as each of them is of the usual kind. Where one
is not, there is no fast way, and the caller reads the field of each row, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from okx_sync.rows.field_sources import Envelope
from okx_sync.rows.fields import FLAGS, UNREADABLE, Converter, plain_number, to_bool, to_decimal, to_int, to_text
from okx_sync.rows.lazy_fields import FoundField, LazyField
from okx_sync.rows.row import Row

__all__ = ["values_of"]


def values_of(rows: Sequence[Any], name: str, *, as_floats: bool = False) -> list[Any] | None:
    """Return a field of rows of one class; None where that must be read of each row.

    Args:
        rows: Of one class.
        name: Of the field.
        as_floats: Give numbers as floats, the nearest to each exact one.
    """
    field = getattr(type(rows[0]), name, None) if rows and isinstance(rows[0], Row) else None
    if not isinstance(field, LazyField):
        return None
    convert = _floats if as_floats and field.convert is to_decimal else _CONVERT.get(field.convert)
    if convert is None:
        return None
    try:
        return convert(_gathered(rows, field))
    except (*UNREADABLE, AttributeError, LookupError):  # the row was made by hand, or its value is none of the usual
        return None


def _gathered(rows: Sequence[Row], field: LazyField) -> list[Any]:
    """Return the wire values. Raises for some rows that were made by hand, or are short."""
    if not isinstance(field, FoundField):
        key = field.key
        return [row._row.get(key) for row in rows]
    column, find = field.column, field.find
    if column is not None:
        wires = [row._row for row in rows]
        last = type(rows[0])._last
        for length in set(map(len, wires)):
            if length - (last is not None and length >= last.at_least) <= column:
                raise IndexError
        return [wire[column] for wire in wires]
    if isinstance(field.source, Envelope) and type(rows[0])._shape is list:
        return _told(rows, field.source.look)
    return [find(row._row, row._env) for row in rows]


def _told(rows: Sequence[Row], look: Callable[[dict[str, Any]], Any]) -> list[Any]:
    """Return what the messages around the rows tell; most rows share one."""
    values: list[Any] = []
    message: object = None
    value = None
    for row in rows:
        if row._env is not message:
            if row._row is None:
                raise LookupError
            message, value = row._env, look(row._env)
        values.append(value)
    return values


def _kinds(values: list[Any]) -> set[type]:
    return set(map(type, values))


def _checked(values: list[Any], letters: str) -> bool:
    """Tell whether some values are empty or null. Raises unless the others are texts without these letters."""
    kinds = _kinds(values)
    if not kinds <= {str, type(None)}:
        raise TypeError
    if letters:
        joined = "".join(filter(None, values) if type(None) in kinds else values)
        if any(letter in joined for letter in letters):
            raise ValueError
    return type(None) in kinds or "" in values


def _numbers(values: list[Any]) -> list[Any]:
    if _checked(values, "nN"):  # NaN, the infinities, and Python's word for nothing
        return [plain_number(value) if value else None for value in values]
    return list(map(plain_number, values))


def _floats(values: list[Any]) -> list[Any]:
    if _checked(values, "nNeE"):  # an exponent may be out of bounds
        return [float(value) if value else None for value in values]
    return list(map(float, values))


def _whole(values: list[Any]) -> list[Any]:
    if _kinds(values) == {int}:
        return values
    if _checked(values, ""):
        return [int(value) if value else None for value in values]
    return list(map(int, values))


def _texts(values: list[Any]) -> list[Any]:
    return [value or None for value in values] if _checked(values, "") else values


def _flags(values: list[Any]) -> list[Any]:
    return [FLAGS[value] for value in values]


_CONVERT: Final[dict[Converter, Callable[[list[Any]], list[Any]]]] = {
    to_decimal: _numbers,
    to_int: _whole,
    to_text: _texts,
    to_bool: _flags,
}
