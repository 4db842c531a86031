"""Every example in a docstring runs as it stands there, on the paper exchange."""

from __future__ import annotations

import ast
import doctest
import importlib
import sys
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import okx_sync
from okx_sync import OkxClient, WsClient, rows
from okx_sync.exchanges.okx.models import Ticker
from okx_sync.exchanges.okx.trade.rest import Trade
from okx_sync.paper import PaperExchange
from okx_sync.rest import endpoint, paged
from okx_sync.rows.levels import BookLevel

HOME = Path(okx_sync.__file__).parent
NO_CODE = {
    "errors": "a picture of the tree of errors",
    "protocol.session_state": "a picture of the states",
}
"""Modules whose blocks are no code, and why."""


@attrs.frozen
class Example:
    """A block of code in a docstring."""

    module: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}"


def _docstrings(path: Path) -> Iterator[tuple[int, str]]:
    source = path.read_text(encoding="utf-8")
    if "::\n" not in source:  # no example: most modules, and parsing them all takes its time in each worker
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands indented below a line that ends in two colons, and the line it begins on."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.endswith("::"):
            continue
        margin = len(line) - len(line.lstrip())
        block: list[str] = []
        for inside in lines[number + 1 :]:
            if inside.strip() and len(inside) - len(inside.lstrip()) <= margin:
                break
            block.append(inside)
        yield number, textwrap.dedent("\n".join(block)).strip("\n")


def _examples() -> Iterator[Example]:
    for path in sorted(HOME.rglob("*.py")):
        module = ".".join(path.relative_to(HOME).with_suffix("").parts)
        for line, text in _docstrings(path):
            if module not in NO_CODE:
                yield from (Example(module, line + number, code) for number, code in _blocks(text))


EXAMPLES = list(_examples())


@pytest.fixture(scope="module")
def names() -> Iterator[dict[str, Any]]:
    """What examples speak of: the public names, clients, and what the engine's declarations are made of."""
    with PaperExchange() as paper, WsClient(paper.config) as ws, OkxClient(paper.config) as client:
        public = {name: getattr(okx_sync, name) for name in okx_sync.__all__}
        engine = {
            **vars(Trade),
            "Ticker": Ticker,
            "BookLevel": BookLevel,
            **vars(endpoint),
            **vars(paged),
            **vars(rows),
        }
        mine: dict[str, Any] = {
            "paper": paper,
            "ws": ws,
            "client": client,
            "trade": lambda: None,
            "start": 1_700_000_000_000,
        }
        mine["end"] = mine["start"] + 60_000
        yield {**engine, **public, **mine}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_examples_run(example: Example, names: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """As they stand there, with the names that the text around them speaks of."""
    space = types.ModuleType("example")
    monkeypatch.setitem(sys.modules, "example", space)  # row classes look their names up there
    around = vars(importlib.import_module(f"okx_sync.{example.module}"))
    vars(space).update({**names, **around, "__name__": "example"})
    exec(compile(f"from __future__ import annotations\n{example.code}", str(example), "exec"), vars(space))


def test_the_examples_are_found() -> None:
    """Those of live objects at least; else the test above would pass by finding nothing."""
    found = {example.module for example in EXAMPLES}
    assert {
        "state.book.order_book",
        "state.account_monitor",
        "state.position_monitor",
        "state.orders.order_manager",
    } <= found


def test_prompts_show_what_comes_out() -> None:
    """Examples in the form of a session at the prompt, where there are any."""
    for path in HOME.rglob("*.py"):
        if ">>>" in path.read_text(encoding="utf-8"):
            module = importlib.import_module(".".join(path.relative_to(HOME.parent).with_suffix("").parts))
            assert doctest.testmod(module).failed == 0, path
