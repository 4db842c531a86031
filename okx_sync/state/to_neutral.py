"""The input of live state: neutral updates, or an exchange's own rows, which convert themselves."""

from __future__ import annotations

from typing import Any, Protocol

from okx_sync.errors import ConfigError
from okx_sync.state.book.book_change import BookChange

__all__ = ["ToChange", "ToUpdate", "to_change", "to_neutral"]


class ToUpdate(Protocol):
    """A row of an exchange that converts itself to neutral words."""

    def to_update(self) -> Any:
        """Convert to the neutral update; None when the row tells of nothing.

        Raises ``DecodeError`` when it cannot be read.
        """


class ToChange(Protocol):
    """A row of an exchange that converts itself to a neutral change of a book."""

    def to_change(self) -> BookChange:
        """Convert to the neutral change. Raises ``DecodeError`` when the row cannot be read."""


def to_neutral(update: Any, kind: type | None = None) -> Any:
    """Give the neutral form of an exchange's own row; what is neutral already stays as it is.

    Raises ``DecodeError`` for a row that cannot be read, and ``ConfigError`` for what is not of that ``kind``.
    """
    convert = getattr(update, "to_update", None)
    found = update if convert is None else convert()
    if kind is not None and not isinstance(found, kind):
        raise ConfigError(
            f"{type(update).__name__} is no {kind.__name__}",
            hint="apply() takes those, and rows of the exchange that have a to_update() which gives one",
        )
    return found


def to_change(update: BookChange | ToChange) -> BookChange:
    """Convert as :func:`to_neutral` does, for books. Raises ``DecodeError`` and ``ConfigError`` as that does."""
    if isinstance(update, BookChange):
        return update
    try:
        convert = update.to_change
    except AttributeError:
        raise ConfigError(
            f"{type(update).__name__} is about no book",
            hint="apply() takes changes of books, and rows of the exchange that have a to_change()",
        ) from None
    return convert()
