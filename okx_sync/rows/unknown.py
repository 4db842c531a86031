"""What a row has that its class does not know: fields beyond those of the class, words beyond those of a field."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Final, cast

from okx_sync.errors import DecodeError
from okx_sync.rows.fields import Kind
from okx_sync.rows.row import Row

__all__ = ["unknown_fields", "unknown_words"]


def unknown_fields(row: Row) -> Iterator[str]:
    """Yield the names of fields that the classes of a row and of the rows in it do not have, ``Order.newField``.

    A class without any fields is of amounts by coin or the like, whose names are data.
    """
    for one in _with_nested(row):
        if any(map(_own, type(one).__mro__)):
            yield from (f"{type(one).__name__}.{name}" for name in one.extra if name not in one._spare)


def unknown_words(row: Row) -> Iterator[str]:
    """Yield words that the fields of a row and of the rows in it do not list, ``Order.state=newWord``."""
    for one in _with_nested(row):
        for name, words in _words_of(type(one)).items():
            value = _value(one, name)
            if value is not None and value not in words:
                yield f"{type(one).__name__}.{name}={value}"


def _with_nested(row: Row) -> Iterator[Row]:
    yield row
    for name in _nested_of(type(row)):
        value = _value(row, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Row):
                yield from _with_nested(one)


def _value(row: Row, name: str) -> object:
    try:
        value: object = getattr(row, name)
    except DecodeError:
        return None  # whoever reads it is told
    return value


def _word_fields(cls: type[Row]) -> dict[str, frozenset[str]]:
    return {name: kind.words for base in cls.__mro__ for name, (_, kind) in _own(base).items() if kind.words}


def _row_fields(cls: type[Row]) -> tuple[str, ...]:
    kinds = {name: kind for base in cls.__mro__ for name, (_, kind) in _own(base).items()}
    return tuple(name for name, kind in kinds.items() if kind.label.endswith((" row", " rows")))


def _own(base: type) -> dict[str, tuple[object, Kind]]:
    found: dict[str, tuple[object, Kind]] = vars(base).get("_own", {})
    return found


# One of each for a class of rows; written so because a type checker takes a class of rows for a row.
_words_of: Final = cast(Callable[[type[Row]], dict[str, frozenset[str]]], functools.cache(_word_fields))
_nested_of: Final = cast(Callable[[type[Row]], tuple[str, ...]], functools.cache(_row_fields))
