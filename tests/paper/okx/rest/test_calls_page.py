"""The page about calls tells what the table of endpoints says."""

from __future__ import annotations

from tests.paper.okx.rest.calls_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    """Whoever changes what a call does writes the page again: ``python -m tests.paper.okx.rest.calls_page``."""
    assert PAGE.read_text(encoding="utf-8") == page()
