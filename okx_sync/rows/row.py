"""``Row``: the base of every object that comes off the wire. This file is the hot path of decoding.

Why lazy: a push is decoded on the thread that reads the socket, and a user reads three or four fields of a
ticker that carries sixteen. So decoding a row only stores it (about 0.2 us), and a field is converted when
it is first read, then kept (``lazy_fields``). Where the same fields are read of each message, they are filled
when it is parsed (``filling``).

Other ways that were measured: converting everything at once, 2.7 us for a ticker; one slot per field, filled through
``__getattr__``, 0.3 us more for each first read, because CPython raises and drops an exception on the way; a memo of
numbers, no gain on recorded streams.

To the outside a row is an ordinary frozen attrs class: constructor, ``==``, hash, ``attrs.asdict``,
``attrs.evolve``, ``match`` patterns, ``copy`` and ``pickle`` work and convert what they need. What attrs makes for
that is made when it is first needed (``late``): there are hundreds of row classes, and importing them must be cheap.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Self, TypeVar, dataclass_transform, get_type_hints, overload

import attrs

from okx_sync.errors import DecodeError
from okx_sync.lazy import drawn_by
from okx_sync.rows.deferred import Late, finish_later
from okx_sync.rows.field_docs import documented
from okx_sync.rows.field_sources import (
    Envelope,
    LastColumn,
    Source,
    WireKey,
    in_column,
    in_keys,
    in_last_column,
    in_message,
    in_object,
    marked,
    source_of,
)
from okx_sync.rows.fields import PLAIN, Kind, RowsDecoder, kind_of
from okx_sync.rows.lazy_fields import FoundField, LazyField, keyed_field
from okx_sync.rows.to_wire import as_text, clone, describe_row, show, spell

_put: Final = object.__setattr__
_new: Final = object.__new__


class Row(Late):
    """A typed view of one wire row.

    Missing fields are None (lists: ``()``), ``""`` is None, unknown words pass through, unknown fields are
    in ``extra``. Reading a field whose value cannot be read raises DecodeError; the other fields stay
    readable. Objects are immutable and safe to read from several threads.
    """

    __slots__ = ("_env", "_row")

    _row: Any
    _env: dict[str, Any]
    _own: ClassVar[Mapping[str, tuple[Source, Kind]]] = {}
    _shape: ClassVar[type] = dict
    _keys: ClassVar[frozenset[str]] = frozenset()
    _columns: ClassVar[int] = 0
    _last: ClassVar[LastColumn | None] = None
    _spare: ClassVar[frozenset[str]] = frozenset()  # columns in ``extra`` that mean nothing

    @classmethod
    def from_wire(cls, row: Any, envelope: dict[str, Any] | None = None) -> Self:
        """Make the object for one row as parsed from JSON.

        Args:
            row: JSON object, or JSON array for a position-coded model.
            envelope: the message around the row (``arg``, ``action``, ...); none for REST.

        Raises:
            DecodeError: the row is not of that shape.
        """
        return decoder(cls)([row], {} if envelope is None else envelope)[0]

    @property
    def raw(self) -> Any:
        """The wire row itself, not a copy: for reading only. None when the object was built by hand."""
        return self._row

    @property
    def recovered(self) -> bool:
        """True when the row was fetched over REST to fill a gap, False when the stream pushed it."""
        return bool(self._env.get("recovered"))

    @property
    def extra(self) -> dict[str, Any]:
        """What the row carries beyond the fields of this class, by wire name (or column number)."""
        row = self._row
        if row is None:
            return {}
        if self._shape is list:
            end = len(row) - _has_last(row, self._last)
            return {str(i): clone(row[i]) for i in range(self._columns, end)}
        return {key: clone(value) for key, value in row.items() if key not in self._keys}

    def to_wire(self) -> Any:
        """Return the exact wire row that came in, unknown fields included; a fresh copy.

        An object built by hand gives its own fields in wire spelling: numbers as text, None left out
        (in position-coded rows: ``""``), envelope facts not included.
        """
        if self._row is not None:
            return clone(self._row)
        found = {
            source.key if isinstance(source, WireKey) else field.name: getattr(self, field.name)
            for field in attrs.fields(type(self))
            if not isinstance(source := source_of(field), Envelope)
        }
        if self._shape is list:
            return [spell(value) for value in found.values()]
        return {key: spell(value) for key, value in found.items() if value is not None and value != ()}

    def __attrs_post_init__(self) -> None:
        _put(self, "_row", None)
        _put(self, "_env", {})

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if self._row is None:
            values = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
            return _rebuild, (type(self), values)
        # The message's "data" holds all sibling rows of the push: they are not ours to carry along.
        envelope = {key: value for key, value in self._env.items() if key != "data"}
        return type(self).from_wire, (self._row, envelope)

    _repr_html_ = drawn_by("row_pictures", "row_picture")

    def __repr__(self) -> str:
        return describe_row(self, [(field.name, show(self, field.name)) for field in attrs.fields(type(self))])


R = TypeVar("R", bound=Row)


@overload
def model(cls: type[R]) -> type[R]: ...
@overload
def model(*, positional: bool = False) -> Callable[[type[R]], type[R]]: ...
@dataclass_transform(eq_default=True, kw_only_default=True, frozen_default=True)
def model(cls: type[R] | None = None, *, positional: bool = False) -> Any:
    """Make a ``Row`` subclass a frozen attrs class with lazily converted fields; a class decorator.

    ``positional=True``: the wire row is an array, and its i-th column is the i-th field that is neither an
    ``envelope`` nor the ``last_column``. Strings below fields become part of the docstring (``field_docs``).

    Raises:
        TypeError: a field's annotation is of no known kind (see ``okx_sync.rows.fields``).
    """

    def build(cls: type[R]) -> type[R]:
        defaults = {name: vars(cls).get(name, attrs.NOTHING) for name in _annotations(cls)}
        _install(cls, positional)
        finish_later(cls, defaults)
        return documented(cls)

    return build if cls is None else build(cls)


def _annotations(cls: type[Row]) -> dict[str, Any]:
    """Return the annotations of the class's own fields, as they are written."""
    written = inspect.get_annotations(cls)
    return {name: one for name, one in written.items() if not str(one).startswith(("ClassVar", "typing.ClassVar"))}


