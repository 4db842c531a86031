"""``python -m okx_sync demo --fanout``: three processes and a Redis server of its own, all of which end with it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from okx_sync import cli
from tests.programs import run_python


def test_publisher_and_two_followers_are_shown() -> None:
    """Exit code 0; each has said what it does, the market came without a gap, and orders worked."""
    if shutil.which("redis-server") is None:
        if os.environ.get("OKX_SYNC_REDIS") == "required":
            pytest.fail("redis-server is not installed, and OKX_SYNC_REDIS=required")
        pytest.skip("redis-server is not installed")
    done = run_python("-m", "okx_sync", "demo", "--fanout", "--seconds", "2", timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].startswith("redis-server at redis://127.0.0.1:")
    assert lines[1] == "publisher  ready: it has the key and the only sockets to the exchange"
    assert any(line.startswith("watcher") and line.endswith(" 0 messages missing") for line in lines)
    assert any(line.startswith("trader     order ") and line.endswith(" now canceled") for line in lines)
    assert lines[-1] == "  OK         two followers, nothing missing, orders worked"


def test_without_a_redis_server_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names what to install; nothing was started."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["demo", "--fanout"]) == 1
    out, err = capsys.readouterr()
    assert err == (
        "The demo could not start: redis-server is not installed: it is not on the PATH. "
        "Hint: apt install redis-server, or brew install redis\n"
    )
    assert out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="programs of the PATH are scripts here")
def test_a_redis_server_that_does_not_start_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not waited for, and nothing is left behind."""
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert cli.main(["demo", "--fanout"]) == 1
    assert "redis-server did not start" in capsys.readouterr().err


def test_it_is_on_the_paper_exchange(capsys: pytest.CaptureFixture[str]) -> None:
    """``--live`` and ``--fanout`` together are refused."""
    assert cli.main(["demo", "--fanout", "--live"]) == 1
    assert capsys.readouterr().err == "--fanout is shown on the paper exchange: leave --live out\n"
