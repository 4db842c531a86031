"""One paper exchange for the tests of the command line, and ways to run a command and to read its screen."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pyte
import pytest

from okx_sync import cli
from okx_sync.paper import PaperExchange
from tests.programs import ROOT, environment

ROWS, COLUMNS = 60, 140


@pytest.fixture(scope="package")
def exchange() -> Iterator[PaperExchange]:
    """A paper exchange that all of them share."""
    with PaperExchange() as paper:
        yield paper


@pytest.fixture(autouse=True)
def keys(exchange: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a user who has keys for that exchange on all three wires; no fault outlives a test."""
    for name in [name for name in os.environ if name.startswith(("OKX_", "BYBIT_", "BITGET_"))]:
        monkeypatch.delenv(name)
    account = exchange.accounts[0]
    for prefix in ("OKX", "BYBIT", "BITGET"):
        monkeypatch.setenv(f"{prefix}_API_KEY", account.api_key)
        monkeypatch.setenv(f"{prefix}_SECRET_KEY", account.secret_key)
    for prefix in ("OKX", "BITGET"):
        monkeypatch.setenv(f"{prefix}_PASSPHRASE", account.passphrase)
    yield
    exchange.faults.clear()


@attrs.frozen
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Its lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(exchange: PaperExchange, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command in this process, at that exchange unless told otherwise."""

    def run_it(*words: str, server: bool = True) -> Done:
        code = cli.main([*words, *(["--server", exchange.url] if server else [])])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run_it


@pytest.fixture
def screen_of(exchange: PaperExchange, tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Run a command as a process on a terminal of its own; returns its exit code and what its screen shows."""

    def run_it(*words: str, server: bool = True) -> tuple[int, list[str]]:
        ours, theirs = pty.openpty()
        size = {"COLUMNS": str(COLUMNS), "LINES": str(ROWS), "TERM": "xterm-256color"}
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "okx_sync", *words, *(["--server", exchange.url] if server else [])],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, env=environment(**size),
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        try:
            while block := _read(ours):
                stream.feed(block)
        finally:
            os.close(ours)
            code = process.wait(timeout=30)
        return code, [line.rstrip() for line in screen.display]

    return run_it


def _read(descriptor: int) -> bytes:
    """Read what a terminal has; b"" once nobody writes any more."""
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how Linux says that the other side is closed
        return b""


__all__ = ["ROOT", "Done"]
