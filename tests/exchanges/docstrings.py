"""What the docstring of a declared method must have, and what one lacks: endpoints of REST, and subscriptions."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from pathlib import Path

from attrs import frozen

__all__ = ["Method", "endpoints", "functions", "problems"]

UNITS = re.compile(
    r"\b("
    r"bills|candle|candles|ccy|code|coin|coins|contracts|currencies|currency|cursor|day|days|digits|"
    r"epoch|factor|fraction|hour|hours|id|ids|legs|level|levels|leverage|minute|minutes|month|"
    r"months|ms|number|orders|page|pages|per|percent|price|prices|quarter|rate|ratio|row|rows|"
    r"second|seconds|shares|times|trade|trades|UTC|USD|USDT|week|weeks|year|years"
    r")\b|%",
    re.IGNORECASE,
)
"""A number or a time says one of these: what it counts, or what it is measured in."""

NUMBERS = re.compile(r"\b(int|Number|Decimal)\b")
TIMES = re.compile(r"(^|_)(time|ts|begin|end|after|before|date|day|period|bar|interval)(_|$)")


@frozen
class Method:
    """A declared method as it stands in the source, and what its docstring must agree with."""

    family: str
    node: ast.FunctionDef
    source: str
    """What ``Source`` says first, where it is not the exchange's page alone."""
    raises: frozenset[str] | None = None
    """What ``Raises`` has; None: anything."""

    def __str__(self) -> str:
        return f"{self.family}.{self.node.name}"

    @property
    def text(self) -> str:
        """The docstring."""
        return ast.get_docstring(self.node) or ""

    @property
    def parameters(self) -> dict[str, str]:
        """Annotations by name, with the stars of ``**words``."""
        own = self.node.args
        named = [*own.posonlyargs, *own.args[1:], *own.kwonlyargs]
        found = {one.arg: ast.unparse(one.annotation) if one.annotation else "" for one in named}
        return found | ({f"**{own.kwarg.arg}": ""} if own.kwarg else {})


def functions(file: Path) -> list[ast.FunctionDef]:
    """Every function and method in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def endpoints(file: Path) -> list[Method]:
    """The endpoints that a ``rest.py`` declares; its folder is their family."""
    found = []
    for node in functions(file):
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("get", "post"):
                path = call.args[0]
                assert isinstance(path, ast.Constant)
                found.append(Method(file.parent.name, node, f"{call.func.id.upper()} {path.value!s}"))
    return found


def _section(text: str, title: str) -> str:
    """What stands indented below ``title:``, the rest of its line included."""
    found = re.search(rf"^{title}:(.*\n?(?:(?:[ ]+.*)?\n?)*)", inspect.cleandoc(text), re.MULTILINE)
    return found[1] if found else ""


def _described(text: str, title: str) -> dict[str, str]:
    """The descriptions in ``Args:`` or ``Raises:`` by name, each on one line."""
    entries: dict[str, str] = {}
    name = ""
    for line in textwrap.dedent(_section(text, title)).splitlines():
        if line.startswith(" "):
            entries[name] += f" {line.strip()}"
        elif line:
            name, _, rest = line.partition(":")
            entries[name] = rest.strip()
    return entries


def _says_something(name: str, description: str) -> bool:
    """True when words stand there that the name does not have."""
    own = set(re.findall(r"[a-z]+", name.lower())) | {"a", "an", "the", "of", "its"}
    return len(set(re.findall(r"[a-z]+", description.lower())) - own) >= 2


def problems(method: Method) -> list[str]:
    """What a docstring lacks."""
    described, parameters = _described(method.text, "Args"), method.parameters
    found = [f"{name} is not in Args" for name in parameters if name not in described]
    found += [f"Args names {name}, which is no parameter" for name in described if name not in parameters]
    for name, annotation in parameters.items():
        description = described.get(name, "")
        if not description:
            continue
        if not _says_something(name, description):
            found.append(f"{name}: {description!r} only repeats its name")
        if (NUMBERS.search(annotation) or TIMES.search(name)) and not UNITS.search(description):
            found.append(f"{name}: {description!r} names no unit")
    return [*found, *_of_raises(method), *_of_source(method)]


def _of_raises(method: Method) -> list[str]:
    if method.raises is None:
        return []
    told = _described(method.text, "Raises")
    found = [f"{name} is not in Raises" for name in sorted(method.raises - told.keys())]
    found += [f"Raises names {name}, which it does not raise" for name in told if name not in method.raises]
    return found + [f"{name}: nothing is said of it" for name, text in told.items() if not _says_something(name, text)]


def _of_source(method: Method) -> list[str]:
    first = _section(method.text, "Source").strip().partition("\n")[0]
    if not first:
        return ["no Source"]
    return [] if first == method.source or first.startswith("https://") else [f"Source is not {method.source}"]
