"""How many examples a property is tried with."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]


def examples(full: int) -> int:
    """``full`` with `--hypothesis-profile=full`, a third of it in a usual run."""
    return full if settings.get_current_profile_name() == "full" else full // 3
