"""A typed call costs hardly more than a plain one."""

from __future__ import annotations

import pytest

from tests.benchmarks.rest_overhead import run

MOST = 1.15


@pytest.mark.slow
def test_a_typed_call_costs_hardly_more_than_plain_requests() -> None:
    """Ticker and order, typed, paced and signed: at most 15 % above ``requests`` by hand, in the same run."""
    for figures in run(rounds=5, calls=150).values():
        assert figures["ratio"] < MOST, figures
