"""How long a message is under way from the server's write to the user's code, and what it costs when few come.

    python -m tests.benchmarks.latency [--rounds 5] [--json build/latency.json]

Server and client stay on a core each. The last part has the client's main thread count in a loop meanwhile, as a busy
strategy would: then Python's switch interval decides (``sys.setswitchinterval``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import keep, medians
from tests.benchmarks.load.processes import Certificates, MeasureError, certificates, play
from tests.benchmarks.throughput import FLOOR

__all__ = ["CLIENTS", "run", "table"]

CLIENTS = (
    FLOOR,
    "okx_sync inline",
    "okx_sync callback",
    "okx_sync iteration",
    "websocket-client + json",
    "pybit",
    "python-okx + json",
)
_PACES: dict[str, dict[str, Any]] = {
    "1,000/s": {"per_second": 1000, "window_s": 1.0},
    "10,000/s": {"per_second": 10_000, "window_s": 1.0},
    "bursts of 50": {"per_second": 1000, "burst": 50, "window_s": 1.0},
    "1,000/s, busy main thread": {"per_second": 1000, "window_s": 1.0, "hog": True},
}

Figures = dict[str, dict[str, Any]]


def run(rounds: int = 5, paces: Iterable[str] = tuple(_PACES)) -> Figures:
    """By ``"ws 1,000/s"`` and the like, of each client: quantiles of the delay in microseconds, the p99 of the round
    that was disturbed least, and CPU per message.
    """
    found: Figures = {}
    with certificates() as made:
        for pace in paces:
            for transport in ("ws", "wss"):
                title = f"{transport} {pace}"
                found[title] = _row(rounds, _PACES[pace], made if transport == "wss" else None)
                sys.stdout.write(table({title: found[title]}))
                sys.stdout.flush()
    return found


def _row(rounds: int, settings: dict[str, Any], tls: Certificates | None) -> dict[str, Any]:
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in CLIENTS}
    for _ in range(rounds):
        for name, so_far in taken.items():
            try:
                so_far.append(play(name, "tickers", tls, timed=True, cpu=0, **settings))
            except MeasureError:  # what it cannot do is told by the throughput
                continue
    found = {name: figures for name, figures in taken.items() if figures}
    return {name: {**medians(all_), "best_p99": min(one["p99"] for one in all_)} for name, all_ in found.items()}


def table(figures: Figures) -> str:
    """For people."""
    lines: list[str] = []
    for title, row in figures.items():
        lines.append(f"\n{title:38} {'p50 us':>8} {'p99 us':>8} {'p99.9 us':>9} {'best p99':>9} {'CPU us':>8}")
        for name, one in row.items():
            quantiles = f"{one['p50']:8.0f} {one['p99']:8.0f} {one['p99.9']:9.0f} {one['best_p99']:9.0f}"
            lines.append(f"{name:38} {quantiles} {one['cpu_us']:8.1f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="how a pace begins, for example 1,000/s")
    parser.add_argument("--json", type=Path, default=Path("build/latency.json"))
    given = parser.parse_args()
    paces = [pace for pace in _PACES if pace.startswith(given.only)]
    keep(given.json, run(given.rounds, paces))


if __name__ == "__main__":
    main()
