"""Rows of which some fields are filled with the parsing: nobody can tell them from plain rows."""

from __future__ import annotations

import copy
import decimal
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Literal, cast

import attrs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import DecodeError
from okx_sync.rows import Row, decoder, envelope, last_column, model, opener, wire
from okx_sync.rows.fields import to_decimal, to_int, to_text
from okx_sync.rows.filling import Plan, decoders_of, plan_of


@model
class Part(Row):
    """A nested row."""

    px: Decimal | None = None
    side: Literal["buy", "sell"] | str | None = None


@model
class Filled(Row):
    """One field of every kind, and of every place."""

    instId: str | None = envelope("arg", "instId")
    action: str | None = envelope("action")
    count: int | None = envelope(lambda message: message.get("count"))
    ready: bool | None = envelope("arg", "ready")
    sender: str | None = wire("from")
    oid: str | None = wire("clientOid", also=("clientOId",))
    last: Decimal | None = None
    size: Decimal | None = None
    ts: int | None = None
    seq: int | None = None
    side: Literal["buy", "sell"] | str | None = None
    on: bool | None = None
    names: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    part: Part | None = None


@model(positional=True)
class Bar(Row):
    """A position-coded row whose last column is marked."""

    instId: str | None = envelope("arg", "instId")
    ts: int | None = None
    o: Decimal | None = None
    c: Decimal | None = None
    note: str | None = None
    confirm: bool | None = last_column(at_least=4)


@model(positional=True)
class Pair(Row):
    """A position-coded row without one."""

    px: Decimal | None = None
    sz: Decimal | None = None


NUMBERS = ["1", "-0", "64990.50", "0.00000001", "1e5", "1E-7", "+3", "12345678901234567890.123456789"]
ODD_NUMBERS = [
    "", "None", "none", "NaN", "-nan", "sNaN1", "Infinity", "inf", "1e999999", "1E-99999", "0e5000", "1e999", " 1",
    "1_0", "1,5", "abc", "٣", "1" * 1200, "0." + "0" * 1200 + "1", "null", "true",
]  # fmt: skip
TEXTS = ["BTC-USDT", "buy", "nan", "новый", "NO"]
OTHERS: list[Any] = [
    None, True, False, 0, 1, -7, 2**60, 1.5, 0.1, 1e22, [], ["a"], [["1"]], [0, [1, 5], -1], {}, {"px": "2"},
    [{"px": "1"}], [{"px": "NaN", "new": 1}, {"side": 5}], {"px": []}, [3], ["x", None, 1],
]  # fmt: skip
VALUES = st.one_of(*map(st.sampled_from, (NUMBERS, NUMBERS, TEXTS, ODD_NUMBERS, OTHERS)))
KEYS = ["instId", "action", "from", "clientOid", "clientOId", "last", "size", "ts", "seq", "side", "on", "names",
        "parts", "part", "ready", "fresh"]  # fmt: skip
USUAL: dict[Any, Any] = {
    Filled: {"from": "a", "clientOid": "c", "last": "1.50", "size": "2", "ts": "1700000000000", "seq": 5, "side": "buy",
             "on": "true", "names": ["n"], "parts": [{"px": "1"}, {"px": "2"}], "part": {"side": "sell"}},
    Bar: ["1700000000000", "1.50", "2", "calm", "1"],
    Pair: ["1", "2"],
}  # fmt: skip


def like_usual(usual: list[Any]) -> st.SearchStrategy[list[Any]]:
    """One odd value in it, or some, or a column more or less."""
    changed = st.lists(st.tuples(st.integers(0, len(usual) - 1), VALUES), max_size=2)
    return st.builds(
        lambda changes, end, more: [dict(changes).get(i, value) for i, value in enumerate(usual)][:end] + more,
        changed, st.integers(len(usual) - 2, len(usual)), st.lists(VALUES, max_size=1),
    )  # fmt: skip


