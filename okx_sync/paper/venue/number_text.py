"""Numbers as the exchange prints and reads them: plain digits, no exponent, no trailing zeros."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

ZERO = Decimal(0)
_DIGITS = Context(prec=16, rounding=ROUND_HALF_EVEN)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z")


def text(value: Decimal | int) -> str:
    """Return a number as wire text: ``0.00000001``, ``65000``, ``-0.5``; never ``1E-8``, ``-0`` or ``65000.0``."""
    printed = format(value, "f")
    if "." in printed:
        printed = printed.rstrip("0").rstrip(".")
    return "0" if printed in ("-0", "") else printed


def rounded(value: Decimal) -> Decimal:
    """Return the result of a division, cut to the 16 significant digits the exchange prints."""
    return _DIGITS.plus(value)


def number(given: object) -> Decimal | None:
    """Return a request's number, or None when it is none; JSON numbers are taken as well as texts."""
    if isinstance(given, bool) or given is None:
        return None
    printed = str(given).strip()
    return Decimal(printed) if _NUMBER.match(printed) else None


def flag(given: object) -> bool:
    """Return a request's yes or no: ``true``, ``"true"`` and ``"True"`` mean yes, everything else no."""
    return given is True or (isinstance(given, str) and given.lower() == "true")


def blank(names: str, value: str = "") -> dict[str, str]:
    """Return a row with every named field (separated by spaces) present and empty, or filled with ``value``."""
    return dict.fromkeys(names.split(), value)
