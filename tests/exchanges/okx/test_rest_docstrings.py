"""The docstring of every REST method: each parameter with its meaning and unit, and where the facts come from."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from pathlib import Path

import pytest
from attrs import frozen

import okx_sync.exchanges.okx as package

HOME = Path(package.__file__).parent

# Families that are not done yet. What is here shrinks; a family that is whole must leave it.
UNFINISHED = {
    "earning",
}

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
    """A declared endpoint as it stands in the source."""

    family: str
    verb: str
    path: str
    node: ast.FunctionDef

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


def _methods(family: str) -> list[Method]:
    tree = ast.parse((HOME / family / "rest.py").read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("get", "post"):
                path = call.args[0]
                assert isinstance(path, ast.Constant)
                found.append(Method(family, call.func.id.upper(), str(path.value), node))
    return found


def _section(text: str, title: str) -> str:
    """What stands indented below ``title:``, the rest of its line included."""
    found = re.search(rf"^{title}:(.*\n?(?:(?:[ ]+.*)?\n?)*)", inspect.cleandoc(text), re.MULTILINE)
    return found[1] if found else ""


def _described(text: str) -> dict[str, str]:
    """The descriptions in ``Args:`` by parameter, each on one line."""
    entries: dict[str, str] = {}
    name = ""
    for line in textwrap.dedent(_section(text, "Args")).splitlines():
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
    described, parameters = _described(method.text), method.parameters
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
    source = _section(method.text, "Source").split()
    if not source:
        found.append("no Source")
    elif any(word.startswith("/api/") for word in source) and source[:2] != [method.verb, method.path]:
        found.append(f"Source is not {method.verb} {method.path}")
    return found


@functools.cache
def _families() -> dict[str, list[Method]]:
    return {path.parent.name: _methods(path.parent.name) for path in sorted(HOME.glob("*/rest.py"))}


@pytest.mark.parametrize("family", sorted(set(_families()) - UNFINISHED))
def test_each_parameter_is_described(family: str) -> None:
    """Meaning and unit of every parameter, nothing that is none, and the page or path it is from."""
    assert _families()[family]
    lacking = {str(method): found for method in _families()[family] if (found := problems(method))}
    assert not lacking


def test_a_whole_family_is_no_exception() -> None:
    """What is done is taken off the list of those that are not."""
    whole = [family for family in UNFINISHED if not any(map(problems, _families()[family]))]
    assert not whole, f"take {whole} off UNFINISHED"


def test_what_is_found() -> None:
    """Docstrings that say nothing do not pass, so that the tests above mean something."""
    bare = '''def get(self, after: int, limit: int | None = None, **words: int) -> None:
        """Get it.

        Args:
            after: The after.
            limit: As many as wanted by the caller,
                and no more.
            other: Nobody knows.

        Source: GET /api/other
        """'''
    node = ast.parse(bare).body[0]
    assert isinstance(node, ast.FunctionDef)
    assert problems(Method("any", "GET", "/api/it", node)) == [
        "**words is not in Args",
        "Args names other, which is no parameter",
        "after: 'The after.' only repeats its name",
        "after: 'The after.' names no unit",
        "limit: 'As many as wanted by the caller, and no more.' names no unit",
        "Source is not GET /api/it",
    ]