# Most rows are as usual but for one thing: where everything is odd at once, one oddity hides another.
ROWS: dict[Any, st.SearchStrategy[Any]] = {
    Filled: st.one_of(
        st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=2).map(lambda odd: {**USUAL[Filled], **odd}),
        st.sampled_from(KEYS).map(lambda gone: {key: value for key, value in USUAL[Filled].items() if key != gone}),
        st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=len(KEYS)),
    ),
    Bar: like_usual(USUAL[Bar]),
    Pair: like_usual(USUAL[Pair]),
}
ARG: dict[str, Any] = {"arg": {"channel": "x", "instId": "BTC-USDT", "ready": "yes"}, "action": "update", "count": "5"}
ODD_MESSAGES: list[dict[str, Any]] = [
    {}, {"arg": None}, {"arg": "text"}, {"arg": {}}, {"arg": [1]}, {**ARG, "count": []}, {"arg": {}, "count": "NaN"},
]  # fmt: skip
MESSAGES = st.one_of(st.just(ARG), st.sampled_from(ODD_MESSAGES))


def fields_of(cls: type[Row]) -> list[str]:
    return [field.name for field in attrs.fields(cls)]


def plans(cls: type[Row]) -> st.SearchStrategy[Plan]:
    """Any plan for any of its fields: whatever was learned, a row may be otherwise."""

    def forms(name: str) -> list[str]:
        convert = getattr(cls, name).convert
        texts = ["text", "maybe"] if convert in (to_decimal, to_int, to_text) else ["any"]
        texts += ["same"] if convert is to_decimal else []
        return [*texts, "int"] if convert is to_int else texts

    entries = st.lists(st.sampled_from(fields_of(cls)), unique=True).flatmap(
        lambda names: st.tuples(*(st.tuples(st.just(name), st.sampled_from(forms(name))) for name in names))
    )
    return entries.map(tuple)


def outcome(action: Callable[[], Any]) -> Any:
    """What it gives, or what it says."""
    try:
        return action()
    except DecodeError as error:
        return type(error), str(error), error.text, error.field, type(error.__cause__)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return type(error), str(error)


def seen(value: Any) -> Any:
    """All of a value that can be seen, with its types."""
    if isinstance(value, Row):
        return type(value), {
            name: outcome(partial(lambda one: seen(getattr(value, one)), name)) for name in fields_of(type(value))
        }
    if isinstance(value, tuple):
        return tuple(seen(item) for item in value)
    return type(value), repr(value)


def everything(row: Row) -> dict[str, Any]:
    """What anybody can learn of a row, before and after its fields were read."""
    whole = {
        "repr": repr(row),
        "extra": row.extra,
        "wire": row.to_wire(),
        "pickle": repr(pickle.loads(pickle.dumps(row))),
    }
    return {
        **whole,
        "fields": seen(row),
        "again": seen(row),
        "pickled": seen(pickle.loads(pickle.dumps(row))),
        "copied": seen(copy.copy(row)),
        "dict": outcome(lambda: repr(attrs.asdict(row))),
        "hash": outcome(lambda: hash(row)),
        "evolved": outcome(lambda: seen(attrs.evolve(cast(Any, row)))),
        "recovered": row.recovered,
        "raw": row.raw,
        "repr after": repr(row),
    }


CLASSES = st.sampled_from([Filled, Bar, Pair])


