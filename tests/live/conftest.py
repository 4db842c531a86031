"""Fixtures of the tests of what joins the rooms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.venue import Venue


@pytest.fixture
def venue() -> Iterator[Venue]:
    """A small exchange that does as it is told."""
    with Venue() as one:
        yield one
