"""What a row has that its class does not know."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.rows import BookLevel, Row, model
from okx_sync.rows.unknown import unknown_fields, unknown_words

Side = Literal["buy", "sell"]


@model
class Leg(Row):
    """A row in a row."""

    side: Side | str | None = None


@model
class Deal(Row):
    """A row with a word, a number and rows."""

    side: Side | str | None = None
    sz: Decimal | None = None
    legs: tuple[Leg, ...] = ()
    hedge: Leg | None = None


@model
class Amounts(Row):
    """Amounts by coin."""


@model
class Costs(Row):
    """A row with amounts by coin."""

    fees: Amounts | None = None


@model(positional=True)
class Bar(Row):
    """A row of columns."""

    ts: int | None = None


def test_new_fields_and_words_are_found_however_deep() -> None:
    """Of the row, of the rows in it, of columns."""
    deal = Deal.from_wire(
        {"side": "swap", "sz": "1", "fresh": 1, "legs": [{"side": "buy"}, {"side": "odd"}], "hedge": {"new": 2}}
    )
    assert sorted(unknown_fields(deal)) == ["Deal.fresh", "Leg.new"]
    assert sorted(unknown_words(deal)) == ["Deal.side=swap", "Leg.side=odd"]
    assert list(unknown_fields(Bar.from_wire(["1", "2"]))) == ["Bar.1"]


def test_what_is_known_absent_or_unreadable_is_no_news() -> None:
    """An unreadable field is told to whoever reads it, not here."""
    assert list(unknown_words(Deal.from_wire({"side": "", "sz": "x", "legs": 5, "hedge": None}))) == []
    assert list(unknown_fields(Deal.from_wire({"side": "buy", "legs": [{"side": "sell"}]}))) == []
    assert list(unknown_words(Deal.from_wire({"side": {"a": 1}}))) == []


def test_names_of_coins_are_no_new_fields() -> None:
    """A class without fields holds amounts by coin; what is beside it is still looked at."""
    costs = Costs.from_wire({"fees": {"USDT": "1", "BTC": "2"}, "more": "1"})
    assert list(unknown_fields(costs)) == ["Costs.more"]


def test_the_dead_column_of_a_level_is_no_new_field() -> None:
    """OKX sends a "0" between size and number of orders; a fifth column would be news."""
    assert list(unknown_fields(BookLevel.from_wire(["1", "2", "0", "4"]))) == []
    assert list(unknown_fields(BookLevel.from_wire(["1", "2", "0", "7", "4"]))) == ["BookLevel.3"]
