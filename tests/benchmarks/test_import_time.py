"""Importing the package costs less than importing its HTTP library."""

from __future__ import annotations

import pytest

from tests.benchmarks.import_time import run


@pytest.mark.slow
def test_importing_costs_less_than_requests() -> None:
    """The package a tenth of ``import requests`` when cold; a client's class about as much, once there is bytecode."""
    figures = run(rounds=5)
    assert figures["okx_sync"]["cold"] < 0.2 * figures["requests"]["cold"], figures
    assert figures["OkxClient"]["warm"] < 1.2 * figures["requests"]["warm"], figures
    assert figures["WsClient"]["warm"] < 1.6 * figures["requests"]["warm"], figures
