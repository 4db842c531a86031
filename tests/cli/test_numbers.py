"""Numbers and times as the command line writes them."""

from __future__ import annotations

import pytest

from okx_sync.cli.numbers import UNKNOWN, clock_time


@pytest.mark.parametrize("ms", [None, 10**17, -(10**30)])
def test_what_is_no_time(ms: int | None) -> None:
    """A time that nobody told, or that no calendar has, is a dash, and does not end a command that goes on."""
    assert clock_time(ms) == UNKNOWN
    assert clock_time(1_700_000_000_000) == "22:13:20"
