"""The statements of a source, wherever in it, without a look into their expressions: a twentieth of all nodes.

Tests that read every file of the package would spend seconds on expressions otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

__all__ = ["import_statements", "statements"]

_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def statements(within: ast.AST) -> Iterator[ast.AST]:
    """A node, and every statement in its blocks."""
    waiting = [within]
    while waiting:
        node = waiting.pop()
        yield node
        for block in _BLOCKS:
            inner = getattr(node, block, None)
            if isinstance(inner, list):
                waiting += inner


def import_statements(source: str) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import, those in functions and for types included."""
    for node in statements(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
