"""Every measure, one after the other, and how they stand against the targets.

    python -m tests.benchmarks [--rounds 5] [--only throughput,books] [--folder build/benchmarks]

Each has a process of its own. Tables are printed, figures are kept as JSON in the folder, all of them together in
``all.json``. For the other libraries install the extra ``bench``; what is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.figures import keep, machine
from tests.benchmarks.targets import table

# What takes long and is disturbed most comes first. With how many rounds for each that was asked for.
MEASURES = {
    "throughput": 1,
    "latency": 1,
    "growth": 1,
    "limits": 0,
    "endurance": 0,
    "fields_read": 3,
    "books": 2,
    "orders": 2,
    "order_receipt": 2,
    "rest_overhead": 2,
    "rest_decode": 2,
    "import_time": 2,
    "thread_functions": 0,
}


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(MEASURES), help="names of measures, with commas")
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    given = parser.parse_args()
    for name in given.only.split(","):
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        rounds = ["--rounds", str(MEASURES[name] * given.rounds)] if MEASURES[name] else []
        path = str(given.folder / f"{name}.json")
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *rounds, "--json", path], check=True)
    kept = {name: given.folder / f"{name}.json" for name in MEASURES}
    figures = {name: json.loads(path.read_text()) for name, path in kept.items() if path.exists()}
    sys.stdout.write(table(figures))
    keep(given.folder / "all.json", {"machine": machine(), **figures})


if __name__ == "__main__":
    main()
