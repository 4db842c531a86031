"""From objects back to text: wire spelling, copies of wire rows, short reprs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from okx_sync.errors import DecodeError
from okx_sync.rows.leading_fields import MOST_SHOWN, leading_first

_LONG_LIST: Final = 4
_UNREADABLE: Final = "<unreadable"


def spell(value: Any) -> Any:
    """Spell a value that was set by hand as the wire does: exact digits, never an exponent."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [spell(item) for item in value]
    if isinstance(value, bool):
        return value
    if hasattr(value, "to_wire"):
        return value.to_wire()
    return "" if value is None else str(value)


def clone(value: Any) -> Any:
    """Copy of parsed JSON; ``copy.deepcopy`` takes ten times as long over what JSON cannot hold."""
    if type(value) is dict:
        return {key: clone(item) for key, item in value.items()}
    if type(value) is list:
        return [clone(item) for item in value]
    return value


def as_text(value: Any) -> str:
    """Return a wire value as the text of an error."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, default=repr)
    except RecursionError:
        return f"<{type(value).__name__}, nested too deep to show>"


def show(obj: Any, name: str) -> str:
    """Return one field for a repr: nothing for an absent one, a count for a long list, never an exception."""
    try:
        value = getattr(obj, name)
    except DecodeError as problem:
        return f"{_UNREADABLE} {problem.text!r}>"
    if value is None or value == ():
        return ""
    if isinstance(value, tuple) and len(value) > _LONG_LIST:
        return f"<{len(value)} x {type(value[0]).__name__}>"
    return repr(value)


def describe_row(row: Any, fields: Iterable[tuple[str, str]]) -> str:
    """Return the repr of a row: the fields that have a value, those that matter first, and how many more there are.

    What cannot be read is shown in any case.
    """
    told = {name: text for name, text in fields if text}
    names = sorted(leading_first(told), key=lambda name: not told[name].startswith(_UNREADABLE))
    if len(names) > MOST_SHOWN:
        bad = sum(told[name].startswith(_UNREADABLE) for name in names)
        names = names[: max(MOST_SHOWN - 1, bad)]
    more = [f"... {len(told) - len(names)} more"] if len(names) < len(told) else []
    return f"{type(row).__name__}({', '.join([*(f'{name}={told[name]}' for name in names), *more])})"
