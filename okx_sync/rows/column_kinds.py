"""Which kind of column each field of a model makes in a table, whatever the table is made with."""

from __future__ import annotations

import re
import types
from decimal import Decimal
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import attrs

__all__ = ["ColumnKind", "column_kinds"]

ColumnKind = Literal["number", "time", "whole", "flag", "text", "float", "other"]
"""``number``: exact; ``time``: epoch ms; ``whole``: other whole numbers;
``float``: what we measured; ``other``: nested rows, lists, a mixture."""

# Models say "whole number" for times and counts alike; which of them are epoch ms, the exchanges' names tell.
_TIME: Final = re.compile(
    r"^(ts|begin|end|date)$|(Time|Ts|[Cc]time|[Uu]time|[tT]imestamp|Until|Deadline|Begin|Date|RangeStart|RangeEnd|_at)$"
)
_NO_TIMES: Final = frozenset({"recurringTime"})  # an hour of the day


def column_kinds(cls: type[Any]) -> dict[str, ColumnKind]:
    """Return the columns of a model in their order. A field that a row does not show (a new key's secret) is none."""
    hints, hidden = get_type_hints(cls), getattr(cls, "_hidden", ())
    shown = [field.name for field in attrs.fields(cls) if field.repr and field.name not in hidden]
    return {name: _kind(name, hints[name]) for name in shown}


def _kind(name: str, annotation: Any) -> ColumnKind:
    kinds = {str if get_origin(kind) is Literal else kind for kind in _members(annotation)} - {types.NoneType}
    if kinds == {Decimal}:
        return "number"
    if kinds == {int}:
        return "time" if _TIME.search(name) and name not in _NO_TIMES else "whole"
    if kinds == {bool}:
        return "flag"
    return "float" if kinds == {float} else "text" if kinds == {str} else "other"


def _members(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(member for part in get_args(annotation) for member in _members(part))
    return (annotation,)
