"""The order book compiled by mypyc (``OKX_SYNC_COMPILE=1``) is the same book: it passes the book's own tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import ROOT

pytest.importorskip("mypyc", reason="needs the extra okx_sync[dev]")
_PROOF = "import okx_sync.state.book.book as book, sys; sys.exit(not book.__file__.endswith(('.so', '.pyd')))"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_a_compiled_book_passes_its_tests(tmp_path: Path) -> None:
    """Built in a copy of this project with the one switch, and run there."""
    for name in ("setup.py", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("okx_sync", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "OKX_SYNC_COMPILE": "1", "PYTHONPATH": str(tmp_path)}
    for command in (
        ["setup.py", "build_ext", "--inplace"],
        ["-c", _PROOF],
        ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/state/book"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