@given(st.data(), CLASSES, MESSAGES, st.booleans())
def test_filled_rows_are_plain_rows(
    data: st.DataObject, cls: type[Row], message: dict[str, Any], is_loose: bool
) -> None:
    """Field by field, error by error, and in all else, however they were decoded and whatever was thought usual.

    Also where the caller's own context of decimals has few digits and no traps.
    """
    rows = data.draw(st.lists(ROWS[cls], min_size=1, max_size=2))
    learned = st.just(plan_of(cls, fields_of(cls), decoder(cls)([USUAL[cls]], ARG)))
    decoders = decoders_of(cls, data.draw(st.one_of(plans(cls), learned)), orjson.loads)()
    frame = orjson.dumps({**message, "data": rows})
    context = decimal.Context(prec=3, traps=[]) if is_loose else decimal.getcontext().copy()
    with decimal.localcontext(context):
        expected = [everything(row) for row in opener(cls, orjson.loads)(frame)]
        ways: list[Callable[[], list[Row]]] = [
            lambda: decoders.at_once(frame),
            lambda: decoders.decode(orjson.loads(frame)["data"], orjson.loads(frame)),
        ]
        for way in ways:
            assert [everything(row) for row in way()] == expected
            equal = outcome(lambda: opener(cls, orjson.loads)(frame) == opener(cls, orjson.loads)(frame))
            assert outcome(lambda way=way: way() == opener(cls, orjson.loads)(frame)) == equal  # type: ignore[misc]


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("cls", [Filled, Bar, Pair])
def test_one_odd_value_at_a_time(cls: type[Row], rows: int) -> None:
    """Each in each place, among usual ones: the field says of it what it always said, and the others what they are.

    ``rows``: whether it was learned that numbers repeat.
    """
    usual = USUAL[cls]
    plan = plan_of(cls, fields_of(cls), decoder(cls)([usual] * rows, ARG))
    assert ("same" in dict(plan).values()) is (rows > 1)
    decoders, plain = decoders_of(cls, plan, orjson.loads)(), opener(cls, orjson.loads)
    for value in (*NUMBERS, *ODD_NUMBERS, *TEXTS, *OTHERS):
        for place in range(len(usual)) if cls._shape is list else KEYS:
            row: Any = dict(usual) if isinstance(usual, dict) else list(usual)
            row[place] = value
            frame = orjson.dumps({**ARG, "data": [row]})
            assert [seen(one) for one in decoders.at_once(frame)] == [seen(one) for one in plain(frame)], row
    for number in range(8):
        frame = orjson.dumps({**ARG, "data": [["1"] * number]})
        if cls._shape is list:
            assert [seen(one) for one in decoders.at_once(frame)] == [seen(one) for one in plain(frame)]


@given(st.data(), CLASSES)
def test_what_is_usual_is_filled_and_nothing_else(data: st.DataObject, cls: type[Row]) -> None:
    """The fields that were asked for hold their values before anybody reads them; the others are as lazy as ever."""
    names = data.draw(st.lists(st.sampled_from(fields_of(cls)), unique=True))
    usual = decoder(cls)([USUAL[cls]] * 2, ARG)
    plan = plan_of(cls, names, usual)
    assert {name for name, _ in plan} == set(names)
    frame = orjson.dumps({**ARG, "data": [USUAL[cls]]})
    decoders = decoders_of(cls, plan, orjson.loads)()
    (row,) = decoders.at_once(frame)
    assert set(vars(row)) == set(names)
    assert seen(row) == seen(usual[0])


def test_what_is_read_is_what_was_filled() -> None:
    """The very object: reading converts nothing once more."""
    (row,) = decoders_of(Filled, (("last", "text"),), orjson.loads)().at_once(orjson.dumps({"data": [USUAL[Filled]]}))
    assert row.last is vars(row)["last"]


@pytest.mark.parametrize("cls", [Filled, Bar, Pair])
def test_a_filled_row_is_as_frozen_as_any(cls: type[Row]) -> None:
    """It began as an object that was not; in the end it is of its class and of no other."""
    plan = plan_of(cls, fields_of(cls), decoder(cls)([USUAL[cls]], ARG))
    (row,) = decoders_of(cls, plan, orjson.loads)().at_once(orjson.dumps({**ARG, "data": [USUAL[cls]]}))
    assert type(row) is cls
    name = fields_of(cls)[0]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(row, name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(row, name)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["1", "2"], "text"),
        (["1", ""], "maybe"),
        (["1", None], "maybe"),
        ([5, 6], "int"),
        ([5, "6"], None),
        ([1.5, "6"], None),
        ([True, True], None),
    ],
)
def test_forms_are_found_in_rows(values: list[Any], form: str | None) -> None:
    """Of some rows; a field without a usual form is left to itself."""
    rows = decoder(Filled)([{"ts": value} for value in values], {})
    assert plan_of(Filled, ["ts"], rows) == ((("ts", form),) if form else ())


