"""Fields of many rows at once: what reading each of them gives, in tables and by itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync import to_df
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models import Candle
from okx_sync.rows import Row, decoder
from okx_sync.rows.columns import Columns
from okx_sync.rows.dataframe import _UTC, _dtypes
from okx_sync.rows.row import copy_of
from okx_sync.rows.to_wire import as_text
from tests.late_imports import imported_late
from tests.rows.test_filling import (
    ARG,
    KEYS,
    MESSAGES,
    NUMBERS,
    ODD_NUMBERS,
    OTHERS,
    ROWS,
    TEXTS,
    USUAL,
    Bar,
    Filled,
    Pair,
    fields_of,
    seen,
)

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = imported_late("pandas", "needs the extra okx_sync[pandas]")

CLASSES = st.sampled_from([Filled, Bar, Pair])
PLAIN = st.dictionaries(st.sampled_from(["last", "size", "ts", "side", "from"]), st.sampled_from([*NUMBERS, ""]))


def values_of(rows: list[Any], name: str, *, as_floats: bool = False) -> list[Any] | None:
    """One field of them."""
    values = Columns(rows).values(name, as_floats=as_floats)
    return None if values is None else list(values)


def one_by_one(rows: list[Any], numbers: Any) -> pd.DataFrame:
    """The table as it was made before columns were converted at once."""
    cls = type(rows[0])
    columns = {}
    for name in fields_of(cls):
        dtype = _dtypes(cls, numbers)[name]
        missing = pd.NaT.value if dtype == _UTC else None
        read = (getattr(row, name) for row in rows)
        columns[name] = pd.Series([missing if value is None else value for value in read], dtype=dtype)
    return pd.DataFrame(columns)


def told(action: Callable[[], pd.DataFrame]) -> Any:
    """The table, or the error as text."""
    try:
        return action()
    except Exception as problem:  # noqa: BLE001  whatever it was, it is that now
        return repr(problem)


@given(st.data(), CLASSES, MESSAGES, st.sampled_from(["decimal", "float64"]), st.booleans())
def test_tables_are_those_of_single_reads(
    data: st.DataObject, cls: type[Row], message: dict[str, Any], numbers: Any, is_plain: bool
) -> None:
    """Every value, every type, every missing one, and the error of the first that cannot be read."""
    wires = PLAIN if is_plain and cls is Filled else ROWS[cls]
    rows: list[Any] = decoder(cls)(data.draw(st.lists(wires, min_size=1, max_size=4)), message)
    if data.draw(st.booleans()):
        rows.append(cls())
    copies = [row if row.raw is None else copy_of(row) for row in rows]
    expected = told(lambda: one_by_one(copies, numbers))
    frame = told(lambda: to_df(rows, index=False, numbers=numbers))
    if isinstance(expected, str):
        assert frame == expected
        return
    pd.testing.assert_frame_equal(frame, expected, check_exact=True)
    for name in frame.columns:
        assert [seen(value) for value in frame[name].tolist()] == [seen(value) for value in expected[name].tolist()]


@given(st.lists(st.from_regex(r"-?[0-9]{1,25}(\.[0-9]{1,25})?", fullmatch=True), min_size=1))
def test_floats_are_the_nearest(texts: list[str]) -> None:
    """To each number as it is on the wire."""
    rows = decoder(Filled)([{"last": text} for text in texts], {})
    assert values_of(rows, "last", as_floats=True) == [float(Decimal(text)) for text in texts]


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Filled)])
def test_usual_columns_need_no_single_read(name: str) -> None:
    """They are converted at once: nothing is left in the rows. Nested rows and lists are for single reads."""
    wire = {"from": "a", "clientOid": "b", "last": "1.50", "size": "", "ts": "5", "seq": 7, "side": "buy", "on": "true"}
    rows = decoder(Filled)([wire, {**wire, "last": None, "side": ""}], ARG)
    values = values_of(rows, name)
    assert [vars(row) for row in rows] == [{}, {}]
    if name in ("names", "parts", "part"):
        assert values is None
    else:
        assert values == [getattr(row, name) for row in rows]


@pytest.mark.parametrize("cls", [Filled, Bar, Pair])
def test_one_odd_value_among_usual_ones(cls: type[Row]) -> None:
    """It is what its field says of it, or the column is left to single reads; for each value in each place."""
    usual = USUAL[cls]
    for value in (*NUMBERS, *ODD_NUMBERS, *TEXTS, *OTHERS):
        for place in range(len(usual)) if cls._shape is list else KEYS:
            wire: Any = dict(usual) if isinstance(usual, dict) else list(usual)
            wire[place] = value
            check_columns(cls, [wire, usual] if place == 0 else [wire])


@pytest.mark.parametrize("cls", [Bar, Pair])
@pytest.mark.parametrize("length", range(8))
def test_rows_of_every_length(cls: type[Row], length: int) -> None:
    """A column that is not there, or is the last one, is not taken for another."""
    check_columns(cls, [["1"] * length] * 2)
    check_columns(cls, [["1"] * length, ["1"] * 3])


def check_columns(cls: type[Row], wires: list[Any]) -> None:
    """Compare with reading each."""
    rows = decoder(cls)(wires, ARG)
    for name in fields_of(cls):
        values = values_of(rows, name)
        if values is not None:
            assert seen(tuple(values)) == seen(tuple(getattr(row, name) for row in rows)), (name, wires)


def test_what_the_message_says_is_looked_up_once() -> None:
    """Not for each of its rows; and rows of other messages have what theirs says."""
    other = {"arg": {"instId": "ETH-USDT"}}
    rows = decoder(Bar)([["1", "2", "3"]] * 2, ARG) + decoder(Bar)([["1", "2", "3"]], other)
    assert values_of(rows, "instId") == ["BTC-USDT", "BTC-USDT", "ETH-USDT"]


def test_what_is_no_field_of_a_wire_row() -> None:
    """Nothing is said of no rows, other objects, and rows that were made by hand."""
    assert values_of([], "last") is None
    assert values_of([object()], "last") is None
    assert values_of(decoder(Filled)([{}], {}), "extra") is None
    assert values_of([Filled(last=Decimal(1))], "last") is None
    assert values_of([Bar(instId="x")], "instId") is None


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "1e999999", "abc", True, [], 5, 1.5])
@pytest.mark.parametrize("numbers", ["decimal", "float64"])
def test_one_odd_number_is_read_as_ever(odd: Any, numbers: Any) -> None:
    """It is what the field says of it, among any number of usual ones."""
    row = [
        "1597026383085",
        "3.721",
        "3.743",
        "3.677",
        "3.708",
        "8422410",
        "22698348.04828491",
        "12698348.04828491",
        "1",
    ]
    rows = decoder(Candle)([row, [*row[:4], odd, *row[5:]], row], ARG)
    if type(odd) in (int, float):
        assert to_df(rows, numbers=numbers)["c"].iloc[1] == (rows[1].c if numbers == "decimal" else float(odd))
        return
    with pytest.raises(DecodeError, match=r"Candle\.c is not a decimal number") as caught:
        to_df(rows, numbers=numbers)
    assert caught.value.text == as_text(odd)
