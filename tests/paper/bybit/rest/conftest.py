"""REST clients at an exchange whose market stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.rest.rest_client import BybitRest


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[BybitRest]:
    """Alice's REST."""
    paper.quiet()
    with BybitRest(paper) as client:
        yield client
        assert paper.problems == []
