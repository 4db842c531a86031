"""``python -m tests.conformance.page``: writes the table of promises in ``docs/promises.md``, below its heading."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from okx_sync.reference_pages.markdown import cell, table
from tests.conformance.wire_protocols import WIRES

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).parents[2] / "docs" / "promises.md"
_HERE = Path(__file__).parent
_HEADING = "## Every promise, and its test\n"
_TOP = """
Made from the tests by `python -m tests.conformance.page`. The wires are {wires}; without a word a promise is held on
all of them. `python -m tests.conformance` runs them and prints what came of each on each wire.
"""
_OF_WIRES = {"wire", "connect", "scene"}  # fixtures: who takes one of them runs on every wire


def page() -> str:
    """Return the whole page: what was written by hand, and the table of now."""
    by_hand = PAGE.read_text(encoding="utf-8").partition(_HEADING)[0]
    return "\n".join([f"{by_hand}{_HEADING}{_TOP.format(wires=', '.join(wire.name for wire in WIRES))}", *_sections()])


def _sections() -> Iterator[str]:
    for file in sorted(_HERE.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if rows := list(_rows(tree)):
            title = " ".join(inspect.cleandoc(ast.get_docstring(tree) or "").split()).rstrip(".")
            lines = table(("Promise", "Test", "Not on"), rows)
            yield f"### {title}\n\n`{file.relative_to(PAGE.parents[1])}`\n\n{lines}"


def _rows(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for test in tree.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            arguments = {one.arg for one in test.args.args}
            if arguments:  # what takes nothing is about the tests themselves
                absent = _absent(test.name) if arguments & _OF_WIRES else "a test of one exchange"
                yield cell(ast.get_docstring(test) or ""), f"`{test.name}`", absent


def _absent(name: str) -> str:
    """Say on which wires a promise does not apply, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for wire in WIRES:
        if name in wire.exempt:
            reasons.setdefault(wire.exempt[name], []).append(wire.name)
    return "; ".join(f"{', '.join(wires)}: {cell(reason)}" for reason, wires in reasons.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
