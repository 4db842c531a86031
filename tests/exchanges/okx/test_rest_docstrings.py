"""The docstring of every REST method: each parameter with its meaning and unit, and where the facts come from."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest

import okx_sync.exchanges.okx as package
from tests.exchanges.docstrings import Method, endpoints, problems

HOME = Path(package.__file__).parent


@functools.cache
def _families() -> dict[str, list[Method]]:
    return {path.parent.name: endpoints(path) for path in sorted(HOME.glob("*/rest.py"))}


@pytest.mark.parametrize("family", sorted(_families()))
def test_each_parameter_is_described(family: str) -> None:
    """Meaning and unit of every parameter, nothing that is none, and the page or path it is from."""
    assert _families()[family]
    lacking = {str(method): found for method in _families()[family] if (found := problems(method))}
    assert not lacking


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
    assert problems(Method("any", node, "GET /api/it", frozenset({"OkxApiError"}))) == [
        "**words is not in Args",
        "Args names other, which is no parameter",
        "after: 'The after.' only repeats its name",
        "after: 'The after.' names no unit",
        "limit: 'As many as wanted by the caller, and no more.' names no unit",
        "OkxApiError is not in Raises",
        "Source is not GET /api/it",
    ]
