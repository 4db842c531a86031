"""What a wire value means: one converter per kind of annotation, chosen once when a model class is built.

Exchanges send numbers, flags and times as JSON text and use ``""`` for "absent". The table of kinds:

=============================  =========================================================================
annotation                     wire value
=============================  =========================================================================
``Decimal | None``             text or JSON number (never through binary floating point); "None" is None
``int | None``                 text or JSON integer (milliseconds, ids that count, levels)
``bool | None``                true/false, "true"/"false", "yes"/"no", "1"/"0", in small or capital letters
``str | None``                 text; JSON numbers keep their digits
``Literal[...] | str | None``  text; a word that is not in the list passes through as it is
``tuple[str, ...]``            list of text; "", null or missing is ``()``
``tuple[Nested, ...]``         list of rows; "", null or missing is ``()``
``Nested | None``              one row; "", [] or null is None
=============================  =========================================================================

A converter raises ValueError, TypeError or ArithmeticError (``UNREADABLE``) for a value it cannot read.
"""

from __future__ import annotations

import decimal
import types
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

Converter: TypeAlias = Callable[[Any], Any]
RowsDecoder: TypeAlias = Callable[[list[Any], dict[str, Any]], list[Any]]

_MOST_DIGITS: Final = 1000  # before or behind the point
UNREADABLE: Final = (ValueError, TypeError, ArithmeticError)

# Of nobody's: the user's own context may have few digits, or no traps. What is not exact, or out of bounds, is trapped.
_EXACT: Final = decimal.Context(
    prec=_MOST_DIGITS,
    Emin=1 - _MOST_DIGITS,
    Emax=_MOST_DIGITS - 1,
    clamp=0,
    traps=[
        decimal.InvalidOperation,
        decimal.Overflow,
        decimal.Underflow,
        decimal.Subnormal,
        decimal.Clamped,
        decimal.Inexact,
        decimal.Rounded,
        decimal.FloatOperation,
    ],
)
plain_number: Final = _EXACT.create_decimal
"""Makes the exact number of a text, two thirds the price of ``Decimal(text)``, and refuses exponents out of bounds.

It raises ``ArithmeticError`` for whatever it does not take, some of which is a number (``" 1"``): ``to_decimal`` knows.
NaN and infinities it lets pass.
"""


def _nothing(_value: Any) -> None:
    """Return what is left of a single value that cannot be read."""


class Kind(NamedTuple):
    """How one field is read: ``convert`` its wire value; ``label`` names it in errors.

    ``rest``: what is left of a value that ``convert`` cannot read; it never raises. ``words``: those that are known,
    where it is a text with a list of words.
    """

    convert: Converter
    label: str
    rest: Converter = _nothing
    words: frozenset[str] = frozenset()


def to_decimal(value: Any) -> Decimal | None:
    """Convert to an exact decimal number; NaN and infinities are refused, as one of them poisons every sum.

    So are numbers of thousands of digits, of which a few letters on the wire would make gigabytes of text.
    """
    if type(value) is str:
        if not value:
            return None
        try:
            number = plain_number(value)
        except ArithmeticError:
            return _odd_number(value)
    elif value is None:
        return None
    elif type(value) is int:
        return Decimal(value)
    elif type(value) is float:
        # repr is the shortest text that reads back as this float: the digits that were on the wire.
        number = Decimal(repr(value))
    elif type(value) is Decimal:  # from a dialect that reads numbers which a float cannot hold
        number = value
    else:
        raise TypeError
    if number.is_finite():
        return number
    raise ValueError


def _odd_number(text: str) -> Decimal | None:
    """Convert a text that is no plain number, if it is one at all."""
    if text == "None":  # said by Bybit's older streams
        return None
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError
    if ("e" in text or "E" in text) and not -_MOST_DIGITS < number.adjusted() < _MOST_DIGITS:
        raise ValueError
    return number


def to_int(value: Any) -> int | None:
    """Convert to a whole number; ``"1.5"`` and ``true`` are refused rather than rounded."""
    if type(value) is str:
        return int(value) if value else None
    if value is None or type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise TypeError


