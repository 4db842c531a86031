"""Exchanges for the tests of Bybit's wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperClock, PaperExchange


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """An exchange whose time moves only when told to."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper:
        yield paper
        assert paper.problems == []
