"""What more topics cost: 100 to 6,000 tickers on one client, beside a loop over one bare socket on the same server.

    python -m tests.benchmarks.growth [--rounds 3] [--only 100,3000] [--json build/growth.json]

Of each number of topics: how long until all are active and in how many requests; what one more subscribe and
unsubscribe costs; the worst delay around them while 2,000 messages a second flow; how long after a lost socket all
topics are subscribed again; memory for each topic. And the same topics asked one by one, each waited for, as far as
that goes. Clients take turns, medians of the rounds count. The bare loop keeps to no limits.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.figures import keep, medians
from tests.benchmarks.load.growing import Growth
from tests.benchmarks.load.processes import ROOT

__all__ = ["CLIENTS", "COUNTS", "measure", "run", "table"]

CLIENTS: Final = ("okx_sync", "bare")
COUNTS: Final = (100, 1000, 3000, 6000)
COLUMNS: Final = {
    "active_s": ("active s", "8.2f"),
    "requests": ("requests", "8.0f"),
    "active_cpu_us": ("CPU us each", "11.0f"),
    "change_cpu_us": ("CPU us change", "13.0f"),
    "message_cpu_us": ("CPU us message", "14.1f"),
    "worst_base_ms": ("worst ms", "8.1f"),
    "worst_subscribe_ms": ("subscribe", "9.1f"),
    "worst_unsubscribe_ms": ("unsubscribe", "11.1f"),
    "reconnect_s": ("reconnect s", "11.2f"),
    "leave_s": ("leave s", "7.2f"),
    "kib": ("KiB each", "8.1f"),
}


def measure(job: Growth) -> dict[str, Any]:
    """The figures of one client in a process of its own. Raises ``CalledProcessError``."""
    command = [sys.executable, "-m", "tests.benchmarks.load.growing", json.dumps(asdict(job))]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=600, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run(rounds: int = 3, counts: Iterable[int] = COUNTS) -> dict[str, Any]:
    """``many``: by number of topics the figures of each client; ``alone``: the same of topics asked one by one."""
    many: dict[str, dict[str, Any]] = {}
    alone: dict[str, dict[str, Any]] = {}
    for count in counts:
        turns = [{name: measure(Growth(name, count)) for name in CLIENTS} for _ in range(rounds)]
        many[str(count)] = {name: medians([turn[name] for turn in turns]) for name in CLIENTS}
        alone[str(count)] = {name: measure(Growth(name, count, alone=True)) for name in CLIENTS}
        one = {"many": {str(count): many[str(count)]}, "alone": {str(count): alone[str(count)]}}
        sys.stdout.write(table(one))
        sys.stdout.flush()
    return {"many": many, "alone": alone}


def table(figures: dict[str, Any]) -> str:
    """For people."""
    lines = [
        "\n" + " ".join([f"{'topics':20}", *(f"{title:>{form.split('.')[0]}}" for title, form in COLUMNS.values())])
    ]
    for count, row in figures["many"].items():
        for name, one in row.items():
            cells = [format(one[column], form) for column, (_, form) in COLUMNS.items()]
            lines.append(" ".join([f"{count + ' ' + name:20}", *cells]))
    for count, row in figures["alone"].items():
        for name, one in row.items():
            told = (
                f"{one['seconds']:.2f} s, {one['requests']} requests, {one['sockets']} sockets {one.get('error', '')}"
            )
            lines.append(f"{count + ' ' + name:20} one by one: {told}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(map(str, COUNTS)), help="numbers of topics, with commas")
    parser.add_argument("--json", type=Path, default=Path("build/growth.json"))
    given = parser.parse_args()
    keep(given.json, run(given.rounds, map(int, given.only.split(","))))


if __name__ == "__main__":
    main()
