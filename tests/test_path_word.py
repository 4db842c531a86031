"""``path`` is the one word for where a stream lives; an ``endpoint`` is a REST call, a ``link`` keeps a URL alive."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from pathlib import Path

import okx_sync
from tests.statements import statements

HOME = Path(okx_sync.__file__).parent
FORMER = {("delivery/options.py", "endpoint")}
"""Options by their former names, which warn."""
ENDPOINT = re.compile(r"\b(public|private|business|trade) endpoints?\b")
NAMES = re.compile(r"\b(endpoint|link)\b")
ON_A_LINK = re.compile(r"\bon (a|the|that|this) (\S+ )?links?\b(?!['s]* (ping )?threads?)")


def _sources(said: re.Pattern[str]) -> Iterator[tuple[str, ast.AST]]:
    """Every file that has such words, but the rows, whose fields have the exchange's spelling."""
    for file in sorted(HOME.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.name != "models.py" and said.search(" ".join(text.replace('f"', " ").replace('"', " ").split())):
            yield file.relative_to(HOME).as_posix(), ast.parse(text)


def _texts_named(tree: ast.AST, names: Container[str]) -> Iterator[str]:
    """Which parameters and fields of such names hold a text."""
    for node in statements(tree):
        hints: list[tuple[str, ast.expr | None]] = []
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            hints = [(node.target.id, node.annotation)]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hints = [(one.arg, one.annotation) for one in ast.walk(node.args) if isinstance(one, ast.arg)]
        for name, hint in hints:
            if name in names and hint is not None and re.match(r"str\b|Literal", ast.unparse(hint)):
                yield name


def test_no_text_is_called_endpoint_or_link() -> None:
    """No parameter, option or field that names a path is called ``endpoint`` or ``link``; two former names warn."""
    found = {(file, name) for file, tree in _sources(NAMES) for name in _texts_named(tree, {"endpoint", "link"})}
    assert found == FORMER


def test_no_sentence_takes_an_endpoint_or_a_link_for_a_path() -> None:
    """No docstring, error or line of log calls a path "the private endpoint", or says that something is on a link."""
    wrong = [
        f"{file}:{node.lineno}: {said.group()}"
        for file, tree in _sources(re.compile(f"{ON_A_LINK.pattern}|{ENDPOINT.pattern}"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for pattern in ([ON_A_LINK] if "/rest/" in f"/{file}" else [ON_A_LINK, ENDPOINT])
        for said in pattern.finditer(" ".join(node.value.split()))
    ]
    assert wrong == []
