"""From objects back to text: wire spelling, copies of wire rows, short reprs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from okx_sync.errors import DecodeError

_LONG_LIST: Final = 4


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
        return f"<unreadable {problem.text!r}>"
    if value is None or value == ():
        return ""
    if isinstance(value, tuple) and len(value) > _LONG_LIST:
        return f"<{len(value)} x {type(value[0]).__name__}>"
    return repr(value)
