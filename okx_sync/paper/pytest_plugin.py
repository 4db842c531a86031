"""The pytest fixture `paper`: a fresh paper exchange for a test of your own bot.

Installed with the package (entry point `pytest11`). The exchange, and the web library under it,
are imported only when the fixture is used: without the extra `okx_sync[paper]`, pytest works as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from okx_sync.paper import PaperExchange


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """Yield a running `PaperExchange`, stopped after the test; an error inside it fails the test."""
    from okx_sync.paper import PaperExchange

    with PaperExchange() as exchange:
        yield exchange
        problems = exchange.problems
    if problems:
        raise problems[0]
