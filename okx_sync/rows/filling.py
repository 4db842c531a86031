"""Decoders of messages, written for the fields that are going to be read: one step for a message, not one per field.

A ``Plan`` says which fields of a row class are filled, and what their wire values usually look like. For each plan some
functions are written, compiled and kept; this file is the only one that writes code. The step for two fields of a
ticker is

    v0 = row['last']
    v1 = row['ts']
    joined = join((v0, v1,))
    if 'n' in joined or 'N' in joined:
        raise ValueError
    made = new(twin)
    made.last = number(v0)
    made.ts = int(v1)
    made._row, made._env = row, message
    made.__class__ = cls

It takes the usual values only: whatever it does not take, it raises for, and the row is left as the plain decoder makes
it, with no field filled. So errors, odd spellings and missing fields are the business of the fields themselves
(``lazy_fields``), when somebody reads them. The joining checks all numbers at once: ``str.join`` takes nothing but
texts, and of the texts that ``plain_number`` takes, only NaN and the infinities have an n. A number that mostly is what
it was in the message before (a best bid, a high of 24 hours) is kept with its text, and made anew when that changes.

A row is frozen, and Python is slow to set what it must not. So a row begins as an object of a twin of its class
(``twin_class``), one for each plan, and becomes what it is once it is filled. That costs half of filling a row from
outside.

Nothing from the wire is part of the code: names, keys and columns are those of the class.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from okx_sync.rows.field_sources import Envelope
from okx_sync.rows.fields import FLAGS, Converter, RowsDecoder, plain_number, to_bool, to_decimal, to_int, to_text
from okx_sync.rows.lazy_fields import FoundField, LazyField
from okx_sync.rows.row import Row, decoder
from okx_sync.twin_class import twin_of

__all__ = ["Decoders", "Open", "Plan", "decoders_of", "plan_of"]

Open: TypeAlias = Callable[[bytes], list[Any]]
Plan: TypeAlias = tuple[tuple[str, str], ...]
"""The fields to fill, each with its usual form.

``text``: a text; ``same``: a number as text, mostly that of the topic's message before; ``maybe``: a text, nothing or
null; ``int``: a JSON integer; ``any``: what its converter takes.
"""


class Decoders(NamedTuple):
    """The decoders for one plan: ``at_once(frame)`` and ``decode(rows, message)``, as ``opener`` and ``decoder``."""

    at_once: Open
    decode: RowsDecoder


_MOST_PLANS: Final = 256  # what is made for more is made again
_BY_TEXT: Final[dict[Converter, tuple[str, str]]] = {
    to_decimal: ("number({0})", "number({0}) if {0} else None"),
    to_int: ("int({0})", "int({0}) if {0} else None"),
    to_text: ("{0} or None", "{0} or None"),
}


def plan_of(cls: type[Row], names: Iterable[str], rows: Sequence[Row], before: Plan = ()) -> Plan:
    """Make the plan for fields of a row class.

    Args:
        cls: The class.
        names: Of the fields; one that no form fits is left out.
        rows: Some rows off the wire, by which the forms are found.
        before: The plan so far: a field that may be missing may be missing again.
    """
    was = dict(before)
    fields = {name: field for name in sorted(names) if isinstance(field := getattr(cls, name, None), LazyField)}
    forms = ((name, _form(field, rows, was.get(name))) for name, field in fields.items())
    return tuple((name, form) for name, form in forms if form is not None)


def _form(field: LazyField, rows: Sequence[Row], before: str | None) -> str | None:
    """Return the usual form of a field in these rows; None where there is none."""
    if field.convert not in _BY_TEXT:
        return "any"
    values = [_wire_value(field, row) for row in rows]
    if all(type(value) is str or value is None for value in values):
        if None in values or before == "maybe":
            return "maybe"
        if field.convert is to_decimal and _repeats(values, before == "same"):
            return "same"
        return "maybe" if "" in values and field.convert is not to_text else "text"
    if field.convert is to_int and all(type(value) is int for value in values):
        return "int"
    return None


def _repeats(values: list[str], did_before: bool) -> bool:
    """Tell whether half of them are those before them; a quarter, where they were before."""
    same: int = sum(map(operator.eq, values, values[1:]))
    return same * (4 if did_before else 2) >= len(values) > 1


def _wire_value(field: LazyField, row: Row) -> Any:
    """Return what stands on the wire; for most kinds of field nobody asks."""
    return field.find(row.raw, row._env) if isinstance(field, FoundField) else row.raw.get(field.key)


def decoders_of(cls: type[Row], plan: Plan, parse: Callable[[bytes], Any]) -> Callable[[], Decoders]:
    """Return what makes the decoders of a topic's messages, whose rows have the fields of ``plan`` filled."""
    model: Any = cls  # a type checker takes a class of rows for one that has no hash
    return _written(model, plan, parse)


@functools.lru_cache(_MOST_PLANS)
def _written(cls: Any, plan: Plan, parse: Callable[[bytes], Any]) -> Callable[[], Decoders]:
    return _Writer(cls, plan).compiled(parse)


