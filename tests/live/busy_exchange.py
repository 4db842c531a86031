"""An exchange on which something happens, and a client of it, for the tests of what a client tells of itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync import PaperExchange, WsClient
from tests.loopback.conftest import FAST


@pytest.fixture(scope="module")
def busy_paper() -> Iterator[PaperExchange]:
    """An exchange on which something happens."""
    with PaperExchange() as exchange:
        yield exchange


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[WsClient]:
    """A client of the test file's exchange."""
    with WsClient(paper.config, options=FAST) as client:
        yield client
