"""Runs programs of other people's clients in processes of their own, which may ask the market to move.

A program prints a line of JSON, ``{"do": "trade_at", "args": [...]}``, and reads a line when that is done; the last
line that it prints is what it saw. Where what it needs is not installed its test skips, with the reason; `.ci/run`,
which installs all of it, says so in the environment, and there it fails.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from threading import Timer
from typing import Any, NoReturn

import pytest

from okx_sync.paper import PaperExchange

__all__ = ["lacking", "run_stranger"]

REQUIRED = "OKX_SYNC_STRANGERS"
TIMEOUT_S = 60
#: What a program may ask of the exchange.
MOVES = ("fill", "trade_at")


def lacking(reason: str) -> NoReturn:
    """Skip the test, or fail it where everything has to be installed."""
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{reason} ({REQUIRED}=required)")
    pytest.skip(reason)


def run_stranger(paper: PaperExchange, command: Sequence[str], **values: str) -> Any:
    """What the program saw; `values` are its environment, and its proxies are none."""
    environment = {**os.environ, "NO_PROXY": "*", "no_proxy": "*", **values}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        late = Timer(TIMEOUT_S, process.kill)
        late.start()
        try:
            lines = _talk(process, paper)
        finally:
            late.cancel()
            process.kill()
        code = process.wait()
        errors.seek(0)
        assert code == 0, "".join([*lines, errors.read()])[-4000:]
    return json.loads(lines[-1])


def _talk(process: subprocess.Popen[str], paper: PaperExchange) -> list[str]:
    """Do what the program asks for until it ends; the lines that ask for nothing."""
    assert process.stdin is not None
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        if not line.startswith('{"do"'):
            lines.append(line)
            continue
        wish = json.loads(line)
        assert wish["do"] in MOVES
        getattr(paper, wish["do"])(*wish["args"])
        process.stdin.write("\n")
        process.stdin.flush()
    process.wait()
    return lines
