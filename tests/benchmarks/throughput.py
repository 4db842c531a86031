"""How many messages a second each client delivers when there are always more, and what each costs.

    python -m tests.benchmarks.throughput [--rounds 5] [--only tickers,wss] [--json build/throughput.json]

Clients take turns, so that a busy machine is busy for all of them; medians of the rounds count. ``ours`` are typed
objects throughout. What a client cannot do (no plain sockets, no such stream) has no figure but the reason.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import keep, medians
from tests.benchmarks.load.child import CLIENTS
from tests.benchmarks.load.payloads import STREAMS
from tests.benchmarks.load.processes import Certificates, MeasureError, certificates, play

__all__ = ["TRANSPORTS", "run", "table"]

TRANSPORTS = ("ws", "wss")
# What differs little from stream to stream is measured on one.
_TICKERS_ONLY = {name for name in CLIENTS if "fields read" in name} | {
    "websocket-client",
    "websocket-client skip_utf8 + orjson",
    "floor: recv",
}

Figures = dict[str, dict[str, Any]]


def run(rounds: int = 5, streams: Iterable[str] = STREAMS, transports: Iterable[str] = TRANSPORTS) -> Figures:
    """By ``"ws tickers"`` and the like, the figures of each client: ``per_s`` and ``cpu_us``, or the ``reason``."""
    found: Figures = {}
    with certificates() as made:
        for stream in streams:
            for transport in transports:
                found[f"{transport} {stream}"] = _row(rounds, stream, made if transport == "wss" else None)
                sys.stdout.write(table({f"{transport} {stream}": found[f"{transport} {stream}"]}))
                sys.stdout.flush()
    return found


def _row(rounds: int, stream: str, tls: Certificates | None) -> dict[str, Any]:
    clients = [name for name in CLIENTS if stream == "tickers" or name not in _TICKERS_ONLY]
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in clients}
    reasons: dict[str, str] = {}
    for _ in range(rounds):
        for name in clients:
            if name in reasons:
                continue
            try:
                taken[name].append(play(name, stream, tls))
            except MeasureError as error:
                reasons[name] = str(error).splitlines()[-1]
    return {name: {"reason": reasons[name]} if name in reasons else medians(taken[name]) for name in clients}


def table(figures: Figures) -> str:
    """For people."""
    lines: list[str] = []
    for title, row in figures.items():
        floor = row.get("floor: recv + split + orjson", {}).get("per_s")
        lines.append(f"\n{title:38} {'messages/s':>12} {'CPU us':>8} {'of floor':>9}")
        for name, one in row.items():
            if "reason" in one:
                lines.append(f"{name:38} {'-':>12}   {one['reason'][:70]}")
                continue
            part = f"{one['per_s'] / floor:9.2f}" if floor else ""
            lines.append(f"{name:38} {one['per_s']:12,.0f} {one['cpu_us']:8.2f} {part}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="streams and transports, with commas")
    parser.add_argument("--json", type=Path, default=Path("build/throughput.json"))
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    streams = [name for name in STREAMS if name in only] or STREAMS
    transports = [name for name in TRANSPORTS if name in only] or TRANSPORTS
    keep(given.json, run(given.rounds, streams, transports))


if __name__ == "__main__":
    main()
