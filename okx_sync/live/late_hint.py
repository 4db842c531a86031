"""Hints that take long to find out: asked for once, by the first error that wants one."""

from __future__ import annotations

import contextlib
from typing import Protocol

from okx_sync.errors import OkxError
from okx_sync.live.made_once import FoundOnce
from okx_sync.timing import Clock

__all__ = ["HintSource", "LateHint"]


class HintSource(Protocol):
    """Who finds a hint out."""

    @property
    def what(self) -> str:
        """What the hint is about, for errors."""

    @property
    def longest_s(self) -> float:
        """How long :meth:`find` may take, in seconds."""

    def concerns(self, error: OkxError) -> bool:
        """Tell whether the hint is for this error."""

    def find(self) -> str:
        """Return the hint. May block, and raise ``OkxError``."""


class LateHint:
    """Betters the hint of errors. Threads whose calls fail together ask once; later errors get the same hint."""

    def __init__(self, source: HintSource, clock: Clock) -> None:
        self._concerns = source.concerns
        self._hint = FoundOnce(source.what, source.find, clock, source.longest_s)

    def explain(self, error: OkxError) -> None:
        """Set ``error.hint`` if the hint is for this error. Never raises; the first time it may block."""
        if self._concerns(error):
            with contextlib.suppress(OkxError):  # then the hint stays as it is
                error.hint = self._hint()
