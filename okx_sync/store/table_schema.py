"""Which columns the rows of a model make in a Parquet file, and how a row becomes the values of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Literal

import orjson

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.rows import Row
from okx_sync.rows.column_kinds import ColumnKind, column_kinds
from okx_sync.rows.to_wire import spell
from okx_sync.rows.untyped import UntypedRow
from okx_sync.store.extras import pyarrow

__all__ = ["TableNumbers", "TableSchema"]

TableNumbers = Literal["decimal", "text"]
"""How exact numbers are kept: as ``decimal128(38, 18)``, or as text, which holds any number of digits."""

_SCALE: Final = 18
_DIGITS: Final = 38
_BESIDE: Final = ("received_at", "path", "topic")
_RECOVERED: Final = "recovered"
_EXTRA: Final = "extra"
_UNREADABLE: Final = "unreadable"


class TableSchema:
    """The columns of one model.

    ``received_at`` (ns, UTC), ``path`` and ``topic`` come first, then the fields of the model; ``recovered`` says
    whether REST told the row after a loss, ``extra`` has, as JSON, what the row carries beyond the fields, and
    ``unreadable`` names those that could not be read, which are null.

    Args:
        model: The class of the rows.
        numbers: How exact numbers are kept.
    """

    def __init__(self, model: type[Any], numbers: TableNumbers) -> None:
        self.model = model
        self._numbers = numbers
        self._is_typed = not issubclass(model, UntypedRow)
        self.kinds: dict[str, ColumnKind] = column_kinds(model) if self._is_typed else {}
        clash = {*_BESIDE, _RECOVERED, _EXTRA, _UNREADABLE} & self.kinds.keys()
        self._names = {name: f"{name}_" if name in clash else name for name in self.kinds}

    def arrow(self, metadata: dict[str, str]) -> Any:
        """Return the schema as pyarrow has it."""
        pa = pyarrow()
        exact = pa.decimal128(_DIGITS, _SCALE) if self._numbers == "decimal" else pa.string()
        types: dict[ColumnKind, Any] = {
            "number": exact,
            "time": pa.timestamp("ms", "UTC"),
            "whole": pa.int64(),
            "flag": pa.bool_(),
            "text": pa.string(),
            "float": pa.float64(),
            "other": pa.string(),
        }
        beside = [("received_at", pa.timestamp("ns", "UTC")), ("path", pa.string()), ("topic", pa.string())]
        fields = [(self._names[name], types[kind]) for name, kind in self.kinds.items()]
        more = [(_RECOVERED, pa.bool_()), (_EXTRA, pa.string()), (_UNREADABLE, pa.string())]
        return pa.schema([*beside, *fields, *more], metadata=metadata)

    def values(self, row: Any) -> dict[str, Any]:
        """Return the values of a row by column.

        Raises ``ConfigError`` for a number that a decimal column cannot hold exactly.
        """
        found: dict[str, Any] = {}
        unreadable: list[str] = []
        for name, kind in self.kinds.items():
            try:
                found[self._names[name]] = self._value(name, kind, getattr(row, name))
            except DecodeError:
                found[self._names[name]] = None
                unreadable.append(name)
        beyond = row.extra if isinstance(row, Row) and self._is_typed else row.to_wire() if isinstance(row, Row) else {}
        found[_RECOVERED] = row.recovered if isinstance(row, Row) else None
        found[_EXTRA] = orjson.dumps(beyond, default=str).decode() if beyond else None
        found[_UNREADABLE] = ", ".join(unreadable) or None
        return found

    def _value(self, name: str, kind: ColumnKind, value: Any) -> Any:
        if value is None or kind in ("time", "whole", "flag", "float"):
            return value
        if kind == "number":
            return self._number(name, value)
        if kind == "text":
            return str(value)
        return orjson.dumps(spell(value), default=str).decode()

    def _number(self, name: str, value: Decimal) -> Any:
        if self._numbers == "text":
            return f"{value:f}"
        if not _fits(value):
            raise ConfigError(
                f"{name} is {value}, which decimal128({_DIGITS}, {_SCALE}) cannot hold exactly",
                hint="numbers='text' keeps any number of digits",
            )
        return value


def _fits(value: Decimal) -> bool:
    """Tell whether a column of decimals holds a number exactly."""
    _, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits))
    places = -int(exponent) - (len(text) - len(text.rstrip("0")))
    return not value or (places <= _SCALE and value.adjusted() < _DIGITS - _SCALE)
