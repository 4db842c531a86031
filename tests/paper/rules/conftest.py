"""The exchange that the cases of a file share, on each exchange."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.stage import quiet_exchange


@pytest.fixture(scope="module")
def exchange() -> Iterator[PaperExchange]:
    """A quiet exchange; each case brings accounts of its own."""
    with quiet_exchange() as paper:
        yield paper
