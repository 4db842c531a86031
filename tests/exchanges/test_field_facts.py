"""The check of rows against facts finds what it is there to find."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.rows import Row, model
from tests.exchanges.fact_tables import parse
from tests.exchanges.field_facts import Read, faults, to_json, told_of_all, untold


@model
class Leg(Row):
    """A row in a row."""

    px: Decimal | None = None
    tag: str | None = None


@model
class Deal(Row):
    """A row."""

    px: Decimal | None = None
    count: int | None = None
    ts: int | None = None
    done: bool | None = None
    state: str | None = None
    tags: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()
    first: Leg | None = None


@model(positional=True)
class Bar(Row):
    """A row of columns."""

    ts: int | None = None
    o: Decimal | None = None


TOLD = "px:num count:int ts:ms done:bool state tags:texts legs[px:num tag] first{px:num tag}"


def reads(cls: type[Row]) -> Read:
    return lambda row, around: cls.from_wire(row, around)


def found(told: str, cls: type[Row] = Deal) -> list[str]:
    return faults(parse(f"head\n    {told}\n")["head"], reads(cls))


def test_a_class_that_is_right() -> None:
    """Nothing is found."""
    assert found(TOLD) == []
    assert found("columns(ts:ms o:num)", Bar) == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ("px:int", "Deal.px"),
        ("px", "Deal.px"),
        ("count:num", "Deal.count"),
        ("ts:num", "Deal.ts"),
        ("done", "Deal.done"),
        ("state:bool", "Deal.state"),
        ("state:texts", "Deal.state"),
        ("tags", "Deal.tags"),
        ("tags[px:num]", "Deal.tags"),
        ("legs:texts", "Deal.legs"),
        ("legs{px:num}", "Deal.legs"),
        ("first[px:num]", "Deal.first"),
        ("legs[px:int]", "Deal.legs -> Leg.px"),
        ("first{px}", "Deal.first -> Leg.px"),
        ("first{side}", "Deal.first -> Leg.side"),
        ("price:num", "Deal.price"),
        ("pxs>px:num px:num", "Deal.px"),
        ("@ts:#ms", "Deal.ts"),
        ("=state:open", "Deal.state"),
    ],
)
def test_a_class_that_is_wrong(told: str, field: str) -> None:
    """The field is named, in whatever row it is."""
    assert any(fault.startswith(f"{field}:") for fault in found(told))


@pytest.mark.parametrize("told", ["columns(o:num ts:ms)", "columns(ts:ms o:num c:num)"])
def test_columns_in_another_order(told: str) -> None:
    """A column that is read as another one is found, and one that is not read at all."""
    assert found(told, Bar) != []


def test_fields_of_the_class_alone() -> None:
    """What no fact tells of is named, also in the rows within."""
    told = told_of_all([(parse("head\n    px:num legs[px:num]\n")["head"], reads(Deal))])
    assert untold(Leg, told) == {"Leg.tag"}
    assert untold(Deal, told) == {f"Deal.{name}" for name in ("count", "ts", "done", "state", "tags", "first")}
    assert untold(Bar, told) == {"Bar.ts", "Bar.o"}


@pytest.mark.parametrize(
    "table",
    [
        "a\na\n    x\n",
        "a\n    x\nb\n    y\na\n    z\n",
        "a\n    x:numb\n",
        "a\n    x:\n",
        "a\n    x[y\n",
        "a\n    x[y}\n",
    ],
)
def test_tables_with_a_mistake(table: str) -> None:
    """Are refused."""
    with pytest.raises(AssertionError):
        parse(table)


def test_json_numbers_keep_their_digits() -> None:
    """A number on the wire is not rounded on its way into the test."""
    value: Any = {"a": [Decimal("0.12345678901234567890123"), None, True, "ü"]}
    assert to_json(value) == '{"a":[0.12345678901234567890123,null,true,"\\u00fc"]}'
