"""Bodies of Bybit: prices, sizes and ids are text, and a few parameters are JSON numbers."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["WHOLE", "with_whole_numbers"]

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
    if name in WHOLE and isinstance(value, bool | str):
        return int(value) if isinstance(value, bool) or value.isdecimal() else value
    return with_whole_numbers(value)
