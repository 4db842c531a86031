"""Where in the user's code a subscription was made, so that running a notebook cell again replaces it.

Two subscriptions are *the same wish again* when they come from the same line of code that can be run again (a notebook
cell, a statement at a prompt), for the same topic, with an equal callback and the same queue. Functions are compared by
what they do, because running a cell again defines them anew. The lines of scripts and modules are never run *again*:
a loop, or a second object of one class, means another subscription.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import CodeType
from typing import Any

import attrs

__all__ = ["CallSite", "call_site", "same_function"]

_PACKAGE = str(Path(__file__).resolve().parent.parent) + os.sep
# The count of executions in the name that prompts (the plain one since Python 3.13) and older notebooks give to what
# they run.
_COUNT = re.compile(r"(?<=^<)([a-z]*-?input-|pyshell#)\d+|(?<=^<stdin>)-\d+$")
_PROMPT = re.compile(r"^<(stdin|console|input|[a-z]*-?input-.*|pyshell#.*|command-.*)>(-\d+)?$")
# Notebook kernels keep each cell in a file of its own, named by its content or its id.
_CELL_FILE = re.compile(r"[/\\](\.ipykernel|ipykernel_\d+|marimo_\d+)[/\\]")


@attrs.frozen
class CallSite:
    """A line of the user's code that can be run again.

    ``file`` of a notebook cell is the cell's content, not how often it ran. ``statement``: the code around the line. At
    a prompt each statement is line 1 of a file of the same name: there the code tells one from another.
    """

    file: str
    line: int
    statement: CodeType


def call_site() -> CallSite | None:
    """Find the nearest caller outside this package; None in a script or module, whose lines are not run *again*."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    file = frame.f_code.co_filename
    return CallSite(_COUNT.sub(r"\1", file), frame.f_lineno, frame.f_code) if _runs_again(file) else None


def _runs_again(file: str) -> bool:
    if file.startswith("<stdin>") and sys.argv[:1] in (["-"], [""]):
        return hasattr(sys, "ps1")  # else a script that came through a pipe
    return bool(_PROMPT.match(file) or _CELL_FILE.search(file)) or file == os.environ.get("IPYKERNEL_CELL_NAME")


def same_function(one: Callable[..., Any] | None, other: Callable[..., Any] | None) -> bool:
    """Tell whether both functions are equal, or the same code over the same values."""
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
    """Return what a function holds, to compare: plain values as such, objects by identity.

    Two empty lists are not the same.
    """
    return held if isinstance(held, str | bytes | int | float | Decimal | None) else id(held)


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}
