"""What the tests of declared endpoints are made of: an endpoint in words, a call with every parameter, a full row."""

from __future__ import annotations

import types
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote

import attrs

from okx_sync.rest import Endpoint
from okx_sync.rest.encoding import wire_name
from okx_sync.rows import Row
from okx_sync.rows.field_sources import Envelope, WireKey, source_of

PREFIX = "/api/v5/"


def parse_table(table: str) -> dict[tuple[str, str], tuple[bool, frozenset[str]]]:
    """(method, path) -> (signed, parameters) of a table of endpoints; indented lines go on with the one before."""
    found = {}
    for line in table.replace("\n    ", " ").strip().splitlines():
        head, _, params = line.partition(":")
        method, path, signed = head.split()
        found[method, PREFIX + path] = (signed == "signed", frozenset(params.split()))
    return found


def in_words(endpoint: Endpoint) -> tuple[bool, frozenset[str]]:
    """What such a table would say about a declared endpoint."""
    hints = get_type_hints(endpoint.function, include_extras=True)
    headers = endpoint.options.get("header", {})
    names: set[str] = set()
    for param in endpoint.params:
        nested = item_class(hints[param.name])
        if param.name == endpoint.options.get("rows"):
            assert nested is not None
            names |= {"[]", *nested_names(nested, "")}
        elif param.name not in headers:
            names.add(param.wire + "*" * param.required)
            names |= set() if nested is None else set(nested_names(nested, param.wire + "."))
    return endpoint.auth, frozenset(names)


def nested_names(cls: type[Any], before: str) -> Iterator[str]:
    """The parameters of a request class, by wire name."""
    hints = get_type_hints(cls, include_extras=True)
    for field in attrs.fields(cls):
        name = before + wire_name(field.name)
        yield name + "*" * (field.default is attrs.NOTHING)
        inner = item_class(hints[field.name])
        if inner is not None:
            yield from nested_names(inner, name + ".")


def item_class(annotation: Any) -> type[Any] | None:
    """The request class that an annotation speaks of, wherever in it."""
    if isinstance(annotation, type) and attrs.has(annotation):
        return annotation
    found = (item_class(part) for part in get_args(annotation))
    return next((cls for cls in found if cls is not None), None)


def example(annotation: Any) -> tuple[Any, Any]:
    """(an argument of this annotation, how it stands in a JSON body)."""
    if get_origin(annotation) is Annotated:
        return example(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        words = get_args(annotation)
        word = "net" if "net" in words else words[0]  # typing may give equal lists in another one's order
        return word, word
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not types.NoneType]
        sequences = [part for part in parts if "Sequence" in repr(get_origin(part))]
        return example(Decimal if Decimal in parts else (sequences or parts)[0])
    if "Sequence" in repr(get_origin(annotation)):
        given, wire = example(get_args(annotation)[0])
        return [given, given], [wire, wire]
    if "Mapping" in repr(get_origin(annotation)):
        return {"a": "b"}, {"a": "b"}
    if attrs.has(annotation):
        return example_object(annotation)
    simple: dict[Any, tuple[Any, Any]] = {
        str: ("a:B-1", "a:B-1"),
        int: (7, "7"),
        bool: (True, True),
        Decimal: (Decimal("1E+2"), "100"),
    }
    return simple[annotation]


def example_object(cls: type[Any]) -> tuple[Any, Any]:
    """(an object of a request class with all its fields, how it stands in a JSON body)."""
    hints = get_type_hints(cls, include_extras=True)
    made = {field.name: example(hints[field.name]) for field in attrs.fields(cls)}
    return cls(**{name: given for name, (given, _) in made.items()}), {
        wire_name(name): wire for name, (_, wire) in made.items()
    }


def full_call(endpoint: Endpoint) -> tuple[dict[str, Any], Any]:
    """(keyword arguments for every parameter, the JSON body that must go out); of exclusive ones only the first."""
    hints = get_type_hints(endpoint.function, include_extras=True)
    left_out = {*endpoint.options.get("at_most_one", ())[1:], *endpoint.options.get("header", {})}
    params = [param for param in endpoint.params if param.name not in left_out]
    made = {param.name: example(hints[param.name]) for param in params}
    body: Any = {param.wire: made[param.name][1] for param in params}
    given: dict[str, Any] = {name: one for name, (one, _) in made.items()}
    rows = endpoint.options.get("rows")
    if rows is None:
        return given, body
    second = endpoint.options.get("at_most_one", ())[1:]
    given[rows] = [attrs.evolve(row, **dict.fromkeys(second)) for row in given[rows]]
    without = {wire_name(name) for name in second}
    return given, [{name: value for name, value in row.items() if name not in without} for row in body[rows]]


def query_of(body: dict[str, Any]) -> str:
    """The same parameters as a query: lists joined by commas, flags as words."""

    def text(value: Any) -> str:
        if isinstance(value, list):
            return ",".join(value)
        return str(value).lower() if isinstance(value, bool) else value

    return "&".join(f"{name}={quote(text(value), safe=',:-_.~')}" for name, value in body.items())


def full_row(cls: type[Row]) -> Any:
    """A wire row with a value for every field of a model."""
    hints = get_type_hints(cls)
    sources = {field.name: source_of(field) for field in attrs.fields(cls)}
    row = {
        source.key if isinstance(source, WireKey) else name: _value(hints[name])
        for name, source in sources.items()
        if not isinstance(source, Envelope)
    }
    return list(row.values()) if cls._shape is list else row


def _value(annotation: Any) -> Any:
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        return ["a", "b"] if item is str else [full_row(item), full_row(item)]
    parts = [part for part in get_args(annotation) if part is not types.NoneType]
    kind: Any = next((part for part in parts if get_origin(part) is not Literal), str)
    if issubclass(kind, Row):
        return full_row(kind)
    # One word per kind; the order receipts' verdict must be a good one.
    return {Decimal: "1.50", int: "1700000000000", bool: True, str: "0"}[kind]


def echoed(endpoint: Endpoint, body: Any, row: Any) -> Any:
    """The row with the ids of what was asked for, as OKX repeats them."""
    if not (endpoint.is_order or endpoint.result[0] == "batch"):
        return row
    asked: dict[str, Any] = body[0] if isinstance(body, list) else body
    singular = {listed: given[0] for listed, given in asked.items() if isinstance(given, list)}
    told = asked | {name: singular[listed] for listed, name in endpoint.options.get("ids", {}).items()}
    return {name: told[name] if name.endswith("Id") and name in told else value for name, value in row.items()}


def read_everything(row: Row) -> None:
    """Convert every field, nested ones too; none may be empty."""
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        assert value not in (None, ()) or isinstance(source_of(field), Envelope), field.name
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Row):
                read_everything(item)
