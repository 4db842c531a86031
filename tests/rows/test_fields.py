"""Converters: what a wire value means."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.rows.fields import UNREADABLE, to_bool, to_decimal, to_int, to_text, to_texts


@pytest.mark.parametrize("convert", [to_decimal, to_int, to_bool, to_text])
@pytest.mark.parametrize("absent", ["", None])
def test_absent_is_none(convert: Any, absent: Any) -> None:
    """The exchange's empty text and JSON null both mean absent."""
    assert convert(absent) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1.10", "1.10"),
        ("-0", "-0"),
        ("0.00000001", "1E-8"),
        (5, "5"),
        (0.1, "0.1"),
        (1e22, "1E+22"),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
    ],
)
def test_decimals_are_exact(value: Any, number: str) -> None:
    """Digits survive; a JSON number does not pass through binary floating point."""
    converted = to_decimal(value)
    assert str(converted) == number


def test_a_decimal_may_be_none_in_words() -> None:
    """Some exchanges write the word of their own language for absent."""
    assert to_decimal("None") is None


@pytest.mark.parametrize(
    "value",
    [
        "abc",
        "1,5",
        Decimal("NaN"),
        "none",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        True,
        [],
        {},
        ["1"],
        "1e9999",
        "-1E-99999999",
    ],
)
def test_what_is_no_decimal(value: Any) -> None:
    """NaN and infinities are refused like text."""
    with pytest.raises(UNREADABLE):
        to_decimal(value)


def test_decimals_do_not_depend_on_the_users_context() -> None:
    """A caller who works with other precision or without traps gets the same answers."""
    with decimal.localcontext() as context:
        context.prec = 3
        context.traps[decimal.InvalidOperation] = False
        assert to_decimal("1.23456789") == Decimal("1.23456789")
        with pytest.raises(UNREADABLE):
            to_decimal("abc")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_decimal_text_reads_back(number: Decimal) -> None:
    """Whatever a number's text looks like, the value is the same."""
    assert to_decimal(str(number)) == number
    assert to_decimal(format(number, "f")) == number


@pytest.mark.parametrize(("value", "number"), [("12", 12), ("-1", -1), (7, 7), (7.0, 7), (0, 0)])
def test_ints(value: Any, number: int) -> None:
    """Text and JSON numbers; a whole float counts."""
    assert to_int(value) == number


@pytest.mark.parametrize("value", ["1.5", "x", 1.5, True, [], {}, "9" * 5000])
def test_what_is_no_int(value: Any) -> None:
    """Nothing is rounded, and a flag is not a number."""
    with pytest.raises(UNREADABLE):
        to_int(value)


@pytest.mark.parametrize("value", [True, "true", "yes", "1", 1])
def test_true(value: Any) -> None:
    """Spellings of true."""
    assert to_bool(value) is True


@pytest.mark.parametrize("value", [False, "false", "no", "0", 0])
def test_false(value: Any) -> None:
    """Spellings of false."""
    assert to_bool(value) is False


@pytest.mark.parametrize("value", ["on", "T", "2", 2, [], {}])
def test_what_is_no_flag(value: Any) -> None:
    """A guess would be worse than an error."""
    with pytest.raises(UNREADABLE):
        to_bool(value)


@pytest.mark.parametrize(("value", "text"), [("x", "x"), (" ", " "), (5, "5"), (1.5, "1.5"), (True, "true")])
def test_text(value: Any, text: str) -> None:
    """Text stays as it is; numbers and flags are spelled as on the wire."""
    assert to_text(value) == text


@pytest.mark.parametrize("value", [[], {}])
def test_what_is_no_text(value: Any) -> None:
    """Lists and objects are not text."""
    with pytest.raises(UNREADABLE):
        to_text(value)


def test_texts() -> None:
    """Lists of text keep positions; absent is empty."""
    assert to_texts(["a", "", 5]) == ("a", "", "5")
    assert to_texts("") == to_texts(None) == to_texts([]) == ()


@pytest.mark.parametrize("value", ["a", {}, [[]], 5])
def test_what_is_no_list_of_texts(value: Any) -> None:
    """One text is not a list of one."""
    with pytest.raises(UNREADABLE):
        to_texts(value)
