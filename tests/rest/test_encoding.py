"""From Python values to the wire."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.rest.encoding import check_number, header_text, json_body, query_string, wire_name, wire_value


class Side(enum.Enum):
    BUY = "buy"


@attrs.frozen
class Leg:
    inst_id: str
    sz: Decimal | None = None


@pytest.mark.parametrize(
    ("name", "wire"),
    [("inst_id", "instId"), ("sz", "sz"), ("cl_ord_id", "clOrdId"), ("type_", "type"), ("from_", "from"),
     ("instId", "instId"), ("px_usd", "pxUsd"), ("tp_trigger_px_type", "tpTriggerPxType")],
)  # fmt: skip
def test_names(name: str, wire: str) -> None:
    """Snake case goes out as the exchange spells it; wire names stay."""
    assert wire_name(name) == wire


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (Decimal("1E-8"), "0.00000001"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
        (True, True),
        ("x", "x"),
        ("", None),
        (None, None),
        (Side.BUY, "buy"),
        (["a", 1, Decimal("2.0")], ["a", "1", "2.0"]),
        (Leg("BTC-USDT"), {"instId": "BTC-USDT"}),
        ({"inst_id": "A", "sz": None, "flag": False}, {"instId": "A", "flag": False}),
    ],
)
def test_values(value: Any, wire: Any) -> None:
    """Numbers become plain text, flags stay flags, what is not given is dropped."""
    assert wire_value("p", value) == wire


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (0.1, "sz"),
        ([Decimal(1), 0.5], r"sz\[1\]"),
        ([Leg("A", 0.1)], r"sz\[0\].sz"),  # type: ignore[arg-type]
        (Decimal("NaN"), "sz"),
        (Decimal("Infinity"), "sz"),
        (Decimal("1E+999999999"), "sz"),
        (object(), "sz"),
        (b"1", "sz"),
        ("\ud800", "sz"),
        ({"a": ["x", "\udfff"]}, r"sz.a\[1\]"),
    ],
)
def test_what_cannot_be_money_is_refused(value: Any, named: str) -> None:
    """Floats, NaN and foreign objects raise before the network and name the parameter, also deep inside."""
    with pytest.raises(ConfigError, match=named):
        wire_value("sz", value)


@given(st.decimals(allow_nan=False, allow_infinity=False).filter(lambda one: abs(one.adjusted()) <= 64))
def test_decimals_keep_their_value(value: Decimal) -> None:
    """Any Decimal goes out without an exponent and reads back equal."""
    text = wire_value("p", value)
    assert Decimal(text) == value
    assert "e" not in text.lower()


@pytest.mark.parametrize("value", ["a\r\nX-Other: 1", "ü", "\x00"])
def test_what_cannot_stand_in_a_header_is_refused(value: str) -> None:
    """By name and before sending: else the call would seem to be lost on its way."""
    with pytest.raises(ConfigError, match="referer"):
        header_text("referer", value)
    assert header_text("exp_time", 5) == "5"


def test_query() -> None:
    """Order is kept, lists are joined, odd characters are escaped, commas and colons are not."""
    params = {"ccy": ["BTC", "ETH"], "a": "x y&z=ü", "flag": True, "id": "1:2"}
    assert query_string(params) == "ccy=BTC,ETH&a=x%20y%26z%3D%C3%BC&flag=true&id=1:2"
    assert query_string({}) == ""


def test_body() -> None:
    """A body is compact JSON; nothing given is an empty object."""
    assert json_body({"a": "1", "b": True}) == '{"a":"1","b":true}'
    assert json_body({}) == "{}"


@pytest.mark.parametrize("value", ["NaN", "sNaN", "-nan", "Infinity", "-inf", "abc", "1,5", True, Decimal("NaN")])
def test_what_is_no_number_is_refused_by_name(value: Any) -> None:
    """Where a number belongs: of a call, of an object in it, and of an object in a list in that."""
    with pytest.raises(ConfigError, match=r"orders\[0\]\.legs\[1\]\.sz"):
        wire_value("orders", [{"legs": [Leg("a"), Leg("b", value)]}])
    if not isinstance(value, Decimal):
        with pytest.raises(ConfigError, match="sz"):
            check_number("sz", value)


def test_what_is_a_number_goes_out_as_it_came() -> None:
    """Text keeps its digits; absent is no number and no error."""
    for value in ("1.10", "-1", "0", "1e-8", "", None, 5, Decimal("0.1")):
        check_number("sz", value)
