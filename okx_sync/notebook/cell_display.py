"""The place of a picture that is redrawn: an output of a notebook cell, or the lines of a terminal."""

from __future__ import annotations

import hashlib
import importlib
import itertools
import sys
from typing import Any, Final

from okx_sync.live.callsite import call_site
from okx_sync.timing import Clock

__all__ = ["CellDisplay"]

_LINES_EVERY_S: Final = 1.0
_numbers: Final = itertools.count(1)


class CellDisplay:
    """Shows pictures in the same place, each in that of the one before.

    In a notebook the place belongs to the line of code that asked for it: when the cell is run again, that place is
    taken over wherever it is. At a prompt or in a script lines are printed, at most once a second.
    """

    _ran: Final[dict[str, object]] = {}  # by place, in which run of a cell it was last made

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: str | None = None
        self._printed_at: float | None = None
        self._shell = _notebook()
        self._place = _place()

    def draw(self, picture: str, words: str, *, is_last: bool = False) -> None:
        """Show a picture (HTML), or in a terminal the same in words. What is shown already is not shown again."""
        if self._shell is None:
            self._print(words, is_last)
        elif picture != self._last:
            self._display(picture, words)
            self._last = picture

    def _display(self, picture: str, words: str) -> None:
        display = importlib.import_module("IPython.display").display
        run = self._shell.execution_count
        is_there = self._last is not None or self._ran.get(self._place) == run
        self._ran[self._place] = run
        display({"text/html": picture, "text/plain": words}, raw=True, display_id=self._place, update=is_there)

    def _print(self, words: str, is_last: bool) -> None:
        now = self._clock.monotonic()
        is_early = self._printed_at is not None and now - self._printed_at < _LINES_EVERY_S
        if words == self._last or (is_early and not is_last):
            return
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
        self._last, self._printed_at = words, now


def _notebook() -> Any:
    """Return the shell of a notebook's kernel; None where there is none."""
    if "IPython" not in sys.modules:  # which runs in every kernel
        return None
    shell = importlib.import_module("IPython").get_ipython()
    return shell if hasattr(shell, "kernel") else None


def _place() -> str:
    """Name the place by the line of code that asked for it; a line that is not run again has a new one each time."""
    site = call_site()
    if site is None:
        return f"okx-sync-{next(_numbers)}"
    return f"okx-sync-{hashlib.sha256(f'{site.file}:{site.line}'.encode()).hexdigest()[:16]}"
