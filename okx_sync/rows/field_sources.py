"""Where a field's wire value is found, when it is not simply the row's own key or column.

Markers stand as the default of a field in a model class::

    @model
    class Book(Row):
        instId: str | None = envelope("arg", "instId")   # said by the message around the row
        sender: str | None = wire("from")                # the wire's word is a Python keyword
        asks: tuple[BookLevel, ...] = ()                 # the row's own "asks"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

Find: TypeAlias = Callable[[Any, dict[str, Any]], Any]
"""(row, message around it) -> wire value, None when absent."""

_KEY: Final = "okx_sync"
_NOTHING: Final[Mapping[str, Any]] = {}


@attrs.frozen
class WireKey:
    """The row's key ``key``, or one of ``also``, other spellings that are in use."""

    key: str
    also: tuple[str, ...] = ()


@attrs.frozen
class Envelope:
    """A fact of the message around the row; the row's own key of the field's name goes first.

    ``path``: the keys that lead to it; none where a function finds it.
    """

    look: Callable[[dict[str, Any]], Any]
    path: tuple[str, ...] = ()


@attrs.frozen
class LastColumn:
    """The last column of a position-coded row, if the row has at least ``at_least`` columns."""

    at_least: int


Source: TypeAlias = WireKey | Envelope | LastColumn


def wire(key: str, default: Any = None, *, also: tuple[str, ...] = ()) -> Any:
    """Mark a field whose name on the wire is ``key`` (a Python keyword, or not an identifier), or any of ``also``."""
    return attrs.field(default=default, metadata={_KEY: WireKey(key, also)})


def envelope(*path: str | Callable[[dict[str, Any]], Any]) -> Any:
    """Mark a field of the message around the row: a path of keys, or one function of the message.

    A row that has a key of the field's own name keeps the last word.
    """
    first = path[0]
    if callable(first):
        return attrs.field(default=None, metadata={_KEY: Envelope(first)})
    keys = tuple(str(key) for key in path)
    return attrs.field(default=None, metadata={_KEY: Envelope(_walk(keys), keys)})


def last_column(at_least: int) -> Any:
    """Mark a field that is always the last column of a position-coded row, wherever new columns are put in.

    Rows shorter than ``at_least`` columns (older wire) do not have it.
    """
    return attrs.field(default=None, metadata={_KEY: LastColumn(at_least)})


def source_of(attribute: attrs.Attribute[Any]) -> Source:
    """Return the marker of a field; without one it is the row's key of the same name."""
    return marked(attribute.name, attribute)


def marked(name: str, default: Any) -> Source:
    """Return the marker of a field from its default in the class: a marker, or any other value."""
    source: Source | None = getattr(default, "metadata", _NOTHING).get(_KEY)
    return source or WireKey(name)


def _walk(path: tuple[str, ...]) -> Callable[[dict[str, Any]], Any]:
    def look(message: dict[str, Any]) -> Any:
        value: Any = message
        for key in path:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    return look


def in_object(key: str, envelope_look: Callable[[dict[str, Any]], Any]) -> Find:
    """Make a reader of the row's own key, else of the envelope."""
    return lambda row, message: row[key] if key in row else envelope_look(message)


def in_keys(keys: tuple[str, ...]) -> Find:
    """Make a reader of the first of ``keys`` that the row has."""
    if len(keys) == 2:  # as nearly always
        first, second = keys
        return lambda row, _message: row[first] if first in row else row.get(second)
    return lambda row, _message: next((row[key] for key in keys if key in row), None)


def in_message(envelope_look: Callable[[dict[str, Any]], Any]) -> Find:
    """Make a reader of the envelope only: a position-coded row has no keys."""
    return lambda _row, message: envelope_look(message)


def in_column(index: int, last: LastColumn | None) -> Find:
    """Make a reader of column ``index`` of a position-coded row; the one claimed by ``last`` does not count."""
    if last is None:
        return lambda row, _message: row[index] if index < len(row) else None
    at_least = last.at_least

    def find(row: list[Any], _message: dict[str, Any]) -> Any:
        columns = len(row)
        return row[index] if index < columns - (columns >= at_least) else None

    return find


def in_last_column(last: LastColumn) -> Find:
    """Make a reader of the last column of a row that is long enough to have it."""
    at_least = last.at_least
    return lambda row, _message: row[-1] if len(row) >= at_least else None
