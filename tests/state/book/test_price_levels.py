"""One side of a book, against a slow reference that knows no floats: any rows in any order, however odd."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.state.book.price_levels import Level, Side
from tests.examples import examples

D = Decimal
_TINY_STEP = f"1.{0:032}"  # more digits than a float has, and than the result of adding Decimals


class Reference:
    """A side as its description says it: a dict of exact prices, sorted for each look."""

    def __init__(self, *, is_bids: bool) -> None:
        self.is_bids = is_bids
        self.held: dict[Decimal, Sequence[Any]] = {}

    def put(self, rows: Sequence[Any]) -> None:
        """Set and delete, row by row."""
        for row in rows:
            self._put_one(row)

    def _put_one(self, row: Sequence[Any]) -> None:
        text, amount = row[0], row[1]
        if not isinstance(text, str) or not isinstance(amount, str):
            raise TypeError(f"price and size must be text: {row!r}")
        size = D(amount)
        if not 0 <= size < D("Infinity"):
            raise ValueError(f"not a size: {amount!r}")
        price = D(text)
        if size and not price.is_finite():
            raise ValueError(f"not a price: {text!r}")
        if any(price < other for other in self.held):  # NaN is neither below nor above: this raises
            pass
        if size:
            self.held[price] = row
        elif not price.is_nan():
            self.held.pop(price, None)

    def rows(self) -> list[Sequence[Any]]:
        """All of them, best first."""
        return [self.held[price] for price in sorted(self.held, reverse=self.is_bids)]


def _outcome(side: Side | Reference, rows: Sequence[Any]) -> str:
    try:
        side.put(rows)
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        return repr(error)
    return "ok"


def _levels(rows: Sequence[Any]) -> list[Level]:
    return [Level(D(row[0]), D(row[1]), int(row[-1]) if len(row) > 2 else None) for row in rows]


def _spelling(levels: Sequence[Level]) -> list[str]:
    """``==`` does not tell 1.0 from 1.00."""
    return [str(level) for level in levels]


# -- rows of every kind ----------------------------------------------------------------------------------------------

_plain_prices = st.integers(1, 30).map(str)
_odd_prices = st.sampled_from([
    "1", "1.0", "1.00", "01", "+1", " 1", "1e0", "10e-1", "1_0", "1__0", "_1", "\uff12", ".5", "0.50", "5.",
    "-1", "-1.0", "0", "-0", "0.00", "0e999", "1e-400", "2e-400", "20e-401", "-1e-400",
    "1e400", "1.0e400", "2e400", "-1e400", "1" * 400, "5e-324", "1.7976931348623157e308",
    "12345678901234567890", "12345678901234567891",
])  # fmt: skip
_near_prices = st.builds(lambda digits, zeros: _TINY_STEP + digits + zeros, _plain_prices, st.sampled_from(["", "0"]))
_no_numbers: list[Any] = [
    "", "x", "nan", "sNaN", "NaN12", "inf", "-Infinity", "1e99999999999999999999", "1e-99999999999999999999", "0x10",
    "1e", "1 0", "1\x00", None, 0, 1, 1.5, True, b"1", [], ["1"], {},
]  # fmt: skip
_sizes = st.sampled_from(["1", "2", "0.10", "0", "0", "25"])
_odd_sizes = st.sampled_from(
    ["0.0", "-0", "0e5", "00", " 0", "+0", "_0", "1e-400", "1e400", "1__0", "_1", "\uff11", "1.000", "1" * 30, "5e-324"]
)
_any_prices = st.decimals(allow_nan=False, allow_infinity=False).map(str)
_price = st.one_of(_plain_prices, _odd_prices, _near_prices, _any_prices)
_good_row = st.builds(lambda price, size, orders: [price, size, *orders], _price, st.one_of(_sizes, _odd_sizes),
                      st.sampled_from([[], ["7"], ["0", "3"]]))  # fmt: skip
_no_number = st.sampled_from(_no_numbers)
_bad_size = st.one_of(_sizes, st.sampled_from(["-1", "-1e-400"]), _no_number)
_bad_row = st.one_of(
    st.tuples(st.one_of(_price, _no_number), _bad_size).map(list),
    st.sampled_from([[], ["1"], None, 5, "", "1"]),
)
_snapshot = st.lists(_plain_prices, unique=True, min_size=1, max_size=30).map(lambda all_: [[one, "1"] for one in all_])
_change = st.one_of(_snapshot, st.lists(_good_row, max_size=12))
_any_change = st.one_of(_change, st.lists(st.one_of(_good_row, _bad_row), max_size=5))


@settings(max_examples=examples(150))
@given(st.lists(st.one_of(_any_change, st.none()), max_size=8), st.booleans())
def test_any_rows_in_any_order_leave_what_the_reference_has(changes: list[Any], is_bids: bool) -> None:
    """Same levels, texts and order after every change, same errors at the same rows; None stands for a clear."""
    side, reference = Side(is_bids=is_bids), Reference(is_bids=is_bids)
    for change in changes:
        if change is None:
            side.clear()
            reference.held.clear()
        else:
            assert _outcome(side, change) == _outcome(reference, change)
        rows = reference.rows()
        assert side.rows(1000) == rows
        assert side.rows(2) == rows[:2]
        assert len(side) == len(rows)
        assert _spelling(list(side)) == _spelling(_levels(rows))


_few_prices = st.sampled_from([*map(str, range(1, 9)), "3.0", "5.00"])
_come_and_go = st.lists(st.tuples(_few_prices, st.sampled_from(["0", "0", "1", "2", "0.0"])).map(list), max_size=12)


@settings(max_examples=examples(150))
@given(st.lists(_come_and_go, max_size=25), st.booleans())
def test_levels_that_come_and_go_leave_what_the_reference_has(changes: list[list[list[str]]], is_bids: bool) -> None:
    """The same few prices again and again, in several spellings: what went is gone, and what is back is back."""
    side, reference = Side(is_bids=is_bids), Reference(is_bids=is_bids)
    for change in changes:
        side.put(change)
        reference.put(change)
        rows = reference.rows()
        assert side.rows(1000) == rows
        assert side.rows(1) == rows[:1]
        assert len(side) == len(rows)
        assert _spelling(list(side)) == _spelling(_levels(rows))
        best = float(rows[0][0]) if rows else None
        assert (abs(side.keys[-1]) if side.keys else None) == best  # what is compared to see whether a book is crossed


@settings(max_examples=examples(200))
@given(_change, _change, st.booleans())
def test_all_at_once_is_one_by_one(first: Any, then: Any, is_bids: bool) -> None:
    """An empty side is filled in another way; nobody can tell."""
    at_once, one_by_one = Side(is_bids=is_bids), Side(is_bids=is_bids)
    for rows in (first, then):
        at_once.put(rows)
        for row in rows:
            one_by_one.put([row])
        assert at_once.rows(1000) == one_by_one.rows(1000)


@settings(max_examples=examples(300))
@given(st.text("0123456789.eE+-_ \t\x1f\u00a0\u0661\uff15naifNIx\x00", max_size=9))
def test_what_is_a_float_is_the_same_number_exactly(text: str) -> None:
    """The rule all rests on: what is a finite float other than zero is a ``Decimal``, too, and near to it."""
    try:
        number = float(text)
    except ValueError:
        return
    if number and abs(number) < float("inf"):
        assert float(D(text)) == number


# -- single promises -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_bids", [True, False])
def test_prices_that_floats_cannot_tell_apart_are_levels_of_their_own(is_bids: bool) -> None:
    """In exact order, and each found again by any of its spellings."""
    prices = [_TINY_STEP + digit for digit in "21534"]
    assert len({float(price) for price in prices}) == 1
    side = Side(is_bids=is_bids)
    side.put([[price, "1"] for price in prices])
    assert [level.price for level in side] == sorted(map(D, prices), reverse=is_bids)
    side.put([[_TINY_STEP + "30", "7"], [_TINY_STEP + "1", "0"], [_TINY_STEP + "50", "0"], [_TINY_STEP + "6", "0"]])
    left = [[_TINY_STEP + "2", "1"], [_TINY_STEP + "30", "7"], [_TINY_STEP + "4", "1"]]
    assert side.rows(9) == (left[::-1] if is_bids else left)


def test_numbers_beyond_floats_are_kept_in_order() -> None:
    """Too large and too small ones, and zero between the small."""
    texts = ["-2e400", "-1e400", "-1", "-1e-400", "0", "1e-400", "2e-400", "1", "1e400", "2e400"]
    side = Side(is_bids=False)
    side.put([[text, "1e-400"] for text in texts[::-1]])
    assert [row[0] for row in side.rows(99)] == texts
    assert {level.size for level in side} == {D("1e-400")}
    side.put([[text, "0"] for text in ("1e-400", "10e399", "0.0")])
    assert [row[0] for row in side.rows(99)] == ["-2e400", "-1e400", "-1", "-1e-400", "2e-400", "1", "2e400"]


def test_what_is_read_has_every_digit() -> None:
    """Prices and sizes never pass through a float."""
    side = Side(is_bids=True)
    side.put([["12345678901234567.891", "0.1234567890123456789012345678901", "4"]])
    assert _spelling(list(side)) == [str(Level(D("12345678901234567.891"), D("0.1234567890123456789012345678901"), 4))]


def test_reading_again_shows_what_has_changed_since() -> None:
    """Also where a level went and came back, and after a refill with other rows of the same prices."""
    side = Side(is_bids=True)
    side.put([["2", "1"], ["1", "1"]])
    assert [level.size for level in side] == [1, 1]
    side.put([["2", "5"]])
    assert [level.size for level in side] == [5, 1]
    side.put([["1", "0"], ["1", "6"]])
    assert [level.size for level in side] == [5, 6]
    side.clear()
    assert (list(side), len(side)) == ([], 0)
    side.put([["2", "8"], ["1", "9"]])
    assert [level.size for level in side] == [8, 9]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("odd", [*_no_numbers, "-1"])
def test_what_is_no_number_is_never_held(odd: Any, is_first: bool) -> None:
    """Neither as a price nor as a size (below zero there are prices only), in an empty side or another one."""
    for row in ([odd, "1"], ["9", odd]):
        side = Side(is_bids=True)
        side.put([] if is_first else [["5", "1"]])
        if row == ["-1", "1"]:
            continue
        with pytest.raises((ValueError, TypeError, ArithmeticError)):
            side.put([row, ["3", "1"]])
        assert list(side) == ([] if is_first else [Level(D(5), D(1))])


@pytest.mark.parametrize("text", ["", "x", "sNaN", "1e99999999999999999999", "1e-99999999999999999999"])
def test_deleting_what_is_no_price_is_not_passed_over(text: str) -> None:
    """The row may have meant a level that we have."""
    side = Side(is_bids=False)
    side.put([["5", "1"], ["6", "1"]])
    with pytest.raises(ArithmeticError):
        side.put([[text, "0"]])


def test_a_bad_row_of_a_first_fill_leaves_those_before_it() -> None:
    """As everywhere else."""
    side = Side(is_bids=True)
    with pytest.raises(TypeError, match="must be text"):
        side.put([["2", "1"], ["1", "1"], ["3", 1], ["4", "1"]])
    assert side.rows(9) == [["2", "1"], ["1", "1"]]


class _Row(list[str]):
    """One that can be watched."""


def test_levels_that_were_read_are_not_kept_for_ever() -> None:
    """A book whose prices wander does not grow."""
    side = Side(is_bids=True)
    rows = [_Row([str(price), "1"]) for price in range(1, 101)]
    watched = [weakref.ref(row) for row in rows]
    side.put(rows)
    assert len(list(side)) == 100
    side.put([[str(price), "0"] for price in range(1, 101)])
    side.put([["500", "1"]])
    assert len(list(side)) == 1
    del rows
    gc.collect()
    assert not any(ref() for ref in watched)


@pytest.mark.parametrize("is_bids", [True, False])
def test_places_of_levels_that_went_are_not_kept_for_ever(is_bids: bool) -> None:
    """A market that wanders leaves no more empty places behind than it has levels, and a few."""
    side = Side(is_bids=is_bids)
    side.put([[str(price), "1"] for price in range(1000, 1020)])
    for step in range(1000):
        side.put([[str(1020 + step), "1"], [str(1000 + step), "0"]])
        assert len(side) == 20
        assert len(side.keys) <= 2 * 20 + 16
    assert [row[0] for row in side.rows(2)] == (["2019", "2018"] if is_bids else ["2000", "2001"])
