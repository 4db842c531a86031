"""Installed for editing, as the README says, the package is found from elsewhere: by Python, type checkers, editors."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.programs import ROOT

BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_editable(sys.argv[1]))"
BOT = """
from okx_sync import Config, WsClient

ws = WsClient(Config())
reveal_type(ws.subscribe_tickers("BTC-USDT").get(1).last)
reveal_type(ws.subscribe_tickers(inst_id=["BTC-USDT"], wait=False))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``pip install -e`` installs, made from a copy of this project."""
    if importlib.util.find_spec("setuptools._vendor.wheel") is None and importlib.util.find_spec("wheel") is None:
        pytest.skip("needs setuptools 70.1 or later")
    project = tmp_path_factory.mktemp("project")
    for name in ("setup.py", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    (project / "okx_sync").symlink_to(ROOT / "okx_sync")
    command = [sys.executable, "-c", BUILD, str(project)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return project / done.stdout.split()[-1]


def test_a_clone_is_installed_by_a_plain_path_file(wheel: Path) -> None:
    """Not by an import hook: only Python itself would run that."""
    with zipfile.ZipFile(wheel) as inside:
        files = [name for name in inside.namelist() if "/" not in name]
        assert [Path(name).suffix for name in files] == [".pth"]
        assert inside.read(files[0]).decode().strip() == str(wheel.parent)
    assert (ROOT / "okx_sync" / "py.typed").is_file()


def test_a_type_checker_finds_the_package_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """With its types: a field of a row is what the row class says, a list of instruments gives a group."""
    pytest.importorskip("pyright", reason="needs the extra okx_sync[dev]")
    venv.create(tmp_path / "env", with_pip=False)
    packages = next((tmp_path / "env").glob("[Ll]ib/**/site-packages"))
    with zipfile.ZipFile(wheel) as inside:
        inside.extractall(packages)
    bot = tmp_path / "bot.py"
    bot.write_text(BOT)
    python = next(path for path in (tmp_path / "env").glob("*/python*") if path.stem == "python")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", str(python), str(bot)]
    elsewhere = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=tmp_path, env=elsewhere, capture_output=True, text=True, timeout=100, check=False
    )
    told = [row["message"] for row in json.loads(done.stdout)["generalDiagnostics"]]
    assert told == [
        'Type of "ws.subscribe_tickers("BTC-USDT").get(1).last" is "Decimal | None"',
        'Type of "ws.subscribe_tickers(inst_id=["BTC-USDT"], wait=False)" is "SubscriptionGroup[Ticker]"',
    ]
