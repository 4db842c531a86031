"""What OKX offers in some account modes only, refused in the one that accounts have here: futures mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WRONG_MODE = ("51010", "Request unsupported under current account mode")
#: How long (ms) mass-cancel may keep new orders out.
_MOST_LOCK_MS = 10_000


def mass_cancel_refusal(args: Mapping[str, Any]) -> tuple[str, str]:
    """Return why a mass cancellation is refused: its own words first, then the account's mode."""
    if args.get("instType") != "OPTION":
        return "51000", "Parameter instType error"
    if not args.get("instFamily"):
        return "50014", "Parameter instFamily can not be empty."
    lock = str(args.get("lockInterval") or "0")
    if not lock.isdigit() or int(lock) > _MOST_LOCK_MS:
        return "51000", "Parameter lockInterval error"
    return WRONG_MODE
