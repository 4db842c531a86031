"""Which row of an answer is of which order: by its id, by its place only where nothing speaks against that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.rest.batch_verdicts import matched

NAMES = ("order", "mine")
A, B, C = ({"mine": name} for name in "abc")


def told(orders: list[Any], rows: list[Any]) -> list[list[int]]:
    """For each order the numbers of its rows."""
    found, _ = matched(orders, rows, NAMES)
    return [[next(i for i, one in enumerate(rows) if one is row) for row in own] for own in found]


CASES: dict[str, tuple[list[Any], list[Any], list[list[int]]]] = {
    "in another order": ([A, B, C], [dict(C), dict(A), dict(B)], [[1], [2], [0]]),
    "one is missing": ([A, B, C], [dict(C), dict(A)], [[1], [], [0]]),
    "none has an id": ([A, B], [{"x": 1}, {"x": 2}], [[0], [1]]),
    "empty ids are none": ([A, B], [{"mine": ""}, {"mine": None}], [[0], [1]]),
    "none has an id, and one is missing": ([A, B], [{"x": 1}], [[], []]),
    "none has an id, and there is one more": ([A, B], [{}, {}, {}], [[], []]),
    "some have none": ([A, B, C], [dict(A), {"x": 1}, dict(C)], [[0], [1], [2]]),
    "some have none, in another order": ([A, B, C], [dict(C), {"x": 1}, dict(A)], [[2], [], [0]]),
    "a stranger": ([A, B], [{"mine": "z"}, dict(B)], [[], [1]]),
    "a stranger makes places worthless": ([A, B], [{"mine": "z"}, {"x": 1}], [[], []]),
    "a second row": ([A, B], [dict(A), dict(A)], [[0, 1], []]),
    "an id that contradicts": ([{"order": "1", "mine": "a"}], [{"order": "2", "mine": "a"}], [[]]),
    "an id of another kind tells nothing": ([A], [{"order": "7"}], [[0]]),
    "a number as an id": ([{"order": "7"}], [{"order": 7}], [[0]]),
    "the same order twice": ([A, A], [dict(A), dict(A)], [[0], [1]]),
    "no object": ([A, B], [None, "x"], [[], []]),
}


@pytest.mark.parametrize("case", CASES)
def test_rows_find_their_orders(case: str) -> None:
    """Every way in which an answer has been seen, or may be, to tell less than it should."""
    orders, rows, expected = CASES[case]
    assert told(orders, rows) == expected


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.integers(0, 3))
def test_ids_count_whatever_the_order(order: list[int], missing: set[int], strangers: int) -> None:
    """Any subset of the rows, shuffled, among strangers: each order has its own row or none."""
    orders = [{"mine": f"id{number}"} for number in range(6)]
    rows = [{"mine": f"id{number}", "n": number} for number in order if number not in missing]
    rows[1:1] = [{"mine": f"other{number}", "n": -1} for number in range(strangers)]
    found, unmatched = matched(orders, rows, NAMES)
    assert [[row["n"] for row in own] for own in found] == [[] if n in missing else [n] for n in range(6)]
    assert len(unmatched) == strangers
