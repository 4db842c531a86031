"""The measure of receipts runs: its server takes orders by hand and of ours."""

from __future__ import annotations

from tests.benchmarks import order_receipt


def test_figures_are_sane() -> None:
    """With tiny counts: both ways get their receipts, and all figures are there."""
    figures = order_receipt.run(rounds=1, calls=5)
    assert figures["plain_us"] > 0
    assert figures["ours_us"] > 0
    assert figures["ratio"] > 0
    assert len(order_receipt.table(figures)) == 2
