"""The gate of ``own_coverage``: threaded and stateful modules are covered by their own test files."""

from __future__ import annotations

import re

import pytest

from tests.own_coverage import GATED, Measured, files_of, measure
from tests.programs import ROOT


def test_each_gated_module_exists_and_is_listed_once() -> None:
    """A module that is renamed is renamed here."""
    assert len(set(GATED)) == len(GATED)
    assert [module for module in GATED if not (ROOT / "okx_sync" / f"{module}.py").is_file()] == []


def test_each_gated_module_has_a_test_file_where_it_stands() -> None:
    """It is found from the module's name alone."""
    assert [module for module in GATED if not files_of(module)] == []


def test_whatever_makes_a_thread_or_a_lock_is_gated() -> None:
    """A new module with either comes with test files of its own. The paper exchange and the demo run in tests only."""
    home = ROOT / "okx_sync"
    makers = {
        path.relative_to(home).with_suffix("").as_posix()
        for path in home.rglob("*.py")
        if re.search(r"\bthreading\.[A-Z]\w+\(|from threading import|\b(Worker|Strand)\(", path.read_text("utf-8"))
    }
    ours = {module for module in makers if module.partition("/")[0] not in {"paper", "demo"}}
    assert sorted(ours - set(GATED)) == []


def test_missing_lines_are_told_as_ranges() -> None:
    """So that they fit on a line."""
    assert str(Measured("worker", 96.0, (3, 4, 5, 9))).endswith("96.0 %  3-5, 9")


@pytest.mark.slow
@pytest.mark.parametrize("module", GATED)
def test_a_gated_module_is_covered_by_its_own_files_of(module: str) -> None:
    """At least 95 % of its lines, from those files alone."""
    pytest.importorskip("coverage", reason="needs the extra okx_sync[dev]")
    measured = measure(module)
    assert measured.is_enough, str(measured)
