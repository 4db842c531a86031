"""What fields mean, in the docstring of their class: strings below fields, as editors show them, also in ``help()``.

A string that stands below a field belongs to it::

    @model
    class Weather(Row):
        "The weather of one place."

        ts: int | None = None
        "Epoch ms."

Editors show it where the field is used, and the interpreter drops it. So the docstring of the class is made when it is
first read: the class's own, then all fields with their types and strings. For that the source of the module is read;
importing a module reads nothing. Where there is no source, the fields are listed without their strings.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeVar

import attrs

__all__ = ["documented", "field_strings", "told_fields"]

C = TypeVar("C", bound=type[Any])

_NOTHING: Final[Mapping[str, str]] = {}


def documented(cls: C) -> C:
    """Return class decorator, above that of attrs.

    Lets the docstring of the class, or of a typed dict, tell all fields.
    """
    docstring: Any = _Docstring(vars(cls).get("__doc__") or "")
    docstring.cls = cls
    cls.__doc__ = docstring
    return cls


@cache
def field_strings(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the strings below fields in a loaded module, by qualified class name and field.

    Empty when it has no source.
    """
    space = vars(sys.modules[module]) if module in sys.modules else {}
    lines = linecache.getlines(space.get("__file__") or "", space)
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError):
        return {}
    return dict(_classes(tree, ""))


class _Docstring(str):
    """Stands for ``__doc__`` in the namespace of a class, and makes the text when somebody reads it.

    It is a text, too, the one that was written: ``help()`` on a typed dict looks it up without having it made.
    """

    __slots__ = ("_made", "cls")

    cls: type[Any]

    def __get__(self, _obj: Any, _owner: type[Any]) -> str:
        try:
            return self._made
        except AttributeError:
            self._made: str = _text(self.cls, inspect.cleandoc(self))
            return self._made


def told_fields(cls: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and string of each public field; the string is empty where there is none."""
    for name, kind in _fields(cls):
        if not name.startswith("_"):
            written = kind if isinstance(kind, str) else inspect.formatannotation(kind)
            yield name, written, next((one for base in cls.__mro__ if (one := _string(base, name))), "")


def _text(cls: type[Any], own: str) -> str:
    fields = [_line(*field) for field in told_fields(cls)]
    return "\n".join([own, "", "Attributes:", *fields] if fields else [own]).lstrip("\n")


def _fields(cls: type[Any]) -> list[tuple[str, Any]]:
    """Name and type of each."""
    if attrs.has(cls):
        return [(field.name, field.type) for field in attrs.fields(cls)]
    return [(name, getattr(kind, "__forward_arg__", kind)) for name, kind in cls.__annotations__.items()]


def _line(name: str, written: str, string: str) -> str:
    line = f"{name} ({written}): {string}" if string else f"{name} ({written})"
    return textwrap.indent(line, "    ").replace("\n", "\n    ")


def _string(cls: type[Any], field: str) -> str | None:
    return field_strings(cls.__module__).get(cls.__qualname__, _NOTHING).get(field)


def _classes(node: ast.AST, prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield all classes below ``node``, each with its strings."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.ClassDef):
            yield prefix + inner.name, dict(_strings(inner.body))
            yield from _classes(inner, f"{prefix}{inner.name}.")
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _classes(inner, f"{prefix}{inner.name}.<locals>.")
        elif not isinstance(inner, ast.expr):
            yield from _classes(inner, prefix)


def _strings(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            value = below.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield field.target.id, inspect.cleandoc(value.value)
