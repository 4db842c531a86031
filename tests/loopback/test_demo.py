"""The demo as a user runs it: in a process of its own, with or without a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from fcntl import ioctl

import pytest

from tests.programs import ROOT, environment, run_python

DEMO = ("-W", "error", "-m", "okx_sync", "demo")
SUMMARY = re.compile(r"okx_sync demo, paper exchange: [\d.]+ s, [\d,]+ events")


def number(pattern: str, text: str) -> int:
    """The number that a pattern captures."""
    found = re.search(pattern, text)
    assert found is not None, f"{pattern!r} is missing in:\n{text}"
    return int(found[1].replace(",", ""))


def test_plain_run_delivers_all_that_it_promises() -> None:
    """Exit code 0; every stream of both markets, orders placed, amended and canceled; ASCII lines, no warning."""
    done = run_python(*DEMO[2:], "--seconds", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.isascii()
    for channel in ("tickers", "trades", "books", "candle1s"):
        for inst_id in ("BTC-USDT", "BTC-USDT-SWAP"):
            assert number(rf"{channel}\(instId={inst_id}\) +([\d,]+)", done.stdout) > 0
    orders = re.search(r"  orders +(.*)", done.stdout)
    assert orders is not None
    for step in ("placed", "amended", "canceled"):
        assert number(rf"{step} (\d+)", orders[1]) > 0
    assert number(r"reconnects (\d+)", done.stdout) == 0
    assert "dropped 0, errors 0" in done.stdout
    assert re.search(r"lag +p50 [\d.]+ ms", done.stdout)


@pytest.mark.slow
def test_closed_pipe_ends_it_quietly() -> None:
    """A reader that goes away (``| head -1``) ends the demo without a traceback."""
    process = subprocess.Popen(
        [sys.executable, *DEMO, "--seconds", "30"],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=10) == 1
    assert error == ""


class Terminal:
    """The demo on a pseudo-terminal of a given size."""

    def __init__(self, *args: str, columns: int = 80, rows: int = 24, **extra: str) -> None:
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._file = ours
        self.text = ""
        self.process = subprocess.Popen(
            [sys.executable, *DEMO, *args],
            env=environment(TERM="xterm-256color", **extra),
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def read(self, until: Callable[[str], object], timeout: float = 20) -> None:
        """Read what it writes until ``until(text)`` is true or it has ended."""
        deadline = time.monotonic() + timeout
        while not until(self.text):
            assert time.monotonic() < deadline, f"not within {timeout:g} s; so far: {self.text[-2000:]!r}"
            if not select.select([self._file], [], [], 0.2)[0]:
                continue
            try:
                self.text += os.read(self._file, 65536).decode("utf-8", "replace")
            except OSError:  # it has ended and closed its side
                return

    def end(self, timeout: float = 20) -> int:
        """Read to the end; returns the exit code."""
        self.read(lambda _: False, timeout)
        os.close(self._file)
        return self.process.wait(timeout=5)


@pytest.mark.slow
def test_live_view_draws_and_leaves_the_terminal_as_it_was() -> None:
    """On a terminal it draws prices, orders and links on the alternate screen, and the summary after leaving it."""
    terminal = Terminal("--seconds", "2")
    assert terminal.end() == 0, terminal.text[-3000:]
    picture, _, after = terminal.text.partition("\x1b[?1049l")
    assert "\x1b[?1049h" in picture
    for word in ("BTC-USDT-SWAP", "book valid", "my orders", "my account", "events/s", "private"):
        assert word in picture
    assert SUMMARY.search(after)
    assert "\x1b[?25h" in terminal.text  # the cursor is visible again


@pytest.mark.parametrize(
    ("sent", "mode"),
    [
        (signal.SIGINT, ""),
        pytest.param(signal.SIGINT, "--plain", marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, "", marks=pytest.mark.slow),
    ],
)
def test_ctrl_c_ends_it_at_once_with_the_summary(sent: signal.Signals, mode: str) -> None:
    """Ctrl-C (or a polite kill) in the middle: the summary within two seconds, no traceback, the right exit code."""
    terminal = Terminal("--seconds", "0", *([mode] if mode else []))
    # From the first amended order on there is nothing left that would make it a failure: what is open gets canceled.
    terminal.read(lambda text: re.search(r"amended [1-9]", _plain(text)))
    began = time.monotonic()
    os.killpg(terminal.process.pid, sent)
    code = terminal.end()
    assert time.monotonic() - began < 2.0
    assert "Traceback" not in terminal.text
    assert SUMMARY.search(terminal.text)
    assert code == 0, terminal.text[-2000:]


@pytest.mark.slow
def test_live_without_a_network_says_so() -> None:
    """``--live`` where OKX cannot be reached: a clear message after some seconds, exit code 1, no traceback."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, but not listening: connections are refused
        proxy = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        began = time.monotonic()
        done = run_python(*DEMO[2:], "--live", https_proxy=proxy, HTTPS_PROXY=proxy, no_proxy="", NO_PROXY="")
    assert time.monotonic() - began < 25  # six seconds of trying, and the start of a program on a busy machine
    assert done.returncode == 1
    assert done.stdout == ""
    assert "OKX cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def _plain(text: str) -> str:
    """Terminal output without its control sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
