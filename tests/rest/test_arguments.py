"""The arguments of a call: by any of their names, each once, each checked."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from attrs import frozen

from okx_sync.errors import ConfigError, WrongCallError
from okx_sync.rest import GROWING, STRICT, Number
from okx_sync.rest.arguments import RowWords, bind, param_of, renamed

ALIASES = {"size": "sz", "price": "px"}


def order(inst_id: str, sz: Number | None = None, px: Number | None = None, *, reduce_only: bool | None = None) -> None:
    """A call as an endpoint declares it."""


def bound(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """What of it was given."""
    found = bind("order", inspect.signature(order), ALIASES, args, kwargs, also=("timeout",))
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        (("A", 1, 2), {}),
        (("A", 1), {"price": 2}),
        (("A",), {"size": 1, "px": 2}),
        (("A", None), {"size": 1, "price": 2, "px": None}),
        ((), {"inst_id": "A", "size": 1, "price": 2, "reduce_only": None}),
    ],
)
def test_each_word_may_be_used(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """By place, by name, by the other name; what is None was not given."""
    assert bound(*args, **kwargs) == {"inst_id": "A", "sz": 1, "px": 2}


@pytest.mark.parametrize(
    ("args", "kwargs", "told"),
    [
        (("A", 1), {"size": 1}, "both sz and size"),
        (("A",), {"sz": 1, "size": 2}, "both sz and size"),
        (("A", 1), {"sz": 1}, "sz twice"),
        (("A",), {"reduceOnly": True}, "'reduceOnly'.*did you mean reduce_only"),
        (("A",), {"prize": 1}, "'prize'.*did you mean price"),
        (("A",), {"timout": 1}, "'timout'.*did you mean timeout"),
        (("A",), {"foo": 1}, "'foo'.*it takes"),
        (("A",), {"expires_at": 1}, "'expires_at'.*leave it out"),
        ((), {"size": 1}, "inst_id is missing"),
        (("A", 1, 2, 3), {}, "3 arguments without a name, not 4"),
    ],
)
def test_a_wrong_call_says_what_was_meant(args: tuple[Any, ...], kwargs: dict[str, Any], told: str) -> None:
    """As bad input, and as a TypeError like that of any function."""
    with pytest.raises(WrongCallError, match=told) as caught:
        bound(*args, **kwargs)
    assert isinstance(caught.value, ConfigError)
    assert isinstance(caught.value, TypeError)


def test_a_common_last_part_is_no_likeness() -> None:
    """Somebody who gives a margin mode does not mean the mode of take-profits."""
    with pytest.raises(WrongCallError) as caught:
        renamed("place", {"td_mode": "cash"}, {}, ["symbol", "tpsl_mode"])
    assert caught.value.hint == "it takes symbol, tpsl_mode"


Side = Annotated[Literal["buy", "sell"] | str, STRICT]
Kind = Annotated[Literal["limit", "post_only"] | str, GROWING]
Index = Annotated[Literal[0, 1, 2], STRICT]


@pytest.mark.parametrize(
    ("annotation", "value", "told"),
    [
        (Side, "buy", None),
        (Side | None, "", None),
        (Side, "Buy", "did you mean 'buy'"),
        (Side, "long", "one of: buy, sell"),
        (Side, 5, "cannot be 5"),
        (Kind, "iceberg", None),
        (Kind, "LIMIT", "did you mean 'limit'"),
        (Kind, "post-only", "did you mean 'post_only'"),
        (Index | None, 2, None),
        (Index, "1", None),
        (Index, 3, "one of: 0, 1, 2"),
        (Index, True, "cannot be True"),
        (Number, "1e-3", None),
        (Number | None, "abc", "is not a number: 'abc'"),
        (Number, "NaN", "is not a number"),
        (Number, Decimal(1), None),
        (bool | None, "true", None),
        (bool | None, "maybe", "True or False"),
        (Number, True, "cannot be True"),
        (Number, ["1"], "cannot be"),
        (Number, "1_000", "is not a number"),
        (Number, " 1", "is not a number"),
        (Number, "\uff11", "is not a number"),
        (Number, Decimal("1E+999999"), "is not a number"),
        pytest.param(Number, 10**5000, "is not a number", id="huge"),
        (str, "anything", None),
        (str | None, 5, None),
        (str, True, "cannot be True. Hint: text"),
        (str, ["a"], "cannot be"),
    ],
)
def test_values_are_checked(annotation: Any, value: Any, told: str | None) -> None:
    """Closed lists take their words; lists that grow refuse what looks misspelt; numbers and flags are such."""
    param = param_of("it", "it", annotation, required=False, checked=True)
    if type(value) is str and (param.texts is None or value in param.texts):
        assert told is None, "what goes out without another look is right"
    if told is None:
        assert param.taken(value) == value
        return
    with pytest.raises(ConfigError, match=told):
        param.taken(value)


def test_what_goes_out_in_a_way_of_its_own_is_always_looked_at() -> None:
    """Headers and rows: no text is right as it is, and a word is still one of its list."""
    for annotation in (str | None, Side):
        param = param_of("it", "it", annotation, required=False, checked=True, apart=True)
        assert param.texts == frozenset()
        assert param.taken("buy") == "buy"


@frozen
class Row:
    """One row of a batch."""

    inst_id: str
    side: Side
    sz: Number
    reduce_only: bool | None = None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row("A", "bye", 1), r"orders\[0\].side cannot be 'bye'"),
        (Row("A", "buy", ""), r"orders\[0\].sz is missing"),
        ({"inst_id": "A", "side": "buy"}, r"orders\[0\].sz is missing"),
        ({"inst_id": "A", "side": "buy", "size": 1, "sz": 1}, "both size and sz"),
        ({"inst_id": "A", "side": "buy", "size": 1, "foo": 1}, "no 'foo'"),
        ({"inst_id": "A", "side": "buy", "size": 1, 5: 1}, "no 5"),
        ("A", r"orders\[0\] cannot be 'A'"),
        (None, r"orders\[0\] cannot be None"),
        ([{"inst_id": "A"}], r"orders\[0\] cannot be 'list'"),
    ],
)
def test_rows_are_checked_as_calls_are(row: Any, told: str) -> None:
    """Objects and mappings."""
    with pytest.raises(ConfigError, match=told):
        RowWords(Row, ALIASES, closed=True).row("orders[0]", row)


def test_rows_may_be_said_in_any_words() -> None:
    """Neutral, our own, or the wire's."""
    words = RowWords(Row, ALIASES, closed=True)
    wanted = {"inst_id": "A", "side": "buy", "sz": 1, "reduce_only": True}
    for row in ({"inst_id": "A", "side": "buy", "size": 1, "reduceOnly": True}, wanted | {"instId": None}):
        assert words.row("orders[0]", row) == wanted


def test_rows_must_name_what_they_mean() -> None:
    """One of the fields that name an order, and not two that exclude each other."""
    words = RowWords(Row, ALIASES, closed=True, need_one=("reduce_only",), at_most_one=("inst_id", "side"))
    with pytest.raises(ConfigError, match="needs reduce_only"):
        words.row("orders[0]", {"inst_id": "A", "side": "buy", "sz": 1})
    with pytest.raises(ConfigError, match="only one of inst_id, side"):
        words.row("orders[0]", {"inst_id": "A", "side": "buy", "sz": 1, "reduce_only": True})