def test_a_field_that_was_missing_may_be_missing_again() -> None:
    """The plan does not forget it with the next rows that have it."""
    rows = decoder(Filled)([{"last": "1"}], {})
    assert plan_of(Filled, ["last"], rows, (("last", "maybe"),)) == (("last", "maybe"),)
    assert plan_of(Filled, ["last"], rows, (("size", "maybe"),)) == (("last", "text"),)


def test_an_empty_text_is_none() -> None:
    """Where that is usual, the rest is filled all the same."""
    plan = (("last", "maybe"), ("side", "maybe"), ("size", "text"), ("ts", "maybe"))
    for row in (
        {"last": "", "side": "", "ts": "", "size": "1"},
        {"size": "1"},
        {"last": None, "ts": None, "size": "1"},
    ):
        (made,) = decoders_of(Filled, plan, orjson.loads)().at_once(orjson.dumps({"data": [row]}))
        assert vars(made) == {"last": None, "side": None, "size": Decimal(1), "ts": None}


def test_rows_of_the_wrong_shape_are_refused_as_ever() -> None:
    """The same error by every way, and no object of that message."""
    odd: tuple[tuple[type[Row], Any], ...] = ((Filled, []), (Filled, "text"), (Bar, {}), (Pair, "12"))
    for cls, row in odd:
        decoders = decoders_of(cls, plan_of(cls, fields_of(cls), decoder(cls)([USUAL[cls]], ARG)), orjson.loads)()
        for rows in ([row], [USUAL[cls], row]):
            frame = orjson.dumps({**ARG, "data": rows})
            with pytest.raises(DecodeError, match=f"{cls.__name__} row is not an"):
                decoders.at_once(frame)


def test_decoders_are_made_once_for_a_plan() -> None:
    """Thousands of topics share their code, and nothing else."""
    one, other = (decoders_of(Filled, (("last", "same"),), orjson.loads)() for _ in range(2))
    assert one.at_once.__code__ is other.at_once.__code__
    frame = orjson.dumps({"data": [USUAL[Filled]]})
    first, second = (one.at_once(frame)[0].last for _ in range(2))
    assert first is second
    assert other.at_once(frame)[0].last is not first


def test_numbers_that_repeat_are_found() -> None:
    """Half of them, where they did not before; then a quarter is enough."""
    rows = decoder(Filled)([{"last": text} for text in ("1", "1", "1", "2")], {})
    other = decoder(Filled)([{"last": text} for text in ("1", "1", "2", "3")], {})
    for found, before, form in ((rows, "text", "same"), (other, "text", "text"), (other, "same", "same")):
        assert plan_of(Filled, ["last"], found, (("last", before),)) == (("last", form),)


def test_a_number_that_repeats_changes_at_once() -> None:
    """Also to none at all, to one of as many digits, and back."""
    decode = decoders_of(Filled, (("last", "same"),), orjson.loads)().at_once
    for text in ("", "1.0", "1.0", "1.00", "", "1.0", "NaN", "1.0"):
        (row,) = decode(orjson.dumps({"data": [{"last": text}]}))
        assert seen(row) == seen(decoder(Filled)([{"last": text}], {})[0])


def test_a_number_that_repeats_may_be_missing() -> None:
    """An order that was not filled has no price of a fill: it is filled as the others are, with none."""
    decode = decoders_of(Filled, (("last", "same"), ("side", "text")), orjson.loads)().at_once
    for text, value in (("1.0", Decimal("1.0")), ("", None), ("1.0", Decimal("1.0"))):
        (row,) = decode(orjson.dumps({"data": [{"last": text, "side": "buy"}]}))
        assert vars(row) == {"last": value, "side": "buy"}


def test_the_wire_is_no_part_of_the_code() -> None:
    """A text that looks like code is a text."""
    text = "'); raise SystemExit #"
    row = {"last": "1", "side": text, text: "1"}
    plan = plan_of(Filled, ["last", "side"], decoder(Filled)([row], {}))
    (made,) = decoders_of(Filled, plan, orjson.loads)().at_once(json.dumps({"data": [row]}).encode())
    assert (made.side, made.extra) == (text, {text: "1"})
