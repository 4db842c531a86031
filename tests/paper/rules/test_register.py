"""Every fact is kept, uncertain or left out: none is forgotten, none counted twice."""

from __future__ import annotations

from tests.paper.rules import register
from tests.paper.rules.register import FACTS, PAGE, SUBJECTS


def test_subjects_have_all_numbers() -> None:
    """Each number belongs to one subject."""
    assert [fact for subject in SUBJECTS for fact in subject.facts] == list(range(1, FACTS + 1))


def test_each_fact_is_in_one_place() -> None:
    """Of a subject that was begun, all are registered; nothing that is left out has a case."""
    found = register.collect()
    wanted = {fact for subject in SUBJECTS if found.begun(subject) for fact in subject.facts}
    registered = found.kept.keys() | found.uncertain.keys() | found.left_out.keys()
    assert sorted(wanted - registered) == []
    assert sorted(registered - wanted) == []
    assert sorted(found.left_out.keys() & (found.kept.keys() | found.uncertain.keys())) == []


def test_each_reason_is_told() -> None:
    """In words, and in one line of the page."""
    found = register.collect()
    for why in (*found.uncertain.values(), *found.left_out.values()):
        assert len(why.split()) > 2, why
        assert "\n" not in why, why


def test_the_page_is_up_to_date() -> None:
    """Whoever adds a case writes the page again: ``python -m tests.paper.rules.register``."""
    assert PAGE.read_text(encoding="utf-8") == register.page(register.collect())
