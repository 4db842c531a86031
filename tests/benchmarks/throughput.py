"""How many messages a second each client delivers when there are always more, and what each costs.

    python -m tests.benchmarks.throughput [--rounds 5] [--only tickers,wss] [--json build/throughput.json]

Clients take turns, so that a busy machine is busy for all of them; medians of the rounds count. Ours are typed objects
throughout. "fields read" is what a strategy does: seven fields of a ticker, four of a trade or an order, and of a book
both best levels after each update that was taken in; in the other rows messages are only counted. What a client cannot
do (no plain sockets, no such stream) has no figure but the reason. The CPU of a message says most on a shared machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.figures import keep, medians
from tests.benchmarks.load.child import CLIENTS
from tests.benchmarks.load.processes import Certificates, MeasureError, certificates, play

__all__ = ["CLIENTS", "FLOOR", "HAND", "READING", "ROWS", "TRANSPORTS", "run", "table"]

TRANSPORTS = ("ws", "wss")
FLOOR: Final = "floor: recv + split + orjson"
HAND: Final = "by hand: orjson + Decimal, fields read"
READING: Final = ("okx_sync callback, fields read", "okx_sync inline, fields read", HAND)
# What differs little from stream to stream is measured on one.
_TICKERS_ONLY: Final = {
    "websocket-client",
    "websocket-client skip_utf8 + orjson",
    "floor: recv",
    "floor over SSLSocket",
    "pybit + wsaccel",
}
_FEW: Final = (*READING, "okx_sync callback", "okx_sync inline", FLOOR)
_ALL: Final = tuple(name for name in CLIENTS if name not in _TICKERS_ONLY)

ROWS: Final[dict[str, tuple[str, int, tuple[str, ...]]]] = {
    "tickers": ("tickers", 1, tuple(CLIENTS)),
    "200 tickers": ("tickers", 200, _FEW),
    "mix of 800": ("mix", 800, _FEW),
    "trades": ("trades", 1, _ALL),
    "books": ("books", 1, _ALL),
    "orders": ("orders", 1, _ALL),
}
"""By name: the stream, how many topics of it, and who is measured."""

Figures = dict[str, dict[str, Any]]


def run(rounds: int = 5, rows: Iterable[str] = tuple(ROWS), transports: Iterable[str] = TRANSPORTS) -> Figures:
    """By ``"ws tickers"`` and the like, the figures of each client: ``per_s``, ``cpu_us`` and ``cores``, or the
    ``reason``.
    """
    found: Figures = {}
    with certificates() as made:
        for row in rows:
            for transport in transports:
                title = f"{transport} {row}"
                found[title] = _row(rounds, row, made if transport == "wss" else None)
                sys.stdout.write(table({title: found[title]}))
                sys.stdout.flush()
    return found


def _row(rounds: int, row: str, tls: Certificates | None) -> dict[str, Any]:
    stream, topics, clients = ROWS[row]
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in clients}
    reasons: dict[str, str] = {}
    for _ in range(rounds):
        for name in clients:
            if name in reasons:
                continue
            try:
                taken[name].append(play(name, stream, tls, topics=topics))
            except MeasureError as error:
                reasons[name] = str(error).splitlines()[-1]
    return {name: {"reason": reasons[name]} if name in reasons else medians(taken[name]) for name in clients}


def table(figures: Figures) -> str:
    """For people."""
    lines: list[str] = []
    for title, row in figures.items():
        floor, hand = (row.get(name, {}).get("cpu_us") for name in (FLOOR, HAND))
        lines.append(f"\n{title:38} {'messages/s':>12} {'CPU us':>8} {'/ floor':>9} {'/ by hand':>9} {'cores':>6}")
        for name, one in row.items():
            if "reason" in one:
                lines.append(f"{name:38} {'-':>12}   {one['reason'][:70]}")
                continue
            ratios = " ".join(f"{one['cpu_us'] / other:9.2f}" if other else " " * 9 for other in (floor, hand))
            lines.append(f"{name:38} {one['per_s']:12,.0f} {one['cpu_us']:8.2f} {ratios} {one.get('cores', 0):6.2f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="rows and transports, with commas")
    parser.add_argument("--json", type=Path, default=Path("build/throughput.json"))
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    rows = [name for name in ROWS if name in only] or ROWS
    transports = [name for name in TRANSPORTS if name in only] or TRANSPORTS
    keep(given.json, run(given.rounds, rows, transports))


if __name__ == "__main__":
    main()
