"""The check that a row class reads each field as what the facts say that it is; see ``fact_tables``."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from okx_sync.errors import DecodeError
from okx_sync.rows import Row
from tests.exchanges.fact_tables import Fact, Facts

__all__ = ["FLAGS", "Read", "faults", "to_json", "told_of_all", "untold"]

FLAGS: Final = (("true", "false"), (True, False), ("1", "0"), (1, 0))
"""Spellings of true and false."""

NEW_FIELD: Final = "someNewField"
_MANY: Final = frozenset({"list", "rows", "texts"})
_NESTED: Final = frozenset({"list", "rows", "object"})
_CONTAINERS: Final = _MANY | {"object", "map"}


Told: TypeAlias = list[tuple[Fact, Any]]
"""What each field should say: a value; ``Told`` of the row in it, or a list of those; ``Exactly`` a text."""
Read: TypeAlias = Callable[[Any, dict[str, Any]], Row]
"""(row, the message around it without its rows) -> the object, by the way that it takes in the program."""


class Exactly(NamedTuple):
    """What a field of unknown kind says when it is written out, or the object that it keeps."""

    value: Any


# -- examples ----------------------------------------------------------------------------------------------------------


def _text(name: str, n: int) -> tuple[Any, Any]:
    return f"{name}-{n} ß", f"{name}-{n} ß"


def _number(n: int, as_json: bool) -> tuple[Any, Any]:
    if as_json:  # through a float where the parser makes one: of few digits
        return n + 0.25, Decimal(f"{n}.25")
    text = f"{'-' * (n % 2)}9007199254740993.{n}0000000000000000010"
    return text, Decimal(text)


def _exact_number(n: int) -> tuple[Any, Any]:
    number = Decimal(f"9007199254740993.{n}00000000000000001")
    return number, number


def _whole(n: int, as_json: bool) -> tuple[Any, Any]:
    number = 9_007_199_254_740_993 + 2 * n
    return number if as_json else str(number), number


def _time(n: int, as_json: bool) -> tuple[Any, Any]:
    number = 1_700_000_000_001 + 1_000_003 * n
    return number if as_json else str(number), number


_SCALARS: Final[Mapping[str, Callable[[str, int, bool], tuple[Any, Any]]]] = {
    "text": lambda name, n, _: _text(name, n),
    "num": lambda _, n, as_json: _number(n, as_json),
    "int": lambda _, n, as_json: _whole(n, as_json),
    "ms": lambda _, n, as_json: _time(n, as_json),
    "#num": lambda _, n, __: _exact_number(n),
    "#float": lambda _, n, __: _number(n, True),
    "#int": lambda _, n, __: _whole(n, True),
    "#ms": lambda _, n, __: _time(n, True),
    "#id": lambda _, n, __: (9_007_199_254_740_993 + 2 * n, str(9_007_199_254_740_993 + 2 * n)),
    "unknown": lambda _, n, __: (str(1000 + n), Exactly(str(1000 + n))),
}


class _Form(NamedTuple):
    """How an example is written: numbers as JSON numbers, which spelling of flags, which spelling of names.

    ``hollow``: with nothing in each field, to the last nested row.
    """

    as_json: bool = False
    flags: int = 0
    spelling: int = 0
    hollow: bool = False


def example(facts: Facts, numbers: Iterator[int], form: _Form) -> tuple[Any, Told]:
    """(A row in which each field has a value of its own, what the fields of the object should say)."""
    inside = [fact for fact in facts if not fact.where]
    if len(inside) == 1 and inside[0].name == "columns":
        return _columns(inside[0].fields, numbers, form)
    row: dict[str, Any] = {}
    told: Told = []
    for fact in inside:
        row[_spelling(fact, form)], value = _value(fact, numbers, form)
        told.append((fact, value))
    row[NEW_FIELD] = {"n": [next(numbers)]}
    return row, told


def _columns(fields: Facts, numbers: Iterator[int], form: _Form) -> tuple[list[Any], Told]:
    made = [(fact, *_value(fact, numbers, form)) for fact in fields]
    return [wire for _, wire, _ in made], [(fact, value) for fact, _, value in made]


def _value(fact: Fact, numbers: Iterator[int], form: _Form) -> tuple[Any, Any]:
    """(What stands on the wire, what the field should say)."""
    n = next(numbers)
    if form.hollow and fact.kind not in _NESTED:
        return "", "" if fact.name == "_" or fact.kind == "extra" else _none(fact)
    if fact.kind in ("bool", "#bool"):
        return FLAGS[form.flags][n % 2], n % 2 == 0
    if fact.kind == "texts":
        texts = [f"{fact.name}-{n}", f"{fact.name}-{n}b"]
        return texts, tuple(texts)
    if fact.kind == "extra":
        return [{"n": n}], [{"n": n}]
    if fact.kind == "map":
        keys = {f"KEY{n}": f"{n}.5", f"KEY{n}b": "0.5"}
        return keys, Exactly(keys)
    if fact.kind == "object":
        return example(fact.fields, numbers, form)
    if fact.kind in ("list", "rows"):
        make = example if fact.kind == "list" else _columns
        pairs = [make(fact.fields, numbers, form) for _ in range(2)]
        return [wire for wire, _ in pairs], [told for _, told in pairs]
    return _SCALARS[fact.kind](fact.name, n, form.as_json)


def _around(facts: Facts, numbers: Iterator[int], form: _Form) -> tuple[dict[str, Any], Told]:
    """(What the message around the row says, what the fields of the object should say of that)."""
    message: dict[str, Any] = {}
    told: Told = []
    for fact in facts:
        if fact.where == "=":
            told.append((fact, int(fact.kind[1:]) if fact.kind.startswith("#") else fact.kind))
        elif fact.where == "@":
            *path, last = fact.wire[0].split(".")
            place = message
            for key in path:
                place = place.setdefault(key, {})
            place[last], value = _value(fact, numbers, form)
            told.append((fact, value))
    return message, told


def _spelling(fact: Fact, form: _Form) -> str:
    return fact.wire[form.spelling % len(fact.wire)]


# -- the check ---------------------------------------------------------------------------------------------------------


def faults(facts: Facts, read: Read) -> list[str]:
    """What the class of a row reads otherwise than the facts say, each as "field: what"; a fault is told once."""
    found: dict[str, None] = {}
    spellings = max((len(fact.wire) for fact in facts), default=1)
    for flags, start, spelling in itertools.product(range(len(FLAGS)), (1, 2), range(spellings)):
        form = _Form(flags % 2 == 1, flags, spelling)
        numbers = itertools.count(start)
        wire, told = example(facts, numbers, form)
        message, beside = _around(facts, numbers, form)
        found |= dict.fromkeys(_compared(read(wire, message), [*told, *beside], wire, ""))
    wire, told = example(facts, itertools.count(1), _Form(hollow=True))
    found |= dict.fromkeys(_compared(read(wire, {}), told, wire, " where '' is sent"))
    nothings: tuple[Any, ...] = ("", None, [])
    for nothing in nothings:
        wire = _emptied(facts, nothing)
        found |= dict.fromkeys(_compared(read(wire, {}), _nothing(facts), wire, f" where {nothing!r} is sent"))
    if not any(fact.name == "columns" for fact in facts):
        bare = {NEW_FIELD: 1}
        found |= dict.fromkeys(_compared(read(bare, {}), _nothing(facts), bare, " where nothing is sent"))
    return list(found)


def _told_fields(facts: Facts, read: Read) -> dict[type[Row], set[str]]:
    """The fields that the facts tell of each class of row that is read."""
    numbers = itertools.count(1)
    wire, told = example(facts, numbers, _Form())
    message, beside = _around(facts, numbers, _Form())
    found: dict[type[Row], set[str]] = {}
    _collect(read(wire, message), [*told, *beside], found)
    return found


def told_of_all(blocks: Iterable[tuple[Facts, Read]]) -> dict[type[Row], set[str]]:
    """The fields that any block tells of each class."""
    found: dict[type[Row], set[str]] = {}
    for facts, read in blocks:
        for cls, names in _told_fields(facts, read).items():
            found.setdefault(cls, set()).update(names)
    return found


def untold(cls: type[Row], told: Mapping[type[Row], set[str]]) -> set[str]:
    """The fields of a class that no block tells of, each as "class.field"."""
    names = {field.name for field in attrs.fields(cls)}
    # Of a class that is only a base of others it is theirs that count.
    mine = told[cls] if cls in told else set().union(*(told[sub] for sub in told if issubclass(sub, cls)))
    return {f"{cls.__name__}.{name}" for name in names - mine}


def _collect(row: Any, told: Told, found: dict[type[Row], set[str]]) -> None:
    found.setdefault(type(row), set()).update(fact.name for fact, _ in told)
    for fact, expected in told:
        if fact.kind not in _NESTED and fact.kind != "map":
            continue
        value = getattr(row, fact.name, None)
        if isinstance(value, Row):
            _collect(value, [] if fact.kind == "map" else expected, found)
        for inner, inside in zip(value, expected, strict=False) if isinstance(value, tuple) else ():
            _collect(inner, inside, found)


def _emptied(facts: Facts, nothing: Any) -> Any:
    """The row with ``nothing`` in each field; a list only where there may be rows, else a text."""
    inside = [fact for fact in facts if not fact.where]
    if len(inside) == 1 and inside[0].name == "columns":
        return ["" if nothing == [] else nothing for _ in inside[0].fields]
    inside = [fact for fact in inside if fact.kind != "extra"]
    none = {fact: "" if nothing == [] and fact.kind not in _CONTAINERS else nothing for fact in inside}
    return {name: none[fact] for fact in inside for name in fact.wire} | {NEW_FIELD: 1}


def _nothing(facts: Facts) -> Told:
    """What the fields of such a row should say."""
    told = [fact for fact in facts if fact.where != "=" and fact.kind != "extra"]
    if any(fact.name == "columns" for fact in told):
        told = [inner for fact in told for inner in (fact.fields if fact.name == "columns" else (fact,))]
    return [(fact, _none(fact)) for fact in told if fact.name != "_"]


def _none(fact: Fact) -> Any:
    """What a field says of which nothing is told."""
    return () if fact.kind in _MANY else None


def _compared(row: Row, told: Told, wire: Any, when: str, place: str = "") -> Iterator[str]:
    """What is wrong with a row, and with the rows in it."""
    known = {field.name for field in attrs.fields(type(row))}
    for fact, expected in told:
        name = f"{place}{type(row).__name__}.{fact.name}"
        if fact.name == "_":
            if expected not in row.extra.values():
                yield f"{place}{type(row).__name__}: a column without a meaning is lost"
            continue
        if fact.kind == "extra":
            if row.extra.get(fact.name) != expected:
                yield f"{name}: is not in extra"
            continue
        if fact.name not in known:
            yield f"{name}: the class has no such field ({fact.kind})"
            continue
        try:
            value = getattr(row, fact.name)
        except DecodeError as error:
            yield f"{name}: cannot be read as {fact.kind}{when}: {error.message}"
            continue
        yield from _of_value(name, fact, value, expected, when)
    if isinstance(wire, dict) and NEW_FIELD in wire and row.extra.get(NEW_FIELD) != wire[NEW_FIELD]:
        yield f"{place}{type(row).__name__}: an unknown field is lost"


def _of_value(name: str, fact: Fact, value: Any, expected: Any, when: str) -> Iterator[str]:
    if fact.kind in ("list", "rows") and expected != ():
        if type(value) is not tuple or len(value) != len(expected) or not all(isinstance(one, Row) for one in value):
            yield f"{name}: is no tuple of {len(expected)} rows but {value!r}"
            return
        for inner, inside in zip(value, expected, strict=True):
            yield from _compared(inner, inside, inner.raw, when, f"{name} -> ")
    elif fact.kind == "object" and expected is not None:
        if not isinstance(value, Row):
            yield f"{name}: is no row but {value!r}"
            return
        yield from _compared(value, expected, value.raw, when, f"{name} -> ")
    elif isinstance(expected, Exactly):
        shown = value.to_wire() if isinstance(value, Row) else str(value)
        if shown != expected.value:
            yield f"{name}: {expected.value!r} comes out as {shown!r}"
    elif type(value) is not type(expected) or value != expected or str(value) != str(expected):
        yield f"{name}: must be {fact.kind}, {expected!r}{when}, but is {value!r}"


# -- the wire ----------------------------------------------------------------------------------------------------------


def to_json(value: Any) -> str:
    """JSON in which a ``Decimal`` is a number with all of its digits."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{json.dumps(key)}:{to_json(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{','.join(map(to_json, value))}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
