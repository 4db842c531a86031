"""The README is a program: its Python blocks run, in their order, against the paper exchange."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path

from tests.programs import ROOT, run_python

README = ROOT / "README.md"


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_python_blocks_are_one_program(tmp_path: Path) -> None:
    """All blocks but the pytest one, put together, run from top to bottom without an error or a warning."""
    program = "\n".join(block for block in blocks("python") if "def test_" not in block)
    file = tmp_path / "readme.py"
    file.write_text(program, "utf-8")
    done = run_python(str(file), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "BTC at" in done.stdout
    assert "1 BTC costs" in done.stdout
    assert "live" in done.stdout
    assert "60018" in done.stdout
    assert "BalanceUpdate(currency='USDT', equity=Decimal" in done.stdout
    assert "None BalanceUpdate" not in done.stdout, "the equity is known by then"


def test_pytest_block_passes(tmp_path: Path) -> None:
    """The example of testing one's own bot passes under pytest, and needs nothing but the name of the fixture."""
    tests = [block for block in blocks("python") if "def test_" in block]
    (tmp_path / "test_bot.py").write_text("\n".join(tests), "utf-8")
    # Found by pytest itself where the package is installed; here it may be a plain clone.
    is_installed = any(one.name == "okx_sync_paper" for one in entry_points(group="pytest11"))
    plugin = [] if is_installed else ["-p", "okx_sync.paper.pytest_plugin"]
    done = run_python("-m", "pytest", "-q", *plugin, "-p", "no:cacheprovider", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


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


def test_every_fault_is_in_the_readme() -> None:
    """The list of faults names each public method of ``paper.faults``, and none that does not exist."""
    from okx_sync.paper.server.faults import Faults

    listed = README.read_text("utf-8").partition("What can go wrong is in `paper.faults`:")[2].partition(".\n")[0]
    named = set(re.findall(r"`(\w+)`", listed))
    public = {name for name in dir(Faults) if not name.startswith("_")}
    assert named == public - {"clear", "accept_connect"}
