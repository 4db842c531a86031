"""The page gets the tables that were measured, and keeps the others."""

from __future__ import annotations

from typing import Any

from tests.benchmarks import page, throughput
from tests.benchmarks.load.processes import ROOT

ONE = {"cpu_us": 2.0, "per_s": 400_000.0, "cores": 1.0}


def test_a_table_is_put_between_its_marks() -> None:
    """What is there before and behind stays; clients without figures are left out, gaps are dashes."""
    figures: dict[str, Any] = {"throughput": {"ws tickers": {throughput.HAND: ONE, "pybit": {"reason": "none"}}}}
    text = page.filled(
        "a\n<!-- table: read -->\nold\n<!-- end -->\nb\n<!-- table: growth -->\nold\n<!-- end -->", figures
    )
    assert text.startswith("a\n<!-- table: read -->\n|  | ws tickers |")
    assert f"| {throughput.HAND} | 2.0 (400 k) | - |" in text
    assert "callback" not in text
    assert text.endswith("<!-- end -->\nb\n<!-- table: growth -->\nold\n<!-- end -->")


def test_a_missed_target_is_bold() -> None:
    """And one that was not measured says so."""
    text = page.TABLES["targets"]({"orders": {"ratio": 4.25}, "order_receipt": {"ratio": 1.25}})
    assert "| OrderManager update / JSON and fields | <= 3 | **4.25** |" in text
    assert "| order to receipt over WebSocket / by hand | <= 1.3 | 1.25 |" in text
    assert "not measured" in text


def test_every_mark_of_the_page_is_a_table() -> None:
    """And every table has its place."""
    marks = page.MARK.findall((ROOT / "docs" / "performance.md").read_text())
    assert sorted(name for _, name, _ in marks) == sorted(page.TABLES)
