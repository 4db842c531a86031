"""The statements of a source, wherever in it, without a look into their expressions: a twentieth of all nodes.

Tests that read every file of the package would spend seconds on expressions otherwise.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

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


@functools.cache
def import_statements(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Every import of a file, those in functions and for types included. A file is read once."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in statements(tree) if isinstance(node, ast.Import | ast.ImportFrom))
