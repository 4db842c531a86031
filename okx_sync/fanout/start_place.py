"""``StartPlace``: where a follower begins to read a stream, and which message should come first there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Self

import attrs

from okx_sync.errors import ConfigError
from okx_sync.fanout.entries import EntryId, id_of, id_text

__all__ = ["Start", "StartPlace", "check_start"]

Start = str | Mapping[str, str]
_PLACE: Final = re.compile(r"(\d+(?:-\d+)?)(?:/(\w+)/(\d+))?")
_HINT: Final = "'latest', 'earliest', an id such as '1700000000000-0', or positions of fanout_stats by their names"


@attrs.frozen
class StartPlace:
    """A place in a stream: behind the entry ``at``, or behind all that is there (None).

    ``number``: of the message that should come next, among all of a ``lineage``; None where that is not known.
    ``is_cut``: what was between here and what is kept now is gone, and nobody knows how much.
    """

    at: EntryId | None = None
    lineage: str = ""
    number: int | None = None
    is_cut: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a place as a user gives it. Raises ``ConfigError`` for what is none."""
        if text == "latest":
            return cls()
        if text == "earliest":
            return cls((0, 0))
        told = _PLACE.fullmatch(text) if isinstance(text, str) else None
        if told is None:
            raise ConfigError(f"start cannot be {text!r}", hint=_HINT)
        at, lineage, number = told.groups()
        return cls(id_of(at), lineage or "", None if number is None else int(number))

    def __str__(self) -> str:
        """Write it as :meth:`read` reads it."""
        if self.at is None:
            return "latest"
        return id_text(self.at) + (f"/{self.lineage}/{self.number}" if self.number is not None else "")


def check_start(start: Start) -> dict[str, StartPlace] | StartPlace:
    """Read what a user gives: one place for all streams, or those of some by name. Raises ``ConfigError``."""
    if isinstance(start, Mapping):
        return {name: StartPlace.read(text) for name, text in start.items()}
    return StartPlace.read(start)
