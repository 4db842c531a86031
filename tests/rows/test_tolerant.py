"""``tolerant``: one field that cannot be read costs itself, and never the row that carries it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import DecodeError
from okx_sync.rows import Row, model
from okx_sync.rows.tolerant import each, tolerant, value_or_none


@model
class Part(Row):
    """A nested row."""

    name: str | None = None
    size: Decimal | None = None


@model
class Thing(Row):
    """A row with one field of each kind."""

    id: str | None = None
    size: Decimal | None = None
    unit: str | None = None
    at: int | None = None
    flag: bool | None = None
    words: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@attrs.frozen
class Neutral:
    """What is made of it."""

    id: str
    amount: Decimal | None
    at: int | None
    flag: bool | None
    words: tuple[str, ...]
    parts: tuple[tuple[str | None, Decimal | None], ...]
    raw: Any = attrs.field(default=None, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), eq=False)


@tolerant("id", spoils={"amount": ("size", "unit")})
def read(row: Thing) -> Neutral:
    """The neutral form."""
    if row.id is None:
        raise DecodeError("no id")
    amount = row.size if row.unit is None else Decimal(1000) * (row.size or 0)
    parts = tuple((part.name, part.size) for part in row.parts)
    return Neutral(row.id, amount, row.at, row.flag, row.words, parts, raw=row)


WHOLE: dict[str, Any] = {
    "id": "a", "size": "2", "at": "5", "flag": "NO", "words": ["x"], "parts": [{"name": "p", "size": "1"}],
}  # fmt: skip
SAID = Neutral("a", Decimal(2), 5, False, ("x",), (("p", Decimal(1)),))


def test_a_row_that_can_be_read_is_read_as_it_is() -> None:
    """Nothing to report, and the row itself is ``raw``."""
    row = Thing.from_wire(WHOLE)
    found = read(row)
    assert found == SAID
    assert found.unreadable == ()
    assert found.raw is row


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("size", "NaN", {"amount": None}),
        ("size", ["2"], {"amount": None}),
        ("at", "soon", {"at": None}),
        ("at", {}, {"at": None}),
        ("flag", "perhaps", {"flag": None}),
        ("flag", [], {"flag": None}),
        ("words", "x", {"words": ()}),
        ("parts", 5, {"parts": ()}),
        ("parts", ["?", {"name": "p", "size": "1"}], {"parts": ((None, None), ("p", Decimal(1)))}),
        ("parts", [{"name": "p", "size": "Infinity"}], {"parts": (("p", None),)}),
    ],
)
def test_a_field_that_cannot_be_read_is_not_told(field: str, value: Any, lost: dict[str, Any]) -> None:
    """All others are, and one report names field and row."""
    row = Thing.from_wire({**WHOLE, field: value})
    found = read(row)
    assert found == attrs.evolve(SAID, **lost)
    (problem,) = found.unreadable
    assert problem.field in (f"Thing.{field}", "Part.size")
    assert "id='a'" in problem.message
    assert found.raw is row


def test_several_at_once() -> None:
    """Each has its report."""
    found = read(Thing.from_wire({**WHOLE, "size": [], "at": [], "flag": []}))
    assert (found.amount, found.at, found.flag, found.words) == (None, None, None, ("x",))
    assert [problem.field for problem in found.unreadable] == ["Thing.size", "Thing.at", "Thing.flag"]


def test_what_is_made_of_an_unreadable_field_is_not_known() -> None:
    """The unit cannot be read: a size without it would say something else."""
    assert read(Thing.from_wire({**WHOLE, "unit": {}})).amount is None


def test_a_needed_field_costs_the_row() -> None:
    """The error names it, and holds no row."""
    with pytest.raises(DecodeError, match=r"Thing\.id is not text") as caught:
        read(Thing.from_wire({**WHOLE, "id": ["a"]}))
    assert caught.value.field == "Thing.id"
    assert not hasattr(caught.value, "place")


def test_what_the_reader_itself_refuses_is_refused() -> None:
    """A row without an id says nothing."""
    with pytest.raises(DecodeError, match="no id"):
        read(Thing.from_wire({**WHOLE, "id": "", "at": "soon"}))


def test_the_row_itself_goes_on_saying_so() -> None:
    """Whoever reads the field of the row gets the error, as before."""
    row = Thing.from_wire({**WHOLE, "at": "soon"})
    read(row)
    with pytest.raises(DecodeError):
        _ = row.at
    assert value_or_none(row, "at") is None
    assert value_or_none(row, "id") == "a"


def test_a_nested_row_that_is_lost_costs_no_neighbour() -> None:
    """``each`` gives the others, and what was wrong."""
    found, lost = each([Thing.from_wire(row) for row in ({"id": ["x"]}, WHOLE, {})], read)
    assert found == (SAID,)
    assert len(lost) == 2
