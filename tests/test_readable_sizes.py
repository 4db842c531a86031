"""What is read in one go: functions of up to 40 lines, and files that are divided by subject and never by size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import ROOT
from tests.statements import statements

MOST_LINES = 40
BY_SIZE = re.compile(r"_(more|rest_of|cont|continued|extra|part|two|three|first|second|[a-z]|\d+|part_?\d)$")
# Names that files once had and that say nothing alone; the field has a word for each.
RIDDLES = frozenset(
    [
        "gate",
        "late",
        "life",
        "lives",
        "whole",
        "opening",
        "asks",
        "terms",
        "walk",
        "speech",
        "people",
        "doors",
        "desk",
        "wish",
        "kit",
        "shop",
        "stuff",
        "misc",
        "utils",
        "helpers",
        "side",
        "front",
        "drops",
        "plan",
        "flow",
    ]
)


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Each function with its lines of code: no signature, no docstring, no comment, no blank line."""
    lines = source.split("\n")
    for node in statements(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = range(node.body[0].lineno, (node.end_lineno or 0) + 1)
            prose = {number for one in statements(node) if _is_text(one) for number in _lines_of(one)}
            code = [number for number in body if number not in prose and lines[number - 1].strip(" ")]
            yield node.name, sum(not lines[number - 1].lstrip().startswith("#") for number in code)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _lines_of(node: ast.AST) -> range:
    assert isinstance(node, ast.Expr)
    return range(node.lineno, (node.end_lineno or 0) + 1)


def files(*folders: str) -> list[Path]:
    """The modules of some folders of this repository."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_functions_are_short() -> None:
    """Up to 40 lines of code. Methods of endpoints are tables: a line for each of the exchange's parameters."""
    long = [
        f"{path.relative_to(ROOT)}: {name} has {count} lines"
        for path in files("okx_sync", "samples")
        if not (path.name == "rest.py" and "exchanges" in path.parts)
        for name, count in functions(path.read_text("utf-8"))
        if count > MOST_LINES
    ]
    assert long == []


@pytest.mark.parametrize(("lines", "expected"), [(40, 40), (41, 41)])
def test_only_code_counts_as_length(lines: int, expected: int) -> None:
    """What explains a function makes it no longer."""
    code = "    act()\n" * lines
    prose = '    """Run.\n\n    Slowly.\n    """\n    # Why.\n\n'
    (found,) = functions(f"def run(\n    one: int,\n) -> None:\n{prose}{code}")
    assert found == ("run", expected)


def test_files_are_divided_by_subject() -> None:
    """No ``_more``, ``_a``, ``_2``: such a name says that a file was full, and not what is in it."""
    stems = {path: path.stem.removeprefix("test_") for path in files("okx_sync", "samples", "tests")}
    assert [str(path.relative_to(ROOT)) for path, stem in stems.items() if BY_SIZE.search(stem)] == []


def test_no_file_is_a_riddle() -> None:
    """A stranger guesses the file from its name. In ``models`` stand names of former versions."""
    stems = {path: path.stem.removeprefix("test_") for path in files("okx_sync", "samples", "tests")}
    riddles = {path for path, stem in stems.items() if stem in RIDDLES}
    assert riddles <= {ROOT / "okx_sync" / "models" / "late.py"}


def besides_verbs(source: str) -> int:
    """Lines of a facade without its imports, its public methods, and the twins of methods."""
    tree = ast.parse(source)
    left: list[ast.stmt] = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom | ast.If)]
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else []
        left += [one for one in members if isinstance(one, ast.Assign) or _is_verb(one)]
    return source.count("\n") - sum((node.end_lineno or 0) + 1 - node.lineno for node in left)


def _is_verb(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def test_a_client_is_a_facade() -> None:
    """Up to 150 lines besides the typed verbs: what it takes to join the parts. Logic is in ``live`` or an exchange."""
    files = (ROOT / "okx_sync" / "clients").rglob("*.py")
    found = {file.name: besides_verbs(file.read_text(encoding="utf-8")) for file in files}
    assert {name: lines for name, lines in found.items() if lines > 150} == {}
