"""``UntypedRow``: a row of a channel that has no class here. A mapping of what is on the wire, with exact numbers."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from decimal import Decimal
from typing import Any, ClassVar, Final

from okx_sync.errors import DecodeError
from okx_sync.rows.fields import UNREADABLE, to_decimal
from okx_sync.rows.row import Row
from okx_sync.rows.to_wire import as_text, describe_row

__all__ = ["UntypedRow"]

_MISSING: Final = object()
_MOST_DIGITS: Final = 9  # of the number of a column


class UntypedRow(Row):
    """One row of a channel that the library does not know, to be read as a mapping.

    ``row["lastPx"]`` is what is on the wire: text stays text, a JSON number is an ``int`` or a ``Decimal`` (never a
    float), lists and objects are copies. A row that is an array has the names ``"0"``, ``"1"`` and so on.
    ``row.number("lastPx")`` is a number from either spelling. ``raw``, ``recovered``, ``to_wire()`` as of any row.

    Example:
        >>> row = UntypedRow.from_wire({"px": "65000.10", "sz": 2.5})
        >>> row["px"], row["sz"], row.number("px"), row.number("fee")
        ('65000.10', Decimal('2.5'), Decimal('65000.10'), None)
    """

    _shape: ClassVar[type] = object

    def __init__(self, row: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_row", dict(row))
        object.__setattr__(self, "_env", {})

    def __getitem__(self, name: str) -> Any:
        value = self._find(name)
        if value is _MISSING:
            raise KeyError(name)
        return _exact(value)

    def __contains__(self, name: object) -> bool:
        return self._find(name) is not _MISSING

    def __iter__(self) -> Iterator[str]:
        if type(self._row) is list:
            return iter([str(column) for column in range(len(self._row))])
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    def keys(self) -> KeysView[str]:
        """Return the names of the row's fields."""
        return KeysView(self)

    def values(self) -> ValuesView[Any]:
        """Return the values of the row's fields."""
        return ValuesView(self)

    def items(self) -> ItemsView[str, Any]:
        """Return the row's fields as pairs of name and value."""
        return ItemsView(self)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a field; ``default`` where the row has none of that name."""
        value = self._find(name)
        return default if value is _MISSING else _exact(value)

    def number(self, name: str) -> Decimal | None:
        """Return a field as an exact number; None where it is absent or empty.

        Raises:
            DecodeError: The field is no number.
        """
        value = self._find(name)
        try:
            return to_decimal(None if value is _MISSING else value)
        except UNREADABLE as problem:
            raise DecodeError(f"{name} is not a decimal number", text=as_text(value), field=name) from problem

    @property
    def extra(self) -> dict[str, Any]:
        """All of the row: no field has a class here."""
        return {name: self[name] for name in self}

    def _find(self, name: object) -> Any:
        row = self._row
        if type(row) is dict:
            return row.get(name, _MISSING)
        is_column = type(name) is str and name.isascii() and name.isdecimal() and len(name) < _MOST_DIGITS
        if is_column and (column := int(str(name))) < len(row) and name == str(column):
            return row[column]
        return _MISSING

    def __eq__(self, other: object) -> bool:
        return self._row == other._row if isinstance(other, UntypedRow) else NotImplemented

    def __hash__(self) -> int:
        return hash(as_text(self._row))

    def __repr__(self) -> str:
        return describe_row(self, ((name, repr(value)) for name, value in self.items()))


Mapping.register(UntypedRow)


def _exact(value: Any) -> Any:
    """Copy parsed JSON with exact numbers: the shortest text of a float has the digits that were on the wire."""
    if type(value) is float:
        return Decimal(repr(value))
    if type(value) is dict:
        return {key: _exact(item) for key, item in value.items()}
    if type(value) is list:
        return [_exact(item) for item in value]
    return value
