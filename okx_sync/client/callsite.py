"""Where in the user's code a subscription was made, so that running a notebook cell again replaces it.

Two subscriptions are *the same wish again* when they come from the same line, for the same topic and with an equal
callback. Functions are compared by what they do, because running a cell again defines them anew.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

__all__ = ["CallSite", "call_site", "same_function"]

_PACKAGE = str(Path(__file__).resolve().parent.parent) + os.sep
_CELL_COUNT = re.compile(r"(?<=^<ipython-input-)\d+(?=-)")


@attrs.frozen
class CallSite:
    """A line of the user's code. ``file`` of a notebook cell is the cell's content, not how often it ran."""

    file: str
    line: int


def call_site() -> CallSite:
    """The nearest caller outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return CallSite(_CELL_COUNT.sub("", frame.f_code.co_filename), frame.f_lineno)


def same_function(one: Callable[..., Any] | None, other: Callable[..., Any] | None) -> bool:
    """True when both are equal, or the same code over the same values."""
    try:
        if one is other or one == other:
            return True
    except Exception:  # noqa: BLE001  the comparison may be the user's own
        return False
    left, right = _essence(one), _essence(other)
    return left is not None and left == right


def _essence(function: Callable[..., Any] | None) -> tuple[Any, ...] | None:
    if isinstance(function, functools.partial):
        inner = _essence(function.func) or (id(function.func),)
        return inner, [_value(one) for one in function.args], _named(function.keywords)
    code = getattr(function, "__code__", None)
    if code is None:
        return None
    cells = getattr(function, "__closure__", None) or ()
    try:
        values = [_value(cell.cell_contents) for cell in cells]
    except ValueError:  # a name that is not bound yet
        return None
    # A bound method shows its function's code: the methods of two objects differ in the object.
    owner = id(getattr(function, "__self__", None))
    defaults = [_value(one) for one in getattr(function, "__defaults__", None) or ()]
    named = _named(getattr(function, "__kwdefaults__", None) or {})
    return code, owner, values, defaults, named, getattr(function, "__qualname__", None)


def _value(held: Any) -> Any:
    """What a function holds: plain values are compared, objects must be the same (two empty lists are not)."""
    return held if isinstance(held, str | bytes | int | float | Decimal | None) else id(held)


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}
