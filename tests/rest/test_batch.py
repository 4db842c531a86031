"""Batches: a partial failure cannot be taken for success."""

from __future__ import annotations

import pickle

from attrs import frozen

from okx_sync.errors import DecodeError, OrderStatusUnknown
from okx_sync.rest.batch import BatchResult


@frozen
class One:
    ok: bool


def test_all_accepted() -> None:
    """Then it is true, and nothing is refused."""
    result = BatchResult([One(True), One(True)])
    assert result
    assert result.ok
    assert len(result.accepted) == 2
    assert result.refused == ()


def test_partial_failure_is_false() -> None:
    """One refusal makes the whole false; both kinds can be told apart."""
    result = BatchResult([One(True), One(False)])
    assert not result
    assert not result.ok
    assert (len(result), result.accepted, result.refused) == (2, (One(True),), (One(False),))
    assert repr(result).startswith("<BatchResult: 1 accepted, 1 refused")


def test_no_rows_are_no_success() -> None:
    """An answer without rows has accepted nothing."""
    assert not BatchResult([]).ok


def test_it_is_a_sequence() -> None:
    """Index, slice, iteration, equality and hash work as for a tuple."""
    rows = [One(True), One(False), One(True)]
    result = BatchResult(rows)
    assert list(result) == rows
    assert result[1] == rows[1]
    assert result[1:] == tuple(rows[1:])
    assert result == BatchResult(rows)
    assert hash(result) == hash(BatchResult(rows))
    assert result != rows


def test_an_unknown_order_is_neither_accepted_nor_refused() -> None:
    """Whatever its row says; the whole is not ok, the error that names it is kept, and all of it can be pickled."""
    lost = OrderStatusUnknown("no telling answer", clOrdId="b")
    result = BatchResult([One(True), One(True)], unknown=[1], lost=lost, unmatched=[One(False)])
    assert not result.ok
    assert (result.accepted, result.refused, result.unknown) == ((One(True),), (), (One(True),))
    assert result.lost is lost
    assert result.unmatched == (One(False),)
    assert result != BatchResult([One(True), One(True)])
    assert repr(result).startswith("<BatchResult: 1 accepted, 0 refused, 1 unknown")
    assert pickle.loads(pickle.dumps(result)) == result


class Unreadable:
    """A row whose verdict cannot be read."""

    @property
    def ok(self) -> bool:
        raise DecodeError("sCode cannot be read")


def test_an_unknown_row_is_not_asked_for_its_verdict() -> None:
    """What the answer did not tell readably stays unknown, and reading the result raises nothing."""
    result = BatchResult[One | Unreadable]([One(True), Unreadable()], unknown=[1])
    assert not result.ok
    assert (result.accepted, result.refused) == ((One(True),), ())
    assert "1 unknown" in repr(result)
