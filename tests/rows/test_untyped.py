"""``UntypedRow``: a row without a class of its own, as a mapping."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import DecodeError
from okx_sync.rows import UntypedRow, decoder, opener

WIRE = {"px": "65000.10", "sz": 2.5, "n": 3, "deep": [1.1, {"a": 0.1}], "none": None, "empty": ""}


def test_it_is_a_mapping_with_exact_numbers() -> None:
    """Text stays text, and no number is a float, however deep."""
    row = UntypedRow.from_wire(WIRE)
    assert isinstance(row, Mapping)
    assert dict(row) == {**WIRE, "sz": Decimal("2.5"), "deep": [Decimal("1.1"), {"a": Decimal("0.1")}]}
    assert list(row.keys()) == list(WIRE)
    assert (len(row), "px" in row, "qx" in row, row.get("qx", 7)) == (6, True, False, 7)
    assert [type(value) for value in row.values()] == [str, Decimal, int, list, type(None), str]
    with pytest.raises(KeyError, match="qx"):
        row["qx"]
    match row:
        case {"px": px}:
            assert px == "65000.10"
        case _:
            pytest.fail("no mapping")


def test_numbers_in_either_spelling() -> None:
    """Absent, null and empty are None; what is no number is told with its text."""
    row = UntypedRow.from_wire(WIRE)
    assert [row.number(name) for name in ("px", "sz", "n")] == [Decimal("65000.10"), Decimal("2.5"), Decimal(3)]
    assert [row.number(name) for name in ("none", "empty", "missing")] == [None, None, None]
    with pytest.raises(DecodeError, match="deep is not a decimal number"):
        row.number("deep")


def test_an_array_has_its_columns_as_names() -> None:
    """Nothing else is a name of it."""
    row = UntypedRow.from_wire(["1", 2.5])
    assert dict(row) == {"0": "1", "1": Decimal("2.5")}
    assert not any(name in row for name in ("2", "01", "-1", "x", "\u0661", "9" * 5000, 1))
    assert row.to_wire() == ["1", 2.5]


def test_it_is_a_row_like_any_other() -> None:
    """Copies, pickles, equality, hash, ``raw``, ``extra``; it cannot be changed."""
    row = UntypedRow.from_wire(WIRE, {"arg": {}, "data": [WIRE]})
    for other in (copy.copy(row), copy.deepcopy(row), pickle.loads(pickle.dumps(row)), UntypedRow(WIRE)):
        assert other == row
        assert hash(other) == hash(row)
    assert row != UntypedRow.from_wire({"px": "1"})
    assert row != WIRE
    assert row.extra == dict(row)
    row["deep"].append(1)
    assert len(row["deep"]) == 2
    assert not row.recovered
    with pytest.raises(AttributeError):
        row.px = 1  # type: ignore[attr-defined]
    assert repr(UntypedRow({"px": "1", "n": 2.5})) == "UntypedRow(px='1', n=Decimal('2.5'))"


@pytest.mark.parametrize("odd", ["text", 5, None, True])
def test_what_is_neither_an_object_nor_an_array_is_no_row(odd: Any) -> None:
    """It is told, as for any class of rows."""
    with pytest.raises(DecodeError):
        decoder(UntypedRow)([odd], {})
    with pytest.raises((DecodeError, TypeError)):
        opener(UntypedRow, orjson.loads)(orjson.dumps({"data": odd}))


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.text(), _json) | st.lists(_json))
def test_any_row_can_be_read_whole(wire: Any) -> None:
    """Every value is found under its name; numbers keep their value, and the row goes back to what it was."""
    row = UntypedRow.from_wire(wire)
    assert len(dict(row)) == len(wire)
    named = wire if isinstance(wire, dict) else {str(column): value for column, value in enumerate(wire)}
    for name, value in named.items():
        assert row[name] == (Decimal(repr(value)) if isinstance(value, float) else row[name])
        if not isinstance(value, float | list | dict):
            assert row[name] == value
    assert row.to_wire() == wire
    assert repr(row)
