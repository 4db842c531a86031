"""``path`` is the one word for where a stream lives; an ``endpoint`` is a REST call, a ``link`` keeps a URL alive."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import okx_sync

HOME = Path(okx_sync.__file__).parent
FORMER = {("delivery/options.py", "endpoint")}
"""Options by their former names, which warn."""
ENDPOINT = re.compile(r"\b(public|private|business|trade) endpoints?\b")
NAMES = re.compile(r"\b(endpoint|link)\b")
WORDS = re.compile(r"\b(endpoints?|links?)\b")
ON_A_LINK = re.compile(r"\bon (a|the|that|this) (\S+ )?links?\b(?!['s]* (ping )?threads?)")


def _sources(said: re.Pattern[str]) -> Iterator[tuple[str, ast.AST]]:
    """Every file that has such words, but the rows, whose fields have the exchange's spelling."""
    for file in sorted(HOME.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.name != "models.py" and said.search(" ".join(text.replace('"', " ").split())):
            yield file.relative_to(HOME).as_posix(), ast.parse(text)


def _texts_named(tree: ast.AST) -> Iterator[str]:
    """Names of parameters and fields that hold a text."""
    for node in ast.walk(tree):
        name = node.arg if isinstance(node, ast.arg) else None
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        if name and (hint := node.annotation) and re.match(r"str\b|Literal", ast.unparse(hint)):  # type: ignore[attr-defined]
            yield name


def test_no_text_is_called_endpoint_or_link() -> None:
    """No parameter, option or field that names a path is called ``endpoint`` or ``link``; two former names warn."""
    found = {
        (file, name) for file, tree in _sources(NAMES) for name in _texts_named(tree) if name in ("endpoint", "link")
    }
    assert found == FORMER


def test_no_sentence_takes_an_endpoint_or_a_link_for_a_path() -> None:
    """No docstring, error or line of log calls a path "the private endpoint", or says that something is on a link."""
    wrong = [
        f"{file}:{node.lineno}: {said.group()}"
        for file, tree in _sources(WORDS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for pattern in ([ON_A_LINK] if "/rest/" in f"/{file}" else [ON_A_LINK, ENDPOINT])
        for said in pattern.finditer(" ".join(node.value.split()))
    ]
    assert wrong == []
