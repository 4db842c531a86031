"""The fields of row classes: each converts its wire value when it is first read, and leaves the result in the row.

They are non-data descriptors, the pattern of ``functools.cached_property``: once the value is in the instance, Python
finds it there and runs none of this. Nine fields of ten are a number, a whole number or a text under a key of the row;
these have a class each, in which the usual wire value is converted without another call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from okx_sync.errors import DecodeError
from okx_sync.rows.field_sources import Find, Source
from okx_sync.rows.fields import UNREADABLE, Converter, Kind, plain_number, to_decimal, to_int, to_text
from okx_sync.rows.to_wire import as_text

__all__ = ["FoundField", "LazyField", "UnreadableFieldError", "keyed_field"]


class UnreadableFieldError(DecodeError):
    """A field that was read has a value that is none of its kind. ``place``: the row, its field, and the value."""

    place: tuple[Any, LazyField, Any] | None = None

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return DecodeError(self.message, text=self.text, field=self.field, environment=self.environment).__reduce__()


class LazyField:
    """One field: converts the row's ``key`` on first read and leaves the value in the instance."""

    __slots__ = ("convert", "key", "kind", "name")

    def __init__(self, name: str, key: str, kind: Kind) -> None:
        self.name = name
        self.key = key
        self.kind = kind
        self.convert = kind.convert

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        return self._converted(obj, obj._row.get(self.key))

    def _converted(self, obj: Any, value: Any) -> Any:
        try:
            converted = self.convert(value)
        except UNREADABLE as problem:
            raise self.unreadable(obj, value, problem) from problem
        obj.__dict__[self.name] = converted
        return converted

    def unreadable(self, obj: Any, value: Any, problem: Exception) -> UnreadableFieldError:
        """Make the error that names class, field and text, and the nested row that was at fault if it was one."""
        inner = f": {problem.message}" if isinstance(problem, DecodeError) else ""
        name = f"{type(obj).__name__}.{self.name}"
        error = UnreadableFieldError(f"{name} is not {self.kind.label}{inner}", text=as_text(value), field=name)
        error.place = (obj, self, value)
        return error


class _NumberField(LazyField):
    """A ``Decimal``."""

    __slots__ = ()

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        value = obj._row.get(self.key)
        if type(value) is str and value:
            try:
                number = plain_number(value)
            except ArithmeticError:
                return self._converted(obj, value)
            if number.is_finite():
                obj.__dict__[self.name] = number
                return number
        return self._converted(obj, value)


class _WholeField(LazyField):
    """An ``int``."""

    __slots__ = ()

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        value = obj._row.get(self.key)
        if type(value) is str and value:
            try:
                value = int(value)
            except ValueError:
                return self._converted(obj, value)
        elif type(value) is not int:
            return self._converted(obj, value)
        obj.__dict__[self.name] = value
        return value


class _TextField(LazyField):
    """A text, or a word of a list."""

    __slots__ = ()

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        value = obj._row.get(self.key)
        if type(value) is not str:
            return self._converted(obj, value)
        obj.__dict__[self.name] = value = value or None
        return value


class FoundField(LazyField):
    """A field whose wire value is elsewhere than under a key of the row: ``find`` knows where.

    Args:
        source: What ``find`` was made from.
        column: The number of its column, where it has a fixed one.
    """

    __slots__ = ("column", "find", "source")

    def __init__(self, name: str, find: Find, kind: Kind, source: Source, column: int | None = None) -> None:
        super().__init__(name, name, kind)
        self.find = find
        self.source = source
        self.column = column

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        return self._converted(obj, self.find(obj._row, obj._env))


_BY_KIND: Final[dict[Converter, type[LazyField]]] = {
    to_decimal: _NumberField,
    to_int: _WholeField,
    to_text: _TextField,
}


def keyed_field(name: str, key: str, kind: Kind) -> LazyField:
    """Make the field that is found under a key of the row."""
    return _BY_KIND.get(kind.convert, LazyField)(name, key, kind)
