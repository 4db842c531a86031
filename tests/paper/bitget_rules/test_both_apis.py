"""What is kept is shown on each API that has it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.paper.bitget_rules.book import BOOK, ONLY_V2, ONLY_V3
from tests.paper.bitget_rules.scene import V3Scene, wire_of
from tests.paper.rules.register import facts_of


def _shown() -> Iterator[tuple[int, bool]]:
    """Each fact that a case is about, and whether that is V3's; marked tests go through both."""
    for module in BOOK.modules():
        cases = getattr(module, "CASES", ())
        yield from ((fact, wire_of(case) is V3Scene) for case in cases for fact in case.facts)
        marked = facts_of(module) - {fact for case in cases for fact in case.facts}
        yield from ((fact, is_v3) for fact in marked for is_v3 in (False, True))


def test_each_fact_is_shown_on_each_api_that_has_it() -> None:
    """A case in V2 and one in V3, unless only one of them knows of it."""
    shown = set(_shown())
    for fact in BOOK.collect().kept:
        wanted = {fact in ONLY_V3} if fact in ONLY_V2 | ONLY_V3 else {False, True}
        assert {is_v3 for one, is_v3 in shown if one == fact} == wanted, fact
