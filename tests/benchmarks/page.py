"""Puts what was measured into ``docs/performance.md``: the tables between its marks, nothing else.

    python -m tests.benchmarks.page [--folder build/benchmarks]

A mark is ``<!-- table: NAME -->``, and the table behind it ends with ``<!-- end -->``. Figures that were not measured
are a dash; a table of which nothing was measured stays as it is.
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tests.benchmarks import growth, latency, limits, throughput
from tests.benchmarks.load.processes import ROOT
from tests.benchmarks.targets import TARGETS

__all__ = ["MARK", "TABLES", "filled"]

PAGE: Final = ROOT / "docs" / "performance.md"
MARK: Final = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TITLES: Final = [f"{transport} {row}" for row in throughput.ROWS for transport in throughput.TRANSPORTS]

Figures = Mapping[str, Any]
Cell = Callable[[Mapping[str, Any]], str]


def _markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---", *["--:"] * (len(titles) - 1)], *rows]

    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _grid(found: Mapping[str, Any], columns: list[str], names: Iterable[str], cell: Cell) -> str:
    """Clients down, measures across; without the clients of which nothing is known."""

    def cells(name: str) -> list[str]:
        ones = [found.get(title, {}).get(name, {"reason": "not measured"}) for title in columns]
        return ["-" if "reason" in one else cell(one) for one in ones]

    told = {name: cells(name) for name in names}
    rows = [[f"**{name}**" if name.startswith("okx_sync") else name, *row] for name, row in told.items()]
    return _markdown(["", *columns], [row for row in rows if set(row[1:]) != {"-"}])


def _rate(one: Mapping[str, Any]) -> str:
    return f"{one['cpu_us']:.1f} ({one['per_s'] / 1000:,.0f} k)"


def _read(figures: Figures) -> str:
    columns = [title for title in _TITLES if "tickers" in title or "mix" in title]
    return _grid(figures["throughput"], columns, throughput.READING, _rate)


def _counted(figures: Figures) -> str:
    names = [name for name in throughput.CLIENTS if name not in throughput.READING]
    return _grid(figures["throughput"], _TITLES, names, _rate)


def _paced(figures: Figures) -> str:
    found = figures["latency"]
    return _grid(found, list(found), latency.CLIENTS, lambda one: f"{one['p50']:,.0f} / {one['p99']:,.0f}")


def _paced_cpu(figures: Figures) -> str:
    found = {title: one for title, one in figures["latency"].items() if "busy" not in title}
    return _grid(found, list(found), latency.CLIENTS, lambda one: f"{one['cpu_us']:.0f}")


def _growth(figures: Figures) -> str:
    columns = growth.COLUMNS
    rows: list[list[str]] = []
    for count, row in figures["growth"]["many"].items():
        for name, one in row.items():
            cells = [format(one[column], form).strip() for column, (_, form) in columns.items()]
            rows.append([f"{int(count):,} {name}", *cells])
    return _markdown(["topics", *(title for title, _ in columns.values())], rows)


def _alone(figures: Figures) -> str:
    rows: list[list[str]] = []
    for count, row in figures["growth"]["alone"].items():
        for name, one in row.items():
            counts = [f"{one['seconds']:.2f}", str(one["requests"]), str(one["sockets"]), one.get("error", "")]
            rows.append([f"{int(count):,} {name}", *counts])
    return _markdown(["one by one", "s", "requests", "sockets", "ended with"], rows)


def _limits(figures: Figures) -> str:
    columns = limits.COLUMNS
    rows = [
        [name, f"{one['seconds']:.1f}", *(str(one[column]) for column in columns), one.get("error", "")]
        for name, one in figures["limits"].items()
    ]
    return _markdown(["", "s", *columns, "ended with"], rows)


def _targets(figures: Figures) -> str:
    rows: list[list[str]] = []
    for target in TARGETS:
        try:
            value = target.value(figures)
        except KeyError:
            rows.append([target.name, target.wanted, "not measured"])
            continue
        told = f"{value:.2f}" if value % 1 else f"{value:.0f}"
        rows.append([target.name, target.wanted, told if target.is_met(value) else f"**{told}**"])
    return _markdown(["target", "wanted", "reached"], rows)


def _reading(figures: Figures) -> str:
    kinds = {name: found for name, found in figures["fields_read"].items() if name.endswith(" us")}
    ways = [way for way in next(iter(kinds.values())) if " over " not in way]
    rows = [[way, *(f"{one[way]:.2f} ({one[way] / one['by hand']:.2f})" for one in kinds.values())] for way in ways]
    return _markdown(["", *(f"{name.removesuffix(', us')} numbers" for name in kinds)], rows)


def _machine(figures: Figures) -> str:
    one = figures["machine"]
    place = f"{one['system']}, {one['cores']} cores, Python {one['python']}, OpenSSL {one['openssl']}"
    versions = ", ".join(f"{name} {version}" for name, version in one["versions"].items())
    return textwrap.fill(f"{place}; {versions}.", 120) + "\n"


TABLES: Final[dict[str, Callable[[Figures], str]]] = {
    "machine": _machine,
    "read": _read,
    "reading": _reading,
    "counted": _counted,
    "paced": _paced,
    "paced_cpu": _paced_cpu,
    "growth": _growth,
    "alone": _alone,
    "limits": _limits,
    "targets": _targets,
}
"""By the name in the mark."""


def filled(text: str, figures: Figures) -> str:
    """The page with its tables."""

    def put(match: re.Match[str]) -> str:
        try:
            return match[1] + TABLES[match[2]](figures) + match[3]
        except KeyError:
            return match[0]

    return MARK.sub(put, text)


def main() -> None:
    """Rewrite the tables of the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    given = parser.parse_args()
    figures = json.loads((given.folder / "all.json").read_text())
    PAGE.write_text(filled(PAGE.read_text(), figures))


if __name__ == "__main__":
    main()
