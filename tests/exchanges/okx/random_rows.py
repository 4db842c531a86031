"""Random wire rows for any model class, made from its annotations: what an exchange may legally send."""

from __future__ import annotations

import types
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from okx_sync.rows import Row
from okx_sync.rows.field_sources import Envelope, LastColumn, WireKey, source_of

_DIGITS = st.text("0123456789", min_size=1, max_size=12)
_NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**9), max_value=10**9).map(
        lambda number: format(number, "f")
    ),
    st.sampled_from(["", "0", "-1", "0.10", "1e-8", "100000000.0000000000000000"]),
)
_WHOLE = st.one_of(_DIGITS, st.just(""), st.just("-1"), st.integers(-1, 2**62), st.none())
_FLAGS = st.sampled_from(["true", "false", "0", "1", "", True, False, None])
_TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(["", "some_new_word"]), st.integers(0, 99), st.none())
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {Decimal: _NUMBERS, int: _WHOLE, bool: _FLAGS, str: _TEXTS}


_MADE: dict[type[Row], st.SearchStrategy[Any]] = {}
"""One for all examples of a class: Hypothesis looks through each new one."""


def wire_rows(cls: type[Row]) -> st.SearchStrategy[Any]:
    """Rows of ``cls`` with any subset of its fields and any unknown ones (columns: any number of them)."""
    if cls not in _MADE:
        _MADE[cls] = _rows_of(cls)
    return _MADE[cls]


def _rows_of(cls: type[Row]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(cls)
    sources = {field.name: source_of(field) for field in attrs.fields(cls)}
    known = {
        source.key if isinstance(source, WireKey) else name: _values(hints[name])
        for name, source in sources.items()
        if not isinstance(source, Envelope)
    }
    if cls._shape is list:
        return _columns(list(known.values()), any(isinstance(source, LastColumn) for source in sources.values()))
    unknown = st.dictionaries(
        st.text(max_size=6).filter(lambda key: key not in sources and key not in known), _JSON, max_size=2
    )
    fields = st.fixed_dictionaries({}, optional=known)
    return st.builds(lambda extra, row: extra | row, unknown, fields)


def _columns(known: list[st.SearchStrategy[Any]], has_last: bool) -> st.SearchStrategy[Any]:
    whole = st.tuples(*known).map(list)
    longer = st.builds(
        lambda row, extra: [*row[:-1], *extra, row[-1]] if has_last else [*row, *extra],
        whole,
        st.lists(_TEXTS, max_size=2),
    )
    return st.one_of(whole, longer) if has_last else st.one_of(whole, longer, st.just([]))


def _values(annotation: Any) -> st.SearchStrategy[Any]:
    """Values that a field of this annotation may have on the wire."""
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        rows = _TEXTS if item is str else wire_rows(item)
        return st.one_of(st.lists(rows, max_size=3), st.just(""), st.none())
    if get_origin(annotation) in (Union, types.UnionType):
        words = [member for member in get_args(annotation) if get_origin(member) is Literal]
        kind = next(
            member
            for member in get_args(annotation)
            if member is not types.NoneType and get_origin(member) is not Literal
        )
        if words:
            return st.one_of(st.sampled_from(get_args(words[0])), _TEXTS)
        if isinstance(kind, type) and issubclass(kind, Row):
            return st.one_of(wire_rows(kind), st.just([]), st.just(""), st.none())
        return _SCALARS[kind]
    return _SCALARS[annotation]
