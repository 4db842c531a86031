"""A journal costs an order some microseconds."""

from __future__ import annotations

from tests.benchmarks import journal


def test_a_journal_is_cheap() -> None:
    """Checksums, a lock and the table of what is unfinished included: about six times the bare writing of two us."""
    found = journal.run(rounds=3, orders=400)["written"]
    assert found["ours_cpu_us"] <= 12 * found["by_hand_cpu_us"], found
