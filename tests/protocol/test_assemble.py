"""Partial updates become whole rows."""

from __future__ import annotations

from typing import Any

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.events import Push


class Partial(OkxDialect):
    """A dialect whose pushes say whether they are whole."""

    def is_whole(self, push: Push) -> bool:
        return push.message.get("type") == "snapshot"


def _push(kind: str, *rows: Any) -> Push:
    return Push("tickers", {"topic": "tickers.A"}, list(rows), {"type": kind})


def test_a_change_is_merged_into_the_whole_row() -> None:
    """What is absent is unchanged, what is there replaces, and rows of other keys are left alone."""
    merge = Merge(Partial(), ["symbol"])
    merge(_push("snapshot", {"symbol": "A", "bid": "1", "ask": "2"}, {"symbol": "B", "bid": "5", "ask": "6"}))
    merge(_push("delta", {"symbol": "A", "bid": "1.5"}))
    changed = merge(_push("delta", {"symbol": "A", "last": "1.7"}, {"symbol": "B", "ask": ""}))
    assert changed.rows == [
        {"symbol": "A", "bid": "1.5", "ask": "2", "last": "1.7"},
        {"symbol": "B", "bid": "5", "ask": ""},
    ]


def test_what_came_in_is_not_changed() -> None:
    """The rows that were delivered before stay as they were."""
    merge = Merge(Partial(), ["symbol"])
    first = merge(_push("snapshot", {"symbol": "A", "bid": "1"})).rows[0]
    merge(_push("delta", {"symbol": "A", "bid": "2"}))
    assert first == {"symbol": "A", "bid": "1"}


def test_a_snapshot_starts_anew() -> None:
    """A field that a new snapshot does not have is gone."""
    merge = Merge(Partial(), ["symbol"])
    merge(_push("snapshot", {"symbol": "A", "bid": "1", "old": "x"}))
    assert merge(_push("snapshot", {"symbol": "A", "bid": "2"})).rows == [{"symbol": "A", "bid": "2"}]


def test_a_change_of_nothing_known_is_not_told() -> None:
    """Half a row would look like a whole one with empty fields."""
    merge = Merge(Partial(), ["symbol"])
    assert merge(_push("delta", {"symbol": "A", "bid": "2"})).rows == []


def test_rows_that_are_no_objects_pass() -> None:
    """The decoder reports them."""
    assert Merge(Partial(), ["symbol"])(_push("delta", ["what"])).rows == [["what"]]


def test_what_is_left_out_is_counted_and_told() -> None:
    """Each change without its whole row counts; the first since the last whole push is news, as is the first of
    another socket, which does not change the rows of this one.
    """
    told: list[tuple[int, bool]] = []
    merge = Merge(Partial(), ["symbol"], lambda number, is_news: told.append((number, is_news)))
    merge(_push("delta", {"symbol": "A", "bid": "2"}, {"symbol": "B", "bid": "2"}))
    merge(_push("delta", {"symbol": "A", "bid": "3"}))
    merge(_push("snapshot", {"symbol": "A", "bid": "1", "ask": "5"}))
    assert merge(_push("delta", {"symbol": "A", "bid": "3"})).rows == [{"symbol": "A", "bid": "3", "ask": "5"}]
    assert told == [(2, True), (1, False)]
    assert merge(_push("delta", {"symbol": "A", "bid": "4"}), socket=object()).rows == []
    assert told == [(2, True), (1, False), (1, True)]


def test_a_row_that_names_nothing_costs_no_neighbour() -> None:
    """A list where the name belongs: of a snapshot it goes on to be reported, of a change nobody can say of what."""
    merge = Merge(Partial(), ["symbol"])
    odd = {"symbol": ["A"], "bid": "9"}
    assert merge(_push("snapshot", odd, {"symbol": "A", "bid": "1"})).rows == [odd, {"symbol": "A", "bid": "1"}]
    assert merge(_push("delta", odd, {"symbol": "A", "ask": "2"})).rows == [{"symbol": "A", "bid": "1", "ask": "2"}]
