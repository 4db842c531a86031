"""Every fact of every exchange is kept, uncertain or left out: none is forgotten, none counted twice."""

from __future__ import annotations

import pytest

from tests.paper.rules.register import RuleBook, books

pytestmark = pytest.mark.parametrize("book", books(), ids=lambda book: book.exchange)


def test_subjects_have_all_numbers(book: RuleBook) -> None:
    """Each number belongs to one subject."""
    assert [fact for subject in book.subjects for fact in subject.facts] == list(range(1, book.facts + 1))


def test_each_fact_is_in_one_place(book: RuleBook) -> None:
    """Of a subject that was begun, all are registered; nothing that is left out has a case."""
    found = book.collect()
    wanted = {fact for subject in book.subjects if found.begun(subject) for fact in subject.facts}
    registered = found.kept.keys() | found.uncertain.keys() | found.left_out.keys()
    assert sorted(wanted - registered) == []
    assert sorted(registered - wanted) == []
    assert sorted(found.left_out.keys() & (found.kept.keys() | found.uncertain.keys())) == []


def test_each_reason_is_told(book: RuleBook) -> None:
    """In words, and in one line of the page."""
    found = book.collect()
    for why in (*found.uncertain.values(), *found.left_out.values()):
        assert len(why.split()) > 2, why
        assert "\n" not in why, why


def test_the_page_is_up_to_date(book: RuleBook) -> None:
    """Whoever adds a case writes the page again: ``python -m tests.paper.rules.register``."""
    assert book.path.read_text(encoding="utf-8") == book.text()
