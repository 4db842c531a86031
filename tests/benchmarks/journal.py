"""What a journal costs an order, over the same three lines written by hand; in turns, as a ratio.

    python -m tests.benchmarks.journal [--rounds 5] [--orders 2000] [--json build/journal.json]

By hand is the least that can be done: each line made by orjson and written with one call of the system; with ``sync``
the disk is waited for once, behind the first of them, as the journal does.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from okx_sync.live.journal import OrderJournal
from okx_sync.rest.journaling import JournaledOrder
from tests.benchmarks.figures import keep

__all__ = ["run", "table"]


def _by_hand(path: Path, orders: int, sync: bool) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(orders):
        name = f"{number:032x}"
        intent = {"client_order_id": name, "inst_id": "BTC-USDT-SWAP", "sent_at": 1_700_000_000_000}
        os.write(fd, orjson.dumps(["intent", intent]) + b"\n")
        if sync:
            os.fsync(fd)
        os.write(fd, orjson.dumps(["answer", {"client_order_id": name, "order_id": str(number)}]) + b"\n")
        os.write(fd, orjson.dumps(["end", {"client_order_id": name, "end": "filled", "filled": "0.5"}]) + b"\n")
    os.close(fd)


def _ours(path: Path, orders: int, sync: bool) -> None:
    journal = OrderJournal(path, "okx demo", account=None, sync=sync)
    for number in range(orders):
        name = f"{number:032x}"
        journal.intend([JournaledOrder(client_order_id=name, inst_id="BTC-USDT-SWAP", sent_at=1_700_000_000_000)])
        journal.answered(name, str(number))
        journal.ended(name, "filled", "0.5", "60000.1")
    journal.close()


def _timed(write: Callable[[Path, int, bool], None], orders: int, sync: bool) -> tuple[float, float]:
    """Microseconds an order, of the clock and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        at, cpu = time.perf_counter(), time.process_time()
        write(Path(folder) / "journal", orders, sync)
        return (time.perf_counter() - at) / orders * 1e6, (time.process_time() - cpu) / orders * 1e6


def run(rounds: int = 5, orders: int = 2_000) -> dict[str, dict[str, float]]:
    """Measure both in turns, without and with waiting for the disk (of which fewer are written)."""
    found: dict[str, dict[str, float]] = {}
    for name, sync, count in (("written", False, orders), ("on the disk", True, max(1, orders // 20))):
        ours: list[tuple[float, float]] = []
        hand: list[tuple[float, float]] = []
        for _ in range(rounds):
            hand.append(_timed(_by_hand, count, sync))
            ours.append(_timed(_ours, count, sync))
        middle = statistics.median
        found[name] = {
            "ours_us": middle([one for one, _ in ours]),
            "ours_cpu_us": middle([cpu for _, cpu in ours]),
            "by_hand_us": middle([one for one, _ in hand]),
            "by_hand_cpu_us": middle([cpu for _, cpu in hand]),
        }
    return found


def table(found: dict[str, dict[str, float]]) -> list[str]:
    """The figures as lines."""
    lines = [f"{'':12} {'ours us':>9} {'CPU':>7} {'by hand':>9} {'CPU':>7}"]
    for name, row in found.items():
        shown = (row["ours_us"], row["ours_cpu_us"], row["by_hand_us"], row["by_hand_cpu_us"])
        lines.append(f"{name:12} {shown[0]:9.1f} {shown[1]:7.1f} {shown[2]:9.1f} {shown[3]:7.1f}")
    return lines


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--json", type=Path, default=Path("build/journal.json"))
    options = parser.parse_args()
    found = run(options.rounds, options.orders)
    sys.stdout.write("\n".join(table(found)) + "\n")
    keep(options.json, found)


if __name__ == "__main__":
    main()
