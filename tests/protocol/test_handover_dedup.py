"""``HandoverDedup``: two sockets carry the same topics, and the reader sees neither a hole nor a repeat."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.protocol.events import Push
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.subscriptions import TopicKind, WantedTopic
from tests.protocol.toy_dialect import A, B, Toy, push

ROWS = WantedTopic(A, TopicKind())
BOOK = WantedTopic(B, TopicKind(sequenced=True))
CHANGES = WantedTopic(A, TopicKind(partial=True))


def rows_of(released: list[tuple[WantedTopic, Push]]) -> list[Any]:
    return [row for _, one in released for row in one.rows]


def update(previous: int, this: int) -> Push:
    """A change of a book, its own row for easy reading."""
    return push("b", this, seq=(previous, this))


def snapshot(this: int) -> Push:
    return push("b", f"all@{this}", seq=(-1, this))


def released(last_old: int, *held: Push) -> list[Any]:
    """What a reader gets after the old socket had delivered up to ``last_old``."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(BOOK, update(last_old - 1, last_old))
    for one in held:
        overlap.hold(BOOK, one)
    return rows_of(overlap.release())


def test_rows_that_the_old_socket_delivered_are_not_repeated() -> None:
    """Equal rows cancel each other, one for one, whatever the order of their keys."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(ROWS, push("a", {"id": 1, "px": "5"}, {"id": 2}))
    overlap.hold(ROWS, push("a", {"px": "5", "id": 1}))
    overlap.hold(ROWS, push("a", {"id": 2}, {"id": 2}, {"id": 3}))
    assert rows_of(overlap.release()) == [{"id": 2}, {"id": 3}]


def test_equal_changes_are_two_changes() -> None:
    """A price that goes up and comes back says the same twice; each socket's changes follow its own whole row."""
    overlap = HandoverDedup(Toy())
    for row in ({"px": 1, "sz": 1}, {"px": 2}, {"px": 1}):
        overlap.delivered(CHANGES, push("a", row))
    overlap.hold(CHANGES, push("a", {"px": 1, "sz": 1}))
    overlap.hold(CHANGES, push("a", {"px": 2}))
    assert rows_of(overlap.release()) == [{"px": 1, "sz": 1}, {"px": 2}]
    assert [one.rows for one in overlap.after(CHANGES, push("a", {"px": 1}))] == [[{"px": 1}]]
    assert overlap.finish() == []


def test_a_push_keeps_its_envelope_when_rows_are_cut() -> None:
    """The rows that are left still know what they were sent with."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(ROWS, push("a", 1))
    overlap.hold(ROWS, push("a", 1, 2, action="update"))
    [(wish, one)] = overlap.release()
    assert wish is ROWS
    assert (one.rows, one.message["action"], one.channel) == ([2], "update", "a")


def test_topics_do_not_cancel_each_other() -> None:
    """The same row of another topic is another row."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(ROWS, push("a", 1))
    other = WantedTopic(B, TopicKind())
    overlap.hold(other, push("b", 1))
    assert rows_of(overlap.release()) == [1]


def test_a_release_happens_once() -> None:
    """What was handed on is not handed on again."""
    overlap = HandoverDedup(Toy())
    overlap.hold(ROWS, push("a", 1))
    assert rows_of(overlap.release()) == [1]
    assert overlap.release() == []


@given(
    everything=st.lists(st.integers(0, 3), max_size=30),
    old_until=st.integers(0, 30),
    new_from=st.integers(0, 30),
)
def test_no_hole_and_no_repeat_wherever_the_sockets_overlap(
    everything: list[int], old_until: int, new_from: int
) -> None:
    """The old socket delivers up to some event and the new one starts at or before it: each event comes once."""
    old_until = min(old_until, len(everything))
    new_from = min(new_from, old_until)
    overlap = HandoverDedup(Toy())
    # Rows are unique in reality (a trade has an id); here the position makes them so.
    rows = [[position, value] for position, value in enumerate(everything)]
    for row in rows[:old_until]:
        overlap.delivered(ROWS, push("a", row))
    for row in rows[new_from:]:
        overlap.hold(ROWS, push("a", row))
    assert rows[:old_until] + rows_of(overlap.release()) == rows


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([snapshot(8), update(8, 9), update(9, 10), update(10, 11)], [11]),
        ([snapshot(10), update(10, 11)], [11]),
        ([snapshot(9), update(9, 12), update(12, 13)], ["all@9", 12, 13]),
        ([snapshot(12), update(12, 13)], ["all@12", 13]),
        ([snapshot(7), update(7, 10)], []),
        ([snapshot(10), update(10, 10), update(10, 11)], [10, 11]),
    ],
    ids=["old ahead", "equal", "no common number", "new ahead", "nothing new", "keep-alive between"],
)
def test_a_book_goes_on_behind_the_last_number(held: list[Push], expected: list[Any]) -> None:
    """Ten was delivered: the first push behind it comes next; where that cannot be found, the new snapshot does."""
    assert released(10, *held) == expected


def test_a_book_that_the_old_socket_never_delivered_starts_with_its_snapshot() -> None:
    """Everything held is new."""
    overlap = HandoverDedup(Toy())
    overlap.hold(BOOK, snapshot(8))
    overlap.hold(BOOK, update(8, 9))
    assert rows_of(overlap.release()) == ["all@8", 9]


def test_a_book_without_numbers_starts_with_its_snapshot() -> None:
    """Old recordings carry no sequence: only a fresh snapshot is safe."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(BOOK, push("b", "old"))
    overlap.hold(BOOK, push("b", "whole"))
    overlap.hold(BOOK, push("b", "change"))
    assert rows_of(overlap.release()) == ["whole", "change"]


# -- behind the switch ---------------------------------------------------------------------------------------------


def test_rows_that_lag_behind_are_not_repeated_after_the_switch_either() -> None:
    """The new socket may bring later what the old one had delivered before it went."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(ROWS, push("a", 1, 2, 3))
    overlap.hold(ROWS, push("a", 1))
    assert rows_of(overlap.release()) == []
    assert [one.rows for one in overlap.after(ROWS, push("a", 2, 9))] == [[9]]
    assert overlap.after(ROWS, push("a", 3)) == []
    assert overlap.finish() == []


def test_a_book_that_lags_behind_is_held_until_it_joins_up() -> None:
    """The new socket is still at nine when ten was delivered: nothing goes backwards, nothing is left out."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(BOOK, update(9, 10))
    overlap.hold(BOOK, snapshot(8))
    assert overlap.release() == []
    assert overlap.after(BOOK, update(8, 9)) == []
    assert [one.rows for one in overlap.after(BOOK, update(9, 10))] == []
    assert [one.rows for one in overlap.after(BOOK, update(10, 11))] == [[11]]
    assert [one.rows for one in overlap.after(BOOK, update(11, 12))] == [[12]]
    assert overlap.finish() == []


def test_a_book_that_never_joins_up_starts_from_its_snapshot() -> None:
    """When nothing old can come any more, the new socket's own story is the right one."""
    overlap = HandoverDedup(Toy())
    overlap.delivered(BOOK, update(9, 10))
    overlap.hold(BOOK, snapshot(8))
    assert overlap.release() == []
    assert rows_of(overlap.finish()) == ["all@8"]
