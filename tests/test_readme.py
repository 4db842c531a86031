"""The README is a program: its Python blocks run, in their order, against the paper exchange."""

from __future__ import annotations

import re
from pathlib import Path

from tests.programs import ROOT, run_python

README = ROOT / "README.md"


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_python_blocks_are_one_program(tmp_path: Path) -> None:
    """All blocks, put together, run from top to bottom without an error or a warning."""
    file = tmp_path / "readme.py"
    file.write_text("\n".join(blocks("python")), "utf-8")
    done = run_python(str(file), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "BTC-USDT" in done.stdout
    assert "1 BTC costs" in done.stdout
    assert "True canceled 0" in done.stdout


def test_it_is_short() -> None:
    """Whoever reads it has ten minutes; the rest is on pages."""
    assert len(README.read_text("utf-8").splitlines()) <= 110


def test_first_block_is_on_the_first_screen() -> None:
    """Code that can be copied starts within the first 30 lines and is complete in itself."""
    lines = README.read_text("utf-8").splitlines()
    assert "```python" in lines[:30]


def test_ci_runs_the_readme_test_command() -> None:
    """The continuous check uses exactly the command that people are told to use."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = [line for block in blocks("sh") for line in block.splitlines() if "pytest" in line]
    assert len(commands) == 1
    assert commands[0] in script.splitlines()
