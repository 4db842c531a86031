"""Importing the package costs less than importing its HTTP library, and its clients about as much."""

from __future__ import annotations

import pytest

from tests.benchmarks.import_time import run


@pytest.mark.slow
def test_importing_costs_less_than_requests() -> None:
    """The package a tenth of ``import requests`` when cold; the clients of OKX about as much once compiled."""
    figures = run(rounds=5)
    assert figures["okx_sync"]["cold"] < 0.2 * figures["requests"]["cold"], figures
    assert figures["OkxClient"]["warm"] < 0.9 * figures["requests"]["warm"], figures
    assert figures["both"]["warm"] < 1.15 * figures["requests"]["warm"], figures
