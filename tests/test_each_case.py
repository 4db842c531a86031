"""Cases that are looped through in one test."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from tests.each_case import each_case


def test_every_case_is_tried_and_each_failure_named() -> None:
    """The cases behind a failed one as well; a failure has the name of its case."""
    tried = []

    @each_case("number", [1, 2, 3, 4], ids=lambda number: f"number {number}")
    def even(number: int) -> None:
        tried.append(number)
        assert number % 2 == 0, f"{number} is odd"

    with pytest.raises(ExceptionGroup, match="2 of 4 cases") as caught:
        even()
    assert tried == [1, 2, 3, 4]
    assert [one.__notes__ for one in caught.value.exceptions] == [["in the case number 1"], ["in the case number 3"]]


def test_fixtures_are_asked_for_as_ever() -> None:
    """What no case gives is left in the signature, where pytest looks for fixtures."""
    seen = []

    @each_case(("left", "right"), [(1, 2), (3, 4)])
    def check(left: int, fixture: str, right: int) -> None:
        seen.append((left, fixture, right))

    assert list(inspect.signature(check).parameters) == ["fixture"]
    check(fixture="f")
    assert seen == [(1, "f", 2), (3, "f", 4)]


@pytest.mark.parametrize("outcome", [pytest.fail, pytest.skip])
def test_a_case_ends_itself_only(outcome: Callable[[str], object]) -> None:
    """``pytest.fail`` is a failure like others; ``pytest.skip`` would leave out all that follow, and is one too."""
    tried = []

    @each_case("number", [1, 2])
    def check(number: int) -> None:
        tried.append(number)
        outcome("so it is")

    with pytest.raises(BaseExceptionGroup, match="2 of 2 cases"):
        check()
    assert tried == [1, 2]


def test_no_cases_are_a_mistake() -> None:
    """An empty table, or a name that the test does not take, would prove nothing."""
    with pytest.raises(AssertionError, match="without cases"):
        each_case("number", [])
    with pytest.raises(AssertionError, match="does not take"):
        each_case("number", [1])(lambda other: None)
