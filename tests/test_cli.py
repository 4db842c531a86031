"""The command line: usage, and what it says when something is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okx_sync import __version__, cli
from tests.programs import ROOT, run_python


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "soon", ""])
def test_seconds_must_be_a_length_of_time(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A time that cannot be right is refused with exit code 2 and the offending text."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", f"--seconds={text}"])
    assert ended.value.code == 2
    assert f"not {text!r}" in capsys.readouterr().err


def test_no_command_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the usage goes to standard error, with exit code 2."""
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "okx-sync" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` names the package's version."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"okx_sync {__version__}\n"


def test_help_needs_no_extra(tmp_path: Path) -> None:
    """``python -m okx_sync demo --help`` works where neither aiohttp nor rich is installed."""
    hide(tmp_path, "aiohttp", "rich")
    done = run_python("-m", "okx_sync", "demo", "--help", PYTHONPATH=with_hidden(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "--seconds" in done.stdout


def test_missing_server_library_names_the_extra(tmp_path: Path) -> None:
    """Without aiohttp the demo says which extra to install, in one line, with exit code 1."""
    hide(tmp_path, "aiohttp")
    done = run_python("-m", "okx_sync", "demo", "--seconds", "1", PYTHONPATH=with_hidden(tmp_path))
    assert done.returncode == 1
    assert "okx_sync[paper]" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def hide(folder: Path, *modules: str) -> None:
    """Make modules look as if they were not installed, for a program that has this folder on its path."""
    for module in modules:
        (folder / f"{module}.py").write_text(f'raise ModuleNotFoundError("No module named {module}")')


def with_hidden(folder: Path) -> str:
    """The import path of such a program."""
    return os.pathsep.join((str(folder), str(ROOT)))