def _kinds(cls: type[Row]) -> dict[str, Kind]:
    """Return the kinds of the class's own fields.

    Nearly all are written in one of five ways, which need no resolving.
    """
    written = _annotations(cls)
    odd = types.SimpleNamespace(__annotations__={name: one for name, one in written.items() if one not in PLAIN})
    hints = get_type_hints(odd, vars(sys.modules[cls.__module__])) if odd.__annotations__ else {}
    return {name: kind_of(hints[name], _nested) if name in hints else PLAIN[one] for name, one in written.items()}


def _install(cls: type[Row], positional: bool) -> None:
    """Put a descriptor for each field on the class, and note what belongs to it (for ``extra``)."""
    cls._own = {name: (marked(name, vars(cls).get(name)), kind) for name, kind in _kinds(cls).items()}
    plan: dict[str, tuple[Source, Kind]] = {}
    for base in reversed(cls.__mro__):
        own = vars(base).get("_own", {})
        # In attrs' order: a field that is declared anew moves to the place of its last declaration.
        plan = {name: field for name, field in plan.items() if name not in own} | own
    last = next((source for source, _ in plan.values() if isinstance(source, LastColumn)), None)
    columns = 0
    for name, (source, kind) in plan.items():
        if isinstance(source, Envelope):
            find = in_message(source.look) if positional else in_object(name, source.look)
            field: LazyField = FoundField(name, find, kind, source)
        elif isinstance(source, LastColumn):
            field = FoundField(name, in_last_column(source), kind, source)
        elif source.also:
            field = FoundField(name, in_keys((source.key, *source.also)), kind, source)
        elif positional:
            field = FoundField(name, in_column(columns, last), kind, source, columns)
            columns += 1
        else:
            field = keyed_field(name, source.key, kind)
        setattr(cls, name, field)
    cls._shape = list if positional else dict
    cls._keys = frozenset(
        key for name, (s, _) in plan.items() for key in ((s.key, *s.also) if isinstance(s, WireKey) else (name,))
    )
    cls._columns = columns
    cls._last = last


def decoder(cls: type[R]) -> Callable[[list[Any], dict[str, Any]], list[R]]:
    """Make the decoder of one model: (rows of a message, the message) -> objects. It converts nothing.

    Raises:
        DecodeError: when called, a row is not of the model's shape; no object of that message is given.
    """
    shape = cls._shape
    set_row = Row.__dict__["_row"].__set__
    set_env = Row.__dict__["_env"].__set__

    def decode(rows: list[Any], message: dict[str, Any]) -> list[R]:
        objects: list[R] = []
        for row in rows:
            if type(row) is not shape and not (shape is object and type(row) in (dict, list)):
                wanted = "an array" if shape is list else "an object"
                raise DecodeError(f"{cls.__name__} row is not {wanted}", text=as_text(row))
            obj = _new(cls)
            set_row(obj, row)
            set_env(obj, message)
            objects.append(obj)
        return objects

    return decode


def opener(cls: type[R], parse: Callable[[bytes], Any]) -> Callable[[bytes], list[R]]:
    """Make a decoder of messages as they are on the wire, whose rows are their ``data``; most have one row.

    When called it raises whatever ``parse`` raises, ``KeyError``, ``TypeError`` or ``DecodeError``: the message is no
    such message, or a row is not of the model's shape.
    """
    decode = decoder(cls)
    shape = cls._shape
    set_row = Row.__dict__["_row"].__set__
    set_env = Row.__dict__["_env"].__set__

    def at_once(frame: bytes) -> list[R]:
        message = parse(frame)
        rows = message["data"]
        if len(rows) != 1 or type(row := rows[0]) is not shape:
            return decode(rows, message)
        obj = _new(cls)
        set_row(obj, row)
        set_env(obj, message)
        return [obj]

    return at_once


def copy_of(row: R) -> R:
    """Return the same wire row as another object of which nothing has been read yet; of rows off the wire only."""
    return decoder(type(row))([row.raw], row._env)[0]


def _nested(annotation: Any) -> RowsDecoder | None:
    return decoder(annotation) if isinstance(annotation, type) and issubclass(annotation, Row) else None


def _has_last(row: list[Any], last: LastColumn | None) -> bool:
    return last is not None and len(row) >= last.at_least


def _rebuild(cls: type[Row], values: dict[str, Any]) -> Row:
    return cls(**values)
