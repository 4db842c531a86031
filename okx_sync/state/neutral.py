"""What live state is fed with: neutral updates, or an exchange's own rows, which convert themselves."""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["ToUpdate", "to_neutral"]


class ToUpdate(Protocol):
    """A row of an exchange that can say what it tells in neutral words."""

    def to_update(self) -> Any:
        """The neutral update; None when it tells of nothing. Raises ``DecodeError`` when it cannot be read."""


def to_neutral(update: Any) -> Any:
    """Give the neutral form of an exchange's own row; what is neutral already stays as it is."""
    convert = getattr(update, "to_update", None)
    return update if convert is None else convert()