# 1 and 0 as JSON numbers are found too: they equal True and False as keys.
FLAGS: Final[dict[Any, bool | None]] = {
    "true": True, "false": False, "1": True, "0": False, "yes": True, "no": False, True: True, False: False,
    "": None, None: None,
}  # fmt: skip


def to_bool(value: Any) -> bool | None:
    """Convert to a flag, from any of the spellings that are in use."""
    try:
        return FLAGS[value]
    except KeyError:
        if type(value) is str and (folded := value.lower()) in FLAGS:
            return FLAGS[folded]
        raise ValueError from None


def to_text(value: Any) -> str | None:
    """Convert to text as it came; numbers and flags get their JSON spelling."""
    if type(value) is str:
        return value or None
    if value is None:
        return None
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) in (int, float):
        return repr(value)
    raise TypeError


def to_texts(value: Any) -> tuple[str, ...]:
    """List of text; empty elements stay empty text, so that positions keep their meaning."""
    if value is None or value == "":
        return ()
    if type(value) is not list:
        raise TypeError
    return tuple(to_text(item) or "" for item in value)


SCALARS: Final[dict[Any, Kind]] = {
    Decimal: Kind(to_decimal, "a decimal number"),
    int: Kind(to_int, "a whole number"),
    bool: Kind(to_bool, "a flag"),
    str: Kind(to_text, "text"),
}
_TEXTS: Final = Kind(to_texts, "a list of texts", lambda _value: ())

PLAIN: Final[dict[Any, Kind]] = {
    "Decimal | None": SCALARS[Decimal],
    "int | None": SCALARS[int],
    "bool | None": SCALARS[bool],
    "str | None": SCALARS[str],
    "tuple[str, ...]": _TEXTS,
}
"""Annotations as they are written in a module with ``from __future__ import annotations``: nine fields of ten."""


def kind_of(annotation: Any, nested: Callable[[Any], RowsDecoder | None]) -> Kind:
    """Return the kind that an annotation stands for.

    Args:
        annotation: resolved type hint of the field.
        nested: gives the decoder of a nested row class, None for anything that is not one.

    Raises:
        TypeError: the annotation is none of the kinds in the table above (a mistake in a model class).
    """
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        if item is str:
            return _TEXTS
        if rows := nested(item):
            return Kind(_many(rows), f"a list of {item.__name__} rows", _each(rows))
    meant = _without_none(annotation)
    if meant in SCALARS:
        words = _words_of(annotation)
        return SCALARS[meant]._replace(words=words) if words else SCALARS[meant]
    if rows := nested(meant):
        return Kind(_single(rows), f"a {meant.__name__} row")
    raise TypeError(f"no converter for the annotation {annotation!r}")


def _without_none(annotation: Any) -> Any:
    """Drop None from a union: ``X | None`` is X, ``Literal[...] | str | None`` is str."""
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation
    members = [
        member for member in get_args(annotation) if member is not types.NoneType and get_origin(member) is not Literal
    ]
    return members[0] if len(members) == 1 else annotation


def _words_of(annotation: Any) -> frozenset[str]:
    literals = (member for member in get_args(annotation) if get_origin(member) is Literal)
    return frozenset(word for literal in literals for word in get_args(literal))


def _many(decode: RowsDecoder) -> Converter:
    def convert(value: Any) -> tuple[Any, ...]:
        if type(value) is list:
            return tuple(decode(value, {}))
        if value is None or value == "":
            return ()
        raise TypeError

    return convert


def _each(decode: RowsDecoder) -> Converter:
    """Convert one by one.

    A row without content stands for each that is none, so that whoever reads it sees its loss.
    """

    def rest(value: Any) -> tuple[Any, ...]:
        return tuple(_or_empty(decode, item) for item in value) if type(value) is list else ()

    return rest


def _or_empty(decode: RowsDecoder, item: Any) -> Any:
    candidates: tuple[Any, ...] = (item, {}, [])
    for candidate in candidates:
        try:
            return decode([candidate], {})[0]
        except UNREADABLE:
            continue
    raise AssertionError("a row is an object or an array")


def _single(decode: RowsDecoder) -> Converter:
    def convert(value: Any) -> Any:
        if value is None or value in ("", []):
            return None
        return decode([value], {})[0]

    return convert
