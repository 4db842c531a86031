"""One paper exchange for the tests of the command line, and ways to run a command and to read its screen."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

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
def run(
    exchange: PaperExchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run a command in this process, at that exchange unless told otherwise; what it makes is in the test's folder."""
    monkeypatch.chdir(tmp_path)

    def run_it(*words: str, server: bool = True) -> Done:
        code = cli.main([*words, *(["--server", exchange.url] if server else [])])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run_it


class Terminal:
    """A terminal of its own for a command; what it shows is kept up to date by a thread."""

    ENVIRONMENT: ClassVar = {"COLUMNS": str(COLUMNS), "LINES": str(ROWS), "TERM": "xterm-256color"}

    def __init__(self) -> None:
        self._ours, self.side_of_the_command = pty.openpty()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._reader = threading.Thread(target=self._read_all)
        self._reader.start()

    def _read_all(self) -> None:
        stream = pyte.ByteStream(self._screen)
        while block := _read(self._ours):
            stream.feed(block)

    def shown(self) -> list[str]:
        """What the screen shows at last, once no side of the command is open any more."""
        self._reader.join(30)
        os.close(self._ours)
        return [line.rstrip() for line in self._screen.display]

    def colors(self) -> set[str]:
        """The colours of letters and grounds that it shows, beside its own."""
        cells = [cell for row in self._screen.buffer.values() for cell in row.values()]
        return {color for cell in cells for color in (cell.fg, cell.bg)} - {"default"}


@pytest.fixture
def run_on(exchange: PaperExchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run a command in this process on a terminal; returns its exit code."""

    def run_it(terminal: Terminal, *words: str, server: bool = True) -> int:
        with (
            monkeypatch.context() as patch,
            open(os.dup(terminal.side_of_the_command), encoding="utf-8") as stdin,
            open(os.dup(terminal.side_of_the_command), "w", encoding="utf-8") as stdout,
            open(terminal.side_of_the_command, "w", encoding="utf-8") as stderr,
        ):
            for name, value in Terminal.ENVIRONMENT.items():
                patch.setenv(name, value)
            for name, file in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
                patch.setattr(sys, name, file)
            patch.chdir(tmp_path)
            return cli.main([*words, *(["--server", exchange.url] if server else [])])

    return run_it


@pytest.fixture
def screen_of(run_on: Callable[..., int]) -> Callable[..., tuple[int, list[str]]]:
    """Run a command in this process on a terminal; returns its exit code and what its screen shows."""

    def run_it(*words: str, server: bool = True) -> tuple[int, list[str]]:
        terminal = Terminal()
        return run_on(terminal, *words, server=server), terminal.shown()

    return run_it


@pytest.fixture
def screen_of_process(exchange: PaperExchange, tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """The same for a process of its own, as users start it. It costs a second: for what a process has to prove."""

    def run_it(*words: str, server: bool = True) -> tuple[int, list[str]]:
        terminal = Terminal()
        theirs = terminal.side_of_the_command
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "okx_sync", *words, *(["--server", exchange.url] if server else [])],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, env=environment(**Terminal.ENVIRONMENT),
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        return process.wait(timeout=60), terminal.shown()

    return run_it


def _read(descriptor: int) -> bytes:
    """Read what a terminal has; b"" once nobody writes any more."""
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how Linux says that the other side is closed
        return b""


__all__ = ["ROOT", "Done"]
