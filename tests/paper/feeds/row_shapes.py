"""Compares a row on the wire with the fields that `channel_facts` lists: names, nesting and JSON types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"(?P<name>\w+)(?P<kind>:int|:bool|:num|\*|\?|#\d|[\[{])?\s*")
_TYPES: dict[str | None, tuple[type, ...]] = {None: (str,), ":int": (int,), ":bool": (bool,), ":num": (int, float)}
_CLOSING = {"[": "]", "{": "}"}

Fields = dict[str, Any]


def fields_of(text: str) -> Fields:
    """The fields of a list as a dict: name to kind, or to the bracket and the fields within it."""
    fields, end = _parse(text, 0, "")
    assert end == len(text), text[end:]
    return fields


def _parse(text: str, at: int, closing: str) -> tuple[Fields, int]:
    fields: Fields = {}
    while at < len(text):
        if closing and text[at] == closing:
            at += 1
            return fields, at + len(text[at:]) - len(text[at:].lstrip())
        word = _WORD.match(text, at)
        assert word is not None, text[at:]
        at, kind = word.end(), word["kind"]
        if kind in _CLOSING:
            inner, at = _parse(text, at, _CLOSING[kind])
            fields[word["name"]] = (kind, inner)
        else:
            fields[word["name"]] = kind
    return fields, at


def misfits(fields: Fields, row: Any, where: str = "") -> Iterator[str]:
    """What is wrong with a row: missing or unknown fields, wrong types."""
    if not isinstance(row, dict):
        yield f"{where or 'row'} is {row!r}"
        return
    yield from (f"{where}{name} is missing" for name in fields if name not in row)
    yield from (f"{where}{name} is unknown" for name in row if name not in fields)
    for name, kind in fields.items():
        if name in row:
            yield from _value_misfits(kind, row[name], f"{where}{name}")


def _value_misfits(kind: Any, value: Any, where: str) -> Iterator[str]:
    if isinstance(kind, tuple):
        bracket, inner = kind
        values = value if bracket == "[" else [value]
        if not isinstance(values, list):
            yield f"{where} is {value!r}"
            return
        for one in values:
            yield from misfits(inner, one, f"{where}.")
    elif kind == "*" or (kind and kind[0] == "#"):
        width = 0 if kind == "*" else int(kind[1:])
        if not isinstance(value, list) or not all(_is_level(one, width) for one in value):
            yield f"{where} is {value!r}"
    elif kind == "?":
        if value is not None and not isinstance(value, dict):
            yield f"{where} is {value!r}"
    elif type(value) not in _TYPES[kind]:
        yield f"{where} is {value!r}"


def _is_level(value: Any, width: int) -> bool:
    if width == 0:
        return isinstance(value, str)
    return isinstance(value, list) and len(value) == width and all(isinstance(one, str) for one in value)


def filled(fields: Fields, row: Any, where: str = "") -> Iterator[str]:
    """The names of the nested lists of a row that have an element."""
    for name, kind in fields.items():
        value = row.get(name)
        if kind == "*" and value:
            yield where + name
        if isinstance(kind, tuple) and kind[0] == "[" and value:
            yield where + name
            for one in value:
                yield from filled(kind[1], one, f"{where}{name}.")


def nested(fields: Fields, where: str = "") -> Iterator[str]:
    """The names of all nested lists."""
    for name, kind in fields.items():
        if kind == "*":
            yield where + name
        if isinstance(kind, tuple) and kind[0] == "[":
            yield where + name
            yield from nested(kind[1], f"{where}{name}.")