class _Writer:
    """Writes the code for one plan."""

    def __init__(self, cls: type[Row], plan: Plan) -> None:
        self._cls = cls
        self._values: list[str] = []  # lines that set them
        self._fetch: list[str] = []  # lines
        self._texts: list[str] = []  # names of what must be texts without an n
        self._checks: list[str] = []  # conditions under which the step gives up
        self._kept: list[str] = []  # names of pairs: a text that was there before, and its number
        self._columns = -1
        self._has_shape = False  # what is fetched can be fetched from rows of the right shape only
        self._used: dict[str, Any] = {}
        for number, (name, form) in enumerate(plan):
            self._add(f"v{number}", name, getattr(cls, name), form)

    def _add(self, local: str, name: str, field: LazyField, form: str) -> None:
        self._fetch.append(f"{local} = {self._place(local, name, field, form)}")
        value = local
        if form == "same":
            value, kept = local.replace("v", "n"), local.replace("v", "kept")
            self._kept.append(kept)
            self._fetch += _KEPT.format(text=local, number=value, kept=kept).splitlines()
        elif form in ("text", "maybe"):
            if form == "maybe":
                self._fetch.append(f"if {local} is None: {local} = ''")
            if field.convert is to_text:
                self._checks.append(f"type({local}) is not str")
            else:
                self._texts.append(local)
            value = _BY_TEXT[field.convert][form == "maybe"].format(local)
        elif form == "int":
            self._checks.append(f"type({local}) is not int")
        elif field.convert is to_bool:
            value = f"flags[{local}]"
        else:
            self._used[f"convert_{local}"] = field.convert
            value = f"convert_{local}({local})"
        self._values.append(f"made.{name} = {value}")

    def _place(self, local: str, name: str, field: LazyField, form: str) -> str:
        """Write where the wire value is; the expression may raise where it is not in its usual place."""
        if not isinstance(field, FoundField):
            if form not in ("text", "same", "int"):
                return f"row.get({field.key!r})"
            self._has_shape = self._cls._shape is dict
            return f"row[{field.key!r}]"
        if field.column is not None:
            self._columns = max(self._columns, field.column)
            return f"row[{field.column}]"
        if isinstance(field.source, Envelope) and field.source.path and form != "maybe":
            told = "message" + "".join(f"[{key!r}]" for key in field.source.path)
            return told if self._cls._shape is list else f"row[{name!r}] if {name!r} in row else {told}"
        self._used[f"find_{local}"] = field.find
        return f"find_{local}(row, message)"

    def _step(self, indent: str) -> str:
        """Write the step that makes a filled row of a wire row, or raises."""
        lines: list[str] = [] if self._has_shape else ["if type(row) is not shape:", "    raise TypeError"]
        if self._columns >= 0:
            last = self._cls._last
            behind = f"len(row) - (len(row) >= {last.at_least})" if last is not None else "len(row)"
            lines += [f"if {behind} <= {self._columns}:", "    raise IndexError"]
        lines += self._fetch
        checks = list(self._checks)
        if self._texts:
            lines.append(f"joined = join(({', '.join(self._texts)},))")
            checks += ["'n' in joined", "'N' in joined"]
        if checks:
            lines += [f"if {' or '.join(checks)}:", "    raise ValueError"]
        lines += ["made = new(twin)", *self._values, "made._row = row", "made._env = message", "made.__class__ = cls"]
        return "\n".join(indent + line for line in lines)

    def compiled(self, parse: Callable[[bytes], Any]) -> Callable[[], Decoders]:
        """Return what makes the functions for one topic."""
        cls = self._cls
        names: dict[str, Any] = {
            **self._used,
            "cls": cls,
            "decoders": Decoders,
            "flags": FLAGS,
            "join": "".join,
            "new": object.__new__,
            "number": plain_number,
            "parse": parse,
            "plain": decoder(cls),
            "shape": cls._shape,
            "twin": twin_of(cls),
        }
        code = _CODE.format(
            kept="".join(f"    {name} = '', None\n" for name in self._kept),
            nonlocals=f"nonlocal {', '.join(self._kept)}" if self._kept else "",
            at_12=self._step(" " * 12),
            at_16=self._step(" " * 16),
        )
        exec(compile(code, f"<decoders of {cls.__name__}>", "exec"), names)  # noqa: S102  words of this file
        made: Callable[[], Decoders] = names["for_a_topic"]
        return made


_KEPT: Final = """\
known, {number} = {kept}
if {text} != known:
    if type({text}) is not str:
        raise TypeError
    {number} = number({text}) if {text} else None
    if {number} is not None and not {number}.is_finite():
        raise ValueError
    {kept} = {text}, {number}
"""

_CODE: Final = """
def for_a_topic():
{kept}
    def at_once(frame):
        {nonlocals}
        message = parse(frame)
        rows = message["data"]
        try:
            [row] = rows
{at_12}
        except Exception:
            return decode(rows, message)
        return [made]

    def decode(rows, message):
        {nonlocals}
        all_made = []
        for row in rows:
            try:
{at_16}
            except Exception:
                all_made += plain([row], message)
                continue
            all_made.append(made)
        return all_made

    return decoders(at_once, decode)
"""
