"""Runs Python programs in a process of their own, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(**extra: str) -> dict[str, str]:
    """The environment of such a program: this project importable, UTF-8 output."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **extra}


def run_python(*args: str, cwd: Path = ROOT, timeout: float = 110, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -W error ARGS``; ``extra`` are environment variables."""
    return subprocess.run(
        [sys.executable, "-W", "error", *args],
        cwd=cwd,
        env=environment(**extra),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
