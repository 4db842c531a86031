"""Ten million messages through one client: does it keep its size? And one connection against eight: its threads.

python -m tests.benchmarks.endurance [--messages 10000000] [--json build/endurance.json]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import keep
from tests.benchmarks.load.processes import play

__all__ = ["run", "table"]


def run(messages: int = 10_000_000) -> dict[str, Any]:
    """``memory``: by client, resident MiB at the start and after each quarter; ``links``: by number of connections,
    messages a second and threads.
    """
    memory = {name: play(name, "tickers", messages=messages)["rss_mib"] for name in ("okx_sync callback",)}
    links = {str(count): play("okx_sync callback", "tickers", links=count, window_s=3.0) for count in (1, 8)}
    return {"messages": messages, "memory": memory, "links": links}


def table(figures: dict[str, Any]) -> str:
    """For people."""
    lines = [f"\n{figures['messages']:,} messages, MiB at the start and after each quarter"]
    for name, sizes in figures["memory"].items():
        growth = f"last quarter {sizes[-1] - sizes[-2]:+.2f}"
        lines.append(f"{name:38} {' '.join(f'{size:8.2f}' for size in sizes)}  {growth}")
    lines.append(f"\n{'connections':38} {'messages/s':>12} {'CPU us':>8} {'threads':>8}")
    for count, one in figures["links"].items():
        lines.append(f"{count:38} {one['per_s']:12,.0f} {one['cpu_us']:8.2f} {one['threads']:8}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000_000)
    parser.add_argument("--json", type=Path, default=Path("build/endurance.json"))
    given = parser.parse_args()
    figures = run(given.messages)
    sys.stdout.write(table(figures))
    keep(given.json, figures)


if __name__ == "__main__":
    main()
