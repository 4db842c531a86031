"""From Python arguments to what goes on the wire: names, number texts, queries, bodies.

Here a float is refused: ``0.1 + 0.2`` on the wire is an order of the wrong size. Decimals never go out as
``1E-8``. ``None`` and ``""`` mean "not given" and are left out, lists in queries are joined by commas.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias, get_args, get_type_hints
from urllib.parse import quote

import attrs
import orjson

from okx_sync.errors import ConfigError

__all__ = [
    "Number",
    "check_number",
    "header_text",
    "json_body",
    "query_string",
    "wire_name",
    "wire_value",
    "with_flags",
]

Number: TypeAlias = Decimal | int | str
"""What a price, size or amount may be given as. Not float."""

_LONGEST: Final = 64  # places: 1E+999999999 is no price, but a gigabyte of text
_USUAL: Final = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_PLAIN: Final = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
_NAN: Final = Decimal("NaN")

# Commas and colons stay readable: exchanges sign the query exactly as it is sent.
_SAFE = ",:-_.~"


@lru_cache(maxsize=4096)
def wire_name(name: str) -> str:
    """Spell a Python name as the wire does: ``cl_ord_id`` is ``clOrdId``, ``type_`` (a name that is taken) ``type``."""
    head, *tail = name.strip("_").split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def wire_value(name: str, value: Any) -> Any:
    """Return ``value`` as it stands in a JSON body: numbers as text, flags as flags; None when not given.

    Raises :class:`ConfigError` naming the parameter ``name`` for floats and types that have no place there.
    """
    if value is None:
        return None
    if type(value) is str:
        return value if value.isascii() and value else _text(name, value)
    if isinstance(value, bool):
        return value
    if isinstance(value, enum.Enum):
        return wire_value(name, value.value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(name, str(value))
    if isinstance(value, Decimal):
        return _decimal_text(name, value)
    if isinstance(value, float):
        raise ConfigError(
            f"{name} is a float ({value!r}); money must be exact",
            hint=f"give text or Decimal, for example {name}=Decimal('{value!r}')",
        )
    if isinstance(value, Mapping):
        return wire_object(name, value.items())
    if attrs.has(type(value)):
        kind: Any = type(value)
        for number in _numbers_of(kind):
            check_number(f"{name}.{number}", getattr(value, number))
        fields = attrs.fields(type(value))
        return wire_object(name, ((field.name, getattr(value, field.name)) for field in fields))
    if isinstance(value, list | tuple | set | frozenset):
        return [wire_value(f"{name}[{i}]", item) for i, item in enumerate(value)]
    raise ConfigError(f"{name} cannot be a {type(value).__name__}")


def _text(name: str, value: str) -> str | None:
    """Return a text that can be sent; None for an empty one. Half a character, of UTF-16, has no bytes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ConfigError(f"{name} cannot be sent: {value[:80]!r}", hint="it holds half a character") from None
    return value or None


def wire_object(name: str, items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a nested object with wire names, absent values left out."""
    converted = ((wire_name(key), wire_value(f"{name}.{key}", value)) for key, value in items)
    return {key: value for key, value in converted if value is not None}


def check_number(name: str, value: Any) -> None:
    """Raise :class:`ConfigError` for what stands where a number belongs and is none; absent is fine."""
    if type(value) is str and _USUAL.fullmatch(value):
        return
    if value is None or value == "" or isinstance(value, float | enum.Enum):
        return  # floats and members of an enum are looked at when they are written
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ConfigError(f"{name} cannot be {value!r}", hint="a number, as text or Decimal")
    try:
        number = Decimal(value)
    except ArithmeticError:
        number = _NAN
    is_number = number.is_finite() and abs(number.adjusted()) <= _LONGEST
    # Decimal reads more than exchanges do: "1_000", " 1", digits of other scripts.
    if not is_number or (isinstance(value, str) and not _PLAIN.fullmatch(value)):
        shown = value if isinstance(value, str) else str(number)
        raise ConfigError(f"{name} is not a number: {shown[:80]!r}", hint="as text, for example '0.1'")


@lru_cache(maxsize=512)
def _numbers_of(cls: Any) -> tuple[str, ...]:
    """Return the fields of a request's class that are numbers, among others."""
    try:
        hints = get_type_hints(cls)
    except NameError:  # a class of the user's own, made inside a function
        return ()
    return tuple(field.name for field in attrs.fields(cls) if Decimal in get_args(hints[field.name]))


def _decimal_text(name: str, value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        raise ConfigError(f"{name} is {str(value)[:80]}, not a number for an exchange")
    return format(value, "f")


def header_text(name: str, value: Any) -> str:
    """Return the value of a header. Raises :class:`ConfigError` for what cannot stand in one."""
    text = str(value)
    if not (text.isascii() and text.isprintable()):
        raise ConfigError(f"{name} cannot be {text[:80]!r}", hint="it goes into a header: printable ASCII")
    return text


def with_flags(value: Any, words: tuple[str, str]) -> Any:
    """Return a value of a body with words in the place of True and False, in all that is in it."""
    if isinstance(value, bool):
        return words[0] if value else words[1]
    if isinstance(value, dict):
        return {key: with_flags(one, words) for key, one in value.items()}
    return [with_flags(one, words) for one in value] if isinstance(value, list) else value


def query_string(params: Mapping[str, Any]) -> str:
    """Write the query without its question mark, in the order of ``params``, escaped once and for all."""
    texts = ((key, value if type(value) is str else _query_text(value)) for key, value in params.items())
    return "&".join(f"{key}={quote(text, safe=_SAFE)}" for key, text in texts)


def _query_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_query_text(item) for item in value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def json_body(value: Mapping[str, Any] | list[Any]) -> str:
    """Write the exact text of a JSON body; what is signed is what is sent."""
    return orjson.dumps(value).decode()
