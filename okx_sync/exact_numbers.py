"""Numbers as users give them, made exact: a float is refused, since 0.1 + 0.2 is no price."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, TypeAlias

from okx_sync.errors import ConfigError

__all__ = ["Number", "above_zero", "exact"]

Number: TypeAlias = Decimal | int | str

_LONGEST: Final = 64  # digits: 1E+999999999 is no price, but a gigabyte of text
_EXAMPLE: Final = "give text or Decimal"


def exact(name: str, value: Number) -> Decimal:
    """Return ``value`` as an exact number.

    Raises ``ConfigError``, which names the parameter, for floats and for what is no number.
    """
    if isinstance(value, float):
        raise ConfigError(f"{name} is a float ({value!r}); money must be exact", hint=f"{_EXAMPLE}, as '{value!r}'")
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ConfigError(f"{name} cannot be a {type(value).__name__}: {value!r}", hint=_EXAMPLE)
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise ConfigError(f"{name} is not a number: {value!r}", hint=_EXAMPLE) from None
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST:
        raise ConfigError(f"{name} is {str(number)[:80]}, not a number", hint=_EXAMPLE)
    return number


def above_zero(name: str, value: Number) -> Decimal:
    """Return ``value`` as an exact number that is above 0. Raises ``ConfigError``."""
    number = exact(name, value)
    if number <= 0:
        raise ConfigError(f"{name} must be above 0, not {value}")
    return number
