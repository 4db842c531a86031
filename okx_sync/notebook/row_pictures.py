"""Pictures of rows, of lists of them, and of neutral values: names and values, or a table."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, cast

import attrs

from okx_sync.errors import DecodeError
from okx_sync.notebook.markup import NONE, Html, card, colored, moment, note, number, pairs, table, text, warning
from okx_sync.rows.column_kinds import ColumnKind, column_kinds
from okx_sync.rows.field_docs import field_strings
from okx_sync.rows.leading_fields import MOST_SHOWN, leading_first
from okx_sync.rows.row import Row
from okx_sync.rows.untyped import UntypedRow

__all__ = ["batch_picture", "row_picture", "rows_picture", "value_cell", "value_picture"]

_MOST_ROWS: Final = 20
_LAST_ROWS: Final = 5
_MOST_TEXT: Final = 120
_ABSENT: Final = Html(f'<span title="the exchange did not tell">{NONE}</span>')


def row_picture(row: Row) -> str:
    """Draw a row: its fields that have a value, those that matter first; the pointer shows what each of them is."""
    fields = _fields(row)
    shown = [
        (name, value_cell(value, kind), _about(type(row), name)) for name, kind, value in fields if _is_told(value)
    ]
    empty = len(fields) - len(shown)
    hidden = getattr(type(row), "_hidden", ())
    news = {} if isinstance(row, UntypedRow) or hidden else row.extra  # where there are secrets, more may come
    parts = [pairs(shown)]
    if row.recovered:
        parts.insert(0, note("fetched over REST to fill a gap"))
    if news:
        parts.append(
            pairs((name, value_cell(value, "other"), "no field of this version") for name, value in news.items())
        )
    if empty or hidden:
        secret = f"; hidden: {', '.join(hidden)}" if hidden else ""
        parts.append(note(f"{empty} fields without a value{secret}" if empty else f"hidden: {', '.join(hidden)}"))
    return card(type(row).__name__, *parts)


def value_picture(value: Any) -> str:
    """Draw a neutral value (an order, a fill, a position, ...): what is not told of it is said to be not known."""
    names = [field.name for field in attrs.fields(type(value)) if field.repr]
    kinds = _kinds_of(type(value))
    told = [(name, getattr(value, name)) for name in names]
    shown = pairs((name, value_cell(one, kinds[name]), "") for name, one in told if _is_told(one))
    missing = [name for name, one in told if one is None]
    return card(type(value).__name__, shown, *([note(f"not known: {', '.join(missing)}")] if missing else []))


def rows_picture(rows: Sequence[Any]) -> str:
    """Draw rows as a table: the columns that matter most, and the first and last of many rows."""
    if not rows:
        return card("no rows")
    if not attrs.has(type(rows[0])) and not isinstance(rows[0], Row):
        return card(
            f"{len(rows)} values", *(pairs([(str(place), value_cell(one, "other"), "")]) for place, one in _some(rows))
        )
    classes = list(dict.fromkeys(type(one).__name__ for one in rows))
    some = [{name: (value, kind) for name, kind, value in _fields(one)} for _, one in _some(rows)]
    told = dict.fromkeys(name for one in some for name, (value, _) in one.items() if _is_told(value))
    names = leading_first(told)
    shown = names if len(names) <= MOST_SHOWN else names[:MOST_SHOWN]
    body: list[list[Html]] = [[value_cell(*one.get(name, (None, "other"))) for name in shown] for one in some]
    left = {place for place, name in enumerate(shown) if any(isinstance(one.get(name, (0,))[0], str) for one in some)}
    if len(rows) > _MOST_ROWS:
        body.insert(_MOST_ROWS - _LAST_ROWS, [Html("⋮")] * len(shown))
    more = (
        [note(f"and {len(names) - len(shown)} more columns: {', '.join(names[len(shown) :])}")]
        if names != shown
        else []
    )
    return card(f"{len(rows):,} x {', '.join(classes)}", table(shown, body, left), *more)


def batch_picture(result: Any) -> str:
    """Draw what came of a batch: the counts first, what is unknown above all."""
    counts = f"{len(result.accepted)} accepted, {len(result.refused)} refused"
    doubt = f"of {len(result.unknown)} it is not known what became: look them up, do not repeat them"
    parts = [warning(doubt)] if result.unknown else []
    return card(counts, *parts, Html(rows_picture(list(result))))


def _some(rows: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the rows that are shown, with their places."""
    numbered = list(enumerate(rows))
    if len(rows) > _MOST_ROWS:
        numbered = [*numbered[: _MOST_ROWS - _LAST_ROWS], *numbered[-_LAST_ROWS:]]
    yield from numbered


def _fields(row: Any) -> list[tuple[str, ColumnKind, Any]]:
    """Return name, kind and value of each field that may be shown, those that matter first."""
    if isinstance(row, UntypedRow):
        return [(name, "other", row[name]) for name in leading_first(row)]
    kinds = _kinds_of(type(row))
    return [(name, kinds[name], _value(row, name)) for name in leading_first(kinds)]


# One for a class; written so because a type checker takes a class of rows for a row.
_kinds_of: Final = cast(Callable[[type[Any]], dict[str, ColumnKind]], functools.cache(column_kinds))


def _value(row: Any, name: str) -> Any:
    try:
        return getattr(row, name)
    except DecodeError as problem:
        return problem


def _is_told(value: Any) -> bool:
    return not (value is None or value == ())


def value_cell(value: Any, kind: ColumnKind) -> Html:
    """Write a value; numbers with all their digits, times in UTC."""
    if value is None or value == ():
        return _ABSENT
    if isinstance(value, DecodeError):
        return colored(f"unreadable {value.text!r}", "doubt")
    if isinstance(value, Decimal):
        return number(value)
    if kind == "time" and type(value) is int:
        return moment(value)
    if isinstance(value, tuple) and len(value) > 1:
        return text(f"{len(value)} x {type(value[0]).__name__}")
    told = str(value if not isinstance(value, tuple) else value[0])
    return text(told if len(told) <= _MOST_TEXT else f"{told[:_MOST_TEXT]}…")


def _about(cls: type[Any], name: str) -> str:
    """Return the string below a field."""
    for base in cls.__mro__:
        found = field_strings(base.__module__).get(base.__qualname__, {}).get(name)
        if found:
            return found
    return ""
