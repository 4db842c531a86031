"""The docstring of every REST method: each parameter with its meaning and unit, and where the facts come from."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from okx_sync.exchanges import bitget, bybit, okx
from okx_sync.exchanges.bitget.groups import BitgetGroups
from okx_sync.exchanges.bybit.groups import BybitGroups
from okx_sync.exchanges.okx.groups import all_endpoints
from okx_sync.rest import Endpoint
from tests.exchanges.docstrings import Method, endpoints, problems

DECLARED: Final[dict[ModuleType, list[Endpoint]]] = {
    okx: all_endpoints(),
    bybit: BybitGroups.all_endpoints(),
    bitget: BitgetGroups.all_endpoints(),
}


@pytest.mark.parametrize("package", DECLARED, ids=lambda one: one.__name__.rpartition(".")[2])
def test_each_parameter_is_described(package: ModuleType) -> None:
    """Meaning and unit of every parameter, nothing that is none, and the page or path it is from; none is left out."""
    found = [one for file in sorted(Path(package.__path__[0]).glob("*/*rest.py")) for one in endpoints(file)]
    assert sorted(one.source for one in found) == sorted(f"{one.method} {one.path}" for one in DECLARED[package])
    assert {str(one): lacks for one in found if (lacks := problems(one))} == {}


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
