"""The page about Bybit's and Bitget's calls tells what their tables say, and no writing call is an example."""

from __future__ import annotations

import pytest

from tests.paper import calls_elsewhere
from tests.paper.calls_elsewhere import EXAMPLE, TABLES


def test_the_page_is_up_to_date() -> None:
    """Whoever changes what a call does writes the page again: ``python -m tests.paper.calls_elsewhere``."""
    assert calls_elsewhere.PAGE.read_text(encoding="utf-8") == calls_elsewhere.page()


@pytest.mark.parametrize("exchange", TABLES)
def test_every_call_is_told_of_once(exchange: str) -> None:
    """None is left out, none is of two kinds; examples only read."""
    found = calls_elsewhere.calls(exchange)
    assert sorted(call for some in found.values() for call in some) == sorted(TABLES[exchange])
    assert {method for method, _ in found[EXAMPLE]} <= {"GET"}
