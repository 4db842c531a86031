"""Parameters that a call does not carry out: an order that was accepted without them would be another one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

__all__ = ["DROPPED", "unknown_in"]

DROPPED = "the paper exchange does not know it in this call, and drops nothing of an order"
#: What says nothing, whatever it is said of.
_NOTHING: tuple[object, ...] = (None, "", False, "false", "0", "no", "NO", [], {})


def unknown_in(args: Mapping[str, Any], known: Collection[str]) -> str | None:
    """Return the first parameter that says something and is not among those that are known; None without one."""
    return next((name for name, value in args.items() if name not in known and value not in _NOTHING), None)
