"""Runs Python programs of other people's clients that want other versions than this project's tests have.

Each has an environment of its own beside this one, outside of the repository: `.ci/run all` makes them.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from okx_sync.paper import PaperExchange
from tests.programs import ROOT
from tests.thirdparty.strangers import lacking, run_stranger


def run_apart(paper: PaperExchange, package: str, program: str, **values: str) -> Any:
    """Run a program that prints JSON; `values` are its environment. Skips where the package is not installed."""
    command = [_python(package), "-m", f"tests.thirdparty.{program}"]
    return run_stranger(paper, command, PYTHONPATH=str(ROOT), **values)


def _python(package: str) -> str:
    """The Python that has it: the one of its environment, or this one."""
    extra = package.partition("_")[0]
    apart = Path(sys.prefix) / extra
    for path in (apart / "bin" / "python", apart / "Scripts" / "python.exe"):
        if path.is_file():
            return str(path)
    if find_spec(package) is None:
        lacking(f"needs {package}: python -m venv {apart}, and there pip install okx_sync[{extra}]")
    return sys.executable
