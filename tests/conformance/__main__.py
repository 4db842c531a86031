"""``python -m tests.conformance``: which promise is kept on which wire.

Runs the tests of this directory and prints a table; arguments are handed to pytest. Ends with pytest's exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_GREEN, _RED, _GREY, _END = "\033[32m", "\033[31m", "\033[90m", "\033[0m"
_WIDTH = 50


class Table:
    """A pytest plugin that collects what became of each promise."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[str, str]] = {}
        self.reasons: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test; with xdist on whatever worker."""
        facts = dict(report.user_properties)
        wire = facts.get("wire")
        if wire is None or (report.passed and report.when != "call"):
            return
        test = report.nodeid.partition("[")[0].rpartition("/")[2]
        row = self.cells.setdefault(test, {})
        if report.failed:
            row[str(wire)] = "red"
        elif report.skipped and isinstance(report.longrepr, tuple):
            row.setdefault(str(wire), "-")
            reason = report.longrepr[2].removeprefix("Skipped: does not apply: ")
            self.reasons.setdefault(test, set()).add(f"{wire}: {reason}")
        else:
            row.setdefault(str(wire), "green")

    def lines(self, *, colored: bool) -> Iterator[str]:
        """The table, then why something does not apply."""
        from tests.conformance.wire_protocols import WIRES  # pytest wants to be the first to import the package

        names = [wire.name for wire in WIRES]
        colors = {"green": _GREEN, "red": _RED, "-": _GREY}
        yield f"{'':{_WIDTH}}" + "".join(f"{name:>13}" for name in names)
        for test in sorted(self.cells):
            cells = [self.cells[test].get(name, "?") for name in names]
            shown = [f"{cell:>13}" for cell in cells]
            if colored:
                shown = [f"{colors.get(cell, '')}{text}{_END}" for cell, text in zip(cells, shown, strict=True)]
            yield f"{_title(test):{_WIDTH}}" + "".join(shown)
        yield ""
        yield "does not apply (-):"
        for test, reasons in sorted(self.reasons.items()):
            yield from (f"  {_title(test)}, {reason}" for reason in sorted(reasons))


def _title(test: str) -> str:
    return test.rpartition("::test_")[2].replace("_", " ")


def main(arguments: list[str]) -> int:
    """Run, print, and return the exit code."""
    table = Table()
    options = ["-q", "--no-header", "-r", "fE", "-m", "slow or not slow"]
    code = pytest.main([*options, *arguments, str(HERE)], plugins=[table])
    sys.stdout.write("\n".join(["", *table.lines(colored=sys.stdout.isatty()), ""]))
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
