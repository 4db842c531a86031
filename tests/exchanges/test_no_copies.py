"""What two exchanges do alike is written once, beside their folders: no function body stands in two of them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import okx_sync

EXCHANGES = Path(okx_sync.__file__).parent / "exchanges"
STATEMENTS = 3
"""Shorter functions say too little to be a copy."""


class _Nameless(ast.NodeTransformer):
    """Names of variables, arguments and annotations do not make a difference; what is called and compared does."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def _short(self, name: str) -> str:
        return self._names.setdefault(name, f"n{len(self._names)}")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._short(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self._short(node.arg), None)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def _body(function: ast.FunctionDef) -> str | None:
    """The body without its docstring and its names; None for a short one."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    count = sum(isinstance(node, ast.stmt) for one in body for node in ast.walk(one))
    if count < STATEMENTS:
        return None
    nameless = _Nameless()
    return "\n".join(ast.dump(nameless.visit(one)) for one in body)


def _copies(folders: dict[str, list[Path]]) -> list[str]:
    where: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for folder, files in folders.items():
        for file in files:
            for function in _functions(ast.parse(file.read_text(encoding="utf-8"))):
                body = _body(function)
                if body is not None:
                    where[body][folder] = f"{folder}/{file.name}:{function.name}"
    return [" = ".join(sorted(places.values())) for places in where.values() if len(places) > 1]


def test_no_function_body_stands_in_two_exchanges() -> None:
    """What would be mended in one place and forgotten in the other is not there twice."""
    folders = {one.name: sorted(one.rglob("*.py")) for one in EXCHANGES.iterdir() if (one / "__init__.py").exists()}
    assert folders.keys() >= {"okx", "bitget", "bybit"}
    assert _copies(folders) == []


def test_a_copy_with_other_names_is_found(tmp_path: Path) -> None:
    """Renaming variables does not hide a copy; another constant makes it another function."""
    text = "def f(a):\n    b = a.x\n    for c in b:\n        if c > {}:\n            return c\n    return 0\n"
    one, other, third = (tmp_path / name for name in ("one.py", "other.py", "third.py"))
    one.write_text(text.format(1))
    other.write_text(text.format(1).replace("b ", "z ").replace("in b", "in z"))
    third.write_text(text.format(2))
    assert _copies({"x": [one], "y": [other], "z": [third]}) == ["x/one.py:f = y/other.py:f"]
