"""Bodies of Bybit: prices, sizes and ids are text, and a few parameters are JSON numbers."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.errors import ConfigError

__all__ = ["WHOLE", "with_whole_numbers"]

_MOST_DIGITS: Final = 18  # of 64 bits
WHOLE: Final = frozenset(
    {
        "adjustType",
        "autoAddMargin",
        "feeType",
        "forceChain",
        "fromMemberId",
        "isLeverage",
        "mode",
        "positionIdx",
        "timeWindow",
        "timestamp",
        "toMemberId",
        "triggerDirection",
    }
)
"""The parameters that are JSON numbers."""


def with_whole_numbers(value: Any) -> Any:
    """Return a body with its numbers in the types that Bybit wants, at every depth."""
    if isinstance(value, list):
        return [with_whole_numbers(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _plain(name, item) for name, item in value.items()}


def _plain(name: str, value: Any) -> Any:
    if name in WHOLE and isinstance(value, bool):
        return int(value)
    if name in WHOLE and isinstance(value, str) and value.isdecimal() and value.isascii():
        if len(value) > _MOST_DIGITS:
            raise ConfigError(f"{name} is too large: {value[:80]}")
        return int(value)
    return with_whole_numbers(value)
