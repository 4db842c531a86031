"""What importing costs: CPU time of fresh interpreters, next to ``import requests`` on the same machine.

    python -m tests.benchmarks.import_time [--rounds 9] [--json build/import_time.json]

``cold`` compiles this package from its source, as the first import ever does; ``warm`` has Python's bytecode of it.
The libraries have theirs in both. Each round runs every line once, so that a busy machine is busy for all of them; the
least of the rounds counts, without what a bare interpreter takes.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import okx_sync
from tests.benchmarks.figures import keep

HOME = Path(okx_sync.__file__).parent
LINES = {
    "requests": "import requests",
    "okx_sync": "import okx_sync",
    "OkxClient": "from okx_sync import OkxClient",
    "WsClient": "from okx_sync import WsClient",
    "both": "from okx_sync import WsClient, OkxClient",
    "a client made": "from okx_sync import OkxClient; OkxClient().close()",
    "all endpoints": "from okx_sync import OkxClient; OkxClient.endpoints()",
}


def run(rounds: int = 9) -> dict[str, dict[str, float]]:
    """Milliseconds of CPU by line, ``cold`` and ``warm``."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy of our own: beside the source there may be bytecode of earlier runs.
        shutil.copytree(HOME, Path(folder, HOME.name), ignore=shutil.ignore_patterns("__pycache__"))
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        cold = _least(rounds, folder, {**plain, "PYTHONDONTWRITEBYTECODE": "1"})
        for line in LINES.values():
            _cpu_ms(line, folder, plain)  # writes the bytecode
        warm = _least(rounds, folder, plain)
    return {name: {"cold": cold[name], "warm": warm[name]} for name in LINES}


def _least(rounds: int, folder: str, environment: Mapping[str, str]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ("bare", *LINES)}
    for _ in range(rounds):
        for name, line in {"bare": "pass", **LINES}.items():
            taken[name].append(_cpu_ms(line, folder, environment))
    bare = min(taken.pop("bare"))
    return {name: round(min(values) - bare, 1) for name, values in taken.items()}


def _cpu_ms(code: str, folder: str, environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, default=Path("build/import_time.json"))
    given = parser.parse_args()
    figures = run(given.rounds)
    lines = [f"{'CPU ms':16} {'cold':>6} {'warm':>6}"]
    lines += [f"{name:16} {one['cold']:6.0f} {one['warm']:6.0f}" for name, one in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
