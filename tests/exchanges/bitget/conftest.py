"""What the tests of Bitget share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import responses


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock
