"""A recipe as a process on a paper exchange of the test, which hears what it says, and ends it in some way."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okx_sync import PaperExchange
from tests.loopback.conftest import until
from tests.programs import ROOT, environment

__all__ = ["RECIPES", "Program", "keys", "started"]

RECIPES = ROOT / "samples" / "recipes"
PATIENCE_S = 40.0


class Program:
    """A running recipe. ``lines``: what it has said so far, on both of its outputs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def text(self) -> str:
        """All that it has said."""
        return "\n".join(self.lines)

    def said(self, pattern: str) -> list[str]:
        """The lines in which a pattern is found."""
        return [line for line in list(self.lines) if re.search(pattern, line)]

    def wait_for(self, pattern: str, times: int = 1) -> None:
        """Wait until it has said something so many times; fails when it ends before."""
        until(lambda: len(self.said(pattern)) >= times or not self._reader.is_alive(), PATIENCE_S, what=pattern)
        assert len(self.said(pattern)) >= times, f"{pattern!r} is missing in:\n{self.text}"

    def ended(self) -> int:
        """Wait for its end; returns the exit code."""
        code = self.process.wait(timeout=PATIENCE_S)
        self._reader.join(timeout=5)
        assert "Traceback" not in self.text, self.text
        return code

    def interrupt(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def kill(self) -> None:
        """Kill it, as ``kill -9`` does."""
        self.process.kill()
        self.process.wait(timeout=5)


def keys(exchange: PaperExchange, label: str = "alice", prefix: str = "OKX") -> dict[str, str]:
    """Variables that lead ``from_env()`` to an account of the exchange."""
    one = next(account for account in exchange.accounts if account.label == label)
    return {
        "REAL": "1",
        f"{prefix}_SERVER": exchange.url,
        f"{prefix}_API_KEY": one.api_key,
        f"{prefix}_SECRET_KEY": one.secret_key,
        **({} if prefix == "BYBIT" else {f"{prefix}_PASSPHRASE": one.passphrase}),
    }


@contextmanager
def started(recipe: str, folder: Path, *words: str, **variables: str) -> Iterator[Program]:
    """Run a recipe in a folder; one that is still there at the end is killed."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(RECIPES / recipe), *words],
        cwd=folder, env=environment(**variables), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            yield Program(process)
        finally:
            process.kill()
